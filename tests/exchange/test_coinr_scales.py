"""Normalisation in iMeta: COINr's columns, read and written, against COINr's formulas."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.exchange import read_coinr, write_coinr
from rankscope.exchange.coinr_read import examine_coinr
from rankscope.pipeline import build
from tests.exchange.making import files

DATA = "uCode,up,down\nA,10,10\nB,20,20\nC,50,50\nD,60,60\n"
X = np.array([10.0, 20, 50, 60])
META = """\
Level,iCode,Direction,Weight,Parent,Type{names}
1,up,1,1,top,Indicator{up}
1,down,-1,1,top,Indicator{down}
2,top,1,1,NA,Aggregate{rest}
"""


def meta(columns):
    """Return metadata with columns of two values, those of up and down."""
    return META.format(
        names="".join(f",{name}" for name in columns),
        up="".join(f",{up}" for up, _ in columns.values()),
        down="".join(f",{down}" for _, down in columns.values()),
        rest=",NA" * len(columns),
    )


def goalposts(x, low, high, scale, direction, *, cap):
    """n_goalposts with use_iMeta: both ends and values times the direction."""
    ends = (low, high) if direction > 0 else (-high, -low)
    share = (direction * x - ends[0]) / (ends[1] - ends[0])
    return scale * (np.clip(share, 0, 1) if cap else share)


def to_target(x, target, direction, *, cap):
    share = (direction * x - (direction * x).min()) / (direction * target - (direction * x).min())
    return np.minimum(share, 1) if cap else share


CASES = {
    "goalposts": (
        {
            "goalpost_lower": (15, 0),
            "goalpost_upper": (55, 80),
            "goalpost_scale": (100, 10),
            "goalpost_trunc2posts": ("TRUE", "FALSE"),
        },
        (goalposts(X, 15, 55, 100, 1, cap=True), goalposts(X, 0, 80, 10, -1, cap=False)),
    ),
    "scaled": (
        {"scaled_lower": (0, -100), "scaled_upper": (100, 0)},
        ((X - 0) / 100 * 100, (-X + 100) / 100 * 100),
    ),
    "z": (
        {"zscore_mean": (10, 100), "zscore_sd": (1, 10)},
        (
            10 + (X - X.mean()) / X.std(ddof=1),
            100 - 10 * (X - X.mean()) / X.std(ddof=1),
        ),
    ),
    "min_max": (
        {"minmax_lower": (1, 0), "minmax_upper": (100, 10)},
        (1 + 99 * (X - 10) / 50, 10 * (60 - X) / 50),
    ),
    "target": (
        {"Target": (40, 30), "dist2targ_cap_max": ("FALSE", "TRUE")},
        (to_target(X, 40, 1, cap=False), to_target(X, 30, -1, cap=True)),
    ),
}


@pytest.fixture(params=CASES)
def case(request):
    return CASES[request.param]


def normalised(definition, table):
    result = build(definition, table)
    codes = [result.plan.nodes[leaf.node].code for leaf in result.plan.leaves]
    return {code: result.leaves.values[:, at] for at, code in enumerate(codes)}


def test_parameters_give_what_coinr_computes(tmp_path, case):
    columns, (up, down) = case
    found = normalised(*read_coinr(*files(tmp_path, DATA, meta(columns))))

    np.testing.assert_allclose(found["up"], up, atol=1e-12)
    np.testing.assert_allclose(found["down"], down, atol=1e-12)


def test_parameters_survive_writing(tmp_path, case):
    columns, _ = case
    definition, table = read_coinr(*files(tmp_path, DATA, meta(columns)))
    written = write_coinr(definition, table, tmp_path)

    assert written.findings == ()
    again, read = read_coinr(*written.paths)
    before, after = normalised(definition, table), normalised(again, read)
    assert {code: one.tolist() for code, one in before.items()} == {
        code: one.tolist() for code, one in after.items()
    }


def test_the_same_parameters_for_all_are_those_of_the_method(tmp_path):
    columns = {"minmax_lower": (1, 1), "minmax_upper": (100, 100)}
    definition, _ = read_coinr(*files(tmp_path, DATA, meta(columns)))

    assert definition.method.normalisation.to == (1.0, 100.0)
    assert all(
        node.normalisation == definition.method.normalisation or not node.normalisation
        for node in definition.indicators()
    )


def test_of_two_functions_none_is_taken(tmp_path):
    columns = CASES["z"][0] | CASES["target"][0]
    found, findings = examine_coinr(*files(tmp_path, DATA, meta(columns)))

    assert found.definition.method.normalisation.name == "min_max"
    assert [node.target for node in found.definition.indicators()] == [40, 30]
    (said,) = [one for one in findings if (one.id, one.severity) == ("import-scale", "warning")]
    assert "n_zscore and n_dist2targ" in said.sentence


def test_goalposts_alone_are_kept_and_not_used(tmp_path):
    columns = {"goalpost_lower": (15, 0), "goalpost_upper": (55, 80)}
    definition, table = read_coinr(*files(tmp_path, DATA, meta(columns)))

    assert [node.goalposts for node in definition.indicators()] == [(15, 55), (0, 80)]
    assert definition.method.normalisation.name == "min_max"
    again, _ = read_coinr(*write_coinr(definition, table, tmp_path).paths)
    assert again == definition


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"goalpost_lower": (9, 0), "goalpost_upper": (5, 8)}, "lower number first"),
        ({"minmax_lower": (9, 0), "minmax_upper": (5, 8)}, "two numbers, the lower one first"),
        ({"zscore_mean": (9, 0), "zscore_sd": ("one", 8)}, "zscore_sd must be a number"),
        ({"Target": (1, 2), "dist2targ_cap_max": ("yes", "no")}, "must be TRUE or FALSE"),
    ],
)
def test_parameters_that_make_no_scale_are_refused(tmp_path, columns, said):
    found, findings = examine_coinr(*files(tmp_path, DATA, meta(columns)))

    assert found is None
    assert said in "\n".join(map(str, findings))
