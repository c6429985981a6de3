"""For authors of methods: the contract that a method must keep, and indices to try it on.

``check_method(MyMethod)`` runs in any test framework; the strategies need
Hypothesis, which is imported only when they are asked for.
"""

from __future__ import annotations

import contextlib
import dataclasses
import math
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._registry import Method, build, describe, methods_of
from rankscope.data.table import DataTable, plain_table
from rankscope.definition.model import DataSpec, IndexDefinition, MethodSpec, Node, UnitsSpec
from rankscope.errors import MethodError
from rankscope.methods.aggregation import Aggregation
from rankscope.methods.base import Stage, Traits, plain_traits
from rankscope.methods.imputation import Imputation
from rankscope.methods.normalisation import MinMax, Normalisation
from rankscope.methods.treatment import Treatment
from rankscope.methods.weighting import Weighting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hypothesis.strategies import SearchStrategy

    from rankscope.shapes import Matrix

_ROWS = 14


def check_method(cls: type[Method]) -> None:
    """Check that a method keeps the contract of its stage, for every example of its parameters.

    Raises
    ------
    AssertionError
        Saying which promise is broken, by which parameters.
    """
    _check_class(cls)
    _check_domains(cls)
    for method in examples_of(cls):
        _check_round_trip(method)
        if isinstance(method, Stage):
            _check_stage(method)
        if isinstance(method, Aggregation):
            _check_aggregation(method)
        if isinstance(method, Weighting):
            _check_weighting(method)


def examples_of(cls: type[Method]) -> Iterator[Method]:
    """Yield the method as it is by default, then with each example of each parameter.

    A parameter without a usable default takes the first example of its domain;
    examples that contradict another parameter are passed over.
    """
    given: list[dict[str, Any]] = [{}]
    for field in dataclasses.fields(cls):
        given += [{field.name: example} for example in field.metadata["domain"].examples()]
    for parameters in given:
        with contextlib.suppress(MethodError):
            yield _made(cls, parameters)


def make_index(
    framework: Node, table: DataTable, **method: Any
) -> tuple[IndexDefinition, DataTable]:
    """Return an index of the file's own units around a framework and a table.

    ``method`` are the fields of `MethodSpec`.
    """
    definition = IndexDefinition(
        name="trial",
        title="Trial",
        data=DataSpec(file="trial.csv"),
        units=UnitsSpec(register="own"),
        framework=framework,
        method=MethodSpec(**method),
    )
    return definition, table


def indices(
    *, aggregations: tuple[Aggregation | None, ...] = (None,), gaps: bool = True, **method: Any
) -> SearchStrategy[tuple[IndexDefinition, DataTable]]:
    """Return a strategy of small indices: trees of uneven depth, uneven weights, gaps.

    Each aggregate takes one of ``aggregations``; scores lie between 1 and 100
    unless ``method`` says otherwise.
    """
    from hypothesis import strategies as st

    numbers = st.sampled_from([0.5, 1.0, 2.0, 3.7])
    chosen = {"normalisation": MinMax((1.0, 100.0)), **method}

    @st.composite
    def node(draw: Any, code: str, depth: int) -> Node:
        count = draw(st.integers(0 if 0 < depth < 3 else 2 * (depth == 0), 3 * (depth < 3)))
        children = tuple(draw(node(f"{code}.{i}", depth + 1)) for i in range(count))
        own: dict[str, Any] = {"kind": "share", "polarity": draw(st.sampled_from([1, -1]))}
        if children:
            own = {"children": children, "aggregation": draw(st.sampled_from(aggregations))}
        return Node(code=code, name=code, weight=draw(numbers), **own)

    @st.composite
    def index(draw: Any) -> tuple[IndexDefinition, DataTable]:
        framework = draw(node("i", 0))
        codes = tuple(leaf.code for leaf in framework.indicators())
        rng = np.random.default_rng(draw(st.integers(0, 2**32)))
        values = np.exp(rng.normal(0, 1, (draw(st.integers(3, 9)), len(codes))))
        values[rng.random(values.shape) < (draw(st.sampled_from([0.0, 0.2])) if gaps else 0)] = (
            np.nan
        )
        units = tuple(f"u{row}" for row in range(len(values)))
        return make_index(framework, plain_table(units, codes, values), **chosen)

    return index()


def _require(holds: object, sentence: str) -> None:
    if not holds:
        raise AssertionError(sentence)


def _made(cls: type[Method], given: dict[str, Any]) -> Method:
    """Make a method; parameters without a usable default take an example."""
    usable = dict(given)
    for field in dataclasses.fields(cls):
        domain = field.metadata["domain"]
        try:
            domain.read(field.default)
        except (ValueError, TypeError):
            usable.setdefault(field.name, domain.examples()[0])
    return cls(**usable)


def _check_class(cls: type[Method]) -> None:
    _require(methods_of(cls.stage).get(cls.name) is cls, f"{cls.__name__} is not registered.")
    _require(cls.__dataclass_params__.frozen, f"{cls.name} is not frozen.")  # type: ignore[attr-defined]  # dataclasses have it, their type does not say so
    _require(re.fullmatch(r"[a-z][a-z0-9_]*", cls.name), f"{cls.name!r} is no name for a file.")
    written = (cls.__doc__ or "").partition("(")[0] not in ("", cls.__name__)  # Python's own words
    _require(written, f"{cls.name} has no docstring, which is its entry in the documentation.")


def _check_domains(cls: type[Method]) -> None:
    """Each parameter refuses what lies outside its domain, and says so."""
    for field in dataclasses.fields(cls):
        domain, refused = field.metadata["domain"], 0
        for value in _strange_values(domain):
            try:
                domain.read(value)
            except (ValueError, TypeError):
                refused += 1
                _check_refusal(cls, field.name, value)
        _require(refused, f"{cls.name}.{field.name} takes any value.")
        _require(field.metadata["doc"], f"{cls.name}.{field.name} is not described.")


def _strange_values(domain: Any) -> tuple[Any, ...]:
    low, high = getattr(domain, "low", -math.inf), getattr(domain, "high", math.inf)
    return (None, object(), True, math.nan, math.inf, "", "no such word", (2.0, 1.0), [1.0],
            low - 1, high + 1, 0.123456, "1/0")  # fmt: skip


def _check_refusal(cls: type[Method], name: str, value: Any) -> None:
    words = rf"{cls.name}\.{name} must be .+, got .+"
    try:
        _made(cls, {name: value})
    except MethodError as error:
        _require(re.search(words, str(error), re.DOTALL), f"{error} does not say {words}")
    else:
        raise AssertionError(f"{cls.name}.{name} takes {value!r}, which is outside its domain.")


def _check_round_trip(method: Method) -> None:
    again, faults = build(method.stage, describe(method))
    _require(again == method, f"{method} is read back as {again}, with {faults}.")
    _require(hash(again) == hash(method), f"{method} has another hash when read back.")


def sample(seed: int = 0) -> tuple[Matrix, Traits]:
    """Return positive columns as they occur, (rows, columns), and their traits.

    Skewed, tied, with gaps, with an outlier, constant, and empty.
    """
    rng = np.random.default_rng(seed)
    matrix = np.exp(rng.normal(0, 1, (_ROWS, 6)))
    matrix[:, 1] = rng.integers(1, 4, _ROWS)
    matrix[rng.random(_ROWS) < 0.3, 2] = np.nan
    matrix[rng.integers(_ROWS), 3] = 1000.0
    matrix[:, 4], matrix[:, 5] = 7.0, np.nan
    goalposts = np.tile([0.5, 5.0], (6, 1))
    polarity = np.array([1.0, 1.0, -1.0, -1.0, 1.0, -1.0])
    target = np.full(6, 2.0)
    return matrix, Traits(polarity, goalposts, target, np.arange(_ROWS), np.zeros(_ROWS))


def _check_stage(method: Stage) -> None:
    matrix, traits = sample()
    before = matrix.copy()
    state = method.fit(matrix, traits)
    after = method.transform(matrix, state, traits)
    gaps = np.isnan(matrix)
    _require(after.shape == matrix.shape, f"{method} gives the shape {after.shape}.")
    _require(after.dtype == np.float64, f"{method} gives {after.dtype}.")
    _require(np.array_equal(matrix, before, equal_nan=True), f"{method} changes its input.")
    if not isinstance(method, Imputation) or not method.needs_panel:
        _require(
            _same(_by_rows(method, matrix, state, traits), after), f"{method}: not row by row."
        )
    for column in range(matrix.shape[1]):
        line = method.explain(state, column)
        _require(line.strip() and "\n" not in line, f"{method} explains itself as {line!r}.")
    _require(not np.isinf(after).any(), f"{method} gives infinite values.")
    if isinstance(method, Imputation):
        _require(np.array_equal(after[~gaps], matrix[~gaps]), f"{method} changes what is present.")
    elif not method.fills:
        _require(np.isnan(after[gaps]).all(), f"{method} makes values of gaps.")
    _check_few(method)
    if method.monotone:
        _check_order(method, matrix, state, traits)


def _by_rows(method: Stage, matrix: Matrix, state: Any, traits: Traits) -> Matrix:
    """Transform every row by itself."""
    rows = [
        method.transform(matrix[[row]], state, traits.of_rows(np.array([row])))
        for row in range(len(matrix))
    ]
    return np.concatenate(rows)


def _same(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True))


def _check_order(method: Stage, matrix: Matrix, state: Any, traits: Traits) -> None:
    """Check that a better value never does worse, on a frozen scale and beyond its ends."""
    ladder = np.geomspace(1e-3, 2e3, 200)[:, None] * np.ones(matrix.shape[1])
    own = dataclasses.replace(traits, series=np.arange(len(ladder)), times=np.zeros(len(ladder)))
    climbed = method.transform(ladder, state, own)
    if isinstance(method, Normalisation):
        climbed = climbed * 1.0
        climbed[:, traits.polarity < 0] *= -1
    if isinstance(method, Treatment):
        fitted = ~np.isnan(matrix).all(axis=0)
        _require(~np.isnan(climbed[:, fitted]).any(), f"{method} makes gaps of values.")
    _require(not (np.diff(climbed, axis=0) < -1e-9).any(), f"{method} turns the order round.")


def _check_aggregation(method: Aggregation) -> None:
    rng = np.random.default_rng(0)
    values = rng.uniform(1, 100, (5, 7, 3))
    weights = np.repeat(rng.dirichlet(np.ones(3), (5, 1)), 7, axis=1)
    combined = method.combine(values, weights)
    _require(combined.shape == (5, 7), f"{method} gives the shape {combined.shape}.")
    if not method.ordered:
        turned = method.combine(values[..., ::-1], weights[..., ::-1])
        _require(_same(turned, combined), f"{method} depends on the order of the children.")
    idle = weights * [1, 1, 0] / weights[..., :2].sum(axis=-1, keepdims=True)
    without = method.combine(np.where(idle > 0, values, 1.0), idle)
    _require(_same(method.combine(values, idle), without), f"{method} counts an idle child.")
    if method.monotone:
        raised = values.copy()
        raised[:, 0] += rng.uniform(0, 5, raised[:, 0].shape)  # one row, lest rivals rise too
        better = method.combine(raised, weights)[:, 0]
        _require((better >= combined[:, 0] - 1e-9).all(), f"{method} declares monotone and is not.")
    chart = method.chart()
    if chart is not None:
        linear = chart.back((chart.forward(values) * weights).sum(axis=-1))
        _require(_same(linear, combined), f"{method} is not linear on {chart}.")
        _require(_same(chart.back(chart.forward(values)), values), f"{chart} does not lead back.")


def _check_few(method: Stage) -> None:
    """Check that a stage bears no rows, one row, two rows, and ties all over."""
    for matrix in (np.empty((0, 2)), np.array([[1.0, 2.0]]), np.array([[1.0, 2.0], [3.0, 2.0]]),
                   np.full((4, 2), 5.0)):  # fmt: skip
        traits = plain_traits(*matrix.shape)
        traits = dataclasses.replace(
            traits, goalposts=np.tile([0.5, 5.0], (2, 1)), target=np.full(2, 2.0)
        )
        after = method.transform(matrix, method.fit(matrix, traits), traits)
        _require(after.shape == matrix.shape, f"{method} gives {after.shape} of {matrix.shape}.")
        _require(not np.isinf(after).any(), f"{method} gives infinite values of {matrix}.")


def _check_weighting(method: Weighting) -> None:
    rng = np.random.default_rng(0)
    scores = rng.uniform(1, 100, (40, 3)) + rng.uniform(0, 100, (40, 1))
    given = np.array([1.0, 2.0, 3.0])
    weights = method.fit(scores, given)
    _require(weights.shape == (3,), f"{method} gives the shape {weights.shape}.")
    _require(np.isfinite(weights).all(), f"{method} gives weights that are no numbers.")
    _require((weights >= 0).all() and weights.any(), f"{method} gives the weights {weights}.")
    _require(_same(method.fit(scores, given), weights), f"{method} is not the same twice.")
