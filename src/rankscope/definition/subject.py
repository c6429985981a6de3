"""What a check looks at: a definition, its nodes with their locations, and its places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rankscope._words import did_you_mean, visible
from rankscope.definition.located import Loc, Locate
from rankscope.definition.model import IndexDefinition, Node
from rankscope.findings import Finding, error, note, warning


@dataclass(frozen=True, slots=True)
class Subject:
    """A definition under examination; ``nodes`` are parents before children.

    ``folder`` is that of the file, or None for a definition made in Python.
    """

    definition: IndexDefinition
    locate: Locate
    nodes: tuple[tuple[Loc, Node], ...]
    folder: Path | None = None

    @property
    def indicators(self) -> tuple[tuple[Loc, Node], ...]:
        """The leaves with their locations."""
        return tuple((loc, node) for loc, node in self.nodes if node.is_indicator)

    @property
    def aggregates(self) -> tuple[tuple[Loc, Node], ...]:
        """The nodes with children, with their locations."""
        return tuple((loc, node) for loc, node in self.nodes if not node.is_indicator)

    def error(self, id: str, loc: Loc, sentence: str, remedy: str = "") -> Finding:
        """Return an error at a location."""
        return error(id, self.locate(loc), sentence, remedy)

    def warning(self, id: str, loc: Loc, sentence: str, remedy: str = "") -> Finding:
        """Return a warning at a location."""
        return warning(id, self.locate(loc), sentence, remedy)

    def twice(self, id: str, key: str, names: Sequence[str]) -> Iterator[Finding]:
        """Yield an error for each name in a list of the definition that is there before."""
        first: dict[str, str] = {}
        for position, name in enumerate(names):
            loc = (key, position, "name")
            if name in first:
                said = f"The name '{name}' is there twice in {key}, first at {first[name]}."
                yield self.error(id, loc, said, "Give each its own name.")
            first.setdefault(name, self.locate(loc))

    def unknown_node(
        self, loc: Loc, code: str, where: str, known: Sequence[str]
    ) -> Iterator[Finding]:
        """Yield an error where a code is that of no node."""
        if code not in known:
            said = f"{where} names the node '{visible(code)}', and there is none."
            yield self.error("node-unknown", loc, said, did_you_mean(code, known))

    def note(self, id: str, loc: Loc, sentence: str, remedy: str = "") -> Finding:
        """Return a note at a location."""
        return note(id, self.locate(loc), sentence, remedy)


def subject_of(
    definition: IndexDefinition, locate: Locate | None = None, folder: Path | None = None
) -> Subject:
    """Return the subject of a check; without a file, places are the codes of nodes."""
    nodes = tuple(_walk(definition.framework, ("framework",)))
    return Subject(definition, locate or _by_code(definition), nodes, folder)


def _walk(node: Node, loc: Loc) -> Iterator[tuple[Loc, Node]]:
    yield loc, node
    for position, child in enumerate(node.children):
        yield from _walk(child, (*loc, "children", position))


def _by_code(definition: IndexDefinition) -> Locate:
    """Return what names a location by the innermost code on the way, else by its keys."""

    def locate(loc: Loc) -> str:
        here: object = definition
        code = ""
        for step in loc:
            if isinstance(here, tuple) and isinstance(step, int):
                here = here[step]
            else:
                here = getattr(here, str(step), None)
            code = getattr(here, "code", code)
        return code or ".".join(map(str, loc))

    return locate
