"""Scenarios as a file: one section each, in one page that needs nothing else."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rankscope._files import write_text
from rankscope._words import join_words
from rankscope.analyses.scenario.words import CAVEAT, answer
from rankscope.catalogue.open import packaged
from rankscope.pages.links import anchors
from rankscope.pages.shell import Page
from rankscope.pages.templates import environment, packaged_text
from rankscope.pages.trust import our_own
from rankscope.pipeline.fingerprint import fingerprint
from rankscope.pipeline.plan import HEADLINE
from rankscope.report.audit.exhibits import Section, numbered
from rankscope.report.scenario.beside import beside_exhibits
from rankscope.report.scenario.sections import scenario_exhibits

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path

    from rankscope.analyses.offset import OffsetMap
    from rankscope.analyses.scenario.outcome import Outcome
    from rankscope.catalogue.open import Index

_STYLES = (
    ("rankscope.pages", "page.css"),
    ("rankscope.report", "report.css"),
    ("rankscope.report.audit", "audit.css"),
)
_TAKEN = ("top", "about", "beside", "limits", "facts-of-page")


def write_scenarios(
    index: Index,
    outcomes: Sequence[Outcome],
    path: str | os.PathLike[str],
    *,
    maps: Sequence[OffsetMap] = (),
) -> Path:
    """Write scenarios of an index, side by side, as one HTML file, and return its path.

    ``maps`` are shown with the scenarios that they are of.  The same outcomes give the same
    bytes.

    Raises
    ------
    OutputError
        When the file can not be written.
    """
    return write_text(path, scenario_html(index, outcomes, maps=maps))


def scenario_html(
    index: Index, outcomes: Sequence[Outcome], *, maps: Sequence[OffsetMap] = ()
) -> str:
    """Return scenarios of an index as one HTML page that needs nothing else."""
    definition = index.definition
    sections = _sections(outcomes, maps)
    title = outcomes[0].title if len(outcomes) == 1 else f"What if: {definition.title}"
    made = fingerprint(outcomes[0].before.plan)
    template = environment(
        "rankscope.report.scenario.templates", "rankscope.report.audit.templates"
    ).get_template("scenario.html.j2")
    body = template.render(
        title=title,
        kicker=f"{definition.title} · Edition {definition.edition} · What if",
        message=_message(outcomes),
        standfirst=CAVEAT,
        sections=sections,
        notes={one.scenario.name: one.scenario.note for one in outcomes},
        acts={one.scenario.name: one.acts for one in outcomes},
        findings=[finding for one in outcomes for finding in one.findings],
        fingerprint=made,
        definition=definition,
        command=_command(index, outcomes),
        draws=outcomes[0].chances.draws if outcomes[0].chances else 0,
        seed=outcomes[0].design.seed if outcomes[0].design else 0,
    )
    return Page(
        title=f"{title} – {definition.title} {definition.edition}",
        description=_message(outcomes),
        body=our_own(body),  # the templates escape what is data
        style="\n".join(packaged_text(*one) for one in _STYLES),
        script=packaged_text("rankscope.pages", "page.js"),
        data={
            "scenarios": ", ".join(one.scenario.name for one in outcomes),
            "edition": definition.edition,
            **made.named(),
        },
    ).html()


def _message(outcomes: Sequence[Outcome]) -> str:
    if len(outcomes) == 1:
        return answer(outcomes[0])
    return f"{len(outcomes)} scenarios: {join_words([one.title for one in outcomes], 'and')}."


def _sections(outcomes: Sequence[Outcome], maps: Sequence[OffsetMap]) -> tuple[Section, ...]:
    """Return the sections: all scenarios side by side if there are several, then each."""
    places = anchors(tuple(one.scenario.name for one in outcomes), frozenset(_TAKEN))
    made = [
        Section(
            anchor=place,
            title=one.title,
            short=one.title,
            lead=answer(one),
            exhibits=tuple(scenario_exhibits(one, _maps_of(one, maps))),
            areas=(one.scenario.name,),
        )
        for one, place in zip(outcomes, places, strict=True)
    ]
    if len(outcomes) > 1:
        said = "The same index, the same draws, one scenario a line."
        exhibits = tuple(beside_exhibits(outcomes, places))
        made.insert(0, Section("beside", "Side by side", "Side by side", said, exhibits))
    return numbered(made)


def _maps_of(outcome: Outcome, maps: Sequence[OffsetMap]) -> list[OffsetMap]:
    return [one for one in maps if one.scenario.name == outcome.scenario.name]


def _command(index: Index, outcomes: Sequence[Outcome]) -> str:
    """Return the command that makes the page again."""
    name = index.definition.name
    parts = ["rankscope", "scenario", name if name in packaged() else index.path.name]
    parts += [one.scenario.name for one in outcomes]
    parts += [] if outcomes[0].view == HEADLINE else ["--view", outcomes[0].view]
    parts += ["--draws", str(outcomes[0].chances.draws)] if outcomes[0].chances else []
    return shlex.join([*parts, "-o", "scenario.html"])
