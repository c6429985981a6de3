"""The log of treatment: what was decided, and each value that moved."""

from __future__ import annotations

import numpy as np
import pytest

from rankscope.analyses.treated import treated, treated_cells
from rankscope.data.table import plain_table
from rankscope.definition.model import Node
from rankscope.methods.treatment import Log, SkewKurtosis
from rankscope.pipeline import build
from rankscope.testing import make_index
from tests.pipeline.asem import chain

VALUES = [*map(float, range(1, 16)), 300.0]


def index(**own):
    leaf = Node(code="a", name="A", kind="share", **own)
    root = Node(code="r", name="R", children=(leaf,))
    units = tuple(f"u{row:02}" for row in range(len(VALUES)))
    return build(*make_index(root, plain_table(units, ("a",), np.array([VALUES]).T)))


def test_a_value_drawn_in_is_told_with_what_it_was():
    [one] = treated(index(treatment=SkewKurtosis()))

    assert [(cell.unit, cell.before, cell.after) for cell in one.cells] == [("u15", 300, 15)]
    assert one.skewness == (pytest.approx(3.98, abs=0.01), pytest.approx(0.0, abs=0.2))
    assert not one.moved
    assert "drawn in" in one.decision


def test_a_logarithm_moves_every_value_and_lists_none():
    [one] = treated(index(treatment=Log("smallest")))

    assert one.moved
    assert one.cells == ()
    assert one.skewness[0] > one.skewness[1]


@pytest.mark.shared
@pytest.mark.usefixtures("shared")
def test_of_coinrs_example_the_same_values_are_drawn_in():
    found = treated_cells(build(*chain())).groupby("indicator").size().to_dict()

    assert found == {
        "Flights": 1, "Bord": 3, "Gas": 3, "Services": 4, "FDI": 2, "ForPort": 3, "CostImpEx": 1,
        "Tariff": 3, "StMob": 2, "CultServ": 3, "Forest": 2, "Poverty": 3, "NGOs": 3, "FemLab": 1,
        "PubDebt": 1,
    }  # fmt: skip
