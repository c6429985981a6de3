"""What must be known of influence: silent indicators, and what could not be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.findings import note, warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rankscope.analyses.influence_left_out import LeftOut
    from rankscope.findings import Finding

SILENT_SHIFT = 0.1
"""An indicator without which ranks shift by fewer places on average is silent."""

SILENT_CORRELATION = 0.1
"""An indicator with a smaller absolute correlation with the index goes its own way."""

_NAMED = 5


def findings_of(left_out: Sequence[LeftOut], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the findings about what was left out, indicator by indicator; units have names."""
    return (
        *_silent(left_out),
        *_uncorrelated(left_out),
        *_losing(left_out, names),
        *_refused(left_out),
    )


def too_many(units: int, most: int) -> Finding:
    """Return that units were not left out, because there are too many of them."""
    return note(
        "influence-too-many-units",
        "",
        f"{units:,} units are more than the {most:,} that are left out one at a time.",
        "Build an index of fewer units, or ask for indicators, pillars or years.",
    )


def is_silent(one: LeftOut) -> bool:
    """Whether a thing left out moves ranks by less than `SILENT_SHIFT` on average."""
    return one.compared > 0 and one.mean_shift < SILENT_SHIFT


def _silent(left_out: Iterable[LeftOut]) -> Iterable[Finding]:
    for one in left_out:
        if one.kind == "indicator" and is_silent(one):
            moved = "no rank"
            if one.changed:
                moved = (
                    f"ranks by {one.mean_shift:.2f} places on average, "
                    f"fewer than {SILENT_SHIFT}, and by {one.largest_shift:.0f} at most"
                )
            yield note(
                "influence-silent",
                one.code,
                f"leaving out {one.name} moves {moved}.",
                "Ask whether it belongs: the ranking hardly hears it.",
            )


def _uncorrelated(left_out: Iterable[LeftOut]) -> Iterable[Finding]:
    for one in left_out:
        if one.kind == "indicator" and abs(one.correlation) < SILENT_CORRELATION:
            rounded = round(one.correlation, 2) + 0.0  # no minus before zero
            yield note(
                "influence-uncorrelated",
                one.code,
                f"{one.name} has a correlation of {rounded:.2f} with the index, nearer to zero "
                f"than {SILENT_CORRELATION}: who does well in it is about as likely to do well as "
                "badly in the whole.",
                "Check its direction, and ask whether it measures what the others measure.",
            )


def _losing(left_out: Iterable[LeftOut], names: Mapping[str, str]) -> Iterable[Finding]:
    for one in left_out:
        if one.unranked and not one.refused:
            more = len(one.unranked) - _NAMED
            named = [names.get(code, code) for code in one.unranked[:_NAMED]]
            said = join_words([*named, *([f"{more} more"] if more > 0 else [])], "and")
            yield note(
                "influence-unranked",
                one.code,
                f"without {one.name} these units have no rank, and are not compared: {said}.",
                "Without it the rules on gaps leave them out; their ranks hang on its being there.",
            )


def _refused(left_out: Iterable[LeftOut]) -> Iterable[Finding]:
    for one in left_out:
        if one.refused:
            yield warning(
                "influence-refused",
                one.code,
                f"without {one.name} there is no index: {one.refused}",
                "Choose a method that can do with less.",
            )
