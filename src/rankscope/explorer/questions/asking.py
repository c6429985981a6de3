"""The form of a question and of its answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from rankscope.errors import RankscopeError
from rankscope.explorer.saved import with_weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rankscope.catalogue.open import Index
    from rankscope.pipeline.result import Result

Code: TypeAlias = Annotated[str, Field(max_length=200)]
Weight: TypeAlias = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]

MOST_WEIGHTS = 20_000


class Asked(BaseModel):
    """What every question may bring: the view, and the weights that differ from the published."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    view: Code = "headline"
    weights: Annotated[dict[Code, Weight], Field(max_length=MOST_WEIGHTS)] = {}


@dataclass(frozen=True, slots=True)
class Question:
    """A question by name: the form of what is asked, and the stream of its answers.

    ``answers`` yields objects for JSON, each a whole answer that is better than the last; one
    may carry ``progress`` between 0 and 1.
    """

    name: str
    form: type[Asked]
    answers: Callable[[Index, Any], Iterator[dict[str, Any]]]


def reweighted(index: Index, asked: Asked) -> Index:
    """Return the index with the weights that are asked for.

    Raises
    ------
    RankscopeError
        When a weight is for a node that the index does not have.
    """
    if not asked.weights:
        return index
    known = {node.code for node in index.definition.framework.walk()}
    unknown = sorted(set(asked.weights) - known)
    if unknown:
        raise RankscopeError(f"The index has no node {unknown[0]}.")
    return replace(index, definition=with_weights(index.definition, asked.weights))


def built(index: Index, asked: Asked) -> tuple[Result, Result | None]:
    """Return the result with the weights that are asked for; of a panel its last period.

    The second is the whole panel, None where there is none.
    """
    whole = reweighted(index, asked).build()
    return (whole.of_period(), whole) if whole.periods else (whole, None)
