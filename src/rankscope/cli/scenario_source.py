"""Which scenarios a command is about: those of the index, or of a file, for another unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from rankscope._words import did_you_mean, join_words, visible
from rankscope.cli.options import complete_unit
from rankscope.errors import DefinitionError, OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.cli.lookup import Built
    from rankscope.definition.model import Scenario

ScenarioFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--file", metavar="FILE", help="Take scenarios from this YAML file.", show_default=False
    ),
]
ScenarioPage: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file; .html is a page, .svg and .png are pictures, .json, .csv or .txt "
        "tell the form.",
        show_default=False,
    ),
]
Unit: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="A,B",
        help="Whom it befalls, in place of the units of the scenario.",
        autocompletion=complete_unit,
        show_default=False,
    ),
]

PICTURES, PAGES, TEXTS = (".svg", ".png"), (".html",), (".json", ".csv", ".txt")

EXAMPLE = """\
scenarios:
  - name: half
    title: Half the computers
    units: [RUS]
    changes:
      - {act: restrict, nodes: [supercomputing], by: 50%}"""


def written_as(output: Path | None, *, text: bool) -> Literal["text", "picture", "page"]:
    """Return what the file asked for is; ``text`` whether --json or --csv was said.

    Raises
    ------
    OutputError
        When it is a picture or a page and text was asked for, or when nothing has its ending.
    """
    suffix = output.suffix.lower() if output else ""
    if suffix in (*PICTURES, *PAGES) and text:
        raise OutputError(f"{output} is no text, and --json or --csv ask for text. Choose one.")
    if suffix and not text and suffix not in (*PAGES, *PICTURES, *TEXTS):
        known = join_words([*PAGES, *PICTURES, *TEXTS])
        raise OutputError(f"{output} must end in {known}, got {suffix!r}. Rename it.")
    return "picture" if suffix in PICTURES else "page" if suffix in PAGES else "text"


def scenarios_of(built: Built, file: Path | None, output: Path | None) -> tuple[Scenario, ...]:
    """Return the scenarios of a file, or of the index.

    Raises
    ------
    DefinitionError
        When the file is broken, or the index has none.
    OutputError
        When the output would take the place of the file.
    """
    if file is None:
        return built.index.definition.scenarios
    from rankscope.definition import read_scenarios

    if output is not None and output.resolve() == file.resolve():
        raise OutputError(f"{output} is the file of scenarios itself. Choose another name.")
    return read_scenarios(file, built.index.definition)


def chosen(known: Sequence[Scenario], names: Sequence[str] | None, built: Built) -> list[Scenario]:
    """Return the scenarios of these names in that order, each once; all where none is named.

    Raises
    ------
    DefinitionError
        When there is none of a name.
    """
    by_name = {one.name: one for one in known}
    for name in names or ():
        if name not in by_name:
            title = built.index.definition.title
            said = f"{title} has no scenario {visible(name)!r}."
            there = f"There are {join_words(by_name, 'and')}." if by_name else _none()
            raise DefinitionError(f"{said} {did_you_mean(name, list(by_name)) or there}")
    return [by_name[name] for name in dict.fromkeys(names or by_name)]


def befalling(scenario: Scenario, said: str | None, *, refit: bool) -> Scenario:
    """Return a scenario that befalls other units, or whose scales are learnt anew.

    Raises
    ------
    DefinitionError
        When its changes name units of their own, so that none can take their place.
    """
    changes: dict[str, object] = {"scales": "refitted"} if refit else {}
    if said is not None:
        own = [change for change in scenario.changes if change.units]
        if own and len(own) == len(scenario.changes):
            raise DefinitionError(
                f"Each change of {scenario.name} names its own units, so that --unit can not put "
                "others in their place."
            )
        changes["units"] = tuple(one.strip() for one in said.split(",") if one.strip())
    return scenario.model_copy(update=changes)


def _none() -> str:
    return f"Write some into its definition, or into a file for --file:\n\n{EXAMPLE}"
