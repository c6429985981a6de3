"""All statistics of an audit together: any index, any degenerate table, one set of findings."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace

import numpy as np
import pytest

from rankscope._registry import methods_of
from rankscope.analyses.coherence import Coherence, coherence
from rankscope.catalogue import open_index
from rankscope.errors import DataError, MethodError
from rankscope.findings import Severity
from rankscope.pipeline import build
from tests.analyses.coherence.making import built, two_factors, two_pillars
from tests.support.indices import FLAT, TWO_LEVELS, UNEVEN, indicator, make_index, pillar
from tests.support.panels import defined, panel_of
from tests.support.panels import indicator as measured

pytestmark = pytest.mark.slow

PARTS = [one.name for one in fields(Coherence)][6:]


def everything(found: Coherence) -> Coherence:
    """Ask for every table and every number."""
    for name in PARTS:
        assert len(getattr(found, name).frame().columns) >= 0
    found.coverage.indicator_frame()
    found.redundancy.inflation_frame()
    assert found.added_value.from_any >= 0 or np.isnan(found.added_value.from_any)
    assert found.added_value.from_all >= 0 or np.isnan(found.added_value.from_all)
    assert len(found.frame()) == len(found.findings)
    return found


@pytest.fixture(scope="module")
def capacity():
    return open_index("ai-capacity").build()


@pytest.mark.parametrize("view", ["headline", "scale", "intensity"])
def test_the_packaged_index_is_audited_in_each_view(capacity, view):
    found = everything(coherence(capacity, view=view, within="income"))

    assert found.units == capacity.ranked(view=view)
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    places = [order.index(one.severity) for one in found.findings]
    assert places == sorted(places)
    assert Severity.ERROR not in {one.severity for one in found.findings}
    known = {*capacity.units, *capacity.plan.table.columns, ""}
    known |= {node.code for node in capacity.plan.nodes}
    assert {one.place for one in found.findings} <= known
    assert all(one.sentence.endswith(".") for one in found.findings)
    assert all(one.source for one in found.findings if one.id.startswith("coherence-"))
    assert len(set(found.findings)) == len(found.findings)


def test_a_view_counts_its_own_side_only(capacity):
    found = coherence(capacity, view="scale")
    counted = dict(zip(found.statistics.codes, found.statistics.counted.tolist(), strict=True))

    assert counted["github_developers.scale"]
    assert not counted["github_developers.intensity"]


def test_the_same_seed_gives_the_same_and_a_node_is_audited_alone(capacity):
    one, two = (coherence(capacity, node="talent", seed=5) for _ in range(2))

    assert one.findings == two.findings
    assert one.dimensions.frame().equals(two.dimensions.frame())
    assert [own.node for own in one.dimensions.nodes] == ["talent"]
    assert one.coverage.codes == (
        "github_developers",
        "tertiary_enrolment",
        "test_scores",
        "education_spending",
    )


SIZES = [1, 2, 3, 4, 12]


@pytest.mark.parametrize(
    ("framework", "units", "gaps"),
    [*itertools.product([FLAT, TWO_LEVELS, UNEVEN], SIZES, [0.0, 0.4])],
)
def test_small_and_gappy_tables_never_crash_or_warn(framework, units, gaps):
    method = {"screening": {"at_least": 0.0}}
    found = coherence(
        make_index(framework=framework, units=units, gaps=gaps, method=method).build()
    )

    everything(found)


@pytest.mark.parametrize("value", [5.0, 0.0, np.nan])
@pytest.mark.parametrize("columns", [[1], [0, 1, 2], [0, 1, 2, 3, 4]])
def test_constant_and_empty_indicators_never_crash_or_warn(value, columns):
    index = make_index(units=20)
    values = index.table.values.copy()
    values[:, columns] = value
    status = np.where(np.isnan(values), 0, 1)
    found = everything(
        coherence(replace(index, table=replace(index.table, values=values, status=status)).build())
    )

    if value == 5.0:
        told = {one.place for one in found.findings if one.id == "coherence-constant"}
        assert {"abcde"[column] for column in columns} - {"a"} <= told


OTHERS = {
    "adjusted_mazziotta_pareto",
    "difference",
    "ordered_weighted",
    "ratio",
    "scaled_geometric",
}
"""They combine two children, need parameters, or scores above zero from below."""


@pytest.mark.parametrize("aggregation", sorted({*methods_of("aggregation")} - OTHERS))
def test_any_aggregation_is_audited(aggregation):
    method = {
        "aggregation": aggregation,
        "normalisation": {"method": "min_max", "to": [1, 100]},
    }
    everything(coherence(built(two_factors(units=20), two_pillars(), method=method)))


def test_an_index_with_one_pillar_of_one_indicator_is_audited():
    framework = pillar("whole", pillar("only", indicator("a")))
    found = everything(coherence(make_index(framework=framework, units=10).build()))

    assert found.dimensions.nodes == ()
    assert found.findings


def test_of_a_panel_one_period_is_audited():
    random = np.random.default_rng(0)
    cells = {
        (f"u{unit:02}", year): random.normal(50, 10, 3).tolist()
        for year in ("2020", "2021")
        for unit in range(25)
    }
    definition = defined(*(measured(code) for code in "abc"))
    table = panel_of(cells, ("a", "b", "c"))
    result = build(definition, table)
    first, last = coherence(result, period="2020"), everything(coherence(result))

    assert (first.period, last.period, last.units) == ("2020", "2021", 25)
    own = table.values[25:]
    assert last.statistics.means[0] == pytest.approx(own.mean(axis=0))
    assert last.dimensions.of("root").eigenvalues == pytest.approx(
        np.linalg.eigvalsh(np.corrcoef(own.T))[::-1], abs=1e-9
    )
    assert len(last.coverage.units) == 25
    with pytest.raises(DataError, match="no period"):
        coherence(result, period="1999")


def test_what_there_is_not_is_said(capacity):
    with pytest.raises(MethodError, match="no node 'talents'"):
        coherence(capacity, node="talents")
    with pytest.raises(MethodError, match="nothing below it"):
        coherence(capacity, node="test_scores")
    with pytest.raises(MethodError, match="no view"):
        coherence(capacity, view="scales")


def test_an_index_of_one_clear_factor_is_found_sound():
    """One factor, no gaps, no outliers: nothing but what correlates as it should."""
    random = np.random.default_rng(11)
    factor = random.uniform(20, 80, (100, 1))
    values = factor + random.uniform(-25, 25, (100, 3))
    found = coherence(built(values, pillar("whole", *(indicator(code) for code in "abc"))))

    assert [one.id for one in found.findings if one.severity is Severity.WARNING] == []
