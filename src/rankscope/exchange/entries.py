"""What metadata of other tools say, row by row, whatever their layout."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

EntryType = Literal["Indicator", "Aggregate", "Group", "Denominator", "Other"]
TYPES: tuple[EntryType, ...] = ("Indicator", "Aggregate", "Group", "Denominator", "Other")
NODES = ("Indicator", "Aggregate")


@dataclass(frozen=True, slots=True)
class Entry:
    """A node of the framework, or a column of the table that is none.

    ``keys`` are those of a definition's node or variable, in its own words; ``parent`` is
    empty for the index itself; codes are as the file writes them.
    """

    code: str
    type: EntryType
    place: str
    parent: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_node(self) -> bool:
        """Whether it is part of the framework."""
        return self.type in NODES
