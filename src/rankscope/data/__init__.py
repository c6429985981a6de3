"""What was observed: the table, how it is read, written and checked against a definition.

Reading text is loaded at once; data frames and workbooks when they are first asked for,
because pandas and openpyxl take their time.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rankscope.data.read import examine_bytes, examine_table, read_table
from rankscope.data.table import DataTable, Status, plain_table

if TYPE_CHECKING:
    from rankscope.data.check import check_table
    from rankscope.data.frame import table_from_frame, to_long_frame
    from rankscope.data.workbook import write_workbook
    from rankscope.data.write import write_table

__all__ = [
    "DataTable",
    "Status",
    "check_table",
    "examine_bytes",
    "examine_table",
    "plain_table",
    "read_table",
    "table_from_frame",
    "to_long_frame",
    "write_table",
    "write_workbook",
]

_LATER = {
    "check_table": "check",
    "table_from_frame": "frame",
    "to_long_frame": "frame",
    "write_table": "write",
    "write_workbook": "workbook",
}


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for.

    Raises
    ------
    AttributeError
        When it is no name of this package.
    """
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


def __dir__() -> list[str]:
    return __all__
