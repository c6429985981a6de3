"""Words for acts: their sizes, and where they act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.methods.change.base import Change
    from rankscope.methods.change.size import Size

MOST = 6
"""So many names are said; the others are counted."""


def share_words(size: Size) -> str:
    """Return a share in words: ``20% to 60%, most likely 40%``."""
    return _sized(size, lambda value: f"{value * 100:.3g}%")


def number_words(size: Size) -> str:
    """Return a number in words: ``1.1``, or ``2 to 5``."""
    return _sized(size, lambda value: f"{value:.6g}")


def _sized(size: Size, said: Callable[[float], str]) -> str:
    if not size.is_range:
        return said(size.low)
    likely = "" if size.likely is None else f", most likely {said(size.likely)}"
    return f"{said(size.low)} to {said(size.high)}{likely}"


def place_words(change: Change) -> str:
    """Return where an act is: all indicators, some nodes, or what is exposed to something."""
    where = names_words(change.nodes) if change.nodes else "all indicators"
    if change.exposed_to is None:
        return where
    exposed = f"what is exposed to {change.exposed_to.replace('_', ' ')}"
    return f"{exposed} in {where}" if change.nodes else exposed


def names_words(names: tuple[str, ...]) -> str:
    """Return names in words; beyond some only their number is said."""
    shown = list(names[:MOST])
    if len(names) > MOST:
        shown.append(f"{len(names) - MOST} more")
    return join_words([one.replace("_", " ") for one in shown], "and")
