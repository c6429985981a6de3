"""COINr's ASEM example, as it comes out of each of COINr's stages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from rankscope.data.table import DataTable, Status
from rankscope.definition.model import (
    DataSpec,
    IndexDefinition,
    MethodSpec,
    Node,
    Screening,
    UnitsSpec,
    Variable,
)
from rankscope.methods.imputation import NoImputation
from rankscope.methods.treatment import SkewKurtosis

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "asem"
DENOMINATORS = ["Area", "Energy", "GDP", "Population"]


def stage(name: str) -> pd.DataFrame:
    """Return what came out of a stage, sorted by unit."""
    table = pd.read_csv(FOLDER / f"ASEM_{name}.csv", dtype=str).set_index("uCode")
    return table.apply(lambda column: pd.to_numeric(column.str.strip().replace("NA", np.nan)))


def asem(start: str = "Screened") -> tuple[IndexDefinition, DataTable]:
    """Return the index with the table as it stands after one of COINr's stages."""
    meta = pd.read_csv(FOLDER / "ASEM_iMeta.csv").set_index("iCode")
    return _definition(meta, divided=start == "Raw"), _table(stage(start))


def chain() -> tuple[IndexDefinition, DataTable]:
    """Return the index from the raw data on, by the preset and the imputation of the example."""
    definition, data = asem("Raw")
    group = Variable(code="EurAsia_group", name="Group", kind="group")
    method = MethodSpec.model_validate(
        {"preset": "coinr", "imputation": {"method": "mean", "within": "EurAsia_group"}}
    )
    changed = {"method": method, "context": (*definition.context, group)}
    return definition.model_copy(update=changed), data


def _definition(meta: pd.DataFrame, *, divided: bool) -> IndexDefinition:
    return IndexDefinition(
        name="asem",
        title="Sustainable connectivity",
        data=DataSpec(file="asem.csv"),
        units=UnitsSpec(register="own"),
        context=tuple(Variable(code=code, name=code) for code in DENOMINATORS),
        framework=_node(meta, "Index", divided=divided),
        method=MethodSpec(
            screening=Screening(by="count", at_least=0.0),
            imputation=NoImputation(),
            treatment=SkewKurtosis(),
        ),
    )


def _node(meta: pd.DataFrame, code: str, *, divided: bool) -> Node:
    row = meta.loc[code]
    children = tuple(
        _node(meta, child, divided=divided) for child in meta.index[meta["Parent"] == code]
    )
    if children:
        return Node(code=code, name=row["iName"], weight=row["Weight"], children=children)
    denominator = row["Denominator"] if divided and isinstance(row["Denominator"], str) else None
    return Node(
        code=code,
        name=row["iName"],
        weight=row["Weight"],
        kind="amount",
        polarity=int(row["Direction"]),
        denominator=denominator,
    )


def _table(values: pd.DataFrame) -> DataTable:
    raw = pd.read_csv(FOLDER / "ASEM_iData.csv").set_index("uCode").loc[values.index]
    whole = values.join(raw[DENOMINATORS]).astype(float)
    matrix = whole.to_numpy()
    units = tuple(str(unit) for unit in whole.index)
    return DataTable(
        units=units,
        names=tuple(raw["uName"]),
        columns=tuple(whole.columns),
        values=matrix,
        years=np.zeros(matrix.shape, dtype=np.int64),
        sources=np.full(matrix.shape, -1),
        status=np.where(np.isnan(matrix), Status.MISSING, Status.OBSERVED).astype(np.int64),
        labels=(("EurAsia_group", tuple(raw["EurAsia_group"])),),
    )
