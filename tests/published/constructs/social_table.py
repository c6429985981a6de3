"""Tables of made-up units, and ranks and percentiles in pandas, for indices of societies."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

NAN = np.nan


@dataclass
class Worked:
    """An index worked by hand: its table, scores by the codes of nodes, ranks of the whole.

    ``printed`` are columns of a published table, as its steps should make them.
    """

    table: pd.DataFrame
    scores: dict[str, pd.Series]
    ranks: pd.Series
    printed: dict[str, pd.Series] = field(default_factory=dict)


class Drawing:
    """Draws columns for as many units, each with ties, and with gaps where asked for."""

    def __init__(self, seed: int, count: int = 60) -> None:
        self.rng = np.random.default_rng(seed)
        self.index = pd.Index([f"u{number:03}" for number in range(count)], name="id")
        self.table = pd.DataFrame(index=self.index)

    def add(self, name: str, low: float, high: float, decimals: int = 1, gaps: float = 0.0) -> None:
        """Add uniform numbers."""
        self._add(name, self.rng.uniform(low, high, len(self.index)).round(decimals), gaps)

    def skewed(self, name: str, size: float = 1.0, gaps: float = 0.0) -> None:
        """Add lognormal numbers, a tenth of them zero."""
        values = (np.exp(self.rng.normal(0, 1, len(self.index))) * size).round(1)
        values[self.rng.random(len(values)) < 0.1] = 0.0
        self._add(name, values, gaps)

    def choice(self, name: str, *choices: object, gaps: float = 0.0) -> None:
        """Add one of a few."""
        self._add(name, self.rng.choice(np.array(choices), len(self.index)), gaps)

    def _add(self, name: str, values: np.ndarray, gaps: float) -> None:
        column = pd.Series(values, self.index)
        self.table[name] = column.mask(self.rng.random(len(column)) < gaps) if gaps else column


def best_first(scores: pd.Series, method: str = "min") -> pd.Series:
    """Return ranks, 1 the highest."""
    return scores.round(9).rank(method=method, ascending=False)


def lowest_first(scores: pd.Series, method: str = "min") -> pd.Series:
    """Return ranks, 1 the lowest."""
    return scores.round(9).rank(method=method)


def between(values: pd.Series, low: float, high: float) -> pd.Series:
    """Return the place between two fixed ends, 0 to 1, cut at both."""
    return ((values - low) / (high - low)).clip(0, 1)


def stretched(values: pd.Series) -> pd.Series:
    """Return the place between the lowest and the highest, 0 to 1."""
    return (values - values.min()) / (values.max() - values.min())


def standardised(values: pd.Series, ddof: int = 1) -> pd.Series:
    """Return distances from the mean in deviations."""
    return (values - values.mean()) / values.std(ddof=ddof)


def half_up(values: pd.Series, decimals: int) -> pd.Series:
    """Return rounded numbers, halves up, a printed half being one."""
    return np.floor((values * 10**decimals).round(8) + 0.5) / 10**decimals


def groups(scores: pd.Series, count: int, *, from_top: bool = False) -> pd.Series:
    """Return the number of the group of equal size, ties in the lower one."""
    return np.ceil((count * scores.round(9).rank(method="min", ascending=not from_top)
                    / scores.count()).round(9))  # fmt: skip


def mean_of(frame: pd.DataFrame, weights: list[float] | None = None) -> pd.Series:
    """Return the weighted mean of what is there."""
    own = frame.notna() * (np.ones(frame.shape[1]) if weights is None else np.array(weights))
    return (frame.fillna(0) * own).sum(axis=1) / own.sum(axis=1).replace(0, NAN)


def first_component(frame: pd.DataFrame) -> np.ndarray:
    """Return the loadings on the first principal component of the correlations, positive."""
    values, vectors = np.linalg.eigh(np.corrcoef(frame.dropna().to_numpy().T))
    return np.abs(vectors[:, -1]) * np.sqrt(values[-1])
