"""YAML read as a stream of events, under limits, into a tree of text with places.

No value is interpreted and nothing that YAML can do beyond mappings, lists and
text is allowed: the C parser dies on deeply nested documents once it builds
them itself, and aliases, tags and merge keys make a file mean what it does not
say.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import yaml

from rankscope._words import visible
from rankscope.definition.located import MAX_DEPTH, Located
from rankscope.definition.yaml_words import UNPRINTABLE, bytes_to_text, explain_broken, stop
from rankscope.errors import DefinitionError
from rankscope.findings import Finding, error, raise_errors

MAX_BYTES = 2_000_000
MAX_NODES = 200_000

FAST_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's C parser where it was built with one: pure Python takes a second for a large index."""


def parse_yaml(data: bytes | str, name: str, *, loader: Any = FAST_LOADER) -> Located:
    """Return the tree of a YAML text; ``name`` is what its places are called by.

    Raises
    ------
    DefinitionError
        When the text is no YAML, uses what is not allowed, or is too large or
        too deep; forbidden features and repeated keys are reported together.
    """
    size = len(data)
    if size > MAX_BYTES:
        stop("file-too-large", name, f"The file has {size:,} bytes, more than {MAX_BYTES:,}.")
    text = bytes_to_text(data, name)
    reader = _Reader(text, name, loader)
    try:
        tree = reader.document()
    except yaml.MarkedYAMLError as broken:
        finding = explain_broken(broken, text, name)
        raise DefinitionError(str(finding), (finding,)) from None
    raise_errors(reader.faults, DefinitionError)
    return tree


def yaml_of(file: Path) -> Located:
    """Return the tree of a file, of which never more is read than just over the limit.

    Raises
    ------
    DefinitionError
        When it may not be read, or is not as `parse_yaml` wants it.
    """
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as denied:
        said = f"The file can not be read: {(denied.strerror or str(denied)).lower()}."
        stop("file-unreadable", str(file), said, "Check its permissions.")
    return parse_yaml(data, str(file))


class _Reader:
    """Builds the tree of one document from parser events, counting as it goes."""

    __slots__ = ("_events", "_name", "_nodes", "faults")

    def __init__(self, text: str, name: str, loader: Any) -> None:
        self._events = _events(text, loader)
        self._name = name
        self._nodes = 0
        self.faults: list[Finding] = []

    def document(self) -> Located:
        """Return the only document of the stream."""
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            stop("file-empty", self._name, "The file is empty.", "Begin with `name: my_index`.")
        tree = self._value(next(self._events), 1)
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._stop("yaml-documents", after, "A second document begins here.", "Remove `---`.")
        return tree

    def _value(self, event: Any, depth: int) -> Located:
        self._count(event, depth)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        self._refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, depth)
        return self._mapping(event, depth)

    def _scalar(self, event: Any) -> Located:
        bad = UNPRINTABLE.search(event.value)
        if bad:
            said = f"The text holds the character U+{ord(bad[0]):04X}."
            self._fault("yaml-character", event, said, "Remove the escape.")
        empty = event.value == "" and event.style in (None, "")
        return Located(None if empty else event.value, self._place(event))

    def _sequence(self, start: Any, depth: int) -> Located:
        items = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, depth + 1))
        return Located(tuple(items), self._place(start))

    def _mapping(self, start: Any, depth: int) -> Located:
        members: dict[str, Located] = {}
        keys: dict[str, str] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, depth)
            value = self._value(next(self._events), depth + 1)
            if key in members:
                self._twice(key, event, keys[key])
                continue
            members[key], keys[key] = value, self._place(event)
        return Located(members, self._place(start), keys)

    def _key(self, event: Any, depth: int) -> str:
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            said = (
                "A key must be a word followed by a colon; this one is a list, a mapping or empty."
            )
            self._stop("yaml-key", event, said, "Put texts that begin with [ { or ? in quotes.")
        self._count(event, depth)
        self._refuse_extras(event)
        key = str(event.value)
        if key == "<<" and event.style in (None, ""):
            self._fault("yaml-merge", event, "Merge keys `<<` are not allowed.", "Write it out.")
        return key

    def _count(self, event: Any, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            said = f"The file holds more than {MAX_NODES:,} values."
            self._stop("yaml-too-many-values", event, said, "Split the index, or check the file.")
        if depth > MAX_DEPTH:
            said = f"Values are nested more than {MAX_DEPTH} deep."
            self._stop("yaml-too-deep", event, said, "Check the brackets and the indentation.")

    def _alias(self, event: Any) -> Located:
        said = f"The alias *{visible(event.anchor)} is not allowed."
        self._fault("yaml-alias", event, said, "Write the value out.")
        return Located(None, self._place(event))

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor:
            said = f"The anchor &{visible(event.anchor)} is not allowed."
            self._fault("yaml-alias", event, said, "Put texts that begin with & in quotes.")
        if event.tag:
            said = f"The tag {visible(event.tag)} is not allowed."
            self._fault("yaml-tag", event, said, "Put texts that begin with ! in quotes.")

    def _twice(self, key: str, event: Any, first: str) -> None:
        said = f"The key {visible(key)!r} is there twice, first at {first}."
        self._fault("yaml-duplicate-key", event, said, "Remove one of the two.")

    def _fault(self, id: str, event: Any, sentence: str, remedy: str) -> None:
        self.faults.append(error(id, self._place(event), sentence, remedy))

    def _stop(self, id: str, event: Any, sentence: str, remedy: str) -> NoReturn:
        self._fault(id, event, sentence, remedy)
        raise DefinitionError("\n".join(str(one) for one in self.faults), self.faults)

    def _place(self, event: Any) -> str:
        return f"{self._name}:{event.start_mark.line + 1}"


def _events(text: str, loader: Any) -> Iterator[Any]:
    """Yield events one at a time: a limit is noticed before the rest is parsed."""
    parser = loader(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()
