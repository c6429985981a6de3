"""Indices made up for tests: any number of units, views, depth and gaps."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.catalogue.open import Index
from rankscope.data.table import plain_table
from rankscope.definition.model import IndexDefinition
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.data.facts import Fact

SOURCE = {
    "code": "office",
    "publisher": "Office of Figures",
    "title": "Yearbook",
    "address": "https://example.org/yearbook",
    "licence": "CC-BY-4.0",
}


def indicator(code: str, **more: Any) -> dict[str, Any]:
    """Return an indicator: by default a share, from the one source."""
    return {
        "code": code,
        "name": f"Name of {code}",
        "kind": "share",
        "unit": "%",
        "source": "office",
        **more,
    }


def pillar(code: str, *children: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return an aggregate."""
    return {"code": code, "name": f"Name of {code}", "children": list(children), **more}


FLAT = pillar("whole", indicator("a"), indicator("b"), indicator("c"))
TWO_LEVELS = pillar(
    "whole",
    pillar(
        "means",
        pillar("people", indicator("a", kind="count", denominator="people_living", per=1000)),
        pillar("tools", indicator("b"), indicator("c", weight=2)),
    ),
    pillar("ends", pillar("papers", indicator("d"), indicator("e", composite=True))),
)
UNEVEN = pillar(
    "whole",
    indicator("a"),
    pillar("deep", pillar("deeper", pillar("deepest", indicator("b"), indicator("c")))),
    pillar("even", indicator("d"), indicator("e")),
)


def make_index(
    *,
    framework: Mapping[str, Any] = TWO_LEVELS,
    units: int | Sequence[str] = 30,
    names: Sequence[str] | None = None,
    own: bool = False,
    views: bool = False,
    gaps: float = 0.0,
    facts: Sequence[Fact] = (),
    low: float = 1.0,
    seed: int = 0,
    path: Path = Path("index.yaml"),
    **definition: Any,
) -> Index:
    """Return an index with values drawn from ``low`` to 100; ``own`` units are no countries."""
    codes = _codes(units, own=own)
    made = IndexDefinition.model_validate(
        {
            "name": "made-up",
            "title": "Made-up Index",
            "edition": "2026",
            "publisher": "Nobody",
            "description": "An index for tests.",
            "units": {"register": "own" if own else "iso3166"},
            "data": {"file": "values.csv"},
            "sources": [SOURCE],
            "context": [
                {"code": "people_living", "name": "Population", "kind": "count", "unit": "persons"}
            ],
            "framework": framework,
            **({"views": {}} if views else {}),
            **definition,
        }
    )
    columns = (*(one.code for one in made.indicators()), "people_living")
    random = np.random.default_rng(seed)
    values = random.uniform(low, 100.0, (len(codes), len(columns)))
    values[:, -1] = random.uniform(2e5, 5e7, len(codes))
    values[:, :-1][random.random((len(codes), len(columns) - 1)) < gaps] = np.nan
    shown = tuple(names or (_name(code, own=own) for code in codes))
    table = replace(plain_table(codes, columns, values, names=shown), fingerprint="0" * 64)
    return Index(definition=made, table=table, facts=tuple(facts), path=path)


def _codes(units: int | Sequence[str], *, own: bool) -> tuple[str, ...]:
    if not isinstance(units, int):
        return tuple(units)
    return tuple(f"{n:04}" for n in range(units)) if own else iso3166().codes[:units]


def _name(code: str, *, own: bool) -> str:
    return f"District {code}" if own else iso3166().get(code).name
