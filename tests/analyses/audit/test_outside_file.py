from __future__ import annotations

import numpy as np
import pytest

from rankscope.analyses.audit import read_outside
from rankscope.errors import DataError
from tests.support.indices import FLAT, make_index


@pytest.fixture(scope="module")
def countries():
    return make_index(framework=FLAT, units=("DEU", "FRA", "KOR")).build()


def test_units_go_by_code_name_or_alias_and_others_are_passed_over(countries, tmp_path):
    file = tmp_path / "income.csv"
    file.write_text(
        "region,country,gdp,note\nEurope,Germany,50.5,a\nWorld,World,1,b\nEurope,FR,..,c\n"
        "Asia,South Korea,30,\n"
    )
    found = read_outside(countries, file)

    assert list(found.columns) == ["gdp"]
    assert found.index.tolist() == ["DEU", "FRA", "KOR"]
    np.testing.assert_array_equal(found["gdp"], [50.5, np.nan, 30])


def test_own_units_go_by_their_codes(tmp_path):
    result = make_index(framework=FLAT, units=3, own=True).build()
    (tmp_path / "x.csv").write_text("id,size\n0002,5\n0000,7\n")

    assert read_outside(result, tmp_path / "x.csv")["size"].to_dict() == {"0002": 5, "0000": 7}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("country,gdp\nGermany,1\nDE,2\n", "two rows for the unit 'DEU'"),
        ("country,gdp\nAtlantis,1\n", "none of the units"),
        ("country,gdp\nGermany,high\n", "no column of numbers"),
        ("country,gdp\n", "no table with rows"),
    ],
)
def test_what_can_not_be_read_is_named(countries, tmp_path, text, words):
    (tmp_path / "x.csv").write_text(text)
    with pytest.raises(DataError, match=words):
        read_outside(countries, tmp_path / "x.csv")


def test_a_file_that_is_not_there(countries, tmp_path):
    with pytest.raises(DataError, match="x\\.csv"):
        read_outside(countries, tmp_path / "x.csv")
