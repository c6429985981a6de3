"""Noun phrases: single names joined to the actors that they make together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.claims.statements.mentions import Mention, Sort
from rankscope.claims.statements.tables import closed, forms, nouns

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADS = frozenset({Sort.ROLE, Sort.ORGAN, Sort.DOCUMENT})
_PLACES = frozenset({Sort.UNIT, Sort.DEMONYM, Sort.GROUP})
_NAMES = frozenset({Sort.NAMED, Sort.NAME})
_LINKS = frozenset({"of", "at", "for", "in", "from", "by"})
_LISTS = (("and",), ("or",), (",", "especially"), (",", "including"), ("as", "well", "as"))


def joined(atoms: Sequence[Mention], words: Sequence[str]) -> list[Mention]:
    """Join names to phrases: ``German Gref, CEO of Sberbank``; lone adjectives are left out."""
    found: list[Mention] = []
    for atom in atoms:
        if found and _joins(found[-1], atom, words):
            found[-1] = _together(found[-1], atom)
        else:
            found.append(atom)
    phrases = [_from_determiner(one, words) for one in found if one.tail != Sort.DEMONYM]
    return _listed([one for one in phrases if not _is_modifier(one)], words)


def _is_modifier(mention: Mention) -> bool:
    """Tell whether a common noun stands alone: ``military training``, ``bank rules``."""
    alone = mention.end - mention.start == 1 and not mention.plural
    return alone and mention.sort in {Sort.ROLE, Sort.ORGAN}


def _joins(left: Mention, right: Mention, words: Sequence[str]) -> bool:
    gap = words[left.end : right.start] if right.start - left.end <= 3 else ["…"]
    if not gap:
        return _adjacent(left, right)
    if gap[0] == ",":
        return not left.possessive and _apposed(left, right, gap)
    if gap[0] in _LINKS and not left.possessive:
        heads = left.tail in _HEADS or (left.tail == Sort.NAME and gap[0] in {"of", "for"})
        return heads and _bare(gap[1:]) and right.tail != Sort.DOCUMENT
    owns = left.possessive or left.sort in _PLACES or left.tail in _NAMES
    return owns and right.sort in _HEADS and _describes(gap, words, left.end)


def _adjacent(left: Mention, right: Mention) -> bool:
    if right.sort in _HEADS:
        return left.possessive or left.tail in _PLACES | _NAMES | {Sort.ORGAN}
    if right.sort in _NAMES:
        if left.possessive:
            return False
        return left.tail in {*_HEADS, Sort.DEMONYM, Sort.UNIT} and left.tail != Sort.DOCUMENT
    return left.tail == Sort.DEMONYM and right.sort == Sort.DEMONYM


def _apposed(left: Mention, right: Mention, gap: Sequence[str]) -> bool:
    """Tell whether ``president, Vladimir Putin`` or ``Gref, the CEO`` stands there."""
    if not _bare(gap[1:]):
        return False
    if left.tail == Sort.ROLE and left.sort not in _NAMES:
        return right.sort in _NAMES and len(gap) == 1
    return left.tail in _NAMES and right.sort == Sort.ROLE


def _bare(gap: Sequence[str]) -> bool:
    return all(word in closed("determiner") or word in closed("adjective") for word in gap)


def _describes(gap: Sequence[str], words: Sequence[str], at: int) -> bool:
    """Tell whether words between a name and a head describe it (``Japanese chip makers``)."""
    return len(gap) <= 2 and all(
        (word.isalpha() or word == "-")
        and word not in closed("common")
        and not nouns().at(words, at + place)
        and not forms().at(words, at + place)
        for place, word in enumerate(gap)
    )


def _together(left: Mention, right: Mention) -> Mention:
    # A lone demonym before an unknown single name is a first name: German Gref.
    given_name = left.sort == Sort.DEMONYM == left.tail and (
        right.sort == Sort.NAME and right.end - right.start == 1
    )
    codes = right.codes if given_name else tuple(dict.fromkeys((*left.codes, *right.codes)))
    return replace(
        left,
        end=right.end,
        sort=Sort.NAME if given_name else left.sort,
        tail=right.tail,
        codes=codes,
        possessive=right.possessive,
        plural=right.plural if right.sort in _HEADS else left.plural,
        owner_end=left.end if left.possessive and right.tail == Sort.DOCUMENT else 0,
    )


def _from_determiner(mention: Mention, words: Sequence[str]) -> Mention:
    """Let a phrase begin at its article and adjectives."""
    start = mention.start
    common = mention.sort in _HEADS or mention.sort == Sort.DEMONYM
    while common and start > 0 and mention.start - start < 2:
        if words[start - 1] not in closed("adjective"):
            break
        start -= 1
    before = words[start - 1] if start else ""
    if before == "the" or (common and before != "that" and before in closed("determiner")):
        start -= 1
    return replace(mention, start=start)


def _listed(given: Sequence[Mention], words: Sequence[str]) -> list[Mention]:
    """Join lists of actors: ``the government and Sberbank``, ``Japan, Korea and Taiwan``."""
    found: list[Mention] = []
    for mention in given:
        if found and _lists(found[-1], mention, words):
            found[-1] = _both(found[-1], mention)
        else:
            found.append(mention)
    return _with_commas(found, words)


def _lists(left: Mention, right: Mention, words: Sequence[str]) -> bool:
    if left.possessive or left.is_document or right.start - left.end > 3:
        return False
    return tuple(words[left.end : right.start]) in _LISTS


def _with_commas(given: Sequence[Mention], words: Sequence[str]) -> list[Mention]:
    """Join, from the right, what stands before commas to a list that ends in "and"."""
    found: list[Mention] = []
    for mention in reversed(given):
        following = found[-1] if found else None
        if following is not None and _opens(mention, following, words):
            found[-1] = _both(mention, following)
        else:
            found.append(mention)
    return found[::-1]


def _opens(left: Mention, right: Mention, words: Sequence[str]) -> bool:
    alike = (left.sort in _PLACES) == (right.sort in _PLACES)
    listed = "and" in words[right.start : right.end]
    return alike and listed and not left.possessive and list(words[left.end : right.start]) == [","]


def _both(left: Mention, right: Mention) -> Mention:
    codes = tuple(dict.fromkeys((*left.codes, *right.codes)))
    return replace(
        left,
        end=right.end,
        tail=right.tail,
        codes=codes,
        possessive=right.possessive,
        plural=True,
    )
