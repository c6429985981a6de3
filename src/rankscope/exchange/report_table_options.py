"""What a person says of a table from a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Register = Literal["iso3166", "own"]


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What a person says of a table; what is None, or empty, is found out.

    ``decimals`` are those of components and total, ``total_decimals`` those of the total where
    they differ.
    """

    total: str | None = None
    rank: str | None = None
    components: tuple[str, ...] = ()
    unit_column: str | None = None
    period_column: str | None = None
    period: str | None = None
    decimals: int | None = None
    total_decimals: int | None = None
    register: Register | None = None
    sheet: str | None = None
    encoding: str = "utf-8"
