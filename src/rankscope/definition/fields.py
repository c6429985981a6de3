"""The types of a definition's fields: texts, numbers and methods, as a file may write them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    SerializationInfo,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

import rankscope.methods  # noqa: F401 - registers the methods that a file may name
from rankscope._domains import LARGEST, Between, portion
from rankscope._registry import Method, build, describe
from rankscope.definition.synonyms import reworded
from rankscope.methods.admissible import Admissible
from rankscope.methods.aggregation import Aggregation
from rankscope.methods.base import Stage
from rankscope.methods.change import Change
from rankscope.methods.imputation import Imputation
from rankscope.methods.normalisation import Normalisation
from rankscope.methods.treatment import Treatment
from rankscope.methods.weighting import Weighting

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
            faults = reworded(stage, value, faults)
            raise PydanticCustomError(
                "method",
                "{text}",
                {
                    "text": " ".join(f.sentence for f in faults),
                    "faults": faults,
                    "stage": stage,
                },
            )
        return method

    return BeforeValidator(read)


def _read_fraction(value: Any) -> Any:
    try:
        return Between().read(value)
    except (TypeError, ValueError):
        return value  # pydantic words the error


def _read_portion(value: Any) -> Any:
    try:
        return portion(value)
    except (TypeError, ValueError):
        return _read_fraction(value)


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
PERCENT_MARK = "x-percent"
"""The key of the mark of numbers that may be written as a percentage."""

Portion = Annotated[
    float,
    BeforeValidator(_read_portion),
    AfterValidator(_refuse_extremes),
    Field(allow_inf_nan=False, json_schema_extra={PERCENT_MARK: True}),
]
Share = Annotated[Portion, Field(ge=0, le=1)]
Weight = Annotated[Number, Field(ge=0)]
Polarity = Annotated[int, Field(ge=-1, le=1, json_schema_extra={"enum": [-1, 1]})]


def _write_override(value: Method | None, info: SerializationInfo) -> dict[str, Any] | None:
    """Write an override as what differs from the method that holds in general.

    ``{"method": MethodSpec}`` as context names that; without it all parameters are written.
    """
    if value is None:
        return None
    general = getattr((info.context or {}).get("method"), value.stage, None)
    return describe(value, general if type(general) is type(value) else None, whole=general is None)


def _write_whole(value: Method | None) -> dict[str, Any] | None:
    """Write a method with all its parameters, whatever is in force where it will be read."""
    return None if value is None else describe(value, whole=True)


STAGE_MARK = "x-stage"
"""The key of the mark that ``definition.schema`` replaces by all that may stand for a stage."""


def _schema(stage: str, *, partial: bool = False) -> WithJsonSchema:
    """Return the mark of a stage; a ``partial`` one may leave the method's name out."""
    return WithJsonSchema({STAGE_MARK: f"{stage}_override" if partial else stage})


_written = PlainSerializer(describe, return_type=dict)
_written_override = PlainSerializer(_write_override)
_written_whole = PlainSerializer(_write_whole)

_Imputation = Annotated[
    Imputation, _from_registry("imputation"), _schema("imputation", partial=True)
]
_Treatment = Annotated[Treatment, _from_registry("treatment"), _schema("treatment", partial=True)]
_Normalisation = Annotated[
    Normalisation, _from_registry("normalisation"), _schema("normalisation", partial=True)
]
_Aggregation = Annotated[
    Aggregation, _from_registry("aggregation"), _schema("aggregation", partial=True)
]
ImputationField = Annotated[_Imputation, _written]
TreatmentField = Annotated[_Treatment, _written]
NormalisationField = Annotated[_Normalisation, _written]
AggregationField = Annotated[_Aggregation, _written]
ImputationOverride = Annotated[_Imputation, _written_override]
TreatmentOverride = Annotated[_Treatment, _written_override]
NormalisationOverride = Annotated[_Normalisation, _written_override]
AggregationOverride = Annotated[_Aggregation, _written_override]
ImputationChange = Annotated[_Imputation, _written_whole]
TreatmentChange = Annotated[_Treatment, _written_whole]
NormalisationChange = Annotated[_Normalisation, _written_whole]
AggregationChange = Annotated[_Aggregation, _written_whole]
_Weighting = Annotated[Weighting, _from_registry("weighting"), _schema("weighting", partial=True)]
WeightingField = Annotated[_Weighting, _written]
WeightingOverride = Annotated[_Weighting, _written_override]
AdmissibleField = Annotated[
    Admissible, _from_registry("admissible"), _written, _schema("admissible")
]
ChangeField = Annotated[Change, _from_registry("change"), _written, _schema("change")]
StepField = Annotated[Stage, _from_registry("step"), _written, _schema("step")]


def _read_pairs(value: Any) -> Any:
    """Read a mapping as pairs, which a frozen model can hold."""
    if isinstance(value, dict):
        return tuple(value.items())
    pairs = isinstance(value, list | tuple) and all(isinstance(one, list | tuple) for one in value)
    if not pairs:
        raise PydanticCustomError("pairs", "is no mapping")
    return value


def _in_order(pairs: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """Return pairs in the order of their names: the order in a file means nothing."""
    return tuple(sorted(dict(pairs).items()))


Weights = Annotated[
    tuple[tuple[Line, Weight], ...],
    BeforeValidator(_read_pairs),
    AfterValidator(_in_order),
    PlainSerializer(dict, return_type=dict),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "number", "minimum": 0}}),
]
"""Weights by name: of nodes by their codes, or of a node by periods."""
Codes = Annotated[
    tuple[tuple[Cell, Number], ...],
    BeforeValidator(_read_pairs),
    PlainSerializer(dict, return_type=dict),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["number", "string"]}}),
]
"""Numbers by the texts that stand for them."""
Conditions = Annotated[
    tuple[tuple[Line, Line], ...],
    BeforeValidator(_read_pairs),
    PlainSerializer(dict, return_type=dict),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": ["number", "string"]}}),
]
"""What columns must hold, by their names."""
