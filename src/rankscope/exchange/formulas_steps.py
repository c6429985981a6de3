"""Steps at a node as formulas: one writer for each step that a spreadsheet can say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from rankscope.exchange.formulas_aggregation import number
from rankscope.exchange.formulas_layout import Formula
from rankscope.methods.normalisation import (
    Borda,
    MinMax,
    PercentileRank,
    Rank,
    RankFromTop,
    ShareOfBest,
    ZScore,
)
from rankscope.methods.steps import (
    Exponential,
    Fill,
    Linear,
    Mirror,
    Reciprocal,
    Round,
    SignificantDigits,
)
from rankscope.methods.treatment import Cap

if TYPE_CHECKING:
    from rankscope.methods.base import Stage


@dataclass(frozen=True, slots=True)
class Before:
    """References to the scores before a step: of the row, and of all units.

    ``group`` and ``groups`` tell the groups in which it is fitted; empty where all units
    are one.
    """

    cell: str
    column: str
    group: str = ""
    groups: str = ""

    @property
    def fitted(self) -> str:
        """Return the scores that the row is compared with."""
        return f'IF({self.groups}={self.group},{self.column},"")' if self.groups else self.column

    def count(self, comparison: str) -> str:
        """Return how many scores stand in some comparison to the row's own."""
        same = f"*({self.groups}={self.group})" if self.groups else ""
        return f"SUMPRODUCT(ISNUMBER({self.column})*({self.column}{comparison}{self.cell}){same})"


Writer: TypeAlias = Callable[[Any, Before], str | None]


def step_formula(method: Stage, before: Before) -> Formula | None:
    """Return the formula of the score after a step, None where a spreadsheet can not say it.

    A missing score stays missing, unless the step fills it in.
    """
    writer = WRITERS.get(type(method))
    text = writer(method, before) if writer else None
    if text is None:
        return None
    filled = number(method.value) if isinstance(method, Fill) else '""'
    said = f'IF(ISNUMBER({before.cell}),IFERROR({text},""),{filled})'
    if before.groups:
        said = f'IF(ISNUMBER({before.group}),{said},"")'
    return Formula(said, array=bool(before.groups))


def rounded(cell: str, decimals: int, half: str = "up", towards: str = "nearest") -> str:
    """Return a number rounded, as `rankscope.methods.steps.rounding.rounded` does."""
    factor = number(10.0**decimals)
    shifted = f"{cell}*{factor}"
    hair = f"MIN(1E-12*MAX(1,ABS({shifted})),0.001)"
    if towards == "nearest" and half == "even":
        even = f"2*ROUND({shifted}/2,0)"
        return f"IF({shifted}-INT({shifted})=0.5,{even},INT({shifted}+0.5))/{factor}"
    if towards == "up":
        return f"-INT({hair}-{shifted})/{factor}"
    if towards == "down":
        return f"INT({shifted}+{hair})/{factor}"
    if towards == "zero" or half == "away":
        added = "0" if towards == "zero" else "0.5"
        return f"SIGN({cell})*INT(ABS({shifted})+{added}+{hair})/{factor}"
    return f"INT({shifted}+0.5+{hair})/{factor}"


def _round(step: Round, before: Before) -> str:
    return rounded(before.cell, step.decimals, step.half, step.towards)


def _cap(step: Cap, before: Before) -> str:
    text = before.cell
    if step.low is not None:
        text = f"MAX({text},{number(step.low)})"
    return text if step.high is None else f"MIN({text},{number(step.high)})"


def _linear(step: Linear, before: Before) -> str:
    return f"{number(step.factor)}*{before.cell}+({number(step.offset)})"


def _mirror(step: Mirror, before: Before) -> str:
    return f"{number(step.around[0] + step.around[1])}-{before.cell}"


def _exponential(step: Exponential, before: Before) -> str:
    base = f"EXP({before.cell})" if step.base is None else f"{number(step.base)}^{before.cell}"
    return f"MIN({base},1E+300)"


def _reciprocal(step: Reciprocal, before: Before) -> str:
    return f"{number(step.numerator)}/{before.cell}"


def _significant_digits(step: SignificantDigits, before: Before) -> str:
    places = f"{step.digits - 1}-INT(LOG10(ABS({before.cell})))"
    return f"IF({before.cell}=0,0,ROUND({before.cell},{places}))"


def _fill(step: Fill, before: Before) -> str:
    del step
    return before.cell


def _min_max(step: MinMax, before: Before) -> str:
    (low, high), lowest = step.to, f"MIN({before.fitted})"
    share = f"({before.cell}-{lowest})/(MAX({before.fitted})-{lowest})"
    return f"{number(low)}+({number(high)}-({number(low)}))*{share}"


def _share_of_best(step: ShareOfBest, before: Before) -> str:
    best = f"MAX({before.fitted})"
    return f"IF({best}>0,{number(step.top)}*{before.cell}/{best},NA())"


def _z_score(step: ZScore, before: Before) -> str:
    values = before.fitted
    deviation = f"{'STDEV' if step.deviation_of == 'sample' else 'STDEVP'}({values})"
    z = f"({before.cell}-AVERAGE({values}))/{deviation}"
    if step.cap is not None:
        z = f"MAX(-{number(step.cap)},MIN({number(step.cap)},{z}))"
    scaled = f"{number(step.mean)}+{number(step.deviation)}*{z}"
    return f"IF(MAX({values})=MIN({values}),NA(),{scaled})"


def _place(ties: str, before: Before, behind: str = "<") -> str | None:
    """Return the rank from the worst, or from the best, that a score has among all."""
    below, equal = before.count(behind), before.count("=")
    texts = {
        "lowest": f"{below}+1",
        "highest": f"{below}+{equal}",
        "average": f"{below}+({equal}+1)/2",
    }
    return texts.get(ties)


def _rank(step: Rank, before: Before) -> str | None:
    return _place(step.ties, before)


def _rank_from_top(step: RankFromTop, before: Before) -> str | None:
    return _place(step.ties, before, ">")


def _borda(step: Borda, before: Before) -> str | None:
    return f"{_place(step.ties, before)}-1"


def _percentile_rank(step: PercentileRank, before: Before) -> str | None:
    if step.zeros != "ranked":
        return None
    place, count = _place(step.ties, before), f"COUNT({before.fitted})"
    share = {
        "others": f"({place}-1)/({count}-1)",
        "all": f"({place})/{count}",
        "middle": f"({place}-0.5)/{count}",
        "open": f"({place})/({count}+1)",
    }[step.count]
    low, high = step.to
    return f"{number(low)}+({number(high)}-({number(low)}))*{share}"


WRITERS: dict[type[Stage], Writer] = {
    Borda: _borda,
    Cap: _cap,
    Exponential: _exponential,
    Fill: _fill,
    Linear: _linear,
    MinMax: _min_max,
    Mirror: _mirror,
    PercentileRank: _percentile_rank,
    Rank: _rank,
    RankFromTop: _rank_from_top,
    Reciprocal: _reciprocal,
    Round: _round,
    ShareOfBest: _share_of_best,
    SignificantDigits: _significant_digits,
    ZScore: _z_score,
}
"""By class, and by this class alone."""
