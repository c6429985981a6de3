"""Fingerprints: what an output was computed from, so that the same can be computed again."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.data.table import DataTable
    from rankscope.definition.model import IndexDefinition
    from rankscope.pipeline.plan import Plan


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """SHA-256 of definition and data, and the version that holds the methods."""

    definition: str
    data: str
    version: str

    def named(self) -> dict[str, str]:
        """Return the fingerprints under the names they have in every output."""
        return {
            "definition_sha256": self.definition,
            "data_sha256": self.data,
            "rankscope": self.version,
        }


def fingerprint(plan: Plan) -> Fingerprint:
    """Return the fingerprint of an index; the same inputs have the same one."""
    return Fingerprint(
        definition=_of_definition(plan.definition),
        data=plan.table.fingerprint or _of_values(plan.table),
        version=str(sys.modules["rankscope"].__version__),
    )


def _of_definition(definition: IndexDefinition) -> str:
    """Return the SHA-256 of a definition's content, whatever file it was written in."""
    text = definition.model_dump_json(by_alias=True)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _of_values(table: DataTable) -> str:
    """Return the SHA-256 of rows, columns and values, for a table that was in no file."""
    names = [*table.units, "", *table.columns]
    names += ["", *table.periods] if table.periods else []
    for label, of in table.labels:
        names += ["", label, *of]
    digest = hashlib.sha256("\n".join(names).encode("utf-8"))
    digest.update(np.ascontiguousarray(table.values, dtype="<f8").tobytes())
    return digest.hexdigest()
