"""The head of the audit report: verdict, traffic lights, recommendations, and how to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rankscope.analyses.choice_words import weights_words
from rankscope.pages.words import counted, starting
from rankscope.report.assumed import assumed
from rankscope.report.audit.signs import Sign, light_sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.report.audit.exhibits import Section
    from rankscope.report.audit.subject import Subject


@dataclass(frozen=True, slots=True)
class Lit:
    """A row of the traffic lights: a question, its light and answer, and where to read on."""

    title: str
    sign: Sign
    sentence: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What should be done, and why."""

    sentence: str
    why: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head."""

    title: str
    kicker: str
    verdict: str
    subject: str
    lights: tuple[Lit, ...]
    advice: tuple[Advice, ...]
    assumed: str
    problems: tuple[str, ...]


def head(subject: Subject, sections: Sequence[Section]) -> Head:
    """Return the head; ``sections`` are numbered."""
    found, definition = subject.found, subject.material.index.definition
    edition = [f"Edition {definition.edition}", definition.publisher]
    if found.period:
        edition.insert(1, f"Period {found.period}")
    return Head(
        title=definition.title,
        kicker=" · ".join(one for one in edition if one),
        verdict=found.verdict,
        subject=_subject(subject),
        lights=tuple(
            Lit(
                title=area.title,
                sign=light_sign(area.light),
                sentence=area.sentence,
                sections=tuple(one for one in sections if area.code in one.areas),
            )
            for area in found.areas
        ),
        advice=tuple(
            Advice(starting(one.sentence), starting(one.why)) for one in found.recommendations
        ),
        assumed=_assumed(subject),
        problems=found.problems,
    )


def _subject(subject: Subject) -> str:
    """Say what was audited: how many units, ranked by how many indicators."""
    material = subject.material
    ranked = material.result.ranked(view=subject.found.view)
    indicators = counted(len(material.index.definition.indicators()), "indicator")
    told = f"{starting(material.units(ranked))} ranked by {indicators}"
    rest = len(material.result.units) - ranked
    if rest:
        told += f"; {rest:,} more without a rank"
    return f"{told}."


def _assumed(subject: Subject) -> str:
    """Say what was assumed: what varied, and over which weights proofs hold."""
    found, told = subject.found, []
    if found.uncertainty is not None and found.design is not None:
        names = [one.title.lower() for one in assumed(found.design, subject.material.noun)]
        told.append(
            "To see how firm ranks are, the index was computed by "
            f"{counted(found.draws, 'design')} drawn at random (seed {found.seed}), in which "
            f"these vary: {', '.join(names)}."
        )
    if found.reach is not None:
        told.append(
            "What is called proved holds for all weights that may be taken, "
            f"{weights_words(found.reach.label)}, and all else as published."
        )
    told.append(
        "Verdicts stand on thresholds: rules of thumb that others use, such as the Joint Research "
        "Centre of the European Commission in its audits, the OECD/JRC handbook and the software "
        "COINr, and a few of rankscope’s own (conventions §18). They draw the eye to what should "
        "be looked at; a value just beyond one is hardly different from a value just within."
    )
    return " ".join(told)
