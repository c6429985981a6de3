"""The audit as a file: sections, numbered, in one page that needs nothing else."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rankscope._files import write_text
from rankscope.pages.shell import Page
from rankscope.pages.templates import environment, packaged_text
from rankscope.pages.trust import our_own
from rankscope.pipeline.plan import HEADLINE
from rankscope.report.audit.added_value import added_value_section
from rankscope.report.audit.again import again
from rankscope.report.audit.balance import balance_section
from rankscope.report.audit.change import change_section
from rankscope.report.audit.choices import choices_section
from rankscope.report.audit.conclusions import conclusions
from rankscope.report.audit.data import data_section
from rankscope.report.audit.exhibits import Section, numbered
from rankscope.report.audit.firmness import firmness_section
from rankscope.report.audit.framework import framework_section
from rankscope.report.audit.head import head
from rankscope.report.audit.indicators import indicators_section
from rankscope.report.audit.structure import structure_section
from rankscope.report.audit.subject import Subject
from rankscope.report.audit.views import views_section
from rankscope.report.countries import parts
from rankscope.report.firmness import firmness_from, unknown
from rankscope.report.material import gather
from rankscope.report.method import method
from rankscope.report.sources import anchor_of, origin, sources
from rankscope.report.write import style

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from pathlib import Path

    from rankscope.analyses.audit import Audit
    from rankscope.catalogue.open import Index
    from rankscope.report.firmness import Firmness

_SECTIONS = (
    framework_section,
    data_section,
    indicators_section,
    structure_section,
    balance_section,
    added_value_section,
    firmness_section,
    choices_section,
    views_section,
    change_section,
)


_OWN = (
    "top",
    "verdicts",
    "advice",
    "reading",
    "framework",
    "data",
    "indicators",
    "structure",
    "balance",
    "added-value",
    "firmness",
    "choices",
    "other-views",
    "change",
    "countries",
    "conclusions",
    "rules",
    "about",
    "find-part",
    "open-all",
    "facts-of-page",
)
"""The anchors that every audit report has."""

_MOST = 60
"""There are fewer tables than this, and fewer figures."""


def write_audit(index: Index, found: Audit, path: str | os.PathLike[str]) -> Path:
    """Write the audit of an index as one HTML file, and return its path.

    The same audit gives the same bytes.

    Raises
    ------
    OutputError
        When the file can not be written.
    """
    return write_text(path, audit_html(index, found))


def audit_html(index: Index, found: Audit) -> str:
    """Return the audit of an index as one HTML page that needs nothing else."""
    with _uncollected():
        return _audit_html(index, found)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile: charts are millions of objects, most of them short-lived."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _audit_html(index: Index, found: Audit) -> str:
    subject = _subject(index, found)
    material = subject.material
    sections = numbered(_sections(subject))
    about = origin(material)
    template = environment(
        "rankscope.report.audit.templates", "rankscope.report.templates"
    ).get_template("audit.html.j2")
    body = template.render(
        subject=subject,
        material=material,
        groups=material.groups,
        head=head(subject, sections),
        sections=sections,
        conclusions=conclusions(subject),
        again=again(subject),
        method=method(material),
        parts=parts(material),
        sources=sources(material),
        source_anchor=anchor_of,
        origin=about,
    )
    title = f"Audit of {index.definition.title} {index.definition.edition}"
    return Page(
        title=title,
        description=f"{title}: {found.verdict}",
        body=our_own(body),  # the templates escape what is data
        style=f"{style(material, 0)}\n{packaged_text('rankscope.report.audit', 'audit.css')}",
        script=packaged_text("rankscope.pages", "page.js"),
        data={
            "audit": index.definition.name,
            "edition": index.definition.edition,
            "seed": found.seed,
            "draws": found.draws,
            **about.fingerprint.named(),
        },
    ).html()


def _subject(index: Index, found: Audit) -> Subject:
    """Return what the sections draw on; nothing that the audit has is computed anew."""
    firm: Firmness | None = None
    if found.uncertainty is not None:
        firm = firmness_from(found.uncertainty, found.reach)
    own = firm if found.view == HEADLINE else None
    material = gather(
        index, found.result, firmness=own or unknown(found.result, ""), taken=_taken(found)
    )
    rows = {code: row for row, code in enumerate(found.result.units)}
    return Subject(found, material, firm, rows)


def _taken(found: Audit) -> tuple[str, ...]:
    """Return the anchors of the page itself; a unit of such a name gets another one."""
    areas = (f"findings-{code}" for code in (*(area.code for area in found.areas), "other"))
    counted = (
        f"{kind}-{number}"
        for kind, most in (("table", _MOST), ("figure", _MOST), ("rule", len(found.findings)))
        for number in range(1, most + 1)
    )
    return (*_OWN, *areas, *counted)


def _sections(subject: Subject) -> tuple[Section, ...]:
    """Return the sections; those on units and conclusions have templates of their own."""
    made = tuple(section(subject) for section in _SECTIONS)
    nouns = subject.material.nouns
    return (
        *made,
        Section("countries", f"{nouns.capitalize()}, one by one", nouns.capitalize(), "", ()),
        Section("conclusions", "Conclusions and how to repeat this audit", "Conclusions", "", ()),
    )
