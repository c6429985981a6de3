"""The design: all assumptions of an index compiled, from which every draw is a lookup."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import did_you_mean, join_words, visible
from rankscope.analyses.uncertainty.factors import (
    LEAVE_OUT,
    METHODS,
    Factor,
    Option,
    leave_out_factor,
    method_factors,
    table_factor,
    with_methods,
)
from rankscope.analyses.uncertainty.tables import drawn_leaves
from rankscope.analyses.variant_results import chosen_period
from rankscope.analyses.varied_weights import VariedWeights, varied_weights
from rankscope.definition.assumptions import DEFAULT, DEFAULT_WEIGHTS
from rankscope.errors import BindError, MethodError
from rankscope.findings import warning
from rankscope.pipeline.binding import bind
from rankscope.pipeline.evaluate import compile_node
from rankscope.pipeline.plan import HEADLINE
from rankscope.pipeline.prepare import prepare
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from rankscope._registry import Method
    from rankscope.definition.assumptions import Assumptions
    from rankscope.findings import Finding
    from rankscope.pipeline.evaluate import Compiled
    from rankscope.pipeline.leaves import Leaves
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.ranks import Ranking
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Mask, Whole

MOST = 1024
"""How many combinations of methods are tried at most."""

Methods = tuple[tuple[str, "Method"], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Realisation:
    """One combination of methods and table, ready for many weights."""

    compiled: Compiled
    varied: VariedWeights


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What varies in an index, and the scores that any choice gives.

    ``factors`` are the discrete ones; ``admissible`` weights, where there are any, are one
    factor more.  ``result`` is the index as published: of a panel, ``rows`` of one period.
    """

    result: Result
    whole: Result
    assumptions: Assumptions
    factors: tuple[Factor, ...]
    view: str
    node: int
    seed: int
    rows: Whole
    findings: tuple[Finding, ...]
    memo: dict[object, Realisation] = field(default_factory=dict, repr=False)

    @property
    def ranking(self) -> Ranking:
        """Return the rule by which the rows of the design are ranked."""
        return ranking_of(self.result.plan, self.view)

    @property
    def published(self) -> Realisation:
        """Return the index as published: its methods, its table."""
        return self.realise((), None)

    def varies_weights(self) -> bool:
        """Whether any weights vary."""
        return bool(self.published.varied.groups)

    def names(self) -> tuple[str, ...]:
        """Return the names of all factors, the weights last."""
        weights = ("weights",) if self.varies_weights() else ()
        return (*(factor.name for factor in self.factors), *weights)

    def scores(self, choices: Whole, weights: Callable[[VariedWeights], Batch]) -> Batch:
        """Return the scores of choices of shape (draws, factors), of shape (draws, rows).

        ``weights`` gives those of all these draws, (draws, edges), for a set and what it
        is taken of: where weights are learnt from data, that differs between methods.
        """
        found = np.empty((len(choices), len(self.rows)))
        for chosen, mine in self._groups(choices):
            realisation = self.realise(*chosen)
            own = weights(realisation.varied)[mine]
            scores = realisation.compiled.scores(self._cut(own, choices[mine]))
            found[mine] = scores if scores.shape == found.shape else scores[:, self.rows]
        return found

    def realise(self, methods: Methods, table: int | None) -> Realisation:
        """Return a combination of methods and table, compiled once."""
        key = (methods, table)
        if key not in self.memo:
            plan, leaves = self._prepared(methods, table)
            own = replace(plan, fitted_weights=tuple(leaves.weights))
            given = own.weights(self.view)
            self.memo[key] = Realisation(
                compile_node(plan, leaves, self.node),
                self._varied(own, given),
            )
        return self.memo[key]

    def _prepared(self, methods: Methods, table: int | None) -> tuple[Plan, Leaves]:
        if not methods and table is None:
            return self.whole.plan, self.whole.leaves
        plan = plan_with(self.whole.plan, methods)
        if table is None:
            return plan, prepare(plan)
        return plan, drawn_leaves(plan, self.assumptions, self.seed, table)

    def _varied(self, plan: Plan, given: Batch) -> VariedWeights:
        """Return where weights vary; the same object for the same weights."""
        for one in self.memo.values():
            if np.array_equal(one.varied.given, given):
                return one.varied
        admissible = self.assumptions.weights
        if admissible is None:
            return VariedWeights(DEFAULT_WEIGHTS, (), given)
        levels = self.assumptions.levels
        return varied_weights(plan, given, admissible, levels=levels, node=self.node)

    def _groups(self, choices: Whole) -> list[tuple[tuple[Methods, int | None], Whole]]:
        """Return each combination of methods and table that is chosen, with its draws."""
        at = [n for n, factor in enumerate(self.factors) if factor.name != LEAVE_OUT]
        keys, place = np.unique(choices[:, at], axis=0, return_inverse=True)
        order = np.argsort(place.ravel(), kind="stable")
        ends = np.cumsum(np.bincount(place.ravel(), minlength=len(keys)))[:-1]
        options = (
            [self.factors[n].options[k] for n, k in zip(at, key, strict=True)] for key in keys
        )
        return list(zip(map(_chosen, options), np.split(order, ends), strict=True))

    def _cut(self, weights: Batch, choices: Whole) -> Batch:
        """Return weights, (draws, edges), with 0 where a draw leaves a node out."""
        for number, factor in enumerate(self.factors):
            if factor.name == LEAVE_OUT:
                edges = np.array([-1 if one.out is None else one.out for one in factor.options])
                cut = edges[choices[:, number]]
                draws = np.flatnonzero(cut >= 0)
                weights[draws, cut[draws]] = 0.0
        return weights


def design_of(
    result: Result,
    *,
    assumptions: Assumptions | None = None,
    view: str = HEADLINE,
    node: str | None = None,
    period: str | None = None,
    seed: int = 0,
) -> Design:
    """Compile the assumptions of an index, or others, for a node in a view and a period.

    Methods that can not be combined, such as geometric means of scores that may be 0, are
    left out: the factors that exclude each other become one factor over the combinations
    that can be built, and a finding says which those are not.

    Raises
    ------
    BindError
        When no combination can be built, or there are more than 1,024.
    DataError
        When the panel has no such period.
    """
    definition = result.plan.definition
    assumed = assumptions or definition.assumptions or DEFAULT
    shown = chosen_period(result, definition.title, period)
    alone = result.of_period(shown)
    periods = np.array(result.plan.table.periods)
    rows = np.flatnonzero(periods == shown) if shown else np.arange(len(result.units))
    tables = table_factor(assumed)
    design = Design(
        result=alone,
        whole=result,
        assumptions=assumed,
        factors=(),
        view=view,
        node=result.plan.root if node is None else node_number(result.plan, node),
        seed=seed,
        rows=rows,
        findings=(),
    )
    methods, findings = _that_go_together(design, method_factors(assumed), bool(tables))
    factors = (*methods, *tables, *leave_out_factor(assumed, result.plan))
    return replace(design, factors=factors, findings=findings)


def node_number(plan: Plan, code: str) -> int:
    """Return the number of a node by its code.

    Raises
    ------
    BindError
        When no node has this code.
    """
    codes = [node.code for node in plan.nodes]
    if code not in codes:
        said = f"{plan.definition.title} has no node {visible(code)!r}."
        raise BindError(f"{said} {did_you_mean(code, codes)}".rstrip())
    return codes.index(code)


def _that_go_together(
    design: Design, factors: tuple[Factor, ...], drawn: bool
) -> tuple[tuple[Factor, ...], tuple[Finding, ...]]:
    """Return factors of which all choices go together, and what had to be left out."""
    shape = [len(factor.options) for factor in factors]
    if np.prod(shape, dtype=float) > MOST:
        said = f"The assumptions combine methods in {np.prod(shape, dtype=float):,.0f} ways."
        raise BindError(f"{said} Name fewer choices: at most {MOST:,} combinations are built.")
    refused = np.full(shape, "", dtype=object)
    for place in np.ndindex(*shape):
        methods, _ = _chosen(_options(factors, place))
        try:
            design.realise(methods, 0 if drawn else None)
        except (BindError, MethodError) as problem:
            refused[place] = str(problem)
    allowed = np.array(refused == "", dtype=bool)
    if allowed.all():
        return factors, ()
    if not allowed.any():
        raise BindError(f"No combination of the assumed methods can be built. {refused.flat[0]}")
    return _merged(factors, allowed), _refused(factors, refused)


def _merged(factors: tuple[Factor, ...], allowed: Mask) -> tuple[Factor, ...]:
    """Return the factors that exclude choices of each other as one, the others as they are."""
    tied = [n for n in range(len(factors)) if (allowed != allowed.take([0], axis=n)).any()]
    free = [factor for n, factor in enumerate(factors) if n not in tied]
    corner = allowed[tuple(slice(None) if n in tied else 0 for n in range(len(factors)))]
    options = []
    for place in np.argwhere(corner):
        chosen = _options([factors[n] for n in tied], place)
        words = " + ".join(one.label for one in chosen)
        options.append(Option(words, _chosen(chosen)[0]))
    return (Factor(METHODS, tuple(options)), *free)


def _refused(factors: tuple[Factor, ...], refused: np.ndarray) -> tuple[Finding, ...]:
    """Say which combinations of methods are left out, and why the first is."""
    places = [place for place in np.ndindex(*refused.shape) if refused[place]]
    words = [" + ".join(one.label for one in _options(factors, place)) for place in places]
    shown = join_words(words[:4], "and") + (f" and {len(words) - 4} more" if words[4:] else "")
    reason = str(refused[places[0]]).splitlines()[0]
    sentence = f"Of {refused.size} combinations of methods {len(words)} can not be built: {shown}."
    remedy = f"They are left out. The first can not because: {reason}"
    return (warning("assumptions-exclude", "assumptions", sentence, remedy),)


def _options(factors: Sequence[Factor], places: Iterable[int]) -> list[Option]:
    """Return the options that stand at some places."""
    return [factor.options[at] for factor, at in zip(factors, places, strict=True)]


def _chosen(options: list[Option]) -> tuple[Methods, int | None]:
    """Return the methods and the table that options choose together."""
    methods = tuple(pair for one in options for pair in one.methods)
    return methods, next((one.table for one in options if one.table is not None), None)


def plan_with(plan: Plan, methods: Methods) -> Plan:
    """Return an index compiled with other methods, without its variants and assumptions.

    Raises
    ------
    BindError
        When they do not go together.
    """
    if not methods:
        return plan
    changed = with_methods(plan.definition.method, methods)
    alone = {"method": changed, "variants": (), "assumptions": None}  # those are judged apart
    return bind(plan.definition.model_copy(update=alone), plan.table)
