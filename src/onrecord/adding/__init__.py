"""Many reports into a store: sources, reading, store and reconciling, in that order."""
