"""From the text of a cell to its number, or to what is wrong with it.

A text is a number, or it is declared to stand for a missing or censored value, or it
is a fault: nothing is guessed.  Each fault has its own way out.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from rankscope._domains import LARGEST
from rankscope.data.table import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rankscope.definition.model import DataSpec
    from rankscope.shapes import Mask, Vector, Whole

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WHOLE_COMMA = re.compile(r"[+-]?\d+(,\d+)?", re.ASCII)


_GROUPS = r"[+-]?\d{{1,3}}({mark}\d{{3}})+([.,]\d+)?"


class Fault(StrEnum):
    """Why a text is no number; the value is the id of the finding."""

    TEXT = "data-text"
    INFINITE = "data-infinite"
    EXTREME = "data-extreme"
    PERCENT = "data-percent"
    GROUPED = "data-thousands"
    COMMA = "data-decimal"
    POINT = "data-point"
    CENSORED = "data-censored"


_LOOKS: tuple[tuple[Fault, re.Pattern[str]], ...] = (
    (Fault.INFINITE, re.compile(r"[+-]?(inf|infinity|nan|∞)", re.IGNORECASE)),
    (Fault.PERCENT, re.compile(r"[+-]?[\d.,]+\s*%", re.ASCII)),
    (Fault.CENSORED, re.compile(r"([<>≤≥~≈]|less than|under|below)\s*[\d.,]+", re.IGNORECASE)),
    (Fault.GROUPED, re.compile(r"[+-]?\d{1,3}([,\s'’]\d{3})+(\.\d*)?")),
    (Fault.GROUPED, re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}(,\d*)?")),
    (Fault.COMMA, re.compile(r"[+-]?\d*,\d+", re.ASCII)),
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What many cells hold, (cells,) each; ``faults`` are pairs of a cell's index and its fault.

    ``blank`` marks the missing cells that are empty, unlike those with a declared text.
    """

    values: Vector
    status: Whole
    blank: Mask
    faults: tuple[tuple[int, Fault], ...]


def read_numbers(texts: Sequence[str], spec: DataSpec) -> Numbers:
    """Read the texts of many cells, of shape (cells,), each distinct text once."""
    distinct = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    of = np.fromiter(map(distinct.__getitem__, texts), dtype=np.int64, count=len(texts))
    found = list(map(reader_of(spec), distinct))
    wrong = np.array([isinstance(how, Fault) for _, how in found], dtype=bool)
    return Numbers(
        values=np.array([value for value, _ in found], dtype=float)[of],
        status=np.array([_status(how) for _, how in found], dtype=np.int64)[of],
        blank=np.array([not text or text.isspace() for text in distinct], dtype=bool)[of],
        faults=tuple(
            (int(index), how)
            for index in np.flatnonzero(wrong[of])
            if isinstance(how := found[of[index]][1], Fault)
        ),
    )


def reader_of(spec: DataSpec) -> Callable[[str], tuple[float, Status | Fault]]:
    """Return the function that reads one text as the definition declares."""
    missing = frozenset(text.strip() for text in spec.missing) | {""}
    censored = frozenset(text.strip() for text in spec.censored)
    codes = frozenset(float(text) for text in missing | censored if _PLAIN.fullmatch(text))
    comma = spec.decimal == ","
    declared: dict[str, tuple[float, Status | Fault]] = {}
    declared |= dict.fromkeys(missing, (math.nan, Status.MISSING))
    declared |= dict.fromkeys(censored, (math.nan, Status.CENSORED))
    for code, stands_for in spec.recode:
        status = Status.IMPUTED if code.strip() in censored else Status.OBSERVED
        declared[code.strip()] = (stands_for, status)

    def read(text: str) -> tuple[float, Status | Fault]:
        tidy = text.strip()
        if tidy in declared:
            return declared[tidy]
        bare = _bare(tidy, spec)
        plain = bare.replace(",", ".") if comma and "." not in bare else bare
        if not _PLAIN.fullmatch(plain):
            return math.nan, _fault(tidy)
        if comma and "." in bare:
            return math.nan, Fault.POINT
        value = float(plain)
        if value and not 1 / LARGEST <= abs(value) <= LARGEST:
            return math.nan, Fault.INFINITE if math.isinf(value) else Fault.EXTREME
        # -999 is declared and the file writes -999.0
        return (math.nan, Status.MISSING) if value in codes else (value, Status.OBSERVED)

    return read


def _bare(text: str, spec: DataSpec) -> str:
    """Return a number's text without the declared signs, and without marks of thousands."""
    for sign in spec.signs:
        text = text.replace(sign, "").strip()
    if spec.thousands == "none":
        return text
    mark = r"[ \u00a0\u202f]" if spec.thousands == "space" else re.escape(spec.thousands)
    return re.sub(mark, "", text) if re.fullmatch(_GROUPS.format(mark=mark), text) else text


def _fault(text: str) -> Fault:
    return next((fault for fault, look in _LOOKS if look.fullmatch(text)), Fault.TEXT)


def _status(how: Status | Fault) -> Status:
    return Status.MISSING if isinstance(how, Fault) else how


def all_decimal_commas(texts: Sequence[str]) -> bool:
    """Whether the numbers of a column make sense when read with decimal commas.

    So they do when each is whole or has one comma, and at least one comma is not
    followed by three digits, as a thousands separator would be.
    """
    tidy = [text.strip() for text in texts]
    numbers = [text for text in tidy if text[:1].isdigit() or text[1:2].isdigit()]
    odd = any(len(text.partition(",")[2]) not in {0, 3} for text in numbers)
    return odd and all(_WHOLE_COMMA.fullmatch(text) for text in numbers)


def missing_codes(values: Vector) -> tuple[float, ...]:
    """Return the values that look like codes for missing: -999 far outside the rest, (cells,)."""
    finite = values[~np.isnan(values)]
    suspects = [code for code in (-99, -999, -9999, -99999, 9999, 99999) if code in finite]
    rest = finite[~np.isin(finite, suspects)]
    if not suspects or len(rest) < 3:
        return ()
    low, high = float(rest.min()), float(rest.max())
    reach = max(high - low, 1.0)
    return tuple(float(code) for code in suspects if code < low - reach or code > high + 5 * reach)
