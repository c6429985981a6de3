"""Draws of a small index, made once: weights alone, and methods with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.analyses.uncertainty import uncertainty
from tests.support.indices import FLAT, make_index

if TYPE_CHECKING:
    from rankscope.analyses.uncertainty import Uncertainty

LONG = "Autonomous Municipality of the Northern and Southern Provinces, district"


def drawn_index(*, units: int = 12, named: str = LONG, **more: object) -> Uncertainty:
    """Return 512 draws of an index of units with long names."""
    names = [f"{named} {at}" for at in range(units)]
    index = make_index(framework=FLAT, own=True, units=units, names=names, **more)
    return uncertainty(index.build(), draws=512)


@pytest.fixture(scope="session")
def weights_only() -> Uncertainty:
    return drawn_index(assumptions={"weights": {"method": "perturbed", "by": 0.5}})


@pytest.fixture(scope="session")
def mixed() -> Uncertainty:
    return drawn_index(
        assumptions={
            "weights": {"method": "perturbed", "by": 0.5},
            "normalisation": ["min_max", "z_score"],
        }
    )
