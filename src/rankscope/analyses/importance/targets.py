"""The importance that is wanted, for each child."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.importance.trial import Measure
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.analyses.importance.parts import Parts
    from rankscope.shapes import Vector

Wanted: TypeAlias = Mapping[str, float] | Literal["equal", "nominal"]


def check_measure(measure: str) -> None:
    """Refuse what is no measure.

    Raises
    ------
    MethodError
        With what there is.
    """
    known = get_args(Measure)
    if measure not in known:
        raise MethodError(f"measure must be {join_words(known)}, got {visible(str(measure))!r}.")


def targets(parts: Parts, wanted: Wanted | None, measure: Measure) -> Vector:
    """Return the wanted share of importance of each child, (children,); they sum to 1.

    Raises
    ------
    MethodError
        When the words or the codes are not known, a child has no number, or one is wrong.
    """
    said = wanted
    if said is None:
        said = "equal" if measure == "correlation" else "nominal"
    if isinstance(said, Mapping):
        numbers = _given(parts, said)
    elif said in {"equal", "nominal"}:
        numbers = np.where(parts.counted, 1.0 if said == "equal" else parts.weights, 0.0)
    else:
        raise MethodError(
            f"wanted must be equal, nominal or a number for each child, got {visible(str(said))!r}."
        )
    shares: Vector = numbers / numbers.sum()
    return shares


def _given(parts: Parts, said: Mapping[str, float]) -> Vector:
    codes = [one.code for one in parts.nodes]
    for code, number in said.items():
        if code not in codes:
            hint = did_you_mean(code, codes) or f"It has {join_words(codes[:12], 'and')}."
            raise MethodError(f"{parts.name} has no child {visible(code)!r}. {hint}")
        if not (math.isfinite(number) and number >= 0):
            raise MethodError(
                f"The wanted importance of {code} must be a number from 0 up, got {number}."
            )
        if number > 0 and not parts.counted[codes.index(code)]:
            raise MethodError(
                f"{code} has weight 0 and does not count. Leave it out, or give it a weight first."
            )
    lacking = [
        code
        for code, counts in zip(codes, parts.counted, strict=True)
        if counts and code not in said
    ]
    if lacking:
        raise MethodError(
            f"wanted has no number for {join_words(lacking, 'and')}. "
            "Give one for each child, 0 for those that should not matter."
        )
    numbers = np.array([float(said.get(code, 0.0)) for code in codes])
    if not numbers.any():
        raise MethodError("The wanted importance is 0 for all children. Give one of them more.")
    return numbers
