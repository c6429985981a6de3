"""What ``rankscope goal`` is told: which indicators may change, and what that costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from rankscope._words import visible
from rankscope.cli.lookup import find_indicator, find_node
from rankscope.cli.table_options import names_in
from rankscope.errors import MethodError, RankscopeError

if TYPE_CHECKING:
    from rankscope.pipeline.result import Result


def codes_in(result: Result, said: str | None) -> tuple[str, ...]:
    """Return the codes of nodes that are named, with commas between, by code or name.

    Raises
    ------
    RankscopeError
        When there is no such node, or none is named.
    """
    found = tuple(code_of(result, one) for one in names_in(said))
    if said is not None and not found:
        raise MethodError("--only names no indicator and no node. Name one, or leave it out.")
    return found


def costs_in(result: Result, said: str | None) -> dict[str, float]:
    """Return costs by the codes of nodes, such as ``talent=2,patents=0.5``.

    Raises
    ------
    RankscopeError
        When one has no cost, or two, or there is no such node.
    """
    found: dict[str, float] = {}
    for part in names_in(said):
        name, _, number = (one.strip() for one in part.rpartition("="))
        cost = _number(number)
        if not name or not 0 < cost < math.inf:
            raise MethodError(
                "--cost takes codes with numbers above 0, such as talent=2,research=0.5. "
                f"It can not read {visible(part)!r}."
            )
        code = code_of(result, name)
        if code in found:
            raise MethodError(f"--cost names {visible(name)!r} twice. Give it one cost.")
        found[code] = cost
    return found


def code_of(result: Result, said: str) -> str:
    """Return the code of the indicator or node that goes by a code or a name.

    Raises
    ------
    RankscopeError
        When there is none.
    """
    try:
        return find_indicator(result, said)
    except RankscopeError:
        return result.plan.nodes[find_node(result, said)].spec.code


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return math.nan
