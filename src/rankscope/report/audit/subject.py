"""What the audit report draws on: the audit, the material of the report, and links to units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.report.audit.exhibits import Cell

if TYPE_CHECKING:
    from rankscope.analyses.audit import Audit
    from rankscope.pipeline.plan import Plan
    from rankscope.report.firmness import Firmness
    from rankscope.report.material import Material


@dataclass(frozen=True, slots=True)
class Subject:
    """An audit with the material of the report.

    ``firm`` is what draws say in the view that is audited, None where there are none; the
    parts of units show it only where that is the headline.
    """

    found: Audit
    material: Material
    firm: Firmness | None
    rows: dict[str, int]

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.material.plan

    def unit(self, code: str) -> Cell:
        """Return the name of a unit, which leads to its part."""
        row = self.rows.get(code)
        if row is None:
            return Cell(code)
        return Cell(self.material.result.names[row], link=f"#{self.material.anchors[row]}")

    def name(self, code: str) -> str:
        """Return the name of a unit."""
        row = self.rows.get(code)
        return code if row is None else self.material.result.names[row]

    def rank(self, row: int) -> int:
        """Return the rank of a unit in the view that is audited, 0 for none."""
        return int(self.found.result.rank(view=self.found.view)[row])

    @property
    def others(self) -> str:
        """Return what units in a fold are called."""
        return self.material.nouns
