"""The live workbook, recalculated by LibreOffice, against the engine."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from openpyxl import load_workbook

from rankscope import IndexDefinition, build, open_index
from rankscope.errors import OutputError
from rankscope.exchange import formulas_aggregation, formulas_live
from rankscope.exchange.formulas import write_live_workbook
from rankscope.exchange.formulas_layout import Formula
from rankscope.methods.aggregation import Arithmetic
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.ranks import ranks_of
from tests.support.indices import FLAT, TWO_LEVELS, UNEVEN, indicator, make_index, pillar
from tests.support.office import NO_OFFICE, NoOfficeError, find_office, recalculated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rankscope.pipeline.result import Result

# openpyxl does not keep an extension that LibreOffice writes; the tests do not read it
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

ONE = {"by": "count", "at_least": 0.1}


@dataclass(frozen=True)
class Case:
    """An index, and weights to change in its workbook."""

    make: Callable[[], Result]
    change: Mapping[str, float] = field(default_factory=dict)
    view: str = "headline"


def made(**how: Any) -> Callable[[], Result]:
    return lambda: make_index(**how).build()


def with_ties() -> Result:
    """Return an index of whole numbers, so that many scores are equal or nearly so."""
    index = make_index(framework=FLAT, units=24, method={"normalisation": "none"})
    values = np.round(index.table.values / 25)
    values[:4, 0] += [0.0, 1e-9, 2e-9, 4e-9]
    return build(index.definition, replace(index.table, values=values))


def ties(rule: str, **more: Any) -> Callable[[], Result]:
    def made_so() -> Result:
        result = with_ties()
        definition = result.plan.definition.model_copy(
            update={
                "method": result.plan.definition.method.model_validate(
                    {"normalisation": "none", "ranking": {"ties": rule, **more}}
                )
            }
        )
        return build(definition, result.plan.table)

    return made_so


def of_two(code: str, **more: Any) -> dict[str, Any]:
    """Return a pillar with two indicators whose names begin with its own."""
    return pillar(code, indicator(f"{code}1"), indicator(f"{code}2", weight=3), **more)


def of_three(code: str, **more: Any) -> dict[str, Any]:
    return pillar(code, *(indicator(f"{code}{n}", weight=n) for n in (1, 2, 3)), **more)


def by(method: str, **parameters: Any) -> dict[str, Any]:
    return {"aggregation": {"method": method, **parameters}, "min_available": ONE}


MEANS = pillar(
    "whole",
    of_three("geo", **by("geometric")),
    of_three("har", **by("harmonic")),
    of_three("gen", **by("generalised", power=0.3)),
    of_three("neg", **by("generalised", power=-2)),
    of_three("sca", **by("scaled_geometric")),
    of_three("inf", **by("scaled_geometric", ends=[0, 110], onto=[1, 10], reverse=False)),
    of_three("low", **by("minimum")),
    of_three("top", **by("maximum")),
    of_three("med", **by("median")),
    of_three("maz", **by("mazziotta_pareto")),
    of_three("mas", **by("mazziotta_pareto", deviation_of="sample", penalty="plus")),
    of_three("pen", **by("penalised_mean", strength=0.5)),
    of_three("mem", **by("mean_min", alpha=0.7, beta=2)),
    of_three("sum", **by("sum")),
    of_three("pro", **by("product")),
    of_three("dif", **by("difference")),
    of_two("rat", **by("ratio")),
    of_three("fir", **by("first_available")),
)
NESTED = pillar(
    "whole",
    pillar("a", of_two("aa"), of_two("ab"), indicator("ac"), **by("geometric")),
    pillar("b", of_two("ba"), indicator("bc"), indicator("bd"), **by("minimum")),
    pillar("c", of_two("ca"), of_two("cb"), polarity=-1, **by("median")),
    pillar("d", indicator("dd"), of_two("da"), of_two("db"), **by("difference")),
    aggregation="arithmetic",
    min_available={"by": "indicators", "at_least": 0.5},
)
STEPS = pillar(
    "whole",
    of_two("r", steps=[{"method": "round", "decimals": 1}, {"method": "linear", "factor": -2}]),
    of_two("e", steps=[{"method": "round", "half": "even"}]),
    of_two("w", steps=[{"method": "round", "half": "away"}, {"method": "cap", "low": 30}]),
    of_two("z", steps=[{"method": "round", "towards": "zero"}]),
    of_two("u", steps=[{"method": "round", "towards": "up", "decimals": 2}]),
    of_two("d", steps=[{"method": "round", "towards": "down"}, {"method": "cap", "high": 60}]),
    of_two("s", steps=[{"method": "significant_digits", "digits": 2}]),
    of_two("x", steps=[{"method": "linear", "factor": 0.01, "offset": 1}, "exponential"]),
    of_two("v", steps=[{"method": "linear", "factor": 1, "offset": 5}, "reciprocal"]),
    of_two("f", steps=[{"method": "fill", "value": 12.5}]),
    steps=[{"method": "linear", "factor": 0.5, "offset": 1}, {"method": "round", "decimals": 2}],
    min_available=ONE,
)
FITTED = pillar(
    "whole",
    of_two("m", steps=[{"method": "min_max", "to": [1, 10]}]),
    of_two("b", steps=[{"method": "share_of_best", "top": 100}]),
    of_two("p", steps=["percentile_rank"]),
    of_two("q", steps=[{"method": "percentile_rank", "count": "middle", "ties": "average"}]),
    of_two("k", steps=[{"method": "rank", "ties": "highest"}]),
    of_two("t", steps=["rank_from_top"]),
    of_two("o", steps=["borda"]),
    of_two("z", steps=[{"method": "z_score", "mean": 50, "deviation": 10, "cap": 1.5}]),
    of_two("g", steps=[{"method": "z_score", "deviation_of": "population", "within": "region"}]),
    of_two("h", steps=[{"method": "rank", "within": "region"}, {"method": "min_max"}]),
    steps=["min_max"],
    min_available=ONE,
)
PARTLY = pillar(
    "whole",
    of_three("cop", aggregation="copeland"),
    of_three("ar"),
    pillar("mix", of_two("ma"), of_two("mb", aggregation="topsis")),
)
POSITIVE = {"normalisation": {"method": "min_max", "to": [1, 100]}}
GAPPY = {"framework": UNEVEN, "gaps": 0.3, "seed": 3, "method": {"min_available": ONE}}


def intensity() -> Result:
    """Return an index with views, in one of which the small ones are not ranked."""
    index = make_index(framework=TWO_LEVELS, gaps=0.1, views=True)
    views = {"rank_intensity_from": {"variable": "people_living", "at_least": 1e7}}
    content = {**index.definition.model_dump(by_alias=True), "views": views}
    return build(IndexDefinition.model_validate(content), index.table)


def panel() -> Result:
    """Return three years of an index whose weights differ between them."""
    framework = pillar(
        "whole", indicator("a", period_weights={"2022": 4}), of_two("b"), indicator("c")
    )
    single = make_index(
        framework=framework,
        units=36,
        gaps=0.1,
        data={"file": "values.csv", "period_column": "year"},
        method={"min_available": ONE},
    )
    units = single.table.units[:12] * 3
    periods = tuple(year for year in ("2020", "2021", "2022") for _ in range(12))
    return build(single.definition, replace(single.table, units=units, periods=periods))


CASES: dict[str, Case] = {
    "packaged": Case(lambda: open_index("ai-capacity").build(), {"innovation": 7}),
    "intensity": Case(intensity, {"means": 3, "b": 0}, view="intensity"),
    "gaps": Case(made(**GAPPY), {"a": 5}),
    "gaps-two-thirds": Case(made(framework=UNEVEN, gaps=0.3, seed=4), {"deep": 0.1}),
    "gaps-without-weight": Case(made(**GAPPY), {"d": 0, "b": 0}),
    "branch-without-weight": Case(made(**GAPPY), {"d": 0, "e": 0}),
    "means": Case(made(framework=MEANS, gaps=0.25, method=POSITIVE), {"geo1": 9, "sum2": 0.5}),
    "means-of-one": Case(
        made(framework=MEANS, gaps=0.6, method=POSITIVE, seed=2),
        {f"{code}2": 0 for code in ("geo", "low", "med", "mas", "pro", "fir", "dif")},
    ),
    "nested": Case(made(framework=NESTED, gaps=0.3, method=POSITIVE), {"aa": 4, "dd": 2, "ba1": 0}),
    "steps": Case(made(framework=STEPS, gaps=0.2), {"r1": 7, "f": 3}),
    "fitted-steps": Case(made(framework=FITTED, gaps=0.1, units=40), {"m1": 5, "h2": 1}),
    "partly-numbers": Case(made(framework=PARTLY), {"cop": 4, "ma1": 9}),
    "lowest-is-best": Case(
        made(**{**GAPPY, "method": {"ranking": {"best": "lowest", "decimals": 1}}}), {"a": 3}
    ),
    "ties-best": Case(with_ties, {"b": 2}),
    "ties-worst": Case(ties("worst"), {"b": 2}),
    "ties-dense": Case(ties("dense", best="lowest"), {"b": 2}),
    "ties-order": Case(ties("order", decimals=2), {"b": 2}),
    "wide-ties": Case(ties("best", tolerance=0.02), {"b": 1.1}),
    "derived-weights": Case(
        made(framework=UNEVEN, gaps=0.1, method={"weights": "standard_deviation"}), {"c": 1.0}
    ),
    "panel": Case(panel, {"a": 3}),
}

UNCHANGED_TOO = ("packaged", "means", "nested", "fitted-steps", "panel")
"""Cases whose workbooks are recalculated as written too; a change says as much of the others."""


# ── recalculated ─────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def office() -> Path:
    try:
        found = find_office()
    except NoOfficeError as error:
        pytest.fail(str(error))
    if found is None:
        pytest.skip(NO_OFFICE)
    return found


@pytest.fixture(scope="module")
def packaged(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Books:
    """Return the packaged index, before and after a change of weights."""
    return recalculated_cases(office, tmp_path_factory.mktemp("packaged"), ("packaged",))


@dataclass(frozen=True)
class Books:
    """Some cases with their workbooks, recalculated as written and after a change of weights."""

    results: Mapping[str, Result]
    before: Mapping[str, Path]
    after: Mapping[str, Path]


def recalculated_cases(office: Path, folder: Path, names: Sequence[str]) -> Books:
    """Write cases, change their weights, and let LibreOffice compute all in one go."""
    results = {name: CASES[name].make() for name in names}
    written, changed = {}, {}
    for name, result in results.items():
        path = write_live_workbook(result, folder / f"{name}.xlsx", view=CASES[name].view)
        changed[name] = change_weights(path, folder / f"{name}-c.xlsx", CASES[name].change)
        if name in UNCHANGED_TOO:
            written[name] = path
    recalculated(office, [*written.values(), *changed.values()], folder / "computed")
    before = {name: folder / "computed" / path.name for name, path in written.items()}
    after = {name: folder / "computed" / path.name for name, path in changed.items()}
    return Books(results, before, after)


def change_weights(path: Path, target: Path, change: Mapping[str, float]) -> Path:
    book = load_workbook(path)
    sheet = book["Weights"]
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for code, weight in change.items():
        sheet.cell(rows[code], 5).value = weight
    book.save(target)
    return target


def column_of(sheet: Any, code: str, rows: int) -> np.ndarray:
    """Return the numbers that stand below a code, NaN in empty cells."""
    [at] = [cell.column for cell in sheet[2] if cell.value == code]
    values = [sheet.cell(row, at).value for row in range(4, 4 + rows)]
    return np.array([np.nan if value in {None, ""} else float(value) for value in values])


def shown_codes(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[2][2:] if cell.value]


def expected(
    result: Result, case: Case, change: Mapping[str, float]
) -> tuple[Result, np.ndarray, np.ndarray]:
    """Return what the engine says of the one period with weights changed."""
    one = result.of_period()
    weights = one.plan.weights(case.view)
    factor = np.ones(len(weights)) if one.plan.factors is None else one.plan.factors[0]
    for code, weight in change.items():
        weights[one.plan.node(code)] = weight / factor[one.plan.node(code)]
    scores = evaluate(one.plan, one.leaves, weights)
    eligible = np.where(one.plan.rankable(case.view)[:, None], scores, np.nan)
    return one, scores, ranks_of(one.plan, eligible.T).T


def assert_agrees(path: Path, result: Result, case: Case, change: Mapping[str, float]) -> None:
    one, scores, ranks = expected(result, case, change)
    book = load_workbook(path, data_only=True)
    codes = shown_codes(book["Scores"])
    aggregates = {node.code for node in one.plan.nodes if node.children}

    assert aggregates <= set(codes)
    for code in codes:
        node = one.plan.node(code)
        found = column_of(book["Scores"], code, len(one.units))
        np.testing.assert_allclose(found, scores[:, node], rtol=1e-9, atol=1e-9, err_msg=code)
        placed = np.nan_to_num(column_of(book["Ranks"], code, len(one.units)))
        np.testing.assert_array_equal(placed, ranks[:, node], err_msg=code)


def disagreement(path: Path, result: Result, case: Case, change: Mapping[str, float]) -> str:
    """Return in what a recalculated workbook differs from the engine; nothing where it agrees."""
    try:
        assert_agrees(path, result, case, change)
    except AssertionError as differs:
        return f"{path.stem}: {differs}"
    return ""


@pytest.mark.slow
def test_changed_weights_move_scores_and_ranks_as_the_engine_does(
    office: Path, tmp_path: Path
) -> None:
    books = recalculated_cases(office, tmp_path, tuple(set(CASES) - {"packaged"}))
    wrong = [
        disagreement(books.after[name], result, CASES[name], CASES[name].change)
        for name, result in books.results.items()
    ]
    wrong += [
        disagreement(before, books.results[name], CASES[name], {})
        for name, before in books.before.items()
    ]

    assert "\n".join(filter(None, wrong)) == ""


@pytest.mark.slow
def test_the_packaged_index_recalculates_to_the_same_numbers(packaged: Books) -> None:
    case, result = CASES["packaged"], packaged.results["packaged"]

    assert disagreement(packaged.before["packaged"], result, case, {}) == ""
    assert disagreement(packaged.after["packaged"], result, case, case.change) == ""


@pytest.mark.parametrize("name", CASES)
def test_the_cases_are_cases(name: str) -> None:
    case, result = CASES[name], CASES[name].make()
    one, scores, ranks = expected(result, case, {})
    _, moved, _ = expected(result, case, case.change)
    view = result.plan.views.index(case.view)

    np.testing.assert_allclose(scores, one.scores[view], rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(ranks, one.ranks[view])
    assert not np.allclose(moved[:, -1], scores[:, -1], equal_nan=True)


def test_the_ranking_is_sorted_anew_and_tells_who_moved(packaged: Books) -> None:
    case, result = CASES["packaged"], packaged.results["packaged"]
    one, _, ranks = expected(result, case, case.change)
    sheet = load_workbook(packaged.after["packaged"], data_only=True)["Ranking"]
    rows = [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=5)]
    rows = [row for row in rows if isinstance(row[0], int | float)]
    now = dict(zip(one.units, ranks[:, -1], strict=True))
    was = dict(zip(one.units, one.rank(), strict=True))

    assert [row[0] for row in rows] == sorted(rank for rank in now.values() if rank)
    assert {row[2]: row[0] for row in rows} == {unit: n for unit, n in now.items() if n}
    assert all(row[1] == was[row[2]] - row[0] for row in rows)
    assert any(row[1] for row in rows)
    assert {row[2]: row[3] for row in rows}["RUS"] == "Russia"


def test_shares_follow_the_weights(packaged: Books) -> None:
    result, change = packaged.results["packaged"], CASES["packaged"].change
    plan = result.plan
    weights = plan.weights()
    weights[plan.node("innovation")] = change["innovation"]
    effective = replace(plan, fitted_weights=tuple(weights)).effective_weights()
    sheet = load_workbook(packaged.after["packaged"], data_only=True)["Weights"]

    for code, *_, whole in sheet.iter_rows(min_row=2, max_col=7, values_only=True):
        assert whole == pytest.approx(effective[plan.node(str(code))], abs=1e-12)


def test_a_writer_that_ignores_gaps_is_caught(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ignoring_gaps(method: object, of: Any) -> Formula:
        del method
        return Formula(f"{of.weighted}/SUM({of.weights})")

    monkeypatch.setitem(formulas_aggregation.WRITERS, Arithmetic, ignoring_gaps)
    case = CASES["gaps"]
    result = case.make()
    path = write_live_workbook(result, tmp_path / "broken.xlsx")
    [computed] = recalculated(office, [path], tmp_path / "computed")

    with pytest.raises(AssertionError):
        assert_agrees(computed, result, case, {})


def test_a_value_typed_into_a_gap_counts(office: Path, tmp_path: Path) -> None:
    result = made(framework=FLAT, gaps=0.4, seed=5)()
    path = write_live_workbook(result, tmp_path / "book.xlsx")
    book = load_workbook(path)
    sheet, values = book["Normalised"], result.leaves.values
    [row] = np.flatnonzero(np.isnan(values).sum(axis=1) == 2)[:1]
    for column, code in enumerate("abc", 3):
        assert sheet.cell(2, column).value == code
        sheet.cell(4 + int(row), column).value = 10.0 * column
    book.save(path)
    [computed] = recalculated(office, [path], tmp_path / "computed")
    scores = column_of(load_workbook(computed, data_only=True)["Scores"], "whole", len(values))

    assert np.isnan(result.score()[row])
    assert scores[row] == pytest.approx((30 + 40 + 50) / 3)


# ── as written ───────────────────────────────────────────────────────────────


def cells(path: Path) -> Iterator[Any]:
    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            yield from row


def test_the_file_carries_no_results_of_formulas(tmp_path: Path) -> None:
    path = write_live_workbook(made()(), tmp_path / "book.xlsx")

    for sheet in load_workbook(path, data_only=True):
        formulas = load_workbook(path)[sheet.title]
        for row in formulas.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert sheet[cell.coordinate].value is None


def test_texts_from_data_are_never_formulas(tmp_path: Path) -> None:
    evil = '=HYPERLINK("https://example.org","x")'
    names = (evil, "+1", "-2", "@SUM(A1)", "\u202eabc")
    framework = pillar("whole", {**indicator("a"), "name": evil}, indicator("b"))
    result = make_index(framework=framework, units=5, names=names, title="=1+1").build()
    path = write_live_workbook(result, tmp_path / "book.xlsx")
    texts = {cell.value: cell for cell in cells(path) if cell.data_type == "s"}

    assert not any(
        evil in str(getattr(cell.value, "text", cell.value))
        for cell in cells(path)
        if cell.data_type == "f"
    )
    for text in (evil, "+1", "-2", "@SUM(A1)"):
        assert texts[text].quotePrefix
    assert "\\u202eabc" in texts


def test_the_same_index_gives_the_same_bytes(tmp_path: Path) -> None:
    result = made(**GAPPY)()
    first = write_live_workbook(result, tmp_path / "one.xlsx")
    second = write_live_workbook(result, tmp_path / "two.xlsx")

    assert first.read_bytes() == second.read_bytes()


def test_what_no_formula_can_say_is_told(tmp_path: Path) -> None:
    path = write_live_workbook(made(framework=PARTLY)(), tmp_path / "book.xlsx")
    book = load_workbook(path)
    said = " ".join(str(cell.value) for row in book["Read me"].iter_rows() for cell in row)
    notes = {row[0].value: row[9].value for row in book["Weights"].iter_rows(min_row=2)}

    assert "no formula says copeland" in said
    assert "no formula says topsis" in said
    assert notes["cop1"] == "No effect: scores of cop are plain numbers."
    assert notes["ar1"] is None or notes["ar1"] == ""


@pytest.mark.parametrize(
    "part", [{"aggregation": "copeland"}, {"steps": [{"method": "rank", "ties": "dense"}]}]
)
def test_an_index_that_no_formula_can_say_is_refused(tmp_path: Path, part: dict[str, Any]) -> None:
    result = make_index(framework={**FLAT, **part}).build()

    with pytest.raises(OutputError, match=r"Export its scores to \.csv"):
        write_live_workbook(result, tmp_path / "book.xlsx")
    assert not (tmp_path / "book.xlsx").exists()


def test_an_unknown_view_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_live_workbook(made()(), tmp_path / "book.xlsx", view="scale")


def test_a_scale_of_all_periods_stays_numbers_in_the_workbook_of_one(tmp_path: Path) -> None:
    framework = pillar("whole", of_two("b", steps=["min_max"]), of_two("c"))
    index = make_index(
        framework=framework, units=20, data={"file": "values.csv", "period_column": "year"}
    )
    units, periods = index.table.units[:10] * 2, ("2020",) * 10 + ("2021",) * 10
    result = build(index.definition, replace(index.table, units=units, periods=periods))
    path = write_live_workbook(result, tmp_path / "book.xlsx", period="2020")
    book = load_workbook(path)
    said = " ".join(str(cell.value) for row in book["Read me"].iter_rows() for cell in row)
    one = result.of_period("2020")

    assert "2020" in str(book["Read me"]["B2"].value)
    assert "its scale is learnt from all periods" in said
    np.testing.assert_allclose(
        column_of(book["Scores"], "b", 10), one.score(one.plan.node("b")), rtol=1e-14
    )


def test_a_sheet_holds_only_so_many_units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formulas_live, "MOST_ROWS", 5)

    with pytest.raises(OutputError, match=r"got 30 and .* Export to \.csv"):
        write_live_workbook(made()(), tmp_path / "book.xlsx")


def test_an_office_that_is_named_and_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RANKSCOPE_OFFICE", "no-such-program")

    with pytest.raises(NoOfficeError, match="must name a program, got 'no-such-program'"):
        find_office()
