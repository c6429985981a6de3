"""What if: named changes of data, and the ties between units that some of them act on."""

from __future__ import annotations

from typing import Literal

from rankscope.definition.fields import ChangeField, Code, Conditions, Line, Text
from rankscope.definition.node import Model


class TiesSpec(Model):
    """A table of pairs of units: what they did together."""

    code: Code
    """The name that scenarios refer to."""
    name: Line
    """What is counted, in print."""
    file: Line
    """Path of the table, relative to the definition file: a row for each pair."""
    value_column: Line = "value"
    """The column of what the pair did together."""
    pair_columns: tuple[Line, Line] = ("unit", "partner")
    """The columns of the two units."""
    where: Conditions = ()
    """Columns and what they must hold, where the file has rows of other tables."""
    direction: Literal["mutual", "one_way"] = "mutual"
    """Mutual: the same for both, written once or twice; one way: from the unit to the partner."""
    once_per_pair: bool = False
    """Whether a work of three units counts in three pairs, so that pairs exceed the whole."""
    totals: Line | None = None
    """The column of what each unit did with all others; unless given, the sum of its pairs."""
    feeds: tuple[Code, ...] = ()
    """The indicators that such work is part of."""
    source: Code | None = None
    """The source of the values."""


class Scenario(Model):
    """A named change of data: acts in their order."""

    name: Code
    """A short name without spaces."""
    title: Line | None = None
    """What it is called in print."""
    note: Text = ""
    """What it assumes, and what it can not tell."""
    units: tuple[Line, ...] = ()
    """Units or groups of units that its acts befall, where those name none themselves."""
    scales: Literal["frozen", "refitted"] = "frozen"
    """Frozen: scales stay those of the index; refitted: they are learnt from the changed data."""
    changes: tuple[ChangeField, ...] = ()
    """What happens, in this order."""
