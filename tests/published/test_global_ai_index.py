"""The Global AI Index (Tortoise Media): its totals from its sub-pillars, and ours beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau, spearmanr

from rankscope.catalogue.open import open_index
from rankscope.data.table import plain_table
from rankscope.data.write import write_table
from rankscope.definition.model import DataSpec, Node
from rankscope.definition.write import write_definition
from rankscope.methods.normalisation import MinMax, NoNormalisation
from rankscope.pipeline import Result, build
from rankscope.testing import make_index

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "published"
SUB_PILLARS = ("Talent", "Infrastructure", "Operating Environment", "Research", "Development",
               "Government Strategy", "Commercial")  # fmt: skip
WEIGHTS = (5, 3, 2, 5, 3, 1, 5)
CODES = tuple(name.lower().replace(" ", "_") for name in SUB_PILLARS)

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


def published(year: int) -> pd.DataFrame:
    """Return a published table by country, its columns by our codes."""
    table = pd.read_csv(FOLDER / f"gaii-{year}.csv", keep_default_na=False).set_index("iso3")
    codes = dict(zip(SUB_PILLARS, CODES, strict=True))
    return table.rename(columns={**codes, "Total score": "overall"})


def gaii() -> tuple[IndexDefinition, DataTable]:
    """Return the edition of 2021 as an index of its seven sub-pillars."""
    children = tuple(
        Node(code=code, name=name, weight=weight, kind="share", unit="points")
        for code, name, weight in zip(CODES, SUB_PILLARS, WEIGHTS, strict=True)
    )
    root = Node(code="gaii", name="Global AI Index", children=children, steps=(MinMax(),))
    values = published(2021)[list(CODES)]
    table = plain_table(tuple(values.index), CODES, values.to_numpy())
    return make_index(root, table, normalisation=NoNormalisation())


def reproduces(result: Result) -> bool:
    """Whether all 62 totals are within the rounding of components and totals, and all ranks."""
    truth = published(2021).loc[list(result.units)]
    off = np.abs(result.score() - truth["overall"].to_numpy())
    return off.max() <= 0.01 and (result.rank() == truth["rank"].to_numpy()).all()


def test_the_totals_and_ranks_of_2021_follow_from_its_sub_pillars() -> None:
    assert len(published(2021)) == 62
    assert reproduces(build(*gaii()))


def test_they_follow_through_files_too(tmp_path: Path) -> None:
    definition, table = gaii()
    filed = definition.model_copy(update={"data": DataSpec(file="values.csv")})
    path = write_definition(filed, tmp_path / "index.yaml")
    write_table(table, tmp_path / "values.csv", definition=filed)

    assert reproduces(open_index(path).build())


@pytest.mark.parametrize("place", range(7))
def test_other_weights_do_not_give_those_totals(place: int) -> None:
    definition, table = gaii()
    children = list(definition.framework.children)
    children[place] = children[place].model_copy(update={"weight": WEIGHTS[place] + 0.1})
    framework = definition.framework.model_copy(update={"children": tuple(children)})

    assert not reproduces(build(definition.model_copy(update={"framework": framework}), table))


# ── ours beside theirs ───────────────────────────────────────────────────────

LOOSELY = 0.7
"""Two indices that both claim to measure capacity in AI, with mostly other data, must agree this
far, or one of them measures something else.  It is a check of sanity, not of quality: far closer
agreement would mean that one of them is redundant."""


def ranks_side_by_side(result: Result, year: int) -> pd.DataFrame:
    """Return both ranks among the countries that both rank; the publisher's column is the truth."""
    ours = pd.Series(result.rank(), index=list(result.units), name="ours")
    both = published(year)[["rank"]].join(ours[ours > 0], how="inner")
    return both.rank(method="min").astype(int).rename(columns={"rank": "theirs"})


def correlations(result: Result, year: int) -> pd.DataFrame:
    """Return Spearman's and Kendall's coefficients, overall and for each sub-pillar."""
    theirs = published(year)
    codes = {node.code: number for number, node in enumerate(result.plan.nodes)}
    rows = {}
    for code in ("overall", *CODES):
        number = result.plan.root if code == "overall" else codes[code]
        ours = pd.Series(result.score(number), index=list(result.units)).dropna()
        both = pd.concat([ours, theirs[code].astype(float)], axis=1, join="inner")
        tau, rho = kendalltau(*both.to_numpy().T)[0], spearmanr(*both.to_numpy().T)[0]
        rows[code] = {"units": len(both), "Spearman": rho, "Kendall": tau}
    return pd.DataFrame(rows).T.round(2)


@pytest.mark.parametrize("year", [2021, 2024])
def test_the_packaged_index_agrees_loosely(year: int, capsys: pytest.CaptureFixture[str]) -> None:
    result = open_index("ai-capacity").build()
    found, both = correlations(result, year), ranks_side_by_side(result, year)
    both["apart"] = both["ours"] - both["theirs"]
    furthest = both.reindex(both["apart"].abs().sort_values(ascending=False).index).head(10)
    with capsys.disabled():
        print(f"\nAI Capacity Index and Global AI Index {year}:\n{found.to_string()}")
        print(f"furthest apart, ranks among {len(both)} in common:\n{furthest.to_string()}")

    assert len(both) > 50
    assert found.loc["overall", "Spearman"] > LOOSELY
