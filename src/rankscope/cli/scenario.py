"""``rankscope scenario``: what if some numbers were others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rankscope.cli.emit import Form, emit, say, working
from rankscope.cli.lookup import Built, find_period, find_view, open_built
from rankscope.cli.options import (
    DEFAULT_INDEX,
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    IndexArgument,
    Period,
    View,
)
from rankscope.cli.picture import write_picture
from rankscope.cli.scenario_source import (
    ScenarioFile,
    ScenarioPage,
    Unit,
    befalling,
    chosen,
    scenarios_of,
    written_as,
)

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.analyses.scenario import Outcome
    from rankscope.definition.model import Scenario

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[NAME]...",
        help="Scenarios of the index; several stand side by side, none lists them all.",
        show_default=False,
    ),
]
Draws = Annotated[
    int, typer.Option("--draws", metavar="N", min=0, help="How many draws; 0 for none.")
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of the draws.")]
Top = Annotated[
    int, typer.Option("--top", metavar="N", min=0, help="How many others that move are shown.")
]
Refit = Annotated[
    bool,
    typer.Option("--refit", help="Learn all scales anew from the changed data."),
]


def scenario(
    index: IndexArgument = DEFAULT_INDEX,
    names: Names = None,
    *,
    file: ScenarioFile = None,
    unit: Unit = None,
    refit: Refit = False,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    draws: Draws = 4000,
    seed: Seed = 0,
    top: Top = 10,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: ScenarioPage = None,
) -> None:
    """Show what a scenario does to scores and ranks.

    A scenario changes raw values: a restriction, a cooperation, a merger.  Ranks before and
    after come with their probabilities, from the same draws of all that the index assumes.
    Without a name the scenarios of the index are listed.
    """
    from rankscope.cli.scenario_table import Asked, answer, answer_side_by_side, listing

    kind = written_as(output, text=as_json or as_csv)
    opened = open_built(index, output)
    built = Built(opened.index, opened.result, find_period(opened.result, period))
    known = scenarios_of(built, file, output)
    form = Form(as_json, as_csv, output)
    if not names and not (file and len(known) == 1):
        emit(listing(built, known), form)
        return
    wanted = [befalling(one, unit, refit=refit) for one in chosen(known, names, built)]
    asked = Asked(built, find_view(built.result, view), top)
    found = _outcomes(built, wanted, asked.view, draws, seed)
    if kind == "page" and output is not None:
        _write_page(built, found, output)
    elif kind == "picture" and output is not None:
        from rankscope.charts.scenario_ranks import scenario_ranks_chart

        write_picture(scenario_ranks_chart(found, top=top), output)
    else:
        told = answer(found[0], asked) if len(found) == 1 else answer_side_by_side(found, asked)
        emit(told, form)


def _outcomes(
    built: Built, wanted: list[Scenario], view: str, draws: int, seed: int
) -> list[Outcome]:
    """Return what comes of each scenario."""
    from rankscope.analyses.scenario import what_if

    ties = built.index.ties()
    with working("Playing"):
        return [
            what_if(
                built.result,
                one,
                ties=ties,
                view=view,
                period=built.period,
                draws=draws,
                seed=seed,
            )
            for one in wanted
        ]


def _write_page(built: Built, found: list[Outcome], output: Path) -> None:
    """Write the page, with a map for each scenario that has two changes with sizes."""
    from rankscope.analyses.offset import offset_map
    from rankscope.report.scenario import write_scenarios

    ties = built.index.ties()
    with working("Writing the page"):
        maps = [
            offset_map(
                built.result,
                one.scenario,
                ties=ties,
                view=one.view,
                period=built.period,
                draws=one.chances.draws if one.chances else 0,
                seed=one.design.seed if one.design else 0,
            )
            for one in found
            if _has_map(one.scenario)
        ]
        write_scenarios(built.index, found, output, maps=maps)
    say(f"Wrote {output}.")


def _has_map(scenario: Scenario) -> bool:
    """Whether a scenario is two changes with sizes on frozen scales."""
    sized = [change for change in scenario.changes if change.sizes()]
    return len(scenario.changes) == len(sized) == 2 and scenario.scales == "frozen"
