"""Charts that are loaded when they are drawn; a figure whose chart is not there is left out."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def _later(module: str, name: str) -> Callable[..., Any]:
    """Return a chart by its name, which draws nothing where it is not there."""

    def draw(*given: Any, **asked: Any) -> Any:
        try:
            chart = getattr(import_module(f"rankscope.charts.{module}"), name)
        except (ImportError, AttributeError):
            return None
        return chart(*given, **asked)

    return draw


own_and_others_chart = _later("correlation_map", "own_and_others_chart")
scree_chart = _later("dimensions", "scree_chart")
added_value_chart = _later("added_value", "added_value_chart")
influence_chart = _later("influence", "influence_chart")
links_chart = _later("links", "links_chart")
link_scatter_chart = _later("links", "link_scatter_chart")
