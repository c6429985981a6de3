"""The audit report: whether an index is well made, as one page that can be published."""
