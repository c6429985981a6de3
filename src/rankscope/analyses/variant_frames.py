"""The tables of a comparison of variants, as data frames."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import pandas as pd

from rankscope.analyses.variant_agreement import MOVES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.variant_agreement import Agreement
    from rankscope.shapes import Matrix


def unit_frame(
    values: Matrix, versions: Sequence[str], units: Sequence[str], names: Sequence[str]
) -> pd.DataFrame:
    """Return a row for each unit: its name, and values of shape (units, the last versions)."""
    columns = list(versions)[len(versions) - values.shape[1] :]
    frame = pd.DataFrame(values, index=pd.Index(units, name="unit"), columns=columns)
    frame.insert(0, "name", list(names), allow_duplicates=True)
    return frame


def square_frame(values: Matrix, versions: Sequence[str]) -> pd.DataFrame:
    """Return a row and a column for each version."""
    return pd.DataFrame(values, index=pd.Index(versions, name="version"), columns=list(versions))


def agreement_frame(found: Sequence[Agreement]) -> pd.DataFrame:
    """Return a row for each variant: correlations, shifts, moves and how many come and go."""
    rows = [
        {
            "title": one.title,
            **asdict(one.ranks),
            **{f"moved_over_{most}": share for most, share in zip(MOVES, one.moved, strict=True)},
            "entered_top_ten": len(one.entered),
            "left_top_ten": len(one.left),
            "only_published": len(one.only_published),
            "only_variant": len(one.only_variant),
        }
        for one in found
    ]
    return pd.DataFrame(rows, index=pd.Index([one.name for one in found], name="variant"))
