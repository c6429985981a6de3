"""Weights from totals: plain programs over all rows, tables with known weights, and by hand."""

from __future__ import annotations

from itertools import combinations, product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope.analyses.recover import Recovered, Total, recover_weights
from rankscope.errors import DataError, MethodError
from tests.analyses.recover.tables import brute_shares, made, possible_weights

pytestmark = pytest.mark.slow


def ids(found: Recovered) -> set[str]:
    return {one.id for one in found.findings}


def holds(found: Recovered, shares: Any, margin: float = 1e-8) -> bool:
    """Whether shares lie in all intervals."""
    return bool(
        (found.shares[:, 0] <= np.array(shares) + margin).all()
        and (np.array(shares) <= found.shares[:, 1] + margin).all()
    )


# ── the intervals ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shifted", [False, True])
def test_intervals_are_those_of_all_rows_at_once(seed: int, shifted: bool) -> None:
    table = made(seed, factor=1.3 if shifted else 1.0, offset=-20 * shifted, decimals=(1, 2))
    total = "scaled and shifted" if shifted else "as given"
    found = recover_weights(*table[:2], decimals=1, total_decimals=2, total=total)
    truth = brute_shares(table.components, table.totals, (0.05, 0.005), shifted=shifted)

    assert not found.refused
    assert_allclose(found.shares, truth, atol=1e-7)
    assert holds(found, found.centre)


def test_a_table_of_two_rows_by_hand() -> None:
    """Total 10 of (10, 0) and 20 of (0, 10), each 0.5 off at most: ends are at the corners."""
    found = recover_weights([[10, 0], [0, 10]], [10, 20], total="as given", limits=(0, 100))

    assert_allclose(found.weights, [[9.5 / 11.1, 10.5 / 9.5], [19.5 / 10.5, 20.5 / 9.5]], atol=0.1)
    assert found.weights[0, 0] == pytest.approx((9.5 - 0.5 * 20.5 / 9.5) / 10.5, abs=1e-7)


SIZES = st.tuples(st.integers(3, 25), st.integers(2, 5), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=200)
@given(st.integers(0, 10**6), SIZES, st.booleans())
def test_the_true_weights_are_always_inside(
    seed: int, sizes: tuple[int, int, int, int], shifted: bool
) -> None:
    rows, columns, *decimals = sizes
    table = made(
        seed,
        rows=rows,
        columns=columns,
        decimals=(decimals[0], decimals[1]),
        factor=1.7 if shifted else 0.6,
        offset=11.0 * shifted,
    )
    found = recover_weights(
        *table[:2],
        decimals=decimals[0],
        total_decimals=decimals[1],
        total="scaled and shifted" if shifted else "scaled",
        exponent=1,
    )

    assert not found.refused
    assert holds(found, table.shares)
    assert found.allows(table.shares).possible


def test_that_law_can_fail() -> None:
    """Intervals that forget the rounding of components lose the truth, or all weights."""
    lost = 0
    for seed in range(20):
        table = made(seed, rows=25, decimals=(0, 2))
        blind = recover_weights(
            *table[:2], decimals=12, total_decimals=2, total="scaled", exponent=1
        )
        lost += blind.refused or not holds(blind, table.shares)

    assert lost == 20


def test_tighter_print_gives_tighter_intervals() -> None:
    coarse, fine = (
        recover_weights(*made(1, decimals=(d, d))[:2], decimals=d, total_decimals=d) for d in (0, 2)
    )

    assert fine.identified.widest < 0.05 * coarse.identified.widest


def test_known_ends_make_intervals_no_wider() -> None:
    table = made(2, decimals=(0, 0))
    free = recover_weights(*table[:2], decimals=0, total_decimals=0)
    bound = recover_weights(
        *table[:2], decimals=0, total_decimals=0, limits=(0, 100), exact_ends=True
    )

    assert (bound.shares[:, 0] >= free.shares[:, 0] - 1e-9).all()
    assert (bound.shares[:, 1] <= free.shares[:, 1] + 1e-9).all()


def test_many_rows_take_seconds() -> None:
    table = made(3, rows=30_000, columns=7, decimals=(2, 2))
    found = recover_weights(*table[:2], decimals=2, total_decimals=2, exponent=1, total="as given")

    assert holds(found, table.shares)
    assert len(found.cone.rows) < 2_000  # of 60,000


# ── the sum, the scale and the offset ────────────────────────────────────────


def test_weights_that_sum_to_one() -> None:
    found = recover_weights(*made(4)[:2], decimals=1, total_decimals=1)

    assert found.total is Total.AS_GIVEN
    assert "recover-sum-one" in ids(found)
    assert found.sums[0] <= 1 <= found.sums[1]


def test_weights_of_another_sum_are_given_with_it() -> None:
    table = made(5, rows=400, factor=0.97, decimals=(4, 2))
    found = recover_weights(*table[:2], decimals=4, total_decimals=2)

    assert found.total is Total.AS_GIVEN
    assert "recover-sum-other" in ids(found)
    assert_allclose(found.sums, 0.97, atol=1e-3)
    assert_allclose(found.weights.mean(axis=1), 0.97 * table.shares, atol=1e-3)


def test_factor_and_offset_are_found_and_weights_are_not_named() -> None:
    table = made(6, rows=80, factor=1.4, offset=-30, decimals=(2, 2))
    found = recover_weights(*table[:2], decimals=2, total_decimals=2)

    assert found.total is Total.SHIFTED
    assert "recover-scale-unknown" in ids(found)
    assert found.factors[0] <= 1.4 <= found.factors[1]
    assert found.offsets[0] <= -30 <= found.offsets[1]
    assert np.isnan(found.weights).all()
    assert np.isnan(found.sums).all()
    assert "lowest weight" not in found.frame()


def test_a_scaled_total_has_the_same_shares_and_no_weights() -> None:
    table = made(7, factor=3.0)
    given_, scaled = (
        recover_weights(*table[:2], decimals=1, total_decimals=1, total=total)
        for total in ("as given", "scaled")
    )

    assert_allclose(scaled.shares, given_.shares, atol=1e-9)
    assert_allclose(scaled.factors, given_.sums)
    assert scaled.total is Total.SCALED
    assert np.isnan(scaled.weights).all()


def test_what_counts_against_the_total_is_turned() -> None:
    table = made(8, decimals=(2, 2))
    worse = 100 - table.components[:, 0]
    components = np.column_stack([worse, table.components[:, 1:]])
    options: dict[str, Any] = {"decimals": 2, "total_decimals": 2, "exponent": 1}
    found = recover_weights(components, table.totals, polarity={"1": -1}, **options)

    assert not found.refused
    assert holds(found, table.shares)
    assert recover_weights(components, table.totals, **options).refused


# ── whole numbers ────────────────────────────────────────────────────────────


def whole_by_brute_force(table: Any, halves: float, columns: int) -> list[tuple[int, ...]]:
    """Return all whole numbers of the smallest sum, each tried by itself."""
    for total in range(1, 30):
        found = []
        for numbers in product(range(total + 1), repeat=columns):
            if sum(numbers) != total:
                continue
            mean = table.components @ numbers / total
            least = ((table.totals - halves) / (mean + halves)).max()
            most = ((table.totals + halves) / (mean - halves))[mean > halves].min()
            if least <= most:
                found.append(numbers)
        if found:
            return found
    return []


@pytest.mark.parametrize("seed", range(8))
def test_the_smallest_whole_numbers_and_how_many(seed: int) -> None:
    table = made(seed, rows=12, columns=3, decimals=(0, 0))
    found = recover_weights(
        *table[:2], decimals=0, total_decimals=0, total="as given", exponent=1
    ).whole_numbers
    truth = whole_by_brute_force(table, 0.5, 3)

    assert found is not None
    assert found.complete
    assert {found.numbers, *found.others} == set(truth)


def test_whole_numbers_behind_a_table_are_found() -> None:
    random = np.random.default_rng(0)
    truth = random.uniform(0, 100, (60, 5))
    totals = np.round(truth @ [12, 12, 13, 1, 2] / 40, 1)
    found = recover_weights(np.round(truth, 1), totals, decimals=1, total_decimals=1)

    assert str(found.whole_numbers) == "12:12:13:1:2"
    assert "12:12:13:1:2" in found.sentence()


# ── rows that are wrong ──────────────────────────────────────────────────────


def fewest_by_brute_force(components: Any, totals: Any, halves: tuple[float, float]) -> set[Any]:
    """Return all smallest sets of rows without which weights are possible."""
    rows = range(len(totals))
    for count in range(len(totals)):
        found = set()
        for out in combinations(rows, count):
            kept = [row for row in rows if row not in out]
            if possible_weights(components[kept], totals[kept], halves):
                found.add(out)
        if found:
            return found
    raise AssertionError


@pytest.mark.parametrize("seed", range(8))
def test_the_fewest_wrong_rows_are_those_of_brute_force(seed: int) -> None:
    table = made(seed, rows=14, columns=3)
    totals = table.totals.copy()
    totals[[2, 9]] += (4.0, -3.0)
    found = recover_weights(
        table.components, totals, decimals=1, total_decimals=1, total="as given", most_wrong=0.3
    )
    truth = fewest_by_brute_force(table.components, totals, (0.05, 0.05))
    rows = {tuple(int(unit) - 1 for unit in found.wrong.units)}

    assert not found.refused
    assert found.wrong.at_least == len(next(iter(truth)))
    assert rows <= truth
    assert {int(unit) - 1 for unit in found.wrong.certain} == set.intersection(*map(set, truth))
    assert {int(unit) - 1 for unit in found.wrong.possible} <= set.union(*map(set, truth))


@pytest.mark.parametrize("swap", [False, True])
def test_planted_errors_are_named(swap: bool) -> None:
    table = made(9, rows=300)
    totals, components = table.totals.copy(), table.components.copy()
    if swap:
        totals[[17, 200]] = totals[[200, 17]]
    else:
        components[17, 1] += 20
    found = recover_weights(components, totals, decimals=1, total_decimals=1)

    assert not found.refused
    assert found.wrong.units == (("18", "201") if swap else ("18",))
    assert found.wrong.certain == found.wrong.units
    assert "recover-wrong-rows" in ids(found)
    assert holds(found, table.shares)


def test_in_a_small_table_they_are_named_and_weights_are_not() -> None:
    table = made(9, rows=60)
    totals = table.totals.copy()
    totals[17] += 5
    found = recover_weights(table.components, totals, decimals=1, total_decimals=1)
    more = recover_weights(table.components, totals, decimals=1, total_decimals=1, most_wrong=0.02)

    assert found.refused
    assert found.wrong.units == ("18",)
    assert "18 is at odds" in found.sentence()
    assert "most_wrong=0.02" in found.findings[0].remedy
    assert holds(more, table.shares)


def test_columns_that_do_not_determine_the_score_are_refused() -> None:
    random = np.random.default_rng(0)
    found = recover_weights(random.uniform(0, 100, (80, 3)).round(1), np.arange(80.0))

    assert found.refused
    assert "do not determine the score" in found.sentence()
    assert np.isnan(found.shares).all()
    assert found.whole_numbers is None
    assert found.wrong.at_least > 8
    with pytest.raises(MethodError, match="No weights were recovered"):
        found.admissible()
    with pytest.raises(MethodError, match="most_wrong"):
        found.allows([1, 1, 1])


# ── other means ──────────────────────────────────────────────────────────────


def of_mean(exponent: float, decimals: int = 3, factor: float = 1.0) -> tuple[Any, Any, Any]:
    random = np.random.default_rng(1)
    truth, shares = random.uniform(0.1, 1, (60, 3)), np.array([0.5, 0.3, 0.2])
    if exponent == 0:
        totals = np.exp(np.log(truth) @ shares)
    else:
        totals = (truth**exponent @ shares) ** (1 / exponent)
    return truth.round(decimals), (factor * totals).round(decimals), shares


@pytest.mark.parametrize(
    ("exponent", "name"), [(1, "arithmetic mean"), (0, "geometric mean"), (-1, "harmonic mean")]
)
def test_the_mean_is_recognised(exponent: int, name: str) -> None:
    components, totals, shares = of_mean(exponent)
    found = recover_weights(components, totals, decimals=3, total_decimals=3)
    said = {one.model.mean: one.possible for one in found.verdicts if one.possible is not None}

    assert found.mean == name
    assert holds(found, shares)
    assert said == {
        mean: mean == name for mean in ("arithmetic mean", "geometric mean", "harmonic mean")
    }
    assert found.exponents is not None
    assert found.exponents[0] - 0.002 <= exponent <= found.exponents[1] + 0.002
    assert ("recover-other-mean" in ids(found)) == (exponent != 1)
    assert found.models_frame()["verdict"].eq("possible").any()


def test_an_exponent_without_a_name_is_found() -> None:
    components, totals, shares = of_mean(0.4)
    blind = recover_weights(components, totals, decimals=3, total_decimals=3)
    found = recover_weights(components, totals, decimals=3, total_decimals=3, exponent=0.4)

    assert blind.refused
    assert blind.exponents is not None
    assert blind.exponents[0] - 0.002 <= 0.4 <= blind.exponents[1] + 0.002
    assert blind.exponents[0] > 0.2
    assert holds(found, shares)


def test_print_too_coarse_to_tell_means_apart_is_said() -> None:
    random = np.random.default_rng(2)
    truth = random.uniform(49, 51, (30, 3)).round(1)
    found = recover_weights(truth, (truth @ [0.5, 0.3, 0.2]).round(0), decimals=1, total_decimals=0)

    assert found.mean == "arithmetic mean"
    assert "recover-several-means" in ids(found)


def test_a_scaled_geometric_mean() -> None:
    components, totals, shares = of_mean(0, decimals=4, factor=2.5)
    found = recover_weights(components, totals, decimals=4, total_decimals=4, exponent=0)

    assert found.total is Total.SCALED
    assert found.factors[0] <= 2.5 <= found.factors[1]
    assert found.factors[1] - found.factors[0] < 0.05
    assert holds(found, shares)


def test_a_factor_without_end_is_said_to_have_none() -> None:
    """A component that can have been 0 leaves a harmonic mean's factor open above."""
    found = recover_weights([[0, 3], [0, 2]], [0, 1], exponent=-1, total="scaled")

    assert found.factors[1] == np.inf


def test_a_level_below_with_its_own_mean() -> None:
    random = np.random.default_rng(3)
    parts = pd.DataFrame(random.uniform(0.1, 1, (50, 4)).round(3), columns=list("abcd"))
    group = (parts["a"] + 3 * parts["b"]) / 4
    totals = (group**0.5 * parts["c"] ** 0.3 * parts["d"] ** 0.2).round(3)
    options: dict[str, Any] = {"decimals": 3, "total_decimals": 3}
    plain = recover_weights(parts, totals, **options)
    found = recover_weights(parts, totals, groups={"g": {"a": 1, "b": 3}}, **options)

    assert plain.refused
    assert found.names == ("g", "c", "d")
    assert found.mean == "geometric mean of arithmetic means"
    assert holds(found, [0.5, 0.3, 0.2])


def test_means_that_numbers_below_zero_do_not_have() -> None:
    table = made(10)
    found = recover_weights(table.components - 50, table.totals - 50, decimals=1, total_decimals=1)

    assert found.mean == "arithmetic mean"
    assert {one.possible for one in found.verdicts[2:]} == {None}
    with pytest.raises(DataError, match="geometric mean needs numbers above 0"):
        recover_weights(table.components - 50, table.totals - 50, exponent=0)


# ── what weights are said to be ──────────────────────────────────────────────


def test_claimed_weights_are_judged_with_a_proof() -> None:
    table = made(11, rows=60)
    found = recover_weights(*table[:2], decimals=1, total_decimals=1)
    wrong = found.allows(table.shares[::-1])
    rows = [int(unit) - 1 for unit in wrong.proof]
    one = (table.components[rows] @ wrong.shares)[:, None]

    assert found.allows(10 * table.shares).possible
    assert found.allows(dict(zip(found.names, table.shares, strict=True))).findings == ()
    assert not wrong.possible
    assert not possible_weights(one, table.totals[rows], (0.05, 0.05))
    assert wrong.findings[0].id == "recover-impossible"


# ── how identifiable ─────────────────────────────────────────────────────────


def test_components_that_move_together_are_named() -> None:
    random = np.random.default_rng(4)
    truth = random.uniform(0, 100, (60, 3))
    twin = truth[:, :1] + random.normal(0, 0.2, (60, 1))
    components = np.hstack([truth, twin]).round(1)
    totals = (components @ [0.2, 0.3, 0.1, 0.4]).round(1)
    found = recover_weights(components, totals, names=list("abcd"), decimals=1, total_decimals=1)

    assert found.identified.collinear == (("a", "d"),)
    assert {"recover-collinear", "recover-wide"} <= ids(found)
    assert found.shares[0, 1] - found.shares[0, 0] > 10 * (found.shares[1, 1] - found.shares[1, 0])


# ── tables as they come ──────────────────────────────────────────────────────


def test_decimals_are_read_off_texts_and_numbers() -> None:
    table = made(12, decimals=(2, 1))
    texts = [[f"{cell:.2f}" for cell in row] for row in table.components]
    printed = recover_weights(texts, [f"{cell:.1f}" for cell in table.totals])
    numbers = recover_weights(table.components, table.totals)
    given_ = recover_weights(*table[:2], decimals=[2, 2, 2, 2], total_decimals=1)

    assert_allclose(printed.shares, given_.shares)
    assert_allclose(numbers.shares, given_.shares)


def test_binary_noise_is_no_print() -> None:
    noisy = [[3.38899999999999, 2.0], [1.1, 2.2], [2.0, 5.5]]
    found = recover_weights(noisy, [2.7, 1.6, 3.7], total="as given", exponent=1)
    plain = recover_weights(
        [[3.389, 2.0], [1.1, 2.2], [2.0, 5.5]],
        [2.7, 1.6, 3.7],
        decimals={"1": 3, "2": 1},
        total="as given",
        exponent=1,
    )

    assert_allclose(found.shares, plain.shares)


def test_rows_with_gaps_are_left_out_and_said() -> None:
    table = made(13)
    components = table.components.copy()
    components[3, 1] = np.nan
    found = recover_weights(components, table.totals, decimals=1, total_decimals=1)

    assert len(found.counted) == 29
    assert "4" not in found.counted
    assert "recover-gaps" in ids(found)


def test_totals_find_their_rows_by_index() -> None:
    table = made(14, rows=20)
    units = [f"u{row}" for row in range(20)]
    components = pd.DataFrame(table.components, index=units)
    totals = pd.Series(table.totals, index=units)
    found = recover_weights(components, totals[::-1], decimals=1, total_decimals=1)

    assert holds(found, table.shares)
    assert found.counted[:2] == ("u0", "u1")
    with pytest.raises(DataError, match="u0 are in one of them only"):
        recover_weights(components, totals[1:])


@pytest.mark.parametrize(
    ("components", "totals", "options", "words"),
    [
        ([["1", "x"], ["2", "3"]], [1, 2], {}, "2 of 1 is 'x', which is no number"),
        ([[1, 2], [2, 3]], [1, 2, 3], {}, "2 rows of components and 3 totals"),
        ([[1, 2], [2, 3]], [1, 2], {"names": ["a", "a"]}, "a name of its own"),
        ([[1, 2], [2, 3]], [1, 2], {"decimals": 1.5}, "decimals"),
        ([[1, 2], [2, 3]], [1, 2], {"decimals": [1]}, "one for each of 1 and 2"),
        ([[1, 2], [2, 3]], [1, 2], {"decimals": {"3": 1}}, "no column is called '3'"),
        ([[1, 2], [2, 3]], [1, 2], {"decimals": 40}, "40 is not between"),
        ([[1, 2], [2, 3]], [1, 2], {"total": "shifted"}, "none of as given, scaled"),
        ([[1, 2], [2, 3]], [1, 2], {"polarity": {"3": -1}}, "Give 1 or -1 for one of 1 and 2"),
        ([[1, 2], [2, 3]], [1, 2], {"groups": {"g": ["1", "7"]}}, "'7'; there are 1 and 2"),
        ([[1, 2], [2, 3]], [1, 2], {"groups": {"g": {"1": 0}}}, "weights above 0"),
        ([[1, 2], [2, 3]], [1, 2], {"most_wrong": 1.5}, "most_wrong"),
        ([[1, 2], [2, 3]], [1, 2], {"units": ["a"]}, "2 rows, and 1 names"),
        ([[np.nan, 2], [2, np.nan]], [1, 2], {}, "No row has all components"),
        ([], [], {}, "a row for each unit"),
    ],
)
def test_mistakes_end_in_one_clear_message(
    components: Any, totals: Any, options: dict[str, Any], words: str
) -> None:
    with pytest.raises(DataError, match=words):
        recover_weights(components, totals, **options)


@pytest.mark.parametrize(
    ("components", "totals"),
    [
        ([[5.0]], [5.0]),
        ([[0, 0], [0, 0]], [0, 0]),
        ([[1, 2]], [1]),
        ([[3, 3], [3, 3], [3, 3]], [3, 3, 3]),
        ([[0, 1], [0, 2], [0, 3]], [1, 2, 3]),
        ([[1, 2], [2, 1], [3, 5]], [-4, -3, -8]),
        ([[1e6, 2e-3], [2e6, 1e-3], [5e5, 9e-3]], [1, 2, 1]),
    ],
)
def test_tables_that_say_little_give_an_answer(components: Any, totals: Any) -> None:
    found = recover_weights(components, totals)

    assert found.sentence()
    assert len(found.frame()) == len(found.names)
    if not found.refused:
        assert (found.shares[:, 0] <= found.shares[:, 1] + 1e-9).all()
        assert found.centre.sum() == pytest.approx(1)
        found.admissible()
