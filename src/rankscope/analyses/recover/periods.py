"""Weights recovered for each period, and where they changed for certain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope._words import join_words, visible
from rankscope.analyses.recover.recover import recover_weights
from rankscope.analyses.recover.shares import share_something
from rankscope.errors import DataError
from rankscope.findings import Finding, warning

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from rankscope.analyses.recover.result import Recovered


@dataclass(frozen=True, slots=True)
class WeightChange:
    """What can be said of the weights of two periods that follow each other.

    ``changed`` is proved: no one set of weights is possible in both.  ``components`` are
    those whose intervals do not meet; there may be none, since intervals are wider than sets.
    """

    before: str
    after: str
    changed: bool
    components: tuple[str, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The finding that weights changed, if they did."""
        if not self.changed:
            return ()
        which = f", certainly of {join_words(map(visible, self.components), 'and')}"
        return (
            warning(
                "recover-changed",
                visible(self.after),
                f"Weights changed between {visible(self.before)} and {visible(self.after)}"
                f"{which if self.components else ''}: none are possible in both.",
                "Compare scores of the two only with that in mind.",
            ),
        )


@dataclass(frozen=True, slots=True, eq=False)
class RecoveredPeriods:
    """The recovered weights of each period, in their order, and the changes between them."""

    periods: tuple[str, ...]
    each: tuple[Recovered, ...]
    changes: tuple[WeightChange, ...]

    def __getitem__(self, period: str | int) -> Recovered:
        return self.each[self.periods.index(str(period))]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The changes that are proved."""
        return tuple(found for change in self.changes for found in change.findings)

    def frame(self) -> pd.DataFrame:
        """Return both ends of each share, a row for each period and component."""
        import pandas as pd

        frames = [one.frame().iloc[:, :4] for one in self.each]
        return pd.concat(frames, keys=self.periods, names=["period", "component"])


def recover_by_period(
    components: Any, totals: Any, periods: Sequence[Any], **options: Any
) -> RecoveredPeriods:
    """Recover the weights of each period, (rows,), from a table of several.

    Components are a data frame or an array, totals a column; ``options`` are those of
    `recover_weights`, which also says what is raised.  A period in which weights are refused
    is compared with none.

    Raises
    ------
    DataError
        When there is not one period for each row.
    """
    own = np.array([str(period) for period in periods])
    if len(own) != len(components) or len(own) != len(totals):
        raise DataError(
            f"There are {len(own)} periods, {len(components)} rows of components and "
            f"{len(totals)} totals. Give one of each for each row."
        )
    named = tuple(dict.fromkeys(sorted(own)))
    found = [
        recover_weights(_rows(components, own == one), _rows(totals, own == one), **options)
        for one in named
    ]
    changes = tuple(
        _change(named[at], named[at + 1], found[at], found[at + 1])
        for at in range(len(named) - 1)
        if not (found[at].refused or found[at + 1].refused)
    )
    return RecoveredPeriods(named, tuple(found), changes)


def _rows(table: Any, rows: Any) -> Any:
    return table.loc[rows] if hasattr(table, "loc") else np.asarray(table, dtype=object)[rows]


def _change(before: str, after: str, old: Recovered, new: Recovered) -> WeightChange:
    """Return whether the shares of two periods have nothing in common."""
    apart = (old.shares[:, 0] > new.shares[:, 1] + 1e-9) | (
        new.shares[:, 0] > old.shares[:, 1] + 1e-9
    )
    components = tuple(name for name, own in zip(old.names, apart, strict=True) if own)
    changed = bool(components) or not share_something(
        (old.cone, old.left_out), (new.cone, new.left_out)
    )
    return WeightChange(before, after, changed, components)
