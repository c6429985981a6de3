"""Checks of whom scenarios are about: units that there are, mergers, and acts in conflict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from rankscope._words import visible
from rankscope.definition.act_aims import Target, chosen, named_by
from rankscope.definition.act_units import Named, Names
from rankscope.definition.check_acts import Act
from rankscope.definition.located import Loc
from rankscope.definition.scenario import Scenario
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.change import Set
from rankscope.units import iso3166


@dataclass(slots=True)
class _Story:
    """What has happened to units by the time an act comes: who was made, and of whom.

    ``later`` are the codes of units that acts yet to come make; ``gone`` says of a unit which
    one it became part of; ``given`` which act set a value.
    """

    later: list[str]
    made: set[str] = field(default_factory=set)
    gone: dict[str, str] = field(default_factory=dict)
    given: dict[tuple[str, str], str] = field(default_factory=dict)


def cast_findings(
    subject: Subject,
    loc: Loc,
    scenario: Scenario,
    acts: tuple[Act, ...],
    *,
    names: Names,
    targets: tuple[Target, ...],
) -> Iterator[Finding]:
    """Yield what is wrong with the units of a scenario and of its acts in their order."""
    story = _Story([code for act in acts for code in act.change.makes()])
    where = f"The scenario {scenario.name}"
    general = [names.meaning(said, frozenset(story.later)) for said in scenario.units]
    yield from _unknown(subject, (*loc, "units"), where, general, story)
    for act in acts:
        own = [names.meaning(said, frozenset(story.made)) for said in act.change.units]
        partners = [names.meaning(said, frozenset(story.made)) for said in act.change.with_units()]
        yield from _unknown(subject, (*act.loc, "units"), act.where, own, story)
        yield from _unknown(subject, _partner_loc(act), act.where, partners, story)
        if not (act.change.units or scenario.units):
            said = f"{act.where} names nobody whom it befalls, and neither does the scenario."
            mend = "Add `units: [CODE]`."
            yield subject.error("scenario-without-units", act.loc, said, mend)
        meant = own or [names.meaning(said, frozenset(story.made)) for said in scenario.units]
        yield from _gone(subject, act, (*meant, *partners), story)
        yield from _itself(subject, act, meant, partners)
        yield from _set_twice(subject, act, meant, story, targets)
        yield from _merged(subject, act, meant, story, countries=names.countries)


def _partner_loc(act: Act) -> Loc:
    """Return where an act names units besides those that it befalls."""
    key = "unit" if hasattr(act.change, "unit") else "partners"
    return (*act.loc, key)


def _unknown(
    subject: Subject, loc: Loc, where: str, named: list[Named], story: _Story
) -> Iterator[Finding]:
    """Yield names that mean nothing, are left out, or are not there yet."""
    for at, one in enumerate(named):
        place = (*loc, at)
        if one.problem and one.said.strip() in story.later:
            said = f"{where} names {visible(one.said)}, which only a later change makes."
            mend = "Put that change before this one."
            yield subject.error("scenario-order", place, said, mend)
        elif one.problem:
            said = f"{where} names the unit '{visible(one.said)}', {one.problem}."
            yield subject.error("scenario-unit", place, said, one.mend)


def _gone(subject: Subject, act: Act, named: tuple[Named, ...], story: _Story) -> Iterator[Finding]:
    """Yield units that became part of another before."""
    for code in dict.fromkeys(code for one in named for code in one.codes):
        if code in story.gone and code not in story.made:
            if act.change.makes():
                said = f"{act.where} merges {code}, which a change before merged into "
                said += f"{story.gone[code]}."
                mend = f"Leave {code} out of one of the two, or merge {story.gone[code]} itself."
                yield subject.error("scenario-merged-twice", act.loc, said, mend)
            else:
                said = f"{act.where} is about {code}, which is part of {story.gone[code]} by then."
                mend = f"Name {story.gone[code]}, or put the merger last."
                yield subject.error("scenario-merged-away", act.loc, said, mend)
            return


def _itself(
    subject: Subject, act: Act, named: list[Named], partners: list[Named]
) -> Iterator[Finding]:
    """Yield units whose only partner is the unit itself; a group may well hold a partner."""
    others = {code for one in partners for code in one.codes}
    if not others:
        return
    if act.change.ties_used():  # among the units a partner stands for the other side of its ties
        others |= {code for one in named for code in one.codes}
    for one in named:
        if one.codes and not one.is_group and others <= {*one.codes}:
            said = f"{act.where} pairs {one.codes[0]} with itself and nobody else."
            mend = "Name somebody else."
            yield subject.error("scenario-with-itself", _partner_loc(act), said, mend)
            return


def _set_twice(
    subject: Subject, act: Act, named: list[Named], story: _Story, targets: tuple[Target, ...]
) -> Iterator[Finding]:
    """Yield values that a change before has set."""
    if not isinstance(act.change, Set):
        return
    codes = named_by(subject.definition, act.change)
    leaves = [one.code for one in chosen(act.change, codes, targets) if one.suits(act.change)]
    cells = [(unit, leaf) for one in named for unit in one.codes for leaf in leaves]
    again = next((cell for cell in cells if cell in story.given), None)
    if again is not None:
        said = (
            f"{act.where} sets {again[1]} of {again[0]}, which {story.given[again]} sets as well."
        )
        yield subject.error("scenario-set-twice", act.loc, said, "Keep one of the two.")
    number = int(act.loc[-1]) + 1
    story.given.update({cell: f"change {number}" for cell in cells if cell not in story.given})


def _merged(
    subject: Subject, act: Act, named: list[Named], story: _Story, *, countries: bool
) -> Iterator[Finding]:
    """Yield codes of merged units that others have, and remember who became part of whom."""
    members = [code for one in named for code in one.codes]
    for code in act.change.makes():
        taken = countries and code in iso3166().codes
        if (taken or code in story.made) and code not in members:  # a member may absorb others
            who = f" ({iso3166().get(code).name})" if taken else ""
            said = f"{act.where} makes the unit {visible(code)}, and there is one already{who}."
            mend = "Give the new one a code of its own."
            yield subject.error("scenario-merge-code", (*act.loc, "into"), said, mend)
        story.made.add(code)
        story.gone.update({member: code for member in members if member not in story.gone})
