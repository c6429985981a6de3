"""Known answers: the Global AI Index of 2021, and COINr's ASEM example."""

from __future__ import annotations

import pytest

from rankscope.analyses.exact.reach import reach
from rankscope.methods.admissible import Bounded, Perturbed
from rankscope.pipeline import build
from tests.pipeline.asem import asem
from tests.published.test_global_ai_index import gaii

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]

KNOWN = {
    Bounded(0.25): {
        "RUS": (32, 35), "CHN": (2, 2), "GBR": (3, 6), "IND": (11, 23), "CHE": (12, 21),
    },
    Perturbed(0.25): {
        "RUS": (32, 35), "CHN": (2, 2), "GBR": (3, 6), "IND": (11, 25), "CHE": (12, 26),
    },
}  # fmt: skip


@pytest.mark.parametrize("admissible", list(KNOWN), ids=lambda one: one.label())
def test_the_reach_of_five_countries_is_known(admissible) -> None:
    found = reach(build(*gaii()), weights=admissible)
    assert found.exact.all()
    for code, (best, worst) in KNOWN[admissible].items():
        one = found.of_unit(code)
        assert (one.best, one.worst) == ((best, best), (worst, worst))


@pytest.mark.slow
def test_switzerland_can_lose_the_first_place_of_asem_in_one_set_only() -> None:
    """COINr's example: weights of the two sub-indices and the eight pillars within a quarter."""
    result = build(*asem("Imputed"))
    loose = reach(result, weights=Perturbed(0.25), levels=(1, 2))
    strict = reach(result, weights=Bounded(0.25), levels=(1, 2))
    assert loose.exact.all()
    assert strict.exact.all()
    assert strict.of_unit("CHE").worst == (1, 1)
    assert loose.of_unit("CHE").worst[0] > 1
