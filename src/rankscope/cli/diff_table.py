"""The tables of ``rankscope diff``: who moved, and how much of it each cause did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.cli.diff_words import (
    SIGN,
    cause_lines,
    come_and_gone,
    moved_shares,
    notes_of,
    summary,
)
from rankscope.cli.lookup import Built
from rankscope.cli.sheet import AHEAD, BEHIND, Answer, Column, Row, Sheet, number, shown

if TYPE_CHECKING:
    from rankscope.analyses.diff import Diff, Edition, Player
    from rankscope.shapes import Vector, Whole

SHORT = {
    "data": "Data",
    "units": "Entered or left",
    "framework": "Indicators",
    "methods": "Treatment",
    "weights": "Weights",
    "aggregation": "Aggregation",
}
"""What the column of each cause is called."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two editions and what was found; ``top`` of the units that moved most are shown."""

    found: Diff
    before: Built
    after: Built
    renamed: Mapping[str, str]
    top: int = 20
    draws: int = 0
    seed: int = 0

    @property
    def decimals(self) -> int:
        """Return how many decimals scores are shown with."""
        return max(self.before.decimals, self.after.decimals)

    @property
    def title(self) -> str:
        """Return what was compared: ``Some Index, edition 2021 → 2024``."""
        found = self.found
        view = [found.view] if len(self.after.result.plan.views) > 1 else []
        return " · ".join([_titled(found.old, found.new), *view])

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the JSON begins with."""
        found = self.found
        drawn = {"draws": self.draws, "seed": self.seed} if self.draws else {}
        return {
            "old": self.before.facts | _facts(found.old),
            "new": self.after.facts | _facts(found.new),
            "view": found.view,
            "compared": len(found.units),
            "rose": int((found.places_gained > 0).sum()),
            "fell": int((found.places_gained < 0).sum()),
            "entered": list(found.entered),
            "left": list(found.left),
            "indicators_entered": list(found.indicators_entered),
            "indicators_left": list(found.indicators_left),
            **drawn,
        }


def answer(compared: Compared) -> Answer:
    """Return who moved most and by what, and what changed cause by cause."""
    found = compared.found
    order = movers(found)
    first = {found.units[row] for row in order[: compared.top]}
    rows = tuple(unit_row(compared, row) for row in sorted(order, key=_down(found)))
    units = Sheet(
        "units",
        rows,
        _columns(compared, len(found.players), scores=True) if found.players else (),
        narrower=tuple(
            _columns(compared, most, scores=False) for most in (len(found.players), 3, 2, 0)
        ),
        hidden=lambda row: row["unit"] not in first,
    )
    more = len(rows) - len(first)
    unseen = [f"{more:,} more moved less or not at all; see --top or --json."]
    told = [*(unseen if more else []), SIGN] if found.players and rows else []
    return Answer(
        facts=compared.facts,
        lines=(compared.title, summary(found, compared.after), *cause_lines(found)),
        sheets=(units, cause_sheet(found), findings_sheet(found)),
        notes=(*come_and_gone(found), *notes_of(found), *told),
    )


def movers(found: Diff) -> list[int]:
    """Return the rows of the units, those that moved most first."""
    net, gross = np.abs(found.places_gained), _gross(found)
    return [int(row) for row in np.lexsort((-gross, -net))]


def _down(found: Diff) -> Any:
    """Return the key that sorts from the largest rise to the largest fall."""
    net: Whole = found.places_gained
    return lambda row: (-net[row], row)


def _gross(found: Diff) -> Vector:
    return np.asarray(np.nan_to_num(np.abs(found.rank_shares)).sum(axis=1))


def unit_row(compared: Compared, row: int) -> Row:
    """Return all that is known of a unit's change."""
    found = compared.found
    return {
        "unit": found.units[row],
        "name": found.names[row],
        "rank_before": int(found.rank_before[row]),
        "rank_after": int(found.rank_after[row]),
        "places_gained": int(found.places_gained[row]),
        "score_before": float(found.score_before[row]),
        "score_after": float(found.score_after[row]),
        "score_change": float(found.score_change[row]),
        "causes": {
            player.code: share_of(found, row, at) for at, player in enumerate(found.players)
        },
    }


def share_of(found: Diff, row: int, at: int) -> dict[str, float]:
    """Return what a cause does to a unit: places, and points of the score, with their ranges."""
    shares = {"places": (found.rank_shares, found.rank_ranges)}
    shares["score_points"] = (found.score_shares, found.score_ranges)
    told: dict[str, float] = {}
    for key, (share, ranges) in shares.items():
        told[key] = float(share[row, at])
        if ranges is not None:
            told[f"{key}_lowest"], told[f"{key}_highest"] = ranges[row, at].tolist()
    return told


def _columns(compared: Compared, most: int, *, scores: bool) -> tuple[Column, ...]:
    """Return the columns of units, with so many of the causes that moved most."""
    found = compared.found
    largest = np.argsort(-moved_shares(found), kind="stable")[:most].tolist()

    def ranks(row: Row) -> str:
        return f"{row['rank_before']} → {row['rank_after']}"

    score = number("Score", "score_change", f"+.{compared.decimals}f")
    return (
        Column("Unit", lambda row: str(row["name"]), flexible=True),
        Column("Rank", ranks, right=True),
        Column("Places", lambda row: shown(row["places_gained"], "+d"), right=True, style=_style),
        *(_cause(found.players[at]) for at in sorted(largest)),
        *([score] if scores else []),
    )


def _style(row: Row) -> str:
    gained = row["places_gained"]
    return "" if not gained else AHEAD if gained > 0 else BEHIND


def _cause(player: Player) -> Column:
    title = short_name(player)
    return Column(
        title, lambda row: shown(row["causes"][player.code]["places"], "+.1f"), right=True
    )


def short_name(player: Player) -> str:
    """Return the name of a cause above a column."""
    return " + ".join(SHORT.get(part, part) for part in player.code.split("+"))


def cause_sheet(found: Diff) -> Sheet:
    """Return the causes, for machines."""
    pairs = zip(found.players, moved_shares(found).tolist(), strict=True)
    rows = tuple(
        {"code": one.code, "name": one.name, "words": one.words, "share_moved": share}
        for one, share in pairs
    )
    return Sheet("causes", rows, ())


def findings_sheet(found: Diff) -> Sheet:
    """Return the findings, for machines."""
    keys = ("id", "severity", "place", "sentence", "remedy")
    rows = tuple({key: str(getattr(one, key)) for key in keys} for one in found.findings)
    return Sheet("findings", rows, ())


def _titled(old: Edition, new: Edition) -> str:
    """Say which editions are compared, and which periods of them, what is the same once."""
    if old.title != new.title:
        return f"{_called(old)} → {_called(new)}"
    if old.edition == new.edition and old.period and new.period:
        return f"{old.title}, edition {old.edition} · {old.period} → {new.period}"
    return f"{_called(old)} → {_called(new).removeprefix(f'{new.title}, edition ')}"


def _called(edition: Edition) -> str:
    said = f"{edition.title}, edition {edition.edition}"
    return f"{said} ({edition.period})" if edition.period else said


def _facts(edition: Edition) -> dict[str, Any]:
    period = {"period": edition.period} if edition.period else {}
    return {**period, "ranked": edition.ranked}
