"""Pictures of the change between editions: bars that add up, steps that lead to the new score."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest

from rankscope.analyses.diff import Diff, Edition, Player
from rankscope.charts.edition_change import edition_change_chart, unit_change_chart
from rankscope.charts.edition_players import COLOURS, colour_of, editions_in_words
from rankscope.charts.palette import FAMILIES
from rankscope.errors import UnitError
from rankscope.findings import Finding, Severity
from tests.charts.drawn import boxes, covering, layers, said

NAMES = {
    "data": "Data",
    "units": "Units that entered or left",
    "framework": "Indicators and tree",
    "methods": "Treatment and normalisation",
    "weights": "Weights",
    "aggregation": "Aggregation",
}
PLAYERS = tuple(
    Player(code, name, "a long clause about what of it changed, and where")
    for code, name in NAMES.items()
)


def made(units: int = 30, players: tuple[Player, ...] = PLAYERS, **more: object) -> Diff:
    """Return a change made up at random whose shares add up."""
    random, count = np.random.default_rng(0), len(players)
    before, after = random.permutation(units) + 1, np.arange(1, units + 1)
    ranks, scores = (random.normal(0, 3, (units, count)) for _ in range(2))
    if count:
        ranks[:, -1] += before - after - ranks.sum(axis=1)
    old = random.uniform(20, 80, units)
    found = Diff(
        old=Edition("Autonomous Index", "2021", None, units),
        new=Edition("Autonomous Index", "2024", None, units),
        view="headline",
        players=players,
        units=tuple(f"U{at}" for at in range(units)),
        names=tuple(f"Democratic Republic of the Unit {at}" for at in range(units)),
        score_before=old,
        score_after=old + scores.sum(axis=1),
        rank_before=before,
        rank_after=after,
        score_shares=scores,
        rank_shares=ranks,
        score_ranges=None,
        rank_ranges=None,
        entered=(),
        left=(),
        indicators_entered=(),
        indicators_left=(),
        findings=(),
    )
    return replace(found, **more)


@pytest.fixture(scope="module")
def found() -> Diff:
    return made()


@pytest.mark.parametrize("width", [900, 390])
@pytest.mark.parametrize("what", ["rank", "score"])
def test_no_text_of_the_bars_covers_another(found, width, what) -> None:
    assert covering(edition_change_chart(found, width=width, what=what)) == []


@pytest.mark.parametrize("width", [900, 390])
def test_no_text_of_the_steps_covers_another(found, width) -> None:
    ranges = found.score_shares[:, :, None] + np.array([-0.5, 0.5])

    assert covering(unit_change_chart(found, "U5", width=width)) == []
    ranged = unit_change_chart(replace(found, score_ranges=ranges), "U5", width=width)
    assert covering(ranged) == []


def test_bars_are_as_long_as_their_shares_and_the_dot_stands_at_their_sum() -> None:
    found = made(2, PLAYERS[:2])
    chart = edition_change_chart(found)
    zero = next(row["x"] for _, row in layers(chart, "text") if row["text"] == "0")
    other = next(row for _, row in layers(chart, "text") if row["text"][0] in "+−")
    one = (other["x"] - zero) / float(other["text"].replace("−", "-"))
    for at, player in enumerate(found.players):
        bars = [row for row in boxes(chart, colour_of(player)) if row["y"] > 60]
        drawn = sorted((row["x2"] - row["x"] + 0.8) / one for row in bars)
        assert drawn == pytest.approx(sorted(abs(found.rank_shares[:, at])), abs=0.03)
    dots = sorted((row["x"] - zero) / one for _, row in layers(chart, "circle") if row["y"] > 60)
    assert dots == pytest.approx(sorted(found.places_gained.tolist()), abs=0.03)


def test_the_units_that_moved_most_stand_from_the_largest_rise_to_the_largest_fall(found) -> None:
    shown = [text for text in said(edition_change_chart(found, top=6)) if " → " in text][1:]
    moves = [int(old) - int(new) for old, new in (text.split(" → ") for text in shown)]
    largest = sorted(map(abs, found.places_gained.tolist()), reverse=True)[:6]

    assert sorted(map(abs, moves), reverse=True) == largest
    assert len(moves) == 6


def test_units_asked_for_are_shown_too(found) -> None:
    still = int(np.argmin(abs(found.places_gained)))
    text = f"{found.rank_before[still]} → {found.rank_after[still]}"

    assert text not in said(edition_change_chart(found, top=3))
    assert text in said(edition_change_chart(found, top=3, units=[found.units[still]]))


def test_only_causes_that_are_there_have_a_key() -> None:
    texts = said(edition_change_chart(made(players=PLAYERS[:1])))

    assert "Data" in texts
    assert "Weights" not in texts


def test_what_is_not_known_is_said_and_not_drawn(found) -> None:
    unknown = replace(found, rank_shares=found.rank_shares * np.nan)
    unknown = replace(unknown, score_shares=found.score_shares * np.nan)
    chart = edition_change_chart(unknown)

    assert "no bar: its causes are not known" in said(chart)
    assert all(len(boxes(chart, colour_of(one))) == 1 for one in PLAYERS)  # the key alone
    assert "no steps: its causes are not known" in said(unit_change_chart(unknown, "U3"))


def test_editions_without_common_units_or_causes_are_drawn_too() -> None:
    nobody = made(0)

    assert "No unit is ranked in both editions." in said(edition_change_chart(nobody))
    assert covering(edition_change_chart(made(3, ()))) == []
    assert covering(unit_change_chart(made(3, ()), "U1")) == []


def test_steps_lead_from_the_old_score_to_the_new_one(found) -> None:
    chart = unit_change_chart(found, "U4")
    bars = [boxes(chart, colour_of(player))[0] for player in found.players]
    scale = (bars[0]["x2"] - bars[0]["x"]) / abs(found.score_shares[4, 0])
    ends = [row["x"] + 1.5 for row in boxes(chart, "#16212b")]
    change = float(found.score_change[4])

    assert max(ends) - min(ends) == pytest.approx(abs(change) * scale, rel=0.02)
    assert f"{found.score_after[4]:.1f}" in said(chart)
    assert f"rank {found.rank_before[4]}" in said(chart)


MERGED = (
    Player("data", "Data", "9 of 10 cells changed"),
    Player(
        "methods+aggregation",
        "Treatment and normalisation with aggregation",
        "normalisation from min_max to z_score; aggregation from arithmetic to geometric",
    ),
)


@pytest.mark.parametrize("width", [900, 390])
def test_causes_that_were_merged_are_one_bar_with_one_key(width) -> None:
    found = made(players=MERGED)
    bars, steps = (
        edition_change_chart(found, width=width),
        unit_change_chart(found, "U5", width=width),
    )

    assert covering(bars) == []
    assert covering(steps) == []
    assert "Treatment and normalisation" in " ".join(said(bars))
    assert colour_of(MERGED[1]) == COLOURS["methods"]


def test_editions_of_one_name_in_two_indices_are_told_apart() -> None:
    two = (Edition("First Index", "1", None, 30), Edition("Second Index", "1", None, 30))
    words = said(unit_change_chart(made(old=two[0], new=two[1]), "U5"))

    assert "First Index" in words
    assert "Second Index" in words


def test_scores_on_other_scales_are_told_beside_the_steps() -> None:
    told = Finding("diff-scale", Severity.WARNING, "", "Scales differ.")
    words = "scores of the two may stand on different scales"

    assert words in said(unit_change_chart(made(findings=(told,)), "U5"))
    assert words not in said(unit_change_chart(made(), "U5"))


def test_a_unit_of_one_edition_only_has_no_picture(found) -> None:
    with pytest.raises(UnitError, match="not ranked in both"):
        unit_change_chart(found, "nobody")
    with pytest.raises(UnitError, match="not ranked in both"):
        edition_change_chart(found, units=["nobody"])


def test_periods_are_named_where_editions_are_the_same(found) -> None:
    old, new = (replace(found.old, period=one, edition="5") for one in ("2018", "2021"))

    assert editions_in_words(replace(found, old=old, new=new)) == "Autonomous Index, 2018 → 2021"


def test_colours_of_causes_differ_for_those_who_see_no_red_no_green_or_no_blue() -> None:
    """Simulated after Machado, Oliveira & Fernandes (2009), doi.org/10.1109/TVCG.2009.113."""
    for matrix in (np.eye(3), *_DEFICIENT):
        places = [_lab(matrix @ _linear(colour)) for colour in COLOURS.values()]
        apart = [np.linalg.norm(a - b) for a, b in itertools.combinations(places, 2)]
        assert min(apart) > 19
    dark = [_lab(_DEFICIENT[1] @ _linear(one)) for one, _ in FAMILIES]  # would not do
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(dark, 2)) < 19


_DEFICIENT = (
    np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
              [-0.003882, -0.048116, 1.051998]]),
    np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
              [-0.011820, 0.042940, 0.968881]]),
    np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
              [0.004733, 0.691367, 0.303900]]),
)  # fmt: skip
_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def _linear(colour: str) -> np.ndarray:
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    x, y, z = np.cbrt(_XYZ @ np.clip(linear, 0, 1) / np.array([0.9505, 1.0, 1.089]))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
