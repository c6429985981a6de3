"""All findings of an audit: each once, with its source and the area that it bears on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.analyses.audit.own_findings import own_findings
from rankscope.analyses.coherence.rules import SOURCES, sourced
from rankscope.findings import Severity, note
from rankscope.methods.references import HANDBOOK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rankscope.analyses.audit.model import Audit
    from rankscope.findings import Finding

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)

SIMULATION = (
    "Saisana, Saltelli & Tarantola (2005) Journal of the Royal Statistical Society A 168(2), "
    "307-323, doi:10.1111/j.1467-985X.2005.00350.x"
)
_LEAVING_OUT = f"{HANDBOOK}, step 7: uncertainty and sensitivity analysis"

_IDLE = {
    "goalposts-unused": ("goalposts", "Take them out, or normalise by goalposts."),
    "target-unused": ("a target", "Take them out, or normalise by the distance to the target."),
}
"""What definitions may say of indicators without any effect."""

_AREAS = {
    "data": ("coherence-unit-coverage", "coherence-indicator-coverage", "data-", "imputation-"),
    "indicators": (
        "coherence-outliers",
        "coherence-constant",
        "coherence-zeros",
        "coherence-same-value",
        "coherence-few-values",
        "values-",
        "goalposts-",
        "indicator-",
        "denominator-",
        "composite-",
    ),
    "structure": (
        "coherence-negative",
        "coherence-weak",
        "coherence-misplaced",
        "coherence-several-dimensions",
        "coherence-no-dimension",
        "coherence-few-rows",
        "coherence-alpha",
        "coherence-adequacy",
        "coherence-spherical",
        "coherence-dependent",
    ),
    "balance": (
        "coherence-unbalanced",
        "coherence-redundant",
        "coherence-inflated",
        "importance-",
        "influence-",
        "weight",
    ),
    "added-value": ("coherence-no-added-value", "audit-added-value"),
    "firmness": ("draws-", "reach-", "assumptions-", "audit-ranks"),
    "choices": ("sensitivity-", "audit-one-choice"),
    "outside": ("coherence-outside", "coherence-size", "coherence-benefit"),
    "change": ("diff-", "audit-change"),
}
"""How the ids of the findings begin that bear on an area."""


def collected(found: Audit) -> tuple[Finding, ...]:
    """Return what all parts of an audit found, each once, the worst first."""
    once = dict.fromkeys(_with_source(one) for one in sourced(_together(found, [*_all(found)])))
    return tuple(sorted(once, key=lambda one: _ORDER.index(one.severity)))


def area_of(finding: Finding) -> str:
    """Return the code of the area that a finding bears on; indicators, where none is named.

    >>> from rankscope.findings import note
    >>> area_of(note("coherence-weak", "a", "A is weak."))
    'structure'
    """
    for code, beginnings in _AREAS.items():
        if finding.id.startswith(beginnings):
            return code
    return "indicators"


def _all(found: Audit) -> Iterator[Finding]:
    """Yield the findings of all parts; those of binding come first, as they did then."""
    yield from found.result.findings
    yield from found.coherence.findings
    parts: Iterable[object] = (
        found.uncertainty,
        found.reach,
        found.sensitivity,
        found.influence,
        found.importance,
        found.change,
    )
    for part in parts:
        yield from getattr(part, "findings", ())
    yield from own_findings(found)


def _together(found: Audit, findings: list[Finding]) -> Iterator[Finding]:
    """Yield findings, and as one what is idle in more definitions of indicators than one."""
    for id, (what, use) in _IDLE.items():
        idle = [one for one in findings if one.id == id]
        if len(idle) > 1:
            findings = [one for one in findings if one.id != id]
            default = found.result.plan.definition.method.normalisation.name
            said = f"{len(idle)} indicators have {what} that the normalisation ({default}) does not"
            findings.append(note(id, "", f"{said} look at.", use))
    yield from findings


def _with_source(finding: Finding) -> Finding:
    """Return a finding with the publication that its family comes from, where it has none."""
    if finding.source:
        return finding
    if finding.id.startswith(("draws-", "sensitivity-", "audit-ranks", "audit-one")):
        return replace(finding, source=SIMULATION)
    if finding.id.startswith("audit-"):
        return replace(finding, source=SOURCES["coherence-no-added-value"])
    if finding.id.startswith("influence-"):
        return replace(finding, source=_LEAVING_OUT)
    return finding
