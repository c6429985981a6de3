"""Cells and looks of the live workbook."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.formula import ArrayFormula

from rankscope._words import visible
from rankscope._workbook import LIVE
from rankscope.exchange.formulas_layout import Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

NAVY, SKY, PALE, INPUT, CHANGED, GREY = "1F3A5F", "5B8DB8", "EEF3F8", "FFF8DC", "FFD27F", "7F7F7F"
_TEXT_LIMIT = 32_000
_STYLES: WeakKeyDictionary[Workbook, dict[Look, Any]] = WeakKeyDictionary()
_LINE = Side(style="thin", color="D0D7DE")


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """How a cell looks; looks are told apart by who they are, not by what they hold."""

    font: Font = field(default_factory=lambda: Font(name="Calibri", size=11))
    fill: PatternFill | None = None
    alignment: Alignment | None = None
    border: Border | None = None
    form: str = "General"


def _filled(colour: str) -> PatternFill:
    return PatternFill("solid", start_color=colour, end_color=colour)


_BOXED = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
PLAIN = Look()
WRAPPED = Look(alignment=Alignment(wrap_text=True, vertical="top"))
TITLE = Look(Font(name="Calibri", size=18, bold=True, color=NAVY))
SECTION = Look(Font(name="Calibri", size=12, bold=True, color=NAVY), border=Border(bottom=_LINE))
HEAD = Look(Font(name="Calibri", bold=True, color="FFFFFF"), _filled(NAVY), _MIDDLE)
HEAD_LEFT = Look(
    HEAD.font, HEAD.fill, Alignment(horizontal="left", vertical="center", wrap_text=True)
)
LOWER_HEAD = Look(HEAD.font, _filled(SKY), _MIDDLE)
CODE = Look(Font(name="Calibri", size=9, color=GREY), _filled(PALE), _MIDDLE)
QUIET = Look(Font(name="Calibri", size=9, italic=True, color=GREY))
STRONG = Look(Font(name="Calibri", bold=True))
BAR = Look(Font(name="Calibri", size=9, color=SKY))


@cache
def numbers(
    form: str, *, bold: bool = False, fill: str = "", quiet: bool = False, centred: bool = False
) -> Look:
    """Return how cells with numbers of a form look."""
    font = Font(name="Calibri", bold=bold, color=GREY if quiet else "000000")
    place = Alignment(horizontal="center") if centred else None
    return Look(font, _filled(fill) if fill else None, place, form=form)


@cache
def inputs(form: str) -> Look:
    """Return how cells look that the reader may change: blue on yellow, as modellers do."""
    font = Font(name="Calibri", bold=True, color="0000FF")
    return Look(font, _filled(INPUT), border=_BOXED, form=form)


def form_of(largest: float) -> str:
    """Return the number format that shows four digits of the largest number."""
    if largest >= 10:
        return "0.00"
    return "0.000" if largest >= 1 else "0.0000"


def put(sheet: Worksheet, place: str, value: object, look: Look = PLAIN) -> None:
    """Put a value into a cell: a formula only where it is a `Formula`, a text always as a text."""
    cell: Any = sheet[place]
    if isinstance(value, Formula):
        text = f"={value.text}"
        cell.value = ArrayFormula(place, text) if value.array else text
    elif isinstance(value, str):
        cell.value = visible(value, _TEXT_LIMIT)
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
    _dress(cell, look)
    if isinstance(value, str) and value.startswith(LIVE):
        cell.quotePrefix = True


def _dress(cell: Any, look: Look) -> None:
    """Make a cell look so; a workbook works out each look once, which takes long."""
    known = _STYLES.setdefault(cell.parent.parent, {})
    if look in known:
        cell._style = copy(known[look])
        return
    cell.font, cell.number_format = look.font, look.form
    for trait in ("fill", "alignment", "border"):
        wanted = getattr(look, trait)
        if wanted is not None:
            setattr(cell, trait, wanted)
    known[look] = copy(cell._style)


def widths(sheet: Worksheet, **columns: float) -> None:
    """Set the widths of columns."""
    for letter, width in columns.items():
        sheet.column_dimensions[letter].width = width


def for_print(
    sheet: Worksheet, title: str, *, rows: str, columns: str = "", upright: bool = False
) -> None:
    """Make a sheet print on A4, with its head on every page and page numbers.

    A sheet with few columns is made to fit; one with repeated ``columns`` goes over several pages.
    """
    sheet.page_setup.orientation = "portrait" if upright else "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    if columns:
        sheet.page_setup.scale = 50
    else:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    if rows:
        sheet.print_title_rows = rows
    if columns:
        sheet.print_title_cols = columns
    footer: Any = sheet.oddFooter
    footer.left.text = visible(title, 80).replace("&", "&&")
    footer.right.text = "&A, &P / &N"


def tabs(book: Workbook, colour: str, names: Sequence[str]) -> None:
    """Colour the tabs of sheets."""
    for name in names:
        if name in book.sheetnames:
            book[name].sheet_properties.tabColor = colour
