"""The record and the report: the data model, its JSON form and its invariants."""
