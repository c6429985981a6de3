"""What was observed: the table, how it is read, written and checked against a definition."""
