"""What if: scenarios played on an index, and what they do to scores and ranks."""
