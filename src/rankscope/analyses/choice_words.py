"""What choices of an uncertainty analysis are called by those who write no definitions."""

from __future__ import annotations

import re

_METHODS = {
    "arithmetic": "the arithmetic mean",
    "geometric": "the geometric mean",
    "harmonic": "the harmonic mean",
    "mean": "the mean",
    "median": "the median",
    "min_max": "min-max rescaling",
    "none": "doing nothing",
    "percentile_rank": "percentile ranks",
    "rank": "ranks",
    "skew_kurtosis": "the rule on skewness and kurtosis",
    "z_score": "z-scores",
}
"""What methods are called by those who do not write definitions."""

_SETTINGS = (
    (re.compile(r"to \[(.+), (.+)\]"), r"from \1 to \2"),
    (re.compile(r"max_points 0"), "without drawing values in"),
    (re.compile(r"max_points (\d+)"), r"drawing in at most \1 values"),
    (re.compile(r"within (.+)"), r"within each group of \1"),
)
"""How settings of methods are said, as a definition writes them and in words."""


def method_words(label: str) -> str:
    """Return what a choice of method is called in a sentence, from its label.

    >>> method_words("percentile_rank (to [1, 100])"), method_words("hot_deck")
    ('percentile ranks (from 1 to 100)', 'hot deck')
    """
    name, _, given = label.partition(" (")
    said = _METHODS.get(name, name.replace("_", " "))
    given = given.removesuffix(")")
    for pattern, words in _SETTINGS:
        if pattern.fullmatch(given):
            return f"{said} ({pattern.sub(words, given)})"
    return f"{said} ({given.replace('_', ' ')})" if given else said


def weights_words(label: str) -> str:
    """Return a set of weights as what comes after a comma, from its label.

    >>> weights_words("perturbed(25%) at levels 1 and 2")
    'each by up to 25% of itself, at levels 1 and 2'
    >>> weights_words("ordered at level 1")
    'within the set ordered at level 1'
    """
    found = re.fullmatch(r"perturbed\(([^)]+)\)( at .*)?", label)
    if not found:
        return f"within the set {label}"
    return f"each by up to {found[1]} of itself" + (f",{found[2]}" if found[2] else "")
