"""Definitions and tables, as short as tests need them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from rankscope.data.read import examine_bytes
from rankscope.data.table import DataTable, Status
from rankscope.definition.model import IndexDefinition

SOURCES = ("wb", "itu")
PERIODS = (("2019", "2020", "2021"), ("9", "10"), ("2019/20", "2020/21"), ("007", "8"))


def define(
    *indicators: dict[str, Any], units: dict[str, Any] | None = None, **data: Any
) -> IndexDefinition:
    """Return a definition with the indicators gdp, net and top500 (a census), unless told."""
    given = indicators or (
        {"code": "gdp", "kind": "amount"},
        {"code": "net", "kind": "share"},
        {"code": "top500", "kind": "count", "absent_is_zero": True},
    )
    return IndexDefinition.model_validate(
        {
            "name": "test",
            "title": "Test",
            "units": units or {},
            "data": {"file": "values.csv"} | data,
            "sources": [{"code": code, "publisher": "P", "title": "T"} for code in SOURCES],
            "context": [
                {"code": "pop", "name": "Population", "kind": "count"},
                {"code": "bloc", "name": "Bloc", "kind": "group"},
            ],
            "framework": {
                "code": "total",
                "name": "Total",
                "children": [{"name": one["code"].upper()} | one for one in given],
            },
        }
    )


def examine(text: str | bytes, definition: IndexDefinition, name: str = "values.csv") -> Any:
    """Return what reading a file with this content gives: table and findings."""
    data = text if isinstance(text, bytes) else text.encode()
    return examine_bytes(definition, data, name)


def read(text: str | bytes, definition: IndexDefinition, name: str = "values.csv") -> DataTable:
    """Return the table; there must be one."""
    table, findings = examine(text, definition, name)
    assert table is not None, findings
    return table


def wide(*rows: str, header: str = "unit,gdp,net,top500,pop,bloc") -> str:
    """Return a wide table of these rows."""
    return "\n".join([header, *rows, ""])


def long(*rows: str, header: str = "unit,indicator,value") -> str:
    """Return a long table of these rows."""
    return "\n".join([header, *rows, ""])


_marks = ("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp")
texts = st.text(st.characters(exclude_categories=_marks), min_size=1, max_size=12).map(str.strip)
ids = texts.filter(bool)
numbers = st.floats(-1e100, 1e100).filter(lambda number: not 0 < abs(number) < 1e-100)


@st.composite
def tables(draw: st.DrawFn, *, full: bool = True, panel: bool = False) -> DataTable:
    """Draw tables for `define(units=own)`; ``full`` with years, sources and statuses.

    Each indicator has a value at least, as reading demands.
    """
    period = st.sampled_from(draw(st.sampled_from(PERIODS))) if panel else st.just("")
    rows = sorted(draw(st.lists(st.tuples(ids, period), min_size=1, max_size=5, unique=True)))
    units, periods = (tuple(of) for of in zip(*rows, strict=True))
    called = {unit: draw(ids) for unit in sorted({*units})}
    columns = ("gdp", "net", "top500", "pop")
    shape = (len(units), len(columns))
    count = shape[0] * shape[1]
    values = np.array(draw(_many(numbers, count))).reshape(shape)
    kinds = [Status.OBSERVED, Status.MISSING]
    kinds += [Status.CENSORED, Status.ABSENT, Status.IMPUTED] if full else []
    status = np.array(draw(_many(st.sampled_from(kinds), count))).reshape(shape)
    status[0] = Status.OBSERVED
    if not full:
        status[:, 2] = np.where(status[:, 2] == Status.MISSING, Status.ABSENT, status[:, 2])
    values[np.isin(status, [Status.MISSING, Status.CENSORED])] = np.nan
    values[status == Status.ABSENT] = 0.0
    years = np.array(draw(_many(st.integers(0, 2100), count))).reshape(shape)
    sources = np.array(draw(_many(st.integers(-1, 1), count))).reshape(shape)
    return DataTable(
        units=units,
        names=tuple(called[unit] for unit in units),
        columns=columns,
        values=values,
        years=years if full else np.zeros_like(years),
        sources=sources if full else np.full_like(sources, -1),
        status=status.astype(np.int64),
        source_codes=SOURCES if full else (),
        labels=(("bloc", tuple(draw(_many(texts, len(units))))),),
        periods=periods if panel else (),
    )


def _many(what: st.SearchStrategy[Any], count: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(what, min_size=count, max_size=count)
