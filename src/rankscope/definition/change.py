"""What a definition may change of itself: weight sets, and variants built beside it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import PlainSerializer, model_validator

from rankscope.definition.fields import (
    AggregationChange,
    AggregationField,
    AggregationOverride,
    Code,
    ImputationChange,
    ImputationOverride,
    Line,
    NormalisationChange,
    NormalisationOverride,
    Number,
    Polarity,
    StepField,
    Text,
    TreatmentChange,
    TreatmentOverride,
    Weight,
    WeightingField,
    WeightingOverride,
    Weights,
)
from rankscope.definition.merge import with_preset
from rankscope.definition.method import Ranking, Screening
from rankscope.definition.node import Availability, Model


def _dump_whole(part: Model | None) -> dict[str, Any] | None:
    """Write a part with all its keys, whatever is in force where it will be read."""
    return None if part is None else part.model_dump()


_whole = PlainSerializer(_dump_whole)


class WeightSet(Model):
    """Other weights under a name; nodes that are not named keep theirs."""

    name: Code
    """The name that ``method.weights`` and variants refer to."""
    weights: Weights
    """Weights by the codes of nodes."""
    note: Text = ""
    """Whose weights they are."""


class NodeChange(Model):
    """What a variant changes at one node."""

    code: Code
    """The node."""
    weight: Weight | None = None
    """Its weight relative to its siblings."""
    polarity: Polarity | None = None
    """Its polarity."""
    weighting: WeightingField | None = None
    """How its children get their weights."""
    aggregation: AggregationChange | None = None
    """How its children are combined."""
    min_available: Annotated[Availability | None, _whole] = None
    """How many children must be present."""
    steps: tuple[StepField, ...] | None = None
    """What happens to its score at last."""
    goalposts: tuple[Number, Number] | None = None
    """Fixed ends of its scale."""
    target: Number | None = None
    """A value to be reached."""
    imputation: ImputationChange | None = None
    """Its imputation."""
    treatment: TreatmentChange | None = None
    """Its treatment."""
    normalisation: NormalisationChange | None = None
    """Its normalisation."""


class MethodChange(Model):
    """What a variant changes in the method; ``preset`` names a set of methods at once."""

    screening: Annotated[Screening | None, _whole] = None
    """How much data a unit must have."""
    min_available: Annotated[Availability | None, _whole] = None
    """How much of a node's children must be present."""
    imputation: ImputationOverride | None = None
    """How gaps are filled."""
    treatment: TreatmentOverride | None = None
    """How outliers are treated."""
    normalisation: NormalisationOverride | None = None
    """How indicators come onto one scale."""
    scales: Literal["pooled", "per_period"] | None = None
    """Whether scales are pooled over periods."""
    base_periods: tuple[Line, ...] | None = None
    """The periods that scales are learnt from."""
    base_units: tuple[Line, ...] | None = None
    """The units that scales are learnt from."""
    weights: WeightingOverride | None = None
    """How children get their weights."""
    aggregation: AggregationOverride | None = None
    """How children are combined."""
    aggregation_by_level: tuple[AggregationField, ...] | None = None
    """How children are combined at each level."""
    indicator_steps: tuple[StepField, ...] | None = None
    """What happens to each indicator after normalisation."""
    aggregate_steps: tuple[StepField, ...] | None = None
    """What happens to each aggregate."""
    ranking: Annotated[Ranking | None, _whole] = None
    """How scores become ranks."""

    @model_validator(mode="before")
    @classmethod
    def _take_preset(cls, given: Any) -> Any:
        """Take what is not given from a ``preset``; ``method: coinr`` names it alone."""
        return with_preset(given)


class Variant(Model):
    """A version of the index under its own name: what it changes, and nothing else."""

    name: Code
    """A short name without spaces."""
    title: Line | None = None
    """What it is called in print."""
    note: Text = ""
    """Why it is there."""
    method: MethodChange = MethodChange()
    """What changes in the method."""
    weights: Weights = ()
    """Weights by the codes of nodes."""
    drop: tuple[Code, ...] = ()
    """Nodes that are left out, with all below them."""
    nodes: tuple[NodeChange, ...] = ()
    """What changes at single nodes."""
    exclude: tuple[Line, ...] = ()
    """Units that are left out, by code."""
    periods: tuple[Line, ...] = ()
    """The periods to keep; empty keeps those of the index."""
