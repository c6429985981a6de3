"""Whether the rows of COINr's iMeta make a tree in which every parent is one level up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import did_you_mean
from rankscope.data.grid import quoted
from rankscope.findings import Finding, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rankscope.exchange.coinr_meta import MetaRow


def tree_findings(rows: Sequence[MetaRow]) -> tuple[Finding, ...]:
    """Return an error for each row that is there twice or hangs in the wrong place."""
    nodes = [row for row in rows if row.entry.is_node]
    by_code = {row.entry.code: row for row in reversed(nodes)}
    columns = {row.entry.code for row in rows if not row.entry.is_node}
    top = max((row.level or 1 for row in nodes), default=1)
    return (
        *_twice(rows),
        *(one for row in nodes for one in _parent(row, by_code, top)),
        *_roots(nodes, top),
        *_denominators(nodes, columns),
        *_turned(nodes),
    )


def _twice(rows: Sequence[MetaRow]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for row in rows:
        code, place = row.entry.code, row.entry.place
        if code in first:
            said = f"iCode {quoted(code)} has a row already, at {first[code]}."
            yield error("import-twice", place, said, "Keep one row for each iCode.")
        first.setdefault(code, place)


def _parent(row: MetaRow, by_code: dict[str, MetaRow], top: int) -> Iterator[Finding]:
    """Say what is wrong with a row's parent."""
    entry, level = row.entry, row.level
    if not entry.parent:
        if level is not None and level < top:
            said = f"{quoted(entry.code)} has no Parent, and only the index itself has none."
            mend = "Name the aggregate one level up that it belongs to."
            yield error("import-parent", entry.place, said, mend)
        return
    parent = by_code.get(entry.parent)
    name = f"{quoted(entry.code)}: Parent {quoted(entry.parent)}"
    if parent is None or parent.entry.type != "Aggregate":
        aggregates = [one for one, of in by_code.items() if of.entry.type == "Aggregate"]
        meant = did_you_mean(entry.parent, aggregates)
        yield error("import-parent", entry.place, f"{name} is no iCode of an aggregate.", meant)
    elif level is not None and parent.level is not None and parent.level != level + 1:
        said = f"{name} is at level {parent.level}, and {quoted(entry.code)} at level {level}."
        mend = "A parent is exactly one level up: put an aggregate between them, or mend Level."
        yield error("import-parent", entry.place, said, mend)


def _roots(nodes: Sequence[MetaRow], top: int) -> Iterator[Finding]:
    """Say where several rows, or none, are the index itself."""
    roots = [row.entry for row in nodes if not row.entry.parent and (row.level or top) == top]
    if len(roots) > 1:
        said = f"{quoted(roots[0].code)} and {quoted(roots[1].code)} both have no Parent."
        mend = "One row, the index itself, is at the highest level and has none."
        yield error("import-parent", roots[1].place, said, mend)
    if nodes and not roots:
        said = f"No row at the highest level, {top}, is without a Parent."
        mend = "The index itself is at the highest level, and its Parent is NA."
        yield error("import-parent", nodes[-1].entry.place, said, mend)


def _denominators(nodes: Sequence[MetaRow], columns: set[str]) -> Iterator[Finding]:
    for row in nodes:
        code = row.entry.keys.get("denominator")
        if code and code not in columns:
            name = f"{quoted(row.entry.code)}: Denominator {quoted(code)}"
            said = f"{name} is no iCode of Type Denominator."
            yield error("import-parent", row.entry.place, said, did_you_mean(code, sorted(columns)))


def _turned(nodes: Sequence[MetaRow]) -> Iterator[Finding]:
    """Warn of aggregates that point down: COINr knows no such thing, rankscope does."""
    for row in nodes:
        if row.entry.type == "Aggregate" and row.entry.keys.get("polarity") == -1:
            said = (
                f"{quoted(row.entry.code)} is an aggregate with Direction -1, which COINr ignores."
            )
            mend = "Here its score is mirrored; write 1 for the same result as in COINr."
            yield warning("import-direction", row.entry.place, said, mend)
