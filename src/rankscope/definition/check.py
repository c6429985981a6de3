"""Whether a definition agrees with itself, in ways that types can not see."""

from __future__ import annotations

from pathlib import Path

from rankscope.definition.check_framework import framework_findings
from rankscope.definition.check_method import method_findings
from rankscope.definition.check_references import reference_findings
from rankscope.definition.located import Locate
from rankscope.definition.model import IndexDefinition
from rankscope.definition.subject import subject_of
from rankscope.findings import Finding


def check_definition(
    definition: IndexDefinition, locate: Locate | None = None, *, folder: Path | None = None
) -> tuple[Finding, ...]:
    """Return everything that is wrong, doubtful or worth knowing in a definition.

    ``locate`` gives the place of a location in a file; without it the places are
    the codes of nodes.  ``folder`` is that of the file, out of which no data file
    may lead.  Nothing is raised; ``docs/findings.md`` explains each finding.
    """
    subject = subject_of(definition, locate, folder)
    return (
        *framework_findings(subject),
        *reference_findings(subject),
        *method_findings(subject),
    )
