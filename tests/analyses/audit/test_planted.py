"""One thing spoilt in a sound index: the area that turns, and the advice that names it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from rankscope.analyses.audit import audit
from tests.analyses.audit.planted import UNITS, audited, lights, spoilt

SPOILT = [
    ("outlier", "indicators", "amber", "coherence-outliers", "outliers (Name of e)"),
    ("mostly_outliers", "indicators", "red", "coherence-outliers", "five indicators"),
    ("constant", "indicators", "amber", "coherence-constant", "Leave out Name of e."),
    ("zeros", "indicators", "amber", "coherence-zeros", "whether Name of e tells"),
    ("half_empty", "data", "amber", "coherence-indicator-coverage", "sources for Name of e"),
    ("empty_units", "data", "amber", "coherence-unit-coverage", "District 0000"),
    ("sparse", "data", "red", "coherence-indicator-coverage", "Name of a"),
    ("opposing", "structure", "amber", "coherence-negative-siblings", "direction of Name of e:"),
    ("opposing_pillar", "structure", "red", "coherence-negative", "direction of Name of three:"),
    ("noise", "structure", "red", "coherence-no-dimension", "Name of whole, Name of one"),
    ("twin", "balance", "amber", "coherence-redundant", "Name of d and Name of e"),
    ("identical", "balance", "red", "coherence-redundant", "Name of a"),
    ("identical", "added-value", "red", "coherence-no-added-value", "Name of one"),
    ("identical", "firmness", "amber", "audit-ranks-fixed", "repeat each other"),
    ("noise", "firmness", "amber", "audit-ranks-open", "interval or the tier"),
    ("noise", "choices", "amber", "audit-one-choice", "weights"),
]


def test_a_sound_index_is_green_all_over_and_needs_no_advice():
    found = audited()

    assert {code for code, one in lights(found).items() if one != "green"} == {"choices"}
    assert found.recommendations == ()
    assert found.problems == ()
    assert found.verdict == "7 of 8 areas are sound and 1 could not be judged."


def test_choices_that_nobody_named_are_not_judged():
    area = audited().area("choices")

    assert area.light.value == "grey"
    assert "names no other choice" in area.sentence
    assert "Only weights were varied." in audited().area("firmness").sentence


@pytest.mark.parametrize(("what", "area", "light", "id", "words"), SPOILT)
def test_what_is_spoilt_is_seen_and_named(what, area, light, id, words):
    found = audited(what)

    assert found.area(area).light.value == light
    assert id in {one.id for one in found.findings}
    told = [one for one in found.recommendations if id in one.ids]
    assert len(told) == 1
    assert words in told[0].sentence


@pytest.mark.parametrize("what", ["constant", "half_empty", "empty_units", "twin"])
def test_what_is_sound_stays_green(what):
    areas = {"constant": "indicators", "twin": "balance"}
    others = {key: one for key, one in lights(audited(what)).items() if
              key != areas.get(what, "data")}  # fmt: skip

    assert {code for code, one in others.items() if one != "green"} == {"choices"}
    assert len(audited(what).recommendations) == 1


@pytest.mark.parametrize("what", ["", *dict.fromkeys(one[0] for one in SPOILT)])
def test_nothing_is_advised_that_was_not_found(what):
    found = audited(what)
    known = {one.id for one in found.findings}

    assert len(found.recommendations) <= 8
    for one in found.recommendations:
        assert one.ids
        assert set(one.ids) <= known
        assert one.sentence.endswith(".")
        assert one.why.endswith(".")


def test_advice_on_red_areas_comes_first():
    found = audited("opposing_pillar")

    assert lights(found)["structure"] == lights(found)["balance"] == "red"
    assert lights(found)["added-value"] == "amber"
    first, *rest = (one.ids for one in found.recommendations)
    assert "coherence-negative" in first
    assert any("audit-added-value" in ids for ids in rest)


def test_perfect_robustness_is_called_no_strength():
    assert "no strength" in audited("identical").area("firmness").sentence


def _outside(noise: float) -> pd.DataFrame:
    result = spoilt()
    random = np.random.default_rng(3)
    scores = result.score()
    values = scores + noise * scores.std() * random.normal(size=UNITS)
    return pd.DataFrame({"elsewhere": values}, index=list(result.units))


@pytest.mark.parametrize(("noise", "light"), [(1.0, "green"), (0.36, "amber"), (0.05, "red")])
def test_a_ranking_that_follows_something_outside(noise, light):
    found = audit(spoilt(), draws=64, outside=_outside(noise))

    assert found.area("outside").light.value == light
    assert "elsewhere" in found.area("outside").sentence
    told = [one for one in found.recommendations if "coherence-outside-same" in one.ids]
    assert len(told) == (light != "green")


def test_a_link_over_few_units_is_no_link():
    few = _outside(0.05).iloc[:9]

    assert "elsewhere" not in audit(spoilt(), draws=64, outside=few).area("outside").sentence


@pytest.mark.parametrize(
    ("what", "light"),
    [("", "amber"), ("noise", "red")],
)
def test_arbitrary_weights_leave_ranks_open(what, light):
    assumed = {"weights": {"method": "simplex"}, "levels": [1]}
    found = audit(spoilt(what, assumptions=assumed), draws=256)

    assert found.area("firmness").light.value == light
    assert found.area("choices").light.value == light
    assert any("audit-one-choice" in one.ids for one in found.recommendations)
