"""A statement as a sentence that leaves it with the text and those it quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import Named, name_at
from rankscope.claims.statements.tables import actors, closed, verbs
from rankscope.claims.tokens import tokens
from rankscope.units import iso3166

if TYPE_CHECKING:
    from rankscope.claims.model import Statement


def in_words(statement: Statement) -> str:
    """Return ``the text says that X does …, according to Y``; never a fact of our own."""
    said = f"the text says that {_who(statement)} {_does(statement)}{_toward(statement)}"
    what = f": “{_inner(statement.what)}”" if statement.what != statement.toward else ""
    when = f" ({_small(statement.when)})" if statement.when else ""
    mark = ", in quoted words" if statement.quoted else ""
    source = f", according to {_small(statement.according_to)}" if statement.according_to else ""
    return f"{said}{what}{when}{mark}{source}"


def _does(statement: Statement) -> str:
    """Return the meaning of a verb: ``may not use``, ``cooperates``, ``are concerned about``."""
    first, _, rest = statement.meaning.partition(" ")
    after = f" {rest}" if rest else ""
    base = "be" if first == "is" else _plural(first)
    if statement.hedged:
        return f"may {'not ' if statement.negated else ''}{base}{after}"
    many = _is_plural(_who(statement))
    if first == "is":
        return f"{'are' if many else 'is'}{' not' if statement.negated else ''}{after}"
    if statement.negated:
        return f"{'do' if many else 'does'} not {base}{after}"
    return f"{base if many else first}{after}"


def _plural(verb: str) -> str:
    """Return a verb without the ending of the third person."""
    if verb.endswith("ies"):
        return f"{verb[:-3]}y"
    return verb[:-2] if verb.endswith(("sses", "shes", "ches", "xes", "oes")) else verb[:-1]


def _is_plural(actor: str) -> bool:
    """Tell whether the text names several who act."""
    first, _, _ = actor.partition(",")
    named, _, _ = first.partition(" of ")
    *others, head = named.partition(" in ")[0].split() or [""]
    common = head[:1].islower() or not others
    known = any(not one.item.capital for one in actors().at((head.lower(),), 0))
    ends = head.endswith("s") and not head.endswith("ss")
    return (common and ends and (head[:1].islower() or known)) or " and " in first


def _who(statement: Statement) -> str:
    """Return who acts; an adjective of the text (``Chinese``) as the name of its country."""
    if not _is_adjective(statement.actor):
        return _small(statement.actor)
    named = name_at(tokens(statement.actor), 0)
    return iso3166().get(named.key).name if named is not None else f"{statement.actor} states"


def _is_adjective(actor: str) -> bool:
    given = tokens(actor)
    named = name_at(given, 0)
    if named is not None:
        return named.named is Named.DEMONYM and len(named.words) == len(given)
    return any(one.item.kind == "demonym" for one in actors().at((actor.lower(),), 0))


def _toward(statement: Statement) -> str:
    """Return the other party with its preposition, where the object does not name it."""
    if not statement.toward:
        return ""
    if statement.toward in statement.what and statement.toward != statement.what:
        return ""
    before = next(iter(verbs()[statement.verb].toward), "direct")
    return f" {'' if before == 'direct' else before + ' '}{statement.toward}"


def _inner(text: str) -> str:
    """Return words of the text on one line, their own quotation marks as inner ones."""
    return " ".join(text.split()).translate(str.maketrans("“”", "‘’"))


def _small(words: str) -> str:
    """Return words from the head of a sentence as they stand within one."""
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in closed("common") and rest else words
