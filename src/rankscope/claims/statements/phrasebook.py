"""Phrases of one or more words, found where they begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from rankscope.claims.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[Item]):
    """Words in lower case, and what they stand for."""

    words: tuple[str, ...]
    item: Item


class Phrases(Generic[Item]):
    """Phrases by their first two words, the longest first."""

    __slots__ = ("_firsts", "_many", "_single")

    def __init__(self, given: Iterable[tuple[str, Item]]) -> None:
        self._single: dict[str, list[Phrase[Item]]] = {}
        self._many: dict[tuple[str, str], list[Phrase[Item]]] = {}
        for text, item in given:
            words = tuple(token.lower for token in tokens(text))
            if len(words) == 1:
                self._single.setdefault(words[0], []).append(Phrase(words, item))
            else:
                self._many.setdefault((words[0], _bare(words[1])), []).append(Phrase(words, item))
        for found in self._many.values():
            found.sort(key=lambda phrase: -len(phrase.words))
        self._firsts = {*self._single, *(first for first, _ in self._many)}

    def at(self, words: Sequence[str], start: int) -> Sequence[Phrase[Item]]:
        """Return the phrases that begin at a word, the longest first; ``'s`` may follow."""
        word = words[start]
        if word not in self._firsts:
            return self._single.get(word[:-2], ()) if word.endswith("'s") else ()
        single = self._single.get(word, ())
        if start + 1 == len(words):
            return single
        many = self._many.get((word, _bare(words[start + 1])))
        if many is None:
            return single
        return [*(one for one in many if _follows(one.words, words, start)), *single]


def _bare(word: str) -> str:
    return word.removesuffix("'s")


def _follows(wanted: Sequence[str], words: Sequence[str], start: int) -> bool:
    """Tell whether the wanted words stand at a place, the last perhaps with ``'s``."""
    end = start + len(wanted)
    if end > len(words) or _bare(words[end - 1]) != _bare(wanted[-1]):
        return False
    return tuple(words[start : end - 1]) == tuple(wanted[:-1])
