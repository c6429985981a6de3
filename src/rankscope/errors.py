"""What can go wrong, as one tree.

RankscopeError                  the base; catch this to catch them all
├── DefinitionError             a definition file is broken or contradicts itself
├── DataError                   a table can not be read or does not fit its definition
│   └── UnitError               a unit (country, university, ...) is unknown or ambiguous
├── BindError                   definition and data do not go together
├── MethodError                 a method was given a parameter outside its domain
├── CatalogueError              no index goes by that name or path
└── OutputError                 a file could not be written

Every message names the place, the value and the mend.  Errors that come from
several faults at once carry them as ``findings``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.findings import Finding


class RankscopeError(Exception):
    """Base of all errors that rankscope raises on purpose."""

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


class DefinitionError(RankscopeError):
    """A definition file is broken or contradicts itself."""


class DataError(RankscopeError):
    """A table can not be read or does not fit its definition."""


class UnitError(DataError):
    """A unit (country, university, ...) is unknown or ambiguous."""


class BindError(RankscopeError):
    """Definition and data do not go together."""


class MethodError(RankscopeError):
    """A method was given a parameter outside its domain."""


class CatalogueError(RankscopeError):
    """No index goes by that name or path."""


class OutputError(RankscopeError):
    """A file could not be written."""
