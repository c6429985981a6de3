"""Which pairs of units can be called: those proved, those sure, tiers, and who is above whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.choice_words import weights_words
from rankscope.analyses.uncertainty.run import PAIRED
from rankscope.charts.pairs import pairs_chart
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.audit.drawings import drawing
from rankscope.report.audit.exhibits import Exhibit, absent, sheet
from rankscope.report.audit.words import share, why_not
from rankscope.report.firmness import SURE, between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.exact.dominance import Dominance
    from rankscope.analyses.uncertainty import Uncertainty
    from rankscope.report.audit.subject import Subject
    from rankscope.report.firmness import Firmness


def pair_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return pairs, tiers, and who is above whom."""
    found, firm = subject.found.uncertainty, subject.firm
    above, title = subject.found.dominance, "How many pairs stand in a sure order"
    exhibits: list[Exhibit] = []
    if found is not None and (found.pairs is None or firm is None or firm.tiers is None):
        why = f"Pairs are counted for up to {PAIRED} units, and {len(found.order):,} are ranked."
        exhibits.append(absent(19, title, why))
    elif found is not None and firm is not None and len(found.order) > 1:
        sure = _sure(found)
        told = (
            f"In {share(sure)} of all pairs the same one is ahead in {SURE:.0%} of the designs or "
            f"more; {share(1 - sure)} are not sure"
        )
        if above is not None and not np.isnan(above.settled):
            told += (
                f". While only weights vary, {weights_words(above.label)}, {share(above.settled)} "
                "can not turn at all: that is proved"
            )
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
    units = subject.material.units(len(found.order))
    told = f"The {units} fall into {counted(count, 'tier')}"
    if count == 1:
        told = f"All {units} form one tier: none can be told apart from the first"
    return Exhibit(
        19,
        "Tiers",
        f"{told}; do not quote that one is ahead of another in the same tier.",
        sheet=sheet(("Tier", "Ranks", "Size", "Who*"), rows, rest="tiers"),
        notes=(
            "A tier starts with the best who is in none yet, and takes in the next ones until that "
            f"first is ahead of one in {SURE:.0%} of the designs. So two on both sides of a border "
            "may be as close as two inside."
        ),
    )


def _dominance(subject: Subject, above: Dominance | None) -> Sequence[Exhibit]:
    title = "Who is above how many whatever the weights"
    if above is None:
        return (
            absent(
                19,
                title,
                why_not(
                    subject.found, "proof of who is above whom", "proof of best and worst ranks"
                ),
            ),
        )
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
            f"{len(above.codes) - 1} others, however the weights vary, "
            f"{weights_words(above.label)}, all else as published: that is proved.",
            sheet=sheet(
                (starting(subject.material.noun), "Always above", "Always below", "Open"),
                rows,
                rest=subject.others,
            ),
            notes="Open: some weights put it above, others below, or it could not be settled.",
        ),
    )
