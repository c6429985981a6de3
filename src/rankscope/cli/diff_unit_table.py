"""The tables of ``rankscope diff --unit``: why one unit moved, and which of its data changed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.cli.diff_table import Compared, findings_sheet, share_of, unit_row
from rankscope.cli.diff_words import SIGN, come_and_gone, notes_of, summary
from rankscope.cli.sheet import Answer, Column, Row, Sheet, percent, raw, shown, text

if TYPE_CHECKING:
    from rankscope.cli.lookup import Built
    from rankscope.pipeline.result import Result

_SHOWN = 8
"""So many indicators are shown to readers; machines get all that changed."""

_DATA = (
    "Data of this unit that changed, the weightiest first: change over the standard deviation "
    "among the units of the new edition, times the weight in the whole index."
)


def answer_of_unit(compared: Compared, code: str) -> Answer:
    """Return what each cause did to one unit, and which of its data changed."""
    found = compared.found
    row = found.row(code)
    own = {key: value for key, value in unit_row(compared, row).items() if key != "causes"}
    data = _data(compared, code)
    same = [] if found.players else [summary(found, compared.after)]
    return Answer(
        facts=compared.facts | own | {"sentence": found.sentence(code)},
        lines=(compared.title, found.sentence(code), *same),
        sheets=(_causes(compared, row, own), data, findings_sheet(found)),
        notes=(
            *([_DATA] if data.rows else []),
            *come_and_gone(found),
            *notes_of(found),
            *([SIGN] if found.players else []),
        ),
    )


def _causes(compared: Compared, row: int, own: Row) -> Sheet:
    """Return a row for each cause, and the whole change below."""
    found = compared.found
    rows = tuple(
        {"code": one.code, "name": one.name, "words": one.words} | share_of(found, row, at)
        for at, one in enumerate(found.players)
    )
    whole = {"name": "All together", "words": "", "places": float(own["places_gained"])}
    whole |= {"score_points": own["score_change"]}
    cause, words = text("Cause", "name"), text("What changed", "words", flexible=True)
    numbers = (_share("Places", "places", 1), _share("Score", "score_points", compared.decimals))
    columns = (cause, words, *numbers)
    return Sheet(
        "causes", rows, columns, narrower=((cause, *numbers),), total=whole if rows else None
    )


def _share(title: str, key: str, decimals: int) -> Column:
    """Make the column of a share, with its range where there is one."""
    form = f"+.{decimals}f"

    def said(row: Row) -> str:
        low, high = (row.get(f"{key}_{end}", math.nan) for end in ("lowest", "highest"))
        ends = "" if math.isnan(low) else f" ({shown(low, form)} to {shown(high, form)})"
        return f"{shown(row[key], form)}{ends}"

    return Column(title, said, right=True)


def _data(compared: Compared, code: str) -> Sheet:
    """Return the raw values of a unit that differ, what weighs most first."""
    old = _period(compared.before, compared.found.old.period)
    new = _period(compared.after, compared.found.new.period)
    codes = {after: before for before, after in compared.renamed.items()}
    weights = _weights(new, compared.found.view)
    rows: list[Row] = []
    for spec in new.plan.definition.indicators():
        before = _value(old, codes.get(spec.code, spec.code), code)
        after = _value(new, spec.code, code)
        if before == after or (math.isnan(before) and math.isnan(after)):
            continue
        weight = weights.get(spec.code, 0.0)
        size = abs(after - before) / _spread(new, spec.code) * weight
        rows.append(
            {"indicator": spec.code, "name": spec.name, "decimals": spec.decimals}
            | {"before": before, "after": after, "effective_weight": weight, "size": size}
        )
    rows.sort(key=lambda one: 1.0 if math.isnan(one["size"]) else -float(one["size"]))
    first = {one["indicator"] for one in rows[:_SHOWN]}
    return Sheet(
        "data",
        tuple(rows),
        (
            text("Indicator", "name", flexible=True),
            raw("Before", "before"),
            raw("After", "after"),
            Column("Weight", lambda row: percent(row["effective_weight"]), right=True),
        ),
        title="Data that changed",
        hidden=lambda row: row["indicator"] not in first,
    )


def _spread(result: Result, indicator: str) -> float:
    """Return the standard deviation of an indicator, NaN where there is none."""
    column = result.plan.table.column(indicator)
    there = column[~np.isnan(column)]
    spread = float(there.std()) if there.size else 0.0
    return spread if spread > 0 else math.nan


def _period(built: Built, period: str | None) -> Result:
    return built.result if period is None else built.result.of_period(period)


def _value(result: Result, indicator: str, unit: str) -> float:
    table = result.plan.table
    if indicator not in table.columns or unit not in table.units:
        return math.nan
    return float(table.column(indicator)[table.row(unit)])


def _weights(result: Result, view: str) -> dict[str, float]:
    """Return the effective weight of each indicator, its two sides together."""
    effective: dict[str, Any] = {}
    for node, weight in zip(
        result.plan.nodes, result.plan.effective_weights(view).tolist(), strict=True
    ):
        if node.spec.is_indicator and not node.children:
            effective[node.spec.code] = effective.get(node.spec.code, 0.0) + weight
    return effective
