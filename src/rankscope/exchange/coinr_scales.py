"""Parameters of normalisation that stand in COINr's iMeta, one set of columns a function.

COINr 1.1 takes them where ``f_n_para = "use_iMeta"``; which function a coin is normalised
with stands in the R script alone.  The names of the columns are those of COINr's
reference pages of n_minmax, n_scaled, n_zscore, n_dist2targ and n_goalposts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

COLUMNS: dict[str, tuple[str, ...]] = {
    "n_goalposts": (
        "goalpost_lower",
        "goalpost_upper",
        "goalpost_scale",
        "goalpost_trunc2posts",
    ),
    "n_scaled": ("scaled_lower", "scaled_upper"),
    "n_zscore": ("zscore_mean", "zscore_sd"),
    "n_minmax": ("minmax_lower", "minmax_upper"),
    "n_dist2targ": ("Target", "dist2targ_cap_max"),
}
"""The columns that each of COINr's functions wants."""

NUMBERS = tuple(
    column
    for columns in COLUMNS.values()
    for column in columns
    if column not in {"goalpost_trunc2posts", "dist2targ_cap_max"}
)
FLAGS = ("goalpost_trunc2posts", "dist2targ_cap_max")

Values = Mapping[str, Any]
"""The parameters of one indicator by column; a gap is not among them."""


@dataclass(frozen=True, slots=True)
class Scales:
    """The functions whose columns are all there; with several, nobody knows which was meant."""

    complete: tuple[str, ...]

    @property
    def chosen(self) -> str | None:
        """Return the one function, or None."""
        return self.complete[0] if len(self.complete) == 1 else None

    def keys(self, values: Values, polarity: float) -> dict[str, Any]:
        """Return goalposts, target and normalisation of an indicator, as a definition has them."""
        keys: dict[str, Any] = {}
        if {"goalpost_lower", "goalpost_upper"} <= values.keys():
            keys["goalposts"] = (values["goalpost_lower"], values["goalpost_upper"])
        if "Target" in values:
            keys["target"] = values["Target"]
        if self.chosen and set(COLUMNS[self.chosen]) <= values.keys():
            keys |= _KEYS[self.chosen](values, polarity)
        return keys


def scales_of(header: tuple[str, ...]) -> Scales:
    """Return which functions a table has all columns for."""
    there = set(header)
    return Scales(tuple(name for name, columns in COLUMNS.items() if set(columns) <= there))


def _goalposts(values: Values, polarity: float) -> dict[str, Any]:
    """Return goalposts as COINr reads them from iMeta: in raw units, whatever the direction."""
    del polarity
    beyond = "cap" if values["goalpost_trunc2posts"] else "keep"
    scale = (0.0, values["goalpost_scale"])
    return {"normalisation": {"method": "goalposts", "to": scale, "beyond": beyond}}


def _scaled(values: Values, polarity: float) -> dict[str, Any]:
    """Return n_scaled as goalposts; COINr applies it to values times their direction."""
    low, high = values["scaled_lower"], values["scaled_upper"]
    ends = (low, high) if polarity > 0 else (-high, -low)
    normalisation = {"method": "goalposts", "to": (0.0, 100.0), "beyond": "keep"}
    return {"goalposts": ends, "normalisation": normalisation}


def _z_score(values: Values, polarity: float) -> dict[str, Any]:
    del polarity
    mean, deviation = values["zscore_mean"], values["zscore_sd"]
    return {"normalisation": {"method": "z_score", "mean": mean, "deviation": deviation}}


def _min_max(values: Values, polarity: float) -> dict[str, Any]:
    del polarity
    ends = (values["minmax_lower"], values["minmax_upper"])
    return {"normalisation": {"method": "min_max", "to": ends}}


def _target(values: Values, polarity: float) -> dict[str, Any]:
    del polarity
    beyond = "cap" if values["dist2targ_cap_max"] else "keep"
    scale = (0.0, 1.0)
    return {"normalisation": {"method": "distance_to_target", "to": scale, "beyond": beyond}}


_KEYS: dict[str, Callable[[Values, float], dict[str, Any]]] = {
    "n_goalposts": _goalposts,
    "n_scaled": _scaled,
    "n_zscore": _z_score,
    "n_minmax": _min_max,
    "n_dist2targ": _target,
}
