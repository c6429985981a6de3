"""What an act is done to: a draft of a statement, and the other party to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.statements.tables import closed

if TYPE_CHECKING:
    from rankscope.claims.statements.groups import Group
    from rankscope.claims.statements.mentions import Mention
    from rankscope.claims.statements.reading import Hit, Reading
    from rankscope.claims.statements.who import Actor


@dataclass(frozen=True, slots=True)
class Draft:
    """An actor, an act and its object, in tokens of a sentence; ``end`` is where it ends."""

    actor: Actor
    hit: Hit
    group: Group
    what: tuple[int, int]
    end: int
    toward: Mention | None = None


def toward_of(reading: Reading, hit: Hit, start: int, end: int) -> tuple[Mention | None, int]:
    """Return the other party, and where the object begins after it."""
    direct = reading.by_start.get(start)
    if direct is not None and not direct.possessive and "direct" in hit.verb.toward:
        return direct, _after_apposition(reading, direct.end, end)
    for at in range(start, end):
        mention = reading.by_start.get(at + 1)
        if mention is None or reading.words[at] not in hit.verb.toward:
            continue
        return mention, mention.end if at == start and mention.end < end else start
    return None, start


def _after_apposition(reading: Reading, at: int, end: int) -> int:
    """Skip ``, the country's main state bank,`` after a name."""
    if reading.word(at) != ",":
        return at
    commas = [k for k in range(at + 1, min(end, at + 9)) if reading.words[k] == ","]
    return commas[0] + 1 if commas else at


def hit_by(reading: Reading, before: int) -> Mention | None:
    """Return whom sanctions hit: ``Russia's advance has faced obstacles due to sanctions``."""
    for at in range(before - 1, max(-1, before - 12), -1):
        if reading.words[at] in closed("cause"):
            found = [one for one in reading.mentions if one.end <= at and one.codes]
            return found[-1] if found else None
    return None
