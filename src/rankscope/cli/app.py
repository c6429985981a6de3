"""The command line as a whole: its commands, and what holds for all of them."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import Annotated

import typer

from rankscope._words import visible
from rankscope.cli.audit import audit
from rankscope.cli.build import build
from rankscope.cli.check import check
from rankscope.cli.compare import compare
from rankscope.cli.demo import demo
from rankscope.cli.diff import diff
from rankscope.cli.explore import explore
from rankscope.cli.export import export
from rankscope.cli.goal import goal
from rankscope.cli.import_ import import_
from rankscope.cli.importance import importance
from rankscope.cli.imputation import imputation
from rankscope.cli.influence import influence
from rankscope.cli.list_ import list_
from rankscope.cli.new import new
from rankscope.cli.offset import offset
from rankscope.cli.overtake import overtake
from rankscope.cli.rank import rank
from rankscope.cli.reach import reach
from rankscope.cli.recover import recover
from rankscope.cli.report import report
from rankscope.cli.robust import robust
from rankscope.cli.scenario import scenario
from rankscope.cli.schema import schema
from rankscope.cli.sensitivity import sensitivity
from rankscope.cli.show import show
from rankscope.cli.treatment import treatment
from rankscope.cli.trends import trends
from rankscope.cli.validate import validate
from rankscope.cli.variants import variants
from rankscope.errors import MethodError

app = typer.Typer(
    name="rankscope",
    help="Build composite indices and find out how far their rankings can be trusted.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _load_methods(modules: list[str]) -> None:
    """Load modules; what they print goes where messages go, not among the answers."""
    for module in modules:
        import rankscope.methods  # noqa: F401 - what is ours is registered first
        from rankscope._plugins import load_module

        if not all(part.isidentifier() for part in module.removesuffix(".py").split(".")):
            raise MethodError(
                f"--use {visible(module)!r} is no name of a module. "
                "Name it without its path, such as mycaps, and run the command in its folder."
            )
        try:
            with redirect_stdout(sys.stderr):
                load_module(module)
        except SystemExit:
            raise MethodError(
                f"--use {visible(module)}: the module ends the program when it is loaded. "
                'Put what it runs under `if __name__ == "__main__":`.'
            ) from None


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rankscope {sys.modules['rankscope'].__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Say which version this is.", callback=_show_version),
    ] = False,
    use: Annotated[
        list[str] | None,
        typer.Option("--use", metavar="MODULE", help="Load methods of your own from a module."),
    ] = None,
) -> None:
    del version  # its callback has answered
    _load_methods(use or [])


for _command in (
    demo,
    list_,
    build,
    rank,
    show,
    compare,
    robust,
    overtake,
    reach,
    importance,
    imputation,
    influence,
    trends,
    diff,
    sensitivity,
    scenario,
    offset,
    goal,
    audit,
    check,
    variants,
    treatment,
    recover,
    validate,
    new,
    import_,
    export,
    schema,
    report,
    explore,
):
    app.command(_command.__name__.strip("_"))(_command)
