"""Weights that keep any number of linear rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from rankscope._domains import Domain, Numbers
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.admissible.base import Admissible
from rankscope.methods.admissible.hit_and_run import draw_in_polytope
from rankscope.methods.admissible.polytope import Polytope
from rankscope.methods.references import WEIGHTS_BY_HIT_AND_RUN

if TYPE_CHECKING:
    from rankscope.methods.admissible.base import Siblings
    from rankscope.shapes import Batch, Matrix, Random

_ROUNDING = 1e-15
"""A wall's number no larger than this part of its rule is what rounding left of 0."""


@dataclass(frozen=True, slots=True)
class HalfSpaces(Domain):
    """Rules ``a_1 w_1 + ... + a_k w_k <= b`` on shares, each as its numbers a and then b."""

    def read(self, value: object) -> tuple[tuple[float, ...], ...]:
        """Return the rules, all of the same length."""
        if not isinstance(value, list | tuple) or not value:
            raise ValueError(value)
        rules = tuple(Numbers(low=-1e9, high=1e9).read(rule) for rule in value)
        if len({len(rule) for rule in rules}) > 1 or len(rules[0]) < 2:
            raise ValueError(value)
        return rules

    def words(self) -> str:
        """Return the domain in words."""
        return (
            "a list of rules, each a number for every child and then the number that their "
            "weighted sum may not exceed"
        )

    def schema(self) -> dict[str, Any]:
        """Return the domain as JSON Schema."""
        return {"type": "array", "minItems": 1, "items": Numbers().schema() | {"minItems": 2}}

    def examples(self) -> tuple[tuple[tuple[float, ...], ...], ...]:
        """Return that of three children the first counts no less than the second, at most 60 %."""
        return (((-1.0, 1.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.6)),)


@register
@dataclass(frozen=True, slots=True)
class Linear(Admissible):
    r"""Shares that keep linear rules: :math:`a_1 w_1 + ... + a_k w_k \le b` for each.

    The numbers stand in the order of the children, for one group of siblings; those of
    weight 0 have none.  "The first counts at least twice as much as the second" is
    ``[-1, 2, 0, 0]`` among three.  Draws are uniform, by hit-and-run (conventions §7.4;
    Tervonen, van Valkenhoef, Baştürk & Postmus 2013, European Journal of Operational
    Research 224(3), 552-559, https://doi.org/10.1016/j.ejor.2012.08.026), also where rules
    leave no room in some direction; largest means come from linear programs.
    """

    name: ClassVar[str] = "linear"
    citation: ClassVar[str] = WEIGHTS_BY_HIT_AND_RUN
    top_only: ClassVar[bool] = True
    of: tuple[tuple[float, ...], ...] = parameter(
        None, HalfSpaces(), "the rules: numbers for the children in their order, then the bound"
    )

    def check(self, siblings: Siblings) -> None:
        """Check that there is a number for each sibling, and that some shares keep all rules.

        Raises
        ------
        MethodError
            When there is not, or no shares do.
        """
        if Polytope(self.walls(siblings)).is_empty():
            raise self._impossible()

    def draw(self, siblings: Siblings, size: int, random: Random) -> Matrix:
        """Return shares drawn uniformly, of shape (size, children)."""
        walls = self.walls(siblings)
        inside = Polytope(walls).inside()
        if inside is None:
            raise self._impossible()
        return draw_in_polytope(walls, inside, size, random)

    def walls(self, siblings: Siblings) -> Matrix:
        """Return a row for each rule, (rules, children): its bound is one on the shares' sum.

        Raises
        ------
        MethodError
            When there is not one number for each sibling.
        """
        rules = np.array(self.of)
        if rules.shape[1] - 1 != len(siblings.weights):
            raise MethodError(
                f"{self.name}.of has numbers for {rules.shape[1] - 1} children in each rule, and "
                f"there are {len(siblings.weights)} that count: {', '.join(siblings.codes[:12])}. "
                "Give one number for each of them, and then the bound; name the level of those "
                "children if it is another one."
            )
        size = np.abs(rules).max(axis=1, keepdims=True)
        rows = (rules[:, :-1] - rules[:, -1:]) / np.where(size > 0, size, 1.0)
        return np.where(np.abs(rows) > _ROUNDING, rows, 0.0)

    def highest(self, siblings: Siblings, values: Batch) -> Batch:
        """Return the largest mean, by a linear program for each row of values."""
        polytope = Polytope(self.walls(siblings))
        means = np.empty(values.shape[:-1])
        for place in np.ndindex(means.shape):
            shares = polytope.best(values[place])
            if shares is None:
                raise self._impossible()
            means[place] = values[place] @ shares
        return means

    def _impossible(self) -> MethodError:
        count = len(self.of)
        which = "its rule" if count == 1 else f"all of its {count} rules"
        return MethodError(
            f"{self.name}: no weights keep {which}. Loosen a bound, or leave a rule out."
        )

    def label(self) -> str:
        """Return the set as it is printed."""
        return f"{self.name}({len(self.of)} {'rule' if len(self.of) == 1 else 'rules'})"

    def in_words(self, noun: str = "unit") -> str:
        """Say how many rules there are."""
        del noun
        rules = "one linear rule" if len(self.of) == 1 else f"{len(self.of)} linear rules"
        return f"Any weights that keep {rules}, all mixes equally likely"
