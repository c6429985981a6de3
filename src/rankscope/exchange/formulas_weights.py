"""The weights of a live workbook: to be changed, as shares, and as they were exported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation

from rankscope.exchange.formulas_layout import WEIGHTS, Formula
from rankscope.exchange.formulas_style import (
    CHANGED,
    HEAD,
    HEAD_LEFT,
    PLAIN,
    QUIET,
    STRONG,
    Look,
    for_print,
    inputs,
    numbers,
    put,
    widths,
)
from rankscope.methods.weighting import Given

if TYPE_CHECKING:
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
