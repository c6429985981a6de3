"""What to do about ranks: how to print them, and what to say beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit import lights
from rankscope.analyses.audit.areas_ranks import choices, firmness, firmness_of, in_words, strongest
from rankscope.analyses.audit.concerned import concerned, those_of
from rankscope.analyses.audit.model import Light, Recommendation
from rankscope.analyses.audit.wording import names, places, share
from rankscope.analyses.uncertainty.factors import LEAVE_OUT, TABLES

if TYPE_CHECKING:
    from rankscope.analyses.audit.model import Audit

_OPEN = (Light.AMBER, Light.RED)


def open_ranks(found: Audit) -> Recommendation | None:
    """Advise on ranks that are not firm, or that can not move at all."""
    if found.uncertainty is None or firmness(found)[0] not in _OPEN:
        return None
    seen = firmness_of(found.uncertainty)
    if seen.widest == 0:
        return Recommendation(
            "Ask whether the parts repeat each other, and vary what else could have been decided.",
            "No rank moves whatever is varied: either one part would do for the whole index, or "
            "too little was varied.",
            ("audit-ranks-fixed",),
        )
    why = (
        f"Half of the ranks could be anywhere in {places(seen.width + 1)} or more, by designs that "
        "are as defensible."
    )
    if seen.near < lights.CONFIRMED:
        why = (
            f"For {share(1 - seen.near)} of the units the middle of all defensible designs is more "
            f"than {places(lights.near_places(seen.units))} from the published rank, and half of "
            f"the 90% intervals span {places(seen.width)} or more."
        )
    return Recommendation(
        "Print the interval or the tier of each unit beside its rank, and quote no difference of "
        "a few places as if it were one.",
        why,
        ("audit-ranks-open",),
    )


def one_choice(found: Audit) -> Recommendation | None:
    """Advise on a single choice that moves ranks far."""
    if choices(found)[0] not in _OPEN:
        return None
    most = strongest(found.alone)
    words = in_words(found, most)
    wanted = f"Give reasons for not {words}, and print the ranks that it gives."
    if most.factor in _NOT_CHOSEN:
        wanted = f"Say beside the ranking how far {words} can move it; {_NOT_CHOSEN[most.factor]}."
    return Recommendation(
        wanted,
        f"This choice alone moves ranks by {places(most.mean_shift)} on average.",
        ("audit-one-choice",),
    )


def no_added_value(found: Audit) -> Recommendation | None:
    """Advise on parts whose ranks are nearly those of the whole."""
    seen = found.coherence.added_value
    codes = [
        one.place for one in found.findings if one.id in ("audit-added-value", _SAME_AS_A_PART)
    ]
    at = [place for place, code in enumerate(seen.codes) if code in codes]
    if not at:
        return None
    least = min(at, key=lambda place: float(seen.shares[place]))
    return Recommendation(
        f"Say what the overall rank tells beyond {names([seen.names[place] for place in at])}, or "
        "show the parts first.",
        f"Only {share(float(seen.shares[least]))} of the units stand {places(seen.places)} or more "
        f"from their rank in {seen.names[least]}; audits ask for a third of them or more.",
        tuple(one for one in ("audit-added-value", _SAME_AS_A_PART) if _there(found, one)),
    )


def same_as_outside(found: Audit) -> Recommendation | None:
    """Advise on a ranking that follows a variable outside."""
    those = {one.place for one in those_of(found, "coherence-outside-same")}
    seen = found.coherence.links
    at = [place for place, code in enumerate(seen.variables) if code in those]
    if not at:
        return None
    named = [seen.variable_names[place] for place in at]
    most = float(np.abs(seen.values[2, 0, at]).max())
    return Recommendation(
        f"Say beside the ranking that it nearly follows {names(named)}, and compare units of like "
        "size or income.",
        f"The two orders agree with a rank correlation of {most:.2f}, where 1 is the very same.",
        ("coherence-outside-same",),
    )


def size(found: Audit) -> Recommendation | None:
    """Advise on indicators that follow the size of units."""
    seen = concerned(found, "coherence-size")
    if not seen.names:
        return None
    return Recommendation(
        f"Ask whether {names(seen.names)} {'is' if len(seen.names) == 1 else 'are'} meant to go "
        "with size; where not, and where it is not done yet, divide by population or income.",
        "Large units come out ahead there, or behind, for other reasons too than doing well.",
        seen.ids,
    )


def free_weights(found: Audit) -> Recommendation | None:
    """Advise on an order at the top that the weights make."""
    if not those_of(found, "coherence-benefit-many"):
        return None
    best = found.coherence.benefit
    top, of = int((best.best >= 1).sum()), int((best.best_ranks > 0).sum())
    return Recommendation(
        "Give reasons for the weights of the parts of the index, or bounds between which they lie.",
        f"{top} of {of} units would come first by weights of their own choice, so that the order "
        "at the top is made by the weights.",
        ("coherence-benefit-many",),
    )


def changed_by_making(found: Audit) -> Recommendation | None:
    """Advise on a change since the last edition that the data did not make."""
    if not any(one.id == "audit-change-made" for one in found.findings) or found.change is None:
        return None
    return Recommendation(
        f"Rank edition {found.change.old.edition} anew as this one is made, and print both.",
        "Most of the change of ranks comes from how the index is made, not from the data: readers "
        "would take it for progress.",
        ("audit-change-made",),
    )


_SAME_AS_A_PART = "coherence-no-added-value"

_NOT_CHOSEN = {
    "weights": "give reasons for the weights",
    LEAVE_OUT: "give reasons to keep what so much hangs on",
    TABLES: "look for better data",
}


def _there(found: Audit, id: str) -> bool:
    return any(one.id == id for one in found.findings)
