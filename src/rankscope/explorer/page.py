"""The page: hand-written modules put into one script, with what it shows beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rankscope._files import write_text
from rankscope.explorer.facts import facts_of
from rankscope.pages.shell import Page
from rankscope.pages.templates import packaged_text
from rankscope.pages.trust import our_own
from rankscope.report.material import gather

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from rankscope.catalogue.open import Index
    from rankscope.pipeline.result import Result
    from rankscope.report.material import Material

MODULES = (
    "dom",
    "evaluate",
    "numbers",
    "state",
    "downloads",
    "ask",
    "weights",
    "slope",
    "ranking",
    "country",
    "compare",
    "map",
    "method",
    "scenario",
    "check",
    "main",
)
"""The modules of the page; each imports only from those before it."""

DRAWS = 4000

_IMPORT = re.compile(r"^import \{[^}]*\} from \"\./[a-z_]+\.js\";\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |function |class )", re.MULTILINE)

_BODY = """<a class="skip" href="#main">Skip to the content</a>
<div id="app"><p class="loading">The explorer needs JavaScript, which this browser does not run.</p>
</div>"""


def write_explorer(
    index: Index,
    result: Result,
    path: str | os.PathLike[str],
    *,
    draws: int = DRAWS,
) -> Path:
    """Write the explorer of an index as one HTML file that works offline, and return its path.

    The same index gives the same bytes.

    Raises
    ------
    OutputError
        When the file can not be written.
    """
    material = gather(index, result, draws=draws)
    return write_text(path, page_of(material, live=False))


def page_of(material: Material, *, live: bool) -> str:
    """Return the page of an index; a ``live`` one asks the server it came from."""
    definition = material.index.definition
    return Page(
        title=f"{definition.title} {definition.edition}: explorer",
        description=definition.description or definition.title,
        body=our_own(_BODY),
        style=packaged_text("rankscope.explorer.web", "explorer.css"),
        script=script(),
        data=facts_of(material, live=live),
        asks=live,
    ).html()


def script() -> str:
    """Return all modules as one script: what they export and import is known to all of them."""
    texts = (packaged_text("rankscope.explorer.web", f"{name}.js") for name in MODULES)
    joined = "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
    return f'(() => {{\n"use strict";\n{joined}\n}})();\n'
