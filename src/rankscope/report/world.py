"""The map of an index of countries: the class of each in every view, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rankscope.pages.world import Place, WorldMap, class_of, nice_breaks, world_map
from rankscope.report.countries import why_unranked

if TYPE_CHECKING:
    from rankscope.report.material import Material


def map_of(material: Material) -> WorldMap | None:
    """Return the map, or None for an index of something else than countries."""
    if not material.of_countries or not material.result.order():
        return None
    result = material.result
    ranks = np.stack([result.rank(view=view) for view in material.views])
    scores = np.where(ranks > 0, result.scores[:, :, material.plan.root], np.nan)
    breaks = nice_breaks(float(np.nanmin(scores)), float(np.nanmax(scores)))
    places = [
        Place(
            code=result.units[row],
            classes=tuple(class_of(float(score), breaks) for score in scores[:, row]),
            anchor=material.anchors[row],
            sentence=_sentence(material, row),
        )
        for row in material.order()
    ]
    return world_map(places, breaks, material.decimals)


def _sentence(material: Material, row: int) -> str:
    result = material.result
    name = result.names[row]
    if not result.rank()[row]:
        return f"{name}: not ranked, {why_unranked(material, row)}"
    score = material.score(float(result.score()[row]))
    others = (
        f"{title.lower()} {material.place(row, view)}"
        for view, title in zip(material.views[1:], material.view_names[1:], strict=True)
    )
    return "; ".join((f"{name}: {material.place(row)}, score {score}", *others))
