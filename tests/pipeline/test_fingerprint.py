"""Fingerprints of what an output was computed from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.catalogue import open_index
from rankscope.data.table import plain_table
from rankscope.pipeline import bind
from rankscope.pipeline.fingerprint import Fingerprint, fingerprint
from tests.support.panels import defined, indicator, panel_of

if TYPE_CHECKING:
    import numpy as np

INDEX = open_index("ai-capacity")


def of_values(values: np.ndarray) -> Fingerprint:
    table = plain_table(INDEX.table.units, INDEX.table.columns, values)
    return fingerprint(bind(INDEX.definition, table))


def test_the_same_inputs_have_the_same_fingerprint() -> None:
    again = open_index("ai-capacity")

    assert fingerprint(bind(INDEX.definition, INDEX.table)) == fingerprint(
        bind(again.definition, again.table)
    )


def test_a_table_from_no_file_is_known_by_its_values() -> None:
    values = INDEX.table.values.copy()
    before = of_values(values)
    values[0, 0] += 1

    assert of_values(values).data != before.data
    assert of_values(values).definition == before.definition


def test_periods_and_groups_are_part_of_what_a_table_is_known_by() -> None:
    cells = {("A", "2020"): [1.0], ("A", "2021"): [2.0]}
    panel = panel_of(cells, ("x",))
    later = replace(panel, periods=("2020", "2022"))
    grouped = replace(panel, labels=(("bloc", ("y", "y")),))
    definition = defined(indicator("x"))
    found = {fingerprint(bind(definition, table)).data for table in (panel, later, grouped)}

    assert len(found) == 3
    assert fingerprint(bind(definition, panel_of(cells, ("x",)))).data in found


def test_another_title_is_another_definition() -> None:
    other = INDEX.definition.model_copy(update={"title": "Another"})
    plan = bind(INDEX.definition, INDEX.table)

    found = fingerprint(replace(plan, definition=other))
    assert found.definition != fingerprint(plan).definition
    assert found.data == INDEX.table.fingerprint
