"""From a report to its record: one file for each part of it."""
