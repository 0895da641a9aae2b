"""Many reports on many machines: pieces of the inputs, read by workers, into shards of Parquet."""
