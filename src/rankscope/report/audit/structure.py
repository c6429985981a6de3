"""Whether parts of a group belong together: correlations, own and others, components, alpha."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.coherence import rules
from rankscope.analyses.coherence.correlations import reading, upper
from rankscope.charts.correlation_map import correlation_map_chart, own_and_others_chart
from rankscope.charts.dimensions import scree_chart
from rankscope.charts.reliability import reliability_chart
from rankscope.pages.words import counted, starting
from rankscope.report.audit.drawings import drawing, small_drawing
from rankscope.report.audit.exhibits import Cell, Drawing, Exhibit, Section, absent, sheet
from rankscope.report.audit.words import listed, probability, share, two

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.coherence.correlations import CorrelationTable
    from rankscope.analyses.coherence.own_and_others import Place
    from rankscope.report.audit.subject import Subject

_FEW = 7
"""Groups of up to so many parts are drawn side by side."""

_MANY = 40
"""Groups of more parts have no picture of their correlations: nobody could read it."""

_NO_GROUP = "No group has two parts that could be compared."

_READINGS = ("negative", "weak", "fine", "redundant", "")


def structure_section(subject: Subject) -> Section:
    """Return the section on the structure."""
    return Section(
        anchor="structure",
        title="Do the parts of each group belong together?",
        short="Structure",
        lead=(
            "A mean says something about its parts only if they go together. A correlation of 1 "
            "means that two parts rank everyone alike, 0 that they have nothing to do with each "
            f"other, below 0 that who is good in one is bad in the other. Between {rules.WEAK:g} "
            f"and {rules.REDUNDANT:g} is fine, below {rules.WEAK:g} weak, below "
            f"{rules.NEGATIVE:g} the parts cancel out, above {rules.REDUNDANT:g} they say the "
            "same twice.".replace("-", "−")
        ),
        exhibits=(
            *_maps(subject),
            *_own(subject),
            *_dimensions(subject),
        ),
        areas=("structure",),
    )


def _maps(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.correlations
    if not found.within:
        return (absent(5, "Correlations inside each group", _NO_GROUP),)
    drawings = tuple(_map(subject, one) for one in found.within if len(one.codes) <= _MANY)
    counts = [_counts(one) for one in found.within]
    figure = Exhibit(
        5,
        "Correlations inside each group",
        _seen(found.within, counts),
        drawings=drawings,
        notes=(
            "Each square is a group; a number is the correlation of the part of its row with that "
            "of its column. Blank: it may be chance (a p-value above 0.05)."
        ),
    )
    rows = [
        (subject.plan.nodes[subject.plan.node(one.node)].name, *map(_number, _listed(count)))
        for one, count in zip(found.within, counts, strict=True)
    ]
    columns = ("Group", "Pairs", "Below −0.4", "Weak", "Fine", "Above 0.9", "May be chance")
    table = Exhibit(
        5,
        "How many pairs of parts go together",
        f"{_share_fine(counts)} of all pairs of siblings go together as they should.",
        sheet=sheet(columns, rows, rest="groups"),
    )
    return (figure, table) if drawings else (table,)


def _map(subject: Subject, table: CorrelationTable) -> Drawing:
    found, name = subject.found.coherence.correlations, _name(subject, table.node)
    label = f"Correlations of the {len(table.codes)} parts of {name} with each other"

    def chart(width: float) -> object:
        return correlation_map_chart(found, table.node, width=width, title="")

    if len(table.codes) <= _FEW:
        return small_drawing(chart, label, title=name)
    return drawing(chart, label, title=name)


def _counts(table: CorrelationTable) -> Counter[str]:
    """Return how many pairs have which reading; those that may be chance have none."""
    shown = table.shown[upper(table)]
    return Counter(reading(float(one)) for one in shown)


def _listed(count: Counter[str]) -> list[int]:
    return [count.total(), *(count[one] for one in _READINGS)]


def _number(count: int) -> str:
    return f"{count:,}" if count else "–"


def _share_fine(counts: Sequence[Counter[str]]) -> str:
    total = sum(one.total() for one in counts)
    return starting(share(sum(one["fine"] for one in counts) / max(1, total)))


def _seen(tables: Sequence[CorrelationTable], counts: Sequence[Counter[str]]) -> str:
    total = sum(counts, Counter[str]())
    parts = []
    if total["negative"]:
        parts.append(f"{counted(total['negative'], 'pair')} work against each other")
    if total["redundant"]:
        parts.append(f"{counted(total['redundant'], 'pair')} say nearly the same")
    weak = total["weak"] + total[""]
    if weak:
        parts.append(f"{counted(weak, 'pair')} go together weakly or not at all")
    if not parts:
        return f"All {total.total()} pairs go together as they should."
    strongest = _extreme(tables)
    return f"Of {counted(total.total(), 'pair')} of siblings, {listed(parts)}.{strongest}"


def _extreme(tables: Sequence[CorrelationTable]) -> str:
    """Name the pair that goes together least, of those that are beyond chance."""
    best: tuple[float, str, str] | None = None
    for table in tables:
        for at, other in np.argwhere(upper(table) & ~np.isnan(table.shown)).tolist():
            value = float(table.shown[at, other])
            if best is None or value > best[0]:
                best = (value, table.names[at], table.other_names[other])
    if best is None:
        return ""
    return f" The closest pair: {best[1]} and {best[2]} ({two(best[0])})."


def _name(subject: Subject, code: str) -> str:
    return subject.plan.nodes[subject.plan.node(code)].name


def _own(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.own_and_others
    places = [one for one in found.places if one.siblings]
    title = "Does each part go with its own group?"
    if not places:
        return (absent(6, title, _NO_GROUP),)
    wrong = [one for one in places if one.misplaced]
    weak = [one for one in places if one.reading in {"weak", "negative"}]
    told = f"{len(places) - len(wrong)} of {len(places)} parts go most with the group they are in"
    if wrong:
        told += f"; {listed(one.name for one in wrong)} {_go(len(wrong))} more with another"
    if weak:
        told += f". {listed(one.name for one in weak)} {'is' if len(weak) == 1 else 'are'} hardly heard in {'its' if len(weak) == 1 else 'their'} own group"
    shown = len(places) <= _MANY
    figure = Exhibit(
        6,
        title,
        f"{told}.",
        drawings=(
            drawing(
                lambda width: own_and_others_chart(found, width=width, title=""),
                "Correlation of each part with its own group and with the nearest other group; "
                "the numbers are in the table that follows",
            ),
        )
        if shown
        else (),
    )
    table = Exhibit(
        6,
        "Each part against its own group and the nearest other",
        _rest(places) if shown else f"{told}.",
        sheet=sheet(_OWN, [_place(one) for one in _ordered(places)], rest="parts"),
        notes=(
            "“Without it” is the correlation with what remains of the group when the part is "
            "taken out, so that it is not compared with itself."
        ),
    )
    return (figure, table) if shown else (table,)


_OWN = ("Part", "Own group*", "With it", "Without it", "Nearest other group*", "With that", "Verdict*")


def _go(count: int) -> str:
    return "goes" if count == 1 else "go"


def _ordered(places: Sequence[Place]) -> list[Place]:
    """Return the misplaced first, then by how little they go with their own group."""
    return sorted(places, key=lambda one: (not one.misplaced, np.nan_to_num(one.own, nan=2.0)))


def _place(one: Place) -> tuple[str | Cell, ...]:
    verdict = "nearer to another" if one.misplaced else {"fine": "fine"}.get(one.reading, one.reading)
    return (
        one.name,
        one.parent_name,
        two(one.own),
        two(one.rest),
        one.other_name or "–",
        two(one.other),
        Cell(verdict or "–", "" if verdict == "fine" else "bad"),
    )


def _rest(places: Sequence[Place]) -> str:
    known = [one for one in places if not np.isnan(one.rest)]
    if not known:
        return "What remains of a group without a part is nowhere defined."
    least = min(known, key=lambda one: one.rest)
    return (
        f"Least at home is {least.name}: {two(least.rest)} with what remains of "
        f"{least.parent_name} without it."
    )


def _dimensions(subject: Subject) -> Sequence[Exhibit]:
    made = subject.found.coherence
    defined = [one for one in made.dimensions.nodes if one.defined]
    title = "How many things does each group measure?"
    if not made.dimensions.nodes:
        return (absent(7, title, _NO_GROUP),)
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
    told = f"{len(single)} of {counted(len(defined), 'group')} {'measures' if len(single) == 1 else 'measure'} one thing"
    if several:
        told += f"; {listed(several)} {'measures' if len(several) == 1 else 'measure'} more than one"
    if none:
        told += f"; in {listed(none)} nothing is shared beyond chance"
    return f"{told}."


def _reliability(subject: Subject) -> Sequence[Exhibit]:
    found = subject.found.coherence.reliability
    known = [one for one in found.nodes if not np.isnan(one.alpha.raw)]
    title = "How reliably the parts measure one thing"
    if not known:
        return (absent(7, title, "Cronbach's alpha is nowhere defined."),)
    below = [f"{one.name} ({two(one.alpha.raw)})" for one in known if one.alpha.raw < rules.RELIABLE]
    told = f"{len(known) - len(below)} of {counted(len(known), 'group')} reach {rules.RELIABLE:g}"
    told += f"; below {'is' if len(below) == 1 else 'are'} {listed(below)}." if below else "."
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
                share(float(one.shares[0])) if one.defined else "–",
                Cell(str(one.dimensions), "bad" if one.dimensions != 1 else "") if one.defined else "–",
                str(one.kaiser) if one.defined else "–",
                Cell(two(alpha), "bad" if alpha < rules.RELIABLE else ""),
                two(fit.overall) if fit else "–",
                probability(fit.sphericity.p_value) if fit else "–",
            )
        )
    known = [one for one in made.adequacy.nodes if len(one.codes) > 2 and not np.isnan(one.overall)]
    low = [one.name for one in known if one.overall < rules.ADEQUATE]
    told = "Sampling adequacy is defined for no group of three parts or more."
    if known:
        told = f"Sampling adequacy is {rules.ADEQUATE:g} or more in {len(known) - len(low)} of {counted(len(known), 'group')} of three parts or more"
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
