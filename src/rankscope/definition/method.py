"""The method of an index: its stages, who is screened in, and how scores become ranks."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from rankscope.definition.fields import (
    AggregationField,
    ImputationField,
    Line,
    NormalisationField,
    Share,
    StepField,
    TreatmentField,
    WeightingField,
)
from rankscope.definition.merge import with_preset
from rankscope.definition.node import Availability, Model
from rankscope.methods.aggregation import Arithmetic
from rankscope.methods.imputation import NoImputation
from rankscope.methods.normalisation import MinMax
from rankscope.methods.treatment import NoTreatment
from rankscope.methods.weighting import Given


class Screening(Model):
    """Which units and which indicators have data enough to take part."""

    by: Literal["weight", "count"] = "weight"
    """Whether a unit's share of data is of weights or of the number of indicators."""
    at_least: Share = 0.0
    """The smallest share of data that a ranked unit has, itself included."""
    nonzero_at_least: Share = 0.0
    """The smallest share of values other than zero that a ranked unit has."""
    keep: tuple[Line, ...] = ()
    """Units that are ranked however little data they have."""
    drop: tuple[Line, ...] = ()
    """Units that are not ranked however much data they have."""
    indicators_at_least: Share = 0.0
    """The smallest share of units with a value that an indicator in use has."""


class Ranking(Model):
    """How scores become ranks, at every node."""

    best: Literal["highest", "lowest"] = "highest"
    """Which score has rank 1."""
    ties: Literal["best", "worst", "dense", "order"] = "best"
    """Tied units share the best or the worst of their places, or leave none out, or none tie."""
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    """Decimals to which scores are rounded before they are ranked, half up."""
    tolerance: Share = 1e-9
    """The largest gap between tied scores, as a share of their range."""
    within: Line | None = None
    """A grouping in each group of which units are ranked among themselves."""


class MethodSpec(Model):
    """The stages, each with the method that holds unless an indicator says otherwise.

    ``preset`` names a set of methods for what is not given; it is filled in when read.
    """

    screening: Screening = Screening()
    """How much data a unit must have to be ranked, and an indicator to be used."""
    min_available: Availability = Availability()
    """How much of a node's children must be present for it to have a score."""
    imputation: ImputationField = NoImputation()
    """How gaps are filled."""
    treatment: TreatmentField = NoTreatment()
    """How outliers and skew are treated."""
    normalisation: NormalisationField = MinMax()
    """How indicators come onto one scale."""
    scales: Literal["pooled", "per_period"] = "pooled"
    """Whether scales are learnt from all periods of a panel together, or in each by itself."""
    base_periods: tuple[Line, ...] = ()
    """The periods that scales are learnt from; empty takes all."""
    base_units: tuple[Line, ...] = ()
    """The units that scales are learnt from, ranked or not; empty takes those ranked."""
    weights: WeightingField = Given()
    """How the children of a node get their weights."""
    aggregation: AggregationField = Arithmetic()
    """How children are combined."""
    aggregation_by_level: tuple[AggregationField, ...] = ()
    """How children are combined at the root, at the level below it, and so on."""
    indicator_steps: tuple[StepField, ...] = ()
    """What happens to each indicator after normalisation."""
    aggregate_steps: tuple[StepField, ...] = ()
    """What happens to each aggregate after its children are combined."""
    ranking: Ranking = Ranking()
    """How scores become ranks."""

    @model_validator(mode="before")
    @classmethod
    def _take_preset(cls, given: Any) -> Any:
        """Take what is not given from a ``preset``; ``method: coinr`` names it alone."""
        return with_preset(given)
