"""A statement as a sentence that leaves it with the text and those it quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.claims.statements.tables import verbs

if TYPE_CHECKING:
    from rankscope.claims.model import Statement


def in_words(statement: Statement) -> str:
    """Return ``the text says that X does …, according to Y``; never a fact of our own."""
    said = f"the text says that {statement.actor} {_does(statement)}{_toward(statement)}"
    what = f": “{_inner(statement.what)}”" if statement.what != statement.toward else ""
    when = f" ({_small(statement.when)})" if statement.when else ""
    mark = ", in quoted words" if statement.quoted else ""
    source = f", according to {statement.according_to}" if statement.according_to else ""
    return f"{said}{what}{when}{mark}{source}"


def _does(statement: Statement) -> str:
    """Return the meaning of a verb: ``may not use``, ``cooperates``, ``are concerned about``."""
    first, _, rest = statement.meaning.partition(" ")
    after = f" {rest}" if rest else ""
    base = "be" if first == "is" else _plural(first)
    if statement.hedged:
        return f"may {'not ' if statement.negated else ''}{base}{after}"
    many = _is_plural(statement.actor)
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
    *_, head = named.partition(" in ")[0].split()
    common = head[0].islower() and head.endswith("s") and not head.endswith("ss")
    return common or " and " in first


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


def _small(date: str) -> str:
    """Return a date as it stands within a sentence."""
    first, _, rest = date.partition(" ")
    lower = first.lower() in {"in", "on", "since", "by", "until", "during", "from", "last", "this"}
    return f"{first.lower()} {rest}" if lower and rest else date
