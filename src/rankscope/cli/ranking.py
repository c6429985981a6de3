"""The ranking as a table: of the whole index or a node, in a view, of all units or a group."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rankscope.cli.gaps import gaps_below
from rankscope.cli.lookup import Built, find_node, levels_below
from rankscope.cli.sheet import Answer, Column, Row, Sheet, number, percent, raw, shown, text

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result

STAR = "*"
"""The mark of a score that lacks some of its data."""

TOO_LITTLE = "too little data"


@dataclass(frozen=True, slots=True)
class Scope:
    """What part of an index to show: a view, a node, how far below it, a group of units."""

    built: Built
    view: str
    node: int
    depth: int = 2
    group: tuple[str, frozenset[int]] | None = None

    @property
    def result(self) -> Result:
        """Return the built index."""
        return self.built.result

    def below(self) -> list[list[int]]:
        """Return the nodes to show beside the score, level by level."""
        return levels_below(self.result.plan, self.node)[: self.depth]

    def holds(self, row: int) -> bool:
        """Whether a unit is in the group."""
        return self.group is None or row in self.group[1]

    def ranked(self) -> list[int]:
        """Return the rows to show that have a rank, best first."""
        return [row for row in self.result.order(self.node, self.view) if self.holds(row)]

    def facts(self) -> dict[str, Any]:
        """Return what machines must know beside the rows."""
        return self.built.facts | {
            "view": self.view,
            "node": self.result.plan.nodes[self.node].code,
            "group": self.group[0] if self.group else None,
            "ranked": self.result.ranked(self.node, self.view),
        }


def ranking(scope: Scope, *, top: int | None = None, sort: str = "rank") -> Answer:
    """Return who ranks where, and who does not and why."""
    result, node = scope.result, scope.result.plan.nodes[scope.node]
    missing = gaps_below(result, scope.node, "missing")
    imputed = gaps_below(result, scope.node, "imputed")
    rows = tuple(
        _row(scope, row) | {"missing": missing[row], "imputed": imputed[row]}
        for row in _sorted(scope, sort)[:top]
    )
    out = tuple(_unranked(scope, missing))
    where = [node.name] if node.parent >= 0 else []
    group = [scope.group[0]] if scope.group else []
    starred = any(row["missing"] or row["imputed"] for row in rows)
    return Answer(
        facts=scope.facts(),
        lines=(" · ".join([scope.built.title, *where, scope.view, *group]),),
        sheets=(_sheet(scope, rows), Sheet("unranked", out, ())),
        notes=tuple(_notes(scope, out, starred=starred)),
    )


def _sorted(scope: Scope, key: str) -> list[int]:
    """Return the ranked rows by rank, name, code, or the score of a node."""
    rows, result = scope.ranked(), scope.result
    if key == "rank":
        return rows
    if key in {"name", "unit"}:
        texts = result.names if key == "name" else result.units
        return sorted(rows, key=lambda row: texts[row].casefold())
    scores = result.score(find_node(result, key), scope.view)
    return sorted(rows, key=lambda row: math.inf if math.isnan(scores[row]) else -scores[row])


def _row(scope: Scope, row: int) -> dict[str, Any]:
    """Return all there is to say about a unit."""
    result, plan = scope.result, scope.result.plan
    ranks, spec = result.rank(scope.node, scope.view), plan.nodes[scope.node].spec
    scores = result.scores[plan.views.index(scope.view), row].tolist()
    found: dict[str, Any] = {
        "rank": int(ranks[row]),
        "unit": result.units[row],
        "name": result.names[row],
        "score": scores[scope.node],
        "coverage": float(result.leaves.coverage[row]),
    }
    if scope.group:
        ahead = sum(int(ranks[other] < ranks[row]) for other in scope.ranked())
        found["rank_in_group"] = ahead + 1
    if spec.is_indicator:
        found |= {"value": float(plan.table.column(spec.code)[row]), "measured_in": spec.unit}
        found["decimals"] = spec.decimals
    found["nodes"] = {plan.nodes[at].code: scores[at] for level in scope.below() for at in level}
    return found


def _sheet(scope: Scope, rows: tuple[Row, ...]) -> Sheet:
    """Return the table, and with fewer levels for narrow windows."""
    spec = scope.result.plan.nodes[scope.node].spec
    first = [number("Rank", "rank", "d"), text("Unit", "name", flexible=True)]
    if scope.group:
        first.insert(1, number("In group", "rank_in_group", "d"))
    if spec.is_indicator:
        first.append(raw(f"Value, {spec.unit}".rstrip(", "), "value"))
    first.append(_score_column(scope, scope.node, "Score", lambda row: row["score"]))
    choices = [
        (*first, *(_node_column(scope, at) for at in level)) for level in reversed(scope.below())
    ]
    choices.append(tuple(first))
    return Sheet("units", rows, choices[0], narrower=tuple(choices[1:]))


def _node_column(scope: Scope, at: int) -> Column:
    node = scope.result.plan.nodes[at]
    return _score_column(scope, at, node.name, lambda row: row["nodes"][node.code])


def _score_column(scope: Scope, at: int, title: str, score: Callable[[Row], float]) -> Column:
    """Make a column of scores; those without some of their data have a star."""
    codes = {one.code for one in scope.result.plan.nodes[at].spec.indicators()}

    form = f".{scope.built.decimals}f"

    def said(row: Row) -> str:
        starred = not codes.isdisjoint((*row["missing"], *row["imputed"]))
        value = score(row)
        return shown(value, form) + (STAR if starred and not math.isnan(value) else " ")

    return Column(title, said, right=True)


def _unranked(scope: Scope, missing: Sequence[Sequence[str]]) -> list[Row]:
    """Return the units without a rank, each with the reason; ``missing`` names their gaps."""
    result = scope.result
    ranks, rankable = result.rank(scope.node, scope.view), result.plan.rankable(scope.view)
    found: list[Row] = []
    for row, unit in enumerate(result.units):
        if ranks[row] == 0 and scope.holds(row):
            if not result.leaves.ranked[row]:
                reason = TOO_LITTLE
            elif not rankable[row]:
                reason = "too small for this view"
            elif missing[row]:
                reason = "too little data for this node"
            else:
                reason = "no score, because its indicators tell no units apart"
            coverage = float(result.leaves.coverage[row])
            name = result.names[row]
            found.append({"unit": unit, "name": name, "reason": reason, "coverage": coverage})
    return found


def _notes(scope: Scope, out: Sequence[Row], *, starred: bool) -> list[str]:
    """Say what the star means, and who has no rank."""
    enough = percent(scope.result.plan.definition.method.screening.at_least)
    words = {TOO_LITTLE: f"less than {enough} of the data"}
    notes = [f"{STAR} some of its data are missing or imputed"] if starred else []
    for reason in dict.fromkeys(row["reason"] for row in out):
        those = [row for row in out if row["reason"] == reason]
        named = ", ".join(f"{row['name']} ({percent(row['coverage'])})" for row in those)
        notes.append(f"Not ranked: {len(those)}, {words.get(reason, reason)}: {named}.")
    return notes
