"""Checks of single acts of scenarios: where they act, and with which values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rankscope._registry import methods_of
from rankscope._words import did_you_mean, join_words, visible
from rankscope.definition.act_aims import Target, chosen, named_by
from rankscope.definition.located import Loc
from rankscope.definition.possible import possible_range
from rankscope.definition.subject import Subject
from rankscope.findings import Finding
from rankscope.methods.change import Cap, Change, Merge, Set, Towards


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a scenario with its place; ``where`` begins sentences about it."""

    change: Change
    loc: Loc
    where: str


def act_findings(subject: Subject, act: Act, targets: tuple[Target, ...]) -> Iterator[Finding]:
    """Yield what an act names that is not there or does not suit it, and impossible values."""
    wrong = [*_ties(subject, act), *_nodes(subject, act, targets), *_kinds(subject, act, targets)]
    yield from wrong
    if not wrong:
        yield from _nothing_left(subject, act, targets)
        yield from _values(subject, act, targets)


def _ties(subject: Subject, act: Act) -> Iterator[Finding]:
    """Yield ties that are not declared, or feed nothing where the act names nothing."""
    known = {one.code: one for one in subject.definition.ties}
    for code in act.change.ties_used():
        if code not in known:
            said = f"{act.where} names the ties '{visible(code)}', and there are none."
            mend = did_you_mean(code, list(known)) or "Declare them under `ties:`."
            yield subject.error("ties-unknown", (*act.loc, "ties"), said, mend)
        elif not (known[code].feeds or act.change.nodes):
            said = f"{act.where} names no indicator, and the ties {code} feed none."
            mend = f"Add `feeds:` to {code}, or `nodes:` here."
            yield subject.error("scenario-feeds-nothing", (*act.loc, "ties"), said, mend)


def _nodes(subject: Subject, act: Act, targets: tuple[Target, ...]) -> Iterator[Finding]:
    """Yield codes that nothing has, and exposures that no indicator has."""
    codes = [node.code for _, node in subject.nodes]
    known = codes + [one.code for one in targets if one.code not in codes]
    for at, code in enumerate(act.change.nodes):
        yield from subject.unknown_node((*act.loc, "nodes", at), code, act.where, known)
    if isinstance(act.change, Merge) and act.change.by is not None:
        variables = [one.code for one in targets]
        yield from subject.unknown_node((*act.loc, "by"), act.change.by, act.where, variables)
    exposure = act.change.exposed_to
    named = named_by(subject.definition, act.change)
    if exposure is None or chosen(act.change, named, targets):
        return
    said = f"{act.where} is about what is exposed to '{visible(exposure)}', and no indicator "
    anywhere = sorted({name for one in targets for name in one.exposed_to})
    if exposure in anywhere:
        said += f"below {join_words(named, 'and')} is."
        mend = "Name other nodes, or none."
    else:
        said += "is."
        mend = did_you_mean(exposure, anywhere) or "Indicators say it themselves: `exposed_to:`."
    yield subject.error("scenario-exposure", (*act.loc, "exposed_to"), said, mend)


def _kinds(subject: Subject, act: Act, targets: tuple[Target, ...]) -> Iterator[Finding]:
    """Yield indicators named by themselves that are of a kind on which the act can not act."""
    by_code = {one.code: one for one in targets}
    for at, code in enumerate(named_by(subject.definition, act.change)):
        one = by_code.get(code)
        if one is None or one.suits(act.change):
            continue
        name = act.change.name
        own = bool(act.change.nodes)
        via = "" if own else f" (fed by {join_words(act.change.ties_used(), 'and')})"
        said = f"{act.where}: {code}{via} is of kind {one.kind}, and {name} makes sense for "
        said += f"{join_words(sorted(act.change.kinds))}."
        others = [each for each, cls in methods_of("change").items() if _takes(cls, one.kind)]
        mend = f"For kind {one.kind} there is {join_words(sorted(others))}."
        place = (*act.loc, "nodes", at) if own else (*act.loc, "ties")
        yield subject.error("scenario-kind", place, said, mend)


def _takes(cls: object, kind: str | None) -> bool:
    return kind in getattr(cls, "kinds", ())


def _nothing_left(subject: Subject, act: Act, targets: tuple[Target, ...]) -> Iterator[Finding]:
    """Yield nodes below which the act suits no indicator."""
    codes = named_by(subject.definition, act.change)
    suited = {
        code: any(one.suits(act.change) for one in chosen(act.change, (code,), targets))
        for code in codes
    }
    kinds = join_words(sorted(act.change.kinds))
    if codes and not any(suited.values()):
        below = join_words(map(visible, codes), "and")
        said = f"{act.where} finds no indicator below {below} that it can act on ({kinds})."
        yield subject.error("scenario-suits-nothing", (*act.loc, "nodes"), said, "Name others.")
        return
    if not codes and not any(one.suits(act.change) for one in chosen(act.change, (), targets)):
        said = f"{act.where} finds no indicator that it can act on ({kinds})."
        yield subject.error("scenario-suits-nothing", act.loc, said, "Take another act.")
        return
    for at, code in enumerate(act.change.nodes):
        if not suited[code]:
            said = f"{act.where} changes nothing below {code}: no indicator there is of a kind "
            said += f"that it can act on ({kinds}), or exposed as it asks."
            yield subject.note("scenario-passes-over", (*act.loc, "nodes", at), said)


def _values(subject: Subject, act: Act, targets: tuple[Target, ...]) -> Iterator[Finding]:
    """Yield values that indicators can not have."""
    key, ends = _given(act.change)
    for one in chosen(act.change, named_by(subject.definition, act.change), targets):
        if one.node is None or one.kind is None or not one.suits(act.change):
            continue
        low, high = possible_range(one.node)
        outside = [value for value in ends if not low <= value <= high]
        if one.kind == "dummy" and len(ends) > 1:
            outside = [sum(ends) / 2]  # what is drawn lies between
        elif one.kind == "dummy":
            outside = [value for value in ends if value not in (0, 1)]
        for value in outside[:1]:
            said = f"{act.where} would bring {one.code} to {value:g}, and its values are "
            said += f"{_between(one.kind, low, high)} (kind {one.kind})."
            mend = "Write a value that it can have, in its own units, or leave it out."
            yield subject.error("scenario-impossible", (*act.loc, key), said, mend)


def _given(change: Change) -> tuple[str, tuple[float, ...]]:
    """Return the key and the values that indicators take by an act, as far as it gives them."""
    if isinstance(change, Towards):
        return "target", () if change.target is None else (change.target,)
    if isinstance(change, Set | Cap):
        key = "to" if isinstance(change, Set) else "at"
        size = change.sizes()[0]
        return key, tuple(dict.fromkeys((size.low, size.high)))
    return "", ()


def _between(kind: str, low: float, high: float) -> str:
    if kind == "dummy":
        return "0 or 1"
    return f"{low:g} or more" if high == float("inf") else f"from {low:g} to {high:g}"
