"""Checks of what an index assumes could be otherwise: levels, codes, errors, and idle keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rankscope._words import did_you_mean, visible
from rankscope.definition.assumptions import INDICATORS, PILLARS, Assumptions
from rankscope.definition.check_admissible import admissible_findings
from rankscope.definition.check_choices import choice_findings, listed_choices, written
from rankscope.definition.subject import Subject

if TYPE_CHECKING:
    from rankscope.definition.located import Loc
    from rankscope.definition.model import IndexDefinition
    from rankscope.findings import Finding
    from rankscope.methods.imputation import Imputation

WHERE = "assumptions"


def assumption_findings(
    subject: Subject, check: Callable[[IndexDefinition], tuple[Finding, ...]]
) -> Iterator[Finding]:
    """Yield what is wrong with assumptions; ``check`` tells it of the definitions they make."""
    assumed = subject.definition.assumptions
    if assumed is None:
        return
    for part in (admissible_findings, _levels, _left_out, _errors, _tables, _twice):
        yield from part(subject, assumed)
    yield from choice_findings(subject, assumed, check)
    if _varies_nothing(assumed):
        said = "The assumptions let nothing vary, so that every draw gives the same ranks."
        mend = "Name admissible weights, such as `weights: perturbed`, or two methods in a list."
        yield subject.warning("assumption-nothing", (WHERE,), said, mend)


def _levels(subject: Subject, assumed: Assumptions) -> Iterator[Finding]:
    """Yield levels that the framework does not have."""
    root = subject.definition.framework.code
    deepest = max(len(loc) // 2 for loc, _ in subject.nodes)
    for at, level in enumerate(assumed.levels):
        if level > deepest:
            said = f"There is no level {level}: they go from 1, the children of {root}, to "
            said += f"{deepest}."
            mend = "Levels are counted from the top."
            yield subject.error("assumption-level", (WHERE, "levels", at), said, mend)
    if len(assumed.aggregation_by_level) > deepest:
        key = "aggregation_by_level"
        said = f"assumptions.{key} names {len(assumed.aggregation_by_level)} levels, and "
        said += f"{deepest} have children."
        place = (WHERE, key, deepest)
        yield subject.warning("level-unused", place, said, "Remove the last ones.")
    if assumed.levels and assumed.weights is None:
        said = "assumptions.levels has no effect: no weights are named that vary."
        mend = "Add `weights: perturbed`, or remove the levels."
        yield subject.warning("assumption-unused", (WHERE, "levels"), said, mend)


def _left_out(subject: Subject, assumed: Assumptions) -> Iterator[Finding]:
    """Yield codes that nothing has or that are the whole index, and a chance of nothing."""
    definition = subject.definition
    codes = [INDICATORS, PILLARS, *(node.code for _, node in subject.nodes)]
    for at, code in enumerate(assumed.leave_out):
        place: Loc = (WHERE, "leave_out", at)
        yield from subject.unknown_node(place, code, "assumptions.leave_out", codes)
        if code == definition.framework.code:
            said = f"assumptions.leave_out names {code}, which is the whole index."
            mend = f"Write `{PILLARS}` for each of its children, or `{INDICATORS}`."
            yield subject.error("assumption-whole", place, said, mend)
    if assumed.leave_out_chance is not None and not assumed.leave_out:
        said = "assumptions.leave_out_chance has no effect: nothing is named under leave_out."
        place = (WHERE, "leave_out_chance")
        mend = f"Add `leave_out: [{INDICATORS}]`, or remove it."
        yield subject.warning("assumption-unused", place, said, mend)


def _errors(subject: Subject, assumed: Assumptions) -> Iterator[Finding]:
    """Yield errors of measurement without a size, or of what is not measured."""
    leaves = [node.code for _, node in subject.indicators]
    above = {node.code for _, node in subject.aggregates}
    for at, one in enumerate(assumed.errors):
        place: Loc = (WHERE, "errors", at)
        if one.indicator in above:
            said = (
                f"{one.indicator} is an aggregate, and only the values of indicators have errors."
            )
            mend = did_you_mean(one.indicator or "", leaves)
            yield subject.error("assumption-of-aggregate", (*place, "indicator"), said, mend)
        elif one.indicator is not None:
            where = "assumptions.errors"
            yield from subject.unknown_node((*place, "indicator"), one.indicator, where, leaves)
        if one.relative == one.absolute == 0:
            said = f"The error of {one.indicator or 'the other indicators'} has no size."
            mend = "Add `relative: 0.05` for 5 % of each value, or `absolute:` in its own units."
            yield subject.error("assumption-error-zero", place, said, mend)


def _tables(subject: Subject, assumed: Assumptions) -> Iterator[Finding]:
    """Yield a number of tables where none are drawn, and draws that no imputation can make."""
    if assumed.tables != Assumptions().tables and not (
        assumed.errors or assumed.multiple_imputation
    ):
        said = "assumptions.tables has no effect without errors and without multiple imputation."
        mend = "Add `errors:` or `multiple_imputation: true`, or remove it."
        yield subject.warning("assumption-unused", (WHERE, "tables"), said, mend)
    fillers = _imputations(subject, assumed)
    if assumed.multiple_imputation and not any(one.knows_distribution() for one in fillers):
        named = ", ".join(dict.fromkeys(one.name for one in fillers))
        said = f"Multiple imputation has no effect: {named} can not draw what it fills in."
        mend = "Take one that can, such as `imputation: [regression]`."
        place = (WHERE, "multiple_imputation")
        yield subject.warning("imputation-without-draws", place, said, mend)


def _imputations(subject: Subject, assumed: Assumptions) -> list[Imputation]:
    """Return how gaps may be filled: in general, and at indicators with a way of their own."""
    own = [node.imputation for _, node in subject.indicators if node.imputation is not None]
    return [*(assumed.imputation or (subject.definition.method.imputation,)), *own]


def _twice(subject: Subject, assumed: Assumptions) -> Iterator[Finding]:
    """Yield what a list names twice: it would count double."""
    yield from _repeated(subject, (WHERE, "levels"), assumed.levels, str)
    yield from _repeated(subject, (WHERE, "leave_out"), assumed.leave_out, visible)
    indicators = [one.indicator for one in assumed.errors]
    yield from _repeated(
        subject, (WHERE, "errors"), indicators, lambda one: one or "an error of all the others"
    )
    for loc, choices in listed_choices(assumed):
        yield from _repeated(subject, loc, choices, written)


def _repeated(
    subject: Subject, loc: Loc, items: Iterable[Any], words: Callable[[Any], str]
) -> Iterator[Finding]:
    first: dict[Any, int] = {}
    for at, one in enumerate(items):
        if first.setdefault(one, at) != at:
            called = ".".join(str(step) for step in loc if isinstance(step, str))
            said = f"{called} names {words(one)} twice, which would count double."
            yield subject.error("assumption-twice", (*loc, at), said, "Remove one of the two.")


def _varies_nothing(assumed: Assumptions) -> bool:
    sizes = [len(choices) for _, choices in listed_choices(assumed)]
    still = assumed.weights is None or getattr(assumed.weights, "by", 1) == 0
    others = assumed.leave_out or assumed.errors or assumed.multiple_imputation
    return still and not others and max(sizes, default=0) < 2
