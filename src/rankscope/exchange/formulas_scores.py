"""The sheets of a live workbook from normalised values to scores."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from rankscope._workbook import letters
from rankscope.exchange.formulas_aggregation import aggregation_formula
from rankscope.exchange.formulas_layout import (
    CODE_ROW,
    FIRST_ROW,
    NAME_ROW,
    NORMALISED,
    PRESENT,
    SCORES,
    STEPS,
    UNIT_COLUMNS,
    WEIGHT_ROW,
    WEIGHTS,
    Formula,
)
from rankscope.exchange.formulas_live import spread_of
from rankscope.exchange.formulas_steps import Before, step_formula
from rankscope.exchange.formulas_style import (
    CODE,
    HEAD,
    HEAD_LEFT,
    LOWER_HEAD,
    PALE,
    PLAIN,
    QUIET,
    Look,
    for_print,
    form_of,
    numbers,
    put,
    widths,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from rankscope.exchange.formulas_live import Live
    from rankscope.shapes import Vector


def unit_sheet(book: Workbook, name: str, live: Live, third: str) -> Worksheet:
    """Add a sheet with a row for each unit; ``third`` says what stands in its third row."""
    sheet: Worksheet = book.create_sheet(name)
    put(sheet, f"A{NAME_ROW}", "Code", HEAD_LEFT)
    put(sheet, f"B{NAME_ROW}", "Name", HEAD_LEFT)
    for row in (CODE_ROW, WEIGHT_ROW):
        put(sheet, f"A{row}", None, CODE)
        put(sheet, f"B{row}", third if row == WEIGHT_ROW else "code", CODE)
    for row, (unit, title) in enumerate(zip(live.result.units, live.result.names, strict=True)):
        put(sheet, f"A{FIRST_ROW + row}", unit)
        put(sheet, f"B{FIRST_ROW + row}", title)
    widths(sheet, A=max(8, 1.3 * max(map(len, live.result.units), default=8)), B=30)
    sheet.row_dimensions[NAME_ROW].height = 62
    sheet.freeze_panes = f"{letters(UNIT_COLUMNS)}{FIRST_ROW}"
    for_print(sheet, live.title, rows=f"1:{WEIGHT_ROW}", columns="A:B")
    return sheet


def head(sheet: Worksheet, column: str, title: str, code: str, third: object, look: Look) -> None:
    """Fill the three first rows of a column."""
    put(sheet, f"{column}{NAME_ROW}", title, look)
    put(sheet, f"{column}{CODE_ROW}", code, CODE)
    put(sheet, f"{column}{WEIGHT_ROW}", third, Look(CODE.font, CODE.fill, CODE.alignment))
    sheet.column_dimensions[column].width = 15


def fill(sheet: Worksheet, live: Live, column: str, formula: Formula, look: Look) -> None:
    """Write a formula into a column, once for each unit."""
    for row in range(FIRST_ROW, live.layout.last_row + 1):
        put(sheet, f"{column}{row}", formula.at(row), look)


def fill_numbers(
    sheet: Worksheet, column: str, values: Iterable[float], look: Look = PLAIN
) -> None:
    """Write numbers into a column; what is missing stays empty."""
    for row, value in enumerate(values, FIRST_ROW):
        put(sheet, f"{column}{row}", float(value) if math.isfinite(value) else None, look)


def node_head(sheet: Worksheet, live: Live, column: str, node: int) -> None:
    """Fill the head of a node's column: name, code, and weight as the sheet of weights has it."""
    spec = live.plan.nodes[node]
    look = HEAD if spec.children else LOWER_HEAD
    weight = Formula(f"{WEIGHTS}!$H${live.layout.weight_row(node)}")
    head(sheet, column, spec.name, spec.code, weight, look)


def add_normalised(book: Workbook, live: Live) -> None:
    """Add the normalised values, a column for each indicator."""
    sheet = unit_sheet(book, NORMALISED, live, "weight in use")
    for node in live.layout.leaves:
        column = live.layout.leaf_column(node)
        node_head(sheet, live, column, node)
        values = live.result.leaves.values[:, live.plan.nodes[node].leaf]
        fill_numbers(sheet, column, values, numbers(form_of(largest(values))))


def add_scores(book: Workbook, live: Live) -> None:
    """Add the scores of all aggregates as formulas."""
    sheet = unit_sheet(book, SCORES, live, "weight in use")
    for node in live.layout.columns:
        column, root = live.layout.column(node), node == live.plan.root
        node_head(sheet, live, column, node)
        form = form_of(largest(live.scores[:, node]))
        look = numbers(form, bold=root, fill=PALE if root else "")
        if node in live.frozen:
            fill_numbers(sheet, column, live.scores[:, node], numbers(form, quiet=True))
        else:
            fill(sheet, live, column, _score(live, node), look)


def add_steps(book: Workbook, live: Live) -> None:
    """Add what happens to scores after children are combined, a column for each step."""
    stepped = [node for node in live.layout.columns if _has_steps(live, node)]
    if not stepped:
        return
    sheet = unit_sheet(book, STEPS, live, "")
    for node in stepped:
        spec = live.plan.nodes[node]
        for column, title, content in _step_columns(live, node):
            head(sheet, column, f"{spec.name}: {title}", spec.code, None, LOWER_HEAD)
            if isinstance(content, Formula):
                fill(sheet, live, column, content, numbers("0.000"))
            else:
                fill_numbers(sheet, column, content, QUIET)


def largest(values: Vector) -> float:
    """Return the size of the largest number of a vector (rows,); 0 where there is none."""
    sizes = np.abs(values)
    return float(np.max(sizes, initial=0.0, where=np.isfinite(sizes)))


def _has_steps(live: Live, node: int) -> bool:
    return bool(live.plan.nodes[node].steps) and node not in live.frozen


def _score(live: Live, node: int) -> Formula:
    """Return the formula of a node's score on the sheet of scores."""
    layout, spec = live.layout, live.plan.nodes[node]
    if not spec.children:
        cell = f"{NORMALISED}!{layout.leaf_column(node)}#"
        return Formula(f'IF(ISNUMBER({cell}),{cell},"")')
    if not spec.steps:
        return _combined(live, node, SCORES)
    children = layout.children(live.plan, node, home=SCORES)
    last = _step_columns(live, node)[-1][0]
    here = f"{PRESENT}!{layout.column(node)}#"
    return Formula(f'IF(OR({here}=0,SUM({children.weights})=0),"",{STEPS}!{last}#)')


def _combined(live: Live, node: int, home: str) -> Formula:
    """Return the formula that combines a node's children, where it has enough of them."""
    children = live.layout.children(live.plan, node, home=home)
    formula = aggregation_formula(live.plan.nodes[node].aggregation, children)
    if formula is None:
        raise NotImplementedError(live.plan.nodes[node].aggregation.name)
    text = f'IFERROR({formula.text},"")'
    if children.lacking:
        text = f'IF({children.lacking},"",{text})'
    here = f"{PRESENT}!{live.layout.column(node)}#"
    return Formula(f'IF({here}=0,"",{text})', formula.array)


def _step_columns(live: Live, node: int) -> list[tuple[str, str, Formula | list[float]]]:
    """Return the columns of a node on the sheet of steps: their letters, titles and content."""
    at = _first_step_column(live, node)
    column = letters(at)
    columns: list[tuple[str, str, Formula | list[float]]] = [
        (column, "children combined", _combined(live, node, STEPS))
    ]
    for step in live.plan.nodes[node].steps:
        before = Before(f"{column}#", live.layout.down(column))
        if spread_of(step):
            at += 1
            groups = letters(at)
            # an empty cell equals 0 in a formula, so that groups are numbered from 1
            content = [one + 1.0 if one >= 0 else math.nan for one in step.rows.strata]
            columns.append((groups, f"groups for {step.method.name}", content))
            before = Before(before.cell, before.column, f"{groups}#", live.layout.down(groups))
        at += 1
        column = letters(at)
        formula = step_formula(step.method, before)
        if formula is None:
            raise NotImplementedError(step.method.name)
        columns.append((column, step.method.name, formula))
    return columns


def _first_step_column(live: Live, node: int) -> int:
    """Return where a node's columns begin on the sheet of steps, counted from 0."""
    earlier = live.layout.columns[: live.layout.columns.index(node)]
    steps = [live.plan.nodes[one].steps for one in earlier if _has_steps(live, one)]
    return UNIT_COLUMNS + sum(1 + sum(1 + spread_of(one) for one in chain) for chain in steps)
