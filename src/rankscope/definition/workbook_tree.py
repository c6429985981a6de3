"""From rows to a tree: keys with dots to mappings, rows with parents to a framework."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from rankscope._words import did_you_mean, visible
from rankscope.definition.located import MAX_DEPTH, Located
from rankscope.definition.workbook_cells import AGGREGATE, INDICATOR
from rankscope.findings import Finding, error

MAX_LEVELS = MAX_DEPTH // 2


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of the framework, each a mapping with its parent's code."""

    rows: tuple[Located, ...]
    place: str

    def text(self, row: int, key: str) -> str:
        """Return what a row says for a key, or nothing."""
        cell = self.rows[row].get(key)
        return cell.value.strip() if cell and isinstance(cell.value, str) else ""

    def at(self, row: int, key: str) -> str:
        """Return the place of a row's cell."""
        return self.rows[row].locate((key,))


def branch(leaves: Mapping[tuple[str, ...], Located], place: str, faults: list[Finding]) -> Located:
    """Return the mapping that keys with dots describe; whole numbers count list items."""
    below: dict[str, dict[tuple[str, ...], Located]] = defaultdict(dict)
    for path, value in leaves.items():
        below[path[0]][path[1:]] = value
    members: dict[str, Located] = {}
    for key, inner in below.items():
        first = next(iter(inner.values())).place
        if () not in inner:
            members[key] = branch(inner, first, faults)
            continue
        members[key] = inner[()]
        if len(inner) > 1:
            said = f"The key '{visible(key)}' has a value, and keys below it have others."
            faults.append(error("workbook-key-conflict", first, said, "Keep one of the two."))
    if members and all(key.isdecimal() for key in members):
        ordered = sorted(members, key=lambda key: (len(key), key))
        return Located(tuple(members[key] for key in ordered), place)
    return Located(members, place, {key: member.place for key, member in members.items()})


def framework_of(rows: Rows, faults: list[Finding]) -> Located:
    """Return the tree that rows with parents describe; what makes none is a fault."""
    children: dict[str, list[int]] = defaultdict(list)
    codes = [rows.text(row, "code") for row in range(len(rows.rows))]
    known = set(codes)
    for row, code in enumerate(codes):
        parent = rows.text(row, "parent")
        if parent and parent not in known:
            said = f"{visible(code)}.parent is '{visible(parent)}', and no row has that code."
            meant = did_you_mean(parent, codes) if len(faults) < 20 else ""
            faults.append(error("parent-unknown", rows.at(row, "parent"), said, meant))
        children[parent].append(row)
    roots = children.pop("", [])
    if len(roots) != 1:
        faults.append(_root_fault(rows, roots))
        return Located({}, rows.place)
    seen: set[int] = set()
    tree = _node(rows, roots[0], children, seen, 1, faults)
    faults.extend(_apart(rows, row) for row in range(len(codes)) if row not in seen and not faults)
    return tree


def _root_fault(rows: Rows, roots: list[int]) -> Finding:
    place = rows.at(roots[1], "code") if roots else rows.place
    named = " and ".join(f"'{visible(rows.text(row, 'code'))}'" for row in roots[:3])
    said = f"{named} have no parent." if roots else "No row is without a parent."
    return error("workbook-root", place, said, "Exactly one row, the index itself, has none.")


def _apart(rows: Rows, row: int) -> Finding:
    said = f"{visible(rows.text(row, 'code'))} is its own parent, directly or through others."
    return error("parent-circle", rows.at(row, "parent"), said, "Name the parent above it.")


def _node(
    rows: Rows,
    row: int,
    children: dict[str, list[int]],
    seen: set[int],
    level: int,
    faults: list[Finding],
) -> Located:
    """Return a row with those that name it as parent below it."""
    seen.add(row)
    given = rows.rows[row].value
    members = dict(given) if isinstance(given, dict) else {}
    kind = rows.text(row, "type").casefold()
    members.pop("type", None)
    members.pop("parent", None)
    below = children.pop(rows.text(row, "code"), [])
    if level > MAX_LEVELS:
        said = f"{visible(rows.text(row, 'code'))} lies more than {MAX_LEVELS} levels deep."
        faults.append(error("framework-too-deep", rows.at(row, "code"), said))
        below = []
    faults.extend(_type_faults(rows, row, kind, has_children=bool(below)))
    if below or kind == AGGREGATE.casefold():
        nodes = tuple(_node(rows, one, children, seen, level + 1, faults) for one in below)
        members["children"] = Located(nodes, rows.at(row, "type"))
    return Located(members, rows.rows[row].place, rows.rows[row].keys)


def _type_faults(rows: Rows, row: int, kind: str, *, has_children: bool) -> list[Finding]:
    """Return what is wrong with the type that a row declares."""
    code, place = visible(rows.text(row, "code")), rows.at(row, "type")
    if kind not in {"", AGGREGATE.casefold(), INDICATOR.casefold()}:
        said = f"{code}.type must be Aggregate, Indicator or Variable, got '{visible(kind)}'."
        return [error("workbook-type", place, said, "")]
    if has_children and kind == INDICATOR.casefold():
        said = f"{code} is of type Indicator, and other rows name it as their parent."
        return [error("workbook-type", place, said, "Make it an Aggregate.")]
    return []
