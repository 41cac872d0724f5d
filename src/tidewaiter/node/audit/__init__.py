"""What was done, by whom, when and why: rows that cannot be changed, in a chain that shows it."""
