"""Checks of what needs a panel: a table with a column of periods."""

from __future__ import annotations

from collections.abc import Iterator

from rankscope._words import did_you_mean, visible
from rankscope.definition.located import Loc
from rankscope.definition.staged import staged
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.imputation import Imputation

_MEND = "Declare `data.period_column`, or remove it."


def period_findings(subject: Subject) -> Iterator[Finding]:
    """Yield what looks at periods where there are none, and periods that are not read."""
    definition = subject.definition
    if definition.data.period_column is None:
        yield from _without_panel(subject)
    known = definition.data.periods
    for at, period in enumerate(definition.method.base_periods if known else ()):
        yield from _unknown(subject, ("method", "base_periods", at), "base_periods", period)
    for loc, node in subject.nodes:
        if (node.period_weights or node.group_weights) and node.weight == 0:
            said = f"{node.code} has weights of its own in some rows, and its usual weight is 0."
            mend = "Give it its usual weight, and write 0 where it does not count."
            yield subject.error("period-weight-of-zero", (*loc, "weight"), said, mend)
        for period, _ in node.period_weights if known else ():
            place = (*loc, "period_weights", period)
            yield from _unknown(subject, place, f"{node.code}.period_weights", period)


def _unknown(subject: Subject, loc: Loc, name: str, period: str) -> Iterator[Finding]:
    known = subject.definition.data.periods
    if period not in known:
        said = f"{name} names the period '{visible(period)}', which data.periods does not keep."
        yield subject.error("period-unknown", loc, said, did_you_mean(period, known))


def _without_panel(subject: Subject) -> Iterator[Finding]:
    """Yield each key that has no effect, or no meaning, without a column of periods."""
    definition = subject.definition
    wrong: list[tuple[Loc, str]] = []
    if definition.data.periods:
        wrong.append((("data", "periods"), "data.periods"))
    if definition.method.base_periods:
        wrong.append((("method", "base_periods"), "method.base_periods"))
    for loc, node in subject.nodes:
        if node.period_weights:
            wrong.append(((*loc, "period_weights"), f"{node.code}.period_weights"))
    for loc, stage in staged(subject):
        if isinstance(stage, Imputation) and stage.needs_panel:
            wrong.append((loc, f"The imputation {stage.name}"))
    for place, name in wrong:
        yield subject.error("panel-missing", place, f"{name} needs a table with periods.", _MEND)
    if definition.method.scales == "per_period":
        said = "method.scales: per_period has no effect without periods."
        yield subject.warning("panel-missing", ("method", "scales"), said, _MEND)
