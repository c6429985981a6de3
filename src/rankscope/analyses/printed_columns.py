"""Which column of a published table shows what of an index: as declared, or by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, join_words, visible
from rankscope.definition.model import Printed
from rankscope.errors import DataError
from rankscope.methods.base import PERIOD
from rankscope.methods.normalisation import Normalisation
from rankscope.pipeline.groups import group_names
from rankscope.units import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rankscope.definition.model import Published
    from rankscope.pipeline.plan import Plan

_RANK = " rank"


def printed_columns(
    plan: Plan, header: Sequence[str], published: Published | None
) -> tuple[Printed, ...]:
    """Return the columns to compare: those declared, then those found by their names.

    ``score`` and ``rank`` are those of the whole index; the code or the name of a node
    is the column of its score, and with ``rank`` behind it that of its rank.  Letter
    case, spaces, underlines and points may differ; a name that several nodes share means
    none of them, and codes go before names.

    Raises
    ------
    DataError
        When a declared column is not there, or there is nothing to compare at all.
    """
    declared = published.columns if published else ()
    _check_declared(header, declared)
    found = (*declared, *_by_name(plan, header, declared))
    if not found:
        names = join_words([visible(name) for name in header[:6]], "and")
        raise DataError(
            f"No column of the published table goes by the code or the name of a node; it has "
            f"{names or 'none but that of the units'}. Declare published.columns."
        )
    return found


def node_of(plan: Plan, printed: Printed) -> int:
    """Return the number of the node that a column is about.

    Raises
    ------
    DataError
        When the index has no such node.
    """
    if printed.node is None:
        return plan.root
    codes = [node.code for node in plan.nodes]
    if printed.node not in codes:
        known = did_you_mean(printed.node, codes)
        raise DataError(
            f"published.columns: {visible(printed.column)!r} is about the node "
            f"{visible(printed.node)!r}, and there is none. {known}".strip()
        )
    return codes.index(printed.node)


def check_steps(plan: Plan, printed: Printed) -> None:
    """Refuse steps that can not be done to a score for print.

    Raises
    ------
    DataError
        When one works within a grouping that there is not, or needs what no score has.
    """
    for step in printed.steps:
        where = f"published.columns: {visible(printed.column)!r}: {step.name}"
        if isinstance(step, Normalisation) and (step.needs_goalposts or step.needs_target):
            lacks = "goalposts" if step.needs_goalposts else "a target"
            raise DataError(f"{where} needs {lacks}, and a score has none. Take `linear`.")
        for group in step.groupings():
            if group == PERIOD or group_names(plan.definition, plan.table, group) is not None:
                continue
            raise DataError(
                f"{where} works within {visible(group)!r}, and no column is that grouping. "
                "Declare it under `context:` with kind group."
            )


def _check_declared(header: Sequence[str], declared: Sequence[Printed]) -> None:
    for printed in declared:
        if printed.column not in header:
            raise DataError(
                f"published.columns: the published table has no column "
                f"{visible(printed.column)!r}. {did_you_mean(printed.column, header)}".strip()
            )


def _by_name(plan: Plan, header: Sequence[str], declared: Sequence[Printed]) -> tuple[Printed, ...]:
    """Return the columns that are called as a node is, in the order of the table."""
    taken = {printed.column for printed in declared}
    told = {(printed.node or plan.nodes[plan.root].code, printed.of) for printed in declared
            if not printed.steps}  # fmt: skip
    known = _spellings(plan)
    found = {name: known[_spelling(name)] for name in header if _spelling(name) in known}
    return tuple(
        Printed(column=name, node=node, of="rank" if of == "rank" else "score")
        for name, (node, of) in found.items()
        if name not in taken and (node, of) not in told
    )


def _spellings(plan: Plan) -> dict[str, tuple[str, str]]:
    """Return node and measure by each name that means one and only one; codes before names."""
    root = plan.nodes[plan.root].code
    whole = {"score": (root, "score"), "rank": (root, "rank")}
    names = _unique((node.name, node.code) for node in plan.nodes)
    codes = _unique((node.code, node.code) for node in plan.nodes)
    return whole | names | codes


def _unique(named: Iterable[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for name, code in named:
        found.setdefault(_spelling(name), set()).add((code, "score"))
        found.setdefault(_spelling(name + _RANK), set()).add((code, "rank"))
    return {name: next(iter(those)) for name, those in found.items() if len(those) == 1}


def _spelling(name: str) -> str:
    """Return what is left of a name without letter case, accents, spaces and punctuation."""
    return fold(name).replace(" ", "")
