"""What the audit itself finds of the ranks: open ones, fixed ones, single choices, added value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit import lights
from rankscope.analyses.audit.areas_ranks import (
    added_value,
    change,
    choices,
    firmness,
    firmness_of,
    in_words,
    strongest,
)
from rankscope.analyses.audit.model import Light
from rankscope.analyses.audit.wording import places, share
from rankscope.findings import note, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.analyses.audit.model import Audit
    from rankscope.findings import Finding

_OPEN = (Light.AMBER, Light.RED)


def own_findings(found: Audit) -> Iterator[Finding]:
    """Yield what stands behind the lights on the ranks."""
    yield from _firmness(found)
    yield from _choices(found)
    yield from _added_value(found)
    if change(found)[0] in _OPEN:
        yield warning(
            "audit-change-made",
            "",
            change(found)[1],
            "Rank the earlier edition anew as this one is made, and print both.",
        )


def _firmness(found: Audit) -> Iterator[Finding]:
    if found.uncertainty is None or firmness(found)[0] not in _OPEN:
        return
    seen = firmness_of(found.uncertainty)
    if seen.widest == 0:
        yield note(
            "audit-ranks-fixed",
            "",
            f"no rank moves in 90% of {found.draws:,} draws: perfect robustness is no strength.",
            "Ask whether the parts repeat each other, and what else could be varied.",
        )
        return
    yield warning(
        "audit-ranks-open",
        "",
        f"{share(1 - seen.near)} of {seen.units:,} published ranks are more than "
        f"{places(lights.near_places(seen.units))} from the median of all designs, where a tenth "
        f"may be; half of the 90% intervals span {places(seen.width)} or more.",
        "Print intervals or tiers beside the ranks.",
    )


def _choices(found: Audit) -> Iterator[Finding]:
    if choices(found)[0] in _OPEN:
        most = strongest(found.alone)
        yield warning(
            "audit-one-choice",
            "",
            f"{in_words(found, most)} alone moves ranks by {places(most.mean_shift)} on average.",
            "Give reasons for the choice made, and print what the other gives.",
        )


def _added_value(found: Audit) -> Iterator[Finding]:
    seen = found.coherence.added_value
    if added_value(found)[0] not in _OPEN:
        return
    for at, code in enumerate(seen.codes):
        if np.nan_to_num(seen.shares[at], nan=1.0) < lights.DIFFERENT:
            yield note(
                "audit-added-value",
                code,
                f"only {share(float(seen.shares[at]))} of the units, less than a third, have a "
                f"rank in {seen.name} that differs by {places(seen.places)} or more from that in "
                f"{seen.names[at]}.",
                "Say what the overall rank tells beyond it.",
            )
