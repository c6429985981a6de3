"""What must be known before a reach is quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.findings import Finding, note, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.exact.answer import Reach

_NAMED = 5


def findings_of(found: Reach) -> tuple[Finding, ...]:
    """Return what keeps an answer from being exact over the whole set, and where."""
    return tuple(_findings(found))


def _findings(found: Reach) -> Iterator[Finding]:
    if found.held:
        yield note(
            "reach-held",
            ", ".join(found.held),
            f"Some units miss a part of {_named(found.held)}, so the weights in it stay as they "
            "are: the reach is that of the other weights.",
        )
    if found.gappy:
        yield note(
            "reach-gaps",
            ", ".join(found.gappy),
            f"Some units miss a part of {_named(found.gappy)}: the weight of what is missing "
            "passes to the rest, so that best and worst ranks there are bounds that may be too "
            "wide.",
            "With gaps: hold these weights stay as they are, and the rest is exact.",
        )
    if found.bent:
        yield note(
            "reach-bent",
            ", ".join(found.bent),
            f"{_named(found.bent)} combines what is below it in another way than the node "
            "above, or changes its score: ranks that are not exact lie between two bounds.",
            "Weights at fewer levels give exact ranks.",
        )
    open_ends = int((~found.exact).sum())
    if open_ends:
        yield warning(
            "reach-between",
            "",
            f"for {open_ends} of {len(found.codes)} units the best or the worst rank is a bound: "
            "none beyond is possible, but whether it is reached is not known.",
            "To know, search longer (rankscope reach --seconds), or vary fewer weights.",
        )


def _named(codes: tuple[str, ...]) -> str:
    if len(codes) <= _NAMED:
        return join_words(codes, "and")
    return f"{', '.join(codes[:_NAMED])} and {len(codes) - _NAMED} more"
