"""What to say about texts that are no numbers: one finding for each text or column.

A table of a hundred countries may hold "n/a" a thousand times; the reader needs the
first place, the number of others, and the one line that mends them all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from rankscope._domains import LARGEST
from rankscope._words import join_words
from rankscope.data.grid import quoted
from rankscope.data.numbers import Fault, all_decimal_commas
from rankscope.findings import Finding, error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.data.grid import Grid
    from rankscope.data.layout import Cells
    from rankscope.data.numbers import Numbers

_MENDS = {
    Fault.INFINITE: "Correct it, or add {text} to data.missing if it stands for a missing value.",
    Fault.EXTREME: "Correct it, or choose another unit of measurement.",
    Fault.PERCENT: "Declare `data.signs: ['%']`, or write the number without the sign.",
    Fault.GROUPED: "Declare `data.thousands`, or write the number without separators.",
    Fault.COMMA: 'Write the decimal mark as ".".',
    Fault.POINT: 'Write ".", and no data.decimal, or "," in every cell.',
    Fault.CENSORED: "If it means a value too small to be published, add {text} to data.censored.",
    Fault.TEXT: "Add {text} to data.missing if it stands for a missing value, else correct it.",
}

_RECODE = "or give each text its number under `data.recode`, such as `{{{text}: 1}}`"

_SAYS = {
    Fault.INFINITE: "is not a finite number",
    Fault.EXTREME: f"is not between {1 / LARGEST:g} and {LARGEST:g}",
    Fault.PERCENT: "has a percent sign",
    Fault.GROUPED: "has separators of thousands",
    Fault.COMMA: "has a decimal comma",
    Fault.POINT: 'has a decimal point, but data.decimal is ","',
    Fault.CENSORED: "is a bound, not a number",
    Fault.TEXT: "is not a number",
}

_SIGNS = frozenset({"Sc", "So", "Po"})
"""Categories of characters that are signs: of currencies, degrees and footnotes."""

_BY_TEXT = frozenset({Fault.TEXT, Fault.INFINITE, Fault.EXTREME, Fault.CENSORED})


def number_findings(
    grid: Grid, cells: Cells, numbers: Numbers, variables: Sequence[str]
) -> list[Finding]:
    """Return a finding for each undeclared text, and for each column with a spelling to mend."""
    groups = defaultdict[tuple[Fault, str], list[int]](list)
    commas = _comma_columns(cells, numbers)
    texts_only = _without_numbers(cells, numbers)
    wordy = _text_columns(cells, numbers, texts_only)
    for index, fault in numbers.faults:
        variable = cells.variables[index]
        if variable in wordy:
            continue
        kind = Fault.COMMA if variable in commas and fault is Fault.GROUPED else fault
        key = cells.texts[index].strip() if kind in _BY_TEXT else variables[variable]
        groups[kind, key].append(index)
    return [_wordy(grid, cells, at, variables) for at in wordy.values()] + [
        _finding(
            grid,
            cells,
            fault,
            at,
            variables,
            declare=cells.variables[at[0]] in commas,
            texts_only=texts_only,
        )
        for (fault, _), at in groups.items()
    ]


def _sign_of(text: str) -> str:
    """Return the sign before or after a number, such as that of a currency, or nothing."""
    found = re.fullmatch(r"([^\s\d.,+-]{1,3})\s*\d[\d.,]*|\d[\d.,]*\s*([^\s\d.,+-]{1,3})", text)
    sign = (found[1] or found[2]) if found else ""
    return sign if any(unicodedata.category(one) in _SIGNS for one in sign) else ""


def _without_numbers(cells: Cells, numbers: Numbers) -> frozenset[int]:
    """Return the variables that hold no number at all."""
    seen = np.array(cells.variables, dtype=np.int64)
    return frozenset({*seen.tolist()} - {*seen[~np.isnan(numbers.values)].tolist()})


def _text_columns(cells: Cells, numbers: Numbers, texts_only: frozenset[int]) -> dict[int, int]:
    """Return the variables that hold no number but several texts, each with its first cell."""
    held = defaultdict[int, set[str]](set)
    first: dict[int, int] = {}
    for index, fault in numbers.faults:
        if fault is Fault.TEXT:
            held[cells.variables[index]].add(cells.texts[index].strip())
            first.setdefault(cells.variables[index], index)
    return {
        variable: first[variable]
        for variable, texts in held.items()
        if len(texts) > 2 and variable in texts_only
    }


def _wordy(grid: Grid, cells: Cells, at: int, variables: Sequence[str]) -> Finding:
    """Say that a column holds names where numbers are wanted."""
    name = quoted(variables[cells.variables[at]])
    place = grid.place(cells.rows[at], cells.columns[at])
    text = quoted(cells.texts[at].strip())
    said = f"{name}: all values are texts, such as {text}."
    mend = (
        "Name it as data.name_column or as a context variable of kind group, leave it out, "
        f"{_RECODE.format(text=text)}."
    )
    return error(Fault.TEXT.value, place, said, mend)


def _comma_columns(cells: Cells, numbers: Numbers) -> set[int]:
    """Return the variables all of whose numbers read well with decimal commas."""
    suspects = {
        cells.variables[index]
        for index, fault in numbers.faults
        if fault in {Fault.COMMA, Fault.GROUPED}
    }
    texts = defaultdict[int, list[str]](list)
    for variable, text in zip(cells.variables, cells.texts, strict=True):
        if variable in suspects:
            texts[variable].append(text)
    return {variable for variable in suspects if all_decimal_commas(texts[variable])}


def _finding(
    grid: Grid,
    cells: Cells,
    fault: Fault,
    at: Sequence[int],
    variables: Sequence[str],
    *,
    declare: bool,
    texts_only: frozenset[int] = frozenset(),
) -> Finding:
    """Say it for the first cell, and count the others."""
    first = at[0]
    text = cells.texts[first].strip()
    name = quoted(variables[cells.variables[first]])
    also = _also(at, {variables[cells.variables[index]] for index in at}, fault)
    mend = _MENDS[fault].format(text=quoted(text))
    sign = _sign_of(text) if fault is Fault.TEXT else ""
    if sign:
        mend = f"Declare `data.signs: [{quoted(sign)}]`, or write the number without the sign."
    elif fault is Fault.TEXT and cells.variables[first] in texts_only:
        mend = f"{mend.removesuffix('.')}, {_RECODE.format(text=quoted(text))}."
    if fault is Fault.COMMA and declare:
        mend = 'All numbers of the column have it: declare data.decimal: ",".'
    place = grid.place(cells.rows[first], cells.columns[first])
    return error(fault.value, place, f"{name}: {quoted(text)} {_SAYS[fault]}{also}.", mend)


def _also(at: Sequence[int], names: set[str], fault: Fault) -> str:
    """Say how many more cells are like the first, and in which columns."""
    if len(at) == 1:
        return ""
    same = "the same text" if fault in _BY_TEXT else "the like"
    shown = sorted(names)[:5]
    rest = [f"{len(names) - 5} more"] if len(names) > 5 else []
    where = f", in {join_words([*map(quoted, shown), *rest], 'and')}" if len(names) > 1 else ""
    return f"; {same} stands in {len(at) - 1:,} more {'cells' if len(at) > 2 else 'cell'}{where}"
