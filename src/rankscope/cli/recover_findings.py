"""The findings of ``rankscope recover``, those of single periods with the period as place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope._words import visible
from rankscope.cli.sheet import QUIET, Column, Row, Sheet, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rankscope.findings import Finding


def finding_sheet(
    findings: Iterable[Finding], of_periods: Iterable[tuple[str, Finding]] = ()
) -> Sheet:
    """Return findings, those of single periods with the period as their place."""
    own = [_finding_row(visible(period), one) for period, one in of_periods]
    rows = (*(_finding_row(one.place, one) for one in findings), *own)
    of_id: dict[str, list[Row]] = {}
    for row in own:
        of_id.setdefault(row["id"], []).append(row)

    def is_hidden(row: Row) -> bool:
        alike = of_id.get(row["id"], [])
        return _is_said(row) or any(row is other for other in alike[1:])

    def words(row: Row) -> str:
        alike = of_id.get(row["id"], [])
        return _words(row, len(alike) - 1 if any(row is other for other in alike) else 0)

    columns = (
        text("", "severity", style=QUIET),
        Column("To be known", words, flexible=True),
    )
    shown = [row for row in rows if not is_hidden(row)]
    title = "Before a number is quoted" if shown else ""
    return Sheet("findings", rows, columns if shown else (), title=title, hidden=is_hidden)


def _finding_row(place: str, one: Finding) -> dict[str, Any]:
    return {
        "severity": one.severity.value,
        "id": one.id,
        "place": place,
        "sentence": in_shell(one.sentence),
        "remedy": in_shell(one.remedy),
    }


def _is_said(row: Row) -> bool:
    """Whether a finding is what a line above says already."""
    return bool(row["id"] == "recover-impossible")


def _words(row: Row, others: int) -> str:
    """Return a finding for readers; ``others`` are periods of which much the same is said."""
    named = row["place"] and row["place"] not in row["sentence"]
    said = f"{row['place']}: {row['sentence']}" if named else row["sentence"]
    more = f"; so in {others} other period{'s' * (others > 1)}, see --json" if others else ""
    return f"{said} {row['remedy']}".rstrip() + f" [{row['id']}{more}]"


def in_shell(sentence: str) -> str:
    """Return a sentence in the words of the command line."""
    return sentence.replace("most_wrong=", "--most-wrong ")
