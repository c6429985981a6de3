"""Single ranks and scores of published indices, as pages on the web report them.

Each stands in ``tables/quoted.csv`` with its address; ``tables/SOURCES.md`` says how they
were checked.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope.claims.model import Evidence, Origin

if TYPE_CHECKING:
    from collections.abc import Mapping

_TABLE = Path(__file__).with_name("tables") / "quoted.csv"
_ORIGINS = {"publisher": Origin.PUBLISHER, "independent": Origin.INDEPENDENT}


@dataclass(frozen=True, slots=True)
class Quoted:
    """A figure that a page reports, and the story the page retells.

    ``story`` is a key that pages which retell one event or one release share; it is empty
    where the page reports on its own.  Two pages of one story are one witness.
    """

    evidence: Evidence
    story: str = ""


@cache
def quoted() -> tuple[Quoted, ...]:
    """Return every quoted figure, in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return tuple(_quoted(row) for row in csv.DictReader(lines))


def _quoted(row: Mapping[str, str]) -> Quoted:
    evidence = Evidence(
        origin=_ORIGINS[row["origin"]],
        unit=row["iso3"],
        index=row["index"],
        edition=int(row["edition"]),
        field=row["field"],
        rank=int(row["rank"]) if row["rank"] else None,
        of=int(row["of"]) if row["of"] else None,
        score=float(row["score"]) if row["score"] else None,
        source=row["source"],
    )
    return Quoted(evidence, row["story"])
