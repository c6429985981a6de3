"""What weights are recovered from: a table, or an index beside its published results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rankscope._words import join_words, visible
from rankscope.errors import DataError, OutputError
from rankscope.exchange.report_table import PrintedColumn, ReportTable, is_table, read_report_table
from rankscope.findings import note
from rankscope.methods.normalisation import NoNormalisation
from rankscope.methods.treatment import NoTreatment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rankscope.cli.lookup import Built
    from rankscope.data.published_table import PublishedTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.definition.node import Node
    from rankscope.exchange.report_table_options import ReportOptions
    from rankscope.exchange.report_table_recover import RecoverOptions
    from rankscope.findings import Finding
    from rankscope.pipeline.result import Result


@dataclass(frozen=True, slots=True)
class Given:
    """A table to recover weights from; of an index, the weights that its definition has."""

    title: str
    table: ReportTable
    options: RecoverOptions
    node: str | None = None
    declared: Mapping[str, float] | None = None


def source_of(
    source: str,
    layout: ReportOptions,
    node: str | None,
    options: RecoverOptions,
    output: Path | None,
) -> Given:
    """Return the table that is meant: a file of cells, or that of an index.

    Raises
    ------
    RankscopeError
        When there is none, something is wrong with it, or ``output`` would replace it.
    """
    if not is_table(source):
        return _of_index(source, layout, node, options, output)
    if node is not None:
        raise DataError("--node is about an index, and this is a table. Leave it out.")
    file = Path(source)
    if output is not None and output.is_file() and file.is_file() and output.samefile(file):
        raise OutputError(f"{visible(source, 200)} is what is read. Choose another name.")
    table = read_report_table(file, layout)
    return Given(visible(table.origin, 60), table, options)


def _of_index(
    source: str,
    layout: ReportOptions,
    code: str | None,
    options: RecoverOptions,
    output: Path | None,
) -> Given:
    """Return the printed results of an index, with its children as components."""
    from rankscope.cli.lookup import find_node
    from rankscope.cli.one_period import open_period
    from rankscope.data.published import read_published

    _refuse_columns(layout)
    built = open_period(source, layout.period, output)
    definition = built.index.definition
    if definition.published is None or definition.published.file is None:
        raise DataError(
            f"{definition.title} names no published results, so there is nothing to recover from. "
            "Add `published` to its definition, or name a table and its --total."
        )
    result = built.result
    number = result.plan.root if code is None else find_node(result, code)
    printed = read_published(definition, built.index.path)
    if built.period is not None:
        printed = printed.of_period(built.period)
    spec = result.plan.nodes[number].spec
    table, findings, raw = _table(built, printed, spec)
    if layout.period is not None:
        table = replace(table, periods=(layout.period,) * len(table.units))
    table = _with_decimals(replace(table, findings=findings), layout)
    names = {child.code: child.name for child in spec.children}
    turned = {names[child.code]: -1 for child in spec.children if child.polarity < 0}
    told = replace(options, polarity=options.polarity or (turned if raw else {}))
    declared = {child.name: child.weight for child in spec.children}
    where = f"{built.title} · weights of the parts of {spec.name}"
    return Given(where, table, told, spec.code, None if findings else declared)


def _refuse_columns(layout: ReportOptions) -> None:
    """Refuse options that say how a table is laid out: the definition says it."""
    told = {
        "--total": layout.total,
        "--rank": layout.rank,
        "--components": layout.components,
        "--unit-column": layout.unit_column,
        "--period-column": layout.period_column,
        "--sheet": layout.sheet,
    }
    for option, value in told.items():
        if value:
            raise DataError(
                f"{option} is about a table, and the definition of an index says what is printed "
                "where. Leave it out, or name the table itself."
            )


def _with_decimals(table: ReportTable, layout: ReportOptions) -> ReportTable:
    """Return a table with the decimals that were told."""
    places = layout.total_decimals if layout.total_decimals is not None else layout.decimals
    total = table.total
    if total is not None and places is not None:
        total = replace(total, decimals=places)
    if layout.decimals is None:
        return replace(table, total=total)
    own = tuple(replace(one, decimals=layout.decimals) for one in table.components)
    return replace(table, total=total, components=own)


def _table(
    built: Built, printed: PublishedTable, node: Node
) -> tuple[ReportTable, tuple[Finding, ...], bool]:
    """Return printed totals and ranks of a node, beside its parts as printed or as raw data."""
    from rankscope.analyses.printed_columns import printed_columns

    result, definition = built.result, built.index.definition
    shown = printed_columns(result.plan, printed.header, definition.published)
    root = result.plan.nodes[result.plan.root].code
    found = {(one.node or root, one.of): one for one in reversed(shown)}
    total, rank = found.get((node.code, "score")), found.get((node.code, "rank"))
    if total is None and rank is None:
        raise DataError(
            f"{printed.origin} has no printed result of {visible(node.name)}. Declare "
            "published.columns, or name another node with --node."
        )
    if len(node.children) < 2:
        raise DataError(f"{visible(node.name)} has no parts to weigh. Name a node with children.")
    columns = {child.code: found.get((child.code, "score")) for child in node.children}
    whole = all(columns.values())
    findings: tuple[Finding, ...] = ()
    if whole:
        parts = [_printed(printed, one.column, child.name, one.decimals)
                 for child in node.children if (one := columns[child.code])]  # fmt: skip
    else:
        parts = [_raw(result, printed, child) for child in _indicators(node, printed)]
        findings = () if _as_they_are(definition, node) else _on_raw(node)
    known = dict(zip(result.units, result.names, strict=True))
    table = ReportTable(
        origin=printed.origin,
        title=definition.title,
        register=definition.units.register_,
        units=printed.units,
        names=tuple(known.get(unit, unit) for unit in printed.units),
        known=(True,) * len(printed.units),
        periods=(),
        components=tuple(parts),
        total=None if total is None else _printed(printed, total.column, None, total.decimals),
        rank=None if rank is None else _printed(printed, rank.column, None, 0),
    )
    return table, findings, not whole


def _indicators(node: Node, printed: PublishedTable) -> tuple[Node, ...]:
    """Return the parts of a node if they have data.

    Raises
    ------
    DataError
        When some are aggregates, whose scores are not printed.
    """
    lacking = [child.name for child in node.children if child.children]
    if lacking:
        named = join_words(map(visible, lacking[:6]), "and")
        raise DataError(
            f"{printed.origin} has no column for {named}, so that weights of the parts of "
            f"{visible(node.name)} can not be recovered. Declare published.columns, or name a node "
            "of indicators with --node."
        )
    return node.children


def _printed(
    table: PublishedTable, column: str, name: str | None, decimals: int | None
) -> PrintedColumn:
    """Return a printed column as texts."""
    from rankscope.exchange.report_table_numbers import PrintedReader, decimals_of

    at = table.grid.header.index(column)
    texts, _ = PrintedReader(table.spec).column(table.grid, at)
    places = decimals_of(texts) if decimals is None else decimals
    return PrintedColumn(name or column, tuple(texts), places)


def _raw(result: Result, table: PublishedTable, child: Node) -> PrintedColumn:
    """Return the data of an indicator by the rows of the published table."""
    from rankscope.exchange.report_table_numbers import decimals_of

    values = dict(zip(result.units, result.plan.table.column(child.code).tolist(), strict=True))
    texts = [repr(values[unit]) if unit in values else "nan" for unit in table.units]
    plain = ["" if text == "nan" else text for text in texts]
    return PrintedColumn(child.name, tuple(plain), decimals_of(plain))


def _as_they_are(definition: IndexDefinition, node: Node) -> bool:
    """Whether an index combines the data of indicators as they stand."""
    method, parts = definition.method, node.children
    scales = [child.normalisation or method.normalisation for child in parts]
    outliers = [child.treatment or method.treatment for child in parts]
    plain = all(child.denominator is None or child.kind == "ratio" for child in parts)
    return (
        plain
        and all(isinstance(one, NoNormalisation) for one in scales)
        and all(isinstance(one, NoTreatment) for one in outliers)
    )


def _on_raw(node: Node) -> tuple[Finding, ...]:
    """Say what weights of raw data are."""
    said = (
        "The parts are data as they stand, not scores: weights are per unit of each indicator, "
        "and are those of the index only if it combines them without normalisation."
    )
    return (note("recover-raw", node.code, said),)
