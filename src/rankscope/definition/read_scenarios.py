"""Scenarios in a file of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from rankscope._words import did_you_mean, nearest, visible
from rankscope.definition.check_scenarios import scenario_findings
from rankscope.definition.located import Loc, Located, place_order
from rankscope.definition.model import IndexDefinition, Scenario
from rankscope.definition.subject import subject_of
from rankscope.definition.wording import shown, sorted_by_place, word_errors
from rankscope.definition.yaml_text import parse_yaml, yaml_of
from rankscope.definition.yaml_words import stop
from rankscope.errors import DefinitionError
from rankscope.findings import Finding, error, raise_errors

KEY = "scenarios"
SUFFIXES = (".yaml", ".yml")

Examined = tuple[tuple[Scenario, ...], tuple[Finding, ...]]


def read_scenarios(
    path: str | os.PathLike[str], definition: IndexDefinition | None = None
) -> tuple[Scenario, ...]:
    """Read a YAML file with one scenario, or with a list of them under ``scenarios:``.

    They are checked against a ``definition``, if one is given.

    Raises
    ------
    DefinitionError
        With all faults at once, one line each, in the order of the file.
    """
    scenarios, findings = examine_scenarios(path, definition)
    raise_errors(findings, DefinitionError)
    return scenarios


def examine_scenarios(
    path: str | os.PathLike[str], definition: IndexDefinition | None = None
) -> Examined:
    """Return the scenarios of a file, none where types are wrong, and all findings."""
    try:
        return _judged(yaml_of(_file(Path(path))), definition)
    except DefinitionError as broken:
        return (), sorted_by_place(broken.findings, place_order)


def examine_scenarios_text(
    text: str | bytes, definition: IndexDefinition | None = None, *, name: str = "scenarios.yaml"
) -> Examined:
    """Return the scenarios that a YAML text holds, and all findings: for uploads and editors."""
    try:
        return _judged(parse_yaml(text, name), definition)
    except DefinitionError as broken:
        return (), sorted_by_place(broken.findings, place_order)


def _file(path: Path) -> Path:
    """Return the path of a file that scenarios can be read from."""
    try:
        there = path.is_file()
    except (OSError, ValueError) as odd:
        stop("file-missing", visible(str(path), 400), f"This is no path of a file: {odd}.")
    if not there:
        stop("file-missing", visible(str(path), 400), "There is no such file.", _like(path))
    if path.suffix.lower() not in SUFFIXES:
        said = f"A file of scenarios ends in .yaml or .yml, not in '{visible(path.suffix)}'."
        stop("file-suffix", str(path), said, "Write them as YAML.")
    return path


def _like(path: Path) -> str:
    """Return which files beside a path may be meant."""
    try:
        names = [one.name for one in path.parent.iterdir() if one.suffix.lower() in SUFFIXES]
    except OSError:
        return f"There is no folder {visible(str(path.parent))} either."
    return did_you_mean(path.name, nearest(path.name, names))


def _judged(tree: Located, definition: IndexDefinition | None) -> Examined:
    faults, whole = list(_foreign(tree)), _whole(tree)
    listed = whole.get(KEY)
    given: Any = listed.plain() if listed else []
    try:
        scenarios = TypeAdapter(tuple[Scenario, ...]).validate_python(given)
    except ValidationError as wrong:
        errors = [{**one, "loc": (KEY, *one["loc"])} for one in wrong.errors(include_url=False)]
        faults += word_errors(errors, whole)  # type: ignore[arg-type]  # a spread typed mapping
        return (), sorted_by_place(faults, place_order)
    if not scenarios and not faults:
        said = "The file holds no scenario."
        faults.append(error("scenario-file-empty", whole.locate((KEY,)), said, _HOW))
    if definition is not None:
        changed = definition.model_copy(update={KEY: scenarios})
        faults += scenario_findings(subject_of(changed, whole.locate))
    return scenarios, sorted_by_place(faults, place_order)


_HOW = "Write `name:` and `changes:` of one, or a list `scenarios:`."


def _whole(tree: Located) -> Located:
    """Return the tree with the list of scenarios under its key, also where there is but one."""
    if not isinstance(tree.value, dict):
        said = f"A file of scenarios is a mapping of keys, and this is {shown(tree.plain())}."
        stop("yaml-not-a-mapping", tree.place, said, _HOW)
    if "framework" in tree.value:
        said = "This is the definition of an index, and no file of scenarios."
        mend = "Name its scenarios by their names, or give them a file of their own."
        stop("scenario-file-definition", tree.keys["framework"], said, mend)
    if KEY in tree.value:
        return tree
    return Located({KEY: Located((tree,), tree.place)}, tree.place, {KEY: tree.place})


def _foreign(tree: Located) -> Iterator[Finding]:
    """Yield keys beside the list of scenarios, but for the version of the format."""
    if not isinstance(tree.value, dict) or KEY not in tree.value or "framework" in tree.value:
        return
    for key in tree.value:
        loc: Loc = (key,)
        if key not in (KEY, "rankscope"):
            said = f"A file of scenarios has no key '{visible(key)}' beside `{KEY}:`."
            mend = "Put it into one of the scenarios, or remove it."
            yield error("key-unknown", tree.locate(loc), said, mend)
