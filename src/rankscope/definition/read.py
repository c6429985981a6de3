"""From a file to a definition, with everything that is wrong with it at once."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import ValidationError

from rankscope._words import did_you_mean, join_words, nearest, visible
from rankscope.definition.check import check_definition
from rankscope.definition.located import Loc, Located, place_order
from rankscope.definition.model import IndexDefinition
from rankscope.definition.salvage import SURE, without_faults
from rankscope.definition.wording import shown, sorted_by_place, without_children, word_errors
from rankscope.definition.yaml_text import parse_yaml, yaml_of
from rankscope.definition.yaml_words import stop
from rankscope.errors import DefinitionError
from rankscope.findings import Finding, raise_errors

DEFINITION_FILE = "index.yaml"
WORKBOOK_FILE = "index.xlsx"
"""The files that stand for a folder; the text comes first."""

SUFFIXES = (".yaml", ".yml", ".xlsx")

FOLLOWING = frozenset({"framework-without-indicators", "kind-missing"})
"""Findings that an aggregate without children brings along."""

Examined = tuple[IndexDefinition | None, tuple[Finding, ...]]


def read_definition(path: str | os.PathLike[str]) -> IndexDefinition:
    """Read a definition from a YAML file, an Excel workbook, or a folder with either.

    >>> from rankscope.catalogue import open_index
    >>> read_definition(open_index("ai-capacity").path).name
    'ai-capacity'

    Raises
    ------
    DefinitionError
        With all faults at once, one line each, in the order of the file.
    """
    definition, findings = examine_definition(path)
    raise_errors(findings, DefinitionError)
    if definition is None:  # can not be: without a definition there is an error
        raise DefinitionError(f"{path}: the definition could not be read.")
    return definition


def examine_definition(path: str | os.PathLike[str]) -> Examined:
    """Return the definition, unless types are wrong, and all findings in the order of the file.

    Nothing is raised: a file that can not be read at all is a finding too.  A
    definition is returned beside errors where only its parts contradict each other.
    """
    try:
        file = _definition_file(Path(path))
        return judge(_tree(file), file.parent)
    except DefinitionError as broken:
        return None, sorted_by_place(broken.findings, place_order)


def examine_text(text: str | bytes, *, name: str = DEFINITION_FILE) -> Examined:
    """Return the definition that a YAML text holds, and all findings: for uploads and editors."""
    try:
        return judge(parse_yaml(text, name))
    except DefinitionError as broken:
        return None, sorted_by_place(broken.findings, place_order)


def judge(tree: Located, folder: Path | None = None) -> Examined:
    """Return the definition that a tree holds, and all findings in the order of the file.

    Raises
    ------
    DefinitionError
        When the file holds no keys at all.
    """
    if not isinstance(tree.value, dict):
        said = f"A definition is a mapping of keys, and this is {shown(tree.plain())}."
        stop("yaml-not-a-mapping", tree.place, said, "Begin with `name: my_index`.")
    empty = _empty_aggregates(tree, ("framework",))
    try:
        definition = IndexDefinition.model_validate(tree.plain())
    except ValidationError as wrong:
        found = word_errors(wrong.errors(include_url=False), tree)
        found += _besides(tree, wrong, {one.place for one in [*empty, *found]}, folder)
        return None, sorted_by_place([*empty, *found], place_order)
    unwanted = {one.place for one in empty}  # an empty aggregate looks like an indicator
    found = [
        one
        for one in check_definition(definition, tree.locate, folder=folder)
        if not (one.place in unwanted and one.id in FOLLOWING)
    ]
    return definition, sorted_by_place([*empty, *found], place_order)


def _besides(
    tree: Located, wrong: ValidationError, told: set[str], folder: Path | None
) -> list[Finding]:
    """Return what is wrong elsewhere, as far as that is sure while some values are unknown."""
    definition = without_faults(tree, [one["loc"] for one in wrong.errors(include_url=False)])
    if definition is None or definition.framework.is_indicator:
        return []
    found = check_definition(definition, tree.locate, folder=folder)
    return [one for one in found if one.id in SURE and one.place not in told]


def _empty_aggregates(tree: Located, loc: Loc) -> list[Finding]:
    """Return a finding for each ``children: []``, which types can not tell from an indicator."""
    children = tree.at((*loc, "children"))
    if children is None or not isinstance(children.value, tuple):
        return []
    if not children.value:
        return [without_children(tree, loc)]
    below = ((*loc, "children", position) for position in range(len(children.value)))
    return [finding for child in below for finding in _empty_aggregates(tree, child)]


def _tree(file: Path) -> Located:
    """Return the tree of a file by its ending."""
    if file.suffix.lower() == ".xlsx":
        from rankscope.definition.workbook import read_workbook

        return read_workbook(file)
    return yaml_of(file)


def _definition_file(path: Path) -> Path:
    """Return the file that a path means.

    Raises
    ------
    DefinitionError
        When there is none, or none that a definition can be read from.
    """
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as odd:
        stop("file-missing", visible(str(path), 400), f"This is no path of a file: {odd}.")
    if is_folder:
        return _file_in(path)
    if not exists:
        stop("file-missing", visible(str(path), 400), "There is no such file.", _like(path))
    if path.suffix.lower() not in SUFFIXES:
        said = f"A definition ends in {join_words(SUFFIXES)}, not in '{visible(path.suffix)}'."
        stop("file-suffix", str(path), said, _like(path) or "Rename the file.")
    return path


def _file_in(folder: Path) -> Path:
    file = folder / DEFINITION_FILE
    book = folder / WORKBOOK_FILE
    if not file.is_file() and book.is_file():
        return book
    if not file.is_file():
        said = f"The folder holds no {DEFINITION_FILE}."
        stop("file-missing", str(folder), said, _named(_definitions_in(folder)))
    return file


def _like(path: Path) -> str:
    """Return which definitions beside a path may be meant."""
    if not path.parent.is_dir():
        return f"There is no folder {visible(str(path.parent))} either."
    names = _definitions_in(path.parent)
    close = nearest(path.stem, [Path(name).stem for name in names])
    meant = [name for name in names if Path(name).stem in close]
    return did_you_mean(path.name, meant) if meant else _named(names)


def _named(names: list[str]) -> str:
    return f"There is {join_words(map(visible, names[:5]), 'and')}." if names else ""


def _definitions_in(folder: Path) -> list[str]:
    try:
        names = [entry.name for entry in folder.iterdir()]
    except OSError:
        return []
    return sorted(name for name in names if Path(name).suffix.lower() in SUFFIXES)
