"""Sources and licences, how to cite, and what is needed to get the same numbers again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.data.table import Status
from rankscope.pipeline.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.definition.model import Source
    from rankscope.pipeline.fingerprint import Fingerprint
    from rankscope.report.material import Material


@dataclass(frozen=True, slots=True)
class Used:
    """A source with how many figures of the index come from it."""

    source: Source
    anchor: str
    values: int
    years: str
    indicators: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the numbers of a report come from: versions and fingerprints."""

    citation: str
    name: str
    licence: str
    fingerprint: Fingerprint


def sources(material: Material) -> tuple[Used, ...]:
    """Return all sources in the order of the definition."""
    definition = material.index.definition
    years = _years(material)
    return tuple(
        Used(
            source=source,
            anchor=anchor_of(source.code),
            values=len(years.get(source.code, ())),
            years=_span(years.get(source.code, ())),
            indicators=sum(spec.source == source.code for spec in definition.indicators()),
        )
        for source in definition.sources
    )


def anchor_of(code: str) -> str:
    """Return the anchor of a source in the table of sources."""
    return f"source-{code}"


def _years(material: Material) -> dict[str, list[int]]:
    """Return the year of each figure of a source (0: none), zeros read from a census left out."""
    table = material.plan.table
    found: dict[str, list[int]] = {}
    for spec in material.index.definition.indicators():
        column = table.columns.index(spec.code)
        known = table.status[:, column] == Status.OBSERVED
        for row in np.flatnonzero(known):
            code = table.source_of(int(row), column, spec.source)
            if code is not None:
                found.setdefault(code, []).append(int(table.years[row, column]))
    return found


def _span(years: Sequence[int]) -> str:
    """Return the first and last year, ``2018–2024``."""
    known = sorted({year for year in years if year})
    if not known:
        return ""
    return str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"


def origin(material: Material) -> Origin:
    """Return versions and fingerprints, and how to cite."""
    definition = material.index.definition
    made = fingerprint(material.plan)
    who = f"{definition.publisher}: " if definition.publisher else ""
    return Origin(
        citation=(
            f"{who}{definition.title}, edition {definition.edition}. "
            f"Computed with rankscope {made.version} from data {made.data[:12]}."
        ),
        name=definition.name,
        licence=definition.licence,
        fingerprint=made,
    )
