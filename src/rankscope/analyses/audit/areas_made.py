"""How an index is made: its data, its indicators, its structure, its balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.audit import lights
from rankscope.analyses.audit.concerned import CLEARLY, concerned, misplaced, those_of, twins
from rankscope.analyses.audit.model import Light
from rankscope.analyses.audit.wording import count, number_of, sentence, share, verb
from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.balance import far_from_weight

if TYPE_CHECKING:
    from collections.abc import Sized

    from rankscope.analyses.audit.model import Audit
    from rankscope.shapes import Mask

ODD = ("coherence-outliers", "coherence-constant", "coherence-zeros", "coherence-same-value")
UNHEARD = ("importance-silent", "importance-negative", "influence-silent")
NOTHING = "No unit has a rank, so that there is nothing to judge."

_KINDS = (
    (
        ("coherence-outliers",),
        "has outliers in the values that are scored",
        "have outliers in the values that are scored",
    ),
    (
        ("coherence-zeros", "coherence-same-value"),
        "has one and the same value for more than half of the units",
        "have one and the same value for more than half of the units",
    ),
    (("coherence-constant",), "is the same for all units", "are the same for all units"),
)


def data(found: Audit) -> tuple[Light, str]:
    """Judge how much was observed, of all, of each indicator and of each unit."""
    seen = found.coherence.coverage
    cells = ~seen.absent[seen.ranked]
    if not cells.any():
        return Light.GREY, NOTHING
    observed = float(seen.observed[seen.ranked].sum() / cells.sum())
    imputed = float((seen.imputed & ~seen.absent)[seen.ranked].sum() / cells.sum())
    few = seen.of_indicators < rules.COVERAGE
    units = seen.of_units[seen.ranked] < rules.COVERAGE
    filled = f", and {share(imputed)} were filled in" if imputed else ""
    said = (
        f"{share(observed)} of the values of {number_of(len(units), 'ranked unit')} were "
        f"observed{filled}. Less than {rules.COVERAGE:.0%} of the data are there for "
        f"{number_of(int(few.sum()), 'indicator')} of {few.size}, and for "
        f"{number_of(int(units.sum()), 'ranked unit')}."
    )
    return lights.of_data(observed, _share(few), _share(units)), said


def indicators(found: Audit) -> tuple[Light, str]:
    """Judge how many indicators have outliers or values that repeat, or are constant."""
    total = len(found.coherence.coverage.codes)
    if not total or not found.coherence.units:
        return Light.GREY, NOTHING
    constant = bool(those_of(found, "coherence-constant"))
    odd = len(concerned(found, *ODD).codes)
    light = lights.worst((lights.of_share(odd / total), lights.at_least_amber(when=constant)))
    told = []
    for ids, one, several in _KINDS:
        named = len(concerned(found, *ids).codes)
        if named:
            told.append(f"{count(named)} {one if named == 1 else several}")
    if not told:
        return light, f"None of the {total} indicators has outliers left or values that repeat."
    return light, f"Of {total} indicators, {join_words(told, 'and')}."


def structure(found: Audit) -> tuple[Light, str]:
    """Judge whether parts go with their groups, and groups measure one thing."""
    made = found.coherence
    if made.units < lights.FEW_UNITS:
        return Light.GREY, lights.too_few(made.units)
    parts = [one for one in made.own_and_others.places if one.siblings and not np.isnan(one.own)]
    groups = [one for one in made.dimensions.nodes if one.defined and one.rows > len(one.codes)]
    alphas = [one for one in made.reliability.nodes if not np.isnan(one.alpha.raw)]
    if not parts:
        return Light.GREY, "No group has two parts that can be compared."
    weak = concerned(found, "coherence-negative", "coherence-weak").codes
    out = {*weak, *(one.code for one in misplaced(found))}
    loose = [one for one in alphas if one.alpha.raw < rules.RELIABLE]
    single = [one for one in groups if one.dimensions == 1]
    light = lights.worst(
        (
            lights.of_share(len(out) / len(parts)),
            lights.of_share(_part([one for one in groups if one.dimensions == 0], groups)),
            lights.of_share(1 - _part(single, groups), most=Light.AMBER),
            lights.of_share(_part(loose, alphas), most=Light.AMBER),
            _against(found),
        )
    )
    said = (
        f"{len(parts) - len(out)} of {len(parts)} parts fit the group they stand in: a correlation "
        f"with it of {rules.WEAK:g} or more, and none with another group that is more than "
        f"{CLEARLY:g} higher."
    )
    told = []
    if groups:
        told.append(f"one dimension stands out in {len(single)} of {_groups(len(groups))}")
    if alphas:
        told.append(
            f"Cronbach's alpha, which says how far parts vary together, reaches {rules.RELIABLE:g} "
            f"in {len(alphas) - len(loose)} of {_groups(len(alphas))}"
        )
    return light, f"{said} {sentence('; '.join(told))}" if told else said


def balance(found: Audit) -> tuple[Light, str]:
    """Judge whether parts count for their weights, are heard, and say different things."""
    made = found.coherence
    if made.units < lights.FEW_UNITS:
        return Light.GREY, lights.too_few(made.units)
    judged = [one for one in made.importance.nodes if not np.isnan(one.shares).all()]
    parts = {code for one in judged for code in one.codes}
    if not parts:
        return Light.GREY, "No group has two parts whose weights can be compared."
    leaves = len(made.coverage.codes)
    off = sum(len(far_from_weight(one)) for one in judged)
    unheard = len(concerned(found, *UNHEARD).codes)
    same = sum(map(len, twins(found)))
    light = lights.worst(
        (
            lights.of_share(off / len(parts), most=Light.AMBER),
            lights.of_share(unheard / len(parts)),
            lights.of_share(same / leaves),
            lights.at_least_amber(when=bool(those_of(found, "importance-negative"))),
        )
    )
    said = (
        f"{count(off)} of {len(parts)} parts {verb(off, 'counts', 'count')} for twice "
        f"{verb(off, 'its', 'their')} weight or more, or for half of it or less; {count(unheard)} "
        f"{verb(unheard, 'is', 'are')} hardly heard in {verb(unheard, 'its', 'their')} group or "
        f"{verb(unheard, 'runs', 'run')} against it; {count(same)} of {leaves} indicators nearly "
        f"{verb(same, 'repeats', 'repeat')} another (a correlation beyond {rules.REDUNDANT:g})."
    )
    return light, sentence(said)


def _against(found: Audit) -> Light:
    """Return red where a whole group runs against what it is part of, amber where a part does."""
    groups = {one.code for one in found.result.plan.nodes if one.children}
    if groups & {one.place for one in those_of(found, "coherence-negative")}:
        return Light.RED
    any_ = those_of(found, "coherence-negative", "coherence-negative-siblings")
    return lights.at_least_amber(when=bool(any_))


def _groups(number: int) -> str:
    """Return how many groups there are, as what comes after "of"."""
    return f"{number} {verb(number, 'group', 'groups')}"


def _share(mask: Mask) -> float:
    """Return the share of what holds, NaN of nothing."""
    return float(mask.mean()) if mask.size else np.nan


def _part(some: Sized, whole: Sized) -> float:
    return len(some) / len(whole) if len(whole) else np.nan
