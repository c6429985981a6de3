"""What the ranks are worth: added value, firmness, choices, links outside, change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.audit import lights
from rankscope.analyses.audit.concerned import concerned
from rankscope.analyses.audit.model import Light
from rankscope.analyses.audit.wording import number_of, places, share, verb
from rankscope.analyses.choice_words import method_words, weights_words
from rankscope.analyses.coherence import rules
from rankscope.analyses.uncertainty.design import published_option
from rankscope.analyses.uncertainty.factors import LEAVE_OUT, TABLES
from rankscope.methods.admissible import Recovered

if TYPE_CHECKING:
    from rankscope.analyses.audit.model import Audit
    from rankscope.analyses.sensitivity import Alone
    from rankscope.analyses.uncertainty import Uncertainty

SURE = 0.95
"""From which share of draws on a unit is called ahead of another."""

_NOT_DRAWN = "No ranks could be simulated, so that nothing is known of it."


def added_value(found: Audit) -> tuple[Light, str]:
    """Judge how many units have another rank in the whole than in each part."""
    seen, units = found.coherence.added_value, found.coherence.units
    if len(seen.codes) < 2:
        return Light.GREY, "The index has no two parts whose ranks could be compared with its own."
    if units < lights.FEW_UNITS:
        return Light.GREY, lights.too_few(units)
    if np.isnan(seen.shares).all():
        return Light.GREY, "No part has ranks to compare with those of the whole."
    low, high = int(np.nanargmin(seen.shares)), int(np.nanargmax(seen.shares))
    least, most = share(float(seen.shares[low])), share(float(seen.shares[high]))
    part = f"{least} ({seen.names[low]}) to {most} ({seen.names[high]}) of the units"
    if least == most:
        part = f"{least} of the units, whichever part is taken"
    said = f"The overall rank differs from the rank in a part by {places(seen.places)} or more for "
    asked = "audits ask for a third of the units or more, whichever part is taken"
    return lights.of_added_value(seen.shares.tolist()), f"{said}{part}; {asked}."


def firmness(found: Audit) -> tuple[Light, str]:
    """Judge how far the published ranks hold while all that may vary does."""
    drawn = found.uncertainty
    if drawn is None or not drawn.order:
        return Light.GREY, _NOT_DRAWN
    seen = firmness_of(drawn)
    near = lights.near_places(seen.units)
    light = lights.of_firmness(seen)
    if seen.units < lights.FEW_UNITS:
        return light, lights.too_few(seen.units)
    if seen.widest == 0 and _only_recovered(drawn):
        return Light.GREY, (
            "No rank moves with any weights that the published table allows; nothing else varied, "
            "so that nothing is known of other choices."
        )
    if seen.widest == 0:
        return light, (
            f"No rank moves in 90% of {drawn.draws:,} draws: that is no strength but a sign that "
            "the parts repeat each other, or that too little was varied."
        )
    said = (
        f"{only_weights(drawn)}{share(seen.inside)} of {seen.units:,} published ranks lie inside "
        f"their own 90% interval over {drawn.draws:,} designs drawn at random, and "
        f"{share(seen.near)} within {places(near)} of the median of these (90% would be sound); "
        f"half of the intervals span {places(seen.width)} or less.{_pairs(drawn)}"
    )
    return light, said


def only_weights(drawn: Uncertainty) -> str:
    """Say that nothing but weights varied, where that is so."""
    return "" if drawn.design.factors else "Only weights were varied. "


def _only_recovered(drawn: Uncertainty) -> bool:
    """Whether all that varies is what print leaves open of a publisher's weights."""
    design = drawn.design
    return not design.factors and isinstance(design.assumptions.weights, Recovered)


def firmness_of(drawn: Uncertainty) -> lights.Firmness:
    """Return how near the published ranks are to those of the draws, and typical widths."""
    rows = np.array(drawn.order)
    published = drawn.published[rows]
    [median] = drawn.ranks.quantiles((0.5,))
    low, high = drawn.ranks.interval()
    low, high = np.floor(low[rows] + 1e-9), np.ceil(high[rows] - 1e-9)
    known = ~np.isnan(low)
    if not known.any():
        return lights.Firmness(0, np.nan, np.nan, np.nan, np.nan)
    inside, width = (low <= published) & (published <= high), (high - low)[known]
    near = np.abs(median[rows] - published) <= lights.near_places(len(rows))
    return lights.Firmness(
        units=len(rows),
        inside=float(inside.mean()),
        near=float(near.mean()),
        width=float(np.quantile(width, 0.5, method="higher")),
        widest=float(width.max()),
    )


def choices(found: Audit) -> tuple[Light, str]:
    """Judge how far a single choice by itself moves the ranks, and which matters most."""
    tried = [one for one in found.alone if not np.isnan(one.mean_shift)]
    if not tried:
        return Light.GREY, "No other choice could be tried, so that nothing is known of it."
    most, units = strongest(found.alone), found.coherence.units
    light = lights.of_choices(units, most.mean_shift)
    if units < lights.FEW_UNITS:
        return light, lights.too_few(units)
    if {one.factor for one in tried} == {"weights"}:
        said = f"Other weights would move ranks by {places(most.mean_shift)} on average; the index "
        said += "names no other choice that could have been made, so that nothing else was tried."
        return (Light.GREY if light is Light.GREEN else light), said
    others = tuple(one for one in tried if not as_published(found, one))
    if not most.mean_shift:
        return light, f"None of {number_of(len(others), 'choice')} moves any rank."
    said = (
        f"Of {number_of(len(others), 'choice')} tried one at a time, {in_words(found, most)} moves "
        f"ranks most: by {places(most.mean_shift)} on average.{_effect(found)}"
    )
    return light, said


def as_published(found: Audit, one: Alone) -> bool:
    """Whether a choice is that of the index as it is published."""
    return found.design is not None and published_option(found.design, one.option, one.factor)


def strongest(alone: tuple[Alone, ...]) -> Alone:
    """Return the choice that moves ranks most by itself."""
    return max(alone, key=lambda one: float(np.nan_to_num(one.mean_shift, nan=-1.0)))


def in_words(found: Audit, one: Alone) -> str:
    """Return what a choice is called as the subject of a sentence."""
    if one.factor == LEAVE_OUT:
        names = {node.spec.code: node.spec.name for node in found.result.plan.nodes}
        return f"leaving out {names.get(one.option, one.option)}"
    if one.factor == "weights":
        return f"changing weights ({weights_words(one.option.removeprefix('drawn, '))})"
    if one.factor == TABLES:
        return "drawing errors of the data"
    title = one.title[:1].lower() + one.title[1:]
    way = f"the way {title[4:]}" if title.startswith("how ") else title
    return f"taking {method_words(one.option)} as {way}"


def outside(found: Audit) -> tuple[Light, str]:
    """Judge whether ranks follow a variable outside, or the order at the top the weights."""
    if found.coherence.units < lights.FEW_UNITS:
        return Light.GREY, lights.too_few(found.coherence.units)
    best, told = found.coherence.benefit, []
    many = any(one.id == "coherence-benefit-many" for one in best.findings)
    size, total = found.coherence.denominators, len(found.coherence.coverage.codes)
    followed = len(concerned(found, "coherence-size").codes)
    sized = followed / total if size.denominators and total else np.nan
    name, link, beyond_chance = strongest_link(found)
    light = lights.of_outside(abs(link) if beyond_chance else link * 0, many, sized)
    if not np.isnan(link):
        known = _compared(found)
        told.append(
            f"Held against {join_words(known, 'and')}, the ranks go most with {name}: a rank "
            f"correlation of {_signed(link)}, where one beyond ±{rules.REDUNDANT:g} would need "
            "attention."
            if len(known) > 1
            else f"With {name}, the only outside variable given, the ranks have a correlation of "
            f"{_signed(link)}, where one beyond ±{rules.REDUNDANT:g} would need attention."
        )
    if size.denominators:
        told.append(
            f"{number_of(followed, 'indicator').capitalize()} of {total} "
            f"{verb(followed, 'goes', 'go')} with what the index divides by, beyond "
            f"{rules.DRIVEN:g}."
        )
    top, of = int((best.best >= 1).sum()), int((best.best_ranks > 0).sum())
    if of and len(best.codes) > 1:
        told.append(f"With weights of its own choice, {top} of {of} units could come first.")
    if light is Light.GREY:
        told.insert(0, "There is no outside variable to compare with.")
    return light, " ".join(told)


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def _compared(found: Audit) -> list[str]:
    """Return the outside variables that enough units have, by name."""
    seen = found.coherence.links
    enough = (seen.counts[2, 0] >= lights.FEW_UNITS).tolist()
    return [name for name, has in zip(seen.variable_names, enough, strict=True) if has]


def strongest_link(found: Audit) -> tuple[str, float, bool]:
    """Return the outside variable that ranks go with most, how much, and if beyond chance."""
    seen = found.coherence.links
    enough = seen.counts[2, 0] >= lights.FEW_UNITS
    links = np.where(enough, seen.values[2, 0], np.nan)
    if np.isnan(links).all():
        return "", np.nan, False
    at = int(np.nanargmax(np.abs(links)))
    beyond_chance = bool(seen.p_values[2, 0, at] <= rules.SIGNIFICANT)
    return seen.variable_names[at], float(links[at]), beyond_chance


def change(found: Audit) -> tuple[Light, str]:
    """Judge how much of the change of ranks since an earlier edition is of the data."""
    seen = found.change
    if seen is None or not len(seen.units):
        return Light.GREY, "No unit can be compared with an earlier edition."
    if not seen.players:
        return Light.GREY, "Nothing differs from the earlier edition."
    parts = np.abs(np.nan_to_num(seen.rank_shares)).mean(axis=0)
    real = np.array([one.code == "data" for one in seen.players])
    total = float(parts.sum())
    by_data = float(parts[real].sum() / total) if total else np.nan
    light = lights.of_change(len(seen.units), by_data, float(parts[~real].sum()))
    if not total:
        return light, f"No rank has changed since {seen.old.edition} by anything that was compared."
    said = (
        f"Since edition {seen.old.edition}, {share(by_data)} of the change of ranks comes from the "
        f"data; the rest, {places(float(parts[~real].sum()))} on average, from how the index is "
        "made."
    )
    return light, said


def _pairs(drawn: Uncertainty) -> str:
    """Say how many pairs of units have a sure order."""
    if drawn.pairs is None:
        return ""
    rows = np.array(drawn.order)
    ahead = drawn.pairs.probability[np.ix_(rows, rows)] >= SURE
    pairs = len(rows) * (len(rows) - 1) / 2
    if not pairs:
        return ""
    return (
        f" {share(float(ahead.sum() / pairs))} of all pairs of units stand in the same order in "
        f"{SURE:.0%} of the designs or more."
    )


def _effect(found: Audit) -> str:
    """Say which assumption explains most of the shifts, with its interval."""
    if found.sensitivity is None or len(found.sensitivity.factors) < 2:
        return ""
    most = found.sensitivity.of_shift()[0]
    if np.isnan(most.total):
        return ""
    said = f"{most.title[:1].lower()}{most.title[1:]}"
    return (
        f" When all vary together, {said} matters most: {most.total:.0%} of the variance of the "
        f"mean shift of ranks hangs on it (95% interval {max(most.total_low, 0):.0%} to "
        f"{most.total_high:.0%})."
    )
