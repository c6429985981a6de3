"""``rankscope offset``: how much of one change makes up for another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope._words import visible
from rankscope.cli.emit import Form, emit, working
from rankscope.cli.lookup import Built, find_period, find_unit, find_view, open_built
from rankscope.cli.options import (
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    IndexArgument,
    Period,
    View,
)
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.cli.scenario import Draws, Seed
from rankscope.cli.scenario_source import ScenarioFile, Unit, befalling, chosen, scenarios_of
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.definition.model import Scenario

Name = Annotated[
    str,
    typer.Argument(
        metavar="SCENARIO", help="A scenario with two changes or more.", show_default=False
    ),
]
Across = Annotated[
    str,
    typer.Option(
        "--x", metavar="N[:A..B]", help="Across: the change, from 1, and its sizes: 1:0..50%."
    ),
]
Upwards = Annotated[
    str,
    typer.Option("--y", metavar="N[:A..B]", help="Upwards: the change, and its sizes: 2:0..30%."),
]
Steps = Annotated[
    int, typer.Option("--steps", metavar="N", min=2, max=200, help="How many sizes of each.")
]

_AXIS = re.compile(r"(\d+)(?::([^.:]+(?:\.\d+%?)?)\.\.([^:]+))?")


def offset(
    index: IndexArgument,
    name: Name,
    *,
    file: ScenarioFile = None,
    unit: Unit = None,
    x: Across = "1",
    y: Upwards = "2",
    steps: Steps = 51,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    draws: Draws = 1000,
    seed: Seed = 0,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Map how much of one change makes up for another.

    Each cell is the scenario with other sizes of two of its changes: the rank, and in how
    many draws it is at least as good as without the scenario.  The line of equal score says
    how much of the second makes up for how much of the first.
    """
    from rankscope.analyses.offset import offset_map
    from rankscope.cli.offset_table import answer

    drawn = is_picture(output, text=as_json or as_csv)
    across, upwards = axis(x, "--x"), axis(y, "--y")
    opened = open_built(index, output)
    built = Built(opened.index, opened.result, find_period(opened.result, period))
    [scenario] = chosen(scenarios_of(built, file, output), [name], built)
    scenario = befalling(scenario, unit, refit=False)
    with working("Mapping"):
        found = offset_map(
            built.result,
            scenario,
            unit=_subject(built, scenario, unit),
            x=across[0],
            y=upwards[0],
            x_ends=across[1],
            y_ends=upwards[1],
            steps=steps,
            ties=built.index.ties(),
            view=find_view(built.result, view),
            period=built.period,
            draws=draws,
            seed=seed,
        )
    if drawn and output is not None:
        from rankscope.charts.offset_map import offset_map_chart

        write_picture(offset_map_chart(found), output)
        return
    emit(answer(found, built), Form(as_json, as_csv, output))


def axis(said: str, option: str) -> tuple[int, tuple[float, float] | None]:
    """Return the change and the ends of an axis, from ``2`` or ``2:0..30%``.

    Raises
    ------
    MethodError
        When it is neither.
    """
    from rankscope._domains import portion

    found = _AXIS.fullmatch(said.strip())
    wrong = f"{option} takes a change and perhaps its sizes, such as 1:0..50%. It can not read "
    if not found:
        raise MethodError(f"{wrong}{visible(said)!r}.")
    change, low, high = found.groups()
    if low is None:
        return int(change), None
    if high.strip().endswith("%") and not low.strip().endswith("%"):
        low += "%"  # as people write 20..50%
    try:
        return int(change), (portion(low.strip()), portion(high.strip()))
    except (TypeError, ValueError):
        raise MethodError(f"{wrong}{visible(said)!r}.") from None


def _subject(built: Built, scenario: Scenario, said: str | None) -> str | None:
    """Return the unit that the map is about: the one told, or the first that is named."""
    if said is not None and "," not in said:
        return find_unit(built.result, said)
    first = next(iter(scenario.units), None)
    return first if first in built.result.units else None
