"""Whether a definition agrees with itself, in ways that types can not see."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rankscope.definition.check_assumptions import assumption_findings
from rankscope.definition.check_framework import framework_findings
from rankscope.definition.check_method import method_findings
from rankscope.definition.check_periods import period_findings
from rankscope.definition.check_references import reference_findings
from rankscope.definition.check_scenarios import scenario_findings
from rankscope.definition.check_ties import ties_findings
from rankscope.definition.check_unused import unused_findings
from rankscope.definition.check_variants import published_findings, variant_findings
from rankscope.definition.check_weights import weight_findings
from rankscope.definition.located import Locate
from rankscope.definition.model import IndexDefinition
from rankscope.definition.subject import Subject, subject_of
from rankscope.findings import Finding


def check_definition(
    definition: IndexDefinition, locate: Locate | None = None, *, folder: Path | None = None
) -> tuple[Finding, ...]:
    """Return everything that is wrong, doubtful or worth knowing in a definition.

    ``locate`` gives the place of a location in a file; without it the places are
    the codes of nodes.  ``folder`` is that of the file, out of which no data file
    may lead.  Each variant is checked as the definition that it makes.  Nothing is
    raised; ``docs/findings.md`` explains each finding.
    """
    return tuple(_findings(subject_of(definition, locate, folder)))


def _findings(subject: Subject) -> Iterator[Finding]:
    yield from framework_findings(subject)
    yield from reference_findings(subject)
    if subject.definition.framework.is_indicator:
        return
    yield from weight_findings(subject)
    yield from method_findings(subject)
    yield from period_findings(subject)
    yield from unused_findings(subject)
    yield from published_findings(subject)
    yield from assumption_findings(subject, _of_methods)
    yield from ties_findings(subject)
    yield from scenario_findings(subject)
    yield from variant_findings(subject, check_definition)


def _of_methods(definition: IndexDefinition) -> tuple[Finding, ...]:
    """Return what may be wrong with a definition once its methods are changed."""
    subject = subject_of(definition)
    checks = (reference_findings, method_findings, period_findings)
    return tuple(finding for check in checks for finding in check(subject))
