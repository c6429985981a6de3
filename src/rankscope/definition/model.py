"""The definition of an index: what it is, before any data.

Frozen pydantic models, read from YAML or an Excel workbook by
``definition.read`` and written back by ``definition.write``.  The field names
are the keys of the file; unknown keys are errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rankscope.definition.fields import (
    EXTENSIVE,
    RELATIVE,
    AggregationField,
    AggregationOverride,
    Cell,
    Code,
    ImputationField,
    ImputationOverride,
    Kind,
    Line,
    Link,
    NormalisationField,
    NormalisationOverride,
    Number,
    Share,
    StepField,
    Text,
    TreatmentField,
    TreatmentOverride,
    VariableKind,
    Weight,
    WeightingField,
    Weights,
)
from rankscope.definition.merge import PRESETS, merged, with_preset
from rankscope.methods.aggregation import Arithmetic
from rankscope.methods.imputation import NoImputation
from rankscope.methods.normalisation import MinMax
from rankscope.methods.treatment import Log, NoTreatment
from rankscope.methods.weighting import Given


class Model(BaseModel):
    """Base of all parts of a definition: frozen, and strict about its keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True
    )


class Availability(Model):
    """How much must be present: a share of the weight or of the number of children."""

    by: Literal["weight", "count", "indicators"] = "weight"
    """Whether the share is of weights, of the number of children, or of indicators below."""
    at_least: Share = 2 / 3
    """The smallest share that is enough, itself included."""


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


class UnitsSpec(Model):
    """Which units are ranked, and how their names are read."""

    register_: Literal["iso3166", "own"] = Field("iso3166", alias="register")
    """The register of countries, or the file's own units."""
    include: tuple[Line, ...] = ()
    """Units to keep, by code; empty keeps all."""
    exclude: tuple[Line, ...] = ()
    """Units to leave out, by code."""


class DataSpec(Model):
    """Where the data are and how the file writes them."""

    file: Line
    """Path of the table, relative to the definition file."""
    facts: Line | None = None
    """Path of a table of statements about units that are shown and not scored."""
    layout: Literal["long", "wide"] = "wide"
    """Long: one row a value; wide: one row a unit, one column an indicator."""
    unit_column: Line = "unit"
    """The column that holds the unit's code or name."""
    name_column: Line | None = None
    """The column that holds the unit's name, where units are the file's own."""
    period_column: Line | None = None
    """The column of periods, such as years, where the table is a panel."""
    periods: tuple[Line, ...] = ()
    """The periods to keep; empty keeps all."""
    missing: tuple[Cell, ...] = ("",)
    """Texts that stand for a missing value, such as `..`."""
    censored: tuple[Cell, ...] = ()
    """Texts that stand for a value too small to be published, such as `<5`; read as missing."""
    delimiter: Literal[",", ";", "tab", "|"] = ","
    """What separates the cells of a row."""
    decimal: Literal[".", ","] = "."
    """The decimal mark."""
    encoding: Line = "utf-8"
    """The encoding of the text."""


class Source(Model):
    """A publication that values come from."""

    code: Code
    """The name that indicators refer to."""
    publisher: Line
    """Who published it."""
    title: Line
    """What it is called."""
    address: Link | None = None
    """Where it is."""
    licence: Line = "unknown"
    """Under which terms it may be used."""
    note: Text = ""
    """What a user of the data must know."""


class Variable(Model):
    """A column that is no indicator: a denominator or a grouping."""

    code: Code
    """The column's name."""
    name: Line
    """What it is called in print."""
    kind: VariableKind = "amount"
    """What sort of quantity it is; a group holds names."""
    unit: Text = ""
    """What it is measured in."""
    source: Code | None = None
    """The source of its values."""
    column: Line | None = None
    """The column of the table, where it is not called as the code."""


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
    polarity: Annotated[int, Field(ge=-1, le=1, json_schema_extra={"enum": [-1, 1]})] = 1
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
    """Fixed ends of the scale, lower one first, in the indicator's own units."""
    target: Number | None = None
    """A value to be reached, in the indicator's own units."""
    absent_is_zero: bool = False
    """The source is a complete census: a unit it does not name has none."""
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


class Threshold(Model):
    """A smallest value of a variable."""

    variable: Code
    """The variable."""
    at_least: Number
    """The smallest value that is enough."""


class Views(Model):
    """Scale and intensity: how much there is, and how much relative to size.

    Each count and each amount enters twice, on a logarithmic scale and divided by
    its denominator.  So does each ratio and share that names its denominator: as
    the total it implies, on a logarithmic scale, and as published.  The headline
    mixes both sides with these weights, and each view alone gives the other side
    weight zero.  All else enters both views unchanged.
    """

    scale: Weight = 1.0
    """Weight of the absolute side in the headline."""
    intensity: Weight = 1.0
    """Weight of the relative side in the headline."""
    scale_treatment: TreatmentField = Log()
    """How counts and amounts are treated on the absolute side."""
    rank_intensity_from: Threshold | None = None
    """Units below are shown but not ranked in intensity."""


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


class MethodSpec(Model):
    """The stages, each with the method that holds unless an indicator says otherwise.

    ``preset`` names a set of methods for what is not given; it is filled in when read.
    """

    model_config = ConfigDict(json_schema_extra={"properties": {"preset": {"enum": [*PRESETS]}}})

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


class WeightSet(Model):
    """Other weights under a name; nodes that are not named keep theirs."""

    name: Code
    """The name that ``method.weights`` and variants refer to."""
    weights: Weights
    """Weights by the codes of nodes."""
    note: Text = ""
    """Whose weights they are."""


class Printed(Model):
    """A column of a published table, and what of the index it shows."""

    column: Line
    """The column of the table."""
    node: Code | None = None
    """The node it is about; the whole index where none is named."""
    of: Literal["score", "rank"] = "score"
    """Whether it holds scores or ranks."""
    steps: tuple[StepField, ...] = ()
    """What was done to the score for print alone, such as a percentile rank."""
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    """Decimals as printed; read off the table where they are not given."""
    error: Annotated[Number, Field(ge=0)] = 0.0
    """How far off the score may be because its components are printed too coarsely."""


class Published(Model):
    """The publisher's own results, to compare with."""

    file: Line | None = None
    """Path of the table, relative to the definition file."""
    unit_column: Line | None = None
    """The column of units, where it differs from that of the data."""
    missing: tuple[Cell, ...] = ("",)
    """Texts that stand for a missing value."""
    columns: tuple[Printed, ...] = ()
    """What its columns show; without any, columns are found by the codes of nodes."""


class NodeChange(Model):
    """What a variant changes at one node."""

    code: Code
    """The node."""
    weight: Weight | None = None
    """Its weight relative to its siblings."""
    polarity: Annotated[int, Field(ge=-1, le=1, json_schema_extra={"enum": [-1, 1]})] | None = None
    """Its polarity."""
    weighting: WeightingField | None = None
    """How its children get their weights."""
    aggregation: AggregationOverride | None = None
    """How its children are combined."""
    min_available: Availability | None = None
    """How many children must be present."""
    steps: tuple[StepField, ...] | None = None
    """What happens to its score at last."""
    goalposts: tuple[Number, Number] | None = None
    """Fixed ends of its scale."""
    target: Number | None = None
    """A value to be reached."""
    imputation: ImputationOverride | None = None
    """Its imputation."""
    treatment: TreatmentOverride | None = None
    """Its treatment."""
    normalisation: NormalisationOverride | None = None
    """Its normalisation."""


class MethodChange(Model):
    """What a variant changes in the method."""

    screening: Screening | None = None
    """How much data a unit must have."""
    min_available: Availability | None = None
    """How much of a node's children must be present."""
    imputation: ImputationOverride | None = None
    """How gaps are filled."""
    treatment: TreatmentOverride | None = None
    """How outliers are treated."""
    normalisation: NormalisationOverride | None = None
    """How indicators come onto one scale."""
    scales: Literal["pooled", "per_period"] | None = None
    """Whether scales are pooled over periods."""
    weights: WeightingField | None = None
    """How children get their weights."""
    aggregation: AggregationOverride | None = None
    """How children are combined."""
    aggregation_by_level: tuple[AggregationField, ...] | None = None
    """How children are combined at each level."""
    indicator_steps: tuple[StepField, ...] | None = None
    """What happens to each indicator after normalisation."""
    aggregate_steps: tuple[StepField, ...] | None = None
    """What happens to each aggregate."""
    ranking: Ranking | None = None
    """How scores become ranks."""


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


class IndexDefinition(Model):
    """A whole index: its identity, framework, data description and method."""

    rankscope: Literal["1"] = "1"
    """The version of this file format."""
    name: Code
    """A short name without spaces."""
    title: Line
    """What the index is called in print."""
    edition: Line = "1"
    """Which edition this is, such as a year."""
    publisher: Text = ""
    """Who publishes the index."""
    licence: Text = ""
    """Under which terms it may be used."""
    description: Text = ""
    """What the index is about."""
    units: UnitsSpec = UnitsSpec()
    """Which units are ranked."""
    data: DataSpec
    """Where the data are."""
    sources: tuple[Source, ...] = ()
    """The publications that values come from."""
    context: tuple[Variable, ...] = ()
    """Variables that are no indicators."""
    framework: Node
    """The tree of aggregates and indicators."""
    views: Views | None = None
    """Scale and intensity, where the index has both."""
    method: MethodSpec = MethodSpec()
    """The stages and their methods."""
    weight_sets: tuple[WeightSet, ...] = ()
    """Other weights, each set under a name."""
    variants: tuple[Variant, ...] = ()
    """Versions of the index that are built beside it and compared."""
    published: Published | None = None
    """The publisher's own results, where the index has been published."""

    @model_validator(mode="before")
    @classmethod
    def _merge_overrides(cls, given: Any) -> Any:
        """Merge what an indicator or a variant says of a method with the method's parameters."""
        return merged(given)

    def indicators(self) -> tuple[Node, ...]:
        """Return the indicators in the order of the framework."""
        return self.framework.indicators()

    def source(self, code: str | None) -> Source | None:
        """Return the source of that code, or None."""
        return next((source for source in self.sources if source.code == code), None)

    def variable(self, code: str | None) -> Variable | None:
        """Return the context variable of that code, or None."""
        return next((one for one in self.context if one.code == code), None)

    def variable_name(self, code: str) -> str:
        """Return what a context variable is called inside a sentence; its code where none is."""
        variable = self.variable(code)
        return variable.name.lower() if variable else code
