"""The definition of an index: what it is, before any data.

Frozen pydantic models, read from YAML or an Excel workbook by
``definition.read`` and written back by ``definition.write``.  The field names
are the keys of the file; unknown keys are errors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

import rankscope.methods  # noqa: F401 - registers the methods that a file may name
from rankscope._domains import LARGEST, Between
from rankscope._registry import Method, build, describe, method_schema
from rankscope.methods.aggregation import Aggregation, Arithmetic
from rankscope.methods.imputation import Imputation, NoImputation
from rankscope.methods.normalisation import MinMax, Normalisation
from rankscope.methods.steps import Step
from rankscope.methods.treatment import Log, NoTreatment, Treatment

CODE_PATTERN = r"^[A-Za-z][A-Za-z0-9_.\-]{0,63}$"
LINE_PATTERN = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*$"
TEXT_PATTERN = r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]*$"
LINK_PATTERN = r"^https?://\S+$"


def _read_text(value: Any) -> Any:
    """Read an empty value as empty text, and all line ends as line feeds."""
    if value is None:
        return ""
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=20_000, pattern=TEXT_PATTERN),
    BeforeValidator(_read_text),
]
Line = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=400, pattern=LINE_PATTERN),
]
Cell = Annotated[str, StringConstraints(max_length=400, pattern=LINE_PATTERN)]
Link = Annotated[str, StringConstraints(pattern=LINK_PATTERN, max_length=2_000)]

Kind = Literal["count", "amount", "ratio", "share", "interval", "maximum", "rank", "dummy"]
VariableKind = Literal[Kind, "group"]
EXTENSIVE: frozenset[str] = frozenset({"count", "amount"})
"""Kinds that grow with the size of a unit: divided by a denominator they are intensities."""
RELATIVE: frozenset[str] = frozenset({"ratio", "share"})
"""Kinds that are relative already: times the denominator they name, they are totals."""


def _from_registry(stage: str) -> BeforeValidator:
    """Turn what a file says for a stage into the method object, all faults in one error."""

    def read(value: Any) -> Any:
        if isinstance(value, Method):
            return value
        method, faults = build(stage, value)
        if method is None:
            raise PydanticCustomError(
                "method", "{text}", {"text": " ".join(f.sentence for f in faults), "faults": faults}
            )
        return method

    return BeforeValidator(read)


def _read_fraction(value: Any) -> Any:
    try:
        return Between().read(value)
    except (TypeError, ValueError):
        return value  # pydantic words the error


def _refuse_extremes(value: float) -> float:
    if abs(value) > LARGEST:
        raise PydanticCustomError("number_too_large", "is too large")
    return value


Number = Annotated[
    float,
    BeforeValidator(_read_fraction),
    AfterValidator(_refuse_extremes),
    Field(allow_inf_nan=False),
]
Share = Annotated[Number, Field(ge=0, le=1)]
Weight = Annotated[Number, Field(ge=0)]

_written = PlainSerializer(describe, return_type=dict)
TreatmentField = Annotated[
    Treatment, _from_registry("treatment"), _written, WithJsonSchema(method_schema("treatment"))
]
NormalisationField = Annotated[
    Normalisation,
    _from_registry("normalisation"),
    _written,
    WithJsonSchema(method_schema("normalisation")),
]
ImputationField = Annotated[
    Imputation, _from_registry("imputation"), _written, WithJsonSchema(method_schema("imputation"))
]
AggregationField = Annotated[
    Aggregation,
    _from_registry("aggregation"),
    _written,
    WithJsonSchema(method_schema("aggregation")),
]
StepField = Annotated[Step, _from_registry("step"), _written, WithJsonSchema(method_schema("step"))]


class Model(BaseModel):
    """Base of all parts of a definition: frozen, and strict about its keys."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, use_attribute_docstrings=True
    )


class Availability(Model):
    """How much must be present: a share of the weight or of the number of children."""

    by: Literal["weight", "count"] = "weight"
    """Whether the share is of weights or of numbers."""
    at_least: Share = 2 / 3
    """The smallest share that is enough, itself included."""


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
    children: tuple[Node, ...] = ()
    """The nodes it is made of; none for an indicator."""
    aggregation: AggregationField | None = None
    """How the children are combined, where it differs from the method."""
    min_available: Availability | None = None
    """How many children must be present, where it differs from the method."""
    steps: tuple[StepField, ...] = ()
    """What happens to the score after the children are combined."""

    kind: Kind | None = None
    """What sort of quantity an indicator is."""
    unit: Text = ""
    """What an indicator is measured in."""
    polarity: Annotated[int, Field(ge=-1, le=1, json_schema_extra={"enum": [-1, 1]})] = 1
    """+1 where more is better, -1 where less is."""
    denominator: Code | None = None
    """The variable that a count or amount is divided by, or that a ratio was divided by."""
    per: Annotated[Number, Field(gt=0)] = 1.0
    """How many units of the denominator, as shown: per 1,000 inhabitants."""
    decimals: Annotated[int, Field(ge=0, le=12)] | None = None
    """Decimals of a value when shown."""
    goalposts: tuple[Number, Number] | None = None
    """Fixed ends of the scale, lower one first, in the indicator's own units."""
    absent_is_zero: bool = False
    """The source is a complete census: a unit it does not name has none."""
    composite: bool = False
    """The indicator is itself a composite of others."""
    source: Code | None = None
    """The source of the values."""
    year: Text = ""
    """The year or years that the values refer to."""
    imputation: ImputationField | None = None
    """Imputation of this indicator, where it differs from the method."""
    treatment: TreatmentField | None = None
    """Treatment of this indicator, where it differs from the method."""
    normalisation: NormalisationField | None = None
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


class MethodSpec(Model):
    """The stages, each with the method that holds unless an indicator says otherwise."""

    screening: Availability = Availability(by="weight", at_least=0.0)
    """How much data a unit must have to be ranked."""
    min_available: Availability = Availability()
    """How much of a node's children must be present for it to have a score."""
    imputation: ImputationField = NoImputation()
    """How gaps are filled."""
    treatment: TreatmentField = NoTreatment()
    """How outliers and skew are treated."""
    normalisation: NormalisationField = MinMax()
    """How indicators come onto one scale."""
    weights: Literal["given", "equal"] = "given"
    """Whether weights are those of the framework or equal among siblings."""
    aggregation: AggregationField = Arithmetic()
    """How children are combined."""


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
