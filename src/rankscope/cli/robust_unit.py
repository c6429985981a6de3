"""The tables of ``rankscope robust --unit``: each rank's probability, and who is alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.cli.robust_table import Asked, design_sheet, machine_sheets, title_of, unit_rows
from rankscope.cli.robust_words import (
    SHARE,
    noun_of,
    span_in_words,
    varying_in_words,
    whole_ranks,
)
from rankscope.cli.sheet import QUIET, STRONG, Answer, Column, Row, Sheet, number, percent, text

if TYPE_CHECKING:
    from rankscope.analyses.uncertainty import Uncertainty

SURE = 0.95
"""Who is above in so many draws is told apart."""

_SHOWN = 0.005
"""A rank that is taken less often is for machines only, unless it is the published one."""

_BAR = 40


def answer_of_unit(asked: Asked, code: str) -> Answer:
    """Return how probable each rank of a unit is, and who it can not be told apart from."""
    found = asked.found
    row = found.result.units.index(code)
    published = int(found.published[row])
    [facts] = unit_rows(found, [row])
    neighbours = _neighbours(found, row)
    title = title_of(asked.built, found.design, f"how firm the rank of {facts['name']} is")
    told = [f"{one.sentence} {one.remedy}".rstrip() for one in found.findings]
    return Answer(
        facts=asked.facts
        | {"unit": {**facts, "at_least_published": _at_least(found, row, published)}},
        lines=(title, *_said(found, row, facts), varying_in_words(found.design)),
        sheets=(
            _ranks(found, row, published),
            *neighbours,
            design_sheet(found.design),
            *machine_sheets(asked),
        ),
        notes=(*told, *_alike(found, neighbours)),
    )


def _said(found: Uncertainty, row: int, facts: Row) -> list[str]:
    """Say where the unit stands, and how probable its rank or a better one is."""
    name, published = facts["name"], facts["rank"]
    span = whole_ranks(facts["low"], facts["high"])
    if span is None:
        return [f"{name} has no rank in any of {found.draws:,} draws."]
    where = f"{span_in_words(span)} in {SHARE:.0%} of {found.draws:,} draws"
    if not published:
        return [f"{name} has no published rank; where it has one, it is {where}."]
    better = percent(_at_least(found, row, published))
    of = len(found.order)
    said = [
        f"{name} ranks {published} of {of} as published, and {where}.",
        f"It ranks {published} or better in {better} of draws.",
    ]
    if facts["ranked"] < 1:
        said.append(f"It has a rank in {percent(facts['ranked'])} of draws only.")
    return said


def _at_least(found: Uncertainty, row: int, rank: int) -> float:
    return float(found.ranks.at_least(rank)[row]) if rank else float("nan")


def _ranks(found: Uncertainty, row: int, published: int) -> Sheet:
    """Return a row for each rank that the unit takes."""
    shares = found.ranks.acceptability_of(row)
    largest = float(shares.max(initial=0.0))
    rows = tuple(
        {"rank": rank, "share": share, "published": rank == published}
        for rank, share in enumerate(shares.tolist(), start=1)
        if share > 0
    )

    def bar(one: Row) -> str:
        return "█" * max(1, round(_BAR * float(one["share"]) / largest))

    def mark(one: Row) -> str:
        return STRONG if one["published"] else ""

    columns = (
        Column("Rank", lambda one: str(one["rank"]), right=True, style=mark),
        Column("Share of draws", lambda one: percent(one["share"]), right=True, style=mark),
        Column("", bar, style=mark),
        Column("", lambda one: "published" if one["published"] else "", style=lambda _: QUIET),
    )
    return Sheet(
        "ranks",
        rows,
        columns,
        "How often it takes each rank",
        narrower=(columns[:2],),
        hidden=lambda one: one["share"] < _SHOWN and not one["published"],
    )


def _neighbours(found: Uncertainty, row: int) -> tuple[Sheet, ...]:
    """Return the units that are above in fewer than 95 % of draws, and below in fewer too."""
    if found.pairs is None:
        return ()
    above, ties = found.pairs.probability[row], found.pairs.ties[row]
    behind = found.pairs.probability[:, row]
    rows = tuple(
        {
            "rank": int(found.published[one]),
            "unit": found.result.units[one],
            "name": found.result.names[one],
            "ahead": float(behind[one]),
            "behind": float(above[one]),
            "tied": float(ties[one]),
        }
        for one in found.order
        if one != row and above[one] < SURE and behind[one] < SURE
    )
    columns = (
        number("Rank", "rank", "d"),
        text(noun_of(found.design, 1).capitalize(), "name", flexible=True),
        Column("Is ahead in", lambda one: percent(one["ahead"]), right=True),
    )
    name = found.result.names[row]
    return (Sheet("neighbours", rows, columns, f"Who {name} can not be told apart from"),)


def _alike(found: Uncertainty, neighbours: tuple[Sheet, ...]) -> list[str]:
    if not neighbours:
        nouns = noun_of(found.design)
        return [f"Who it can be told apart from is not counted for so many {nouns}."]
    if not neighbours[0].rows:
        noun = noun_of(found.design, 1)
        return [f"It can be told apart from every other {noun}, in 95% of draws or more."]
    return ["Neither is ahead in 95% of draws: which of both is better is open."]
