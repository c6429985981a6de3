"""Definitions drawn at random.

What is drawn agrees with itself (`check_definition` finds no error), and its
texts are those that files get wrong: NO, 2026, =1+1, "a: b", "# x".
"""

from __future__ import annotations

import dataclasses
import string
from typing import Any, get_args

from hypothesis import strategies as st

from rankscope._domains import Between, Domain, Text, Whole
from rankscope._registry import build, methods_of
from rankscope.definition.model import (
    EXTENSIVE,
    Availability,
    IndexDefinition,
    Kind,
    MethodSpec,
    Node,
    Source,
    Threshold,
    UnitsSpec,
    Variable,
    Views,
)

NASTY = (
    "NO", "on", "y", "~", "null", "true", "2026", "0.10", "1e5", "007", "1_000", "2024-01-01",
    "=1+1", "+1", "-1", "@x", "- a", "? a", "a: b", "a:", "a #b", "# x", "[a", "{a}", "a, b", "'a'",
    '"a"', "a\\b", "`a`", "!a", "&a", "*a", "%a", "|", ">", "<<", "---", "_x0041_", "Åland",
    "日本", "🙂", "12:30", "'=1", "long words in a row " * 8, "..", "1/2", "0x1F",
    "  in  between  ", "inf",
)  # fmt: skip
_CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=["Cc", "Cs", "Zl", "Zp"],
    exclude_characters="\ufeff\ufffe\uffff",
)
_PARAGRAPHS = (
    "one\ntwo",
    "one\n\n\ntwo",
    "one\n  two",
    "- one\n- two",
    "a\tb\n\tc",
    "x " * 60 + "\ny",
)
_LETTERS = string.ascii_letters + string.digits + "_.-"
codes = st.one_of(
    st.sampled_from(("NO", "on", "y", "null", "a.b", "a-b")),
    st.text(_LETTERS, max_size=8).map("c".__add__),
)
lines = st.one_of(st.sampled_from(NASTY), st.text(_CHARACTERS, max_size=30)).filter(str.strip)
texts = st.one_of(st.just(""), lines, st.sampled_from(_PARAGRAPHS))
numbers = st.one_of(
    st.integers(-9, 9).map(float),
    st.sampled_from((0.1, 2 / 3, 0.1 + 0.2, 1e9, 1e100, 5e-324, 123456.789)),
    st.floats(-1e100, 1e100),
)


@st.composite
def definitions(draw: st.DrawFn) -> IndexDefinition:
    """Draw a definition that agrees with itself."""
    names = iter(draw(st.lists(codes, min_size=24, max_size=24, unique_by=str.casefold)))
    sources = tuple(draw(_source(code)) for code in draw(st.lists(codes, max_size=2, unique=True)))
    context = tuple(draw(_variable(next(names), sources)) for _ in range(draw(st.integers(0, 2))))
    positive = draw(st.booleans())
    views = draw(st.none() | _views(context))
    return IndexDefinition(
        name=draw(codes),
        title=draw(lines),
        edition=draw(lines),
        publisher=draw(texts),
        licence=draw(texts),
        description=draw(texts),
        units=draw(_units()),
        data=draw(_data()),
        sources=sources,
        context=context,
        framework=draw(_aggregate(_Drawing(names, sources, context, positive), 2)),
        views=views if any(one.kind != "group" for one in context) else None,
        method=draw(_method_spec(positive)),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Drawing:
    """What nodes are drawn with; ``positive`` holds scores above zero, for all means."""

    names: Any
    sources: tuple[Source, ...]
    context: tuple[Variable, ...]
    positive: bool


@st.composite
def _source(draw: st.DrawFn, code: str) -> Source:
    address = draw(st.none() | st.just("https://example.org/a?b=c#d"))
    texts_ = {"publisher": draw(lines), "title": draw(lines), "licence": draw(lines)}
    return Source(code=code, address=address, note=draw(texts), **texts_)


@st.composite
def _variable(draw: st.DrawFn, code: str, sources: tuple[Source, ...]) -> Variable:
    kind = draw(st.sampled_from([*get_args(Kind), "group"]))
    source = draw(_one_of(sources))
    return Variable(code=code, name=draw(lines), kind=kind, unit=draw(texts), source=source)


def _one_of(coded: tuple[Source, ...] | tuple[Variable, ...]) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *(one.code for one in coded)])


@st.composite
def _units(draw: st.DrawFn) -> UnitsSpec:
    some = st.lists(lines, max_size=3).map(tuple)
    return UnitsSpec(include=draw(some), exclude=draw(some))


@st.composite
def _data(draw: st.DrawFn) -> dict[str, Any]:
    cells = st.lists(st.sampled_from(("", "..", "x", "-999", "n/a, x", "<5", "NO")), max_size=3)
    return {
        "file": draw(st.sampled_from(("data.csv", "NO.csv", "a b/1.csv"))),
        "layout": draw(st.sampled_from(("long", "wide"))),
        "unit_column": draw(st.sampled_from(("the unit", "2026 #"))),
        "missing": draw(cells),
        "censored": draw(cells),
        "delimiter": draw(st.sampled_from((",", ";", "tab", "|"))),
        "decimal": draw(st.sampled_from((".", ","))),
    }


@st.composite
def _views(draw: st.DrawFn, context: tuple[Variable, ...]) -> Views | None:
    quantities = [one.code for one in context if one.kind != "group"]
    threshold = (
        Threshold(variable=draw(st.sampled_from(quantities)), at_least=draw(numbers))
        if quantities and draw(st.booleans())
        else None
    )
    return Views(
        scale=draw(st.sampled_from((1, 0.25, 3))),
        intensity=draw(st.sampled_from((0, 1, 0.75))),
        scale_treatment=draw(methods("treatment")),
        rank_intensity_from=threshold,
    )


@st.composite
def _aggregate(draw: st.DrawFn, drawing: _Drawing, depth: int) -> Node:
    count = draw(st.integers(1, 3))
    below = [
        draw(
            _aggregate(drawing, depth - 1) if depth > 1 and draw(st.booleans()) else _leaf(drawing)
        )
        for _ in range(count)
    ]
    return Node(
        code=next(drawing.names),
        name=draw(lines),
        description=draw(texts),
        weight=draw(st.sampled_from((1, 0.5, 1 / 3, 12.5))),
        children=tuple(below),
        aggregation=draw(st.none() | _aggregations(drawing.positive)),
        min_available=draw(st.none() | _available()),
        steps=tuple(draw(st.lists(methods("step"), max_size=0 if drawing.positive else 2))),
    )


@st.composite
def _leaf(draw: st.DrawFn, drawing: _Drawing) -> Node:
    quantities = tuple(one for one in drawing.context if one.kind != "group")
    kinds = [kind for kind in get_args(Kind) if quantities or kind not in EXTENSIVE]
    kind = draw(st.sampled_from(kinds))
    low = draw(st.sampled_from((-1.5, 0, 1e-3)))
    return Node(
        code=next(drawing.names),
        name=draw(lines),
        rationale=draw(texts),
        kind=kind,
        unit=draw(texts),
        polarity=draw(st.sampled_from((1, -1))),
        denominator=draw(st.sampled_from(quantities)).code if kind in EXTENSIVE else None,
        per=draw(st.sampled_from((1, 1e6, 0.1))),
        decimals=draw(st.none() | st.integers(0, 12)),
        goalposts=(low, low + draw(st.sampled_from((1, 0.1, 85)))),
        composite=draw(st.booleans()),
        source=draw(_one_of(drawing.sources)),
        year=draw(texts),
        imputation=draw(st.none() | methods("imputation")),
        treatment=draw(st.none() | methods("treatment")),
        normalisation=draw(st.none() | _normalisations(drawing.positive)),
    )


@st.composite
def _available(draw: st.DrawFn) -> Availability:
    by = draw(st.sampled_from(("weight", "count")))
    return Availability(by=by, at_least=draw(st.sampled_from((0, 0.5, 2 / 3, 1 / 3, 1))))


@st.composite
def _method_spec(draw: st.DrawFn, positive: bool) -> MethodSpec:
    return MethodSpec(
        screening=draw(_available()),
        min_available=draw(_available()),
        imputation=draw(methods("imputation")),
        treatment=draw(methods("treatment")),
        normalisation=draw(_normalisations(positive)),
        weights=draw(st.sampled_from(("given", "equal"))),
        aggregation=draw(_aggregations(positive)),
    )


def _normalisations(positive: bool) -> st.SearchStrategy[Any]:
    every = methods("normalisation")
    return every.filter(lambda one: one.output_range()[0] > 0) if positive else every


def _aggregations(positive: bool) -> st.SearchStrategy[Any]:
    every = methods("aggregation")
    return every if positive else every.filter(lambda one: one.accepts(-1e308))


@st.composite
def methods(draw: st.DrawFn, stage: str) -> Any:
    """Draw a registered method of a stage with parameters from their domains."""
    name = draw(st.sampled_from(sorted(methods_of(stage))))
    fields = dataclasses.fields(methods_of(stage)[name])
    required = [field for field in fields if isinstance(field.metadata["domain"], Text)]
    given = [field for field in fields if field in required or draw(st.booleans())]
    values = {field.name: draw(_values(field.metadata["domain"])) for field in given}
    needed = {field.name: values[field.name] for field in required}
    # parameters that each are allowed may not be allowed together
    return (
        build(stage, {"method": name, **values})[0] or build(stage, {"method": name, **needed})[0]
    )


def _values(domain: Domain) -> st.SearchStrategy[Any]:
    examples = st.sampled_from(domain.examples())
    if isinstance(domain, Between):
        return examples | st.floats(max(domain.low, -1e9), min(domain.high, 1e9))
    if isinstance(domain, Whole):
        return examples | st.integers(domain.low, domain.high)
    return examples
