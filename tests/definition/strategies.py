"""Definitions drawn at random.

What is drawn agrees with itself (`check_definition` finds no error), and its
texts are those that files get wrong: NO, 2026, =1+1, "a: b", "# x".
"""

from __future__ import annotations

import dataclasses
import string
from typing import Any, get_args

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st

from rankscope._domains import Between, Domain, Flag, OneOf, Whole
from rankscope._registry import build, key_of, methods_of
from rankscope.definition.check import check_definition
from rankscope.definition.check_method import refused_means
from rankscope.definition.check_scenarios import scenario_findings
from rankscope.definition.fields import EXTENSIVE, Kind
from rankscope.definition.model import (
    Assumptions,
    Availability,
    IndexDefinition,
    MeasurementError,
    MethodChange,
    MethodSpec,
    Node,
    NodeChange,
    Printed,
    Published,
    Ranking,
    Scenario,
    Screening,
    Source,
    Threshold,
    TiesSpec,
    UnitsSpec,
    Variable,
    Variant,
    Views,
    WeightSet,
)
from rankscope.definition.subject import subject_of
from rankscope.errors import MethodError
from rankscope.findings import errors_among
from rankscope.methods.admissible import Bounds, Linear
from rankscope.methods.aggregation import Arithmetic
from rankscope.methods.change.size import Sizes
from rankscope.methods.normalisation import Normalisation
from rankscope.methods.weighting import Given

NEEDS = ("goalposts", "target")
PERIODS = ("2012", "2014")
LISTS = ("imputation", "treatment", "normalisation", "aggregation", "aggregation_by_level")
LEFT_OUT = ("indicators", "pillars")
EXPOSURES = ("chips", "NO", "none.of")
TIED = ("sever", "deepen")
OWN: dict[str, tuple[dict[str, Any], ...]] = {
    "towards": (
        {"unit": "Tonga", "best": False},
        {"target": 0.5, "best": False},
        {"target": 1e9, "best": False},
        {"best": True},
    ),
    "deepen": ({"times": 2}, {"to": {"low": 0.1, "high": 1 / 3}}),
    "merge": ({"into": "the bloc"}, {"into": "EU", "title": "NO"}),
}
"""Parameters of acts of which some must be given, or forbid each other."""
UNITS = ("RUS", "NO", "EU", "Korea, Republic of", "Tonga", "BRICS")
ERRORS = ({"relative": 0.05}, {"absolute": 1e9}, {"relative": 1 / 3, "absolute": 2})
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
    panel = draw(st.booleans())
    drawing = _Drawing(names, sources, context, panel)
    views = draw(st.none() | _views(context))
    framework = draw(_aggregate(drawing, 2, root=True))
    sets = draw(_weight_sets(framework))
    ties = draw(_ties(framework, sources))
    definition = mended(
        IndexDefinition(
            name=draw(codes),
            title=draw(lines),
            edition=draw(lines),
            publisher=draw(texts),
            licence=draw(texts),
            description=draw(texts),
            units=draw(_units()),
            data=draw(_data(panel)),
            sources=sources,
            context=context,
            framework=framework,
            views=views if any(one.kind != "group" for one in context) else None,
            method=draw(_method_spec(drawing, sets)),
            weight_sets=sets,
            variants=draw(_variants(framework, drawing, sets)),
            published=draw(st.none() | _published(framework)),
            ties=ties,
            scenarios=draw(_scenarios(framework, context, ties)),
        )
    )
    return with_assumptions(definition, draw(st.none() | _assumptions(framework, drawing)))


def with_assumptions(definition: IndexDefinition, assumed: Assumptions | None) -> IndexDefinition:
    """Return a definition with assumptions, without the methods that can not be built."""
    made = definition.model_copy(update={"assumptions": assumed})
    for part in ({"weights": None}, dict.fromkeys(LISTS, ())):
        if made.assumptions is not None and errors_among(check_definition(made)):
            kept = made.assumptions.model_copy(update=part)
            made = definition.model_copy(update={"assumptions": kept})
    return made


def mended(definition: IndexDefinition) -> IndexDefinition:
    """Return a definition without the means that its scales do not allow."""
    while refused := refused_means(definition):
        own = {node.code for node, *_ in refused if node is not None}
        if not own:
            plain = {"aggregation": Arithmetic(), "aggregation_by_level": ()}
            method = definition.method.model_copy(update=plain)
            definition = definition.model_copy(update={"method": method})
        framework = _without_means(definition.framework, own)
        definition = definition.model_copy(update={"framework": framework})
    variants = tuple(one for one in definition.variants if _agrees(definition, one))
    scenarios = tuple(_playable(definition, one) for one in definition.scenarios)
    return definition.model_copy(update={"variants": variants, "scenarios": scenarios})


def _without_means(node: Node, codes_: set[str]) -> Node:
    children = tuple(_without_means(child, codes_) for child in node.children)
    own = {"aggregation": None} if node.code in codes_ else {}
    return node.model_copy(update={"children": children, **own})


def _agrees(definition: IndexDefinition, variant: Variant) -> bool:
    alone = definition.model_copy(update={"variants": (variant,), "scenarios": ()})
    return not errors_among(check_definition(alone))


def _playable(definition: IndexDefinition, scenario: Scenario) -> Scenario:
    """Return a scenario without the acts that do not agree with the index or those before."""
    kept: list[Any] = []
    for change in scenario.changes:
        longer = scenario.model_copy(update={"changes": (*kept, change)})
        kept += [change] if _plays(definition, longer) else []
    units = (
        scenario.units if _plays(definition, scenario.model_copy(update={"changes": ()})) else ()
    )
    return scenario.model_copy(update={"changes": tuple(kept), "units": units})


def _plays(definition: IndexDefinition, scenario: Scenario) -> bool:
    alone = definition.model_copy(update={"scenarios": (scenario,)})
    return not errors_among(tuple(scenario_findings(subject_of(alone))))


@dataclasses.dataclass(frozen=True, slots=True)
class _Drawing:
    """What nodes are drawn with; ``panel`` allows what looks at other periods."""

    names: Any
    sources: tuple[Source, ...]
    context: tuple[Variable, ...]
    panel: bool


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
    return UnitsSpec(include=draw(st.just(()) | some), exclude=draw(some), unranked=draw(some))


@st.composite
def _data(draw: st.DrawFn, panel: bool) -> dict[str, Any]:
    cells = st.lists(st.sampled_from(("", "..", "x", "-999", "n/a, x", "<5", "NO")), max_size=3)
    own = {"period_column": draw(st.sampled_from(("the year", "2026 !")))} if panel else {}
    if panel and draw(st.booleans()):
        own["periods"] = draw(st.sampled_from((PERIODS, ("2019", "NO", *PERIODS))))
    return {
        "file": draw(st.sampled_from(("data.csv", "NO.csv", "a b/1.csv"))),
        "layout": draw(st.sampled_from(("long", "wide"))),
        "unit_column": draw(st.sampled_from(("the unit", "2026 #"))),
        "missing": draw(cells),
        "censored": draw(cells),
        "recode": draw(st.dictionaries(st.sampled_from(("Yes", "n.a.", "2")), numbers, max_size=2)),
        "signs": draw(st.lists(st.sampled_from(("%", "$")), max_size=1)),
        "thousands": draw(st.sampled_from(("none", "space", "'"))),
        "delimiter": draw(st.sampled_from((",", ";", "tab", "|"))),
        "decimal": draw(st.sampled_from((".", ","))),
        **own,
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
def _aggregate(draw: st.DrawFn, drawing: _Drawing, depth: int, root: bool = False) -> Node:
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
        **({} if root else draw(_weights(drawing))),
        polarity=draw(st.sampled_from((1, 1, 1, -1))),
        children=tuple(below),
        weighting=draw(st.none() | _weightings(count)),
        aggregation=draw(st.none() | _aggregations(count)),
        min_available=draw(st.none() | _available()),
        steps=draw(st.none() | _steps()),
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
        **draw(_weights(drawing)),
        kind=kind,
        unit=draw(texts),
        column=draw(st.none() | st.sampled_from(("NO", "a column, 2024"))),
        polarity=draw(st.sampled_from((1, -1))),
        denominator=draw(st.sampled_from(quantities)).code if kind in EXTENSIVE else None,
        per=draw(st.sampled_from((1, 1e6, 0.1))),
        decimals=draw(st.none() | st.integers(0, 12)),
        goalposts=(low, low + draw(st.sampled_from((1, 0.1, 85)))),
        target=draw(st.sampled_from((2, 1e6, 1 / 3))),
        composite=draw(st.booleans()),
        exposed_to=draw(st.lists(st.sampled_from(EXPOSURES), max_size=2, unique=True)),
        source=draw(_one_of(drawing.sources)),
        year=draw(texts),
        steps=draw(st.none() | _steps()),
        imputation=draw(st.none() | _imputations(drawing.panel)),
        treatment=draw(st.none() | methods("treatment")),
        normalisation=draw(st.none() | methods("normalisation")),
    )


@st.composite
def _weights(draw: st.DrawFn, drawing: _Drawing) -> dict[str, Any]:
    own = {"weight": draw(st.sampled_from((1, 0.5, 1 / 3, 12.5)))}
    if drawing.panel:
        named = st.dictionaries(st.sampled_from(PERIODS), st.sampled_from((0, 2, 0.25)))
        own["period_weights"] = draw(named)
    if draw(st.booleans()):
        own |= {"weights_by": "region", "group_weights": {"Africa": 2}}
    own["required"] = draw(st.booleans())
    return own


@st.composite
def _available(draw: st.DrawFn) -> Availability:
    by = draw(st.sampled_from(("weight", "count", "indicators")))
    share = draw(st.sampled_from((0, 0.5, 2 / 3, 1 / 3, 1)))
    return Availability(by=by, at_least=share, number=draw(st.sampled_from((None, 2))))


@st.composite
def _screening(draw: st.DrawFn) -> Screening:
    shares = st.sampled_from((0, 0.5, 2 / 3))
    some = st.lists(lines, max_size=2).map(tuple)
    return Screening(
        by=draw(st.sampled_from(("weight", "count"))),
        at_least=draw(shares),
        nonzero_at_least=draw(shares),
        keep=draw(some),
        drop=draw(some),
        indicators_at_least=draw(shares),
    )


@st.composite
def _ranking(draw: st.DrawFn) -> Ranking:
    return Ranking(
        best=draw(st.sampled_from(("highest", "lowest"))),
        ties=draw(st.sampled_from(("best", "worst", "dense", "order"))),
        decimals=draw(st.none() | st.integers(0, 12)),
        tolerance=draw(st.sampled_from((1e-9, 0, 0.01))),
        within=draw(st.sampled_from((None, "region"))),
    )


@st.composite
def _method_spec(draw: st.DrawFn, drawing: _Drawing, sets: tuple[WeightSet, ...]) -> MethodSpec:
    general = st.lists(_aggregations(None), max_size=2).map(tuple)
    return MethodSpec(
        screening=draw(_screening()),
        min_available=draw(_available()),
        imputation=draw(_imputations(drawing.panel)),
        treatment=draw(methods("treatment")),
        normalisation=draw(methods("normalisation")),
        scales=draw(st.sampled_from(("pooled", "per_period"))),
        weights=draw(_weightings(None, sets)),
        aggregation=draw(_aggregations(None)),
        aggregation_by_level=draw(general),
        indicator_steps=draw(_steps()),
        aggregate_steps=draw(_steps()),
        ranking=draw(_ranking()),
    )


def _codes_of(framework: Node) -> st.SearchStrategy[str]:
    return st.sampled_from([node.code for node in framework.walk()][1:])


def _some_weights(framework: Node) -> st.SearchStrategy[dict[str, float]]:
    return st.dictionaries(_codes_of(framework), st.sampled_from((0.5, 2, 1 / 3)), max_size=3)


@st.composite
def _weight_sets(draw: st.DrawFn, framework: Node) -> tuple[WeightSet, ...]:
    named = draw(st.lists(codes, max_size=2, unique_by=str.casefold))
    return tuple(
        WeightSet(name=name, note=draw(texts), weights=draw(_some_weights(framework)))
        for name in named
    )


@st.composite
def _variants(
    draw: st.DrawFn, framework: Node, drawing: _Drawing, sets: tuple[WeightSet, ...]
) -> tuple[Variant, ...]:
    named = draw(st.lists(codes, max_size=2, unique_by=str.casefold))
    nodes = {node.code: node for node in framework.walk()}
    return tuple(
        Variant(
            name=name,
            title=draw(st.none() | lines),
            note=draw(texts),
            method=draw(_method_change(drawing, sets)),
            weights=draw(_some_weights(framework)),
            drop=draw(st.lists(_codes_of(framework), max_size=1)),
            nodes=tuple(
                draw(_node_change(nodes[code], drawing))
                for code in draw(st.lists(_codes_of(framework), max_size=2, unique=True))
            ),
            exclude=draw(st.lists(lines, max_size=2)),
            periods=draw(st.sampled_from(((), PERIODS[:1]))) if drawing.panel else (),
        )
        for name in named
    )


@st.composite
def _method_change(draw: st.DrawFn, drawing: _Drawing, sets: tuple[WeightSet, ...]) -> MethodChange:
    return MethodChange(
        screening=draw(st.none() | _screening()),
        min_available=draw(st.none() | _available()),
        imputation=draw(st.none() | _imputations(drawing.panel)),
        treatment=draw(st.none() | methods("treatment")),
        normalisation=draw(st.none() | methods("normalisation")),
        scales=draw(st.sampled_from((None, "pooled", "per_period"))),
        weights=draw(st.none() | _weightings(None, sets)),
        aggregation=draw(st.none() | _aggregations(None)),
        aggregation_by_level=draw(st.none() | st.lists(_aggregations(None), max_size=1)),
        indicator_steps=draw(st.none() | _steps()),
        aggregate_steps=draw(st.none() | _steps()),
        ranking=draw(st.none() | _ranking()),
    )


@st.composite
def _node_change(draw: st.DrawFn, node: Node, drawing: _Drawing) -> NodeChange:
    own: dict[str, Any] = {
        "weight": draw(st.sampled_from((None, 2))),
        "polarity": draw(st.sampled_from((None, 1, -1))),
        "steps": draw(st.none() | _steps()),
    }
    if node.is_indicator:
        own |= {
            "goalposts": draw(st.sampled_from((None, (0, 1)))),
            "target": draw(st.sampled_from((None, 3))),
            "imputation": draw(st.none() | _imputations(drawing.panel)),
            "treatment": draw(st.none() | methods("treatment")),
            "normalisation": draw(st.none() | methods("normalisation")),
        }
    else:
        own |= {
            "weighting": draw(st.none() | _weightings(len(node.children))),
            "aggregation": draw(st.none() | _aggregations(len(node.children))),
            "min_available": draw(st.none() | _available()),
        }
    return NodeChange(code=node.code, **own)


@st.composite
def _assumptions(draw: st.DrawFn, framework: Node, drawing: _Drawing) -> Assumptions:
    leaves = [node.code for node in framework.walk() if node.is_indicator]
    below = [node.code for node in framework.walk()][1:]
    by_level = draw(st.booleans())
    leave_out = draw(st.lists(st.sampled_from((*LEFT_OUT, *below)), max_size=3, unique=True))
    return Assumptions(
        weights=draw(st.none() | _admissible(framework)),
        levels=draw(st.lists(st.integers(1, _depth(framework)), max_size=2, unique=True)),
        imputation=draw(_choices(_imputations(drawing.panel))),
        treatment=draw(_choices(methods("treatment"))),
        normalisation=draw(_choices(methods("normalisation"))),
        aggregation=() if by_level else draw(_choices(_aggregations(None))),
        aggregation_by_level=draw(st.lists(_choices(_aggregations(None)), max_size=2))
        if by_level
        else (),
        leave_out=leave_out,
        leave_out_chance=draw(st.sampled_from((None, 0, 0.5, 2 / 3))),
        errors=[
            MeasurementError(indicator=code, **draw(st.sampled_from(ERRORS)))
            for code in draw(st.lists(st.sampled_from((None, *leaves)), max_size=2, unique=True))
        ],
        multiple_imputation=draw(st.booleans()),
        tables=draw(st.sampled_from((20, 2, 1000))),
    )


@st.composite
def _ties(draw: st.DrawFn, framework: Node, sources: tuple[Source, ...]) -> tuple[TiesSpec, ...]:
    leaves = [node.code for node in framework.walk() if node.is_indicator]
    cells = lines.filter(lambda one: ";" not in one)
    columns = cells.filter(lambda one: "=" not in one)
    return tuple(
        TiesSpec(
            code=code,
            name=draw(lines),
            file=draw(st.sampled_from(("NO.csv", "a b/1.csv"))),
            value_column=draw(st.sampled_from(("value", "2026"))),
            pair_columns=draw(st.sampled_from((("unit", "partner"), ("a, b", "NO")))),
            where=draw(st.dictionaries(columns, cells, max_size=2)),
            direction=draw(st.sampled_from(("mutual", "one_way"))),
            once_per_pair=draw(st.booleans()),
            totals=draw(st.none() | st.just("of all")),
            feeds=draw(st.lists(st.sampled_from(leaves), max_size=2)),
            source=draw(_one_of(sources)),
        )
        for code in draw(st.lists(codes, max_size=2, unique_by=str.casefold))
    )


@st.composite
def _scenarios(
    draw: st.DrawFn, framework: Node, context: tuple[Variable, ...], ties: tuple[TiesSpec, ...]
) -> tuple[Scenario, ...]:
    variables = [one.code for one in context if one.kind != "group"]
    named = st.sampled_from([*(node.code for node in framework.walk()), *variables])
    return tuple(
        Scenario(
            name=name,
            title=draw(st.none() | lines),
            note=draw(texts),
            units=draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=2)),
            scales=draw(st.sampled_from(("frozen", "refitted"))),
            changes=draw(st.lists(_act(named, ties), max_size=3)),
        )
        for name in draw(st.lists(codes, max_size=2, unique_by=str.casefold))
    )


@st.composite
def _act(draw: st.DrawFn, named: st.SearchStrategy[str], ties: tuple[TiesSpec, ...]) -> Any:
    """Draw an act about what there is; of parameters that exclude each other one is given."""
    name = draw(st.sampled_from(sorted({*methods_of("change")} - {*(() if ties else TIED)})))
    own: dict[str, Any] = dict(draw(st.sampled_from(OWN.get(name, ({},)))))
    some = st.lists(st.sampled_from(UNITS), min_size=1, max_size=2)
    for field in dataclasses.fields(methods_of("change")[name]):
        domain = field.metadata["domain"]
        if field.name in ("partners", "units"):
            own[field.name] = draw(some)[: 1 if name == "deepen" else None]
        elif field.name == "ties":
            own["ties"] = draw(st.sampled_from(ties)).code
        elif isinstance(domain, Sizes | OneOf | Flag) and field.name not in own:
            own[field.name] = draw(_values(domain))
    if name != "merge":
        own["nodes"] = draw(st.lists(named, max_size=2))
        own["exposed_to"] = draw(st.sampled_from((None, None, None, *EXPOSURES)))
    found, faults = build("change", {"act": name, **own})
    assert found is not None, faults
    return found


def _admissible(framework: Node) -> st.SearchStrategy[Any]:
    """Draw admissible weights; those that name nodes, or have a number for each, fit the tree."""
    ends = st.sampled_from(((0, 1), (0, 2 / 3), (0.1, 1), (0.25, 0.25)))
    bounds = st.dictionaries(_codes_of(framework), ends, min_size=1, max_size=3).map(Bounds)
    among = len(framework.children)
    rules = st.lists(st.tuples(*[st.sampled_from((-1, 0, 0.5))] * among, st.just(1)), min_size=1)
    others = methods("admissible").filter(lambda one: not isinstance(one, Bounds | Linear))
    return others | bounds | rules.map(tuple).map(Linear)


def _choices(methods_: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(methods_, max_size=2, unique=True).map(tuple)


def _depth(node: Node) -> int:
    return max((1 + _depth(child) for child in node.children), default=0)


@st.composite
def _published(draw: st.DrawFn, framework: Node) -> Published:
    column = st.builds(
        Printed,
        column=lines,
        node=st.none() | _codes_of(framework),
        of=st.sampled_from(("score", "rank")),
        steps=_steps(),
        decimals=st.none() | st.integers(0, 12),
        error=st.sampled_from((0, 0.5)),
    )
    return Published(
        file=draw(st.none() | st.just("printed/NO.csv")),
        unit_column=draw(st.none() | lines),
        missing=draw(st.lists(st.sampled_from(("", "..", "NO")), max_size=2)),
        columns=draw(st.lists(column, max_size=2)),
    )


def _steps() -> st.SearchStrategy[Any]:
    return st.lists(methods("step").filter(_is_step), max_size=2).map(tuple)


def _is_step(one: Any) -> bool:
    """Whether a method can work on scores, which have no goalposts and no targets."""
    wants = any(getattr(one, f"needs_{what}", False) for what in NEEDS)
    return not wants and not (isinstance(one, Normalisation) and one.reference())


def _imputations(panel: bool) -> st.SearchStrategy[Any]:
    return methods("imputation").filter(lambda one: panel or not one.needs_panel)


def _weightings(count: int | None, sets: tuple[WeightSet, ...] = ()) -> st.SearchStrategy[Any]:
    """Draw weightings for some number of children, or for any number."""
    every = methods("weighting").filter(lambda one: _weighs(one, count))
    named = [Given(one.name) for one in sets]
    return every | st.sampled_from(named) if named else every


def _weighs(weighting: Any, count: int | None) -> bool:
    if getattr(weighting, "set", None) is not None:
        return False
    try:
        for number in (1, 2, 3) if count is None else (count,):
            if not weighting.needs_data:
                weighting.fit(np.empty((0, number)), np.ones(number))
    except MethodError:
        return False
    return True


def _aggregations(count: int | None) -> st.SearchStrategy[Any]:
    """Draw aggregations for some number of children, or for any number."""

    def takes(one: Any) -> bool:
        fewest, most = one.children
        return fewest <= (count or 1) and (most is None or (count is not None and count <= most))

    return methods("aggregation").filter(takes)


@st.composite
def methods(draw: st.DrawFn, stage: str) -> Any:
    """Draw a registered method of a stage with parameters from their domains."""
    name = draw(st.sampled_from(sorted(methods_of(stage))))
    fields = dataclasses.fields(methods_of(stage)[name])
    required = [field for field in fields if not _readable(field)]
    given = [field for field in fields if field in required or draw(st.booleans())]
    values = {field.name: draw(_values(field.metadata["domain"])) for field in given}
    needed = {field.name: values[field.name] for field in required}
    key = key_of(stage)
    # parameters that each are allowed may not be allowed together
    found = build(stage, {key: name, **values})[0] or build(stage, {key: name, **needed})[0]
    assume(found is not None)
    return found


def _readable(field: Any) -> bool:
    """Whether a parameter has a default that may stand."""
    try:
        field.metadata["domain"].read(field.default)
    except (TypeError, ValueError):
        return False
    return True


def _values(domain: Domain) -> st.SearchStrategy[Any]:
    examples = st.sampled_from(domain.examples())
    if isinstance(domain, Between):
        return examples | st.floats(max(domain.low, -1e9), min(domain.high, 1e9))
    if isinstance(domain, Whole):
        return examples | st.integers(domain.low, domain.high)
    return examples
