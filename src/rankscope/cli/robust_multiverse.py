"""The tables of ``rankscope robust --multiverse``: the ranks under every combination."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.cli.robust_table import design_sheet, facts_of, title_of
from rankscope.cli.robust_words import noun_of, span_in_words
from rankscope.cli.sheet import Answer, Column, Row, Sheet, number, percent, shown, text

if TYPE_CHECKING:
    from rankscope.analyses.multiverse import Multiverse
    from rankscope.analyses.uncertainty import Design
    from rankscope.cli.lookup import Built

_SHOWN = 12
"""Things left out are shown among so many of the largest effects; machines get all."""

_EXACT = "Nothing is drawn here: each combination is built once, and these are all of them."


def answer_of_all(built: Built, design: Design, top: int | None, units: tuple[str, ...]) -> Answer:
    """Return the best, median and worst rank of each unit over all combinations of methods."""
    from rankscope.analyses.multiverse import multiverse

    found = multiverse(design)
    first = found.order if top is None and not units else found.order[: top or 0]
    wanted = {*first, *(found.result.units.index(unit) for unit in units)}
    return Answer(
        facts=facts_of(built, found.design) | {"weights": None, "combinations": found.combinations},
        lines=(
            title_of(built, found.design, "every combination of methods"),
            _sentence(found),
            _what(found.design),
        ),
        sheets=(
            _units(found, [row for row in found.order if row in wanted]),
            _effects(found),
            design_sheet_of_methods(found.design),
            Sheet("every", _combinations(found), ()),
        ),
        notes=(_EXACT, *(f"{one.sentence} {one.remedy}".rstrip() for one in found.findings)),
    )


def design_sheet_of_methods(design: Design) -> Sheet:
    """Return the factors and their choices, without the weights, which stay as published."""
    sheet = design_sheet(design)
    rows = tuple(row for row in sheet.rows if row["factor"] != "weights")
    return Sheet(sheet.key, rows, sheet.columns, sheet.title)


def _sentence(found: Multiverse) -> str:
    """Say how many units never move, and how far half of the others do."""
    rows = found.order
    firm = sum(int(found.kept[row]) == found.combinations for row in rows)
    nouns = noun_of(found.design)
    return (
        f"{firm} of {len(rows)} {nouns} keep their published rank in all "
        f"{found.combinations:,} combinations of methods."
    )


def _what(design: Design) -> str:
    parts = [f"{one.title} ({len(one.options)})" for one in design.factors]
    return f"What varies: {join_words(parts, 'and')}. Weights are as published."


def _units(found: Multiverse, rows: list[int]) -> Sheet:
    best, median, worst = found.extremes()
    table = tuple(
        {
            "rank": int(found.published[row]),
            "unit": found.result.units[row],
            "name": found.result.names[row],
            "best": float(best[row]),
            "median": float(median[row]),
            "worst": float(worst[row]),
            "kept": int(found.kept[row]) / found.combinations,
            "ranked": int(found.ranked[row]) / found.combinations,
        }
        for row in rows
    )
    columns = (
        number("Rank", "rank", "d"),
        text(noun_of(found.design, 1).capitalize(), "name", flexible=True),
        Column("Median", lambda row: shown(row["median"], "g"), right=True),
        Column("Best to worst", _span, right=True),
        Column("As published in", lambda row: percent(row["kept"]), right=True),
    )
    return Sheet("units", table, columns, narrower=(columns[:4],))


def _span(row: Row) -> str:
    known = row["best"] == row["best"]
    return span_in_words((int(row["best"]), int(row["worst"])) if known else None)


def _effects(found: Multiverse) -> Sheet:
    """Return what each option does against the published one."""
    ordered = sorted(found.effects(), key=lambda one: -one.mean_shift)
    largest = {one.option for one in ordered[:_SHOWN]}
    rows = tuple(
        {
            "factor": one.factor,
            "title": one.title,
            "option": one.option,
            "against": one.against,
            "mean_shift": one.mean_shift,
            "largest_shift": one.largest_shift,
            "largest": one.largest,
        }
        for one in found.effects()
    )
    columns = (
        text("What", "title", flexible=True),
        text("Choice", "option", flexible=True),
        text("Instead of", "against", flexible=True),
        number("Mean shift", "mean_shift", ".2f"),
        number("Largest", "largest_shift", ".1f"),
        Column("Of", lambda row: row["largest"]),
    )
    return Sheet(
        "effects",
        rows,
        columns,
        "What each choice does to the ranks",
        narrower=(columns[1:], (columns[1], *columns[3:5])),
        hidden=lambda row: row["factor"] == "leave_out" and row["option"] not in largest,
    )


def _combinations(found: Multiverse) -> tuple[Row, ...]:
    """Return the ranks under each combination, for machines."""
    factors, codes = found.design.factors, found.result.units
    return tuple(
        {
            "choices": {
                factor.name: factor.options[chosen].label
                for factor, chosen in zip(factors, choice.tolist(), strict=True)
            },
            "ranks": {code: rank or None for code, rank in zip(codes, ranks.tolist(), strict=True)},
        }
        for choice, ranks in zip(found.choices, found.ranks, strict=True)
    )
