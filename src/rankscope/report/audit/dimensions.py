"""How many things each group measures, and how reliably."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit.wording import verb
from rankscope.analyses.coherence import rules
from rankscope.charts.dimensions import scree_chart
from rankscope.charts.reliability import reliability_chart
from rankscope.pages.numbers import MISSING
from rankscope.pages.words import counted
from rankscope.report.audit.drawings import drawing, small_drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, absent, sheet
from rankscope.report.audit.words import NO_GROUP, listed, probability, share, two

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.report.audit.subject import Subject


def dimension_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return what principal components, alpha and adequacy say."""
    made = subject.found.coherence
    defined = [one for one in made.dimensions.nodes if one.defined]
    title = "How many dimensions has each group?"
    if not made.dimensions.nodes:
        return (absent(7, title, NO_GROUP),)
    found = []
    if defined:
        found.append(
            Exhibit(
                7,
                title,
                _seen_dimensions(subject),
                drawings=tuple(
                    small_drawing(
                        lambda width, node=one.node: scree_chart(  # type: ignore[misc]
                            made.dimensions, node, width=width, title=""
                        ),
                        f"Eigenvalues of {one.name} beside those that chance would make",
                        title=one.name,
                    )
                    for one in defined
                ),
                notes=(
                    "A principal component is a mixture of the parts that explains as much of "
                    "their differences as possible; an eigenvalue of 2 says that it explains as "
                    "much as two parts are worth. It counts as a dimension while its eigenvalue "
                    f"is above that of unrelated numbers in {made.dimensions.quantile:.0%} of "
                    f"{made.dimensions.draws:,} simulations (parallel analysis). One dimension "
                    "that counts means that the parts have one thing in common, not that each of "
                    "them points the same way: the correlations above show that."
                ),
            )
        )
    found += _reliability(subject)
    found.append(_summary(subject))
    return found


def _seen_dimensions(subject: Subject) -> str:
    defined = [one for one in subject.found.coherence.dimensions.nodes if one.defined]
    single = [one for one in defined if one.dimensions == 1]
    several = [one.name for one in defined if one.dimensions > 1]
    none = [one.name for one in defined if one.dimensions == 0]
    told = (
        f"One dimension, and no second one, stands out in {len(single)} of "
        f"{counted(len(defined), 'group')}"
    )
    if several:
        told += f"; {listed(several)} {verb(len(several), 'has', 'have')} more than one"
    if none:
        told += f"; {listed(none)} {verb(len(none), 'has', 'have')} none beyond chance"
    return f"{told}."


def _reliability(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.reliability
    known = [one for one in found.nodes if not np.isnan(one.alpha.raw)]
    title = "How far the parts of each group vary together"
    if not known:
        return (absent(7, title, "Cronbach's alpha is nowhere defined."),)
    below = [
        f"{one.name} ({two(one.alpha.raw)})" for one in known if one.alpha.raw < rules.RELIABLE
    ]
    told = (
        f"Cronbach’s alpha reaches {rules.RELIABLE:g} in {len(known) - len(below)} of "
        f"{counted(len(known), 'group')}"
    )
    told += f"; below {verb(len(below), 'is', 'are')} {listed(below)}." if below else "."
    return (
        Exhibit(
            7,
            title,
            told,
            drawings=(
                drawing(
                    lambda width: reliability_chart(found, width=width, title=""),
                    "Cronbach's alpha of each group, with the bar of 0.7 and what it would be "
                    "without each part",
                ),
            ),
            notes=(
                "Cronbach’s alpha is 1 where all parts of a group vary together, 0 where they do "
                "not at all, and negative where they run against each other; it rises with the "
                f"number of parts. {rules.RELIABLE:g} is the usual bar for questions of one test, "
                "and a group made up of different things may stay below it. Small marks: what it "
                "would be without one of the parts."
            ),
        ),
    )


def _summary(subject: Subject) -> Exhibit:
    made = subject.found.coherence
    alphas = {one.node: one.alpha.raw for one in made.reliability.nodes}
    adequacy = {one.node: one for one in made.adequacy.nodes}
    rows = []
    for one in made.dimensions.nodes:
        alpha, fit = alphas.get(one.node, np.nan), adequacy.get(one.node)
        rows.append(
            (
                one.name,
                f"{len(one.codes):,}",
                f"{one.rows:,}",
                share(float(one.shares[0])) if one.defined else MISSING,
                Cell(str(one.dimensions), "bad" if one.dimensions != 1 else "")
                if one.defined
                else MISSING,
                str(one.kaiser) if one.defined else MISSING,
                Cell(two(alpha), "bad" if alpha < rules.RELIABLE else ""),
                two(fit.overall) if fit else MISSING,
                probability(fit.sphericity.p_value) if fit else MISSING,
            )
        )
    known = [one for one in made.adequacy.nodes if len(one.codes) > 2 and not np.isnan(one.overall)]
    low = [one.name for one in known if one.overall < rules.ADEQUATE]
    told = "The sampling adequacy (KMO) is defined for no group of three parts or more."
    if known:
        told = (
            f"The sampling adequacy (KMO) is {rules.ADEQUATE:g} or more in "
            f"{len(known) - len(low)} of "
            f"{counted(len(known), 'group')} of three parts or more"
        )
        told += f"; it is less in {listed(low)}." if low else "."
    columns = (
        "Group",
        "Parts",
        "Units",
        "First component",
        "Dimensions",
        "Above 1",
        "Alpha",
        "KMO",
        "Bartlett p",
    )
    return Exhibit(
        7,
        "Components, alpha and sampling adequacy",
        told,
        sheet=sheet(columns, rows, rest="groups"),
        notes=(
            "Over the units that have all parts (alpha: each pair over those that have both). "
            "First component: the share of the variance of all parts that it explains. "
            "Dimensions: by parallel analysis. Above 1: how many eigenvalues are above 1, the "
            "older rule. KMO: the Kaiser-Meyer-Olkin measure of sampling adequacy, near 1 where "
            "what two parts share the others share too, low where parts go together in pairs only; "
            f"{rules.ADEQUATE:g} or more is usual, and of two parts it is always 0.5. Bartlett p: "
            "how probable correlations as large as these are where in truth there are none."
        ),
    )
