"""The packaged scenarios, played by the library and worked out anew from the packaged files.

The second computation is that of `tests.published`: no part of the pipeline takes part.  On
frozen scales a scenario is one row more in it, which has a score and shapes no scale.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd
import pytest

from rankscope.analyses.scenario import what_if
from rankscope.analyses.scenario.sampled import drawn_sizes
from rankscope.catalogue.open import open_index
from rankscope.definition.model import Scenario
from rankscope.units import iso3166
from tests.published.test_independent_recomputation import HOME, Recomputation

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.scenario import Outcome
    from rankscope.catalogue import Index
    from rankscope.pipeline import Result
    from rankscope.shapes import Vector

    Drawn: TypeAlias = Callable[[str], Outcome]

TEN = ["USA", "DEU", "GBR", "FRA", "ITA", "JPN", "CAN", "FIN", "ESP", "AUS"]
HARDWARE = ["supercomputing", "cloud_regions", "notable_models"]
TAUGHT = {
    "total": ["ai_articles", "git_pushes", "code_collaboration", "ai_patents", "supercomputing"],
    "ratio": ["rd_expenditure", "researchers"],
}
"""What cooperation in research, development and supercomputing acts on, by its scale."""

NAMES = [
    "chip_cutoff",
    "russia_china_light",
    "russia_china_close",
    "russia_china_deep",
    "cutoff_and_cooperation",
    "coauthorship_ends",
    "eu_as_one",
    "brics_as_one",
]

BLOCS = {"EU": ("eu_as_one", 27), "BRICS": ("brics_as_one", 11)}


@pytest.fixture(scope="module")
def index() -> Index:
    return open_index("ai-capacity")


@pytest.fixture(scope="module")
def built(index: Index) -> Result:
    return index.build()


@pytest.fixture(scope="module")
def outcomes(index: Index, built: Result) -> dict[str, Outcome]:
    """Every packaged scenario with its sizes at their medians."""
    ties = index.ties()
    return {one.name: what_if(built, one, ties=ties, draws=0) for one in index.definition.scenarios}


@pytest.fixture(scope="module")
def drawn(index: Index, built: Result) -> Drawn:
    """Return what plays a scenario in a thousand draws, each scenario once."""
    ties, known = index.ties(), {one.name: one for one in index.definition.scenarios}
    return cache(lambda name: what_if(built, known[name], ties=ties, draws=1024))


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    """The packaged figures: units x indicators, read by pandas alone."""
    with (HOME / "values.csv").open(encoding="utf-8") as file:
        long = pd.read_csv(file, keep_default_na=False, dtype={"value": float})
    return long.pivot(index="unit", columns="indicator", values="value")


@pytest.fixture(scope="module")
def joint() -> pd.DataFrame:
    """Articles of pairs, and each unit's articles with authors abroad, read by pandas alone."""
    with (HOME / "ties.csv").open(encoding="utf-8") as file:
        ties = pd.read_csv(file, keep_default_na=False)
    own = ties[ties["ties"] == "joint_articles"]
    return own.assign(total=pd.to_numeric(own["total"]), value=own["value"].astype(float))


def leaves(node: dict[str, Any]) -> dict[str, dict[str, Any]]:
    own = {} if "children" in node else {node["code"]: node}
    return own | {
        code: leaf for child in node.get("children", []) for code, leaf in leaves(child).items()
    }


@cache
def published() -> Recomputation:
    return Recomputation()


class OneMore(Recomputation):
    """The index by hand with one row more, which shapes no scale."""

    def __init__(self, row: dict[str, float]) -> None:
        self.__dict__.update(vars(published()))  # nothing in it is changed, only replaced
        self.units = [*self.units, "one more"]
        self.raw = {code: np.append(own, row.get(code, np.nan)) for code, own in self.raw.items()}
        self.ranked = np.append(self.ranked, False)
        self.scores = {view: {} for view in self.scores}
        for view in self.scores:
            self.climb(self.spec["framework"], view)

    def scaled(self, column: Vector, polarity: int) -> Vector:
        """Bring all rows onto the scale of the ranked ones."""
        own = column * polarity
        low, high = np.nanmin(own[self.ranked]), np.nanmax(own[self.ranked])
        return np.asarray(100 * (own - low) / (high - low))

    def score(self) -> float:
        """Return the headline score of the row."""
        return float(self.scores["headline"][self.spec["framework"]["code"]][-1])

    def rank(self, without: frozenset[str]) -> int:
        """Return the rank of the row among all but some."""
        others = self.scores["headline"][self.spec["framework"]["code"]][:-1]
        stays = ~np.isin(self.units[:-1], list(without))
        return 1 + int(((others > self.score()) & stays & self.ranked[:-1]).sum())


def russia(figures: pd.DataFrame, **changed: float) -> dict[str, float]:
    return {**figures.loc["RUS"].to_dict(), **changed}


def row_after(outcome: Outcome, unit: str) -> dict[str, float]:
    """Return the raw values that the library gives a unit after a scenario."""
    table = outcome.after.plan.table
    values = table.values[table.units.index(unit)]
    return dict(zip(table.columns, map(float, values), strict=True))


def same(outcome: Outcome, unit: str, row: dict[str, float], gone: frozenset[str]) -> None:
    """Say whether score and rank after are those worked out by hand from raw values."""
    by_hand = OneMore(row)
    after = outcome.after
    assert after.score()[after.units.index(unit)] == pytest.approx(by_hand.score(), abs=1e-9)
    assert outcome.rank_after(unit) == by_hand.rank(gone)


def test_the_packaged_scenarios_are_these(index: Index) -> None:
    assert [one.name for one in index.definition.scenarios] == NAMES
    assert all(one.note and one.title for one in index.definition.scenarios)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_each_runs_with_chances_that_make_sense(drawn: Drawn, name: str) -> None:
    found = drawn(name)

    assert found.chances is not None
    assert found.subjects
    better, worse = found.chances.better(), found.chances.worse()
    assert ((better >= 0) & (worse >= 0) & (better + worse <= 1 + 1e-12)).all()
    assert not [one for one in found.findings if one.severity == "error"]
    ranked = found.after.rank() > 0
    assert len(found.frame()) == ranked.sum()


def test_what_runs_on_imported_hardware_is_marked(index: Index) -> None:
    marked = [one.code for one in index.definition.indicators() if one.exposed_to]

    assert marked == HARDWARE


def test_the_cut_off_never_raises_the_score(drawn: Drawn) -> None:
    changes = changes_of(drawn("chip_cutoff"), "RUS")

    assert (changes <= 1e-12).all()
    assert (changes < -1e-6).mean() > 0.4  # not where supercomputers are left out


def test_only_supercomputers_can_be_lost(outcomes: dict[str, Outcome], figures: Any) -> None:
    """Russia has no cloud region and no notable model in the files."""
    assert figures.loc["RUS", HARDWARE].notna().tolist() == [True, False, False]
    [lost] = outcomes["chip_cutoff"].values()

    assert lost.indicator == "supercomputing"
    assert lost.before == figures.loc["RUS", "supercomputing"] == 73_715
    assert lost.after == pytest.approx(0.6 * 73_715)
    same(
        outcomes["chip_cutoff"],
        "RUS",
        russia(figures, supercomputing=0.6 * 73_715),
        frozenset({"RUS"}),
    )


def taught(figures: pd.DataFrame, by: float) -> dict[str, float]:
    """Return Russia's values with a share of the gap to China closed, by hand.

    Totals on a logarithm of the value and the smallest one above zero, ratios as they are.
    """
    ranked = figures[published().ranked]
    found = {}
    for code in TAUGHT["total"]:
        shift = ranked[code][ranked[code] > 0].min()
        own, theirs = (np.log(figures.loc[unit, code] + shift) for unit in ("RUS", "CHN"))
        if theirs > own:
            found[code] = float(np.exp(own + by * (theirs - own)) - shift)
    shift = ranked["notable_models"][ranked["notable_models"] > 0].min()
    own, theirs = np.log(shift), np.log(figures.loc["CHN", "notable_models"] + shift)
    found["notable_models"] = float(np.exp(own + by * (theirs - own)) - shift)
    for code in TAUGHT["ratio"]:
        own, theirs = figures.loc["RUS", code], figures.loc["CHN", code]
        if theirs > own:
            found[code] = float(own + by * (theirs - own))
    return found


@pytest.mark.parametrize(
    ("name", "by"),
    [("russia_china_light", 0.05), ("russia_china_close", 0.15), ("russia_china_deep", 0.3)],
)
def test_cooperation_is_worked_out_from_the_files(
    outcomes: dict[str, Outcome], figures: pd.DataFrame, name: str, by: float
) -> None:
    """Raw values with logarithms, then the whole index by hand."""
    expected = taught(figures, by)
    after = row_after(outcomes[name], "RUS")
    changed = {one.indicator: one.after for one in outcomes[name].values() if one.unit == "RUS"}

    assert changed == pytest.approx(expected, rel=1e-9)
    assert after["rd_expenditure"] > figures.loc["RUS", "rd_expenditure"]
    gone = frozenset({"RUS", "CHN"}) if name == "russia_china_deep" else frozenset({"RUS"})
    same(outcomes[name], "RUS", russia(figures, **expected), gone - {"CHN"})


@pytest.mark.parametrize(("code", "part"), [("ai_patents", 1 / 8), ("supercomputing", 1 / 40)])
def test_a_hundredth_of_the_raw_gap_is_more_on_the_scale_of_the_index(
    built: Result, figures: pd.DataFrame, code: str, part: float
) -> None:
    """As the method page says; the choice of scale is the result."""
    act = {"act": "cooperate", "partners": ["CHN"], "nodes": [code], "scale": "raw", "by": 0.01}
    scenario = Scenario.model_validate({"name": "raw", "units": ["RUS"], "changes": [act]})
    [change] = what_if(built, scenario, draws=0).values()
    own, theirs = figures.loc["RUS", code], figures.loc["CHN", code]

    assert change.after == pytest.approx(own + 0.01 * (theirs - own))
    assert np.log(change.after / own) / np.log(theirs / own) == pytest.approx(part, rel=0.06)
    assert change.after != pytest.approx(taught(figures, 0.01)[code], rel=0.01)


DEPTHS = ["russia_china_light", "russia_china_close", "russia_china_deep"]


def test_the_deeper_the_cooperation_the_more_it_brings(
    outcomes: dict[str, Outcome], built: Result
) -> None:
    row = built.units.index("RUS")
    scores = [built.score()[row], *(outcomes[name].after.score()[row] for name in DEPTHS)]
    ranks = [built.rank()[row], *(outcomes[name].rank_after("RUS") for name in DEPTHS)]

    assert scores == sorted(scores)
    assert len(set(scores)) == 4
    assert ranks == sorted(ranks, reverse=True)


def changes_of(found: Outcome, unit: str) -> Vector:
    """Return by how much a unit's score changed in each draw."""
    assert found.chances is not None
    changed = [found.both[place] for place in found.chances.changed]
    return found.chances.score_changes[:, changed.index(unit)]


@pytest.mark.slow
def test_depths_are_in_order_in_every_draw(drawn: Drawn) -> None:
    """The same draws of the index's own uncertainty, so that no luck can turn them."""
    gains = [changes_of(drawn(name), "RUS") for name in DEPTHS]

    assert all((less <= more + 1e-9).all() for less, more in pairwise(gains))
    assert (gains[0] > 0).all()


def test_china_gains_only_in_the_deep_one_and_never_loses(outcomes: dict[str, Outcome]) -> None:
    assert outcomes["russia_china_close"].subjects == ("RUS",)
    deep = outcomes["russia_china_deep"]
    assert deep.subjects == ("RUS", "CHN")
    gains = [one for one in deep.values() if one.unit == "CHN"]
    assert gains
    assert all(one.after > one.before for one in gains)


def test_cut_off_and_cooperation_follow_one_another(
    outcomes: dict[str, Outcome], figures: pd.DataFrame
) -> None:
    """First the loss, then a twentieth of what is then the gap."""
    first = figures.copy()
    first.loc["RUS", "supercomputing"] *= 0.6
    expected = taught(first, 0.05)
    outcome = outcomes["cutoff_and_cooperation"]
    changed = {one.indicator: one.after for one in outcome.values()}

    assert changed == pytest.approx(expected, rel=1e-9)
    same(outcome, "RUS", russia(figures, **expected), frozenset({"RUS"}))
    assert [one.act for one in outcome.stretches] == ["restrict", "cooperate"]


def shares(joint: pd.DataFrame) -> tuple[float, float]:
    """Return between what the share of joint work with the ten lies, by hand."""
    own = joint[joint["unit"] == "RUS"].set_index("partner")
    pairs, whole = own.loc[TEN, "value"], own["total"].iloc[0]
    return pairs.max() / whole, min(pairs.sum() / whole, 1.0)


def test_ended_co_authorship_is_worked_out_from_the_pairs(
    outcomes: dict[str, Outcome], figures: pd.DataFrame, joint: pd.DataFrame
) -> None:
    low, high = shares(joint)
    assert (low, high) == (pytest.approx(318 / 2456), pytest.approx(1514 / 2456))
    lost, part = 0.6, 0.21  # the medians of 30 to 90 per cent, and of 16 to 26
    expected = figures.loc["RUS", "ai_articles"] * (1 - lost * part * (low + high) / 2)
    [change] = outcomes["coauthorship_ends"].values()

    assert (change.indicator, change.before) == ("ai_articles", 1869)
    assert change.after == pytest.approx(expected, rel=1e-12)
    row = russia(figures, ai_articles=expected)
    same(outcomes["coauthorship_ends"], "RUS", row, frozenset({"RUS"}))
    [told] = [one for one in outcomes["coauthorship_ends"].findings if "share" in one.id]
    assert "between 12.9% and 61.6%" in told.sentence


def test_what_is_severed_in_a_draw_lies_between_the_bounds(
    index: Index, joint: pd.DataFrame
) -> None:
    """And the product of three ranges fills most of what lies between."""
    [scenario] = [one for one in index.definition.scenarios if one.name == "coauthorship_ends"]
    [sizes] = drawn_sizes(scenario, 128, 0)
    low, high = shares(joint)
    lost = sizes[:, 0] * sizes[:, 1] * (low + sizes[:, 2] * (high - low))

    assert (lost >= 0.3 * 0.16 * low).all()
    assert (lost <= 0.9 * 0.26 * high).all()
    assert lost.min() < 0.02
    assert lost.max() > 0.10


def members(bloc: str, figures: pd.DataFrame) -> list[str]:
    return [code for code in iso3166().groups()[bloc] if code in figures.index]


def pooled(figures: pd.DataFrame, units: list[str], twice: float) -> dict[str, float]:
    """Return the values of a bloc by hand: sums, and means over those that have a value."""
    own = figures.loc[units]
    nodes = leaves(published().spec["framework"])
    row = {code: float(own[code].sum()) for code in ("population", "gdp")}
    for code, node in nodes.items():
        there = own[code].notna()
        if node["kind"] in {"count", "amount"}:
            row[code] = float(own[code].sum()) * (1 - twice * (code == "ai_articles"))
        else:
            weights = own[node.get("denominator", "population")][there]
            row[code] = float(np.average(own[code][there], weights=weights))
    return row


@pytest.mark.parametrize(("bloc", "twice"), [("EU", 0.085), ("BRICS", 0.0115)])
def test_a_bloc_is_worked_out_from_the_files(
    outcomes: dict[str, Outcome], figures: pd.DataFrame, bloc: str, twice: float
) -> None:
    """All thirty-one indicators by pandas, then the whole index by hand."""
    name, size = BLOCS[bloc]
    units = members(bloc, figures)
    assert len(units) == size
    expected = pooled(figures, units, twice)
    after = row_after(outcomes[name], bloc)

    got = {code: 0.0 if np.isnan(value) else value for code, value in after.items()}
    assert got == pytest.approx({code: expected[code] for code in after}, rel=1e-9)
    same(outcomes[name], bloc, expected, frozenset(units))


@pytest.mark.parametrize("bloc", BLOCS)
def test_members_are_gone_and_nobody_else(
    outcomes: dict[str, Outcome], figures: pd.DataFrame, built: Result, bloc: str
) -> None:
    outcome = outcomes[BLOCS[bloc][0]]
    gone = set(members(bloc, figures))

    assert set(outcome.after.units) == (set(built.units) - gone) | {bloc}
    stay = [unit for unit in built.units if unit not in gone]
    before = [built.score()[built.units.index(unit)] for unit in stay]
    after = [outcome.after.score()[outcome.after.units.index(unit)] for unit in stay]
    np.testing.assert_allclose(after, before, rtol=1e-12, equal_nan=True)


@pytest.mark.parametrize(
    ("code", "total"), [("supercomputing", 1), ("cloud_regions", 1), ("resident_patents", 1)]
)
@pytest.mark.parametrize("bloc", BLOCS)
def test_counts_add(
    outcomes: dict[str, Outcome], figures: pd.DataFrame, bloc: str, code: str, total: float
) -> None:
    own = figures.loc[members(bloc, figures), code]

    got = row_after(outcomes[BLOCS[bloc][0]], bloc)[code]
    assert got == pytest.approx(total * own.sum())
    assert got > own.max()


def test_the_bounds_on_articles_counted_twice_follow_from_the_pairs(
    index: Index, figures: pd.DataFrame, joint: pd.DataFrame
) -> None:
    """Bonferroni above; Hunter below, here with the one star around the largest member.

    The members' articles of 2003 to 2022 are those of table SPBS-91, not in the package.
    """
    for bloc, whole in (("EU", 227_467), ("BRICS", 445_367)):
        [scenario] = [one for one in index.definition.scenarios if one.name == BLOCS[bloc][0]]
        [change] = scenario.changes
        units = members(bloc, figures)
        inside = joint[joint["unit"].isin(units) & joint["partner"].isin(units)]
        star = inside.groupby("unit")["value"].sum().max() / whole
        above = inside["value"].sum() / 2 / whole

        twice = change.sizes()[0]
        assert star <= twice.low + 0.01
        assert twice.low < above < twice.high
