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
_REPEATED = ("coherence-zeros", "coherence-same-value")
_APART = ("coherence-weak", "importance-silent")


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
        f"Check the direction of {names(those)}: is it marked rightly whether more is better? If "
        f"it is, show {it} apart instead of adding {it} up.",
        f"Units that do better in {it} do worse in other parts of the same group, so that good and "
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
        "They correlate no more than columns of random numbers could, and an average of them "
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
        f"Find a treatment, or another one, for {number} with outliers ({names(seen.names)}): "
        "logarithms, extreme values drawn in to the next ones (winsorising), or ranks in place of "
        f"values{_mostly_empty(found)}.",
        "A few extreme values use up the scale, so that all other units look alike.",
        seen.ids,
    )


def one_value(found: Audit) -> Recommendation | None:
    """Advise on indicators of which most values are the same."""
    seen = concerned(found, *_REPEATED)
    if not seen.names:
        return None
    return Recommendation(
        f"Ask whether {names(seen.names)} {verb(len(seen.names), 'tells', 'tell')} enough units "
        "apart, and whether the value that most of them share was measured and does not stand for "
        "a gap.",
        f"More than half of the units have one and the same value there{_mostly_zero(found)}.",
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
        f"Of indicators that say nearly the same ({told}{more}) keep one, lower their weights, or "
        "give reasons for both.",
        f"Each of them has a correlation of more than {rules.REDUNDANT} with another of its set (1 "
        "is the most there can be), so that what they share counts more than once.",
        ("coherence-redundant",),
    )


def elsewhere(found: Audit) -> Recommendation | None:
    """Advise on parts that belong rather to another group."""
    those = misplaced(found)
    if not those:
        return None
    told = [f"{one.name} (in {one.parent_name}, nearer to {one.other_name})" for one in those]
    return Recommendation(
        f"Ask whether {names(told)} {verb(len(told), 'stands', 'stand')} in the right group.",
        f"{verb(len(told), 'It correlates', 'They correlate')} clearly more with another group "
        f"than with {verb(len(told), 'its', 'their')} own. That is no reason by itself to move "
        f"{verb(len(told), 'it', 'them')}: what the groups are meant to be about decides.",
        ("coherence-misplaced",),
    )


def unheard(found: Audit) -> Recommendation | None:
    """Advise on indicators without which hardly a rank moves."""
    ids, named = _not_told(found, "influence-silent")
    if not named:
        return None
    without = verb(len(named), "it", "any one of them")
    return Recommendation(
        f"Give reasons to keep {names(named)}, or give {_them(named)} more weight.",
        f"The ranking is nearly the same without {without}: what was collected is hardly heard.",
        ids,
    )


def apart(found: Audit) -> Recommendation | None:
    """Advise on parts that have little to do with their group, though they may move ranks."""
    ids, named = _not_told(found, *_APART, but=tuple(one.name for one in misplaced(found)))
    if not named:
        return None
    have, it = verb(len(named), "has", "have"), _them(named)
    they = verb(len(named), "it stands", "they stand")
    return Recommendation(
        f"Ask what {names(named)} {have} to do with the group {they} in: show {it} apart, or give "
        "reasons for adding up.",
        f"{verb(len(named), 'Its', 'Their')} scores hardly correlate with that group, so that they "
        "move ranks in another direction than the rest of it.",
        ids,
    )


def _not_told(
    found: Audit, *ids: str, but: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return ids and names of what findings are about, without what other advice is about."""
    gone = concerned(found, "coherence-constant", "coherence-indicator-coverage").codes
    told = {name for those in twins(found) for name in those} | {*_opposing(found), *but}
    seen = concerned(found, *ids)
    named = zip(seen.codes, seen.names, strict=True)
    return seen.ids, tuple(name for code, name in named if code not in gone and name not in told)


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
    several = concerned(found, "coherence-several-dimensions").names
    why = "An average of parts that measure several things mixes them up."
    if low:
        lowest = rules.number(min(low), rules.RELIABLE).replace("-", "−")
        why = (
            "Cronbach's alpha, which is 1 where all parts of a group vary together, is "
            f"{'as low as ' if len(low) > 1 else ''}{lowest}; {rules.RELIABLE} is the usual bar, "
            "though groups that are made up of different things on purpose may stay below it."
        )
    named = tuple(groups.values())
    divide = f"; {names(several)} may be divided in two" if several else ""
    return Recommendation(
        f"Say what the parts of {names(named)} have in common{divide}.",
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
        f"A weight is not what a part counts for: {name} has {share(weight)} of the weight in its "
        f"group and makes up {share(part)} of the differences there.",
        seen.ids,
    )


def _mostly_empty(found: Audit) -> str:
    """Say what helps where outliers stand among zeros, where there are any such."""
    zeros = {*concerned(found, "coherence-zeros").names}
    both = [one for one in concerned(found, "coherence-outliers").names if one in zeros]
    if not both:
        return ""
    return f"; none of these helps {names(both)}, mostly zero, of which a yes or no may say as much"


def _mostly_zero(found: Audit) -> str:
    """Say that the value is zero, where it is zero everywhere or in most."""
    zero, other = (len(concerned(found, one).names) for one in _REPEATED)
    if not other:
        return ", zero"
    return ", mostly zero" if zero > other else ""


def _opposing(found: Audit) -> tuple[str, ...]:
    """Return the parts that run against their group, by name."""
    seen = concerned(found, "coherence-negative", "importance-negative")
    return tuple(dict.fromkeys((*seen.names, *against_others(found))))


def _them(named: tuple[str, ...]) -> str:
    return verb(len(named), "it", "them")
