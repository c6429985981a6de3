"""The sheets of a live workbook that are read and changed: Read me and Weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

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
    Formula,
)
from rankscope.exchange.formulas_style import (
    CHANGED,
    HEAD,
    HEAD_LEFT,
    PLAIN,
    QUIET,
    SECTION,
    STRONG,
    TITLE,
    WRAPPED,
    Look,
    for_print,
    inputs,
    numbers,
    put,
    widths,
)
from rankscope.methods.weighting import Given
from rankscope.pipeline.fingerprint import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from rankscope.exchange.formulas_live import Live

_HEADS = (
    "Code",
    "Name",
    "Part of",
    "Level",
    "Weight",
    "Share among siblings",
    "Share of the whole",
    "Weight in use",
    "Weight as exported",
    "Note",
)
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


def add_weights(book: Workbook, live: Live) -> None:
    """Add the weights: to be changed, as shares, and as they were exported."""
    sheet = book.create_sheet(WEIGHTS)
    for at, title in enumerate(_HEADS):
        put(sheet, f"{chr(ord('A') + at)}1", title, HEAD if 2 < at < 9 else HEAD_LEFT)
    for node in live.layout.listed:
        _weight_row(sheet, live, node)
    last = len(live.layout.listed) + 1
    _guard(sheet, f"E2:E{last}")
    widths(sheet, A=26, B=56, C=20, D=7, E=12, F=12, G=12, H=12, I=12, J=44)
    sheet.row_dimensions[1].height = 48
    sheet.freeze_panes = "C2"
    for_print(sheet, live.title, rows="1:1")


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


def _weight_row(sheet: Worksheet, live: Live, node: int) -> None:
    """Fill the row of a node; what its children share is worked out from its own rows."""
    layout, spec = live.layout, live.plan.nodes[node]
    row, level = layout.weight_row(node), _level(live, node)
    put(sheet, f"A{row}", spec.code, QUIET)
    put(sheet, f"B{row}", spec.name, _indented(level, bold=bool(spec.children)))
    put(sheet, f"D{row}", level, numbers("0", quiet=True))
    if node == live.plan.root:
        put(sheet, f"E{row}", None, PLAIN)
        own = "1"
        shares = ("1", "1")
    else:
        parent = layout.weight_row(spec.parent)
        put(sheet, f"C{row}", live.plan.nodes[spec.parent].code, QUIET)
        put(sheet, f"E{row}", float(live.weights[node]), inputs("General"))
        put(sheet, f"I{row}", float(live.weights[node]), numbers("General", quiet=True))
        own = f"N(E{row})"
        shares = _shares(live, node, row, parent)
    put(sheet, f"F{row}", Formula(shares[0]), numbers("0.0%"))
    put(sheet, f"G{row}", Formula(shares[1]), numbers("0.0%"))
    below = _sum_below(live, node)
    in_use = f"IF({below}=0,0,{own})" if below else own
    put(sheet, f"H{row}", Formula(in_use), numbers("General", quiet=True))
    put(sheet, f"J{row}", _note(live, node), QUIET)


def _shares(live: Live, node: int, row: int, parent: int) -> tuple[str, str]:
    """Return a node's share among its siblings and of the whole."""
    above = live.plan.nodes[node].parent
    if not live.plan.nodes[above].aggregation.shares:
        return f"H{row}", f"F{row}*G{parent}"
    total = _sum_below(live, above)
    return f"IF({total}=0,0,H{row}/{total})", f"F{row}*G{parent}"


def _sum_below(live: Live, node: int) -> str:
    """Return the sum of the children's weights in use: of the rows below, one level down."""
    spec, layout = live.plan.nodes[node], live.layout
    if not spec.children:
        return ""
    first = layout.weight_row(node) + 1
    last = first + len(live.plan.subtree(node)) - 2
    level = _level(live, node) + 1
    return f"SUMIF($D${first}:$D${last},{level},$H${first}:$H${last})"


def _level(live: Live, node: int) -> int:
    level = 0
    while live.plan.nodes[node].parent >= 0:
        node = live.plan.nodes[node].parent
        level += 1
    return level


def _indented(level: int, *, bold: bool) -> Look:
    look = STRONG if bold else PLAIN
    return Look(look.font, alignment=Alignment(horizontal="left", indent=2 * level))


def _note(live: Live, node: int) -> str:
    """Return what must be known of a node's weight."""
    if node in live.frozen:
        return f"Scores are plain numbers: {live.frozen[node]}."
    above = live.plan.nodes[node].parent
    while above >= 0:
        if above in live.frozen:
            return f"No effect: scores of {live.plan.nodes[above].code} are plain numbers."
        above = live.plan.nodes[above].parent
    parent = live.plan.nodes[node].parent
    weighting = live.plan.nodes[parent].weighting if parent >= 0 else Given()
    return f"Derived from the data by {weighting.name}." if weighting.needs_data else ""


def _guard(sheet: Worksheet, cells: str) -> None:
    """Let weights be numbers from 0 up, and mark those that were changed."""
    rule = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0")
    rule.errorTitle, rule.error = "Weight", "A weight is a number, 0 or more."
    rule.allow_blank, rule.showErrorMessage = True, True
    sheet.add_data_validation(rule)
    rule.add(cells)
    fill = PatternFill("solid", start_color=CHANGED, end_color=CHANGED)
    changed = Rule("expression", dxf=DifferentialStyle(fill=fill))
    changed.formula = ["AND(ISNUMBER($I2),N($E2)<>$I2)"]
    sheet.conditional_formatting.add(cells, changed)


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
