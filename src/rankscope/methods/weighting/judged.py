"""Weights that people judge: what such methods share."""

from __future__ import annotations

from rankscope.errors import MethodError


def require_size(parameter: str, found: int, children: int) -> None:
    """Raise `MethodError` when a judgement speaks of another number of children."""
    if found != children:
        raise MethodError(
            f"{parameter} speaks of {found} children, and there are {children}. Give one entry "
            "for each, in the order of the framework."
        )
