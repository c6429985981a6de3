"""What was recovered: the set of weights that printed totals, or ranks, allow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.recover.claimed import Claimed, claimed
from rankscope.analyses.recover.identified import of_hundred
from rankscope.analyses.recover.shares import walls_of_shares
from rankscope.analyses.recover.total import Total
from rankscope.errors import DataError, MethodError
from rankscope.methods.admissible.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from rankscope.analyses.recover.cone import Cone
    from rankscope.analyses.recover.identified import Identified
    from rankscope.analyses.recover.models import Model, Verdict
    from rankscope.analyses.recover.whole_numbers import WholeNumbers
    from rankscope.findings import Finding
    from rankscope.shapes import Mask, Matrix, Vector


@dataclass(frozen=True, slots=True)
class WrongUnits:
    """Units whose rows no weights give together with the others.

    At least ``at_least`` rows are wrong.  ``units`` is one choice of the fewest, empty where
    the fewest were not found; ``certain`` are those in every choice of as few, ``possible``
    all those in any.
    """

    at_least: int
    units: tuple[str, ...]
    certain: tuple[str, ...]
    possible: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Recovered:
    """The weights that are possible, one interval for each component.

    ``shares`` (components, 2) are the ends of weights that sum to 1, ``weights`` those of the
    weights as given and ``sums`` those of their sum.  Where the total is scaled nobody can
    tell weights from the factor: then weights and their sum are NaN, and ``factors`` are the
    ends of the factor if they sum to 1; ``offsets`` are those of what is added.  ``centre``
    (components,) are shares in the middle of the set, never to be quoted without their
    intervals.  All are NaN if ``refused``: then no one rule gives the totals.

    ``counted`` are the units that the answer rests on; ``verdicts`` what other models make of
    the table, and ``exponents`` which power means are possible.
    """

    names: tuple[str, ...]
    counted: tuple[str, ...]
    model: Model
    shares: Matrix
    weights: Matrix
    sums: tuple[float, float]
    factors: tuple[float, float]
    offsets: tuple[float, float]
    centre: Vector
    whole_numbers: WholeNumbers | None
    wrong: WrongUnits
    identified: Identified
    verdicts: tuple[Verdict, ...]
    exponents: tuple[float, float] | None
    findings: tuple[Finding, ...]
    refused: bool
    most_wrong: float
    cone: Cone = field(repr=False)
    left_out: Mask = field(repr=False)

    @property
    def mean(self) -> str:
        """The mean by which totals follow from components."""
        return self.model.mean

    @property
    def total(self) -> Total:
        """Whether totals are that mean as given, scaled, or scaled and shifted."""
        return self.model.total

    def frame(self) -> pd.DataFrame:
        """Return a row for each component: both ends of its share, the middle, and its weight.

        Weights are there only for totals as given: else they are not known.
        """
        import pandas as pd

        columns = {
            "lowest share": self.shares[:, 0],
            "highest share": self.shares[:, 1],
            "width": self.shares[:, 1] - self.shares[:, 0],
            "middle of the set": self.centre,
        }
        if self.total is Total.AS_GIVEN:
            columns |= {"lowest weight": self.weights[:, 0], "highest weight": self.weights[:, 1]}
        if self.whole_numbers is not None:
            columns["smallest whole numbers"] = np.array(self.whole_numbers.numbers)
        return pd.DataFrame(columns, index=pd.Index(self.names, name="component"))

    def models_frame(self) -> pd.DataFrame:
        """Return a row for each model tried: whether it is possible, and how far it is off."""
        import pandas as pd

        words = {True: "possible", False: "ruled out", None: "not defined here"}
        return pd.DataFrame(
            {
                "mean": [one.model.mean for one in self.verdicts],
                "total": [str(one.model.total) for one in self.verdicts],
                "verdict": [words[one.possible] for one in self.verdicts],
                "beyond rounding": [one.beyond for one in self.verdicts],
            }
        )

    def sentence(self) -> str:
        """Say in one sentence what was found."""
        rows = len(self.counted)
        if self.refused:
            return self._refusal()
        but = f" but {self.wrong.at_least:,} of" if self.wrong.at_least else ""
        within = of_hundred(self.identified.widest)
        how = "" if self.total is Total.RANKS else f" by the {self.mean}, {self.total}"
        return (
            f"Some weights give all{but} {rows + self.wrong.at_least:,} {self._what}{how}; each "
            f"share is known to within {within}{self._in_whole_numbers()}."
        )

    def _in_whole_numbers(self) -> str:
        """Say which whole numbers do, and how many others."""
        found = self.whole_numbers
        if found is None:
            return ""
        count = len(found.others)
        least = "" if found.complete else "at least "
        others = f" ({least}{count:,} other{'s' if count > 1 else ''} too)" if count else ""
        return f"; the smallest whole numbers that do are {found}{others}"

    def _refusal(self) -> str:
        part = f"{100 * self.most_wrong:.3g} %"
        if self.wrong.units:
            named = join_words(map(visible, self.wrong.units[:6]), "and")
            return (
                f"No weights are named: {named} {'is' if len(self.wrong.units) == 1 else 'are'} at "
                f"odds with all other rows, and that is more than {part} of the rows."
            )
        return (
            f"These columns do not determine the score: no fixed weights give all but {part} of "
            f"the {len(self.counted):,} {self._what} within their rounding."
        )

    @property
    def _what(self) -> str:
        return "ranks" if self.total is Total.RANKS else "totals"

    def allows(self, weights: Mapping[str, float] | Sequence[float]) -> Claimed:
        """Return whether weights, relative to each other, are possible, and which rows say no.

        Raises
        ------
        DataError
            When there is not one weight of 0 or more for each component.
        """
        self._check()
        return claimed(self.cone, self.left_out, self._in_order(weights), self._all_units())

    def admissible(self, seed: int = 0) -> Linear:
        """Return the set of shares as admissible weights, in the order of ``names``.

        Its walls never cut into the set, and are as close to it as some 95 % of draws tell:
        what is proved for all its weights is so for all that are possible.  Only components
        that the set allows a weight above 0 are children that count.
        """
        self._check()
        rules = walls_of_shares(self.cone, self.left_out, self.shares, seed)
        return Linear(of=tuple(tuple(map(float, rule)) for rule in rules))

    def _check(self) -> None:
        if self.refused:
            raise MethodError(
                "No weights were recovered: these columns do not determine the score. "
                "Look for other components, or allow more rows to be wrong with most_wrong."
            )

    def _all_units(self) -> tuple[str, ...]:
        """Return the units by the rows of the walls."""
        names = iter(self.counted)
        return tuple("" if out else next(names) for out in self.left_out)

    def _in_order(self, weights: Mapping[str, float] | Sequence[float]) -> Vector:
        if hasattr(weights, "keys"):
            for name in weights:
                if name not in self.names:
                    known = did_you_mean(str(name), self.names)
                    raise DataError(f"There is no component {visible(str(name))!r}. {known}")
            given = [float(weights.get(name, np.nan)) for name in self.names]  # type: ignore[union-attr]
        else:
            given = [float(weight) for weight in weights]
        own = np.array(given)
        if len(own) != len(self.names) or not (own >= 0).all() or not own.sum() > 0:
            shown = join_words(map(visible, self.names[:8]), "and")
            raise DataError(f"Give a weight of 0 or more for each of {shown}.")
        return own
