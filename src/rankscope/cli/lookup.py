"""From the words of a command line to what they mean in an index."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope._words import did_you_mean, join_words, visible
from rankscope.errors import OutputError, RankscopeError, UnitError
from rankscope.units import GROUPINGS, fold, iso3166, own_register

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rankscope.catalogue import Index
    from rankscope.pipeline.plan import Plan
    from rankscope.pipeline.result import Result
    from rankscope.units import Register


@dataclass(frozen=True, slots=True)
class Built:
    """An index that was opened and built; of a ``panel``, perhaps one ``period`` only."""

    index: Index
    result: Result
    period: str | None = None
    panel: Result | None = None

    @property
    def title(self) -> str:
        """Return title and edition, and the period where there is one."""
        definition = self.index.definition
        title = f"{definition.title}, edition {definition.edition}"
        return title if self.period is None else f"{title} · {self.period}"

    @property
    def decimals(self) -> int:
        """Return how many decimals its scores are shown with."""
        from rankscope.cli.digits import decimals_of_scores

        return decimals_of_scores(self.panel or self.result)

    @property
    def facts(self) -> dict[str, str]:
        """Return what the JSON of every command about an index begins with."""
        from rankscope.pipeline.fingerprint import fingerprint

        definition = self.index.definition
        return {
            "index": definition.name,
            "edition": definition.edition,
            **fingerprint(self.result.plan).named(),
            **({} if self.period is None else {"period": self.period}),
        }


def open_built(name: str, output: Path | None = None) -> Built:
    """Open an index by its name or path, and build it; of a panel, all periods.

    ``output`` is what the command is going to write.

    Raises
    ------
    RankscopeError
        When there is none, something is wrong with it, or ``output`` would replace it.
    """
    from rankscope.catalogue import open_index

    index = open_index(name)
    if output is not None:
        spare_inputs(index, output)
    return Built(index, index.build())


def spare_inputs(index: Index, output: Path) -> None:
    """Refuse to write over what an index is read from.

    Raises
    ------
    OutputError
        When the file is its definition, its data, its facts or its published table.
    """
    there = os.path.isfile(output)  # noqa: PTH113 - of Path it fails for long names
    if there and any(output.samefile(one) for one in _inputs(index)):
        raise OutputError(
            f"{visible(str(output), 200)} is what the index is read from, and would be replaced. "
            "Choose another name."
        )


def _inputs(index: Index) -> list[Path]:
    """Return the files that an index is read from."""
    from rankscope.definition.read import DEFINITION_FILE, WORKBOOK_FILE

    published, data, path = index.definition.published, index.definition.data, index.path
    folder = path if path.is_dir() else path.parent
    named = (data.file, data.facts, published.file if published else None)
    whole = (DEFINITION_FILE, WORKBOOK_FILE) if path.is_dir() else (path.name,)
    files = (folder / one for one in (*named, *whole) if one)
    return [file for file in files if file.is_file()]


def find_period(result: Result, said: str | None) -> str | None:
    """Return the period that is meant, the last unless told; None where there is no panel.

    Raises
    ------
    RankscopeError
        When the index has no such period, or none at all.
    """
    known, title = result.periods, result.plan.definition.title
    if said is None:
        return known[-1] if known else None
    if said.strip() in known:
        return said.strip()
    asked = f"{title} has no period {visible(said)!r}"
    if known:
        raise RankscopeError(f"{asked}. It has {join_words(known, 'and')}.")
    raise RankscopeError(f"{asked}: it is no panel. Leave --period out.")


def find_unit(result: Result, said: str) -> str:
    """Return the code of the unit that goes by a code, a name or an alias.

    Raises
    ------
    UnitError
        When no unit or several go by it, or the index does not have it.
    """
    definition, table = result.plan.definition, result.plan.table
    unit = _register(result).find(said)
    if unit.code not in table.units:
        raise UnitError(f"{definition.title} has no data on {unit}. Choose another unit.")
    return unit.code


def find_units(result: Result, said: str | None) -> tuple[str, ...]:
    """Return the codes of units named with commas between; one name alone may have a comma.

    Raises
    ------
    UnitError
        When no unit or several go by one of the names.
    """
    if said is None:
        return ()
    try:
        return (find_unit(result, said),)
    except UnitError:
        if "," not in said:
            raise
    return tuple(find_unit(result, one.strip()) for one in said.split(",") if one.strip())


def _register(result: Result) -> Register:
    if result.plan.definition.units.register_ == "iso3166":
        return iso3166()
    once = dict(zip(result.units, result.names, strict=True))  # a panel has a row for each period
    return own_register(once.items())


def find_view(result: Result, said: str) -> str:
    """Return the view that is meant.

    Raises
    ------
    RankscopeError
        When the index has no such view.
    """
    views = result.plan.views
    if said.casefold() in views:
        return said.casefold()
    title = result.plan.definition.title
    raise RankscopeError(f"{title} has no view {visible(said)!r}. {_known(said, views)}")


def find_node(result: Result, said: str) -> int:
    """Return the number of the node that goes by a code or a name.

    Raises
    ------
    RankscopeError
        When no node or several go by it.
    """
    nodes = result.plan.nodes
    codes = [node.code for node in nodes]
    if said in codes:
        return codes.index(said)
    found = [
        at for at, node in enumerate(nodes) if fold(said) in {fold(node.code), fold(node.name)}
    ]
    if len(found) == 1:
        return found[0]
    title = result.plan.definition.title
    raise RankscopeError(f"{title} has no node {visible(said)!r}. {_known(said, codes)}")


def find_indicator(result: Result, said: str) -> str:
    """Return the code of the indicator that goes by a code or a name.

    Raises
    ------
    RankscopeError
        When none goes by it.
    """
    specs = result.plan.definition.indicators()
    for spec in specs:
        if fold(said) in {fold(spec.code), fold(spec.name)}:
            return spec.code
    title = result.plan.definition.title
    known = _known(said, [spec.code for spec in specs])
    raise RankscopeError(f"{title} has no indicator {visible(said)!r}. {known}")


def find_group(result: Result, said: str) -> tuple[str, frozenset[int]]:
    """Return a group's name and its rows: a region, an income group, a bloc or a label.

    Raises
    ------
    RankscopeError
        When no unit of the index is in such a group.
    """
    groups = _groups(result)
    for name, rows in groups.items():
        if fold(name) == fold(said):
            return name, rows
    title = result.plan.definition.title
    raise RankscopeError(f"{title} has no group {visible(said)!r}. {_known(said, groups)}")


def _groups(result: Result) -> dict[str, frozenset[int]]:
    """Return the rows of each group that has any."""
    table = result.plan.table
    members: dict[str, set[int]] = {}
    for _, names in table.labels:
        for row, name in enumerate(names):
            members.setdefault(name, set()).add(row)
    if result.plan.definition.units.register_ == "iso3166":
        for row, unit in enumerate(table.units):
            for group in iso3166().get(unit).groups:
                members.setdefault(group, set()).add(row)
    return {name: frozenset(rows) for name, rows in members.items() if name}


def find_grouping(result: Result, said: str | None) -> str | None:
    """Return the grouping that peers are taken from.

    Raises
    ------
    RankscopeError
        When the index has no such grouping.
    """
    from rankscope.analyses.peers import NEIGHBOURS

    if said is None:
        return None
    plan = result.plan
    known = [NEIGHBOURS, *dict(plan.table.labels)]
    if plan.definition.units.register_ == "iso3166":
        known += GROUPINGS
    if said in known:
        return said
    raise RankscopeError(f"--peers must be {join_words(known)}, got {visible(said)!r}.")


def levels_below(plan: Plan, number: int) -> list[list[int]]:
    """Return the nodes at each depth below a node; indicators are not split into views."""
    levels: list[list[int]] = []
    current = list(plan.nodes[number].children)
    while current:
        levels.append(current)
        current = [
            below
            for at in current
            if not plan.nodes[at].spec.is_indicator
            for below in plan.nodes[at].children
        ]
    return levels


def _known(said: str, names: Iterable[str]) -> str:
    known = list(names)
    return did_you_mean(said, known) or f"Known are {join_words(sorted(known)[:12], 'and')}."
