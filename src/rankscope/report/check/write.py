"""Checked texts as a file: one page that needs nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope._files import write_text
from rankscope._words import join_words
from rankscope.claims.as_json import claim_rows, statement_rows
from rankscope.claims.model import Verdict
from rankscope.claims.wording import figure, said, tally
from rankscope.pages.shell import Page
from rankscope.pages.templates import environment, packaged_text
from rankscope.pages.trust import our_own
from rankscope.report.check.marked import pieces, slug

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path

    from rankscope.claims.model import Checked

_STYLES = (("rankscope.pages", "page.css"), ("rankscope.report.check", "check.css"))


def write_check(checked: Sequence[Checked], path: str | os.PathLike[str]) -> Path:
    """Write checked texts as one HTML file, and return its path.

    Raises
    ------
    OutputError
        When the file can not be written.
    """
    return write_text(path, check_html(checked))


def check_html(checked: Sequence[Checked]) -> str:
    """Return checked texts as one HTML page that needs nothing else."""
    found = [judged for one in checked for judged in one.claims]
    names = join_words([one.document.name for one in checked[:3]], "and")
    title = f"Checked: {names}" if len(checked) <= 3 else f"{len(checked)} texts, checked"
    body = (
        environment("rankscope.report.check.templates")
        .get_template("check.html.j2")
        .render(
            title=title,
            message=tally([judged.verdict for judged in found]),
            legend=[(one.value, slug(one)) for one in Verdict if one in {j.verdict for j in found}],
            texts=[text_told(one, number) for number, one in enumerate(checked, start=1)],
        )
    )
    return Page(
        title=title,
        description=f"What {names} claims about ranks, and whether it holds.",
        body=our_own(body),  # the template escapes what is data
        style="\n".join(packaged_text(*one) for one in _STYLES),
    ).html()


def text_told(one: Checked, number: int = 1) -> dict[str, Any]:
    """Return a checked text for a page: its pieces, its claims with verdicts, its statements."""
    return {
        "key": f"t{number}",
        "name": one.document.name,
        "findings": [finding.sentence for finding in one.findings],
        "pieces": list(pieces(one)),
        "rows": [
            row
            | {"said": said(judged.claim), "slug": slug(judged.verdict)}
            | {"evidence": [_witness(found) for found in row["evidence"][:4]]}
            for row, judged in zip(claim_rows(one), one.claims, strict=True)
        ],
        "statements": [row | {"touches_told": _touches(row)} for row in statement_rows(one)],
    }


def _witness(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"figure": figure(row["rank"], row["of"], row["score"])}


def _touches(row: dict[str, Any]) -> str:
    """Say which part of the packaged index a statement touches, and where to explore it."""
    parts = (
        [f"Touches {join_words(row['touches'], 'and')} of ai-capacity"] if row["touches"] else []
    )
    if row["scenarios"]:
        parts.append(f"to explore: rankscope scenario ai-capacity {row['scenarios'][0]}")
    return "; ".join(parts) + "." if parts else ""
