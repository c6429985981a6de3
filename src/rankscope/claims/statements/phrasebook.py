"""Phrases of one or more words, found where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from rankscope.claims.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Item]):
    """Words in lower case, and what they stand for."""

    words: tuple[str, ...]
    item: Item


class Phrases(Generic[Item]):
    """Phrases by their first word, the longest first."""

    __slots__ = ("_by_word",)

    def __init__(self, given: Iterable[tuple[str, Item]]) -> None:
        self._by_word: dict[str, list[Phrase[Item]]] = {}
        for text, item in given:
            words = tuple(token.lower for token in tokens(text))
            self._by_word.setdefault(words[0], []).append(Phrase(words, item))
        for found in self._by_word.values():
            found.sort(key=lambda phrase: -len(phrase.words))

    def at(self, words: Sequence[str], start: int) -> Iterator[Phrase[Item]]:
        """Yield the phrases that begin at a word, the longest first; ``'s`` may follow."""
        word = words[start]
        found = self._by_word.get(word) or self._by_word.get(word.removesuffix("'s")) or ()
        for phrase in found:
            if _follows(phrase.words, words, start):
                yield phrase


def _follows(wanted: Sequence[str], words: Sequence[str], start: int) -> bool:
    """Tell whether the wanted words stand at a place, the last perhaps with ``'s``."""
    size = len(wanted)
    if start + size > len(words):
        return False
    if words[start + size - 1].removesuffix("'s") != wanted[-1].removesuffix("'s"):
        return False
    return size == 1 or tuple(words[start : start + size - 1]) == tuple(wanted[:-1])
