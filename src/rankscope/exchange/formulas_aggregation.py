"""Aggregations as formulas: one writer for each method that a spreadsheet can say.

A writer returns the score of a node from references to its children.  Where it can not
be computed the formula is an error, which whoever places it turns into an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from rankscope.exchange.formulas_layout import Formula
from rankscope.methods.aggregation import (
    AdjustedMazziottaPareto,
    Arithmetic,
    Difference,
    FirstAvailable,
    Generalised,
    Geometric,
    Harmonic,
    Identity,
    Logarithm,
    Maximum,
    MazziottaPareto,
    MeanMin,
    MedianOfChildren,
    Minimum,
    PenalisedMean,
    Product,
    Ratio,
    ScaledGeometric,
    Sum,
)
from rankscope.methods.aggregation.charts import LOGARITHM_OF_ZERO

if TYPE_CHECKING:
    from rankscope.exchange.formulas_layout import Children
    from rankscope.methods.aggregation import Aggregation

Writer: TypeAlias = Callable[[Any, "Children"], Formula | None]


def aggregation_formula(method: Aggregation, children: Children) -> Formula | None:
    """Return the formula of a node's score, None where a spreadsheet can not say the method."""
    writer = WRITERS.get(type(method))
    return writer(method, children) if writer else None


def number(value: float) -> str:
    """Return a number as formulas write it."""
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))


def _arithmetic(method: object, of: Children) -> Formula:
    del method
    return Formula(f"{of.weighted}/{of.total}")


def _sum(method: Sum, of: Children) -> Formula:
    del method
    return Formula(f"IF(SUM({of.weights})=0,NA(),{of.weighted})")


def _mean(of: Children, charted: str) -> str:
    """Return the mean of an array that is worked out from the values of those that count."""
    return f"SUM(IF({of.counted},{of.weights}*{charted},0))/{of.total}"


def _geometric(method: Geometric | Generalised, of: Children) -> Formula:
    logarithm = f"LN({of.values})"
    if method.zeros == "zero":
        logarithm = f"IF({of.values}=0,{number(LOGARITHM_OF_ZERO)},{logarithm})"
    return Formula(f"EXP({_mean(of, logarithm)})", array=True)


def _power(power: float, *, zeros: bool, of: Children) -> Formula:
    lowest = ">=" if power > 0 else ">"
    powers = f"IF({of.values}{lowest}0,{of.values}^{_signed(power)},NA())"
    mean = f"({_mean(of, powers)})^(1/{_signed(power)})"
    if not zeros:
        return Formula(mean, array=True)
    return Formula(f"IF(SUM(IF({of.counted},IF({of.values}=0,1,0),0))>0,0,{mean})", array=True)


def _signed(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def _harmonic(method: Harmonic, of: Children) -> Formula:
    return _power(-1.0, zeros=method.zeros == "zero", of=of)


def _generalised(method: Generalised, of: Children) -> Formula:
    chart = method.chart()
    if isinstance(chart, Identity):
        return _arithmetic(method, of)
    if isinstance(chart, Logarithm):
        return _geometric(method, of)
    return _power(method.power, zeros=method.zeros == "zero" and method.power < 0, of=of)


def _scaled_geometric(method: ScaledGeometric, of: Children) -> Formula:
    (low, high), (start, stop) = method.ends, method.onto
    if method.reverse:
        start, stop = stop, start
    slope = f"({number(stop)}-{_signed(start)})/({number(high)}-{_signed(low)})"
    straight = f"{number(start)}+({of.values}-{_signed(low)})*{slope}"
    mean = f"EXP({_mean(of, f'LN({straight})')})"
    return Formula(f"{number(low)}+({mean}-{_signed(start)})/({slope})", array=True)


def _product(method: Product, of: Children) -> Formula:
    del method
    powers = f"IF({of.values}>=0,{of.values}^{of.weights},NA())"
    return _of_any(of, f"PRODUCT(IF({of.counted},{powers},1))")


def _of_any(of: Children, text: str) -> Formula:
    """Return a formula that has no result where no child takes part."""
    return Formula(f"IF({of.total}=0,NA(),{text})", array=True)


def _extreme(function: str) -> Writer:
    def write(method: object, of: Children) -> Formula:
        del method
        return _of_any(of, f'{function}(IF({of.counted},{of.values},""))')

    return write


def _median(method: MedianOfChildren, of: Children) -> Formula | None:
    return None if method.weighted else _extreme("MEDIAN")(method, of)


def _first_available(method: FirstAvailable, of: Children) -> Formula:
    del method
    return Formula(f"INDEX({of.values},MATCH(1,IF({of.counted},1,0),0))", array=True)


def _variance(of: Children, *, sample: bool = False) -> str:
    """Return the variance of the values around their weighted mean."""
    variance = _mean(of, f"({of.values}-{of.weighted}/{of.total})^2")
    if not sample:
        return variance
    free = f"(1-SUM(IF({of.counted},({of.weights}/{of.total})^2,0)))"
    return f"IF({free}>1E-12,({variance})/{free},0)"


def _mazziotta_pareto(method: MazziottaPareto, of: Children) -> Formula:
    mean, sign = f"{of.weighted}/{of.total}", "-" if method.penalty == "minus" else "+"
    spread = _variance(of, sample=method.deviation_of == "sample")
    return Formula(f"IF({mean}>0,{mean}{sign}({spread})/({mean}),NA())", array=True)


def _penalised_mean(method: PenalisedMean, of: Children) -> Formula:
    deviation = f"SQRT({_variance(of)})"
    return Formula(f"{of.weighted}/{of.total}-{number(method.strength)}*{deviation}", array=True)


def _mean_min(method: MeanMin, of: Children) -> Formula:
    mean, beta = f"{of.weighted}/{of.total}", number(method.beta)
    lowest = f'MIN(IF({of.counted},{of.values},""))'
    distance = f"SQRT(({mean}-{lowest})^2+{beta}^2)-{beta}"
    return _of_any(of, f"{mean}-{number(method.alpha)}*({distance})")


def _difference(method: Difference, of: Children) -> Formula:
    del method
    first, rest = of.part(0, 1), of.part(1, of.count)
    text = f"IF(AND({first.total}>0,{rest.total}>0),{first.weighted}-{rest.weighted},NA())"
    return Formula(text)


def _ratio(method: Ratio, of: Children) -> Formula:
    del method
    first, second = of.part(0, 1), of.part(1, 2)
    quotient = f"SUM({first.values})/SUM({second.values})"
    return Formula(f"IF(AND({first.total}>0,{second.total}>0),{quotient},NA())")


WRITERS: dict[type[Aggregation], Writer] = {
    AdjustedMazziottaPareto: _mazziotta_pareto,
    Arithmetic: _arithmetic,
    Difference: _difference,
    FirstAvailable: _first_available,
    Generalised: _generalised,
    Geometric: _geometric,
    Harmonic: _harmonic,
    Maximum: _extreme("MAX"),
    MazziottaPareto: _mazziotta_pareto,
    MeanMin: _mean_min,
    MedianOfChildren: _median,
    Minimum: _extreme("MIN"),
    PenalisedMean: _penalised_mean,
    Product: _product,
    Ratio: _ratio,
    ScaledGeometric: _scaled_geometric,
    Sum: _sum,
}
"""By class, and by this class alone: what derives from one may compute otherwise."""
