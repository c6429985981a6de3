"""How far published ranks are from the middle of all designs, and who is furthest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.audit.lights import near_places
from rankscope.analyses.audit.wording import places
from rankscope.pages.numbers import percent
from rankscope.pages.words import counted, in_prose, starting
from rankscope.report.audit.exhibits import Exhibit, sheet
from rankscope.report.audit.words import half, one, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.report.audit.subject import Subject


_NEAR = (0, 1, 2, 3, 5, 10)


_MOVERS = 10


def shift_exhibits(subject: Subject) -> Sequence[Exhibit]:
    """Return how far published ranks are from the median."""
    found, title = subject.found.uncertainty, "How far published ranks are from the median"
    if found is None or not found.order:
        return ()
    [median] = found.ranks.quantiles((0.5,))
    order = found.order
    away = np.abs(median[order] - found.published[order])
    within = [
        (
            f"Within {counted(most, 'place')}" if most else "The same rank",
            percent(float((away <= most).mean())),
        )
        for most in _NEAR
    ]
    largest = [
        order[at] for at in np.argsort(-away, kind="stable")[:_MOVERS].tolist() if away[at] > 0
    ]
    table = sheet(
        ("Published rank against median rank", f"Share of {subject.material.nouns}"), within
    )
    movers = sheet(
        (starting(subject.material.noun), "Published", "Median", "Places away"),
        [
            (
                subject.unit(found.result.units[row]),
                f"{int(found.published[row]):,}",
                half(float(median[row])),
                half(abs(float(median[row]) - float(found.published[row]))),
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
        f"mean distance is {one(float(away.mean()))} places, the largest "
        f"{half(float(away.max()))}.",
        sheet=table,
    )
    if not largest:
        return (summary,)
    name = in_prose(found.result.names[largest[0]])
    better = float(median[largest[0]]) > float(found.published[largest[0]])
    side = "better" if better else "worse"
    far = float(away.max())
    furthest = f"{starting(name)} is ranked {places(far)} {side} than its median rank"
    hangs = far > near_places(len(order))
    return (
        summary,
        Exhibit(
            14,
            "Largest distances",
            f"{furthest}{': its place hangs on the published choices' if hangs else ''}.",
            sheet=movers,
        ),
    )
