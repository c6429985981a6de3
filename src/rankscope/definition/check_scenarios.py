"""Checks of scenarios: each act by itself, and all in their order."""

from __future__ import annotations

from collections.abc import Iterator

from rankscope._words import visible
from rankscope.definition.act_aims import targets_of
from rankscope.definition.act_units import names_of
from rankscope.definition.check_acts import Act, act_findings
from rankscope.definition.check_cast import cast_findings
from rankscope.definition.located import Loc
from rankscope.definition.subject import Subject
from rankscope.findings import Finding


def scenario_findings(subject: Subject) -> Iterator[Finding]:
    """Yield what is wrong with scenarios, as far as that can be told without data."""
    scenarios = subject.definition.scenarios
    if not scenarios:
        return
    yield from subject.twice("scenario-duplicate", "scenarios", [one.name for one in scenarios])
    targets, names = targets_of(subject.definition), names_of(subject.definition)
    for position, scenario in enumerate(scenarios):
        loc: Loc = ("scenarios", position)
        if not scenario.changes:
            said = f"The scenario {scenario.name} changes nothing."
            mend = "Add `changes:`, such as `{act: restrict, nodes: [CODE], by: 30%}`."
            yield subject.warning("scenario-empty", loc, said, mend)
        acts = tuple(
            Act(change, (*loc, "changes", at), _called(scenario.name, at, change.name))
            for at, change in enumerate(scenario.changes)
        )
        for act in acts:
            yield from act_findings(subject, act, targets)
        yield from cast_findings(subject, loc, scenario, acts, names=names, targets=targets)


def _called(scenario: str, at: int, act: str) -> str:
    """Return how an act is called at the beginning of a sentence."""
    return f"{visible(scenario)}, change {at + 1} ({act})"
