"""Methods in plain words: what each does to the figures, with its parameters in the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.methods.aggregation import Arithmetic, Generalised, Geometric
from rankscope.methods.imputation import GroupMedian, NearestNeighbours, NoImputation
from rankscope.methods.normalisation import (
    Goalposts,
    MinMax,
    NoNormalisation,
    PercentileRank,
    ZScore,
)
from rankscope.methods.steps import Rescale, Round
from rankscope.methods.treatment import Log, NoTreatment, SkewKurtosis, Winsorise

if TYPE_CHECKING:
    from rankscope._registry import Method

_OFFSETS = {
    "none": "the value",
    "smallest": "the value plus the smallest positive one, so that zero has a place",
    "range": "the value, moved up so that all are positive",
}
_BEYOND = {"cap": "; values beyond a goalpost count as the goalpost"}
_PLAIN = {
    NoImputation: "Nothing is filled in: a gap stays a gap",
    NoTreatment: "Extreme values stay as they are",
    NoNormalisation: "Values stay as they are; where less is better, their sign is turned",
    Arithmetic: (
        "A score is the weighted mean of what lies below it, "
        "so strength in one place makes up for weakness in another"
    ),
    Geometric: (
        "A score is the weighted geometric mean of what lies below it, "
        "so strength in one place makes up less for weakness in another than in a plain mean"
    ),
}


def plain_words(one: Method, noun: str) -> str | None:
    """Return what a method does in a sentence without its full stop; None for others' methods."""
    if type(one) in _PLAIN:
        return _PLAIN[type(one)]
    return _filling(one, noun) or _treating(one) or _scaling(one, noun) or _adding_up(one)


def _filling(one: Method, noun: str) -> str | None:
    match one:
        case GroupMedian():
            return (
                f"A gap is filled with the median of the same group ({one.group}); "
                "where the group has no value, it stays a gap"
            )
        case NearestNeighbours():
            nearer = ", the nearer counting for more" if one.weights == "distance" else ""
            return (
                f"A gap is filled with the mean of the {one.k} that are most like the {noun} "
                f"in its other figures{nearer}"
            )
    return None


def _treating(one: Method) -> str | None:
    match one:
        case Log():
            return (
                f"A logarithm is taken of {_OFFSETS[one.offset]}: "
                "from 10 to 100 is then about as large a step as from 100 to 1,000"
            )
        case SkewKurtosis():
            return (
                "Where a few extreme values would dominate (skewness of "
                f"{one.skewness:g} or more and excess kurtosis of {one.kurtosis:g} or more), "
                "the most extreme are drawn in to the next value, one by one and ties together, "
                f"until that is mended or {one.max_points} are drawn in; if it is not mended "
                "then, a logarithm is taken instead"
            )
        case Winsorise():
            return (
                f"The lowest {one.lower * 100:g}% of the values are raised, and the highest "
                f"{(1 - one.upper) * 100:g}% lowered, to the value at that border"
            )
    return None


def _scaling(one: Method, noun: str) -> str | None:
    match one:
        case MinMax():
            low, high = one.to
            of = "countries" if noun == "country" else f"{noun}s"
            return (
                f"The worst value among the ranked {of} becomes {low:g} and the best {high:g}; "
                "all others lie between them in proportion"
            )
        case Goalposts():
            low, high = one.to
            return (
                f"Each indicator has two fixed goalposts: the worse becomes {low:g}, "
                f"the better {high:g}{_BEYOND.get(one.beyond, '')}"
            )
        case PercentileRank():
            low, high = one.to
            return (
                "A value becomes the share of the others that are strictly behind it, "
                f"on a scale from {low:g} to {high:g}"
            )
        case ZScore():
            return (
                "A value becomes its distance from the mean in standard deviations, "
                f"on a scale with mean {one.mean:g} and standard deviation {one.deviation:g}"
            )
    return None


def _adding_up(one: Method) -> str | None:
    match one:
        case Generalised():
            return (
                "A score is the weighted power mean of what lies below it, "
                f"with the power {one.power:g}: below 1 a weakness can be made up for less"
            )
        case Rescale():
            low, high = one.to
            return f"The result is stretched so that the last has {low:g} and the first {high:g}"
        case Round():
            half = "to the even digit" if one.half == "even" else "up"
            return f"The result is rounded to {one.decimals} decimals, halves {half}"
    return None
