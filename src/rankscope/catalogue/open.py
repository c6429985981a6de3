"""Opening an index: a packaged one by its name, any other by the path of its definition."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, visible
from rankscope.data.facts import Fact, read_facts
from rankscope.data.read import examine_table
from rankscope.definition.read import read_definition
from rankscope.definition.variants import apply_variant
from rankscope.errors import CatalogueError, DataError
from rankscope.findings import Finding, raise_errors
from rankscope.pipeline.result import Result, build

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.methods.change import Ties

_PACKAGED = {"ai-capacity": "ai_capacity"}


@dataclass(frozen=True, slots=True)
class Index:
    """An opened index: definition, table, facts, and the path it was read from.

    ``findings`` is what was noteworthy about the table; none is an error.
    """

    definition: IndexDefinition
    table: DataTable
    facts: tuple[Fact, ...]
    path: Path
    findings: tuple[Finding, ...] = ()

    def build(self) -> Result:
        """Build the index as published."""
        return build(self.definition, self.table)

    def ties(self) -> tuple[Ties, ...]:
        """Read the ties between units that scenarios act on; they are not read before.

        Raises
        ------
        DataError
            With all that is wrong in their tables.
        """
        from rankscope.data.ties import read_ties

        return read_ties(self.definition, self.path, known={*self.table.units})


def packaged() -> tuple[str, ...]:
    """Return the names of the packaged indices.

    >>> packaged()
    ('ai-capacity',)
    """
    return tuple(_PACKAGED)


def open_index(index: str | Path, *, variant: str | None = None) -> Index:
    """Open an index by its catalogue name or by the path of its definition.

    ``variant`` names one of its variants, which is then the definition of the index.

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
    if variant is not None:
        definition = apply_variant(definition, variant)
    table, findings = examine_table(definition, path)
    raise_errors(findings, DataError)
    if table is None:  # can not be: without a table there is an error
        raise DataError(f"{definition.data.file} holds no table.")
    return Index(
        definition=definition,
        table=table,
        facts=read_facts(definition, path),
        path=path,
        findings=findings,
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
