"""An index made of a table from a report: its components, and the weights that print allows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words, visible
from rankscope.data.table import plain_table
from rankscope.data.write import delimited
from rankscope.definition.method import MethodSpec
from rankscope.definition.model import DataSpec, IndexDefinition, Printed, Published, UnitsSpec
from rankscope.definition.node import Availability, Node
from rankscope.exchange.codes import mend_codes, valid_code
from rankscope.exchange.imported import TABLE_FILE, Imported
from rankscope.exchange.report_table_names import plain_name
from rankscope.exchange.report_table_print import Line, line_of
from rankscope.exchange.report_table_recover import RecoverOptions, recovered_from
from rankscope.exchange.report_table_weights import weighting_of
from rankscope.exchange.report_table_words import agreement_of, description_of
from rankscope.findings import Finding, warning
from rankscope.methods.normalisation import NoNormalisation
from rankscope.methods.steps import Linear
from rankscope.pipeline.result import build

if TYPE_CHECKING:
    from rankscope.analyses.recover import Recovered
    from rankscope.data.table import DataTable
    from rankscope.exchange.report_table import ReportTable
    from rankscope.exchange.report_table_weights import Weighting
    from rankscope.shapes import Vector

PUBLISHED_FILE = "published.csv"
"""The totals and ranks of an imported table, as printed."""

UNIT = "unit"


@dataclass(frozen=True, slots=True, eq=False)
class ReportIndex:
    """An index made of a table, what was recovered, and the printed results to lie beside it.

    ``published`` is the content of ``published.csv``; ``agreement`` says how many printed
    ranks the index gives.
    """

    imported: Imported
    recovered: Recovered
    published: str
    agreement: str


def index_of_report(
    table: ReportTable, period: str | None = None, options: RecoverOptions | None = None
) -> ReportIndex:
    """Make an index of a table: components below one root, and the recovered weights.

    Weights are the middle of the recovered set, and ``assumptions.weights`` is the set.  Where
    no weights are recovered they are equal, and a warning says so.  Units that the register
    does not know are left out.

    Raises
    ------
    DataError
        When the table has several periods and none is named, or nothing can be recovered.
    """
    title, year = _called(table.title)
    one, edition = table.of_period(period), period or next(iter(table.all_periods), year or "1")
    one = replace(one, title=title if edition == year else table.title)
    recovered = recovered_from(one, options)
    findings = [*one.said(), *recovered.findings, *_refused(recovered)]
    findings += _unknown(one)
    one = _sorted(one)
    weighting = weighting_of(recovered)
    data = _data(one)
    definition = _definition(one, edition, weighting, options or RecoverOptions())
    scores = build(definition, data).score()
    line = _line(one, recovered, scores)
    definition = definition.model_copy(
        update={
            "published": _published(one, line),
            "description": description_of(one, recovered, line),
        }
    )
    published = _published_text(one)
    return ReportIndex(
        imported=Imported(definition, data, tuple(findings)),
        recovered=recovered,
        published=published,
        agreement=agreement_of(build(definition, data), one, guessed=recovered.refused),
    )


def _called(title: str) -> tuple[str, str]:
    """Return what a file's name says of the index and its edition, none where no year ends it.

    >>> _called("gaii-2021"), _called("towns")
    (('gaii', '2021'), ('towns', ''))
    """
    found = re.fullmatch(r"(.*[^\W\d_])[\s_.-]+((?:19|20)\d\d)", title)
    return (found[1], found[2]) if found else (title, "")


def _refused(recovered: Recovered) -> list[Finding]:
    if not recovered.refused:
        return []
    said = "No weights were recovered, so that all components have equal ones: they are a guess."
    mend = "Do not quote scores or ranks of this index as the publisher's."
    return [warning("import-weights", "weights", said, mend)]


def _unknown(table: ReportTable) -> list[Finding]:
    gone = [name for name, known in zip(table.names, table.known, strict=True) if not known]
    if not gone:
        return []
    named = join_words([visible(name) for name in gone[:8]], "and")
    more = f" and {len(gone) - 8:,} more" if len(gone) > 8 else ""
    said = f"The register of countries does not know {named}{more}: left out of the index."
    mend = "Correct the names, or say --units own to keep all units as they are."
    return [warning("import-left-out", table.origin, said, mend)]


def _sorted(table: ReportTable) -> ReportTable:
    """Return the rows of known units in the order of their codes, as tables are read."""
    order = sorted(range(len(table.units)), key=lambda row: table.units[row])
    return table.at([row for row in order if table.known[row]])


def _data(table: ReportTable) -> DataTable:
    codes = _codes(table)
    values = np.array([one.values() for one in table.components]).T
    names = table.names if table.register == "iso3166" else None
    columns = tuple(codes[one.name] for one in table.components)
    return replace(plain_table(table.units, columns, values, names=names), origin=TABLE_FILE)


def _codes(table: ReportTable) -> dict[str, str]:
    """Return a code for each component and for the index."""
    names = [one.name for one in table.components]
    return mend_codes([*names, _root(table)], taken=(UNIT, "name"))


def _root(table: ReportTable) -> str:
    """Return what the index is called among its parts."""
    return table.total.name if table.total else "Overall score by these weights"


def _definition(
    table: ReportTable, edition: str, weighting: Weighting, options: RecoverOptions
) -> IndexDefinition:
    codes = _codes(table)
    children = tuple(
        Node(
            code=codes[one.name],
            name=visible(one.name, 200),
            weight=weight,
            kind="interval",
            decimals=max(0, one.decimals),
            polarity=options.polarity.get(one.name, 1),
        )
        for one, weight in zip(table.components, weighting.weights, strict=True)
    )
    named = {"name_column": "name"} if table.register == "iso3166" else {}
    return IndexDefinition(
        name=valid_code(table.title).lower(),
        title=table.title,
        edition=visible(edition, 200),
        units=UnitsSpec(register=table.register),
        data=DataSpec(file=TABLE_FILE, unit_column=UNIT, **named),
        framework=Node(
            code=codes[_root(table)], name=visible(_root(table), 200), children=children
        ),
        method=MethodSpec(
            min_available=Availability(at_least=1.0),
            normalisation=NoNormalisation(),
            aggregation=weighting.aggregation,
        ),
        assumptions=weighting.assumptions,
    )


def _line(table: ReportTable, recovered: Recovered, scores: Vector) -> Line:
    """Return the line to the totals, by the rows that the recovered weights rest on."""
    if table.total is None:
        return Line(1.0, 0.0, 0.0)
    counted = set(recovered.counted)
    rest = np.array([name in counted for name in table.names])
    totals = np.array(table.total.values())
    half = 0.5 * 10.0**-table.total.decimals
    return line_of(recovered, np.where(rest, scores, np.nan), totals, half)


def _published(table: ReportTable, line: Line) -> Published:
    """Return which printed columns lie beside the index, and how they come from scores."""
    plain = (line.factor, line.offset) == (1.0, 0.0)
    steps = () if plain else (Linear(factor=line.factor, offset=line.offset),)
    columns = []
    if table.total is not None:
        decimals = max(0, table.total.decimals)
        columns.append(
            Printed(column=_total(table), steps=steps, decimals=decimals, error=line.error)
        )
    if table.rank is not None:
        columns.append(Printed(column=_rank(table), of="rank"))
    return Published(file=PUBLISHED_FILE, columns=tuple(columns))


def _total(table: ReportTable) -> str:
    return _heading(table.total.name if table.total else "")


def _rank(table: ReportTable) -> str:
    return _heading(table.rank.name if table.rank else "")


def _heading(name: str) -> str:
    """Return a column's name that is not the one of the units."""
    shown = visible(plain_name(name), 200) or "printed"
    return f"{shown} (printed)" if shown == UNIT else shown


def _published_text(table: ReportTable) -> str:
    """Return totals and ranks as printed, with decimal points."""
    columns = [(UNIT, table.units)]
    columns += [(_total(table), table.total.texts)] if table.total else []
    columns += [(_rank(table), table.rank.texts)] if table.rank else []
    rows = zip(*(texts for _, texts in columns), strict=True)
    return delimited([[name for name, _ in columns], *rows])
