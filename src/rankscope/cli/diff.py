"""``rankscope diff``: why ranks changed from one edition to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from rankscope._words import visible
from rankscope.cli.emit import Form, emit, working
from rankscope.cli.lookup import Built, find_unit, find_view, open_built
from rankscope.cli.options import (
    DEFAULT_VIEW,
    AsCsv,
    AsJson,
    View,
    complete_index,
    complete_unit,
)
from rankscope.cli.picture import PictureFile, is_picture, write_picture
from rankscope.errors import MethodError, UnitError

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.analyses.diff import Diff

Old = Annotated[
    str,
    typer.Argument(
        metavar="OLD",
        help="The earlier edition: a packaged index, or the path of a definition.",
        autocompletion=complete_index,
        show_default=False,
    ),
]
New = Annotated[
    str,
    typer.Argument(
        metavar="NEW",
        help="The later edition, or the same panel with --old-period.",
        autocompletion=complete_index,
        show_default=False,
    ),
]
Unit = Annotated[
    str | None,
    typer.Option(
        "--unit",
        metavar="UNIT",
        help="Show why one unit moved: its code or name.",
        autocompletion=complete_unit,
    ),
]
Top = Annotated[
    int,
    typer.Option("--top", metavar="N", min=1, help="How many of the units that moved most."),
]
OldPeriod = Annotated[
    str | None,
    typer.Option(
        "--old-period",
        metavar="PERIOD",
        help="Which period of OLD, where it is a panel; the last one unless told.",
        show_default=False,
    ),
]
NewPeriod = Annotated[
    str | None,
    typer.Option(
        "--new-period",
        metavar="PERIOD",
        help="Which period of NEW, where it is a panel; the last one unless told.",
        show_default=False,
    ),
]
Renamed = Annotated[
    str | None,
    typer.Option(
        "--renamed",
        metavar="OLD=NEW,...",
        help="Codes of nodes that are the same thing under another code.",
        show_default=False,
    ),
]
Ranges = Annotated[
    int,
    typer.Option(
        "--ranges",
        metavar="N",
        min=0,
        help="Give ranges too, over N draws of the weights that both editions admit.",
    ),
]
Seed = Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Seed of the draws.")]


def diff(
    old: Old,
    new: New,
    *,
    unit: Unit = None,
    top: Top = 20,
    old_period: OldPeriod = None,
    new_period: NewPeriod = None,
    view: View = DEFAULT_VIEW,
    renamed: Renamed = None,
    ranges: Ranges = 0,
    seed: Seed = 0,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    output: PictureFile = None,
) -> None:
    """Show why ranks changed between two editions of an index.

    Each unit's change is handed out among its causes: data, units that entered or left,
    indicators, treatment, weights, aggregation.  Shares add up to the change; each is what a
    cause does on average over all orders in which the causes could have come.
    """
    from rankscope.analyses.diff import diff
    from rankscope.cli.diff_table import Compared, answer
    from rankscope.cli.diff_unit_table import answer_of_unit

    drawn = is_picture(output, text=as_json or as_csv)
    codes = codes_renamed(renamed)
    before, after = open_built(old, output), open_built(new, output)
    asked = find_view(after.result, view)
    find_view(before.result, view)
    code = _unit_of(before, after, unit) if unit is not None else None
    with working("Mixing both editions"):
        found = diff(
            before.result,
            after.result,
            view=asked,
            old_period=old_period,
            new_period=new_period,
            renamed=codes,
            ranges=ranges,
            seed=seed,
        )
    if code is not None:
        _check_ranked(found, before, after, code)
    if drawn and output is not None:
        _draw(found, code, top, output)
        return
    compared = Compared(found, before, after, renamed=codes, top=top, draws=ranges, seed=seed)
    told = answer(compared) if code is None else answer_of_unit(compared, code)
    emit(told, Form(as_json, as_csv, output))


def codes_renamed(said: str | None) -> dict[str, str]:
    """Return old codes with their new ones, from ``a=b,c=d``.

    Raises
    ------
    MethodError
        When a part is no pair, or an old code stands there twice.
    """
    found: dict[str, str] = {}
    for part in (said or "").split(","):
        if not part.strip():
            continue
        old, _, new = (one.strip() for one in part.partition("="))
        if not old or not new or old in found:
            raise MethodError(
                f"--renamed takes each old code once, with its new one: labs=laboratories,"
                f"staff=people. It can not read {visible(part.strip())!r}."
            )
        found[old] = new
    return found


def _unit_of(before: Built, after: Built, said: str) -> str:
    """Return the code of the unit that is meant, in the new edition or else in the old one."""
    try:
        return find_unit(after.result, said)
    except UnitError as problem:
        try:
            return find_unit(before.result, said)
        except UnitError:
            raise problem from None


def _check_ranked(found: Diff, before: Built, after: Built, code: str) -> None:
    """Refuse a unit that has no rank in one of the editions.

    Raises
    ------
    UnitError
        Then, saying in which it has one.
    """
    if code in found.units:
        return
    pairs = [pair for one in (after, before) for pair in zip(*_named(one), strict=True)]
    name = next(name for own, name in pairs if own == code)
    where = "in neither edition"
    if name in found.entered:
        where = f"in the new edition only ({found.new.edition})"
    elif name in found.left:
        where = f"in the old edition only ({found.old.edition})"
    raise UnitError(
        f"{visible(name)} is ranked {where}, so that no change can be told. Name another unit."
    )


def _named(built: Built) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return built.result.units, built.result.names


def _draw(found: Diff, code: str | None, top: int, path: Path) -> None:
    from rankscope.charts.edition_change import edition_change_chart, unit_change_chart

    if code is None:
        write_picture(edition_change_chart(found, top=top), path)
    else:
        write_picture(unit_change_chart(found, code), path)
