"""A run: from inputs to an inspection list and a record of how it came about."""
