"""The sheets Weights and Variants: what an index has beside its headline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rankscope._words import did_you_mean
from rankscope.definition.change import NodeChange, Variant
from rankscope.definition.located import Located
from rankscope.definition.model import IndexDefinition
from rankscope.definition.workbook_cells import Sheet, is_list, value_of
from rankscope.definition.workbook_tree import branch
from rankscope.definition.workbook_values import dotted
from rankscope.findings import Finding, error

NOTE = "(note)"
"""What stands for a code in the row of notes on the weight sets."""

VARIANT_COLUMNS = ("variant", "node", "key", "value")


def weight_rows(definition: IndexDefinition) -> tuple[list[str], list[dict[str, object]]]:
    """Return the columns of the sheet Weights, one for each set, and a row for each node."""
    sets = definition.weight_sets
    names = {node.code: node.name for node in definition.framework.walk()}
    named = {code for one in sets for code, _ in one.weights}
    codes = [code for code in names if code in named] + sorted(named - names.keys())
    rows: list[dict[str, object]] = [
        {"code": code, "name": names.get(code)}
        | {one.name: dict(one.weights).get(code) for one in sets}
        for code in codes
    ]
    if any(one.note for one in sets):
        rows.insert(0, {"code": NOTE} | {one.name: one.note or None for one in sets})
    return ["code", "name", *(one.name for one in sets)], rows


def weight_sets_of(sheet: Sheet, faults: list[Finding]) -> Located:
    """Return the weight sets of a sheet with a column for each, from the third on."""
    sets: list[Located] = []
    for column, name in sheet.header().items():
        if column < 3:
            continue
        place = sheet.place(1, column)
        members = {"name": Located(name, place), "weights": Located({}, place)}
        weights: dict[str, Located] = {}
        for row, texts in sheet.rows[1:]:
            code, here = texts.get(1, "").strip(), sheet.place(row, column)
            if column not in texts or not texts[column].strip():
                continue
            if code == NOTE:
                members["note"] = Located(texts[column], here)
                continue
            if code in weights:
                said = f"The code '{code}' is there twice, first at {weights[code].place}."
                faults.append(error("workbook-duplicate-key", here, said, "Remove one row."))
            weights[code] = Located(texts[column].strip(), here)
        places = {code: one.place for code, one in weights.items()}
        members["weights"] = Located(weights, place, places)
        sets.append(Located(members, place, {key: one.place for key, one in members.items()}))
    return Located(tuple(sets), sheet.place(1, 1))


def variant_rows(definition: IndexDefinition) -> Iterator[dict[str, object]]:
    """Yield the rows of the sheet Variants: what each changes, of the whole or of a node."""
    for variant in definition.variants:
        keys = variant.model_dump(exclude_defaults=True, context={"method": definition.method})
        title = keys.pop("title", None)
        keys.pop("name")
        weights, nodes = keys.pop("weights", {}), keys.pop("nodes", ())
        of: dict[str, object] = {"variant": variant.name}
        yield {**of, "key": "title", "value": title}
        for key, value in dotted(keys).items():
            yield {**of, "key": key, "value": value}
        for node in nodes:
            yield from _node_rows(of, node)
        for code, weight in weights.items():
            yield {**of, "node": code, "key": "weights", "value": weight}


def _node_rows(of: Mapping[str, object], node: dict[str, object]) -> Iterator[dict[str, object]]:
    """Yield the rows of one node's changes; the code alone where there are none."""
    code = node.pop("code")
    for key, value in (dotted(node) or {"code": code}).items():
        yield {**of, "node": code, "key": key, "value": value}


def variants_of(sheet: Sheet, faults: list[Finding]) -> Located:
    """Return the variants of a sheet whose rows name the variant, perhaps a node, and a key."""
    columns = {name.lower(): column for column, name in sheet.header().items()}
    found: dict[str, dict[str, dict[tuple[str, ...], Located]]] = {}
    starts: dict[str, str] = {}
    for row, texts in sheet.rows[1:]:
        name, node, key = (
            texts.get(columns.get(one, 0), "").strip() for one in VARIANT_COLUMNS[:3]
        )
        at = columns.get("value", 4)
        place, path = sheet.place(row, at), tuple(key.split("."))
        known = [*(NodeChange if node else Variant).model_fields, *["weights"] * bool(node)]
        if path[0] not in known:
            said = f"There is no key '{key}' in a variant."
            mend = did_you_mean(path[0], known)
            faults.append(error("workbook-column", sheet.place(row, 3), said, mend))
            continue
        starts.setdefault(name, sheet.place(row, 1))
        leaves = found.setdefault(name, {}).setdefault(node, {})
        loc = ("variants", "nodes", *path) if node else ("variants", *path)
        value = value_of(
            texts.get(at), place, as_list=is_list(loc), as_member=path[-1].isdecimal(), loc=loc
        )
        if path in leaves:
            said = f"The key '{key}' is there twice, first at {leaves[path].place}."
            faults.append(error("workbook-duplicate-key", place, said, "Remove one of the two."))
        if value is not None:
            leaves[path] = value
    variants = (_variant(name, starts[name], parts, faults) for name, parts in found.items())
    return Located(tuple(variants), sheet.place(1, 1))


def _variant(
    name: str,
    place: str,
    parts: Mapping[str, Mapping[tuple[str, ...], Located]],
    faults: list[Finding],
) -> Located:
    """Return one variant: its own keys, the weights, and the changes of nodes."""
    own = branch(parts.get("", {}), place, faults)
    members = {**(own.value if isinstance(own.value, dict) else {}), "name": Located(name, place)}
    weights = {code: leaves["weights",] for code, leaves in parts.items() if ("weights",) in leaves}
    if weights:
        places = {code: one.place for code, one in weights.items()}
        members["weights"] = Located(weights, place, places)
    nodes = [
        _change(code, leaves, faults)
        for code, leaves in parts.items()
        if code and leaves.keys() - {("weights",)}
    ]
    if nodes:
        members["nodes"] = Located(tuple(nodes), nodes[0].place)
    return Located(members, place, {key: one.place for key, one in members.items()})


def _change(code: str, leaves: Mapping[tuple[str, ...], Located], faults: list[Finding]) -> Located:
    own = {path: one for path, one in leaves.items() if path != ("weights",)}
    place = next(iter(own.values())).place
    return branch({**own, ("code",): Located(code, place)}, place, faults)


def columns_of_published(definition: IndexDefinition) -> tuple[list[str], list[dict[str, object]]]:
    """Return the columns and rows of the sheet Published."""
    published = definition.published
    rows = [
        dotted(one.model_dump(exclude_defaults=True))
        for one in (published.columns if published else ())
    ]
    return _in_order(rows), rows


def _in_order(rows: Sequence[Mapping[str, object]]) -> list[str]:
    from rankscope.definition.model import Printed

    names = list(Printed.model_fields)
    used = dict.fromkeys(key for row in rows for key in row)
    return sorted(used, key=lambda key: (names.index(key.partition(".")[0]), key))
