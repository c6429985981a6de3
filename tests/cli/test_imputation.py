from __future__ import annotations

import pytest

from rankscope.cli.imputation import method_of
from rankscope.errors import MethodError
from rankscope.methods.imputation import Constant, Median
from tests.cli.running import TINY


@pytest.mark.parametrize(
    ("said", "method"),
    [("median", Median()), ("median:within=region", Median(within="region")),
     ("constant:value=0.5", Constant(value=0.5))],
)  # fmt: skip
def test_a_method_is_named_with_its_parameters(said, method):
    assert method_of(said) == method


def test_what_is_no_method_is_told():
    with pytest.raises(MethodError, match="Did you mean median"):
        method_of("meidan")
    with pytest.raises(MethodError, match="median has no parameter 'inside'"):
        method_of("median:inside=region")


def test_the_check_is_the_same_for_the_same_seed(run):
    first, again, other = (
        run("imputation", TINY, "-m", "mean", "--repeats", 3, "--seed", seed, "--json").out
        for seed in (1, 1, 2)
    )

    assert first == again
    assert first != other


def test_the_table_names_the_best(run):
    done = run("imputation", TINY, "-m", "mean", "-m", "median", "--repeats", 2)
    found = run("imputation", TINY, "-m", "mean", "-m", "median", "--repeats", 2, "--json").json

    assert f"Nearest to the truth: {found['best']}." in done.out
    assert {row["method"] for row in found["methods"]} == {"as defined", "mean", "median"}
    assert all(row["filled"] == 1 for row in found["methods"] if row["method"] == "mean")


def test_ranks_under_draws_enclose_their_interval(run):
    found = run("imputation", TINY, "--ranks", "hot_deck", "--tables", 4, "--json").json

    assert found["units"]
    assert all(row["rank_low"] <= row["rank_high"] for row in found["units"])
    assert any(row["imputed"] > 0 for row in found["units"])


def test_a_method_without_a_distribution_is_told(run):
    done = run("imputation", TINY, "--ranks", "mean", "--tables", 2)

    assert done.code == 0
    assert "mean" in done.out


def test_a_method_that_leaves_gaps_is_not_called_nearest_without_a_word(run, tmp_path):
    table = "unit,region,a,b\nA,N,1,2\nB,N,1.1,2.1\nC,S,5,4\nD,S,5.1,4.2\nE,X,9,9\nF,Y,0,0\n"
    (tmp_path / "data.csv").write_text(table, "utf-8")
    (tmp_path / "index.yaml").write_text(
        "name: gaps\ntitle: Gaps\nunits: {register: own}\ndata: {file: data.csv}\n"
        "context: [{code: region, name: Region, kind: group}]\n"
        "framework: {code: gaps, name: Gaps, children: "
        "[{code: a, name: A, kind: share}, {code: b, name: B, kind: share}]}\n"
        "method: {imputation: {method: mean, within: region}}\n",
        "utf-8",
    )
    said = run("imputation", tmp_path, "-m", "mean", "--repeats", 5)

    assert said.code == 0
    assert "Nearest to the truth among the methods that fill 100% of the gaps: mean." in said.out


def test_where_nothing_can_be_hidden_that_is_said(run, tmp_path):
    (tmp_path / "data.csv").write_text("unit,a,b\nA,1,2\n", "utf-8")
    (tmp_path / "index.yaml").write_text(
        "name: one\ntitle: One\nunits: {register: own}\ndata: {file: data.csv}\n"
        "framework: {code: one, name: One, children: "
        "[{code: a, name: A, kind: share}, {code: b, name: B, kind: share}]}\n",
        "utf-8",
    )
    said = run("imputation", tmp_path, "-m", "mean", "--repeats", 1)

    assert said.code == 0
    assert "hidden, once: 0." in said.out
    assert "Nothing could be tried: there are too few known values" in said.out
