"""What an index computed, as tidy tables: for other programs, and as CSV, JSON or Parquet."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import numpy as np

from rankscope._files import write_bytes, write_text
from rankscope._words import join_words
from rankscope.data.parquet import parquet_bytes
from rankscope.data.periods import moments
from rankscope.data.write import delimited
from rankscope.errors import OutputError
from rankscope.pipeline.fingerprint import fingerprint
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

    from rankscope.pipeline.result import Result
    from rankscope.shapes import Batch, Matrix

What: TypeAlias = Literal[
    "scores", "ranks", "normalised", "treated", "imputed", "denominated", "raw", "all"
]
Layout: TypeAlias = Literal["wide", "long"]
Kind: TypeAlias = Literal["csv", "json", "parquet"]

WHATS: tuple[str, ...] = get_args(What)
_STAGES = {
    "treated": "treatment",
    "imputed": "imputation",
    "denominated": "denomination",
    "raw": "raw",
}


def result_frame(
    result: Result,
    what: What = "scores",
    *,
    layout: Layout | None = None,
    view: str = HEADLINE,
    period: str | None = None,
) -> pd.DataFrame:
    """Return what was computed as a data frame with the columns unit, name and, in a panel, period.

    ``scores`` and ``ranks`` are of every node in a view; ``normalised`` are the indicators
    as they are combined, of units that are ranked; ``treated``, ``imputed``,
    ``denominated`` and ``raw`` are the indicators after that stage; ``all`` is everything.
    The ``wide`` layout has a column for each node, called by its code; the ``long`` one, which
    ``all`` always has, a row for each unit and node with the columns node, what and value,
    without those that are missing.  Ranks are whole numbers.  In a panel without a
    ``period`` all periods follow each other.

    Raises
    ------
    KeyError
        When there is no such view or period.
    OutputError
        When there is no such table, or ``all`` is asked for in the wide layout.
    """
    shape = layout or ("long" if what == "all" else "wide")
    _check(result, what, shape, view)
    rows = _rows(result, period)
    if shape == "wide":
        return _wide(result, what, view, rows)
    return _long(result, WHATS[:-1] if what == "all" else (what,), view, rows)


def write_result(
    result: Result,
    path: str | os.PathLike[str],
    kind: Kind,
    what: What = "scores",
    *,
    layout: Layout | None = None,
    view: str = HEADLINE,
    period: str | None = None,
) -> Path:
    """Write what `result_frame` returns as CSV, JSON or Parquet, whole or not at all.

    Numbers keep all their digits, and what is missing is empty.  In CSV a text that a
    spreadsheet program would take for a formula gets an apostrophe.  JSON tells the
    fingerprints of definition and data too.

    Raises
    ------
    KeyError
        When there is no such view or period.
    OutputError
        When there is no such table, Parquet needs a package that is not installed, or the
        file can not be written.
    """
    frame = result_frame(result, what, layout=layout, view=view, period=period)
    header, rows = [str(name) for name in frame.columns], list(_plain_rows(frame))
    if kind == "parquet":
        return write_bytes(path, parquet_bytes([header, *rows]))
    if kind == "csv":
        return write_text(path, delimited([header, *rows], spreadsheet_safe=True))
    definition = result.plan.definition
    content = {
        "index": definition.name,
        "edition": definition.edition,
        **fingerprint(result.plan).named(),
        "what": what,
        "view": view,
        "rows": [dict(zip(header, row, strict=True)) for row in rows],
    }
    return write_text(
        path, json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    )


def _check(result: Result, what: str, layout: str, view: str) -> None:
    if what not in WHATS:
        raise OutputError(f"There is no table {what!r}. Known are {join_words(WHATS, 'and')}.")
    if layout not in get_args(Layout):
        raise OutputError(f"The layout of a table is wide or long, got {layout!r}.")
    if what == "all" and layout == "wide":
        raise OutputError(
            "Everything together has the long layout only. Ask for long, or for one table."
        )
    if view not in result.plan.views:
        raise KeyError(view)


def _rows(result: Result, period: str | None) -> list[int]:
    """Return the rows to show: of a period, or all, the earliest period first."""
    periods = result.plan.table.periods
    if period is not None and period not in periods:
        raise KeyError(period)
    rows = [row for row in range(len(result.units)) if period is None or periods[row] == period]
    times = moments(periods)
    return sorted(rows, key=lambda row: times[periods[row]]) if periods else rows


def _content(result: Result, what: str, view: str) -> tuple[list[str], Batch]:
    """Return codes of nodes and a matrix (rows, nodes), NaN where something is missing."""
    plan = result.plan
    if what in {"scores", "ranks"}:
        of_view = plan.views.index(view)
        given = result.scores[of_view] if what == "scores" else result.ranks[of_view]
        numbers = list(_downwards(result, plan.root))
        matrix = given[:, numbers].astype(float)
        return [plan.nodes[one].code for one in numbers], np.where(
            (what == "ranks") & (matrix == 0), np.nan, matrix
        )
    codes = [plan.nodes[leaf.node].code for leaf in plan.leaves]
    leaves = result.leaves
    return codes, leaves.values if what == "normalised" else leaves.record(_STAGES[what]).matrix


def _downwards(result: Result, number: int) -> Iterator[int]:
    """Yield a node and all below it, parents first, in the order of the definition."""
    yield number
    for child in result.plan.nodes[number].children:
        yield from _downwards(result, child)


def _head(result: Result, rows: list[int]) -> dict[str, list[str]]:
    """Return the columns that tell rows apart."""
    head = {
        "unit": [result.units[row] for row in rows],
        "name": [result.names[row] for row in rows],
    }
    periods = result.plan.table.periods
    return head | ({"period": [periods[row] for row in rows]} if periods else {})


def _wide(result: Result, what: str, view: str, rows: list[int]) -> pd.DataFrame:
    import pandas as pd

    codes, matrix = _content(result, what, view)
    head = pd.DataFrame(_head(result, rows))
    values = pd.DataFrame(matrix[rows], columns=codes)
    if what == "ranks":
        values = values.astype("Int64")
    return pd.concat([head, values], axis=1)


def _long(result: Result, whats: tuple[str, ...], view: str, rows: list[int]) -> pd.DataFrame:
    import pandas as pd

    parts = [_melted(result, what, view, rows) for what in whats]
    frame = pd.concat(parts, ignore_index=True)
    return frame.astype({"value": "Int64"}) if whats == ("ranks",) else frame


def _melted(result: Result, what: str, view: str, rows: list[int]) -> pd.DataFrame:
    """Return the values of one table that are there, row by row."""
    import pandas as pd

    codes, matrix = _content(result, what, view)
    values: Matrix = matrix[rows]
    at, columns = np.nonzero(~np.isnan(values))
    content: dict[str, Any] = {
        name: np.array(texts, dtype=object)[at] for name, texts in _head(result, rows).items()
    }
    content["node"] = np.array(codes, dtype=object)[columns]
    content["what"] = np.full(len(at), what, dtype=object)
    content["value"] = values[at, columns]
    return pd.DataFrame(content)


def _plain_rows(frame: pd.DataFrame) -> Iterator[list[Any]]:
    """Yield the rows in plain types; what is missing is None."""
    columns = [[_plain(value) for value in frame[name].tolist()] for name in frame.columns]
    for row in zip(*columns, strict=True):
        yield list(row)


def _plain(value: Any) -> Any:
    if isinstance(value, str | int):
        return value
    return float(value) if isinstance(value, float) and math.isfinite(value) else None
