"""Small indices with scenarios, and the same worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rankscope.definition.model import Scenario
from rankscope.pipeline import build
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.prepare import prepare
from tests.support.indices import indicator, make_index, pillar

if TYPE_CHECKING:
    import numpy as np

    from rankscope.catalogue import Index
    from rankscope.pipeline.result import Result

FRAMEWORK = pillar(
    "whole",
    pillar(
        "means",
        indicator("a", kind="count", denominator="people_living", per=1000, unit="persons"),
        indicator("b", kind="amount", denominator="people_living", unit="dollars"),
        weight=2,
    ),
    pillar(
        "ends",
        indicator("c", exposed_to=["imports"]),
        indicator("d", kind="ratio", denominator="people_living", polarity=-1, weight=3),
        indicator("e", kind="interval", unit="points"),
    ),
)


def index_with(**more: Any) -> Index:
    """Return an index of thirty countries with a tree of all kinds."""
    return make_index(framework=more.pop("framework", FRAMEWORK), **more)


def scenario(*changes: dict[str, Any], units: tuple[str, ...] = ("AFG",), **more: Any) -> Scenario:
    """Return a scenario of these acts."""
    return Scenario.model_validate(
        {"name": "trial", "units": list(units), "changes": list(changes), **more}
    )


def by_hand(result: Result, cells: dict[tuple[str, str], float]) -> np.ndarray:
    """Return all scores once cells have other values, on the scales of before."""
    plan = result.plan
    values = plan.table.values.copy()
    for (unit, code), value in cells.items():
        values[plan.table.units.index(unit), plan.table.columns.index(code)] = value
    table = replace(plan.table, values=values)
    leaves = prepare(plan, table=table, fitted=result.leaves)
    return evaluate(plan, leaves, plan.weights()[None])[0]


def anew(index: Index, cells: dict[tuple[str, str], float]) -> Result:
    """Return the index built anew once cells have other values."""
    values = index.table.values.copy()
    for (unit, code), value in cells.items():
        values[index.table.units.index(unit), index.table.columns.index(code)] = value
    return build(index.definition, replace(index.table, values=values))


def value_of(result: Result, unit: str, code: str) -> float:
    """Return a raw value."""
    table = result.plan.table
    return float(table.values[table.units.index(unit), table.columns.index(code)])
