"""How firm every rank is: what varied, intervals, proofs, shifts, tiers and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope._words import join_words
from rankscope.analyses.exact.dominance import Dominance
from rankscope.analyses.uncertainty.factors import with_methods
from rankscope.charts.pairs import pairs_chart
from rankscope.charts.rank_intervals import rank_intervals_chart, same_set
from rankscope.pages.numbers import MISSING, fixed, ordinal, percent
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.assumed import assumed
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Cell, Exhibit, Section, absent, sheet
from rankscope.report.audit.words import one, share, why_not
from rankscope.report.firmness import SURE, between
from rankscope.report.material import COMPACT_ABOVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.uncertainty import Design, Uncertainty
    from rankscope.report.audit.exhibits import Given
    from rankscope.report.audit.subject import Subject
    from rankscope.report.firmness import Firmness

_PICTURED = 40
_NEAR = (0, 1, 2, 3, 5, 10)
_MOVERS = 10
_SIMULATION = "simulation of ranks"


def firmness_section(subject: Subject) -> Section:
    """Return the section on how firm the ranks are."""
    return Section(
        anchor="firmness",
        title="How firm is every rank?",
        short="Firmness",
        lead=(
            "Whoever makes an index chooses: weights, how scores are combined, how gaps are filled. "
            "Other choices can be defended as well. The whole index is therefore computed anew "
            "thousands of times, each time with other defensible choices drawn at random; the "
            "90% interval holds the rank of a "
            f"{subject.material.noun} in nine of ten of these designs."
        ),
        exhibits=(
            *_design(subject),
            *_ranks(subject),
            *_intervals(subject),
            *_shifts(subject),
            *_pairs(subject),
        ),
        areas=("firmness",),
    )


def _design(subject: Subject) -> Sequence[Exhibit]:
    design, title = subject.found.design, "What was varied"
    if design is None or not design.names():
        return (absent(11, title, why_not(subject.found, _SIMULATION)),)
    rows: list[tuple[Given, ...]] = []
    for assumption in assumed(design, subject.material.noun):
        rows.append((Cell(assumption.title, "group"), "", assumption.drawn, ""))
        rows += [
            (Cell(choice.name, indent=1), _published(design, choice.name), _said(choice.words), "")
            for choice in assumption.choices
        ]
    table = sheet(
        ("Assumption and its choices", "As published*", "What it does, and how it is drawn*"),
        [row[:3] for row in rows],
        rest="choices",
    )
    draws = f"{subject.found.draws:,} designs (seed {subject.found.seed})"
    names = [assumption.title.lower() for assumption in assumed(design, subject.material.noun)]
    own = subject.material.index.definition.assumptions is not None
    whose = (
        "The definition of the index names what may vary."
        if own
        else "The definition names nothing that may vary, so that weights vary by the default set."
    )
    return (
        Exhibit(
            11,
            title,
            f"In {draws} {_vary(names)}, each choice independently of the others. {whose}",
            sheet=table,
        ),
    )


def _vary(names: list[str]) -> str:
    if names == ["weights"]:
        return "the weights vary"
    return f"{counted(len(names), 'assumption')} vary at once ({join_words(names, 'and')})"


def _said(words: str) -> str:
    return f"{starting(words)}." if words else ""


def _published(design: Design, label: str) -> str:
    """Say whether a choice is that of the index as it is published."""
    method = design.result.plan.definition.method
    for factor in design.factors:
        for option in factor.options:
            own = option.label == label and option.methods
            if own and with_methods(method, option.methods) == method:
                return "yes"
    return ""


def _ranks(subject: Subject) -> Sequence[Exhibit]:
    found, firm, title = subject.found.uncertainty, subject.firm, "Every rank and how far it may be off"
    if found is None or firm is None:
        return (absent(12, title, why_not(subject.found, _SIMULATION)),)
    [median] = found.ranks.quantiles((0.5,))
    noun = starting(subject.material.noun)
    rows = [
        (
            subject.unit(found.result.units[row]),
            f"{int(found.published[row]):,}",
            _half(float(median[row])),
            firm.between(row) or MISSING,
            f"{int(firm.high[row] - firm.low[row]):,}" if firm.low[row] else MISSING,
            _proved(firm, row),
            str(firm.tiers[row]) if firm.tiers is not None else MISSING,
        )
        for row in found.order
    ]
    columns = (noun, "Rank", "Median", "90% interval", "Width", "Best–worst, proved", "Tier")
    return (
        Exhibit(
            12,
            title,
            _widths(subject, firm, found),
            sheet=sheet(columns, rows, rest=subject.others),
            notes=(
                "Median: the rank in the middle of all designs. Width: places between the ends of "
                f"the interval. {_proof_words(subject)}Tier: units of one tier can not be told "
                f"apart from its first in {SURE:.0%} of the designs."
            ),
        ),
    )


def _half(value: float) -> str:
    return fixed(value, 0 if value.is_integer() else 1)


def _proved(firm: Firmness, row: int) -> str:
    ends = firm.proved(row)
    return MISSING if ends is None else between(*ends)


def _proof_words(subject: Subject) -> str:
    reach = subject.found.reach
    if reach is None:
        return f"{why_not(subject.found, 'proof of best and worst ranks')} "
    return (
        "Best–worst: no rank can be better or worse than these while only weights vary within "
        f"{reach.label} and all else stays as published; that is proved, not drawn. "
    )


def _widths(subject: Subject, firm: Firmness, found: Uncertainty) -> str:
    rows = [row for row in found.order if firm.low[row]]
    if not rows:
        return "No design ranks anybody."
    widths = (firm.high - firm.low)[rows]
    if not widths.any():
        return "Every rank is the same in 90% of the designs."
    row = rows[int(np.argmax(widths))]
    return (
        f"Half of the intervals are {counted(int(np.median(widths)), 'place')} wide or less; the "
        f"widest is that of {in_prose(found.result.names[row])}, "
        f"{ordinal(int(found.published[row]))} as published and anywhere between "
        f"{firm.low[row]} and {firm.high[row]}."
    )


def _intervals(subject: Subject) -> Sequence[Exhibit]:
    found, firm = subject.found.uncertainty, subject.firm
    title = "Median and 90% interval of every rank"
    if found is None or firm is None:
        return ()
    if len(found.order) > COMPACT_ABOVE:
        return (
            absent(13, title, f"With {subject.material.units(len(found.order))} a picture can not be read; the table above has all."),
        )
    pieces = [found.order[at : at + _PICTURED] for at in range(0, len(found.order), _PICTURED)]
    links = tuple(f"#{anchor}" for anchor in subject.material.anchors)
    reach = subject.found.reach
    proved = reach if reach is not None and same_set(found, reach) else None
    drawings = []
    for piece in pieces:
        codes = [found.result.units[row] for row in piece]
        first, last = (int(found.published[row]) for row in (piece[0], piece[-1]))
        drawings.append(
            drawing(
                lambda width, codes=codes: rank_intervals_chart(  # type: ignore[misc]
                    found, reach=proved, units=codes, width=width, title="", links=links
                ),
                f"Rank intervals of ranks {first} to {last}; the numbers are in the table above",
                title=f"Ranks {first} to {last}" if len(pieces) > 1 else "",
            )
        )
    return (
        Exhibit(
            13,
            title,
            _overlap(subject, firm, found),
            drawings=tuple(drawings),
            notes=(
                "Where two bars overlap widely, do not believe that one is ahead of the other. "
                "Shaded and white bands are tiers."
            ),
        ),
    )


def _overlap(subject: Subject, firm: Firmness, found: Uncertainty) -> str:
    rows = found.order
    first = rows[0]
    alike = [row for row in rows[1:] if firm.low[row] <= firm.high[first] and firm.low[row]]
    name = in_prose(found.result.names[first])
    if not alike:
        return starting(f"{name} stands apart: no other interval reaches into its own.")
    outside = sum(firm.outside(row) for row in rows)
    told = starting(
        f"the interval of {name}, the first, overlaps with {'that' if len(alike) == 1 else 'those'} "
        f"of {counted(len(alike), 'other')}"
    )
    if outside:
        told += f"; {counted(outside, 'published rank')} {'lies' if outside == 1 else 'lie'} outside {'its' if outside == 1 else 'their'} own interval, marked in orange"
    return f"{told}."


def _shifts(subject: Subject) -> Sequence[Exhibit]:
    found, title = subject.found.uncertainty, "How far published ranks are from the median"
    if found is None or not found.order:
        return ()
    [median] = found.ranks.quantiles((0.5,))
    order = found.order
    away = np.abs(median[order] - found.published[order])
    within = [(f"Within {counted(places, 'place')}" if places else "The same rank", percent(float((away <= places).mean()))) for places in _NEAR]
    largest = [order[at] for at in np.argsort(-away, kind="stable")[:_MOVERS].tolist() if away[at] > 0]
    rows: list[tuple[Given, ...]] = [(label, value, "", "") for label, value in within]
    table = sheet(("Published rank against median rank", f"Share of {subject.material.nouns}"), [row[:2] for row in rows])
    movers = sheet(
        (starting(subject.material.noun), "Published", "Median", "Places away"),
        [
            (
                subject.unit(found.result.units[row]),
                f"{int(found.published[row]):,}",
                _half(float(median[row])),
                _half(abs(float(median[row]) - float(found.published[row]))),
            )
            for row in largest
        ],
        rest=subject.others,
    )
    three = share(float((away <= 3).mean()))
    summary = Exhibit(
        14,
        title,
        f"{three} of published ranks are within 3 places of the median rank over all designs; the "
        f"mean distance is {one(float(away.mean()))} places, the largest {_half(float(away.max()))}.",
        sheet=table,
    )
    if not largest:
        return (summary,)
    name = in_prose(found.result.names[largest[0]])
    better = float(median[largest[0]]) > float(found.published[largest[0]])
    side = "better" if better else "worse"
    furthest = f"{starting(name)} is ranked {_half(float(away.max()))} places {side} than its median rank"
    return (
        summary,
        Exhibit(14, "Largest distances", f"{furthest}: a sign that its place hangs on single choices.", sheet=movers),
    )


def _pairs(subject: Subject) -> Sequence[Exhibit]:
    found, firm = subject.found.uncertainty, subject.firm
    above, title = subject.found.dominance, "Which pairs can be called"
    exhibits: list[Exhibit] = []
    if found is None or found.pairs is None or firm is None or firm.tiers is None:
        why = why_not(subject.found, _SIMULATION)
        if found is not None:
            why = f"Pairs are counted for up to 400 units, and {len(found.order):,} are ranked."
        exhibits.append(absent(19, title, why))
    elif len(found.order) > 1:
        sure = _sure(found)
        told = f"{share(sure)} of all pairs can be told apart in at least {SURE:.0%} of the designs, {share(1 - sure)} are too close to call"
        if above is not None and not np.isnan(above.settled):
            told += f"; {share(above.settled)} are proved: no weights of {above.label} turn them"
        exhibits.append(
            Exhibit(
                19,
                title,
                f"{told}.",
                drawings=(
                    drawing(
                        lambda width: pairs_chart(found, above, width=width, title=""),
                        "Share of pairs that are proved, sure and too close to call",
                    ),
                ),
            )
        )
        exhibits.append(_tiers(subject, firm, found))
    exhibits += _dominance(subject, above)
    return exhibits


def _sure(found: Uncertainty) -> float:
    """Return the share of pairs of ranked units of which one is above for sure."""
    if found.pairs is None:
        return float("nan")
    order = found.order
    ahead = np.nan_to_num(found.pairs.probability[np.ix_(order, order)]) >= SURE
    count = len(order) * (len(order) - 1) / 2
    return float((ahead | ahead.T)[np.triu_indices(len(order), 1)].sum() / count)


def _tiers(subject: Subject, firm: Firmness, found: Uncertainty) -> Exhibit:
    tiers = firm.tiers if firm.tiers is not None else np.zeros(0, dtype=np.int64)
    rows = []
    for tier in range(1, int(tiers.max(initial=0)) + 1):
        members = [row for row in found.order if tiers[row] == tier]
        ends = [int(found.published[row]) for row in (members[0], members[-1])]
        names = ", ".join(found.result.names[row] for row in members)
        rows.append((f"Tier {tier}", between(*ends), f"{len(members):,}", names))
    count = len(rows)
    told = f"The {subject.material.units(len(found.order))} fall into {counted(count, 'tier')}"
    if count == 1:
        told = f"All {subject.material.units(len(found.order))} form one tier: none can be told apart from the first"
    return Exhibit(
        19,
        "Tiers",
        f"{told}; ranks inside a tier should not be quoted as differences.",
        sheet=sheet(("Tier", "Ranks", "Size", "Who*"), rows, rest="tiers"),
    )


def _dominance(subject: Subject, above: Dominance | None) -> Sequence[Exhibit]:
    title = "Who is above how many for sure"
    if above is None:
        return (absent(19, title, why_not(subject.found, "proof of who is above whom", "proof of best and worst ranks")),)
    if len(above.codes) < 2:
        return ()
    over, under = above.necessary.sum(axis=1), above.necessary.sum(axis=0)
    order = np.lexsort((under, -over)).tolist()
    rows = [
        (
            subject.unit(above.codes[at]),
            f"{int(over[at]):,}",
            f"{int(under[at]):,}",
            f"{len(above.codes) - 1 - int(over[at]) - int(under[at]):,}",
        )
        for at in order
    ]
    best = order[0]
    return (
        Exhibit(
            19,
            title,
            f"{starting(in_prose(above.names[best]))} is above {int(over[best])} of "
            f"{len(above.codes) - 1} others whatever weights of {above.label} are taken, all else "
            "as published: that is proved.",
            sheet=sheet(
                (starting(subject.material.noun), "Above for sure", "Below for sure", "Open"),
                rows,
                rest=subject.others,
            ),
        ),
    )

