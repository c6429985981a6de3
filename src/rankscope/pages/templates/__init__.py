"""Templates that every page shares, and the environment that fills them in."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from rankscope.pages.links import web_address
from rankscope.pages.markdown import render_markdown
from rankscope.pages.numbers import coordinate, figure, fixed, ordinal, percent, significant
from rankscope.pages.words import in_prose

_FILTERS = {
    "coordinate": coordinate,
    "figure": figure,
    "fixed": fixed,
    "in_prose": in_prose,
    "markdown": render_markdown,
    "ordinal": ordinal,
    "percent": percent,
    "significant": significant,
    "web": web_address,
}


@cache
def environment(*packages: str) -> Environment:
    """Return the environment of the templates in packages, and of the shared ones.

    It escapes everything, and a name that is not there is an error.
    """
    loaders = [PackageLoader(package, "") for package in (*packages, "rankscope.pages.templates")]
    made = Environment(
        loader=ChoiceLoader(loaders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(_FILTERS)
    return made


def packaged_text(package: str, name: str) -> str:
    """Return a text file that lies in a package: a style sheet, a script."""
    return resources.files(package).joinpath(name).read_text("utf-8").replace("\r\n", "\n")
