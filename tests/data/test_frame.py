"""Data frames in and out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from rankscope.data.frame import table_from_frame, to_long_frame
from rankscope.data.table import Status
from rankscope.errors import DataError
from tests.data.making import define, long, read, tables, wide

WIDE = {"gdp": [4.0, None], "net": [93, 96], "top500": [36, 1], "pop": [83, 10]}


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(WIDE, index=["DEU", "Sweden"]),
        pd.DataFrame(WIDE, index=pd.Index(["DEU", "SWE"], name="iso3")),
        pd.DataFrame({"unit": ["DEU", "SWE"]} | WIDE),
        pd.DataFrame({"unit": ["SWE", "DEU"]} | {k: v[::-1] for k, v in WIDE.items()}),
        pd.DataFrame({"unit": ["DEU", "SWE"]} | WIDE).convert_dtypes(),
        pd.DataFrame({"unit": ["DEU", "SWE"]} | WIDE).melt("unit", var_name="indicator"),
    ],
    ids=["index", "named index", "column", "another order", "nullable", "long"],
)
def test_every_usual_frame_gives_the_same_table(frame):
    table = table_from_frame(frame, define())
    assert table.same_values(read(wide("DEU,4,93,36,83,", "SWE,,96,1,10,"), define()))


def test_a_wide_frame_of_a_table_gives_the_table_again():
    table = read(wide("DEU,0.1,93,36,83,", "SWE,,96,1,10,"), define())
    assert table_from_frame(table.to_frame(), define()).same_values(table)


@given(table=tables())
def test_every_table_survives_its_long_frame(table):
    spec = define(units={"register": "own"}, layout="long", name_column="name")
    frame = to_long_frame(table, spec).drop(columns="licence")
    back = table_from_frame(frame, spec)
    assert np.array_equal(back.values, table.values, equal_nan=True)
    assert np.array_equal(back.status, table.status)
    assert np.array_equal(back.years, table.years)
    assert np.array_equal(back.own_sources(), table.own_sources())


@given(table=tables(panel=True))
def test_every_panel_survives_its_long_frame(table):
    spec = define(
        units={"register": "own"}, layout="long", name_column="name", period_column="when"
    )
    frame = to_long_frame(table, spec).drop(columns="licence")
    back = table_from_frame(frame, spec)
    assert list(frame.columns[:3]) == ["unit", "name", "when"]
    assert back.periods == table.periods
    assert back.units == table.units
    assert np.array_equal(back.values, table.values, equal_nan=True)
    assert np.array_equal(back.years, table.years)


@given(table=tables(full=False, panel=True))
def test_every_panel_survives_its_wide_frame(table):
    spec = define(units={"register": "own"}, period_column="year")
    for frame in (table.to_frame(), table.to_frame().swaplevel().rename_axis(["year", None])):
        back = table_from_frame(frame, spec)
        assert (back.units, back.periods) == (table.units, table.periods)
        assert np.array_equal(back.values, table.values, equal_nan=True)


def test_the_years_of_a_panel_by_years_are_its_periods():
    spec = define({"code": "gdp"}, units={"register": "own"}, period_column="year")
    frame = pd.DataFrame({"unit": ["A", "A"], "year": [2020, 2021], "gdp": [1.0, 2.0]})
    long = to_long_frame(table_from_frame(frame, spec), spec)
    assert long.query("indicator == 'gdp'")["year"].tolist() == ["2020", "2021"]


def test_a_number_of_a_frame_has_a_decimal_point_whatever_the_file_has():
    frame = pd.DataFrame({"gdp": [1.234]}, index=["DEU"])
    spec = define({"code": "gdp"}, decimal=",", thousands=".")
    assert table_from_frame(frame, spec).column("gdp").tolist() == [1.234]


def test_a_long_frame_tells_source_licence_and_status_of_each_cell():
    spec = define(
        {"code": "gdp", "source": "wb"},
        {"code": "top500", "absent_is_zero": True},
        layout="long",
    )
    rows = ("DEU,gdp,4,2023,", "DEU,top500,1,,itu", "SWE,gdp,5,,")
    table = read(long(*rows, header="unit,indicator,value,year,source"), spec)
    frame = to_long_frame(table, spec).query("indicator in ['gdp', 'top500']")
    assert list(frame.columns) == [
        "unit",
        "name",
        "indicator",
        "value",
        "year",
        "source",
        "licence",
        "status",
    ]
    assert frame["source"].tolist() == ["wb", "itu", "wb", ""]
    assert frame["licence"].tolist() == ["unknown", "unknown", "unknown", ""]
    assert frame["status"].tolist() == ["observed", "observed", "observed", "absent"]


def test_true_and_false_are_one_and_zero():
    frame = pd.DataFrame({"gdp": [True, False]}, index=["DEU", "FRA"])
    assert table_from_frame(frame, define({"code": "gdp"})).column("gdp").tolist() == [1, 0]


def test_small_floats_keep_the_value_they_have():
    frame = pd.DataFrame({"gdp": np.array([0.1], dtype="float32")}, index=["DEU"])
    assert table_from_frame(frame, define({"code": "gdp"})).values[0, 0] == np.float32(0.1)


def test_what_is_wrong_with_a_frame_names_its_row():
    frame = pd.DataFrame({"unit": ["DEU", "FRA"], "gdp": ["1", "n/a"]})
    with pytest.raises(DataError, match=r'data frame, row 2: "gdp": "n/a" is not a number'):
        table_from_frame(frame, define({"code": "gdp"}))


def test_an_infinite_value_in_a_frame_is_an_error():
    frame = pd.DataFrame({"gdp": [1.0, np.inf]}, index=["DEU", "FRA"])
    with pytest.raises(DataError, match="not a finite number"):
        table_from_frame(frame, define({"code": "gdp"}))


@pytest.mark.parametrize("index", [None, pd.MultiIndex.from_tuples([("DEU", 1)])])
def test_a_frame_without_units_says_where_they_belong(index):
    with pytest.raises(DataError, match="unit"):
        table_from_frame(pd.DataFrame({"gdp": [1.0]}, index=index), define({"code": "gdp"}))


def test_statuses_have_names_that_a_frame_may_use():
    frame = pd.DataFrame(
        {"unit": ["A"], "indicator": ["gdp"], "value": [2.0], "status": ["imputed"]}
    )
    table = table_from_frame(frame, define({"code": "gdp"}, units={"register": "own"}))
    assert table.status[0, 0] == Status.IMPUTED
