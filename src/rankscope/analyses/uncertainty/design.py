"""The design: all assumptions of an index compiled, from which every draw is a lookup."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.analyses.uncertainty.factors import LEAVE_OUT, chosen, with_methods
from rankscope.analyses.uncertainty.realisation import Scope, realised
from rankscope.pipeline.ranks import ranking_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.uncertainty.factors import Factor
    from rankscope.analyses.uncertainty.realisation import Extend, Methods, Realisation
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.definition.assumptions import Assumptions
    from rankscope.findings import Finding
    from rankscope.pipeline.ranks import Ranking
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What varies in an index, and the scores that any choice gives.

    ``factors`` are the discrete ones; ``admissible`` weights, where there are any, are one
    factor more.  ``result`` is the index as published, ``whole`` all periods of it where it
    is a panel, of which ``rows`` are those of the one period.  ``memo`` holds what is
    compiled: designs that are made from one by `dataclasses.replace` share it, and may differ
    in factors, findings and seed only.  ``extend`` puts rows after those of the index, such as
    those of a scenario (`with_rows`).
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
    memo: dict[object, Any] = field(default_factory=dict, repr=False)
    extend: Extend | None = None

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

        Rows that were put after those of the index are after them here.

        ``weights`` gives those of all these draws, (draws, edges), for a set and what it
        is taken of: where weights are learnt from data, that differs between methods.
        """
        found = np.empty((0, 0))
        for members in self._alike(choices):
            draws = np.concatenate([own for _, own in members])
            first = members[0][0]
            cut = self._cut(weights(first.varied)[draws], choices[draws])
            edges, start = first.compiled.edge_weights(cut), 0
            for realisation, own in members:
                scores = realisation.scores_of(edges.of(slice(start, start + len(own))))
                start += len(own)
                if len(own) == len(choices):  # the only combination: its draws are in order
                    return scores
                if not found.size:
                    found = np.empty((len(choices), scores.shape[1]))
                found[own] = scores
        return found

    def realise(self, methods: Methods, table: int | None) -> Realisation:
        """Return a combination of methods and table, compiled once."""
        key = (methods, table, None if table is None else self.seed)
        if key not in self.memo:
            self.memo[key] = realised(self._scope(), methods, table)
        found: Realisation = self.memo[key]
        return found

    def _scope(self) -> Scope:
        where = (self.view, self.node, self.seed, self.rows)
        return Scope(self.whole, self.assumptions, *where, self.memo, self.extend)

    def with_rows(self, extend: Extend) -> Design:
        """Return the design of the same assumptions with rows after those of the index."""
        return replace(self, extend=extend, memo={})

    def _alike(self, choices: Whole) -> list[list[tuple[Realisation, Whole]]]:
        """Return the combinations that are chosen, with their draws, those of one tree together.

        The weights of a tree are added up once for all of them, which is most of the work
        where the draws of each are few.
        """
        found: dict[object, list[tuple[Realisation, Whole]]] = {}
        for methods, table, draws in self._groups(choices):
            one = self.realise(methods, table)
            tree = (id(one.varied), one.compiled.adds_up_like())
            found.setdefault(tree, []).append((one, draws))
        return list(found.values())

    def _groups(self, choices: Whole) -> list[tuple[Methods, int | None, Whole]]:
        """Return each combination of methods and table that is chosen, with its draws."""
        factors = [(n, one) for n, one in enumerate(self.factors) if one.name != LEAVE_OUT]
        number = np.zeros(len(choices), dtype=np.int64)
        for n, factor in factors:
            number = number * len(factor.options) + choices[:, n]
        order = np.argsort(number, kind="stable")
        firsts = np.flatnonzero(np.diff(number[order], prepend=-1))
        parts = np.split(order, firsts[1:]) if len(order) else []
        return [
            (*chosen([one.options[choices[draws[0], n]] for n, one in factors]), draws)
            for draws in parts
        ]

    def _cut(self, weights: Batch, choices: Whole) -> Batch:
        """Return weights, (draws, edges), with 0 where a draw leaves a node out; changes them."""
        for number, factor in enumerate(self.factors):
            if factor.name == LEAVE_OUT:
                edges = np.array([-1 if one.out is None else one.out for one in factor.options])
                cut = edges[choices[:, number]]
                draws = np.flatnonzero(cut >= 0)
                weights[draws, cut[draws]] = 0.0
        return weights


def published_option(design: Design, label: str, factor: str = "", title: str = "") -> bool:
    """Whether a choice, of the factor of that name or title, is as the index is published."""
    method = design.result.plan.definition.method
    return any(
        option.label == label
        and bool(option.methods)
        and with_methods(method, option.methods) == method
        for known in design.factors
        if factor == known.name or title == known.title.lower()
        for option in known.options
    )
