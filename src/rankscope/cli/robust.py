"""``rankscope robust``: how firm every rank is when all that may vary varies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from rankscope._words import visible
from rankscope.cli.emit import Form, emit, working
from rankscope.cli.lookup import Built, find_node, find_view
from rankscope.cli.one_period import find_present_unit, open_period
from rankscope.cli.options import (
    DEFAULT_INDEX,
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    IndexArgument,
    Period,
    View,
    complete_unit,
)
from rankscope.cli.overtake import admissible_set, levels_of
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.cli.robust_progress import drawing
from rankscope.cli.robust_table import Asked, answer
from rankscope.cli.robust_unit import answer_of_unit
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.analyses.uncertainty import Design
    from rankscope.cli.sheet import Answer

Draws = Annotated[int, typer.Option("--draws", metavar="N", min=1, help="How many draws.")]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of the draws.")]
Weights = Annotated[
    str | None,
    typer.Option(
        "--weights",
        metavar="SET",
        help="The weights that may be, such as bounded(25%), perturbed(25%) or simplex; unless "
        "told, what the index assumes.",
        show_default=False,
    ),
]
Levels = Annotated[
    str | None,
    typer.Option(
        "--levels",
        metavar="N,N",
        help="Whose weights vary: 1 for the children of the index, 1,2 or all.",
        show_default=False,
    ),
]
Unit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="One unit: how probable each rank is, and who it can not be told apart from.",
        autocompletion=complete_unit,
    ),
]
Units = Annotated[
    str | None,
    typer.Option("--units", metavar="A,B", help="Show only these units, or these and --top."),
]
Top = Annotated[int | None, typer.Option("--top", metavar="N", min=1, help="The first N only.")]
Node = Annotated[
    str | None,
    typer.Option("--node", metavar="CODE", help="Ranks at this node, not of the whole index."),
]
Workers = Annotated[
    int, typer.Option("--workers", metavar="N", min=1, help="Threads; the answer is the same.")
]
Every = Annotated[
    bool,
    typer.Option(
        "--multiverse",
        help="Build every combination of methods once, with the published weights, and draw none.",
    ),
]


@dataclass(frozen=True, slots=True)
class _Told:
    """What the options say of the design."""

    node: str | None
    view: str
    weights: str | None
    levels: str | None
    seed: int


def robust(
    index: IndexArgument = DEFAULT_INDEX,
    *,
    draws: Draws = 10_000,
    seed: Seed = 0,
    weights: Weights = None,
    levels: Levels = None,
    unit: Unit = None,
    units: Units = None,
    top: Top = None,
    node: Node = None,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    workers: Workers = 1,
    multiverse: Every = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Show how firm each rank is when all that may vary does.

    All that the index assumes is drawn together: weights, methods, errors of the data.  Units
    of one tier can not be told apart.  Ctrl-C keeps the draws made so far.
    """
    drawn = is_picture(output, text=as_json or as_csv)
    if multiverse and (drawn or unit is not None or weights is not None or levels is not None):
        raise MethodError(
            "--multiverse builds each combination once, with the published weights: it goes "
            "with no picture, --unit, --weights or --levels. Leave these out."
        )
    built = open_period(index, period, output)
    code = find_present_unit(built, unit) if unit is not None else None
    named = _present(built, units)
    with working("Building what may vary"):
        design = _design(built, _Told(node, view, weights, levels, seed))
    if multiverse:
        from rankscope.cli.robust_multiverse import answer_of_all

        emit(answer_of_all(built, design, top, named), Form(as_json, as_csv, output))
        return
    from rankscope.analyses.uncertainty import uncertainty

    with drawing("Drawing", draws) as progress:
        found = uncertainty(design, draws=draws, workers=workers, progress=progress)
    if drawn and output is not None:
        from rankscope.charts.acceptability import unit_acceptability_chart
        from rankscope.charts.rank_intervals import rank_intervals_chart

        one = code is not None and not named and top is None
        chosen = (*named, *([code] if code else []))
        write_picture(
            unit_acceptability_chart(found, chosen[0])
            if one
            else rank_intervals_chart(found, top=top, units=chosen),
            output,
        )
        return
    asked = Asked(built, found, top, named)
    told: Answer = answer(asked) if code is None else answer_of_unit(asked, code)
    emit(told, Form(as_json, as_csv, output))


def _design(built: Built, told: _Told) -> Design:
    """Return what the index assumes, changed as the options say."""
    from rankscope.analyses.uncertainty import design_of
    from rankscope.definition.assumptions import DEFAULT

    assumed = built.index.definition.assumptions or DEFAULT
    changes: dict[str, object] = {}
    if told.weights is not None:  # at which levels they vary, the set then says itself
        changes = {"weights": admissible_set(told.weights), "levels": ()}
    if told.levels is not None:
        changes["levels"] = levels_of(told.levels)
    result = built.result
    design = design_of(
        built.panel or result,
        assumptions=assumed.model_copy(update=changes),
        view=find_view(result, told.view),
        node=result.plan.nodes[find_node(result, told.node)].code if told.node else None,
        period=built.period,
        seed=told.seed,
    )
    if told.levels is not None and not design.varies_weights():
        raise MethodError(
            f"No weights vary at --levels {visible(told.levels)}: no node there has two "
            "children with weight. Name other levels, 1 for the children of the index."
        )
    return design


def _present(built: Built, said: str | None) -> tuple[str, ...]:
    """Return the codes of units named with commas between."""
    parts = (part.strip() for part in (said or "").split(","))
    return tuple(find_present_unit(built, part) for part in parts if part)
