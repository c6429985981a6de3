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
    title = "How many things does each group measure?"
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
                    "A principal component is a mixture of the parts that explains as much as "
                    "possible; its eigenvalue says as much as how many parts it explains. It "
                    f"counts while that is above what chance makes of unrelated numbers "
                    f"({made.dimensions.quantile:.0%} of {made.dimensions.draws:,} simulations: "
                    "parallel analysis)."
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
        f"{len(single)} of {counted(len(defined), 'group')} "
        f"{verb(len(single), 'measures', 'measure')} one thing"
    )
    if several:
        told += f"; {listed(several)} {verb(len(several), 'measures', 'measure')} more than one"
    if none:
        told += f"; in {listed(none)} nothing is shared beyond chance"
    return f"{told}."


def _reliability(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.reliability
    known = [one for one in found.nodes if not np.isnan(one.alpha.raw)]
    title = "How reliably the parts measure one thing"
    if not known:
        return (absent(7, title, "Cronbach's alpha is nowhere defined."),)
    below = [
        f"{one.name} ({two(one.alpha.raw)})" for one in known if one.alpha.raw < rules.RELIABLE
    ]
    told = f"{len(known) - len(below)} of {counted(len(known), 'group')} reach {rules.RELIABLE:g}"
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
                "Cronbach’s alpha: do the parts of a group measure one thing? "
                f"{rules.RELIABLE:g} or more is the usual bar, 1 the most there can be. Small "
                "marks: what it would be without one of the parts."
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
    told = "Sampling adequacy is defined for no group of three parts or more."
    if known:
        told = (
            f"Sampling adequacy is {rules.ADEQUATE:g} or more in {len(known) - len(low)} of "
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
        "Components, reliability and adequacy",
        told,
        sheet=sheet(columns, rows, rest="groups"),
        notes=(
            "Over the units that have all parts (alpha: all that have any). First component: the "
            "share of all differences that it explains. Above 1: eigenvalues above 1, the older "
            "rule. KMO: the Kaiser-Meyer-Olkin measure of sampling adequacy, whether parts share "
            f"more than pairs do; {rules.ADEQUATE:g} or more is usual, and of two parts it is "
            "always 0.5. Bartlett p: how probable such correlations are where in truth there are "
            "none."
        ),
    )
