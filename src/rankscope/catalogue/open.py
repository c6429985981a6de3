"""Opening an index: a packaged one by its name, any other by the path of its definition."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, visible
from rankscope.data.facts import Fact, read_facts
from rankscope.data.read import read_table
from rankscope.definition.read import read_definition
from rankscope.errors import CatalogueError
from rankscope.pipeline.result import Result, build

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition

_PACKAGED = {"ai-capacity": "ai_capacity"}


@dataclass(frozen=True, slots=True)
class Index:
    """An opened index: definition, table, facts, and the path it was read from."""

    definition: IndexDefinition
    table: DataTable
    facts: tuple[Fact, ...]
    path: Path

    def build(self) -> Result:
        """Build the index as published."""
        return build(self.definition, self.table)


def packaged() -> tuple[str, ...]:
    """Return the names of the packaged indices.

    >>> packaged()
    ('ai-capacity',)
    """
    return tuple(_PACKAGED)


def open_index(index: str | Path) -> Index:
    """Open an index by its catalogue name or by the path of its definition.

    >>> open_index("ai-capacity").definition.title
    'AI Capacity Index'

    Raises
    ------
    CatalogueError
        When neither an index nor a file goes by that name.
    DefinitionError, DataError
        When a file is broken.
    """
    path = _path_of(str(index))
    definition = read_definition(path)
    return Index(
        definition=definition,
        table=read_table(definition, path),
        facts=read_facts(definition, path),
        path=path,
    )


def _path_of(name: str) -> Path:
    if name in _PACKAGED:
        return Path(str(resources.files("rankscope.catalogue"))) / _PACKAGED[name] / "index.yaml"
    path = Path(name)
    if path.exists():
        return path
    hint = did_you_mean(name, packaged())
    raise CatalogueError(
        f"No index and no file is called {visible(name)!r}. {hint} "
        "Give a name that 'rankscope list' prints, or the path of a definition file."
    )
