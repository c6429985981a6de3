"""YAML as a person would write it: blocks, folded paragraphs, quotes only where they are needed.

The text means the same to every YAML reader, also to those that take NO for
false and 2026-01 for a date.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

WIDTH = 96
INDENT = "  "

_RESERVED: Final = frozenset(
    {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
)
_NUMBER_LIKE: Final = re.compile(r"[-+.]?[0-9][0-9a-fxo_.,:/eE+\-TZ ]*", re.IGNORECASE)
_PLAIN: Final = re.compile(r"[^\W_][^\n\t\"'\\`]*", re.UNICODE)
_FLOW_PLAIN: Final = re.compile(r"[\w .\-/+%()]*")
_FOLDS: Final = re.compile(r"\S+(?: \S+)*(?:\n+\S+(?: \S+)*)*")
"""Texts whose lines begin and end with a word and whose words are one space apart."""


def emit(value: Mapping[str, Any]) -> str:
    """Return a mapping as a YAML document; its blocks at the top stand apart."""
    parts: list[str] = []
    for key, member in value.items():
        lines = list(_member(key, member, 0))
        apart = parts and len(lines) > 1 and not isinstance(member, str)
        parts.append(("\n" if apart else "") + "\n".join(lines))
    return "\n".join(parts) + "\n"


def number_text(number: float) -> str:
    """Return a number without noise that reads back as the same: 1, 0.25, 2/3, 1.0e+300."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    short = repr(float(number))
    if len(short) > 10 and "e" not in short:
        fraction = Fraction(number).limit_denominator(99)
        if fraction.numerator / fraction.denominator == number:
            return f"{fraction.numerator}/{fraction.denominator}"
    mantissa, e, power = short.partition("e")
    # other readers take 1e+300 for text: in YAML 1.1 a number with a power needs its point
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}{e}{power}"


def _member(key: str, value: Any, depth: int) -> Iterator[str]:
    """Yield the lines of a key and its value."""
    start = f"{INDENT * depth}{_text(key)}:"
    inline = _inline(value, len(start) + 1)
    if inline is not None:
        yield f"{start} {inline}".rstrip(" ")
    elif isinstance(value, str):
        yield f"{start} >-"
        yield from _folded(value, depth + 1)
    else:
        yield start
        yield from _block(value, depth + 1)


def _block(value: Any, depth: int) -> Iterator[str]:
    """Yield the lines of a mapping or a list."""
    if isinstance(value, Mapping):
        for key, member in value.items():
            yield from _member(key, member, depth)
        return
    dash = f"{INDENT * depth}- "
    for item in value:
        inline = _inline(item, len(dash))
        if inline is not None:
            yield dash + inline
            continue
        first, *rest = _block(item, depth + 1)
        yield dash + first.lstrip(" ")
        yield from rest


def _inline(value: Any, column: int) -> str | None:
    """Return a value that stands on one line, or None where it wants lines of its own."""
    if isinstance(value, str):
        return None if _is_long(value, column) else _text(value)
    if value is None or isinstance(value, bool | int | float):
        return _scalar(value)
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    if isinstance(value, Mapping):
        flow = _method(value)
    elif all(isinstance(item, str | int | float) for item in value):
        flow = f"[{', '.join(_flow_scalar(item) for item in value)}]"
    elif all(isinstance(item, list | tuple) for item in value):
        flow = _flow(value)
    else:
        return None
    fits = flow is not None and column + len(flow) <= WIDTH
    return flow if fits or not _can_open(value) else None


def _can_open(value: Any) -> bool:
    """Whether a list or mapping may also stand in lines of its own."""
    texts = () if isinstance(value, Mapping) else (one for one in value if isinstance(one, str))
    return not any(_is_long(text, 0) for text in texts)


def _method(value: Mapping[str, Any]) -> str | None:
    """Return a method on one line: its name alone, or a mapping in braces."""
    name = value.get("method", value.get("act"))
    if not isinstance(name, str):
        return None
    return _text(name) if len(value) == 1 else _braces(value)


def _braces(value: Mapping[str, Any]) -> str:
    members = (f"{_flow_scalar(key)}: {_flow(member)}" for key, member in value.items())
    return f"{{{', '.join(members)}}}"


def _flow(value: Any) -> str:
    """Return a parameter on one line; it may hold lists, and methods inside each other."""
    if isinstance(value, Mapping):
        return _method(value) or _braces(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_flow(item) for item in value)}]"
    return _flow_scalar(value)


def _flow_scalar(value: Any) -> str:
    text = _scalar(value)
    return text if text.startswith('"') or _FLOW_PLAIN.fullmatch(text) else _quoted(text)


def _scalar(value: Any) -> str:
    if value is None:
        return ""  # what every reader takes for nothing
    if isinstance(value, bool):
        return "true" if value else "false"
    return number_text(value) if isinstance(value, int | float) else _text(value)


def _is_long(text: str, column: int) -> bool:
    """Whether a text is folded over lines of its own."""
    wants = "\n" in text or column + len(text) > WIDTH
    return wants and " " in text.strip() and _FOLDS.fullmatch(text) is not None


def _folded(text: str, depth: int) -> Iterator[str]:
    """Yield the lines of a folded text: a line end in it becomes an empty line."""
    start = INDENT * depth
    wrap = textwrap.TextWrapper(
        width=max(WIDTH - len(start), 40),
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    )
    for position, line in enumerate(text.split("\n")):
        if position:
            yield ""
        yield from (start + piece for piece in wrap.wrap(line))


def _text(text: str) -> str:
    """Return a text plain where every reader takes it for that text, else in quotes."""
    plain = (
        _PLAIN.fullmatch(text)
        and not text.endswith((" ", ":"))
        and ": " not in text
        and " #" not in text
        and text.casefold() not in _RESERVED
        and not _NUMBER_LIKE.fullmatch(text)
        and text.isprintable()
    )
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    """Return a text in double quotes; what can not be seen is escaped."""
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escape(c) for c in escaped)


def _escape(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
