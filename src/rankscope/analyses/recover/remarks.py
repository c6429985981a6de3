"""What must be known before recovered weights are quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words, visible
from rankscope.analyses.recover.identified import of_hundred
from rankscope.analyses.recover.total import Total
from rankscope.findings import Finding, note, warning

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.analyses.recover.identified import Identified
    from rankscope.analyses.recover.models import Model, Verdict
    from rankscope.analyses.recover.result import WrongUnits

_WIDE = 0.05


def remarks_on_rows(
    wrong: WrongUnits, count: int, gaps: tuple[str, ...], *, refused: bool, most_wrong: float
) -> list[Finding]:
    """Return what is to be said of rows: those that are wrong, and those with gaps."""
    found = []
    if gaps:
        one = len(gaps) == 1
        lack = f"lack{'s' * one} a component or the total, and {'was' if one else 'were'}"
        sentence = f"{_named(gaps)} {lack} left out."
        found.append(note("recover-gaps", "", sentence))
    if refused:
        found.append(_refusal(wrong, count, most_wrong))
    elif wrong.at_least:
        found.append(_wrong(wrong, count))
    return found


def _refusal(wrong: WrongUnits, count: int, most_wrong: float) -> Finding:
    sentence = (
        f"For any weights at least {wrong.at_least:,} of {count:,} rows must be wrong, more than "
        f"{100 * most_wrong:.3g} %: "
    )
    if not wrong.units:
        sentence += "these columns do not determine the score."
        return warning("recover-refused", "", sentence, "Look for other components.")
    sentence += "no weights are named."
    found = (
        f" All others follow one rule: {_named(wrong.units)} "
        f"{'is' if len(wrong.units) == 1 else 'are'} at odds with it."
    )
    remedy = f"Check those rows; most_wrong={_enough(wrong, count)} shows the weights of the rest."
    return warning("recover-refused", "", sentence + found, remedy)


def _enough(wrong: WrongUnits, count: int) -> float:
    return min(1.0, round(wrong.at_least / count + 0.005, 2))


def _wrong(wrong: WrongUnits, count: int) -> Finding:
    sure = set(wrong.certain) == set(wrong.units)
    few = f"At least {wrong.at_least:,} of {count:,} rows must be wrong"
    named = _named(wrong.units)
    others = [unit for unit in wrong.possible if unit not in wrong.units]
    if sure:
        sentence = f"{few}, and only {named} can be if no more are."
    else:
        more = f" in the place of some of them {_named(others)}" if others else " others"
        sentence = f"{few}: such as {named}, or{more}."
    remedy = "Check them against the source; the weights are those of all other rows."
    return warning("recover-wrong-rows", named, sentence, remedy)


def remarks_on_scale(model: Model, sums: tuple[float, float]) -> list[Finding]:
    """Return what is to be said of the sum of weights and the scale of the total."""
    low, high = sums
    between = _span(low, high)
    if model.total is Total.AS_GIVEN and low <= 1 <= high:
        return [note("recover-sum-one", "", f"The weights can sum to 1: their sum is {between}.")]
    if model.total is Total.AS_GIVEN:
        sentence = (
            f"The weights sum to {between}, which is not 1: they were used as given, or "
            "sum to 1 and the total was scaled. Totals can not tell which."
        )
        return [note("recover-sum-other", "", sentence, "Quote shares.")]
    if model.total in (Total.SCALED, Total.SHIFTED):
        offset = " and an offset" if model.total is Total.SHIFTED else ""
        sentence = (
            f"The total was multiplied by a factor{offset}, or the weights do not sum to 1; that "
            f"can not be told apart. If they sum to 1 the factor is {between}."
        )
        return [note("recover-scale-unknown", "", sentence, "Quote shares.")]
    return []


def remarks_on_models(chosen: Model, verdicts: Iterable[Verdict]) -> list[Finding]:
    """Return whether other means are possible as well, or the plainest one is ruled out."""
    rest = {one.model.mean for one in verdicts if one.possible} - {chosen.mean}
    found = []
    if rest:
        sentence = (
            f"The {chosen.mean} gives the totals, and so does the "
            f"{join_words(sorted(rest), 'and the')}: the table can not tell which was used."
        )
        found.append(warning("recover-several-means", "", sentence, "Look into the method."))
    if chosen.exponent != 1 or chosen.inner not in (None, 1.0):
        sentence = (
            "No arithmetic mean gives these totals, with any weights of 0 or more; "
            f"the {chosen.mean} does."
        )
        found.append(note("recover-other-mean", "", sentence))
    return found


def remarks_on_width(known: Identified) -> list[Finding]:
    """Return whether weights are known only roughly, and which components go together."""
    found = []
    if known.widest > _WIDE:
        sentence = (
            f"The widest interval of a share is {of_hundred(known.widest)}: the printed digits do "
            "not tell the weights more closely."
        )
        found.append(note("recover-wide", "", sentence, "Quote intervals, or find more decimals."))
    for group in known.collinear:
        sentence = (
            f"{join_words(map(visible, group), 'and')} move together (condition number "
            f"{known.condition:.0f}): weight can be moved between them unseen."
        )
        found.append(note("recover-collinear", "", sentence, "Quote them together."))
    return found


def _span(low: float, high: float) -> str:
    ends = (f"{low:.6g}", f"{high:.6g}")
    return ends[0] if ends[0] == ends[1] else f"between {ends[0]} and {ends[1]}"


def _named(units: Iterable[str]) -> str:
    own = list(units)
    shown = own[:8]
    more = f" and {len(own) - 8:,} more" if len(own) > 8 else ""
    return (
        (", ".join(map(visible, shown)) + more) if more else join_words(map(visible, shown), "and")
    )
