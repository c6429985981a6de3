"""Checks of the methods that assumptions list: whether each can be built, and the published one."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rankscope._registry import Method, describe
from rankscope.definition.located import Loc
from rankscope.definition.model import IndexDefinition, MethodSpec
from rankscope.definition.yaml_emit import emit
from rankscope.findings import Finding, errors_among

if TYPE_CHECKING:
    from rankscope.definition.assumptions import Assumptions
    from rankscope.definition.subject import Subject

Check = Callable[[IndexDefinition], tuple[Finding, ...]]
"""Returns what is wrong with the methods of a definition, at the codes of nodes."""

MOST = 200
"""With more combinations of scales and means none is called impossible: not all are tried."""

KEYS = ("imputation", "treatment", "normalisation", "aggregation")
BY_LEVEL = "aggregation_by_level"
Choice = tuple[Loc, Method]
"""A method and where it is listed."""


def listed_choices(assumed: Assumptions) -> Iterator[tuple[Loc, Sequence[Method]]]:
    """Yield each list of methods that is not empty, with its location."""
    lists: list[tuple[Loc, Sequence[Method]]] = [
        (("assumptions", key), getattr(assumed, key)) for key in KEYS
    ]
    levels = enumerate(assumed.aggregation_by_level)
    lists += [(("assumptions", BY_LEVEL, level), choices) for level, choices in levels]
    yield from ((loc, choices) for loc, choices in lists if choices)


def choice_findings(subject: Subject, assumed: Assumptions, check: Check) -> Iterator[Finding]:
    """Yield methods that can not be built, and lists without the published one."""
    if assumed.aggregation and assumed.aggregation_by_level:
        said = "assumptions name aggregations for all levels alike and for each level by itself."
        mend = "Keep `aggregation` or `aggregation_by_level`."
        yield subject.error("assumption-conflict", ("assumptions", BY_LEVEL), said, mend)
        return
    method = subject.definition.method
    for loc, choices in listed_choices(assumed):
        published = _published(method, loc)
        if not any(_is_like(one, published) for one in choices):
            yield _unpublished(subject, loc, published)
    yield from _impossible(subject, assumed, check)


def _unpublished(subject: Subject, loc: Loc, published: Method | None) -> Finding:
    what = f"aggregation of level {int(loc[2]) + 1}" if loc[1] == BY_LEVEL else str(loc[1])
    name = written(published) if published else "which differs between levels"
    said = f"The published {what}, {name}, is not among those assumed."
    mend = "Add it, unless it is not defensible."
    if published is None:
        mend = f"Write `{BY_LEVEL}: [[...], [...]]`, with the choices for each level."
    return subject.warning("assumption-unpublished", loc, said, mend)


def _published(method: MethodSpec, loc: Loc) -> Method | None:
    """Return the published method that a list is about; None where levels differ in it."""
    by_level = method.aggregation_by_level
    if loc[1] == BY_LEVEL:
        level = int(loc[2])
        return by_level[level] if level < len(by_level) else method.aggregation
    if loc[1] == "aggregation" and any(one != method.aggregation for one in by_level):
        return None
    found: Method = getattr(method, str(loc[1]))
    return found


def _is_like(one: Method, published: Method | None) -> bool:
    """Whether a choice is the published one, but perhaps for the ends of its scale.

    The same scale between other ends gives the same ranks under an arithmetic mean, and may
    be needed where a geometric one is assumed too.
    """
    if type(one) is not type(published) or published is None:
        return False
    ends = {"to": getattr(published, "to", None)} if hasattr(published, "to") else {}
    return replace(one, **ends) == published


def _impossible(subject: Subject, assumed: Assumptions, check: Check) -> Iterator[Finding]:
    """Yield methods that can not be built, whatever is assumed beside them."""
    definition = subject.definition.model_copy(
        update={"assumptions": None, "variants": (), "published": None}
    )
    known: set[str] | None = None
    tried: dict[Loc, Finding | None] = {}
    for combination in _combinations(assumed):
        places = [loc for loc, _ in combination]
        if all(loc in tried and tried[loc] is None for loc in places):
            continue
        changed = _with(definition, combination)
        made = () if changed.method == definition.method else errors_among(check(changed))
        if made and known is None:  # what is wrong anyway is told once
            known = {one.sentence for one in errors_among(check(definition))}
        wrong = next((one for one in made if one.sentence not in (known or ())), None)
        for loc in places:
            tried[loc] = None if wrong is None else tried.get(loc, wrong)
    for loc, fault in tried.items():
        if fault is not None:
            said = f"{_called(assumed, loc)} can not be built, whatever is assumed beside it: "
            mend = f"{fault.remedy} Or leave it out of the assumptions.".strip()
            yield subject.error("assumption-impossible", loc, said + fault.sentence, mend)


def _combinations(assumed: Assumptions) -> Iterator[tuple[Choice, ...]]:
    """Yield what is tried: each imputation and treatment, and scales with means."""
    lists: dict[Loc, list[Choice]] = {
        loc: [((*loc, at), one) for at, one in enumerate(choices)]
        for loc, choices in listed_choices(assumed)
    }
    for key in ("imputation", "treatment"):
        yield from ((one,) for one in lists.pop(("assumptions", key), [])[:MOST])
    if math.prod(map(len, lists.values())) <= MOST:
        yield from itertools.product(*lists.values())


def _with(definition: IndexDefinition, combination: Sequence[Choice]) -> IndexDefinition:
    """Return the definition that a combination of choices makes."""
    method = definition.method
    by_level: list[Method] = list(method.aggregation_by_level)
    update: dict[str, Any] = {}
    for loc, one in combination:
        if loc[1] == BY_LEVEL:
            level = int(loc[2])
            by_level += [method.aggregation] * (level + 1 - len(by_level))
            by_level[level] = one
        else:
            update[str(loc[1])] = one
    by_level = [] if "aggregation" in update else by_level
    changed = method.model_copy(update={**update, BY_LEVEL: tuple(by_level)})
    return definition.model_copy(update={"method": changed})


def _called(assumed: Assumptions, loc: Loc) -> str:
    """Return a listed method in words, such as ``The aggregation geometric``."""
    one: Any = assumed
    for step in loc[1:]:
        one = one[step] if isinstance(step, int) else getattr(one, step)
    stage = str(loc[1]).removesuffix("_by_level")
    return f"The {stage} {written(one)}"


def written(method: Method) -> str:
    """Return a method as a file writes it, its name alone where that is all."""
    return " ".join(emit({"": describe(method)}).split()[1:])
