"""What an index could defensibly have done otherwise: the space that uncertainty is about.

Each list names all choices that count as defensible, the published one among them if it
does; a list that is empty keeps the published one.  What an indicator or a node says of
its own method stays as it is.  A choice of the same method as the published one changes
single parameters of that and keeps the others, as an override does; its name alone means
the published one.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from rankscope.definition.fields import (
    AdmissibleField,
    AggregationOverride,
    Code,
    ImputationOverride,
    Line,
    NormalisationOverride,
    Number,
    Portion,
    Share,
    TreatmentOverride,
)
from rankscope.definition.node import Model
from rankscope.methods.admissible import Perturbed

INDICATORS, PILLARS = "indicators", "pillars"
"""What ``leave_out`` may name besides codes: all indicators, or all children of the root."""


class MeasurementError(Model):
    """How far values may be off, as a standard error: normal, or log-normal where relative."""

    indicator: Code | None = None
    """The indicator; all that are not named themselves where none is."""
    relative: Annotated[Portion, Field(ge=0, le=10)] = 0.0
    """The standard error as a share of the value."""
    absolute: Annotated[Number, Field(ge=0)] = 0.0
    """The standard error in the indicator's own units."""


class Assumptions(Model):
    """What varies in uncertainty and sensitivity analysis, jointly."""

    weights: AdmissibleField | None = None
    """The admissible weights, of simulation and of exact programs alike."""
    levels: tuple[Annotated[int, Field(ge=1, le=30)], ...] = ()
    """Where weights vary: 1 for those of the root's children, and so on; empty takes all levels."""
    imputation: tuple[ImputationOverride, ...] = ()
    """How gaps may be filled."""
    treatment: tuple[TreatmentOverride, ...] = ()
    """How outliers may be treated."""
    normalisation: tuple[NormalisationOverride, ...] = ()
    """How indicators may come onto one scale."""
    aggregation: tuple[AggregationOverride, ...] = ()
    """How children may be combined, at all levels alike."""
    aggregation_by_level: tuple[tuple[AggregationOverride, ...], ...] = ()
    """The same for the root, for the level below it, and so on, each by itself."""
    leave_out: tuple[Line, ...] = ()
    """What may be left out, one at a time: codes of nodes, or `indicators`, or `pillars`."""
    leave_out_chance: Share | None = None
    """How probable it is that something is left out; unless given, all cases are equally so."""
    errors: tuple[MeasurementError, ...] = ()
    """How far values may be off."""
    multiple_imputation: bool = False
    """Whether gaps are filled by draws, where the imputation knows a distribution."""
    tables: Annotated[int, Field(ge=2, le=1000)] = 20
    """How many tables are drawn, where values have errors or gaps are filled by draws."""


DEFAULT_WEIGHTS = Perturbed()
"""The admissible weights of an index that says nothing: off by a quarter."""

DEFAULT = Assumptions(weights=DEFAULT_WEIGHTS)
"""What is assumed of an index that says nothing."""
