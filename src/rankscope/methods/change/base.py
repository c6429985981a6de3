"""The abstract change: what a scenario does to raw values."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, ClassVar

from rankscope._domains import Maybe, Text
from rankscope._registry import Method, parameter
from rankscope.methods.change.names import Names

if TYPE_CHECKING:
    from rankscope.methods.change.size import Size
    from rankscope.methods.change.world import Aim, World
    from rankscope.shapes import Matrix

MEASURED = frozenset({"count", "amount", "ratio", "share", "maximum"})
"""Kinds with a nought, of which there can be half as much."""

METRIC = MEASURED | {"interval"}
"""Kinds of which differences can be told."""

ALL_KINDS = METRIC | {"rank", "dummy"}


@dataclass(frozen=True, slots=True)
class Change(Method):
    """An act of a scenario: it changes raw values of some units at some indicators.

    ``kinds`` are those of indicators for which the act makes sense: a node is taken to mean
    only these of its indicators.
    """

    stage: ClassVar[str] = "change"
    kinds: ClassVar[frozenset[str]] = ALL_KINDS
    _: KW_ONLY
    units: tuple[str, ...] = parameter(
        (), Names("units or groups of units"), "whom it befalls; unless given, the scenario's units"
    )
    nodes: tuple[str, ...] = parameter(
        (),
        Names("codes of indicators or nodes"),
        "where it acts: indicators, all of a node, or variables that are no indicators; "
        "unless given, all indicators",
    )
    exposed_to: str | None = parameter(
        None, Maybe(Text("what indicators are exposed to")), "only indicators exposed to this"
    )

    def sizes(self) -> tuple[Size, ...]:
        """Return what is drawn where it is a range, the main size first."""
        return ()

    def with_units(self) -> tuple[str, ...]:
        """Return the units or groups that the act needs besides those that it befalls."""
        return ()

    def ties_used(self) -> tuple[str, ...]:
        """Return the codes of the ties that the act looks at."""
        return ()

    def makes(self) -> tuple[str, ...]:
        """Return the codes of units that the act makes."""
        return ()

    def where(self, world: World) -> tuple[str, ...]:
        """Return the codes of indicators and nodes that it acts on; none means all indicators."""
        del world
        return self.nodes

    @abstractmethod
    def apply(self, world: World, aim: Aim, sizes: Matrix) -> World:
        """Return the world after the act; ``sizes`` is of shape (versions, number of sizes).

        Raises
        ------
        MethodError
            When a value would leave the range that is possible for its indicator.
        """
