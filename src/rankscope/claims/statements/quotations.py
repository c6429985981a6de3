"""Where a text stands between quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.claims.tokens import Token

LONGEST = 300
"""In tokens; a mark that is not closed by then opens nothing."""
_PAIRS = {"“": "”", '"': '"', "‘": "’", "«": "»", "„": "“"}


def quotations(given: Sequence[Token]) -> tuple[list[int], list[int]]:
    """Return where quotations begin and end, in characters; a paragraph ends what is open."""
    starts: list[int] = []
    ends: list[int] = []
    opened, begun = "", 0
    for at, token in enumerate(given):
        if token.text[0] == "\n" or (opened and at - begun > LONGEST):
            opened = ""
        elif opened and token.text == _PAIRS[opened]:
            starts.append(given[begun].end)
            ends.append(token.start)
            opened = ""
        elif not opened and token.text in _PAIRS:
            opened, begun = token.text, at
    return starts, ends
