"""What was observed: the table, how it is read, written and checked against a definition."""

from rankscope.data.read import examine_bytes, examine_table, read_table
from rankscope.data.table import DataTable, Status, plain_table

__all__ = ["DataTable", "Status", "examine_bytes", "examine_table", "plain_table", "read_table"]
