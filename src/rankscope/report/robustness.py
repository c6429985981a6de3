"""How firm every rank is: one sentence, intervals and tiers as pictures, and what was assumed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.charts.acceptability import acceptability_chart
from rankscope.charts.rank_intervals import rank_intervals_chart, same_set
from rankscope.charts.render import inline_svg
from rankscope.pages.numbers import ordinal
from rankscope.pages.trust import our_own
from rankscope.pages.words import counted, in_prose
from rankscope.report.assumed import Assumed, assumed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.findings import Finding
    from rankscope.report.firmness import Firmness
    from rankscope.report.material import Material

_SHOWN, _HEAT = 40, 25
_WIDE, _NARROW = 900, 340

_PAIRS, _SETTLED = 10, 0.9
"""A gap of ranks is judged from so many pairs, and by the share of them that are told apart."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture for large and for small screens."""

    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True)
class Robustness:
    """The section; pictures are None for thousands of units, ``problem`` says why all is."""

    lead: str
    more: tuple[str, ...]
    first: Picture | None
    rest: Picture | None
    heat: Picture | None
    shown: int
    heated: int
    draws: str
    seed: int
    own: bool
    assumed: tuple[Assumed, ...]
    findings: tuple[Finding, ...]
    problem: str = ""


def robustness(material: Material) -> Robustness | None:
    """Return the section, or None where nobody wants to know."""
    firm = material.firmness
    if firm is None:
        return None
    if firm.found is None:
        return Robustness("", (), None, None, None, 0, 0, "", 0, False, (), (), firm.problem)
    found, drawn = firm.found, not material.compact
    order = found.order
    return Robustness(
        lead=_lead(material, firm),
        more=tuple(filter(None, (tell(material, firm) for tell in (_tiers, _gap, _away)))),
        first=_intervals(material, found, order[:_SHOWN]) if drawn else None,
        rest=_intervals(material, found, order[_SHOWN:]) if drawn and order[_SHOWN:] else None,
        heat=_heat(found) if drawn else None,
        shown=min(_SHOWN, len(order)),
        heated=min(_HEAT, len(order)),
        draws=f"{found.draws:,}",
        seed=found.design.seed,
        own=material.index.definition.assumptions is not None,
        assumed=assumed(found.design, material.noun),
        findings=found.findings,
    )


def _intervals(material: Material, found: Uncertainty, rows: Sequence[int]) -> Picture:
    """Return the intervals of some rows, whose names lead to their parts."""
    codes = [found.result.units[row] for row in rows]
    links = tuple(f"#{anchor}" for anchor in material.anchors)
    firm = material.firmness
    proved = firm.reach if firm and firm.reach and same_set(found, firm.reach) else None
    titles = (
        {links[row]: f"{found.result.names[row]}: {firm.told(row)}" for row in rows} if firm else {}
    )
    return Picture(
        *(
            our_own(inline_svg(chart, titles))  # texts in a drawing are escaped
            for width in (_WIDE, _NARROW)
            for chart in [
                rank_intervals_chart(
                    found, reach=proved, units=codes, width=width, title="", links=links
                )
            ]
        )
    )


def _heat(found: Uncertainty) -> Picture:
    charts = (acceptability_chart(found, top=_HEAT, width=w, title="") for w in (_WIDE, _NARROW))
    return Picture(*(our_own(inline_svg(chart)) for chart in charts))


def _lead(material: Material, firm: Firmness) -> str:
    """Say how wide the intervals are, and which is the widest."""
    found = firm.found
    rows = [row for row in found.order if firm.low[row]] if found else []
    if found is None or not rows:
        return "No design ranks anybody."
    widths = (firm.high - firm.low)[rows]
    middle = int(np.median(found.moves()[rows]))
    of_draws = f"{found.draws:,} defensible designs"
    if not widths.any():
        return f"Every rank is the same in 90% of {of_draws}."
    stay = "keep their published rank"
    if middle:
        stay = f"stay within {counted(middle, 'place')} of their published rank"
    row = rows[int(np.argmax(widths))]
    return (
        f"In 90% of {of_draws}, half of the {material.nouns} {stay}. "
        f"The biggest swing: {in_prose(found.result.names[row])}, "
        f"{ordinal(int(found.published[row]))} as published, is anywhere between "
        f"{firm.low[row]} and {firm.high[row]}."
    )


def _tiers(material: Material, firm: Firmness) -> str:
    """Say how many tiers there are."""
    if firm.tiers is None or firm.found is None or len(firm.found.order) < 2:
        return ""
    count, units = int(firm.tiers.max()), material.units(len(firm.found.order))
    if count == 1:
        return f"All {units} form one tier: none can be told apart from the first."
    return (
        f"The {units} fall into {count} tiers. Within a tier, none can be told apart from its "
        "first: that one is ahead of it in fewer than 95% of the designs."
    )


def _gap(material: Material, firm: Firmness) -> str:
    """Say how far apart two units must be for their order to be believed."""
    if firm.close is None or firm.found is None:
        return ""
    order = firm.found.order
    close = firm.close[np.ix_(order, order)]
    told = [~np.diagonal(close, gap) for gap in range(1, len(order))]
    told = [one for one in told if len(one) >= _PAIRS]
    if not told:
        return ""
    unsure = [gap for gap, one in enumerate(told, start=1) if one.mean() < _SETTLED]
    enough = max(unsure, default=0) + 1
    sure = int(told[0].sum())
    neighbours = f"Of the {len(told[0]):,} pairs of neighbours, {sure:,} can be told apart"
    if enough > len(told):
        return f"{neighbours}, and hardly any further apart can."
    if enough == 1:
        return f"{neighbours}."
    return f"{neighbours}. Of {material.nouns} {enough} or more places apart, nine in ten can."


def _away(material: Material, firm: Firmness) -> str:
    """Say how many published ranks their own intervals leave out."""
    rows = firm.found.order if firm.found else []
    count = sum(firm.outside(row) for row in rows)
    if not count:
        return ""
    whose = material.units(count)
    return f"The published rank of {whose} lies outside its own interval, marked in orange."
