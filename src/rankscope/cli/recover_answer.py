"""The tables of ``rankscope recover``: intervals of weights, models, wrong rows, findings."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.recover import Total
from rankscope.cli.recover_findings import finding_sheet, in_shell
from rankscope.cli.sheet import ABSENT, Answer, Column, Row, Sheet, number, text
from rankscope.errors import DataError
from rankscope.units import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.analyses.recover import Claimed, Recovered, RecoveredPeriods
    from rankscope.cli.recover_source import Given

_MEANING = (
    "Shares of 100. Lowest and highest are the ends of what the printed digits allow, all "
    "components together; the middle is inside, and no estimate."
)


def answer(given: Given, found: Recovered, claim: Mapping[str, float] | None) -> Answer:
    """Return what was recovered from a table of one period."""
    asked = None if claim is None or found.refused else _judged(found, claim)
    lines = [
        given.title,
        found.sentence(),
        *_on_claim(found, claim, asked),
        *_on_declared(given, found),
    ]
    findings = (*given.table.said(), *found.findings, *(asked.findings if asked else ()))
    components = _component_rows(found)
    sheets = [] if found.refused else [_component_sheet(components, found)]
    sheets += _model_sheets(found) + _wrong_sheets(found)
    return Answer(
        facts=_facts(given, found, asked) | ({"components": []} if found.refused else {}),
        lines=tuple(lines),
        sheets=(*sheets, finding_sheet(findings)),
        notes=() if found.refused else (_MEANING,),
    )


def answer_by_period(given: Given, found: RecoveredPeriods) -> Answer:
    """Return what was recovered from each period, and where weights changed."""
    rows = tuple(
        {"period": period, **row}
        for period, one in zip(found.periods, found.each, strict=True)
        if not one.refused
        for row in _component_rows(one)
    )
    periods = tuple(
        _period_row(period, one) for period, one in zip(found.periods, found.each, strict=True)
    )
    own = [
        (period, one)
        for period, each in zip(found.periods, found.each, strict=True)
        for one in each.findings
    ]
    columns = (text("Period", "period"), *_INTERVAL)
    changes = tuple(
        {
            "before": one.before,
            "after": one.after,
            "changed": one.changed,
            "components": list(one.components),
        }
        for one in found.changes
    )
    return Answer(
        facts={"source": given.title, "changes": changes},
        lines=(given.title, *_on_changes(found)),
        sheets=(
            Sheet("components", rows, columns),
            Sheet("periods", periods, _PERIODS, title="What gives the totals"),
            finding_sheet([*given.table.said(), *found.findings], own),
        ),
        notes=(_MEANING,) if rows else (),
    )


def _on_changes(found: RecoveredPeriods) -> list[str]:
    """Say where weights changed for certain."""
    changed = [
        f"{visible(one.before)} and {visible(one.after)}" for one in found.changes if one.changed
    ]
    refused = [visible(name) for name, one in zip(found.periods, found.each, strict=True)
               if one.refused]  # fmt: skip
    said = []
    if changed:
        said.append(f"Weights changed for certain between {join_words(changed, 'and between')}.")
        if len(changed) < len(found.changes):
            said[0] += " Between other periods some weights are possible in both."
    elif found.changes:
        said.append(
            "Nothing proves a change: neighbouring periods have possible weights in common."
        )
    if refused:
        said.append(f"No weights are named for {join_words(refused, 'and')}.")
    return said


def _judged(found: Recovered, claim: Mapping[str, float]) -> Claimed:
    """Return whether weights that someone claims are possible; letter case may differ."""
    own = {fold(name): name for name in found.names}
    named = {}
    for name, weight in claim.items():
        known = name if name in found.names else own.get(fold(name))
        if known is None:
            close = did_you_mean(name, found.names)
            said = f"--weights: there is no component {visible(name)!r}. {close}"
            raise DataError(said.strip())
        named[known] = weight
    return found.allows(named)


def _on_claim(
    found: Recovered, claim: Mapping[str, float] | None, asked: Claimed | None
) -> list[str]:
    if claim is None:
        return []
    said = ", ".join(f"{visible(name)} {weight:g}" for name, weight in claim.items())
    if asked is None:
        return [f"Nothing can be said of the weights {said}: none were recovered."]
    if asked.possible:
        return [f"The weights {said} are possible: they give all {found_rows(found)}."]
    return [asked.findings[0].sentence.replace("These weights", f"The weights {said}", 1)]


def found_rows(found: Recovered) -> str:
    """Return the rows that recovered weights give, in words."""
    what = "ranks" if found.total is Total.RANKS else "totals"
    return f"{len(found.counted):,} {what}"


def _on_declared(given: Given, found: Recovered) -> list[str]:
    """Say whether the weights in the definition of an index are among those recovered."""
    if given.declared is None or found.refused:
        return []
    try:
        claimed = found.allows(given.declared)
    except DataError:  # all of weight 0, or names that are not unique
        return []
    if claimed.possible:
        return ["The weights in the definition are among those that are possible."]
    said = f"at least {claimed.at_least:,} of the rows contradict them"
    return [f"The weights in the definition are not possible: {said}."]


def _facts(given: Given, found: Recovered, asked: Claimed | None) -> dict[str, Any]:
    whole = found.whole_numbers
    return {
        "source": given.title,
        "sentence": in_shell(found.sentence()),
        "refused": found.refused,
        "rows": len(found.counted),
        "mean": found.mean,
        "total": str(found.total),
        "widest": found.identified.widest,
        "condition": found.identified.condition,
        "lowest_sum": found.sums[0],
        "highest_sum": found.sums[1],
        "lowest_factor": found.factors[0],
        "highest_factor": found.factors[1],
        "lowest_offset": found.offsets[0],
        "highest_offset": found.offsets[1],
        "whole_numbers": None if whole is None else str(whole),
        "other_whole_numbers": []
        if whole is None
        else [":".join(map(str, one)) for one in whole.others],
        "all_whole_numbers": None if whole is None else whole.complete,
        "lowest_exponent": math.nan if found.exponents is None else found.exponents[0],
        "highest_exponent": math.nan if found.exponents is None else found.exponents[1],
        "wrong_at_least": found.wrong.at_least,
        "claim": None if asked is None else _claim(asked, found),
    }


def _claim(asked: Claimed, found: Recovered) -> dict[str, Any]:
    return {
        "shares": dict(zip(found.names, asked.shares.tolist(), strict=True)),
        "possible": asked.possible,
        "contradicted_by": asked.at_least,
        "proof": list(asked.proof),
    }


def _component_rows(found: Recovered) -> tuple[Row, ...]:
    if found.refused:
        return ()
    whole = found.whole_numbers
    numbers = [None] * len(found.names) if whole is None else list(whole.numbers)
    return tuple(
        {
            "component": name,
            "lowest_share": float(found.shares[at, 0]),
            "middle_share": float(found.centre[at]),
            "highest_share": float(found.shares[at, 1]),
            "width": float(found.shares[at, 1] - found.shares[at, 0]),
            "whole_number": numbers[at],
            "lowest_weight": float(found.weights[at, 0]),
            "highest_weight": float(found.weights[at, 1]),
        }
        for at, name in enumerate(found.names)
    )


def _share(title: str, key: str) -> Column:
    return Column(title, lambda row: _figure(100 * row[key], row["width"]), right=True)


def _figure(value: float, width: float) -> str:
    """Return a share of 100 with digits enough to see its interval."""
    digits = 2 if not width > 0 else min(8, max(1, 1 - math.floor(math.log10(100 * width))))
    return f"{value:.{digits}f}"


_INTERVAL = (
    text("Component", "component", flexible=True),
    _share("Lowest", "lowest_share"),
    _share("Middle", "middle_share"),
    _share("Highest", "highest_share"),
    Column("Width", lambda row: _short(100 * row["width"]), right=True),
)


def _wrong_count(row: Row) -> str:
    """Return the fewest rows that must be wrong; where weights are refused there may be more."""
    return f"{row['wrong_at_least']:,}{' or more' if row['refused'] else ''}"


_PERIODS = (
    text("Period", "period"),
    number("Rows", "rows", ",d"),
    text("Mean", "mean"),
    text("Total", "total"),
    text("Smallest whole numbers", "whole_numbers"),
    Column(
        "Widest", lambda row: "" if row["refused"] else f"{100 * row['widest']:.2g}", right=True
    ),
    Column("Wrong rows", _wrong_count, right=True),
)


def _component_sheet(rows: tuple[Row, ...], found: Recovered) -> Sheet:
    columns: tuple[Column, ...] = _INTERVAL
    if found.whole_numbers is not None:
        columns = (*columns, number("Whole number", "whole_number", "d"))
    wide = columns
    if found.total is Total.AS_GIVEN and not found.sums[0] <= 1 <= found.sums[1]:
        wide = (*columns, number("Lowest weight", "lowest_weight", ".6g"),
                number("Highest weight", "highest_weight", ".6g"))  # fmt: skip
    return Sheet("components", rows, wide, narrower=(columns, _INTERVAL[:1] + _INTERVAL[1:4]))


def _period_row(period: str, found: Recovered) -> Row:
    whole = found.whole_numbers
    return {
        "period": period,
        "rows": len(found.counted),
        "refused": found.refused,
        "mean": "–" if found.refused else found.mean,
        "total": "refused" if found.refused else str(found.total),
        "whole_numbers": "" if whole is None else str(whole),
        "widest": found.identified.widest,
        "wrong_at_least": found.wrong.at_least,
    }


def _model_sheets(found: Recovered) -> list[Sheet]:
    if not found.verdicts:
        return []
    said = {True: "possible", False: "ruled out", None: "not defined here"}
    rows = tuple(
        {
            "mean": one.model.mean,
            "total": str(one.model.total),
            "possible": one.possible,
            "verdict": said[one.possible],
            "beyond": one.beyond,
        }
        for one in found.verdicts
    )
    columns = (
        text("Mean", "mean"),
        text("Total", "total"),
        text("All rows together", "verdict"),
        Column("Beyond rounding", _beyond, right=True),
    )
    return [Sheet("models", rows, columns, title="What was tried")]


def _beyond(row: Row) -> str:
    """Return how far the worst total is beyond rounding, for readers."""
    return "" if row["possible"] else ABSENT if math.isnan(row["beyond"]) else _short(row["beyond"])


def _short(value: float) -> str:
    """Return a number with two figures, and all before the point."""
    return f"{value:,.0f}" if value >= 10 else f"{value:.2g}"


def _wrong_sheets(found: Recovered) -> list[Sheet]:
    wrong = found.wrong
    units = dict.fromkeys((*wrong.units, *wrong.possible))
    if not units:
        return []
    rows = tuple(
        {
            "unit": unit,
            "certain": unit in wrong.certain,
            "words": "yes" if unit in wrong.certain else "it or another",
        }
        for unit in units
    )
    columns = (text("Row", "unit", flexible=True), text("Must be wrong", "words"))
    return [Sheet("wrong_rows", rows, columns, title="Rows that contradict all others")]
