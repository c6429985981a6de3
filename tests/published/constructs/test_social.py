"""What publishers of indices of societies do, each construct worked in plain pandas beside it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from rankscope.analyses.against import compare_with_published
from rankscope.data.published import read_published
from rankscope.data.read import read_table
from rankscope.definition.read import read_definition
from rankscope.pipeline import Result, build
from tests.published.constructs import social_deprivation, social_development, social_governance

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.published.constructs.social_table import Worked

HERE = Path(__file__).parent
CASES = (*social_development.CASES, *social_governance.CASES, *social_deprivation.CASES)


def by_row(result: Result, table: pd.DataFrame, values: np.ndarray) -> np.ndarray:
    """Return one value a row of the table, NaN for rows that are not in the result."""
    columns = [list(result.units), [int(period) for period in result.plan.table.periods]]
    index = pd.MultiIndex.from_arrays(columns) if result.periods else pd.Index(columns[0])
    return pd.Series(values, index=index).reindex(table.index).to_numpy()


@pytest.mark.parametrize("work", CASES, ids=lambda work: work.__name__)
def test_scores_ranks_and_print_are_those_worked_by_hand(
    work: Callable[[], Worked], tmp_path: Path
) -> None:
    worked, file = work(), tmp_path / "index.yaml"
    shutil.copy(HERE / f"{work.__name__}.yaml", file)
    worked.table.to_csv(tmp_path / "data.csv")
    definition = read_definition(file)
    result = build(definition, read_table(definition, file))

    for code, expected in worked.scores.items():
        scores = by_row(result, worked.table, result.score(result.plan.node(code)))
        np.testing.assert_allclose(
            scores, expected.to_numpy(dtype=float), rtol=1e-9, atol=1e-9, err_msg=code
        )
    ranks = by_row(result, worked.table, result.rank().astype(float))
    np.testing.assert_array_equal(np.nan_to_num(ranks), worked.ranks.fillna(0).to_numpy())
    assert (ranks > 0).sum() >= 30
    if worked.printed:
        assert_printed(result, worked, file)


def assert_printed(result: Result, worked: Worked, file: Path) -> None:
    """Hold a published table made of the columns worked by hand against the index."""
    pd.DataFrame(worked.printed).to_csv(file.with_name("published.csv"))
    table = read_published(result.plan.definition, file, file.with_name("published.csv"))
    found = compare_with_published(result, table, result.plan.definition.published)
    for name, column in worked.printed.items():
        one = found.column(name)
        assert (one.published, one.compared, one.equal) == (column.count(),) * 3, one.verdict
        assert one.computed == one.compared, name
