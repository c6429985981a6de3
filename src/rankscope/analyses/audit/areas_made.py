"""How an index is made: its data, its indicators, its structure, its balance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit import lights
from rankscope.analyses.audit.model import Light
from rankscope.analyses.audit.wording import count, number_of, share
from rankscope.analyses.coherence import rules

if TYPE_CHECKING:
    from collections.abc import Sized

    from rankscope.analyses.audit.audit import Audit
    from rankscope.shapes import Mask

ODD = ("coherence-outliers", "coherence-constant", "coherence-zeros", "coherence-same-value")
OUT_OF_PLACE = ("coherence-negative", "coherence-weak", "coherence-misplaced")
UNHEARD = ("importance-silent", "importance-negative", "influence-silent")
NOTHING = "No unit has a rank, so that there is nothing to judge."


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
        f"{share(observed)} of the values of the {len(units)} ranked units were observed{filled}; "
        f"{number_of(few, 'indicator')} and {number_of(units, 'unit')} have less than "
        f"{rules.COVERAGE:.0%} of their data."
    )
    return lights.of_data(observed, share_of(few), share_of(units)), said


def indicators(found: Audit) -> tuple[Light, str]:
    """Judge how many indicators have outliers or values that repeat, or are constant."""
    total = len(found.coherence.coverage.codes)
    if not total or not found.coherence.units:
        return Light.GREY, NOTHING
    odd, constant = places(found, *ODD), places(found, "coherence-constant")
    kinds = (
        ("outliers even after treatment", "coherence-outliers"),
        ("mostly one value, such as zero", "coherence-zeros", "coherence-same-value"),
        ("the same value for all", "coherence-constant"),
    )
    told = [
        f"{count(len(places(found, *ids)))} {'has' if len(places(found, *ids)) == 1 else 'have'} "
        f"{what}"
        for what, *ids in kinds
        if places(found, *ids)
    ]
    light = lights.worst(
        (lights.of_share(len(odd) / total), lights.at_least_amber(when=bool(constant)))
    )
    if not told:
        return light, f"None of the {total} indicators has outliers left or values that repeat."
    return light, f"Of {total} indicators, {'; '.join(told)}."


def structure(found: Audit) -> tuple[Light, str]:
    """Judge whether parts go with their groups, and groups measure one thing."""
    made = found.coherence
    parts = [one for one in made.own_and_others.places if one.siblings and not np.isnan(one.own)]
    groups = [one for one in made.dimensions.nodes if one.defined and one.rows > len(one.codes)]
    alphas = [one for one in made.reliability.nodes if not np.isnan(one.alpha.raw)]
    if not parts:
        return Light.GREY, "No group has two parts that can be compared."
    out = places(found, *OUT_OF_PLACE)
    loose = [one for one in alphas if one.alpha.raw < rules.RELIABLE]
    several = [one for one in groups if one.dimensions > 1]
    nothing = [one for one in groups if one.dimensions == 0]
    against = places(found, "coherence-negative") & {one.node for one in made.dimensions.nodes}
    light = lights.worst(
        (
            lights.of_share(len(out) / len(parts)),
            lights.of_share(_part(nothing, groups)),
            lights.of_share(_part(several, groups), most=Light.AMBER),
            lights.of_share(_part(loose, alphas), most=Light.AMBER),
            lights.at_least_amber(when=bool(places(found, "coherence-negative-siblings"))),
            lights.at_least_amber(when=bool(places(found, "coherence-negative"))),
            Light.RED if against else Light.GREY,
        )
    )
    one = [part for part in groups if part.dimensions == 1]
    said = (
        f"{len(parts) - len(out)} of {len(parts)} parts go with the group they stand in rather "
        f"than with another; {len(one)} of {len(groups)} groups measure one thing, and "
        f"{len(alphas) - len(loose)} of {len(alphas)} do so reliably (Cronbach's alpha of "
        f"{rules.RELIABLE} or more)."
    )
    return light, said


def balance(found: Audit) -> tuple[Light, str]:
    """Judge whether parts count for their weights, are heard, and say different things."""
    made = found.coherence
    parts = {
        code
        for one in made.importance.nodes
        for code, share in zip(one.codes, one.shares.tolist(), strict=True)
        if not np.isnan(share)
    }
    if not parts:
        return Light.GREY, "No group has two parts whose weights can be compared."
    leaves = set(made.coverage.codes)
    twins = {code for one in made.redundancy.pairs for code in (one.one, one.other)} & leaves
    off, unheard = places(found, "coherence-unbalanced"), places(found, *UNHEARD)
    light = lights.worst(
        (
            lights.of_share(len(off & parts) / len(parts), most=Light.AMBER),
            lights.of_share(len(unheard) / len(parts | leaves)),
            lights.of_share(len(twins) / len(leaves)),
            lights.at_least_amber(when=bool(places(found, "importance-negative"))),
        )
    )
    said = (
        f"{number_of(off & parts, 'part')} of {len(parts)} "
        f"{'counts' if len(off & parts) == 1 else 'count'} for twice or half of the weight given; "
        f"{count(len(unheard))} {'is' if len(unheard) == 1 else 'are'} hardly heard or "
        f"{'works' if len(unheard) == 1 else 'work'} against the whole; "
        f"{number_of(twins, 'indicator')} of {len(leaves)} nearly "
        f"{'repeats' if len(twins) == 1 else 'repeat'} another."
    )
    return light, said


def places(found: Audit, *ids: str) -> set[str]:
    """Return the codes that findings of these ids are about."""
    all_parts = (*found.coherence.findings, *(found.influence.findings if found.influence else ()))
    return {one.place for one in all_parts if one.id in ids and one.place}


def share_of(mask: Mask) -> float:
    """Return the share of what holds, NaN of nothing."""
    return float(mask.mean()) if mask.size else np.nan


def _part(some: Sized, all_: Sized) -> float:
    return len(some) / len(all_) if all_ else np.nan
