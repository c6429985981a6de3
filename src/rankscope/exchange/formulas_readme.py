"""The first sheet of a live workbook: what it is, how it is used, and what it can not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words
from rankscope.exchange.formulas_layout import (
    COMPARED,
    NORMALISED,
    PLACES,
    PRESENT,
    RANKING,
    RANKS,
    README,
    SCORES,
    STEPS,
    WEIGHTS,
)
from rankscope.exchange.formulas_style import (
    SECTION,
    STRONG,
    TITLE,
    WRAPPED,
    Look,
    for_print,
    put,
    widths,
)
from rankscope.pipeline.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook

    from rankscope.exchange.formulas_live import Live

_SHEETS = {
    RANKING: "who ranks where; it sorts itself",
    WEIGHTS: "the weights: yellow cells are yours to change",
    SCORES: "the scores of every aggregate, as formulas",
    RANKS: "the ranks at every aggregate, as formulas",
    NORMALISED: "the indicators on one scale, as numbers; an empty cell is a missing value",
    STEPS: "what happens to scores after they are combined, step by step",
    PRESENT: "who has enough data for a score (1) and who has not (0)",
    COMPARED: "the scores as they are ranked: rounded, and of those who take part",
    PLACES: "how ties are found: the rank that each place of the list has",
}


def add_readme(book: Workbook, live: Live) -> None:
    """Say what the workbook is, how it is used, and what it can not do."""
    sheet = book.create_sheet(README, 0)
    sheet.sheet_view.showGridLines = False
    widths(sheet, A=3, B=24, C=92)
    put(sheet, "B2", live.title, TITLE)
    row = 4
    for title, lines in _sections(book, live):
        put(sheet, f"B{row}", title, SECTION)
        put(sheet, f"C{row}", None, SECTION)
        row += 1
        for left, right in lines:
            put(sheet, f"B{row}", left, Look(STRONG.font, alignment=WRAPPED.alignment))
            put(sheet, f"C{row}", right, WRAPPED)
            sheet.row_dimensions[row].height = 15.5 * (1 + len(right) // 104)
            row += 1
        row += 1
    for_print(sheet, live.title, rows="", upright=True)


def _sections(book: Workbook, live: Live) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield titles and pairs of what and how."""
    yield "What this is", [("", text) for text in _introduction(live)]
    yield "How to change a weight", [("", text) for text in _how_to(live)]
    sheets = [(name, f"{_SHEETS[name]}.") for name in _SHEETS if name in book.sheetnames]
    yield "The sheets", sheets
    yield "What to know", [("", text) for text in _caveats(live)]
    marks = fingerprint(live.plan)
    yield (
        "Computed from",
        [
            ("rankscope", marks.version),
            ("definition, SHA-256", marks.definition),
            ("data, SHA-256", marks.data),
        ],
    )


def _introduction(live: Live) -> Iterator[str]:
    definition = live.plan.definition
    if definition.description:
        yield definition.description.strip()
    yield (
        "Every number from the normalised indicators up to the ranks is a formula. Change a weight "
        "or a normalised value, and scores and ranks follow."
    )
    if definition.publisher or definition.licence:
        yield ". ".join(part for part in (definition.publisher, definition.licence) if part) + "."


def _how_to(live: Live) -> Iterator[str]:
    del live
    yield (
        f"On the sheet {WEIGHTS}, type a number over a yellow cell in the column Weight. Only the "
        "proportions among siblings count, unless the note says otherwise: 2, 1, 1 is the same as "
        "50, 25, 25. A weight of 0 takes a part out."
    )
    yield (
        f"Then look at the sheet {RANKING}: the column Moved tells by how many places each has "
        "risen or fallen against the ranks as exported. A changed weight turns orange; the column "
        "Weight as exported tells what it was."
    )


def _caveats(live: Live) -> Iterator[str]:
    """Yield what the workbook does not do, or does otherwise than a reader may expect."""
    plan, ranking = live.plan, live.plan.definition.method.ranking
    yield (
        "Where a value is missing, the weights of the values that are there are scaled up. Who has "
        "enough data for a score is judged on the weights as exported, whatever they become."
    )
    lower = "lowest" if ranking.best == "lowest" else "highest"
    decimals = "" if ranking.decimals is None else f", rounded to {ranking.decimals} decimals"
    yield f"Rank 1 goes to the {lower} score{decimals}."
    without = [
        live.result.names[row] for row, n in enumerate(live.result.rank(view=live.view)) if n == 0
    ]
    if without:
        named = join_words(without[:20], "and") if len(without) <= 20 else f"{len(without)} units"
        yield f"Without a rank, for want of data or size: {named}."
    for node, reason in live.frozen.items():
        yield (
            f"{plan.nodes[node].name} ({plan.nodes[node].code}): {reason}. Its scores are plain "
            "numbers as exported, in grey, and do not follow the weights below it."
        )
    derived = [one.name for one in plan.nodes if one.children and one.weighting.needs_data]
    if derived:
        yield (
            f"The weights below {join_words(derived, 'and')} were derived from the data. They are "
            "written as numbers and do not follow changes of values."
        )
    yield (
        "Normalised values are numbers: treatment, imputation and scales are not computed anew in "
        "this workbook. Use rankscope for that."
    )
