"""The rules of the lights: thresholds, where they come from, and what makes green, amber and red.

One rule holds for shares of things that fail a test: up to a tenth is green, more than half is
red, between them amber.  So a few weak indicators among many never make an area red.  The
thresholds of the tests themselves are those of `rankscope.analyses.coherence.rules`; what each
area is judged by stands in conventions §18.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from rankscope.analyses.audit.model import Light
from rankscope.analyses.coherence import rules

if TYPE_CHECKING:
    from collections.abc import Iterable

TOLERATED, MOST = 0.1, 0.5
"""Up to the first share of things may fail a test in green; beyond the second it is red.

Judged in proportion, as audits by the JRC do, which accept few exceptions among many.
"""

DIFFERENT = 1 / 3
"""The least share of units whose overall rank is ten places or more from that in each part.

Audit of the Global Talent Competitiveness Index 2018 by the JRC: "at least a third".
"""

HARDLY = 0.1
"""With fewer units for every part, the overall rank says nothing that its parts do not."""

NEAR = 0.03
"""Ranks so near to the median of the draws, as a share of the ranked units, are confirmed.

Three places of a hundred: the JRC's audits of the Rule of Law Index 2014 (less than three
places for 96 % of 99 countries) and of the Global Talent Competitiveness Index 2013 (up to
three for 94 of 103).
"""

FEWEST_PLACES = 2
"""What is near is never less than two places (same index 2018: two for 95 % of countries)."""

CONFIRMED = 0.9
"""The least share of ranks that must be near, and inside their own interval."""

WIDE, WIDEST = 0.1, 1 / 3
"""Typical intervals up to a tenth of the places are narrow, beyond a third they say little.

Ten places of a hundred are meaningful (Sustainable Development Report, part 4).
"""

FEW_UNITS = 10
"""With fewer ranked units neither correlations nor places are a measure."""

FEWEST_DIFFERENT, MOST_DIFFERENT = 2, 10
"""Added value is a matter of ten places, or of a tenth of the units where they are fewer."""

TOLD = math.sqrt(1 - 1 / rules.INFLATED)
"""From this correlation on, an outside variable tells nine tenths: a variance inflation of 10."""

NOT_REAL = 0.75
"""With more of the change made by how the index is made, editions are hardly comparable."""

_ORDER = (Light.GREY, Light.GREEN, Light.AMBER, Light.RED)


class Firmness(NamedTuple):
    """Shares of ranks inside their intervals and near the median, and a typical width."""

    units: int
    inside: float
    near: float
    width: float
    widest: float


def worst(lights: Iterable[Light]) -> Light:
    """Return the worst of lights; grey where nothing could be judged.

    >>> worst([Light.GREEN, Light.GREY, Light.AMBER]).value
    'amber'
    """
    return max(lights, key=_ORDER.index, default=Light.GREY)


def of_share(failing: float, *, most: Light = Light.RED) -> Light:
    """Return the light for a share of things that fail a test, at worst ``most``.

    >>> [of_share(share).value for share in (0.1, 0.3, 0.6, float("nan"))]
    ['green', 'amber', 'red', 'grey']
    """
    if math.isnan(failing):
        return Light.GREY
    if failing <= TOLERATED:
        return Light.GREEN
    return most if failing > MOST else Light.AMBER


def at_least_amber(*, when: bool) -> Light:
    """Return amber for what is never green, grey for what says nothing."""
    return Light.AMBER if when else Light.GREY


def of_data(observed: float, indicators: float, units: float) -> Light:
    """Return the light for the share observed, and for indicators and units with too few data."""
    if observed < rules.COVERAGE:
        return Light.RED
    return worst((of_share(indicators), of_share(units)))


def of_added_value(shares: Iterable[float]) -> Light:
    """Return the light for the share of units that differ from each part."""
    known = [one for one in shares if not math.isnan(one)]
    if len(known) < 2:
        return Light.GREY
    if max(known) < HARDLY:
        return Light.RED
    return Light.GREEN if min(known) >= DIFFERENT else Light.AMBER


def too_few(units: int) -> str:
    """Say that there are too few units for a judgement."""
    if units < 2:
        return f"{'One' if units else 'No'} unit has a rank: too few to judge by."
    return f"{units} units have a rank: too few to judge by."


def different_places(units: int) -> int:
    """Return how many places make a difference between a part and the whole.

    >>> different_places(163), different_places(51), different_places(12)
    (10, 6, 2)
    """
    tenth = math.ceil(WIDE * units)
    return min(MOST_DIFFERENT, max(FEWEST_DIFFERENT, tenth))


def wide_places(units: int) -> float:
    """Return how many places a typical interval may span among so many units.

    >>> wide_places(163), wide_places(30)
    (16.3, 4)
    """
    return max(2 * near_places(units), WIDE * units)


def near_places(units: int) -> int:
    """Return how many places from the median of the draws are near, among so many units.

    >>> near_places(51), near_places(163)
    (2, 5)
    """
    return max(FEWEST_PLACES, math.ceil(NEAR * units))


def of_firmness(seen: Firmness) -> Light:
    """Return the light for what the draws make of the ranks.

    Ranks that never move at all are no strength: their parts say the same (audits by the JRC
    of 2013 and 2014 call perfect robustness undesirable).
    """
    if seen.units < FEW_UNITS:
        return Light.GREY
    if seen.inside < MOST or seen.width > WIDEST * seen.units:
        return Light.RED
    if seen.widest == 0:
        return Light.AMBER
    sound = min(seen.inside, seen.near) >= CONFIRMED and seen.width <= wide_places(seen.units)
    return Light.GREEN if sound else Light.AMBER


def of_choices(units: int, shift: float) -> Light:
    """Return the light for the mean shift that the strongest single choice makes by itself."""
    if math.isnan(shift) or units < FEW_UNITS:
        return Light.GREY
    if shift > WIDE * units:
        return Light.RED
    return Light.AMBER if shift > near_places(units) else Light.GREEN


def of_outside(strongest: float, many_at_the_top: bool, sized: float) -> Light:
    """Return the light for the strongest link outside, free weights, and links to size."""
    link = Light.GREY
    if not math.isnan(strongest):
        beyond = Light.AMBER if strongest > rules.REDUNDANT else Light.GREEN
        link = Light.RED if strongest >= TOLD else beyond
    size = Light.GREY
    if not math.isnan(sized):
        size = Light.AMBER if sized > MOST else Light.GREEN
    return worst((link, size, at_least_amber(when=many_at_the_top)))


def of_change(units: int, by_data: float, shift: float) -> Light:
    """Return the light for the share of all change that data made, and for the rest in places."""
    if math.isnan(by_data):
        return Light.GREY
    if 1 - by_data > NOT_REAL and shift > WIDE * units:
        return Light.RED
    return Light.GREEN if by_data >= MOST else Light.AMBER
