"""Codes of other tools made fit for a definition, each as near to the old one as can be."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from rankscope.definition.fields import CODE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LONGEST = 64


def mend_codes(codes: Iterable[str], taken: Collection[str] = ()) -> dict[str, str]:
    """Return a valid code for each code; valid ones stay, and no two become one.

    >>> mend_codes(["GDP", "1st class", "CO² (t)"])
    {'GDP': 'GDP', '1st class': 'i_1st_class', 'CO² (t)': 'CO2_t'}
    """
    distinct = list(dict.fromkeys(codes))
    good = {code for code in distinct if _valid(code) and code not in taken}
    used = {*good, *taken}
    mended: dict[str, str] = {}
    for code in distinct:
        mended[code] = code if code in good else _free(valid_code(code), used)
        used.add(mended[code])
    return mended


def valid_code(text: str) -> str:
    """Return the valid code that is nearest to a text.

    >>> valid_code("Économie & société")
    'Economie_societe'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    code = re.sub(r"[^A-Za-z0-9_.\-]+", "_", plain).strip("_")
    code = code if re.match("[A-Za-z]", code) else f"i_{code}".rstrip("_")
    return code[: LONGEST - 4]


def _valid(code: str) -> bool:
    return re.fullmatch(CODE_PATTERN.strip("^$"), code) is not None


def _free(code: str, used: Collection[str]) -> str:
    """Return a code that is not used yet: with _2, _3 and so on."""
    number = 2
    free = code
    while free in used:
        free = f"{code}_{number}"
        number += 1
    return free
