"""What the rule of skewness and kurtosis decides for a column, and how it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from rankscope.methods.statistics import skewness

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.shapes import Vector

_FALLBACKS: Final = {
    "mirrored_log": "a logarithm is taken",
    "log": "a logarithm is taken",
    "box_cox": "a Box-Cox transformation is taken",
}
_UNTIL: Final = {
    "never": "until that is mended or {points} are drawn in",
    "failing": "until {points} are drawn in, also where fewer would do",
    "every": "until {points} are drawn in, also where fewer or none would do",
}


class Decision(NamedTuple):
    """What was decided for each column, all of shape (columns,).

    ``side`` is 0 where a column is on no curve, +1 for a curve that draws in the upper
    tail, -1 for its mirror image; ``origin`` is the end of the column opposite to that
    tail, ``offset`` what is added to the distance from there, and ``exponent`` that of
    Box and Cox, 0 for a logarithm.  ``passes`` is 1 where winsorising, or nothing, is
    enough.
    """

    low: Vector
    high: Vector
    side: Vector
    origin: Vector
    offset: Vector
    exponent: Vector
    points: Vector
    passes: Vector


def draw_in(values: Vector, enough: Callable[[Vector, int], bool]) -> tuple[float, float, Vector]:
    """Draw in the most extreme value, again and again, on the side of the longer tail.

    Stops where it is ``enough(drawn, points)``, and before two different values are left,
    since the next step would make the column constant.

    Returns
    -------
    The caps, infinite where none is set, and the values drawn in to them.
    """
    low, high, drawn = -np.inf, np.inf, values
    while not enough(drawn, int(np.sum(values != drawn))) and np.unique(drawn).size > 2:
        if skewness(drawn[:, None])[0] >= 0:
            high = drawn[drawn < drawn.max()].max()
        else:
            low = drawn[drawn > drawn.min()].min()
        drawn = np.clip(values, low, high)
    return low, high, drawn


def explain_decision(decision: Decision, column: int) -> str:
    """Say what was decided for a column."""
    low, high, side, origin, offset, exponent, points, passes = (
        float(part[column]) for part in decision
    )
    drawn = ""
    if points:
        ends = (("below", low), ("above", high))
        beyond = " and ".join(f"{where} {end:.6g}" for where, end in ends if np.isfinite(end))
        drawn = f"{'1 value' if points == 1 else f'{points:.0f} values'} drawn in from {beyond}"
    if side:
        end = "lowest" if side > 0 else "highest"
        taken = "logarithm" if side > 0 else "minus the logarithm"
        if exponent:
            taken = f"Box-Cox transformation with exponent {exponent:.4g}"
        said = f"{taken} of the distance from the {end} value, {origin:.6g}, plus {offset:.6g}"
        return f"{drawn}, then {said}" if drawn else f"{said}: too skewed to winsorise"
    if drawn:
        return drawn
    if passes:
        return "left as it is: neither too skewed nor too heavy-tailed"
    return "left as it is: no values can be drawn in that would mend its skew"


def rule_in_words(where: str, *, points: int, fallback: str, force: str, combine: bool) -> str:
    """Return a sentence, without its full stop, on how columns ``where`` a rule holds are treated.

    The other arguments are parameters of ``skew_kurtosis``.
    """
    taken = _FALLBACKS.get(fallback)
    if points == 0:
        return f"{where}, {taken}" if taken else "Extreme values stay as they are"
    drawn = (
        f"{where}, the most extreme are drawn in to the next value, one by one and ties "
        f"together, {_UNTIL[force].format(points=points)}"
    )
    if taken:
        instead = "of the values drawn in" if combine else "instead"
        return f"{drawn}; if it is not mended then, {taken} {instead}"
    return drawn if combine else f"{drawn}; if it is not mended then, all stay as they were"
