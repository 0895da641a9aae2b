"""One DuckDB file: what was read, when, by which version; corrections laid over it."""
