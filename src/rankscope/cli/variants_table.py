"""The tables of ``rankscope variants``: who ranks where in each version, and how they agree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.cli.lookup import Built
from rankscope.cli.sheet import (
    ABSENT,
    AHEAD,
    BEHIND,
    QUIET,
    Answer,
    Column,
    Row,
    Sheet,
    number,
    percent,
    text,
)

if TYPE_CHECKING:
    from rankscope.analyses.variant_agreement import Agreement
    from rankscope.analyses.variants import Variants

_NAMED = 8
"""So many units are named in a note; the others are counted."""

_SIGN = (
    "Behind a rank: places gained (+) or lost (-) against the index as published, counted "
    "among the units that both rank."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What to compare: the ranks of a node in a view, of the first units and of some others."""

    built: Built
    node: int
    view: str
    top: int | None = None
    units: tuple[str, ...] = ()

    @property
    def code(self) -> str | None:
        """Return the code of the node, None for the whole index."""
        plan = self.built.result.plan
        return None if self.node == plan.root else plan.nodes[self.node].code


def answer(found: Variants, asked: Asked) -> Answer:
    """Return the ranks in each version, and how far each agrees with the published index."""
    plan = asked.built.result.plan
    node = plan.nodes[asked.node]
    agreement = found.agreement(asked.code, asked.view)
    ranked = asked.built.result.ranked(asked.node, asked.view)
    where = [node.name] if node.parent >= 0 else []
    view = [asked.view] if len(plan.views) > 1 else []
    return Answer(
        facts=asked.built.facts | {"view": asked.view, "node": node.code, "ranked": ranked},
        lines=(" · ".join([asked.built.title, *where, *view, "variants"]),),
        sheets=(
            _ranks(found, asked),
            _agreement(found, agreement),
            Sheet("correlations", _correlations(found, asked), ()),
        ),
        notes=(_SIGN, *_notes(found, agreement, ranked)),
    )


def _ranks(found: Variants, asked: Asked) -> Sheet:
    """Return the table of ranks; in narrow windows with letters, without changes, or both."""
    first = (number("Published", "rank", "d"), text("Unit", "name", flexible=True))

    def columns(titles: Sequence[str], *, change: bool) -> tuple[Column, ...]:
        versions = zip(found.names[1:], titles[1:], strict=True)
        return (*first, *(_placed(name, title, change=change) for name, title in versions))

    choices = [
        columns(titles, change=change)
        for change in (True, False)
        for titles in (found.names, found.letters)
    ]
    return Sheet("units", _rows(found, asked), choices[0], narrower=tuple(choices[1:]))


def _rows(found: Variants, asked: Asked) -> tuple[Row, ...]:
    """Return the units to show in the order as published; those without any rank are left out."""
    ranks = found.ranks(asked.code, asked.view)
    scores = found.scores(asked.code, asked.view)
    changes = found.differences(asked.code, asked.view)
    order = sorted(
        (row for row in range(len(ranks)) if ranks[row].any()),
        key=lambda row: ranks[row, 0] or math.inf,
    )
    wanted = set(asked.units)
    kept = set(order if asked.top is None and not wanted else order[: asked.top or 0])
    return tuple(
        {
            "rank": int(ranks[row, 0]) or None,
            "unit": found.units[row],
            "name": found.unit_names[row],
            "score": float(scores[row, 0]),
            "variants": {
                name: {
                    "rank": int(ranks[row, at]) or None,
                    "change": _whole(changes[row, at - 1]),
                    "score": float(scores[row, at]),
                }
                for at, name in enumerate(found.names[1:], start=1)
            },
        }
        for row in order
        if row in kept or found.units[row] in wanted
    )


def _whole(change: float) -> int | None:
    return None if math.isnan(change) else int(change)


def _placed(name: str, title: str, *, change: bool = False) -> Column:
    """Make the column of a variant: the rank, and the places gained or lost."""

    def said(row: Row) -> str:
        own = row["variants"][name]
        rank = ABSENT if own["rank"] is None else str(own["rank"])
        moved = f"{own['change']:+d}" if own["change"] else ""
        return f"{rank} {moved:>4}" if change else rank

    def style(row: Row) -> str:
        moved = row["variants"][name]["change"]
        return "" if not moved else AHEAD if moved > 0 else BEHIND

    return Column(title, said, right=True, style=style)


def _agreement(found: Variants, agreement: Sequence[Agreement]) -> Sheet:
    """Return a row for each variant, and in narrow windows less of it."""
    from rankscope.analyses.variant_agreement import MOVES

    letters = dict(zip(found.names, found.letters, strict=True))
    first = (
        Column("", lambda row: letters[row["variant"]], style=lambda _: QUIET),
        text("Variant", "title", flexible=True),
        _correlation("Spearman", "spearman"),
    )
    shift = (number("Mean shift", "mean_shift"), number("Largest", "largest_shift", ".0f"))
    moves = tuple(_share(f"> {most}", f"moved_over_{most}") for most in MOVES)
    columns = (*first, _correlation("Kendall", "kendall"), *shift, *moves)
    rows = tuple(_facts(one, MOVES) for one in agreement)
    title = "Agreement with the index as published"
    return Sheet("agreement", rows, columns, title, narrower=((*first, *shift), first))


def _correlation(title: str, key: str) -> Column:
    from rankscope.analyses.rank_agreement import correlation_words

    return Column(title, lambda row: correlation_words(row[key]), right=True)


def _share(title: str, key: str) -> Column:
    def said(row: Row) -> str:
        return ABSENT if math.isnan(row[key]) else percent(row[key])

    return Column(title, said, right=True)


def _facts(one: Agreement, moves: Sequence[int]) -> Row:
    return {
        "variant": one.name,
        "title": one.title,
        "compared": one.ranks.compared,
        "spearman": one.ranks.spearman,
        "kendall": one.ranks.kendall,
        "mean_shift": one.ranks.mean_shift,
        "largest_shift": one.ranks.largest_shift,
        **{f"moved_over_{m}": share for m, share in zip(moves, one.moved, strict=True)},
        "furthest": one.furthest,
        "entered": one.entered,
        "left": one.left,
        "no_longer_ranked": one.only_published,
        "newly_ranked": one.only_variant,
    }


def _correlations(found: Variants, asked: Asked) -> tuple[Row, ...]:
    """Return Spearman's correlation of each two versions, for machines."""
    values = found.correlations(asked.code, asked.view)
    return tuple(
        {"version": one, "other": other, "spearman": float(values[a, b])}
        for a, one in enumerate(found.names)
        for b, other in enumerate(found.names[:a])
    )


def _notes(found: Variants, agreement: Sequence[Agreement], of: int) -> list[str]:
    """Say who moves furthest, who enters and leaves the first ten of ``of``, who loses a rank."""
    from rankscope.analyses.variant_agreement import TOP

    called = dict(zip(found.units, found.unit_names, strict=True))

    def of_variant(one: Agreement) -> str:
        kinds = {
            f"furthest ({one.ranks.largest_shift:.0f} places)": one.furthest,
            "into the first ten": one.entered if of > TOP else (),
            "out of the first ten": one.left if of > TOP else (),
            "no longer ranked": one.only_published,
            "newly ranked": one.only_variant,
        }
        if not one.ranks.compared and not one.only_variant:
            return "no unit has a rank here"
        named = {said: [called[unit] for unit in units] for said, units in kinds.items()}
        return "; ".join(f"{said}: {_named(names)}" for said, names in named.items() if names)

    said = {one.title: of_variant(one) for one in agreement}
    return [f"{title} - {words}." for title, words in said.items() if words]


def _named(names: Sequence[str]) -> str:
    """Return the first names, and how many others there are."""
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
