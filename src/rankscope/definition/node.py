"""A node of the framework, and what every part of a definition has in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from rankscope.definition.fields import (
    EXTENSIVE,
    RELATIVE,
    AggregationOverride,
    Code,
    ImputationOverride,
    Kind,
    Line,
    NormalisationOverride,
    Number,
    Polarity,
    Share,
    StepField,
    Text,
    TreatmentOverride,
    Weight,
    WeightingField,
    Weights,
)


class Model(BaseModel):
    """Base of all parts of a definition: frozen, and strict about its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Availability(Model):
    """How much must be present: a share of the weight or of the number of children."""

    by: Literal["weight", "count", "indicators"] = "weight"
    """Whether the share is of weights, of the number of children, or of indicators below."""
    at_least: Share = 2 / 3
    """The smallest share that is enough, itself included."""
    number: Annotated[int, Field(ge=1)] | None = None
    """The smallest number that is enough, in place of a share."""


class Node(Model):
    """A node of the framework: an aggregate with children, or an indicator without."""

    code: Code
    """A short name without spaces, unique in the framework."""
    name: Line
    """What it is called in print."""
    description: Text = ""
    """What it measures."""
    rationale: Text = ""
    """Why it is there, or why its weight is what it is."""
    weight: Weight = 1.0
    """Weight relative to its siblings."""
    period_weights: Weights = ()
    """Weights in periods where they differ from ``weight``."""
    weights_by: Line | None = None
    """The grouping of units in whose groups weights differ, such as stages of development."""
    group_weights: Weights = ()
    """Weights in groups of ``weights_by`` where they differ from ``weight``."""
    required: bool = False
    """Whether the node above has no score where this one has none."""
    polarity: Polarity = 1
    """+1 where more is better, -1 where less is; an aggregate of -1 is mirrored on its scale."""
    children: tuple[Node, ...] = ()
    """The nodes it is made of; none for an indicator."""
    weighting: WeightingField | None = None
    """How the children get their weights, where it differs from the method."""
    aggregation: AggregationOverride | None = None
    """How the children are combined, where it differs from the method."""
    min_available: Availability | None = None
    """How many children must be present, where it differs from the method."""
    steps: tuple[StepField, ...] | None = None
    """What happens to the score at last, where it differs from the method; [] for nothing."""

    column: Line | None = None
    """The column of the table, where it is not called as the code."""

    kind: Kind | None = None
    """What sort of quantity an indicator is."""
    unit: Text = ""
    """What an indicator is measured in."""
    denominator: Code | None = None
    """The variable that a count or amount is divided by, or that a ratio was divided by."""
    per: Annotated[Number, Field(gt=0)] = 1.0
    """How many units of the denominator, as shown: per 1,000 inhabitants."""
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    """Decimals of a value when shown."""
    goalposts: tuple[Number, Number] | None = None
    """Fixed ends of the scale, lower one first, in the indicator's own units in any polarity."""
    target: Number | None = None
    """A value to be reached, in the indicator's own units in any polarity."""
    absent_is_zero: bool = False
    """The source is a complete census: a unit it does not name has none."""
    exposed_to: tuple[Code, ...] = ()
    """What an indicator depends on from abroad, such as imported_hardware."""
    composite: bool = False
    """The indicator is itself a composite of others."""
    source: Code | None = None
    """The source of the values."""
    year: Text = ""
    """The year or years that the values refer to."""
    imputation: ImputationOverride | None = None
    """Imputation of this indicator, where it differs from the method."""
    treatment: TreatmentOverride | None = None
    """Treatment of this indicator, where it differs from the method."""
    normalisation: NormalisationOverride | None = None
    """Normalisation of this indicator, where it differs from the method."""

    @property
    def is_indicator(self) -> bool:
        """Whether the node is a leaf with data."""
        return not self.children

    @property
    def has_two_sides(self) -> bool:
        """Whether scale and intensity see the indicator differently, where an index has views."""
        named = self.kind in RELATIVE and self.denominator is not None
        return named or self.kind in EXTENSIVE

    def walk(self) -> Iterator[Node]:
        """Yield the node and all below it, parents before children."""
        yield self
        for child in self.children:
            yield from child.walk()

    def indicators(self) -> tuple[Node, ...]:
        """Return the leaves in the order of the file."""
        return tuple(node for node in self.walk() if node.is_indicator)
