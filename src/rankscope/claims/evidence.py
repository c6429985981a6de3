"""What is known of ranks: tables that are passed, the packaged index, figures pages report."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.claims.gazetteer import fields_called, table, titles
from rankscope.claims.model import OVERALL, Document, Evidence, Origin
from rankscope.claims.quoted import quoted
from rankscope.errors import DataError, UnitError
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_WHOLE_SCORES = frozenset({"overall", "total score", "total", "score", "index"})
_UNIT_COLUMNS = ("iso3", "code", "unit", "country", "name")
_NAMED = re.compile(r"(?P<index>[a-z][a-z-]*?)-(?P<year>(?:19|20)\d\d)$")


@dataclass(frozen=True, slots=True)
class Known:
    """All evidence at hand, by index, unit and field."""

    figures: Mapping[tuple[str, str, str], tuple[Evidence, ...]]

    def of(self, index: str, unit: str, field: str) -> tuple[Evidence, ...]:
        """Return what is known of a unit in one field of an index, all editions."""
        return self.figures.get((index, unit, field), ())

    def complete(self, index: str) -> tuple[Evidence, ...]:
        """Return the whole-index ranks of tables in which no unit of an edition is missing."""
        return tuple(
            one
            for (key, _, field), found in self.figures.items()
            if key == index and field == OVERALL
            for one in found
            if one.origin in {Origin.TABLE, Origin.PACKAGED}
        )


def known(document: Document, tables: Iterable[Evidence] = ()) -> Known:
    """Gather what is known for the claims of a document.

    A page that tells the story of the document is no witness of its own: its figures are
    marked so.  Stories are told by their words (``tables/stories.csv``), or by their address.
    """
    told = _stories_of(document)
    figures: dict[tuple[str, str, str], list[Evidence]] = {}
    for one in (*tables, *_pages(document, told)):
        figures.setdefault((one.index, one.unit, one.field), []).append(one)
    return Known({key: tuple(found) for key, found in figures.items()})


def _pages(document: Document, told: frozenset[str]) -> Iterator[Evidence]:
    for one in quoted():
        figure = one.evidence
        if one.story in told or figure.source in document.text:
            figure = _as(figure, Origin.SAME_STORY)
        yield figure


def _as(figure: Evidence, origin: Origin) -> Evidence:
    from dataclasses import replace

    return replace(figure, origin=origin)


def _stories_of(document: Document) -> frozenset[str]:
    lower = document.text.lower()
    return frozenset(
        row["story"]
        for row in table("stories")
        if all(word in lower for word in row["words"].lower().split(";"))
    )


def read_ranks(path: Path, *, index: str = "", edition: int | None = None) -> tuple[Evidence, ...]:
    """Read a published table: a column of units, ``rank``, and a score per field.

    The index and the edition are those of the file's name (``gaii-2024.csv``) unless given.
    In fields without a rank column the printed scores rank, and equal scores share ranks.

    Raises
    ------
    DataError
        If the file is no such table; the message names it and what is missing.
    """
    named = _NAMED.search(path.stem.lower())
    index = index or (named["index"] if named else "")
    edition = edition or (int(named["year"]) if named else None)
    if index not in titles():
        raise DataError(
            f"{path}: which index is this a table of? Name the file after index and edition, "
            f"like gaii-2024.csv. Known indices: {', '.join(titles())}."
        )
    rows = list(csv.DictReader(io.StringIO(_text_of(path))))
    columns = {name.strip().lower(): name for name in (rows[0] if rows else {}) if name}
    unit = next((columns[name] for name in _UNIT_COLUMNS if name in columns), None)
    if unit is None or "rank" not in columns:
        raise DataError(
            f"{path}: a table of ranks needs a column of units ({', '.join(_UNIT_COLUMNS)}) and a "
            f"column rank; its columns are {', '.join(columns) or 'none'}."
        )
    return tuple(_figures(path, rows, columns, unit, index, edition))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise DataError(f"{path}: can not be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise DataError(
            f"{path}: is no text in UTF-8; save the table as CSV in UTF-8."
        ) from problem


def _figures(
    path: Path,
    rows: Sequence[Mapping[str, str]],
    columns: Mapping[str, str],
    unit: str,
    index: str,
    edition: int | None,
) -> Iterator[Evidence]:
    fields = dict(_fields(columns, index))
    for line, row in enumerate(rows, start=2):
        try:
            code = iso3166().find(row[unit]).code
        except UnitError as problem:
            raise DataError(f"{path}, line {line}: {problem}") from problem
        for field, column in fields.items():
            score = _number(row[column])
            rank = _whole(path, line, row[columns["rank"]]) if field == OVERALL else None
            worst = None
            if rank is None and score is not None:
                ahead, ties = _ahead(rows, column, score)
                rank, worst = 1 + ahead, ahead + ties
            yield Evidence(
                Origin.TABLE, code, index, edition, field, rank, len(rows), score, worst, path.name
            )


def _ahead(rows: Sequence[Mapping[str, str]], column: str, score: float) -> tuple[int, int]:
    scores = [_number(row[column]) for row in rows]
    return (
        sum(other is not None and other > score for other in scores),
        sum(other == score for other in scores),
    )


def _fields(columns: Mapping[str, str], index: str) -> Iterator[tuple[str, str]]:
    for name, column in columns.items():
        field = fields_called(name.replace("_", " ")).get(index)
        if name in _WHOLE_SCORES:
            yield OVERALL, column
        elif field is not None:
            yield field, column


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None


def _whole(path: Path, line: int, cell: str) -> int:
    try:
        return int(cell)
    except (TypeError, ValueError):
        raise DataError(f"{path}, line {line}: the rank {cell!r} is no whole number.") from None
