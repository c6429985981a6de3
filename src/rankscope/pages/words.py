"""Words of pages: articles, plurals, and codes made readable."""

from __future__ import annotations

import re
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
_ACRONYMS = frozenset(
    {"ai", "api", "coe", "eu", "gdp", "gpai", "ict", "ip", "oecd", "reaim", "un", "unga", "us"}
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


def readable(code: str) -> str:
    """Return a code as words: ``unga_78_241_vote`` becomes ``UNGA 78/241 vote``."""
    words = re.split(r"[_\s]+", code.strip("_ "))
    text = " ".join(word.upper() if word.lower() in _ACRONYMS else word for word in words)
    return starting(re.sub(r"\b(\d{2}) (\d{1,3})\b", r"\1/\2", text))


def searchable(text: str) -> str:
    """Return text without accents and capitals, as the page's script folds what is typed."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).lower()
