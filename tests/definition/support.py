"""What the tests of definitions share: texts with one thing changed, and where faults are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.definition import examine_text

if TYPE_CHECKING:
    from rankscope.definition.model import IndexDefinition
    from rankscope.findings import Finding

GOOD = """\
rankscope: 1
name: trial
title: Trial
data: {file: data.csv}
sources:
  - {code: wb, publisher: Bank, title: Figures}
context:
  - {code: pop, name: Population, kind: count, source: wb}
  - {code: zone, name: Zone, kind: group}
framework:
  code: index
  name: Index
  children:
    - code: economy
      name: Economy
      children:
        - {code: gdp, name: GDP, kind: amount, denominator: pop, source: wb}
        - {code: trade, name: Trade, kind: share}
    - code: health
      name: Health
      children:
        - {code: beds, name: Beds, kind: count, denominator: pop}
        - {code: smog, name: Smog, kind: interval, polarity: -1}
method:
  aggregation: arithmetic
"""


def changed(old: str, new: str, text: str = GOOD) -> str:
    """Return a text with one passage changed; the passage must be there."""
    assert old in text, old
    return text.replace(old, new, 1)


def examined(text: str | bytes) -> tuple[IndexDefinition | None, tuple[Finding, ...]]:
    return examine_text(text, name="t.yaml")


def findings_of(text: str | bytes) -> dict[str, Finding]:
    """Return what was found, by id."""
    return {one.id: one for one in examined(text)[1]}
