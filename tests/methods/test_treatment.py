"""Treatment by the rule of skewness and kurtosis: known columns, and ASEM cell by cell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rankscope._registry import build
from rankscope.errors import MethodError
from rankscope.methods.base import plain_traits
from rankscope.methods.treatment import SkewKurtosis, Treatment

ASEM = Path(__file__).parents[2].parent / "shared" / "data" / "asem"
SPREAD = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
TAIL = np.r_[np.arange(1.0, 31.0), 1e3 * 2.0 ** np.arange(4)]


def treated(method: Treatment, *values: float) -> list[float]:
    matrix = np.array(values)[:, None]
    traits = plain_traits(len(matrix), 1)
    return list(method.transform(matrix, method.fit(matrix, traits), traits)[:, 0])


def explained(method: Treatment, *values: float) -> str:
    matrix = np.array(values)[:, None]
    return method.explain(method.fit(matrix, plain_traits(len(matrix), 1)), 0)


def asem(stage: str) -> pd.DataFrame:
    return pd.read_csv(ASEM / f"ASEM_{stage}.csv", index_col="uCode").sort_index()


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_skew_and_kurtosis_on_asem_cell_by_cell() -> None:
    before, after = asem("Screened").to_numpy(float), asem("Treated").to_numpy(float)
    method, traits = SkewKurtosis(), plain_traits(*before.shape)
    state = method.fit(before, traits)

    assert_array_equal(method.transform(before, state, traits), after)
    assert_array_equal(method.touched(before, state), before != after)
    assert not state.side.any()


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_the_points_that_coinr_treats_on_asem() -> None:
    table = asem("Screened")
    state = SkewKurtosis().fit(table.to_numpy(float), plain_traits(*table.shape))
    points = pd.Series(state.points, table.columns).astype(int)

    assert points[points > 0].to_dict() == {
        "Flights": 1, "Bord": 3, "Gas": 3, "Services": 4, "FDI": 2, "ForPort": 3,
        "CostImpEx": 1, "Tariff": 3, "StMob": 2, "CultServ": 3, "Forest": 2, "Poverty": 3,
        "NGOs": 3, "FemLab": 1, "PubDebt": 1,
    }  # fmt: skip
    assert np.isfinite(state.low[table.columns.get_loc("FemLab")])


def coinr_caps(values: np.ndarray, limit: int, *, force: bool) -> np.ndarray:
    """Draw values in as the manual of COINr says, counting the positions moved at each end."""
    column, top, bottom = pd.Series(values), 0, 0

    def fails() -> bool:
        return bool(abs(column.skew()) >= 2 and column.kurt() >= 3.5)

    while (fails() or force) and top + bottom < limit:
        if column.skew() >= 0:
            at = column == column.max()
            column[at], top = column[~at].max(), int(at.sum())
        else:
            at = column == column.min()
            column[at], bottom = column[~at].min(), int(at.sum())
    return column.to_numpy()


@given(
    st.lists(st.integers(1, 12), min_size=12, max_size=30),
    st.lists(st.sampled_from([-500, -90, 90, 90, 200, 500]), min_size=1, max_size=6),
    st.integers(0, 6),
    st.sampled_from(["never", "failing"]),
)
def test_winsorising_is_that_of_coinr_with_ties_and_tails_on_both_sides(
    middle: list[int], tails: list[int], limit: int, force: str
) -> None:
    values = np.array([*range(1, 13), *middle, *tails], dtype=float)
    failing = abs(pd.Series(values).skew()) >= 2 and pd.Series(values).kurt() >= 3.5
    method = SkewKurtosis(max_points=limit, fallback="none", combine=True, force=force)
    expected = coinr_caps(values, limit, force=force == "failing") if failing else values

    assert_array_equal(treated(method, *values), expected)


def test_ties_can_make_more_points_than_were_asked_for() -> None:
    values = [*np.linspace(1, 2, 60), 50.0, 40.0, 40.0]
    method = SkewKurtosis(max_points=2, fallback="none", combine=True)

    assert treated(method, *values) == [*np.linspace(1, 2, 60), 2.0, 2.0, 2.0]
    assert explained(method, *values) == "3 values drawn in from above 2"


def test_a_column_with_an_outlier_is_drawn_in_to_the_next_value() -> None:
    assert treated(SkewKurtosis(), *SPREAD, 100.0) == [*SPREAD, 8.0]
    assert treated(SkewKurtosis(), *SPREAD, -100.0) == [*SPREAD, 1.0]
    assert explained(SkewKurtosis(), *SPREAD, 100.0) == "1 value drawn in from above 8"


def test_an_even_column_a_constant_one_and_a_gap_are_left_alone() -> None:
    assert treated(SkewKurtosis(), *SPREAD) == SPREAD
    assert treated(SkewKurtosis(), 3.0, 3.0, 3.0, 3.0, 3.0) == [3.0] * 5
    assert_array_equal(treated(SkewKurtosis(), np.nan, 1.0, np.nan), [np.nan, 1.0, np.nan])
    assert "neither" in explained(SkewKurtosis(), *SPREAD)


def test_a_column_of_two_values_is_never_made_constant() -> None:
    values = [0.0] * 20 + [1.0]

    assert treated(SkewKurtosis(), *values) == values
    assert treated(SkewKurtosis(force="every"), *values) == values
    assert explained(SkewKurtosis(), *values).startswith("left as it is: no values can be drawn in")


def test_too_many_outliers_lead_to_a_logarithm_of_the_original_values() -> None:
    logged = treated(SkewKurtosis(max_points=2), *TAIL)

    assert_allclose(logged, np.log(TAIL - 1.0 + 0.01 * np.ptp(TAIL)))


def test_the_logarithm_of_a_long_lower_tail_draws_in_that_tail() -> None:
    logged = treated(SkewKurtosis(max_points=2), *-TAIL)

    assert_allclose(logged, -np.log(TAIL - 1.0 + 0.01 * np.ptp(TAIL)))
    assert "highest value" in explained(SkewKurtosis(max_points=2), *-TAIL)


def test_the_plain_logarithm_is_taken_from_the_lowest_value_on_either_side() -> None:
    logged = treated(SkewKurtosis(max_points=2, fallback="log"), *-TAIL)

    assert_allclose(logged, np.log(-TAIL + 8000 + 0.01 * np.ptp(TAIL)))


def test_combined_treatments_take_the_logarithm_of_what_was_drawn_in() -> None:
    method = SkewKurtosis(max_points=2, combine=True)
    drawn = np.minimum(TAIL, 2000.0)

    assert_allclose(treated(method, *TAIL), np.log(drawn - 1.0 + 0.01 * np.ptp(drawn)))
    assert explained(method, *TAIL) == (
        "2 values drawn in from above 2000, then logarithm of the distance from the lowest "
        "value, 1, plus 19.99"
    )
    matrix = TAIL[:, None]
    assert method.touched(matrix, method.fit(matrix, plain_traits(34, 1))).sum() == 2


def test_the_fallback_can_be_box_and_coxs_power_as_in_coinr() -> None:
    method = SkewKurtosis(max_points=0, fallback="box_cox", exponent=-0.5)

    assert_allclose(treated(method, *TAIL), (TAIL**-0.5 - 1) / -0.5)  # the minimum is 1
    assert "exponent -0.5" in explained(method, *TAIL)


def test_without_a_fallback_values_stay_as_they_were_or_as_they_were_drawn_in() -> None:
    assert treated(SkewKurtosis(max_points=2, fallback="none"), *TAIL) == list(TAIL)
    drawn = treated(SkewKurtosis(max_points=2, fallback="none", combine=True), *TAIL)
    assert drawn == list(np.minimum(TAIL, 2000.0))


def test_forcing_draws_in_all_points_where_a_column_fails_or_everywhere() -> None:
    failing = SkewKurtosis(max_points=3, force="failing")

    drawn = treated(failing, *SPREAD, 100.0)
    assert np.count_nonzero(np.array(drawn) != [*SPREAD, 100.0]) == 3
    assert treated(failing, *SPREAD) == SPREAD
    assert treated(SkewKurtosis(max_points=3, force="every"), *SPREAD) != SPREAD


def test_no_points_means_a_logarithm_at_once() -> None:
    assert "logarithm" in explained(SkewKurtosis(max_points=0), *SPREAD, 100.0)


@pytest.mark.parametrize(
    ("sign", "words"),
    [
        (1, "logarithm of the distance from the lowest value, 1, plus 0.99: "),
        (-1, "minus the logarithm of the distance from the highest value, -1, plus 0.99: "),
    ],
)
def test_a_logarithm_can_be_taken_again_from_its_words(sign: int, words: str) -> None:
    method, values = SkewKurtosis(max_points=0), [sign * one for one in [*SPREAD, 100.0]]

    assert explained(method, *values) == f"{words}too skewed to winsorise"
    expected = [sign * np.log(sign * (one - sign) + 0.99) for one in values]
    assert_allclose(treated(method, *values), expected)


def test_a_column_fails_only_where_both_moments_are_large() -> None:
    assert treated(SkewKurtosis(kurtosis=50), *SPREAD, 100.0) == [*SPREAD, 100.0]
    assert treated(SkewKurtosis(skewness=50), *SPREAD, 100.0) == [*SPREAD, 100.0]


@pytest.mark.parametrize("given", [{"max_points": 2}, {"force": "failing"}])
def test_a_part_of_the_rule_may_be_changed_where_there_are_gaps(given: dict[str, object]) -> None:
    method, faults = build("treatment", {"method": "skew_kurtosis", **given})
    values = [*SPREAD, np.nan, 100.0]

    assert not faults
    assert isinstance(method, SkewKurtosis)
    assert treated(method, *values)[-1] < 100


def test_an_exponent_needs_the_fallback_that_it_belongs_to() -> None:
    with pytest.raises(MethodError, match="belongs to the fallback box_cox"):
        SkewKurtosis(exponent=0.5)


def test_goalposts_lie_on_the_scale_that_was_decided() -> None:
    matrix, posts = TAIL[:, None], np.array([[0.0], [8000.0]])
    method = SkewKurtosis(max_points=0)
    offset = 0.01 * np.ptp(TAIL)

    moved = method.moved(posts, method.fit(matrix, plain_traits(34, 1)))
    assert_allclose(moved[:, 0], np.log([offset, 7999 + offset]))


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (SkewKurtosis(max_points=0, fallback="none"), "Extreme values stay as they are"),
        (SkewKurtosis(max_points=0), "3.5 or more), a logarithm is taken"),
        (
            SkewKurtosis(),
            ("mended or 5 are drawn in; if it is not mended then, a logarithm is taken instead"),
        ),
        (SkewKurtosis(combine=True), "a logarithm is taken of the values drawn in"),
        (SkewKurtosis(fallback="none"), "if it is not mended then, all stay as they were"),
        (
            SkewKurtosis(force="every", fallback="box_cox"),
            (
                "also where fewer or none would do; if "
                "it is not mended then, a Box-Cox transformation is taken instead"
            ),
        ),
    ],
)
def test_the_rule_in_words(method: SkewKurtosis, words: str) -> None:
    assert method.in_words().endswith(words)
