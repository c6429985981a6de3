"""What a page shows: units, indicators with their values and sources, the tree, the firmness."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.charts.palette import FAMILIES, SEQUENCE, shades
from rankscope.data.table import Status
from rankscope.explorer.saved import template_of
from rankscope.explorer.told import method_told, scenarios_told
from rankscope.explorer.tree import numbers, tree_of
from rankscope.pages.links import web_address
from rankscope.pages.words import searchable
from rankscope.pages.world import world
from rankscope.pipeline.groups import group_names
from rankscope.report.countries import why_unranked
from rankscope.report.names import other_names

if TYPE_CHECKING:
    from typing import Any

    from rankscope.definition.node import Node
    from rankscope.report.firmness import Firmness
    from rankscope.report.material import Material

GROUPINGS = (("region", "Region"), ("income", "Income group"))
"""What units can be filtered by."""

_STATUS = {
    Status.MISSING: "missing",
    Status.OBSERVED: "observed",
    Status.CENSORED: "censored",
    Status.ABSENT: "absent",
    Status.IMPUTED: "imputed",
}


def facts_of(material: Material, *, live: bool) -> dict[str, Any]:
    """Return all that a page shows, for JSON; ``live`` says that a server stands behind it."""
    definition, plan = material.index.definition, material.plan
    return {
        "live": live,
        "index": {
            "name": definition.name,
            "title": definition.title,
            "edition": definition.edition,
            "publisher": definition.publisher,
            "licence": definition.licence,
            "description": definition.description,
            "command": _command(material),
        },
        "noun": material.noun,
        "nouns": material.nouns,
        "views": [
            {"key": key, "title": title}
            for key, title in zip(material.views, material.view_names, strict=True)
        ],
        "decimals": material.decimals,
        "tree": tree_of(material.result),
        "about": [_about(node.spec) for node in plan.nodes],
        "colours": [colour for family in range(len(FAMILIES)) for colour in shades(family, 2)],
        "sequence": list(SEQUENCE),
        "units": [_unit(material, row) for row in range(len(material.result.units))],
        "groupings": _groupings(material),
        "indicators": _indicators(material),
        "sources": {one.code: _source(one) for one in definition.sources},
        "firmness": firm(material.firmness) if material.firmness else None,
        "map": _map() if material.of_countries and not material.compact else None,
        "method": method_told(material),
        "scenarios": scenarios_told(material),
        "template": template_of(definition, plan),
    }


def firm(known: Firmness) -> dict[str, Any]:
    """Return how firm the ranks of the published weights are, one number a row; 0 for none."""
    proved = [known.proved(row) for row in range(len(known.low))]
    return {
        "problem": known.problem,
        "draws": known.found.ranks.draws if known.found is not None else 0,
        "low": known.low.tolist(),
        "high": known.high.tolist(),
        "best": [one[0] if one else 0 for one in proved],
        "worst": [one[1] if one else 0 for one in proved],
        "tiers": known.tiers.tolist() if known.tiers is not None else None,
        "weights": known.reach.label if known.reach is not None else "",
    }


def _command(material: Material) -> str:
    """Return what the index is called on the command line: its name, or its file's."""
    packaged = "rankscope" in material.index.path.parts and "catalogue" in material.index.path.parts
    return material.index.definition.name if packaged else material.index.path.name


def _about(spec: Node) -> dict[str, Any]:
    return {
        "description": spec.description,
        "rationale": spec.rationale,
        "polarity": spec.polarity,
    }


def _unit(material: Material, row: int) -> dict[str, Any]:
    result = material.result
    name = result.names[row]
    return {
        "code": result.units[row],
        "name": name,
        "search": searchable(" ".join((name, *other_names(material, row)))),
        "coverage": round(float(result.leaves.coverage[row]), 4),
        "why": "" if result.rank()[row] else why_unranked(material, row),
    }


def _groupings(material: Material) -> list[dict[str, Any]]:
    """Return the groupings that tell units apart: the name of each and the group of each row."""
    found = []
    for key, title in GROUPINGS:
        names = group_names(material.index.definition, material.result.plan.table, key)
        if names and len(set(names) - {""}) > 1:
            found.append({"key": key, "title": title, "of": list(names)})
    return found


def _indicators(material: Material) -> list[dict[str, Any]]:
    """Return each leaf's observed values with their years, sources and how they came about."""
    plan, result = material.plan, material.result
    imputation = result.leaves.record("imputation").matrix
    found = []
    for place, leaf in enumerate(plan.leaves):
        table, column = plan.table, leaf.column
        filled = result.leaves.imputed[:, place]
        found.append(
            {
                "node": leaf.node,
                "unit": leaf.spec.unit,
                "kind": str(leaf.spec.kind or ""),
                "decimals": leaf.spec.decimals,
                "source": leaf.spec.source or "",
                "raw": numbers(table.values[:, column]),
                "years": table.years[:, column].tolist(),
                "status": [_STATUS[Status(one)] for one in table.status[:, column]],
                "imputed": [
                    value if is_filled else None
                    for value, is_filled in zip(numbers(imputation[:, place]), filled, strict=True)
                ],
            }
        )
    return found


def _source(source: Any) -> dict[str, str]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "address": web_address(source.address) or "",
        "licence": source.licence,
    }


def _map() -> dict[str, Any]:
    drawn = world()
    return {
        "box": drawn.view_box,
        "sphere": drawn.sphere,
        "shapes": {
            code: {"d": one.path, "x": one.x, "y": one.y, "tiny": one.tiny}
            for code, one in drawn.shapes.items()
        },
    }
