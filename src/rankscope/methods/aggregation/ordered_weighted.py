"""The ordered weighted average: weights belong to places, not to children."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from rankscope._domains import Numbers
from rankscope._registry import parameter, register
from rankscope.errors import MethodError
from rankscope.methods.aggregation.base import Aggregation, where_any

if TYPE_CHECKING:
    from rankscope.shapes import Batch


@register
@dataclass(frozen=True, slots=True)
class OrderedWeighted(Aggregation):
    """Average in which the first weight goes to the highest child, the last to the lowest.

    ``position_weights: [1, 0, 0]`` is the maximum, ``[0, 0, 1]`` the minimum, equal ones
    are the mean.  Children's own weights say how much of the way each takes up, so that
    weights by place go with any weights of the children, and with any number of them:
    the weights by place, added up, are a line with bends over the shares of the children
    added up from the highest.  Yager (1988) IEEE Transactions on Systems, Man, and
    Cybernetics 18(1), 183-190, https://doi.org/10.1109/21.87068; with weights of the
    children: Torra (1997) International Journal of Intelligent Systems 12(2), 153-166.
    """

    name: ClassVar[str] = "ordered_weighted"
    citation: ClassVar[str] = (
        "Yager (1988) IEEE Transactions on Systems, Man, and Cybernetics 18(1), 183-190, "
        "doi:10.1109/21.87068"
    )
    position_weights: tuple[float, ...] = parameter(
        (), Numbers(low=0, high=1e9), "the weight of the highest child, the next, ..., the lowest"
    )

    def __post_init__(self) -> None:
        """Check the weights, and that they are not all zero."""
        super(OrderedWeighted, self).__post_init__()
        if not any(self.position_weights):
            raise MethodError(
                "ordered_weighted.position_weights must not all be 0, "
                f"got {list(self.position_weights)}."
            )

    def chart(self) -> None:
        """Return none: the weights depend on the values."""
        return

    def accepts(self, low: float, high: float | None = None) -> bool:
        """Accept all numbers."""
        del low, high
        return True

    def combine(self, values: Batch, weights: Batch) -> Batch:
        """Return the average, the weights by place spread over the shares of the children."""
        weights = np.broadcast_to(weights, values.shape)
        order = np.argsort(-values, axis=-1)
        ordered = np.take_along_axis(values, order, axis=-1)
        shares = np.take_along_axis(np.where(weights > 0, weights, 0.0), order, axis=-1)
        places = np.concatenate([[0.0], np.cumsum(self.position_weights)])
        way = np.linspace(0.0, 1.0, len(places))
        reached = np.interp(shares.cumsum(axis=-1), way, places / places[-1])
        own = np.diff(reached, axis=-1, prepend=0.0)
        return where_any(weights > 0, (own * ordered).sum(axis=-1))

    def in_words(self, noun: str = "unit") -> str:
        """Say that weights go by place."""
        del noun
        shown = ", ".join(f"{weight:g}" for weight in self.position_weights)
        return (
            "A score is a mean of what lies below it in which the weight goes by place: "
            f"{shown} from the highest to the lowest"
        )
