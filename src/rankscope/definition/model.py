"""The definition of an index: what it is, before any data.

Frozen pydantic models, read from YAML or an Excel workbook by
``definition.read`` and written back by ``definition.write``.  The field names
are the keys of the file; unknown keys are errors.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from rankscope.definition.assumptions import Assumptions, MeasurementError
from rankscope.definition.change import MethodChange, NodeChange, Variant, WeightSet
from rankscope.definition.fields import (
    Cell,
    Code,
    Codes,
    Line,
    Link,
    Number,
    StepField,
    Text,
    TreatmentField,
    VariableKind,
    Weight,
)
from rankscope.definition.merge import merged
from rankscope.definition.method import MethodSpec, Ranking, Screening
from rankscope.definition.node import Availability, Model, Node
from rankscope.definition.scenario import Scenario, TiesSpec
from rankscope.methods.treatment import Log

__all__ = [
    "Assumptions",
    "Availability",
    "DataSpec",
    "IndexDefinition",
    "MeasurementError",
    "MethodChange",
    "MethodSpec",
    "Model",
    "Node",
    "NodeChange",
    "Printed",
    "Published",
    "Ranking",
    "Scenario",
    "Screening",
    "Source",
    "Threshold",
    "TiesSpec",
    "UnitsSpec",
    "Variable",
    "Variant",
    "Views",
    "WeightSet",
]


class UnitsSpec(Model):
    """Which units are ranked, and how their names are read."""

    register_: Literal["iso3166", "own"] = Field("iso3166", alias="register")
    """The register of countries, or the file's own units."""
    include: tuple[Line, ...] = ()
    """Units to keep, by code; empty keeps all."""
    exclude: tuple[Line, ...] = ()
    """Units to leave out, by code."""
    unranked: tuple[Line, ...] = ()
    """Units that have scores and no rank, and from which no scale is learnt, such as averages."""


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
    recode: Codes = ()
    """Numbers that texts stand for, such as `Yes: 1`; a censored text with one is imputed."""
    signs: tuple[Cell, ...] = ()
    """Signs around numbers that are passed over, such as `%`."""
    thousands: Literal["none", ",", ".", "space", "'"] = "none"
    """What stands between the thousands of a number."""
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
    scale_treatment: TreatmentField = Log(offset="smallest")
    """How counts and amounts are treated on the absolute side."""
    rank_intensity_from: Threshold | None = None
    """Units below are shown but not ranked in intensity."""


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
    assumptions: Assumptions | None = None
    """What could defensibly be otherwise; unless given, weights may be off by a quarter."""
    ties: tuple[TiesSpec, ...] = ()
    """Tables of what pairs of units did together."""
    scenarios: tuple[Scenario, ...] = ()
    """Changes of the data whose effect can be looked at."""
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
