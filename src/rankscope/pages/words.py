"""Words of pages: articles, plurals, and text to search in."""

from __future__ import annotations

import unicodedata

_WITH_ARTICLE = frozenset(
    {
        "Bahamas",
        "Comoros",
        "DR Congo",
        "Democratic Republic of the Congo",
        "Gambia",
        "Maldives",
        "Netherlands",
        "Philippines",
        "Republic of the Congo",
        "Seychelles",
    }
)


def in_prose(name: str) -> str:
    """Return a country's name as it stands in a sentence: ``the United States``."""
    wants = (
        name in _WITH_ARTICLE
        or name.startswith(("United ", "Central African "))
        or name.endswith((" Islands", " Republic", " Emirates"))
    )
    return f"the {name}" if wants else name


def starting(sentence: str) -> str:
    """Return a sentence with a capital letter first."""
    return sentence[:1].upper() + sentence[1:]


def possessive(name: str) -> str:
    """Return ``Chile's`` and ``the United States'``."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def counted(number: int, one: str, many: str = "") -> str:
    """Return ``1 country``, ``2 countries``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def searchable(text: str) -> str:
    """Return text without accents and capitals, as the page's script folds what is typed."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).lower()
