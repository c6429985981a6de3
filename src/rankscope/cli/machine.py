"""The same content for machines: JSON and CSV, with numbers as they are."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from rankscope._words import visible
from rankscope.cli.sheet import Answer, Row

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_LIVE = tuple("=+-@")
_ODD = re.compile(r"[^\n -~]")
"""What may need another spelling: all but the printable characters of ASCII, and line feeds."""


def as_json(answer: Answer) -> str:
    """Return the facts and the rows of all sheets; what is missing is null."""
    content = dict(answer.facts)
    content |= {sheet.key: sheet.rows for sheet in answer.sheets if sheet.key}
    dumped = json.dumps(_plain(content), ensure_ascii=False, indent=2, allow_nan=False)
    return _ODD.sub(lambda found: _unmarked(found[0]), dumped) + "\n"


def as_csv(answer: Answer) -> str:
    """Return the first sheet: nested keys joined by a point, lists by a semicolon.

    A text that a spreadsheet would take for a formula gets an apostrophe.
    """
    sheet = answer.sheets[0]
    rows = [dict(_flat(row)) for row in sheet.rows]
    header = list(dict.fromkeys(key for row in rows for key in row))
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([_harmless(key) for key in header])
    writer.writerows([_cell(row.get(key)) for key in header] for row in rows)
    return file.getvalue()


def _plain(value: Any) -> Any:
    """Return a value in the types of JSON."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value


def _unmarked(character: str) -> str:
    """Escape what would control a terminal or turn its writing direction."""
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    return json.dumps(character)[1:-1] if hidden else character


def _flat(row: Row, before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield f"{before}{key}", value


def _cell(value: Any) -> Any:
    """Return what stands in a cell: numbers as they are, gaps empty, texts harmless."""
    if isinstance(value, list | tuple):
        return _harmless(";".join(map(str, value)))
    if isinstance(value, str):
        return _harmless(value)
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return repr(float(value)) if isinstance(value, float) else value


def _harmless(text: str) -> str:
    """Return a text on one line that neither steers a terminal nor starts a formula."""
    said = visible(text, limit=sys.maxsize)
    live = said.lstrip(" ").startswith(_LIVE) and not _NUMBER.fullmatch(said)
    return f"'{said}" if live else said
