"""The report as a file: sections from the index, templates, style and script in one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._files import write_text
from rankscope.charts.palette import sequence
from rankscope.pages.shell import Page
from rankscope.pages.templates import environment, packaged_text
from rankscope.pages.trust import our_own
from rankscope.report.countries import parts
from rankscope.report.coverage import gaps
from rankscope.report.framework import framework
from rankscope.report.head import head, headline_words
from rankscope.report.material import Material, gather
from rankscope.report.method import method
from rankscope.report.ranking import ranking
from rankscope.report.robustness import robustness
from rankscope.report.scenarios import scenarios
from rankscope.report.sources import Origin, anchor_of, origin, sources
from rankscope.report.views import views
from rankscope.report.world import map_of

if TYPE_CHECKING:
    import os
    from pathlib import Path

    from rankscope.catalogue.open import Index
    from rankscope.pipeline.result import Result


DRAWS = 4000
"""How many defensible designs show how firm the ranks are."""


def write_report(
    index: Index,
    result: Result,
    path: str | os.PathLike[str],
    *,
    draws: int = DRAWS,
    panel: Result | None = None,
) -> Path:
    """Write the report of an index as one HTML file, and return its path.

    The same index gives the same bytes.  So many ``draws`` show how firm every rank is; with
    0 that is left out.  Where the result is one period of a panel, ``panel`` is the whole.

    Raises
    ------
    OutputError
        When the file can not be written.
    """
    return write_text(path, report_html(index, result, draws=draws, panel=panel))


def report_html(
    index: Index, result: Result, *, draws: int = DRAWS, panel: Result | None = None
) -> str:
    """Return the report of an index as one HTML page that needs nothing else."""
    material = gather(index, result, draws=draws, panel=panel)
    drawn, about = map_of(material), origin(material)
    template = environment("rankscope.report.templates").get_template("report.html.j2")
    body = template.render(_sections(material), map=drawn, origin=about)
    return Page(
        title=f"{index.definition.title} {index.definition.edition}",
        description=headline_words(material),
        body=our_own(body),  # the templates escape what is data
        style=style(material, len(drawn.breaks) + 1 if drawn else 0),
        script=packaged_text("rankscope.pages", "page.js"),
        data=_about(index, about),
    ).html()


def _sections(material: Material) -> dict[str, object]:
    """Return what the templates show, by the names that they use."""
    return {
        "material": material,
        "groups": material.groups,
        "head": head(material),
        "ranking": ranking(material),
        "robustness": robustness(material),
        "scenarios": scenarios(material),
        "parts": parts(material),
        "views": views(material),
        "gaps": gaps(material),
        "framework": framework(material),
        "method": method(material),
        "sources": sources(material),
        "source_anchor": anchor_of,
    }


def style(material: Material, classes: int) -> str:
    """Return the style sheet: of all pages, of the report, and the colours of parts and classes."""
    sheets = [
        packaged_text("rankscope.pages", "page.css"),
        packaged_text("rankscope.report", "report.css"),
    ]
    parts = [
        f".g{number}{{fill:{group.colour};background:{group.colour}}}"
        for number, group in enumerate(material.groups)
    ]
    shown = (
        ":root:not([data-view='1']):not([data-view='2'])",
        "[data-view='1']",
        "[data-view='2']",
    )
    steps = [
        f".k{number}{{fill:{colour};background:{colour}}}"
        + "".join(f"{where} .{letter}{number}{{fill:{colour}}}" for where, letter in views)
        for number, colour in enumerate(sequence(classes), start=1)
        for views in [list(zip(shown, "abc", strict=True))[: len(material.views)]]
    ]
    return "\n".join([*sheets, *parts, *(steps if classes else [])])


def _about(index: Index, about: Origin) -> dict[str, str]:
    return {
        "index": index.definition.name,
        "edition": index.definition.edition,
        **about.fingerprint.named(),
    }
