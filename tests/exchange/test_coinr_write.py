"""Writing COINr's tables: what reads back, and what is said to be lost."""

from __future__ import annotations

import csv

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rankscope.data import read_table
from rankscope.data.table import DataTable, Status
from rankscope.definition import read_definition
from rankscope.definition.model import IndexDefinition
from rankscope.errors import OutputError
from rankscope.exchange import read_coinr, write_coinr, write_imported
from rankscope.methods.aggregation import Geometric
from rankscope.pipeline import build
from rankscope.testing import indices
from tests.exchange.making import DATA, META, files


@pytest.fixture
def small(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    return read_coinr(*files(folder))


def rows(path):
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("name", ["", "coin.xlsx"])
def test_what_was_read_is_written_and_read_again(small, tmp_path, name):
    written = write_coinr(*small, tmp_path / name)
    definition, table = read_coinr(*written.paths)

    assert written.findings == ()
    assert definition == small[0]
    assert table.same_values(small[1])


def test_the_tables_are_as_coinr_wants_them(small, tmp_path):
    """Its check_iMeta: levels from 1, parents one up, NA where there is nothing."""
    data, meta = write_coinr(*small, tmp_path).paths
    found = {row["iCode"]: row for row in rows(meta)}

    assert [one["Level"] for one in found.values()] == ["1"] * 4 + ["2"] * 2 + ["3"] + ["NA"] * 2
    assert (found["index"]["Parent"], found["tax"]["Direction"]) == ("NA", "-1")
    assert (found["area"]["Type"], found["bloc"]["Type"]) == ("Denominator", "Group")
    assert found["roads"]["Denominator"] == "area"
    assert rows(data)[2]["net"] == "NA"


@given(index=indices(gaps=False))
@settings(max_examples=30)
def test_any_tree_keeps_its_scores(index, tmp_path_factory):
    """Levels that are filled by aggregates of one child change no score."""
    definition, table = index
    folder = tmp_path_factory.mktemp("tree")
    spec = definition.model_dump(by_alias=True) | {
        "method": {"preset": "coinr", "treatment": "none"}
    }
    definition = IndexDefinition.model_validate(spec)
    again, read = read_coinr(*write_coinr(definition, table, folder).paths)
    again = again.model_copy(update={"method": definition.method})

    np.testing.assert_allclose(
        build(again, read).score(), build(definition, table).score(), rtol=1e-12, equal_nan=True
    )


@given(
    numbers=st.lists(
        st.floats(-1e99, 1e99).filter(lambda x: not 0 < abs(x) < 1e-99), min_size=3, max_size=3
    )
)
@settings(max_examples=50)
def test_every_bit_of_a_number_survives_csv(numbers, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bits")
    lines = DATA.splitlines()
    data = "\n".join(
        [lines[0] + ",more", *(f"{a},{b!r}" for a, b in zip(lines[1:], numbers, strict=True))]
    )
    meta = META + "1,more,More,1,1,x,NA,rules,Indicator\n"
    definition, table = read_coinr(*files(folder, data, meta))
    _, again = read_coinr(*write_coinr(definition, table, folder).paths)

    assert again.column("more").tolist() == numbers


def test_a_panel_keeps_its_periods(tmp_path):
    lines = DATA.splitlines()
    both = [f"{line},{year}" for year in (2020, 2021) for line in lines[1:]]
    definition, table = read_coinr(*files(tmp_path, "\n".join([lines[0] + ",Time", *both])))
    again, read = read_coinr(*write_coinr(definition, table, tmp_path).paths)

    assert again == definition
    assert read.same_values(table)

    home = tmp_path / "home"
    write_imported(definition, table, home)
    assert read_table(read_definition(home), home).same_values(table)


def test_texts_of_a_workbook_are_no_formulas(tmp_path):
    meta = META.replace("Small index", "=1+1")
    definition, table = read_coinr(*files(tmp_path, DATA.replace("Aland", "=cmd()"), meta))
    path = write_coinr(definition, table, tmp_path / "coin.xlsx").paths[0]
    sheet = openpyxl.load_workbook(path)["iData"]

    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=cmd()", "s")
    assert read_coinr(path)[0] == definition


def test_the_same_index_gives_the_same_bytes(small, tmp_path):
    paths = [write_coinr(*small, tmp_path / name).paths[0] for name in ("a.xlsx", "b.xlsx")]

    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_what_is_lost_is_listed(small, tmp_path):
    definition, table = small
    infra, rules = definition.framework.children
    roads, net = infra.children
    net = net.model_copy(update={"kind": "ratio", "denominator": "area", "target": 50.0})
    infra = infra.model_copy(update={"children": (roads, net), "aggregation": Geometric()})
    tree = definition.framework.model_copy(update={"children": (infra, rules)}).model_dump()
    spec = definition.model_dump(by_alias=True) | {
        "framework": tree,
        "sources": [{"code": "wb", "publisher": "P", "title": "T"}],
        "views": {},
        "method": {"preset": "coinr", "imputation": "median", "normalisation": "rank"},
    }
    status = table.status.copy()
    status[2, 1] = Status.CENSORED
    changed = DataTable(
        **{name: getattr(table, name) for name in DataTable.__slots__} | {"status": status}
    )
    written = write_coinr(IndexDefinition.model_validate(spec), changed, tmp_path)
    said = "\n".join(map(str, written.findings))

    assert {one.id for one in written.findings} == {"export-lost"}
    for word in (
        "sources and views",
        "method.imputation",
        "normalises all",
        "aggregation",
        "net",
        "Targets",
        "too small",
    ):
        assert word in said, word


def test_a_folder_that_is_not_there_is_refused(small, tmp_path):
    with pytest.raises(OutputError, match="no folder"):
        write_coinr(*small, tmp_path / "gone")


def test_nothing_is_overwritten_without_being_told_to(small, tmp_path):
    home = tmp_path / "home"
    write_imported(*small, home)
    before = (home / "index.yaml").read_bytes()
    with pytest.raises(OutputError, match=r"index\.yaml and data\.csv"):
        write_imported(*small, home)
    assert (home / "index.yaml").read_bytes() == before
    write_imported(*small, home, force=True)


def test_an_imported_index_reads_back_the_same(small, tmp_path):
    home = tmp_path / "deep" / "home"
    paths = write_imported(*small, home)
    definition = read_definition(home)

    assert [one.name for one in paths] == ["index.yaml", "data.csv"]
    assert definition == small[0]
    assert read_table(definition, home).same_values(small[1])


def test_a_folder_that_can_not_be_written_leaves_nothing(small, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        write_imported(*small, tmp_path / "file" / "home")
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["file"]
