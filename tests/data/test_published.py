"""Reading a published table: any file, only what is asked for, and one message for each fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from rankscope.data.published import read_published
from rankscope.definition.model import Published
from rankscope.errors import DataError
from tests.data.making import define

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.data.published_table import PublishedTable

OWN = {"register": "own"}


def table(folder: Path, text: str, *, name: str = "print.csv", **spec: Any) -> PublishedTable:
    (folder / name).write_text(text, "utf-8")
    data = {key: spec.pop(key) for key in ("period_column", "decimal", "delimiter") if key in spec}
    definition = define(units=spec.pop("units", OWN), **data)
    published = Published(file=name, **spec)
    return read_published(definition.model_copy(update={"published": published}), folder)


def test_units_are_codes_of_the_register_or_stand_for_themselves(tmp_path: Path) -> None:
    found = table(tmp_path, "unit,score\nSouth Korea,1\nRU,2\nWorld,3\n", units={})

    assert found.units == ("KOR", "RUS", "World")
    assert found.header == ("score",)


def test_rows_below_a_table_that_name_no_unit_are_left_out(tmp_path: Path) -> None:
    assert table(tmp_path, "unit,score\na,1\n,5\n ,6\n").units == ("a",)


def test_own_units_keep_leading_zeros(tmp_path: Path) -> None:
    assert table(tmp_path, "unit,score\n01001,1\n").units == ("01001",)


@pytest.mark.parametrize(
    ("cells", "decimals"),
    [("1.50 2 3.1", 2), ("8.0 9.0 10.0", 0), ("1 2 3", 0), ("8.0 9.1", 1), ("1.5e-3 2", 4),
     ("2.06199999999999 1", 12), ("1e3 2", 0), ("-0.25 .5", 2)],
)  # fmt: skip
def test_decimals_are_the_most_that_any_cell_has(tmp_path: Path, cells: str, decimals: int) -> None:
    rows = "".join(f"u{at},{cell}\n" for at, cell in enumerate(cells.split()))

    assert table(tmp_path, f"unit,score\n{rows}").column("score").decimals == decimals


def test_the_decimal_mark_is_that_of_the_data(tmp_path: Path) -> None:
    text = "unit;score\na;1,25\nb;2\n"
    column = table(tmp_path, text, decimal=",", delimiter=";").column("score")

    assert_array_equal(column.values, [1.25, 2])
    assert column.decimals == 2


def test_a_shared_rank_may_have_its_mark(tmp_path: Path) -> None:
    column = table(tmp_path, "unit,rank\na,=3\nb,3=\nc,5\n").column("rank")

    assert_array_equal(column.values, [3, 3, 5])


def test_gaps_are_those_of_either_table_and_other_texts_are_named(tmp_path: Path) -> None:
    text = "unit,score\na,x\nb,\nc,n/a\nd,7\n"
    column = table(tmp_path, text, missing=["x"]).column("score")

    assert_array_equal(column.values, [np.nan, np.nan, np.nan, 7])
    assert column.unread == ("n/a",)


def test_a_row_may_be_about_a_period(tmp_path: Path) -> None:
    text = "unit,year,score\na,2020,1\na,2021.0,2\nb,2020,3\n"
    found = table(tmp_path, text, period_column="year")
    one = found.of_period("2020")

    assert found.periods == ("2020", "2021", "2020")
    assert (one.units, one.periods) == (("a", "b"), ())
    assert_array_equal(one.column("score").values, [1, 3])
    assert found.without({"a"}).units == ("b",)


def test_a_table_without_periods_is_that_of_any_period(tmp_path: Path) -> None:
    found = table(tmp_path, "unit,score\na,1\n", period_column="year")

    assert found.of_period("2020") is found


def test_another_file_goes_by_its_path_and_has_its_own_unit_column(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "theirs.csv").write_text("id\tscore\na\t1\n".replace("\t", ","))
    published = Published(unit_column="id")
    definition = define(units=OWN).model_copy(update={"published": published})

    assert read_published(definition, tmp_path, tmp_path / "elsewhere" / "theirs.csv").units == (
        "a",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("unit,score\na,1\nb,2\na,3\n", r"print\.csv:4: There are two rows or more for a\."),
        ("units,score\na,1\n", r'no column "unit" of units\. .*Did you mean units\?'),
        ("unit,score\n", "has a header but no rows"),
        ("unit,score,score\na,1,2\n", r'Columns 2 and 3 are both called "score"'),
    ],
)
def test_what_is_wrong_is_said_with_its_mend(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=said):
        table(tmp_path, text)


def test_a_file_that_is_not_there_or_not_named_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"Add published\.file, or say --against FILE"):
        read_published(define(), tmp_path)
    with pytest.raises(DataError, match=r'There is no file "theirs\.csv"'):
        read_published(define(), tmp_path, tmp_path / "theirs.csv")
    with pytest.raises(DataError, match=r'no column "skore"\. Did you mean score'):
        table(tmp_path, "unit,score\na,1\n").column("skore")
