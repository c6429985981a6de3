"""One side of a comparison: an edition with everything said where it holds.

Two definitions can be mixed node by node only once nothing is inherited that another player
decides: weights stand at the nodes, and weights of a period are plain weights.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rankscope._words import did_you_mean, visible
from rankscope.analyses.diff.renamed_methods import methods_with_codes
from rankscope.analyses.variant_results import chosen_period
from rankscope.errors import DefinitionError
from rankscope.methods.weighting import Given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition, Node, Views
    from rankscope.pipeline.result import Result


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """An edition as it is mixed with another: a plain definition and the table of one period."""

    definition: IndexDefinition
    table: DataTable

    @property
    def nodes(self) -> dict[str, Node]:
        """Return the nodes of the framework by their codes."""
        return {node.code: node for node in self.definition.framework.walk()}


def side_of(result: Result, period: str | None = None) -> tuple[Side, str | None]:
    """Return an edition as a side, and its period: the last of a panel unless told.

    Raises
    ------
    DataError
        When there is no such period.
    """
    plan = result.plan
    moment = chosen_period(result, plan.definition.title, period)
    table = plan.table if moment is None else plan.table.of_period(moment)
    return Side(plain_definition(plan.definition, moment), table), moment


def plain_definition(definition: IndexDefinition, period: str | None = None) -> IndexDefinition:
    """Return what builds the same cross-section, with all weights at the nodes themselves.

    What speaks of other periods, of variants and of print has no effect on it and is left out.
    """
    sets = {one.name: dict(one.weights) for one in definition.weight_sets}
    framework = _with_weights(definition.framework, definition, sets, period)
    method = {"weights": Given(), "scales": "pooled", "base_periods": ()}
    return definition.model_copy(
        update={
            "framework": framework,
            "method": definition.method.model_copy(update=method),
            "data": definition.data.model_copy(update={"periods": ()}),
            "weight_sets": (),
            "variants": (),
            "assumptions": None,
            "published": None,
        }
    )


def _with_weights(
    node: Node,
    definition: IndexDefinition,
    sets: Mapping[str, Mapping[str, float]],
    period: str | None,
) -> Node:
    """Return a node whose children, and all below, say how they are weighed."""
    if node.is_indicator:
        return node
    weighting = node.weighting or definition.method.weights
    own: Mapping[str, float] = {}
    if isinstance(weighting, Given):
        own, weighting = sets.get(weighting.set or "", {}), Given()
    children = (_with_weights(child, definition, sets, period) for child in node.children)
    weighed = tuple(_weighed(child, own.get(child.code), period) for child in children)
    return node.model_copy(update={"children": weighed, "weighting": weighting})


def _weighed(node: Node, from_set: float | None, period: str | None) -> Node:
    """Return a node with the one weight that it has in a period."""
    usual = node.weight
    weight = dict(node.period_weights).get(period or "", usual)
    if from_set is not None:
        weight = from_set * (weight / usual if usual > 0 else 1.0)
    update: dict[str, Any] = {"weight": weight, "period_weights": ()}
    if weight != usual:  # those of groups are relative to the usual weight
        factor = weight / usual if usual > 0 else 0.0
        groups = tuple((name, own * factor) for name, own in node.group_weights)
        update |= {"group_weights": groups} if factor else {"group_weights": (), "weights_by": None}
    return node.model_copy(update=update)


def renamed_side(old: Side, new: Side, renamed: Mapping[str, str]) -> Side:
    """Return the old side in the codes of the new one; roots are always the same thing.

    ``renamed`` maps old codes of nodes and variables to new ones.

    Raises
    ------
    DefinitionError
        When a code is not there, or two things would have one code.
    """
    codes = {node.code for node in old.definition.framework.walk()}
    codes |= {one.code for one in old.definition.context}
    _check_renamed(codes, new, renamed)
    roots = (old.definition.framework.code, new.definition.framework.code)
    names = {roots[0]: roots[1], **renamed} if roots[1] not in codes else dict(renamed)
    if not names:
        return old
    columns = tuple(names.get(code, code) for code in old.table.columns)
    if len({names.get(code, code) for code in codes}) < len(codes) or len({*columns}) < len(
        columns
    ):
        raise DefinitionError(
            "After renaming, two nodes or columns of the old edition have one code. Rename each "
            "to a code that the old edition does not have."
        )
    return Side(_with_codes(old.definition, names), replace(old.table, columns=columns))


def _check_renamed(codes: set[str], new: Side, renamed: Mapping[str, str]) -> None:
    there = {*new.nodes, *(one.code for one in new.definition.context)}
    for which, code, known in (
        *(("old", code, codes) for code in renamed),
        *(("new", code, there) for code in renamed.values()),
    ):
        if code not in known:
            said = f"{visible(code)!r} was to be renamed, and the {which} edition has no such code."
            raise DefinitionError(f"{said} {did_you_mean(code, sorted(known))}".rstrip())


def _with_codes(definition: IndexDefinition, names: Mapping[str, str]) -> IndexDefinition:
    def node_with(node: Node) -> Node:
        update: dict[str, Any] = {
            **methods_with_codes(node, names),
            "code": names.get(node.code, node.code),
            "denominator": names.get(node.denominator or "", node.denominator),
            "children": tuple(map(node_with, node.children)),
        }
        return node.model_copy(update=update)

    context = tuple(
        one.model_copy(update={"code": names.get(one.code, one.code)}) for one in definition.context
    )
    views = definition.views and _views_with(definition.views, names)
    method = definition.method.model_copy(update=methods_with_codes(definition.method, names))
    framework = node_with(definition.framework)
    return definition.model_copy(
        update={"framework": framework, "context": context, "views": views, "method": method}
    )


def _views_with(views: Views, names: Mapping[str, str]) -> Views:
    update = methods_with_codes(views, names)
    threshold = views.rank_intensity_from
    if threshold is not None:
        variable = {"variable": names.get(threshold.variable, threshold.variable)}
        update["rank_intensity_from"] = threshold.model_copy(update=variable)
    return views.model_copy(update=update)
