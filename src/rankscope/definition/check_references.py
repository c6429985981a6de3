"""Checks of what a definition refers to: sources, variables, groupings, columns, files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rankscope._words import did_you_mean, nearest, visible
from rankscope.definition.fields import EXTENSIVE, RELATIVE
from rankscope.definition.located import Loc
from rankscope.definition.model import Node, Source, TiesSpec, Variable
from rankscope.definition.paths import why_refused
from rankscope.definition.staged import staged
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.base import EVERYTHING, PERIOD
from rankscope.units import GROUPINGS

DIVISIBLE = EXTENSIVE | RELATIVE
"""Kinds that have a denominator."""

SUGGESTIONS = 20
"""For how many unknown codes the nearest known ones are looked up: it is slow."""


def reference_findings(subject: Subject) -> Iterator[Finding]:
    """Yield references that lead nowhere or to the wrong thing."""
    definition = subject.definition
    yield from _repeated(subject, "sources", definition.sources)
    yield from _repeated(subject, "context", definition.context)
    yield from _repeated(subject, "ties", definition.ties)
    yield from _sources(subject)
    yield from _variables(subject)
    yield from _denominator_kinds(subject)
    yield from _groupings(subject)
    yield from _columns(subject)
    yield from _data_files(subject)


def _repeated(
    subject: Subject, key: str, items: Sequence[Source | Variable | TiesSpec]
) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for position, item in enumerate(items):
        loc = (key, position, "code")
        if item.code in first:
            said = f"The code '{item.code}' is there twice in {key}, first at {first[item.code]}."
            yield subject.error("code-duplicate", loc, said, "Give each its own code.")
        first.setdefault(item.code, subject.locate(loc))


def _sources(subject: Subject) -> Iterator[Finding]:
    definition = subject.definition
    known = [source.code for source in definition.sources]
    named = [(loc, node.code, node.source) for loc, node in subject.indicators]
    named += [
        (("context", position), variable.code, variable.source)
        for position, variable in enumerate(definition.context)
    ]
    named += [
        (("ties", position), ties.code, ties.source)
        for position, ties in enumerate(definition.ties)
    ]
    unknown = [(loc, code, source) for loc, code, source in named if source and source not in known]
    for count, (loc, code, source) in enumerate(unknown):
        said = f"{code}.source is '{source}', and there is no such source."
        yield subject.error("source-unknown", (*loc, "source"), said, _meant(source, known, count))


def _meant(code: str | None, known: Sequence[str], count: int) -> str:
    """Return the nearest codes, for the first few unknown ones."""
    if not known:
        return "None are declared."
    return did_you_mean(code or "", known) if count < SUGGESTIONS else ""


def _variables(subject: Subject) -> Iterator[Finding]:
    named = [
        ((*loc, "denominator"), f"{node.code}.denominator", node.denominator)
        for loc, node in subject.indicators
    ]
    views = subject.definition.views
    if views and views.rank_intensity_from:
        loc = ("views", "rank_intensity_from", "variable")
        named.append((loc, ".".join(loc), views.rank_intensity_from.variable))
    count = 0
    for place, name, code in named:
        for finding in _quantity(subject, place, name, code, count):
            count += 1
            yield finding


def _quantity(
    subject: Subject, loc: Loc, name: str, code: str | None, count: int
) -> Iterator[Finding]:
    """Yield what speaks against a code that must be that of a variable with numbers."""
    if code is None:
        return
    variable = subject.definition.variable(code)
    quantities = [one.code for one in subject.definition.context if one.kind != "group"]
    if variable is None and any(node.code == code for _, node in subject.nodes):
        said = f"{name} is '{code}', which is a node of the framework and no variable."
        remedy = f"Declare a variable with its own code under `context:`, such as {code}_total."
        yield subject.error("variable-is-node", loc, said, remedy)
    elif variable is None:
        said = f"{name} is '{code}', and there is no such variable under `context:`."
        yield subject.error("variable-unknown", loc, said, _meant(code, quantities, count))
    elif variable.kind == "group":
        said = f"{name} is '{code}', which holds names of groups and no numbers."
        yield subject.error("variable-is-group", loc, said, _meant(code, quantities, count))


def _denominator_kinds(subject: Subject) -> Iterator[Finding]:
    for loc, node in subject.indicators:
        if node.denominator and node.kind and node.kind not in DIVISIBLE:
            said = f"{node.code}.denominator has no effect on an indicator of kind {node.kind}."
            remedy = "Remove it, or make the kind count or amount."
            yield subject.warning("denominator-unused", (*loc, "denominator"), said, remedy)
        if node.per != 1 and not node.denominator:
            said = f"{node.code}.per is {node.per:g}, and there is no denominator."
            yield subject.warning("per-unused", (*loc, "per"), said, "Add `denominator: CODE`.")


def _groupings(subject: Subject) -> Iterator[Finding]:
    """Yield groupings that a method works within and that no unit has."""
    definition = subject.definition
    known = [one.code for one in definition.context if one.kind == "group"]
    known += [PERIOD] if definition.data.period_column else []
    known += [EVERYTHING]
    if definition.units.register_ == "iso3166":
        known += GROUPINGS
    named: list[tuple[Loc, str | None]] = [
        ((*loc, "within"), group) for loc, stage in staged(subject) for group in stage.groupings()
    ]
    named += [((*loc, "weights_by"), node.weights_by) for loc, node in subject.nodes]
    named.append((("method", "ranking", "within"), definition.method.ranking.within))
    for loc, group in named:
        if group and group not in known:
            said = f"There is no grouping '{visible(group)}' to work within."
            yield subject.error("grouping-unknown", loc, said, _way_to_group(group, known))


def _way_to_group(group: str, known: Sequence[str]) -> str:
    """Return the groupings that may be meant, or how to have one."""
    if nearest(group, known) or set(known) - {EVERYTHING, PERIOD}:
        return did_you_mean(group, known) or "Declare a variable of kind group."
    return "Declare a variable of kind group, or `units: {register: iso3166}`."


def _columns(subject: Subject) -> Iterator[Finding]:
    """Yield columns of the table that would mean two things."""
    definition = subject.definition
    variables = {one.code for one in definition.context}
    data = definition.data
    special = {data.unit_column, data.name_column, data.period_column} - {None}
    owners: list[tuple[Loc, Node | Variable]] = list(subject.nodes)
    owners += [(("context", position), one) for position, one in enumerate(definition.context)]
    for loc, owner in owners:
        place = (*loc, "code")
        if isinstance(owner, Node) and owner.code in variables:
            said = f"The code '{owner.code}' names both a node and a variable under `context:`."
            yield subject.error("code-of-variable", place, said, "Give each its own code.")
        leaf = isinstance(owner, Variable) or owner.is_indicator
        if leaf and (owner.column or owner.code) in special:
            column = visible(owner.column or owner.code)
            said = f"The column '{column}' of {owner.code} is also that of the units or periods."
            where = (*loc, "column") if owner.column else place
            yield subject.error("code-of-column", where, said, "Choose another code or column.")
    yield from _same_codes(subject)


def _same_codes(subject: Subject) -> Iterator[Finding]:
    """Yield codes that differ only by capitals: one of them is usually a slip."""
    first: dict[str, str] = {}
    for loc, node in subject.nodes:
        other = first.setdefault(node.code.casefold(), node.code)
        if other != node.code:
            said = f"The code '{node.code}' differs from '{other}' only by capitals."
            yield subject.warning("code-similar", (*loc, "code"), said, "Make them more distinct.")


def _data_files(subject: Subject) -> Iterator[Finding]:
    data, published = subject.definition.data, subject.definition.published
    named: list[tuple[Loc, str, str | None]] = [
        (("data", "file"), "data.file", data.file),
        (("data", "facts"), "data.facts", data.facts),
    ]
    named += [(("published", "file"), "published.file", published.file)] if published else []
    named += [
        (("ties", position, "file"), f"{ties.code}.file", ties.file)
        for position, ties in enumerate(subject.definition.ties)
    ]
    for loc, key, name in named:
        why = name and why_refused(name, subject.folder)
        if why:
            said = f"{key} is '{visible(name or '')}', which {why}."
            remedy = "Put the table beside the definition, or below, and write its relative path."
            yield subject.error("data-path", loc, said, remedy)
