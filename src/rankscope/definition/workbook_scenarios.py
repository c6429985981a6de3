"""The sheets Ties and Scenarios: what pairs of units did, and named changes of data."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping

from rankscope._registry import methods_of
from rankscope._words import did_you_mean, visible
from rankscope.definition.described import described_model
from rankscope.definition.located import Loc, Located
from rankscope.definition.model import IndexDefinition, Scenario, TiesSpec
from rankscope.definition.workbook_cells import Sheet, is_list, value_of
from rankscope.definition.workbook_tree import branch
from rankscope.definition.workbook_values import dotted, listed
from rankscope.findings import Finding, error

SCENARIO_COLUMNS = ("scenario", "change", "key", "value", "meaning")

Leaves = dict[tuple[str, ...], Located]


def columns_of_ties(definition: IndexDefinition) -> tuple[list[str], list[dict[str, object]]]:
    """Return the columns and rows of the sheet Ties."""
    rows = [dotted(listed(one.model_dump(exclude_defaults=True))) for one in definition.ties]
    names = list(TiesSpec.model_fields)
    used = dict.fromkeys(key for row in rows for key in row)
    return sorted(used, key=lambda key: names.index(key.partition(".")[0])), rows


def scenario_rows(definition: IndexDefinition) -> Iterator[dict[str, object]]:
    """Yield the rows of the sheet Scenarios: a row for each key, of the whole or of a change."""
    described_model()
    for scenario in definition.scenarios:
        keys = scenario.model_dump(exclude_defaults=True)
        changes = keys.pop("changes", ())
        own = {"title": scenario.title, **dotted(listed(keys))}
        del own["name"]
        for key, value in own.items():
            field = Scenario.model_fields[key.partition(".")[0]]
            yield _row(scenario.name, None, key, value, field.description or "")
        for number, change in enumerate(changes, 1):
            for key, value in dotted(listed(change)).items():
                yield _row(scenario.name, number, key, value, _meaning(change["act"], key))


def _row(
    scenario: str, change: int | None, key: str, value: object, meaning: str
) -> dict[str, object]:
    return dict(zip(SCENARIO_COLUMNS, (scenario, change, key, value, meaning), strict=True))


def _meaning(act: str, key: str) -> str:
    """Return what a parameter of an act means, or what the act does."""
    cls = methods_of("change")[act]
    docs = {one.name: str(one.metadata["doc"]) for one in dataclasses.fields(cls)}
    first = (cls.__doc__ or "").partition("\n")[0]
    return docs.get(key.partition(".")[0], first)


def scenarios_of(sheet: Sheet, faults: list[Finding]) -> Located:
    """Return the scenarios of a sheet whose rows name the scenario, perhaps a change, and a key."""
    columns = {name.lower(): column for column, name in sheet.header().items()}
    found: dict[str, dict[str, Leaves]] = {}
    starts: dict[tuple[str, str], str] = {}
    for row, texts in sheet.rows[1:]:
        name, change, key = (
            texts.get(columns.get(one, 0), "").strip() for one in SCENARIO_COLUMNS[:3]
        )
        at = columns.get("value", 4)
        place, path = sheet.place(row, at), tuple(key.split("."))
        fault = _fault(change, path, key)
        if fault is not None:
            column, said, mend = fault
            where = sheet.place(row, columns.get(column, 2))
            faults.append(error("workbook-column", where, said, mend))
            continue
        for start in ((name, ""), (name, change)):
            starts.setdefault(start, sheet.place(row, 1))
        leaves = found.setdefault(name, {}).setdefault(change, {})
        loc: Loc = ("scenarios", "changes", *path) if change else ("scenarios", *path)
        value = value_of(
            texts.get(at), place, as_list=is_list(loc), as_member=path[-1].isdecimal(), loc=loc
        )
        if path in leaves:
            said = f"The key '{visible(key)}' is there twice, first at {leaves[path].place}."
            faults.append(error("workbook-duplicate-key", place, said, "Remove one of the two."))
        if value is not None:
            leaves[path] = value
    scenarios = (_scenario(name, starts, parts, faults) for name, parts in found.items())
    return Located(tuple(scenarios), sheet.place(1, 1))


def _fault(change: str, path: tuple[str, ...], key: str) -> tuple[str, str, str] | None:
    """Return the column, the sentence and the mend of what is wrong with a row, if anything."""
    if change and not change.isdecimal():
        said = f"The change is '{visible(change)}', and changes are counted: 1, 2 and so on."
        return "change", said, "Leave it empty for what is said of the whole scenario."
    known = [one for one in Scenario.model_fields if one not in ("name", "changes")]
    if not change and path[0] not in known:
        said = f"There is no key '{visible(key)}' in a scenario."
        return "key", said, did_you_mean(path[0], known) or "Is the number of the change missing?"
    return None


def _scenario(
    name: str,
    starts: Mapping[tuple[str, str], str],
    parts: Mapping[str, Leaves],
    faults: list[Finding],
) -> Located:
    """Return one scenario: its own keys, and its changes in the order of their numbers."""
    place = starts[name, ""]
    own = branch(parts.get("", {}), place, faults)
    members = {"name": Located(name, place), **(own.value if isinstance(own.value, dict) else {})}
    numbers = sorted((one for one in parts if one), key=int)
    changes = tuple(branch(parts[one], starts[name, one], faults) for one in numbers)
    if changes:
        members["changes"] = Located(changes, changes[0].place)
    return Located(members, place, {key: one.place for key, one in members.items()})
