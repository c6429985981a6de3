"""What to do about how an index is made: its data, indicators, structure and weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit.concerned import (
    against_others,
    concerned,
    misplaced,
    those_of,
    twins,
)
from rankscope.analyses.audit.model import Recommendation
from rankscope.analyses.audit.wording import names, number_of, share, verb
from rankscope.analyses.coherence import rules

if TYPE_CHECKING:
    from rankscope.analyses.audit.model import Audit

_AGAINST = ("coherence-negative", "coherence-negative-siblings", "importance-negative")
_UNHEARD = ("coherence-weak", "importance-silent", "influence-silent")


def constant(found: Audit) -> Recommendation | None:
    """Advise on indicators that are the same for all units."""
    seen = concerned(found, "coherence-constant")
    if not seen.names:
        return None
    return Recommendation(
        f"Leave out {names(seen.names)}.",
        f"{verb(len(seen.names), 'It is', 'They are')} the same for all units and "
        f"{verb(len(seen.names), 'tells', 'tell')} none from another; the weight is lost.",
        seen.ids,
    )


def opposing(found: Audit) -> Recommendation | None:
    """Advise on parts that run against their group."""
    those = _opposing(found)
    if not those:
        return None
    ids = tuple(dict.fromkeys(one.id for one in those_of(found, *_AGAINST)))
    it = verb(len(those), "it", "them")
    return Recommendation(
        f"Check the direction of {names(those)}: is more really better? If it is, show {it} apart "
        "instead of adding up.",
        f"Units that do better in {it} do worse in what {it} is added to, so that good and bad "
        "results cancel out."
        if len(those) == 1
        else "Units that do better in them do worse in what they are added to, so that good and "
        "bad results cancel out.",
        ids,
    )


def nothing_in_common(found: Audit) -> Recommendation | None:
    """Advise on groups whose parts have nothing in common."""
    seen = concerned(found, "coherence-no-dimension")
    if not seen.names:
        return None
    return Recommendation(
        f"Ask what the parts of {names(seen.names)} have in common; where it is nothing, show "
        "them side by side instead of adding them up.",
        "They go together no more than columns of random numbers would, and an average of them "
        "hides more than it tells.",
        seen.ids,
    )


def missing_of_indicators(found: Audit) -> Recommendation | None:
    """Advise on indicators with too few data."""
    seen = concerned(found, "coherence-indicator-coverage")
    if not seen.names:
        return None
    return Recommendation(
        f"Find better sources for {names(seen.names)}, or leave {_them(seen.names)} out.",
        f"Less than {rules.COVERAGE:.0%} of the ranked units have data on {_them(seen.names)}; for "
        "the others the gaps are filled in or passed over.",
        seen.ids,
    )


def missing_of_units(found: Audit) -> Recommendation | None:
    """Advise on units with too few data."""
    seen = found.coherence.coverage
    few = np.flatnonzero(seen.ranked & (seen.of_units < rules.COVERAGE))
    if not few.size:
        return None
    few = few[np.argsort(seen.of_units[few], kind="stable")]
    named = tuple(seen.names[at] for at in few.tolist())
    return Recommendation(
        f"Find more data for {names(named)}, or show {_them(named)} without a rank.",
        f"{number_of(len(named), 'ranked unit').capitalize()} {verb(len(named), 'has', 'have')} "
        f"less than {rules.COVERAGE:.0%} of the data: the rank says more about the gaps than about "
        "the unit.",
        ("coherence-unit-coverage",),
    )


def outliers(found: Audit) -> Recommendation | None:
    """Advise on indicators with outliers."""
    seen = concerned(found, "coherence-outliers")
    if not seen.names:
        return None
    number = number_of(len(seen.names), "indicator")
    return Recommendation(
        f"Look at {number} with outliers ({names(seen.names)}): take logarithms, or draw the "
        "extreme values in to the next ones (winsorising).",
        "A few extreme values use up the scale, so that all other units look alike.",
        seen.ids,
    )


def one_value(found: Audit) -> Recommendation | None:
    """Advise on indicators of which most values are the same."""
    seen = concerned(found, "coherence-zeros", "coherence-same-value")
    if not seen.names:
        return None
    return Recommendation(
        f"Ask whether {names(seen.names)} {verb(len(seen.names), 'tells', 'tell')} enough units "
        "apart: a yes or no may say the same.",
        "More than half of the units have one and the same value, mostly zero; make sure that it "
        "was measured and does not stand for a gap.",
        seen.ids,
    )


def redundant(found: Audit) -> Recommendation | None:
    """Advise on indicators that say the same."""
    sets = twins(found)
    if not sets:
        return None
    told = "; ".join(names(one) for one in sets[:4])
    more = f"; and {number_of(len(sets) - 4, 'more set')}" if len(sets) > 4 else ""
    return Recommendation(
        f"Keep one of those that say nearly the same ({told}{more}), or lower their weights.",
        f"Each has a correlation of more than {rules.REDUNDANT} with another (1 would be the very "
        "same order of distances): what they share counts twice.",
        ("coherence-redundant",),
    )


def elsewhere(found: Audit) -> Recommendation | None:
    """Advise on parts that belong rather to another group."""
    those = misplaced(found)
    if not those:
        return None
    told = [f"{one.name} (rather {one.other_name} than {one.parent_name})" for one in those]
    return Recommendation(
        f"Ask whether {names(told)} {verb(len(told), 'stands', 'stand')} in the right group.",
        "The scores go clearly more with another group than with their own, so that the group is "
        "not quite about what its name says.",
        ("coherence-misplaced",),
    )


def unheard(found: Audit) -> Recommendation | None:
    """Advise on parts that are hardly heard."""
    gone = concerned(found, "coherence-constant", "coherence-indicator-coverage").codes
    told = {name for those in twins(found) for name in those} | {*_opposing(found)}
    seen = concerned(found, *_UNHEARD)
    named = tuple(
        name
        for code, name in zip(seen.codes, seen.names, strict=True)
        if code not in gone and name not in told
    )
    if not named:
        return None
    return Recommendation(
        f"Give reasons to keep {names(named)}, or give {_them(named)} more weight.",
        "The ranking would be nearly the same without: what was collected is hardly heard.",
        seen.ids,
    )


def loose(found: Audit) -> Recommendation | None:
    """Advise on groups that hang together loosely, or measure several things."""
    apart = concerned(found, "coherence-no-dimension").codes
    seen = concerned(found, "coherence-alpha", "coherence-several-dimensions")
    groups = {
        code: name for code, name in zip(seen.codes, seen.names, strict=True) if code not in apart
    }
    if not groups:
        return None
    alphas = {one.node: one.alpha.raw for one in found.coherence.reliability.nodes}
    low = [alphas[one] for one in groups if alphas.get(one, np.nan) < rules.RELIABLE]
    why = "An average of parts that measure several things mixes them up."
    if low:
        lowest = rules.number(min(low), rules.RELIABLE)
        why = (
            "Cronbach's alpha, which is 1 where all parts of a group tell the same story, is "
            f"{'as low as ' if len(low) > 1 else ''}{lowest}; {rules.RELIABLE} is the usual bar."
        )
    named = tuple(groups.values())
    return Recommendation(
        f"Say what {names(named)} {verb(len(named), 'is', 'are')} to measure, and divide what "
        "measures several things.",
        why,
        seen.ids,
    )


def unbalanced(found: Audit) -> Recommendation | None:
    """Advise on parts that count for more or less than their weight."""
    seen = concerned(found, "coherence-unbalanced")
    if not seen.names:
        return None
    parts = [
        (one.names[at], float(one.weights[at] / one.weights.sum()), float(one.shares[at]))
        for one in found.coherence.importance.nodes
        for at, code in enumerate(one.codes)
        if code == those_of(found, "coherence-unbalanced")[0].place
    ]
    name, weight, part = parts[0]
    return Recommendation(
        f"Say how much {names(seen.names)} {verb(len(seen.names), 'is', 'are')} meant to count, "
        "and choose weights that bring it about (rankscope importance --wanted finds them).",
        f"A weight is not what a part counts for: {name} has {share(weight)} of the weight and "
        f"makes up {share(part)} of the differences.",
        seen.ids,
    )


def _opposing(found: Audit) -> tuple[str, ...]:
    """Return the parts that run against their group, by name."""
    seen = concerned(found, "coherence-negative", "importance-negative")
    return tuple(dict.fromkeys((*seen.names, *against_others(found))))


def _them(named: tuple[str, ...]) -> str:
    return verb(len(named), "it", "them")
