"""The packaged index computed a second time, from its two files and the conventions alone.

Nothing of rankscope's pipeline takes part: a tree of dictionaries, one column at a
time, and the moments of SciPy.  What both agree on to nine digits is what the method
page says, not what the program happens to do.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from importlib import resources
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import yaml
from scipy.stats import kurtosis, rankdata, skew

from rankscope.catalogue.open import open_index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.pipeline import Result
    from rankscope.shapes import Mask, Vector

HOME = resources.files("rankscope.catalogue") / "ai_capacity"
VIEWS = ("headline", "scale", "intensity")


class Recomputation:
    """The index by hand: ``scores[view][code]`` is a column, one number a unit."""

    def __init__(self) -> None:
        self.spec = yaml.safe_load((HOME / "index.yaml").read_text("utf-8"))
        self.method, self.views = self.spec["method"], self.spec["views"]
        rows = list(csv.DictReader((HOME / "values.csv").read_text("utf-8").splitlines()))
        self.units = sorted({row["unit"] for row in rows})
        self.raw: dict[str, Vector] = {}
        for row in rows:
            column = self.raw.setdefault(row["indicator"], np.full(len(self.units), np.nan))
            if row["value"]:
                column[self.units.index(row["unit"])] = float(row["value"])
        self.leaves = dict(self.effective(self.spec["framework"], 1.0))
        self.ranked = self.screened()
        self.scores: dict[str, dict[str, Vector]] = {view: {} for view in VIEWS}
        for view in VIEWS:
            self.climb(self.spec["framework"], view)

    def effective(self, node: dict[str, Any], share: float) -> Iterator[tuple[str, Any]]:
        """Yield each indicator with its part of the whole."""
        children = node.get("children", [])
        total = sum(child.get("weight", 1) for child in children)
        for child in children:
            yield from self.effective(child, share * child.get("weight", 1) / total)
        if not children:
            yield node["code"], (node, share)

    def figures(self, node: dict[str, Any]) -> tuple[Vector, Vector | None]:
        """Return an indicator relative to size, and absolute where that is another thing."""
        value = self.raw[node["code"]].copy()
        if node.get("absent_is_zero"):
            value[np.isnan(value)] = 0.0
        if node["kind"] not in {"count", "amount", "ratio", "share"} or "denominator" not in node:
            return value, None
        size = self.raw[node["denominator"]] / node.get("per", 1)
        if node["kind"] in {"count", "amount"}:
            return value / size, np.where(np.isnan(size), np.nan, value)
        return value, value * size

    def screened(self) -> Mask:
        """Return which units have enough data; zeros of a census count neither way."""
        there, asked = np.zeros(len(self.units)), np.zeros(len(self.units))
        for node, share in self.leaves.values():
            intensity, scale = self.figures(node)
            silent = np.isnan(self.raw[node["code"]]) & node.get("absent_is_zero", False)
            for side in [intensity] if scale is None else [intensity, scale]:
                part = share if scale is None else share / 2  # both sides weigh the same
                asked += np.where(silent, 0.0, part)
                there += np.where(silent | np.isnan(side), 0.0, part)
        enough: Mask = (
            there / asked >= float(Fraction(self.method["screening"]["at_least"])) - 1e-12
        )
        return enough

    def scaled(self, column: Vector, polarity: int) -> Vector:
        """Bring the ranked units onto 0 to 100, the best value to 100."""
        own = np.where(self.ranked, column * polarity, np.nan)
        return 100 * (own - np.nanmin(own)) / (np.nanmax(own) - np.nanmin(own))

    def logged(self, column: Vector) -> Vector:
        """Take the logarithm of a value plus the smallest that is above zero."""
        own = column[self.ranked]
        return np.log(column + own[own > 0].min())

    def treated(self, column: Vector) -> Vector:
        """Draw in up to five values of a skewed column, else take a logarithm."""
        own = column[self.ranked & ~np.isnan(column)]
        low, high = -np.inf, np.inf
        for _ in range(6):
            inside = np.clip(own, low, high)
            if abs(skew(inside, bias=False)) < 2 or kurtosis(inside, bias=False) < 3.5:
                return np.clip(column, low, high)
            if np.sum(own != inside) >= 5:
                break
            if skew(inside) >= 0:
                high = np.sort(inside[inside < inside.max()])[-1]
            else:
                low = np.sort(inside[inside > inside.min()])[0]
        assert skew(own) > 0  # the mirror image does not come up here
        return np.log(column - own.min() + 0.01 * np.ptp(own))

    def leaf(self, node: dict[str, Any], view: str) -> Vector:
        """Return the score of an indicator in a view."""
        intensity, scale = self.figures(node)
        polarity = node.get("polarity", 1)
        relative = self.scaled(self.treated(intensity), polarity)
        if scale is None:
            return relative
        # the scale is fitted on all figures, with or without a denominator
        wide = self.raw[node["code"]].copy() if node["kind"] in {"count", "amount"} else scale
        if node.get("absent_is_zero"):
            wide = np.where(np.isnan(wide), 0.0, wide)
        absolute = np.where(np.isnan(scale), np.nan, self.scaled(self.logged(wide), polarity))
        share = {"headline": self.views["scale"], "scale": 1, "intensity": 0}[view]
        both: Vector = share * absolute + (1 - share) * relative
        return both

    def climb(self, node: dict[str, Any], view: str) -> Vector:
        """Return the score of a node, and note those of all below."""
        if "children" not in node:
            score = self.leaf(node, view)
        else:
            columns = np.stack([self.climb(child, view) for child in node["children"]])
            weights = np.array([child.get("weight", 1.0) for child in node["children"]])[:, None]
            present = weights * ~np.isnan(columns)
            enough = present.sum(0) / weights.sum() >= self.method["min_available"]["at_least"]
            with np.errstate(invalid="ignore"):
                score = (present * np.nan_to_num(columns)).sum(0) / present.sum(0)
            score = np.where(enough, score, np.nan)
        self.scores[view][node["code"]] = score
        return score


@pytest.fixture(scope="module")
def ours() -> Result:
    return open_index("ai-capacity").build()


@pytest.fixture(scope="module")
def theirs() -> Recomputation:
    return Recomputation()


def test_it_recomputes_the_methods_that_the_index_uses(theirs):
    assert theirs.method == {
        "screening": {"by": "weight", "at_least": theirs.method["screening"]["at_least"]},
        "min_available": {"by": "weight", "at_least": theirs.method["min_available"]["at_least"]},
        "imputation": {"method": "none"},
        "treatment": {"method": "skew_kurtosis"},
        "normalisation": {"method": "min_max", "to": [0, 100]},
        "weights": "given",
        "aggregation": {"method": "arithmetic"},
    }


def test_the_same_units_are_ranked(ours, theirs):
    assert list(ours.units) == theirs.units
    np.testing.assert_array_equal(ours.leaves.ranked, theirs.ranked)


@pytest.mark.parametrize("view", VIEWS)
def test_every_node_has_the_same_scores(ours, theirs, view):
    for code, scores in theirs.scores[view].items():
        got = ours.score(ours.plan.node(code), view)
        np.testing.assert_allclose(got, scores, rtol=0, atol=1e-9, err_msg=f"{code}, {view}")


@pytest.mark.parametrize("view", VIEWS)
def test_the_ranks_are_the_same(ours, theirs, view):
    scores = theirs.scores[view][theirs.spec["framework"]["code"]]
    if view == "intensity":
        small = theirs.raw["population"] < theirs.views["rank_intensity_from"]["at_least"]
        scores = np.where(small, np.nan, scores)
    taking_part = ~np.isnan(scores)
    expected = np.zeros(len(scores), dtype=int)
    expected[taking_part] = rankdata(-scores[taking_part], method="min")

    np.testing.assert_array_equal(ours.rank(view=view), expected)
