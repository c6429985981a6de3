"""Two editions ready to be mixed, and whether a mixture of one alone is what was passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rankscope._words import visible
from rankscope.analyses.diff.aligned import agree, aligned
from rankscope.analyses.diff.mixtures import build_mixture
from rankscope.analyses.diff.remarks import pooled_findings, rebuilt_findings
from rankscope.analyses.diff.result import Edition
from rankscope.analyses.diff.side import Side, renamed_side, side_of
from rankscope.errors import MethodError, RankscopeError
from rankscope.pipeline.result import build

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result

Ends = tuple["Result", "Result"]
"""The mixture in which nothing is new, and the one in which everything is."""


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two editions ready to be mixed.

    ``old`` has the codes and the order of ``new``; ``sides`` are both as they were before,
    ``given`` the results that were passed, ``periods`` those compared, and ``names`` maps the
    old codes of nodes to the new ones.
    """

    old: Side
    new: Side
    sides: tuple[Side, Side]
    given: tuple[Result, Result]
    periods: tuple[str | None, str | None]
    names: Mapping[str, str]

    def ends(self, players: Sequence[str]) -> Ends:
        """Return both editions as mixtures of nothing else.

        Raises
        ------
        RankscopeError
            When the rows of a period can not be built alone.
        """
        return self._end(0, frozenset()), self._end(1, frozenset(players))

    def _end(self, which: int, taken: frozenset[str]) -> Result:
        try:
            return build_mixture(self.old, self.new, taken)
        except RankscopeError as problem:
            edition = _called(self.given[which], self.periods[which])
            said = f"{edition} can not be built from its own rows alone. {problem}"
            raise type(problem)(said, problem.findings) from problem

    def editions(self, ends: Ends, view: str) -> tuple[Edition, Edition]:
        """Return what was compared."""
        first, last = (
            Edition(
                title=given.plan.definition.title,
                edition=given.plan.definition.edition,
                period=period,
                ranked=end.ranked(view=view),
            )
            for given, period, end in zip(self.given, self.periods, ends, strict=True)
        )
        return first, last

    def come_and_gone(self, ends: Ends, view: str) -> ComeAndGone:
        """Return the names of what only one edition has."""
        old, new = (
            {end.units[row]: end.names[row] for row in end.order(view=view)} for end in ends
        )
        before, after = (
            {one.code: one.name for one in side.definition.indicators()}
            for side in (self.old, self.new)
        )
        return ComeAndGone(
            _only(new, old), _only(old, new), _only(after, before), _only(before, after)
        )

    def findings(self, ends: Ends, view: str) -> list[Finding]:
        """Return notes where an edition as it is compared is not the result that was passed.

        Raises
        ------
        MethodError
            When it is not even what definition and table of that edition give.
        """
        found: list[Finding] = []
        for given, period, end in zip(self.given, self.periods, ends, strict=True):
            shown = given if period is None else given.of_period(period)
            if agree(shown, end, view):
                continue
            edition = _called(given, period)
            if period is not None:
                found += pooled_findings(edition, period, _differing_ranks(shown, end, view))
                continue
            anew = build(given.plan.definition, given.plan.table)
            if not agree(anew, end, view):
                raise MethodError(
                    f"{edition} can not be put together again from its parts. This is a fault "
                    "of rankscope: please report it."
                )
            found += rebuilt_findings(edition)
        return found


class ComeAndGone(NamedTuple):
    """Names of units and of indicators that only one edition has."""

    entered: tuple[str, ...]
    left: tuple[str, ...]
    indicators_entered: tuple[str, ...]
    indicators_left: tuple[str, ...]


def paired(
    given: tuple[Result, Result],
    periods: tuple[str | None, str | None],
    renamed: Mapping[str, str],
) -> Pair:
    """Return two results ready to be mixed; ``renamed`` maps old codes to new ones.

    Raises
    ------
    DataError
        When an edition has no such period.
    DefinitionError
        When a renamed code is not there, or two things would have one code.
    """
    (before, first), (after, last) = map(side_of, given, periods)
    called = renamed_side(before, after, renamed)
    codes = ([node.code for node in one.definition.framework.walk()] for one in (before, called))
    names = dict(zip(*codes, strict=True))
    return Pair(aligned(called, after), after, (before, after), given, (first, last), names)


def _only(here: Mapping[str, str], there: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for code, name in here.items() if code not in there)


def _differing_ranks(one: Result, other: Result, view: str) -> int:
    ranks = dict(zip(other.units, other.rank(view=view).tolist(), strict=True))
    own = zip(one.units, one.rank(view=view).tolist(), strict=True)
    return sum(ranks.get(unit) != rank for unit, rank in own)


def _called(given: Result, period: str | None) -> str:
    definition = given.plan.definition
    of = f" in {visible(period)}" if period else ""
    return f"{visible(definition.title)} ({visible(definition.edition)}){of}"
