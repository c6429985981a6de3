"""Checks of ties: what they feed, and the columns that they are read from."""

from __future__ import annotations

from collections.abc import Iterator

from rankscope._words import did_you_mean, visible
from rankscope.definition.located import Loc
from rankscope.definition.scenario import TiesSpec
from rankscope.definition.subject import Subject
from rankscope.findings import Finding


def ties_findings(subject: Subject) -> Iterator[Finding]:
    """Yield ties that feed nothing or no indicator, and columns that would mean two things."""
    for position, ties in enumerate(subject.definition.ties):
        loc: Loc = ("ties", position)
        yield from _feeds(subject, loc, ties)
        yield from _columns(subject, loc, ties)


def _feeds(subject: Subject, loc: Loc, ties: TiesSpec) -> Iterator[Finding]:
    leaves = [node.code for _, node in subject.indicators]
    above = {node.code for _, node in subject.aggregates}
    for at, code in enumerate(ties.feeds):
        if code in leaves:
            continue
        is_variable = subject.definition.variable(code) is not None
        what = "an aggregate" if code in above else "a variable" if is_variable else "no indicator"
        said = f"{ties.code}.feeds names '{code}', which is {what}: work is part of indicators."
        yield subject.error("ties-feeds", (*loc, "feeds", at), said, did_you_mean(code, leaves))
    if not ties.feeds:
        said = f"{ties.code} feeds no indicator, so that acts on these ties must name some."
        mend = "Add `feeds: [CODE]`: the indicators that such work is part of."
        yield subject.warning("ties-without-feeds", loc, said, mend)


def _columns(subject: Subject, loc: Loc, ties: TiesSpec) -> Iterator[Finding]:
    """Yield a column that is read as two things."""
    first, second = ties.pair_columns
    named = [("pair_columns", first), ("pair_columns", second), ("value_column", ties.value_column)]
    named += [("totals", ties.totals)] if ties.totals is not None else []
    seen: dict[str, str] = {}
    for key, column in named:
        if column in seen:
            said = f"{ties.code}.{key} names the column '{visible(column)}', as does {seen[column]}"
            mend = "Each is a column of its own."
            yield subject.error("ties-columns", (*loc, key), f"{said}.", mend)
        seen.setdefault(column, key)
