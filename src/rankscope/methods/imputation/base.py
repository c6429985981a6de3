"""The abstract imputation: fills gaps, and only gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from rankscope.methods.base import Stage

if TYPE_CHECKING:
    from rankscope.methods.base import Traits
    from rankscope.shapes import Matrix, Random


@dataclass(frozen=True, slots=True)
class Imputation(Stage):
    """Fills missing cells; cells that are present never change.

    One that ``needs_panel`` looks at other rows of the same unit and is not row by row.
    One that goes ``by_parent`` wants the children of one node at a time: its columns are
    siblings.
    """

    stage: ClassVar[str] = "imputation"
    monotone: ClassVar[bool] = False
    needs_panel: ClassVar[bool] = False
    by_parent: ClassVar[bool] = False

    def draw(self, matrix: Matrix, state: Any, traits: Traits, random: Random) -> Matrix:
        """Return the matrix with gaps filled by one draw, for multiple imputation.

        A method that knows no distribution fills as it always does.
        """
        del random
        return self.transform(matrix, state, traits)

    @classmethod
    def knows_distribution(cls) -> bool:
        """Whether `draw` says more than `transform`: one draw then differs from the next."""
        return cls.draw is not Imputation.draw

    def _among(self) -> str:
        """Return where the values come from, as the words "of the values present" go on."""
        return "" if self.within is None else f" of the same group ({self.within})"
