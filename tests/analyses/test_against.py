"""A published table beside an index: by hand, and against decimal arithmetic."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from rankscope.analyses.against import compare_with_published
from rankscope.analyses.against_words import share_in_words
from rankscope.analyses.as_printed import equal_as_printed
from rankscope.analyses.linear_rule import best_linear_rule
from rankscope.data.grid import Grid
from rankscope.data.published import published_table
from rankscope.data.table import plain_table
from rankscope.definition.model import (
    DataSpec,
    IndexDefinition,
    MethodSpec,
    Node,
    Printed,
    Published,
    UnitsSpec,
)
from rankscope.errors import DataError
from rankscope.methods.normalisation import (
    DistanceToTarget,
    Goalposts,
    NoNormalisation,
    PercentileRank,
)
from rankscope.methods.steps import Round
from rankscope.pipeline import Result, build


def index(values: dict[str, list[float]], **own: Any) -> Result:
    """The plain mean of some indicators, of the units a, b, c, ..."""
    children = tuple(Node(code=code, name=code.upper(), kind="share") for code in values)
    spec = {"normalisation": NoNormalisation(), **own.pop("method", {})}
    definition = IndexDefinition(
        name="t",
        title="T",
        units=UnitsSpec(register="own"),
        data=DataSpec(file="t.csv", period_column=own.pop("period_column", None)),
        framework=Node(code="whole", name="The whole", children=children, **own),
        method=MethodSpec(**spec),
    )
    rows = len(next(iter(values.values())))
    units = tuple("abcdefghij"[:rows])
    return build(definition, plain_table(units, tuple(values), np.array([*values.values()]).T))


def compared(result: Result, text: str, **published: Any) -> Any:
    header, *rows = [line.split(",") for line in text.strip().splitlines()]
    definition = result.plan.definition.model_copy(update={"published": Published(**published)})
    grid = Grid("print.csv", tuple(header), rows, range(2, len(rows) + 2))
    table = published_table(definition, grid)
    return compare_with_published(result, table, definition.published)


VALUES = {"one": [1.0, 2.0, 4.0], "two": [2.0, 3.0, 4.5]}
"""The means are 1.5, 2.5 and 4.25."""


def test_scores_ranks_and_nodes_are_found_by_their_names() -> None:
    found = compared(
        index(VALUES),
        "unit,Score,RANK,The Whole,whole_rank,One,TWO rank,note\n"
        "a,1.5,3,1.5,3,1,3,x\nb,2.5,2,2.5,2,2,2,x\nc,4.3,1,4.3,1,4,1,x",
    )
    assert [(one.node, one.of) for one in found.columns] == [
        ("whole", "score"),
        ("whole", "rank"),
        ("whole", "score"),
        ("whole", "rank"),
        ("one", "score"),
        ("two", "rank"),
    ]
    assert all(one.equal == 3 for one in found.columns)
    assert found.unused == ("note",)


def test_codes_go_before_names_and_a_shared_name_means_no_node() -> None:
    names = {"x": "Y", "y": "Twin", "z": "Twin"}
    children = tuple(Node(code=code, name=name, kind="share") for code, name in names.items())
    framework = Node(code="whole", name="Whole", children=children)
    definition = index(VALUES).plan.definition.model_copy(update={"framework": framework})
    result = build(definition, plain_table(("a",), ("x", "y", "z"), np.array([[1.0, 2.0, 3.0]])))
    found = compared(result, "unit,Y,Twin,z\na,2,5,3")

    assert [(one.column, one.node) for one in found.columns] == [("Y", "y"), ("z", "z")]


def test_what_is_compared_is_counted() -> None:
    found = compared(index(VALUES), "unit,score,rank\na,1.5,3\nb,2.4,=2\nd,9.9,1\ne,,")
    score, rank = found.columns

    assert (score.published, score.computed, score.compared) == (3, 3, 2)
    assert (score.equal, score.inside, score.share_equal) == (1, 1, 0.5)
    assert score.largest == pytest.approx(0.1)
    assert score.only_published == ("d",)
    assert score.only_computed == ("c",)
    assert (rank.equal, rank.compared, rank.unread) == (2, 2, ())
    assert found.only_published == ("d", "e")
    assert [(one.unit, one.published, one.computed) for one in score.worst] == [("b", 2.4, 2.5)]
    assert "1 published score is not computed" in score.verdict


def test_decimals_are_those_of_the_text_unless_declared() -> None:
    text = "unit,score\na,1.50\nb,2.5\nc,4.2"
    free = compared(index(VALUES), text).column("score")
    told = compared(index(VALUES), text, columns=(Printed(column="score", decimals=1),))

    assert (free.decimals, free.equal) == (2, 2)
    assert (told.columns[0].decimals, told.columns[0].equal) == (1, 3)  # 4.25 may be 4.2 or 4.3


def test_coarse_components_widen_the_interval_and_nothing_else() -> None:
    text, columns = "unit,score\na,1.6\nb,2.5\nc,4.0", (Printed(column="score", error=0.1),)
    found = compared(index(VALUES), text, columns=columns).columns[0]

    assert (found.equal, found.inside) == (1, 2)
    assert found.verdict.startswith(
        "33.3% of 3 scores equal at 1 decimal (2 are not); 66.7% within"
    )


def test_what_was_done_for_print_is_done_to_the_score() -> None:
    columns = (Printed(column="place", steps=(PercentileRank(), Round(0))),)
    found = compared(index(VALUES), "unit,place\na,0\nb,50\nc,100", columns=columns).columns[0]

    assert (found.equal, found.transformed, found.decimals) == (3, True, 0)
    assert found.verdict == "3 of 3 values equal as whole numbers."


def test_a_declared_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(DataError, match=r"no column 'scor'. Did you mean score\?"):
        compared(index(VALUES), "unit,score\na,1", columns=(Printed(column="scor"),))
    with pytest.raises(DataError, match=r"the node 'on', and there is none. Did you mean one\?"):
        compared(index(VALUES), "unit,x\na,1", columns=(Printed(column="x", node="on"),))


def test_a_table_without_anything_known_is_refused() -> None:
    with pytest.raises(DataError, match=r"goes by the code.* it has x and y\. Declare published"):
        compared(index(VALUES), "unit,x,y\na,1,2")
    with pytest.raises(DataError, match=r"it has 'u' and 'v', and the index 'a', 'b' and 'c'"):
        compared(index(VALUES), "unit,score\nu,1\nv,2")


def test_texts_that_are_no_numbers_are_passed_over_and_named() -> None:
    found = compared(index(VALUES), "unit,rank\na,101-125\nb,2\nc,1").column("rank")

    assert (found.published, found.equal, found.unread) == (2, 2, ("101-125",))
    assert found.verdict.endswith('Texts that are no numbers were passed over: "101-125".')


def test_a_column_without_numbers_in_common_says_so() -> None:
    found = compared(index(VALUES), "unit,score,one\na,,\nz,,5").columns

    assert found[0].verdict == "The column holds no numbers."
    assert found[1].verdict.startswith("None of 1 published scores belongs to a unit")
    assert math.isnan(found[0].share_equal)


def test_the_frame_has_a_row_for_each_column() -> None:
    frame = compared(index(VALUES), "unit,score,rank\na,1.5,3\nb,2.5,2").to_frame()

    assert frame["column"].tolist() == ["score", "rank"]
    assert frame["share_equal"].tolist() == [1.0, 1.0]


def test_the_best_score_may_be_the_lowest() -> None:
    from rankscope.definition.model import Ranking

    result = index(VALUES, method={"ranking": Ranking(best="lowest")})

    assert compared(result, "unit,rank\na,1\nb,2\nc,3").column("rank").equal == 3


PANEL = [("u", "2020"), ("u", "2021"), ("v", "2020"), ("v", "2021")]


def panel() -> Result:
    from dataclasses import replace

    own = Node(code="one", name="One", kind="share")
    definition = IndexDefinition(
        name="t",
        title="T",
        units=UnitsSpec(register="own"),
        data=DataSpec(file="t.csv", period_column="year"),
        framework=Node(code="whole", name="Whole", children=(own,)),
        method=MethodSpec(normalisation=NoNormalisation()),
    )
    units, periods = zip(*PANEL, strict=True)
    table = plain_table(units, ("one",), np.array([[1.0], [2.0], [3.0], [1.0]]))
    return build(definition, replace(table, periods=periods))


def test_a_panel_is_matched_by_unit_and_period() -> None:
    text = "unit,year,score,rank\nv,2021.0,1,2\nu,2020,1,2\nu,2021,2,1\nv,2020,3,1"
    found = compared(panel(), text)

    assert [one.equal for one in found.columns] == [4, 4]
    assert found.only_computed == ()


def test_a_table_without_periods_does_not_say_which_is_meant() -> None:
    with pytest.raises(DataError, match="does not say which period"):
        compared(panel(), "unit,score\nu,1\nv,3")

    one = compared(panel().of_period("2020"), "unit,score\nu,1\nv,3").column("score")

    assert one.equal == 2


def test_two_rows_for_one_unit_are_refused() -> None:
    with pytest.raises(DataError, match=r"print\.csv:4: There are two rows or more for a\."):
        compared(index(VALUES), "unit,score\na,1\nb,2\na,1")


def test_another_scale_is_told_from_another_index() -> None:
    values = np.random.default_rng(7).uniform(0, 100, 9)
    result = index({"one": values.tolist()})
    rows = "\n".join(f"{u},{v / 10 + 2:.3f}" for u, v in zip(result.units, values, strict=True))
    found = compared(result, "unit,score\n" + rows).columns[0]

    assert found.line == pytest.approx((0.1, 2), abs=1e-3)
    assert "on another scale: 0.1" in found.verdict
    assert "times it plus 2" in found.verdict


def test_steps_for_print_that_can_not_be_done_are_refused() -> None:
    text = "unit,place\na,1"
    near = Printed(column="place", steps=(DistanceToTarget(),))
    placed = Printed(column="place", steps=(Goalposts(),))
    grouped = Printed(column="place", steps=(PercentileRank(within="state"),))

    with pytest.raises(DataError, match="'place': distance_to_target needs a target"):
        compared(index(VALUES), text, columns=(near,))
    with pytest.raises(DataError, match="'place': goalposts needs goalposts, and a score"):
        compared(index(VALUES), text, columns=(placed,))
    with pytest.raises(DataError, match="works within 'state', and no column is that grouping"):
        compared(index(VALUES), text, columns=(grouped,))


@given(
    st.decimals(-9999, 9999, places=4, allow_nan=False),
    st.integers(0, 3),
    st.sampled_from([ROUND_HALF_UP, ROUND_HALF_EVEN]),
)
def test_any_usual_rounding_of_a_number_is_that_number_as_printed(
    exact: Decimal, decimals: int, way: str
) -> None:
    unit = Decimal(1).scaleb(-decimals)
    shown = exact.quantize(unit, way)
    given = [float(exact)], [float(shown)], [float(shown + 2 * unit)]
    ours, theirs, other = map(np.array, given)

    assert equal_as_printed(ours, theirs, decimals).all()
    assert not equal_as_printed(ours, other, decimals).any()


@given(st.integers(0, 3), st.integers(-500, 500), st.floats(0.02, 0.98))
def test_what_is_no_half_has_one_print(decimals: int, number: int, beyond: float) -> None:
    if abs(beyond - 0.5) < 1e-4:
        return
    ours = np.array([(number + beyond) / 10**decimals])
    up, down = (np.array([(number + one) / 10**decimals]) for one in (1, 0))

    assert equal_as_printed(ours, up, decimals)[0] == (beyond > 0.5)
    assert equal_as_printed(ours, down, decimals)[0] == (beyond < 0.5)


def test_weights_that_give_the_published_scores_are_found() -> None:
    children = np.random.default_rng(3).uniform(0, 100, (60, 3))
    published = np.round(children @ [0.2, 0.5, 0.3], 2)
    rule = best_linear_rule(children, published, 0.005)

    assert rule is not None
    assert_allclose(rule.weights, [0.2, 0.5, 0.3], atol=1e-4)
    assert rule.inside == 1.0
    assert not rule.refuted
    assert rule.least <= rule.largest


def test_a_geometric_mean_is_no_linear_rule() -> None:
    children = np.random.default_rng(3).uniform(1, 100, (60, 2))
    rule = best_linear_rule(children, np.sqrt(children.prod(axis=1)), 0.005)

    assert rule is not None
    assert rule.refuted
    assert rule.largest >= rule.least > 1


def test_too_few_rows_tell_nothing_of_weights() -> None:
    assert best_linear_rule(np.ones((3, 2)), np.ones(3), 0.1) is None


def test_wrong_weights_are_told_from_columns_that_do_not_suffice() -> None:
    rng = np.random.default_rng(5)
    one, two = rng.uniform(0, 100, (2, 10)).round(1)
    result = index({"one": one.tolist(), "two": two.tolist()})

    def rows(scores: Any) -> str:
        lines = (f"{unit},{score:.2f}" for unit, score in zip(result.units, scores, strict=True))
        return "unit,score\n" + "\n".join(lines)

    other = compared(result, rows(0.3 * one + 0.7 * two)).columns[0].verdict
    neither = compared(result, rows(np.sqrt(one * two))).columns[0].verdict

    assert "with other weights 100% would: 0.3 and 0.7." in other
    assert neither.startswith("These columns do not determine the published score")


@pytest.mark.parametrize(
    ("part", "of", "said"),
    [(0, 9, "0%"), (9, 9, "100%"), (99_999, 100_000, "99.99%"), (1, 100_000, "0.01%"),
     (1, 3, "33.3%"), (995, 1000, "99.50%")],
)  # fmt: skip
def test_a_share_is_all_only_where_it_is_all(part: int, of: int, said: str) -> None:
    assert share_in_words(part, of) == said
