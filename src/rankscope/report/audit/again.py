"""What is needed to get the same audit again: definition, versions, command and citation."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rankscope.catalogue.open import packaged
from rankscope.definition.cite import citations
from rankscope.definition.write import definition_text
from rankscope.pipeline.fingerprint import fingerprint
from rankscope.pipeline.plan import HEADLINE

if TYPE_CHECKING:
    from rankscope.report.audit.subject import Subject


@dataclass(frozen=True, slots=True)
class Again:
    """How to repeat an audit; ``beside`` says what the command needs besides the index."""

    definition: str
    versions: tuple[tuple[str, str], ...]
    command: str
    beside: str
    citation: str
    methods: tuple[str, ...]


def again(subject: Subject) -> Again:
    """Return what is needed to get the same audit again."""
    definition = subject.material.index.definition
    return Again(
        definition=definition_text(definition),
        versions=_versions(),
        command=_command(subject),
        beside=_beside(subject),
        citation=_citation(subject),
        methods=citations(definition),
    )


_PACKAGES = (
    "numpy",
    "scipy",
    "scikit-learn",
    "highspy",
    "pandas",
    "joblib",
    "altair",
    "vl-convert-python",
)


def _citation(subject: Subject) -> str:
    """Return how the audit is cited."""
    definition, made = subject.material.index.definition, fingerprint(subject.plan)
    whose = f" by {definition.publisher}" if definition.publisher else ""
    return (
        f"Audit of {definition.title}, edition {definition.edition},{whose}. Computed with "
        f"rankscope {made.version} from data {made.data[:12]}, {subject.found.draws:,} draws, seed "
        f"{subject.found.seed}."
    ).replace(",.", ".")


def _versions() -> tuple[tuple[str, str], ...]:
    """Return what the numbers were computed with; the same on every platform."""
    found = [
        ("rankscope", str(sys.modules["rankscope"].__version__)),
        ("Python", f"{sys.version_info.major}.{sys.version_info.minor}"),
    ]
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def _command(subject: Subject) -> str:
    """Return the command that repeats the audit."""
    found = subject.found
    parts = ["rankscope", "audit", _index_name(subject)]
    if found.view != HEADLINE:
        parts += ["--view", found.view]
    if found.period:
        parts += ["--period", _quoted(found.period)]
    if found.coherence.links.grouping:
        parts += ["--within", _quoted(found.coherence.links.grouping)]
    if _outside(subject):
        parts += ["--outside", "FILE"]
    if found.change is not None:
        parts += ["--since", "OLD"]
    asked = found.uncertainty.asked if found.uncertainty is not None else found.draws
    if asked:
        parts += ["--draws", str(asked)]
    return " ".join([*parts, "--seed", str(found.seed), "-o", "audit.html"])


def _index_name(subject: Subject) -> str:
    """Return how the index is named on the command line: by its catalogue name or its file."""
    index = subject.material.index
    if index.definition.name in packaged():
        return index.definition.name
    return _quoted(index.path.name or index.definition.name)


def _quoted(text: str) -> str:
    return shlex.quote(text)


def _outside(subject: Subject) -> list[str]:
    """Return the variables that are not in the context of the definition."""
    own = {one.code for one in subject.material.index.definition.context}
    return [one for one in subject.found.coherence.links.variables if one not in own]


def _beside(subject: Subject) -> str:
    """Say what the command needs beside the index."""
    parts = []
    if _outside(subject):
        parts.append("FILE is the table of variables outside the index")
    if subject.found.change is not None:
        old = subject.found.change.old
        parts.append(f"OLD is {old.title}, edition {old.edition}")
    return f"{'; '.join(parts)}." if parts else ""
