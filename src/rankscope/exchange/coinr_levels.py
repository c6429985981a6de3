"""A framework as COINr counts it: indicators at level 1, every parent exactly one level up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.definition.model import Node


@dataclass(frozen=True, slots=True)
class Placed:
    """A node at its level; one ``inserted`` only fills a level and equals its only child."""

    node: Node
    code: str
    level: int
    parent: str
    inserted: bool = False


def placed_nodes(framework: Node) -> tuple[Placed, ...]:
    """Return all nodes, the lowest level first and within it in the order of the framework.

    Where a parent is more than one level above, aggregates of one child are put in between.
    """
    codes = {node.code for node in framework.walk()}
    root = Placed(framework, framework.code, _height(framework), "")
    found = [root, *_below(root, codes)]
    return tuple(sorted(found, key=lambda one: one.level))


def _height(node: Node) -> int:
    return 1 + max((_height(child) for child in node.children), default=0)


def _below(parent: Placed, codes: set[str]) -> Iterator[Placed]:
    """Yield what lies below a node, with what fills the levels between."""
    for child in parent.node.children:
        level, above = _height(child), parent.code
        for between in range(parent.level - 1, level, -1):
            code = _free(f"{child.code}_level_{between}", codes)
            yield Placed(child, code, between, above, inserted=True)
            above = code
        here = Placed(child, child.code, level, above)
        yield here
        yield from _below(here, codes)


def _free(code: str, codes: set[str]) -> str:
    while code in codes:
        code += "_"
    codes.add(code)
    return code
