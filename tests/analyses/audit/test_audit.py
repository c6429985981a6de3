"""The audit as a whole: any index, any degenerate table, the same answer every time."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.analyses.audit import Audit, audit
from rankscope.analyses.audit.parts import MANY
from rankscope.catalogue import open_index
from rankscope.errors import DataError, MethodError
from rankscope.findings import Severity
from rankscope.pipeline import build
from tests.analyses.audit.planted import FRAMEWORK, lights, sound, spoilt
from tests.analyses.coherence.making import built
from tests.support.indices import FLAT, TWO_LEVELS, UNEVEN, indicator, make_index, pillar
from tests.support.panels import defined, panel_of
from tests.support.panels import indicator as measured

pytestmark = pytest.mark.slow

RANKS = ("structure", "balance", "added-value", "firmness", "choices", "outside")


def whole(found: Audit) -> Audit:
    """Ask for every sentence and table."""
    assert len(found.frame()) == len(found.areas)
    assert found.verdict.endswith(".")
    for one in found.areas:
        assert one.sentence[:1].isupper() or one.sentence[:1].isdigit()
        assert one.sentence.endswith((".", ")"))
        assert "nan" not in one.sentence.split()
    assert all(one.endswith(".") for one in found.problems)
    assert len(found.recommendations) <= 8
    assert len(set(found.findings)) == len(found.findings)
    by_area = [one for area in found.areas for one in area.findings]
    assert sorted(map(str, by_area)) == sorted(map(str, found.findings))
    return found


@pytest.mark.parametrize("framework", [FLAT, TWO_LEVELS, UNEVEN], ids=["flat", "two", "uneven"])
@pytest.mark.parametrize("units", [1, 2, 3, 9])
def test_few_units_are_not_judged_by_correlations_or_places(framework, units):
    found = whole(audit(make_index(framework=framework, units=units).build(), draws=32))

    assert {lights(found)[code] for code in RANKS} == {"grey"}
    allowed = {"coherence-constant", "coherence-outliers", "coherence-indicator-coverage"}
    allowed |= {"coherence-unit-coverage", "coherence-zeros", "coherence-same-value"}
    assert {id for one in found.recommendations for id in one.ids} <= allowed


def test_one_indicator_has_nothing_to_compare():
    found = whole(audit(make_index(framework=pillar("whole", indicator("a"))).build(), draws=32))

    assert found.uncertainty is None
    assert found.draws == 0
    assert any("nothing vary" in one for one in found.problems)
    assert {lights(found)[code] for code in RANKS[:5]} == {"grey"}


@pytest.mark.parametrize(
    "values",
    [
        np.full((40, 9), np.nan),
        np.full((40, 9), 5.0),
        np.where(np.arange(9) == 2, np.nan, sound()[:40]),
        np.where(np.arange(40)[:, None] > 0, np.nan, sound()[:40]),
        np.repeat(sound()[:20], 2, axis=0),
    ],
    ids=["nothing", "constant", "a column", "a row", "ties"],
)
def test_degenerate_tables(values):
    whole(audit(built(values, FRAMEWORK), draws=32))


def test_no_assumptions_leave_the_ranks_unjudged():
    found = whole(audit(spoilt(assumptions={}), draws=32))

    assert lights(found)["firmness"] == lights(found)["choices"] == "grey"
    assert found.design is not None
    assert found.alone == ()


def test_thousands_of_units_leave_out_what_grows_with_their_pairs():
    index = make_index(framework=FLAT, units=MANY + 1, own=True)
    found = whole(audit(index.build(), draws=4000))

    assert found.reach is found.dominance is found.consensus is None
    assert found.draws == 1000
    assert sum(f"{MANY + 1:,} units" in one for one in found.problems) == 2
    assert found.sensitivity is None
    assert lights(found)["firmness"] != "grey"


def test_the_packaged_index_in_another_view():
    result = open_index("ai-capacity").build()
    found = whole(audit(result, view="intensity", draws=256, within="income"))

    assert found.view == found.coherence.view == "intensity"
    assert found.coherence.units == result.ranked(view="intensity")
    assert found.problems == ()
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    places = [order.index(one.severity) for one in found.findings]
    assert places == sorted(places)
    kinds = ("coherence-", "draws-", "sensitivity-", "influence-", "audit-")
    assert all(one.source for one in found.findings if one.id.startswith(kinds))


def test_the_same_index_gives_the_same_audit_for_any_number_of_workers():
    one, other = (audit(spoilt("noise"), draws=1500, seed=4, workers=n) for n in (1, 2))

    assert one.areas == other.areas
    assert one.recommendations == other.recommendations
    assert one.findings == other.findings
    assert one.uncertainty is not None
    assert other.uncertainty is not None
    assert one.uncertainty.frame().equals(other.uncertainty.frame())
    assert one.sensitivity is not None
    assert other.sensitivity is not None
    assert one.sensitivity.frame().equals(other.sensitivity.frame())


def test_another_seed_draws_other_ranks():
    one, other = (audit(spoilt("noise"), draws=64, seed=seed) for seed in (0, 1))

    assert one.uncertainty is not None
    assert other.uncertainty is not None
    assert not one.uncertainty.frame().equals(other.uncertainty.frame())


def test_a_panel_is_audited_in_one_period():
    random = np.random.default_rng(0)
    years = ("2020", "2021")
    cells = {(f"u{n:02}", year): random.normal(50, 10, 3) for n in range(15) for year in years}
    definition = defined(*(measured(code) for code in "abc"))
    index = build(definition, panel_of(cells, ("a", "b", "c")))
    last, first = audit(index, draws=32), audit(index, period="2020", draws=32)

    assert whole(last).period == "2021"
    assert whole(first).period == "2020"
    assert last.panel is index
    assert len(last.result.units) == 15
    assert last.coherence.added_value.shifts.tolist() != first.coherence.added_value.shifts.tolist()
    with pytest.raises(DataError, match="no period"):
        audit(index, period="1999")


def test_questions_that_can_not_be_answered_are_refused():
    with pytest.raises(MethodError):
        audit(spoilt(), view="sideways")
    with pytest.raises(MethodError, match="no grouping"):
        audit(spoilt(), within="colour", draws=16)


def test_what_is_being_done_is_told():
    told: list[str] = []
    audit(spoilt(), draws=16, progress=told.append)

    assert told[0] == "Looking at data and structure"
    assert "Drawing" in told


def test_a_change_of_the_data_is_real():
    found = whole(audit(spoilt(), draws=32, since=built(sound(2), FRAMEWORK)))

    assert found.change is not None
    assert lights(found)["change"] == "green"
    assert "100% of the change" in found.area("change").sentence


def test_a_change_of_the_making_is_not():
    weighed = [
        {**child, "weight": weight}
        for child, weight in zip(FRAMEWORK["children"], (40, 1, 1), strict=True)
    ]
    old = built(sound(), {**FRAMEWORK, "children": weighed})
    found = whole(audit(spoilt(), draws=32, since=old))

    assert lights(found)["change"] in ("amber", "red")
    assert any("audit-change-made" in one.ids for one in found.recommendations)


def test_the_same_edition_has_no_change():
    found = whole(audit(spoilt(), draws=32, since=spoilt()))

    assert lights(found)["change"] == "grey"


def test_zero_weight_is_shown_and_never_counted():
    children = FRAMEWORK["children"]
    extra = {**children[0], "children": [*children[0]["children"], indicator("z", weight=0)]}
    values = np.insert(sound(), 3, 7.0, axis=1)  # the same for all, and it does not matter
    found = whole(audit(built(values, {**FRAMEWORK, "children": [extra, *children[1:]]}), draws=64))

    assert {code for code, one in lights(found).items() if one != "green"} == {"choices"}
    assert "z" not in found.coherence.coverage.codes
