"""``rankscope importance``: what drives a score, and which weights would change that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from rankscope._words import visible
from rankscope.cli.emit import Form, emit, working
from rankscope.cli.importance_table import answer, answer_to_wish
from rankscope.cli.lookup import Built, find_node, find_period, find_view, open_built
from rankscope.cli.options import (
    DEFAULT_INDEX,
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    IndexArgument,
    Period,
    View,
)
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from rankscope.analyses.importance.parts import Of
    from rankscope.analyses.importance.targets import Wanted
    from rankscope.analyses.importance.trial import Measure

Node = Annotated[
    str | None,
    typer.Option("--node", metavar="CODE", help="Look at this node, not at the whole index."),
]
Whose = Annotated[
    str,
    typer.Option("--of", metavar="PARTS", help="The importance of its children or indicators."),
]
Wished = Annotated[
    str | None,
    typer.Option(
        "--wanted",
        metavar="A=2,B=1",
        help="Find the weights for this importance: codes with numbers, equal, or nominal "
        "(as the weights are).",
    ),
]
Measured = Annotated[
    str | None,
    typer.Option(
        "--measure",
        metavar="MEASURE",
        help="Of what is wanted: covariance_share, correlation (squared) or correlation_ratio.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of what is random.")]


def importance(
    index: IndexArgument = DEFAULT_INDEX,
    *,
    node: Node = None,
    view: View = DEFAULT_VIEW,
    period: Period = None,
    of: Whose = "children",
    wanted: Wished = None,
    measure: Measured = None,
    seed: Seed = 0,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Show what really drives the score, beside what the weights say.

    A weight says how much a part counts in the sum; how much it decides who is ahead
    depends on spread and correlation too.  With --wanted, find the weights that make
    each part as important as you want, or the proof that none do.
    """
    from rankscope.analyses.importance import importance as drivers
    from rankscope.analyses.importance import weights_for

    opened = open_built(index, output)
    built = Built(opened.index, opened.result, find_period(opened.result, period))
    code = built.result.plan.nodes[find_node(built.result, node)].code if node else None
    seen = find_view(built.result, view)
    drawn = is_picture(output, text=as_json or as_csv)
    form = Form(as_json, as_csv, output)
    if drawn and (wanted is not None or measure is not None):
        raise MethodError("A picture shows importance as it is. Leave --wanted and --measure out.")
    if wanted is None and measure is None:
        with working("Measuring importance"):
            found = drivers(
                built.result,
                node=code,
                view=seen,
                of=cast("Of", of),  # words are checked there
                period=built.period,
                seed=seed,
            )
        if drawn and output is not None:
            from rankscope.charts.importance import importance_chart

            write_picture(importance_chart(found), output)
            return
        emit(answer(built, found), form)
        return
    if of != "children":
        raise MethodError(
            f"--of {visible(of)} does not go with --wanted: weights are found for the children of "
            "one node. Leave --of out, and name the node with --node."
        )
    with working("Looking for weights"):
        wish = weights_for(
            built.result,
            cast("Wanted | None", _wish(wanted)),
            node=code,
            measure=cast("Measure", measure or "covariance_share"),
            view=seen,
            period=built.period,
            seed=seed,
        )
    emit(answer_to_wish(built, wish), form)


def _wish(said: str | None) -> dict[str, float] | str | None:
    """Return the importance that is wanted: a word, or numbers by their codes.

    Raises
    ------
    MethodError
        When a code has no number, or two.
    """
    if said is None or "=" not in said:
        return said
    wish: dict[str, float] = {}
    for pair in said.split(","):
        code, _, number = (one.strip() for one in pair.rpartition("="))
        if code in wish:
            raise MethodError(f"--wanted names {visible(code)} twice. Give it one number.")
        try:
            wish[code] = float(number)
        except ValueError:
            raise MethodError(
                f"--wanted must be codes with numbers, such as A=2,B=1, got {visible(pair)!r}."
            ) from None
    return wish
