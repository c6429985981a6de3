"""The method in words, from the definition and from what the stages learnt from the data."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.findings import Severity
from rankscope.pages.markdown import render_markdown, section
from rankscope.pages.numbers import percent
from rankscope.pages.words import starting
from rankscope.pipeline.prepare import STAGES

if TYPE_CHECKING:
    from markupsafe import Markup

    from rankscope._registry import Method
    from rankscope.definition.model import Availability
    from rankscope.findings import Finding
    from rankscope.report.material import Material

NOTE = "METHOD.md"
"""A note on the method that may lie beside the definition."""

_LONGEST_NOTE = 200_000
_NAMED = (
    "So are ratios that name what they were divided by: as the total they imply, and as published. "
)
_LIMITS = "What the index can"
_SIMPLE_FORMULA = re.compile(r":math:`([^`\\]*)`")
_FORMULA = re.compile(r",? ?:math:`[^`]*`")


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a stage did to one indicator."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """A method in words, with its parameters and where it is described."""

    words: str
    settings: str = ""
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: its name, what it does in words, and what it learnt from the data."""

    name: str
    methods: tuple[Told, ...]
    learnt: tuple[Learnt, ...] = ()


@dataclass(frozen=True, slots=True)
class MethodSection:
    """The method."""

    stages: tuple[Stage, ...]
    limits: Markup | None
    note: Markup | None
    warnings: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def method(material: Material) -> MethodSection:
    """Return the method in words, with its limits and what the checks found."""
    text = read_note(material)
    limits = section(text, _LIMITS) if text else None
    findings = material.plan.findings
    return MethodSection(
        stages=(_screening(material), *_views(material), *_fitted(material), _weighting(material)),
        limits=render_markdown(limits, 2) if limits else None,
        note=render_markdown(text, 3) if text else None,
        warnings=tuple(one for one in findings if one.severity is Severity.WARNING),
        notes=tuple(one for one in findings if one.severity is Severity.NOTE),
    )


def read_note(material: Material) -> str | None:
    """Return the note beside the definition, or None where there is none that can be read."""
    path = material.index.path
    note = (path if path.is_dir() else path.parent) / NOTE
    try:
        if not note.is_file() or note.stat().st_size > _LONGEST_NOTE:
            return None
        return note.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _screening(material: Material) -> Stage:
    spec = material.index.definition.method
    told = "Every unit with any figures is ranked."
    if spec.screening.at_least > 0:
        told = (
            f"A {material.noun} is ranked when figures are there for {_amount(spec.screening)}. "
            "Zeros read from a complete list count neither way."
        )
    told += (
        f" A group of indicators has a score when {_amount(spec.min_available)} below it is there; "
        "the weights of what is there are then scaled up, and the score is marked."
    )
    return Stage("Screening", (Told(told),))


def _amount(rule: Availability) -> str:
    of = "of the weight" if rule.by == "weight" else "of the indicators"
    return f"at least {percent(rule.at_least)} {of}"


def _views(material: Material) -> tuple[Stage, ...]:
    views = material.index.definition.views
    if views is None:
        return ()
    total = views.scale + views.intensity
    shares = (percent(part / total) if total else "0%" for part in (views.scale, views.intensity))
    named = any(leaf.multiplier >= 0 for leaf in material.plan.leaves)
    told = (
        "Counts and amounts are seen twice: as they are (scale), and divided by inhabitants or "
        f"by economic output (intensity). {_NAMED if named else ''}All else enters both views "
        "unchanged. Overall counts scale with {} and intensity with {}.".format(*shares)
    )
    if views.rank_intensity_from:
        variable = material.index.definition.variable(views.rank_intensity_from.variable)
        name = variable.name.lower() if variable else views.rank_intensity_from.variable
        told += (
            f" With {name} below {views.rank_intensity_from.at_least:,.0f} a {material.noun} "
            "is shown but not ranked in intensity."
        )
    return (Stage("Scale and intensity", (Told(told),)),)


def _fitted(material: Material) -> tuple[Stage, ...]:
    """Return imputation, treatment and normalisation, with what each learnt."""
    plan = material.plan
    found = []
    for name in STAGES:
        record = material.result.leaves.record(name)
        several = len(record.fitted) > 1
        told = tuple(
            _told(part.method, len(part.leaves) if several else 0, len(plan.leaves))
            for part in record.fitted
        )
        learnt = tuple(
            Learnt(plan.nodes[leaf.node].name, record.explain(number))
            for number, leaf in enumerate(plan.leaves)
        )
        telling = len({one.words for one in learnt}) > 1
        found.append(Stage(starting(name), told, learnt if telling else ()))
    return tuple(found)


def _weighting(material: Material) -> Stage:
    spec, plan = material.index.definition.method, material.plan
    weights = (
        "Weights are those of the framework, relative among siblings."
        if spec.weights == "given"
        else "All siblings weigh the same."
    )
    methods = dict.fromkeys(node.aggregation for node in plan.nodes if node.children)
    steps = dict.fromkeys(step for node in plan.nodes for step in node.steps)
    told = (Told(weights), *(_told(one) for one in (*methods, *steps)))
    return Stage("Weights and aggregation", told)


def _told(one: Method, columns: int = 0, of: int = 0) -> Told:
    """Return a method in words; ``columns`` says for how many series it holds."""
    share = f", for {columns} of {of} series" if columns else ""
    return Told(f"{_in_words(one)}{share}.", _settings(one), one.citation)


def _in_words(one: Method) -> str:
    """Return the first sentence of a method's own description, without its formula."""
    told = (type(one).__doc__ or one.name).strip().partition("\n")[0]
    told = _FORMULA.sub("", _SIMPLE_FORMULA.sub(r"\1", told))
    return told.partition(" (")[0].strip().rstrip(".,:")


def _settings(one: Method) -> str:
    """Return the parameters of a method with what they mean: those at their default as well."""
    given = (
        f"{field.metadata['doc']}: {_plain(getattr(one, field.name))}"
        for field in dataclasses.fields(one)
    )
    return starting("; ".join(given))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return " to ".join(_plain(part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
