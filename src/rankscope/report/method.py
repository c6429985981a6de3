"""The method in words, from the definition and from what the stages learnt from the data."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope._registry import Method
from rankscope.findings import Severity
from rankscope.methods.steps import Round
from rankscope.methods.weighting import Given
from rankscope.pages.markdown import render_markdown, section
from rankscope.pages.numbers import percent
from rankscope.pages.words import starting

if TYPE_CHECKING:
    from markupsafe import Markup

    from rankscope.definition.model import Availability, Screening
    from rankscope.findings import Finding
    from rankscope.report.material import Material

NOTE = "METHOD.md"
"""A note on the method that may lie beside the definition."""

_LONGEST_NOTE = 200_000
_NAMED = (
    "So are ratios that name what they were divided by: as the total they imply, and as published. "
)
_CLOSE = 5e-4
_SHARES = {0.5: "half", 2 / 3: "two thirds", 0.75: "three quarters", 1.0: "all"}
_TIES = {
    "best": "Equal scores share the better rank, marked =, and the next {noun} follows after all.",
    "worst": "Equal scores share the worse rank, marked =, and the next {noun} follows it.",
    "dense": "Equal scores share a rank, marked =, and the next {noun} has the next number.",
    "order": "Equal scores have ranks in the order of their codes.",
}
_LARGE = re.compile(r"\d(?:\.\d+)?e[+-]\d+|(?<![\d.,])\d{4,}(?:\.\d+)?")
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
    findings = material.result.findings
    return MethodSection(
        stages=(
            _screening(material),
            *_views(material),
            *_fitted(material),
            _weighting(material),
            _ranks(material),
        ),
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
    told = f"Every {material.noun} with any figures is ranked."
    if spec.screening.at_least > 0:
        told = f"A {material.noun} is ranked when there are figures for {_amount(spec.screening)}."
        if any(one.absent_is_zero for one in material.index.definition.indicators()):
            told += " A zero read from a complete list counts neither as a figure nor as a gap."
    told += (
        f" A part has a score when there are figures for {_amount(spec.min_available)} below it; "
        "the weight of what is missing then passes to what is there, and the score is marked."
    )
    return Stage("Who is ranked", (Told(told),))


def _amount(rule: Availability | Screening) -> str:
    share = next(
        (word for size, word in _SHARES.items() if abs(size - rule.at_least) < _CLOSE),
        percent(rule.at_least),
    )
    least = "" if rule.at_least >= 1 else "at least "
    return f"{least}{share} of the {'weight' if rule.by == 'weight' else 'indicators'}"


def _views(material: Material) -> tuple[Stage, ...]:
    views = material.index.definition.views
    if views is None:
        return ()
    total = views.scale + views.intensity
    shares = (percent(part / total) if total else "0%" for part in (views.scale, views.intensity))
    named = any(leaf.multiplier >= 0 for leaf in material.plan.leaves)
    told = (
        "Counts and amounts are seen twice: as totals (scale), and divided by what their "
        f"indicator names, such as inhabitants (intensity). {_NAMED if named else ''}All else "
        "enters both views unchanged. The overall score is made of scale ({}) and intensity ({}). "
        "An indicator that is seen twice makes two series below.".format(*shares)
    )
    if views.rank_intensity_from:
        name = material.index.definition.variable_name(views.rank_intensity_from.variable)
        told += (
            f" With {name} below {views.rank_intensity_from.at_least:,.0f} a {material.noun} "
            "is shown but not ranked in intensity."
        )
    return (Stage("Scale and intensity", (Told(told),)),)


def _fitted(material: Material) -> tuple[Stage, ...]:
    """Return imputation, treatment and normalisation, with what each learnt."""
    plan = material.plan
    found = []
    for record in material.result.leaves.records[2:]:
        several = len(record.fitted) > 1
        told = tuple(
            _told(material, part.method, len(part.leaves) if several else 0)
            for part in record.fitted
        )
        learnt = tuple(
            Learnt(plan.nodes[leaf.node].name, written_out(record.decision(number)))
            for number, leaf in enumerate(plan.leaves)
        )
        telling = len({one.words for one in learnt}) > 1
        found.append(Stage(starting(record.name), told, learnt if telling else ()))
    return tuple(found)


def written_out(text: str) -> str:
    """Return a text whose large numbers are written out: ``33,719,200`` for ``3.37192e+07``."""
    return _LARGE.sub(_long, text)


def _long(found: re.Match[str]) -> str:
    value = float(found[0])
    return f"{value:,.0f}" if abs(value) >= 1 else found[0]


def _weighting(material: Material) -> Stage:
    plan = material.plan
    weightings = dict.fromkeys(node.weighting for node in plan.nodes if len(node.children) > 1)
    weights = [_told(material, one) for one in weightings if one != Given()]
    if Given() in weightings:
        given = "Everything counts with the weight that the framework above gives it."
        weights.insert(0, Told(given))
    methods = dict.fromkeys(node.aggregation for node in plan.nodes if node.children)
    steps = dict.fromkeys(step.method for node in plan.nodes for step in node.steps)
    told = (*weights, *(_told(material, one) for one in (*methods, *steps)))
    return Stage("Weights and aggregation", told)


def _ranks(material: Material) -> Stage:
    rule = material.plan.definition.method.ranking
    steps = [step.method for node in material.plan.nodes for step in node.steps]
    told = f"The {rule.best} score has rank 1. {_TIES[rule.ties].format(noun=material.noun)} "
    if rule.decimals is not None:
        told += f"Scores are rounded to {rule.decimals} decimals before they are ranked."
    elif any(isinstance(step, Round) for step in steps):
        told += "Scores are rounded before they are ranked, as said above."
    else:
        told += "Ranks come from scores that are not rounded; rounding is for print only."
    return Stage("Ranks", (Told(told),))


def _told(material: Material, one: Method, columns: int = 0) -> Told:
    """Return a method in words; ``columns`` says for how many series it holds."""
    share = f"{columns} of {len(material.plan.leaves)} series: " if columns else ""
    if type(one).in_words is not Method.in_words:
        return Told(f"{share}{one.in_words(material.noun)}.", "", one.citation)
    return Told(f"{share}{_in_words(one)}.", _settings(one), one.citation)


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
