"""Which methods go together: choices that exclude each other become one factor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.uncertainty.factors import METHODS, Factor, Option, chosen
from rankscope.errors import BindError, MethodError
from rankscope.findings import warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rankscope.analyses.uncertainty.design import Design
    from rankscope.findings import Finding
    from rankscope.shapes import Mask

MOST = 1024
"""How many combinations of methods are built at most."""

MOST_TABLES = 8192
"""How many combinations of methods with a drawn table are built at most."""


def that_go_together(
    design: Design, factors: tuple[Factor, ...], tables: int
) -> tuple[tuple[Factor, ...], tuple[Finding, ...]]:
    """Return factors of which all choices go together, and what had to be left out.

    Each combination is built, with the first of the drawn ``tables`` where there are any.

    Raises
    ------
    BindError
        When no combination can be built, or there are too many.
    """
    shape = [len(factor.options) for factor in factors]
    _refuse_many(float(np.prod(shape, dtype=float)), tables)
    refused = np.full(shape, "", dtype=object)
    for place in np.ndindex(*shape):
        methods, _ = chosen(_options(factors, place))
        try:
            design.realise(methods, 0 if tables else None)
        except (BindError, MethodError) as problem:
            refused[place] = str(problem)
    allowed = np.array(refused == "", dtype=bool)
    if allowed.all():
        return factors, ()
    if not allowed.any():
        reason = str(refused.flat[0]).splitlines()[0]
        raise BindError(f"No combination of the assumed methods can be built. {reason}")
    return merged(factors, allowed), _refused(factors, refused)


def merged(factors: tuple[Factor, ...], allowed: Mask) -> tuple[Factor, ...]:
    """Return the factors that exclude choices of each other as one, the others as they are.

    ``allowed`` has an axis for each factor and says which combinations can be built.
    """
    tied = [n for n in range(len(factors)) if (allowed != allowed.take([0], axis=n)).any()]
    free = [factor for n, factor in enumerate(factors) if n not in tied]
    corner = allowed[tuple(slice(None) if n in tied else 0 for n in range(len(factors)))]
    options = []
    for place in np.argwhere(corner):
        together = _options([factors[n] for n in tied], place)
        words = " + ".join(one.label for one in together)
        options.append(Option(words, chosen(together)[0]))
    return (Factor(METHODS, tuple(options)), *free)


def _refuse_many(ways: float, tables: int) -> None:
    """Refuse more combinations than can be built in a reasonable time."""
    mend = "Name fewer choices"
    if ways > MOST:
        said = f"The assumptions combine methods in {ways:,.0f} ways."
        raise BindError(f"{said} {mend}: at most {MOST:,} combinations are built.")
    if ways * tables > MOST_TABLES:
        said = f"The assumptions combine methods in {ways:,.0f} ways with {tables:,} drawn tables."
        mend = f"{mend} or `tables`: at most {MOST_TABLES:,} combinations are built."
        raise BindError(f"{said} {mend}")


def _refused(factors: tuple[Factor, ...], refused: np.ndarray) -> tuple[Finding, ...]:
    """Say which combinations of methods are left out, and why the first is."""
    places = [place for place in np.ndindex(*refused.shape) if refused[place]]
    words = [" + ".join(one.label for one in _options(factors, place)) for place in places]
    shown = join_words(words[:4], "and") + (f" and {len(words) - 4} more" if words[4:] else "")
    reason = str(refused[places[0]]).splitlines()[0]
    sentence = f"Of {refused.size} combinations of methods {len(words)} can not be built: {shown}."
    remedy = f"They are left out. The first can not because: {reason}"
    return (warning("assumptions-exclude", "assumptions", sentence, remedy),)


def _options(factors: Sequence[Factor], places: Iterable[int]) -> list[Option]:
    """Return the options that stand at some places."""
    return [factor.options[at] for factor, at in zip(factors, places, strict=True)]
