"""Where results rest: hive-partitioned Parquet, a run record, and the questions that are asked of them."""
