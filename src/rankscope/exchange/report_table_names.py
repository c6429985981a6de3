"""Names in a table from a report, as they may stand in files that people open."""

from __future__ import annotations

import re

_LIVE = re.compile(r"^[\s=+@-]+")
"""What a spreadsheet program may take for the beginning of a formula."""

_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows, and show nothing themselves."""


def plain_name(text: str) -> str:
    """Return a name without what would run as a formula or turn letters round.

    >>> plain_name("=HYPERLINK(1)"), plain_name(" Korea, South "), plain_name("--")
    ('HYPERLINK(1)', 'Korea, South', '')
    """
    return _LIVE.sub("", _MARKS.sub("", text)).strip()
