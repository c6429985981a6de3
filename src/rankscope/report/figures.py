"""Figures of one indicator as a reader wants them: the value, relative to what, and its unit."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rankscope.pages.numbers import MISSING, figure, fixed

if TYPE_CHECKING:
    from rankscope.definition.model import IndexDefinition, Node
    from rankscope.report.material import Material
    from rankscope.shapes import Vector

_SHORT = (
    ("current US dollars", "US$"),
    ("current US dollar", "US$"),
    ("gross domestic product", "GDP"),
)
_OF_FEW = re.compile(r"of ([2-9]|1[0-9]|20)\b")
_LARGE = {1e3: "1,000", 1e6: "million", 1e9: "billion", 1e12: "trillion"}


@dataclass(frozen=True, slots=True)
class Side:
    """One way to see an indicator: its node, its values (rows,), its unit and decimals.

    ``values`` are before treatment and normalisation, gaps filled where the
    index fills them.
    """

    node: int
    values: Vector
    unit: str
    decimals: int | None
    kind: str

    def number(self, value: float) -> str:
        """Return a value of this side as a table prints it: ``2`` of 3 fields, ``yes``."""
        if not math.isfinite(value):
            return MISSING
        if self.parts:
            number = round(value * self.parts, 1)
            return fixed(number, 0 if number.is_integer() else 1)
        if self.yes_or_no:
            return {0.0: "no", 1.0: "yes"}.get(value, fixed(value, 1))
        whole = self.kind == "count" and value.is_integer()
        return figure(value, 0 if whole else self.decimals)

    def written(self, value: float) -> str:
        """Return a value of this side with its unit."""
        if self.yes_or_no:
            return self.number(value)
        return f"{self.number(value)}{'' if self.unit.startswith('%') else ' '}{self.unit}".strip()

    @property
    def yes_or_no(self) -> bool:
        """Whether it is one of two answers."""
        return self.kind == "dummy"

    @property
    def parts(self) -> int:
        """Return 3 for a share ``of 3 fields``, else 0."""
        found = _OF_FEW.match(self.unit) if self.kind == "share" else None
        return int(found[1]) if found else 0


@dataclass(frozen=True, slots=True)
class Gauge:
    """An indicator: its definition, its column, and its sides.

    ``raw`` is what the publisher says; ``relative`` the same divided by its
    denominator, None where it is not divided.
    """

    spec: Node
    node: int
    column: int
    leaf: int
    raw: Side
    relative: Side | None

    @property
    def main(self) -> Side:
        """Return the side that is compared between units of different size."""
        return self.relative or self.raw


def gauges(material: Material) -> tuple[Gauge, ...]:
    """Return all indicators in the order of the framework."""
    plan = material.plan
    found: dict[str, list[int]] = {}
    for number, leaf in enumerate(plan.leaves):
        found.setdefault(leaf.spec.code, []).append(number)
    return tuple(_gauge(material, spec, found[spec.code]) for spec in plan.definition.indicators())


def _gauge(material: Material, spec: Node, numbers: list[int]) -> Gauge:
    plan = material.plan
    divided = [number for number in numbers if plan.leaves[number].divisor >= 0]
    plain = [number for number in numbers if number not in divided]
    node = plan.node(spec.code)
    raw_node = plan.leaves[plain[0]].node if plain and len(numbers) > 1 else node
    published = _values(material, numbers[0], divided=False)
    kind = str(spec.kind)
    raw = Side(raw_node, published, spec.unit, spec.decimals, kind)
    relative = None
    if divided:
        unit = f"{spec.unit} {per_words(plan.definition, spec)}".strip()
        values = _values(material, divided[0], divided=True)
        relative = Side(plan.leaves[divided[0]].node, values, unit, None, "ratio")
    return Gauge(spec, node, plan.leaves[numbers[0]].column, numbers[0], raw, relative)


def _values(material: Material, leaf: int, *, divided: bool) -> Vector:
    """Return the values of a leaf as published or divided; where they are gaps, what fills them."""
    records = material.result.leaves
    values: Vector = records.record("denomination" if divided else "raw").matrix[:, leaf]
    one = material.plan.leaves[leaf]
    if divided or (one.divisor < 0 and one.multiplier < 0):
        values = np.where(np.isnan(values), records.record("imputation").matrix[:, leaf], values)
    return values


def per_words(definition: IndexDefinition, spec: Node) -> str:
    """Return what an indicator is divided by, in words: ``per 1,000 persons``."""
    variable = definition.variable(spec.denominator)
    if variable is None:
        return f"per {_how_many(spec.per)}{spec.denominator}"
    unit = variable.unit or variable.name.lower()
    if spec.per == 1:
        unit = unit.removesuffix("s")
    words = f"per {_how_many(spec.per)}{unit}"
    if variable.kind == "amount" and variable.unit:
        words += f" of {variable.name.lower()}"
    for long, short in _SHORT:
        words = words.replace(long, short)
    return words


def _how_many(per: float) -> str:
    """Return the number before a unit, with a space behind; nothing for one."""
    return "" if per == 1 else f"{_LARGE.get(per, f'{per:,.6g}')} "
