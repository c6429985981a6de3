"""The one door through which text becomes markup without being escaped."""

from __future__ import annotations

from markupsafe import Markup


def our_own(text: str) -> Markup:
    """Return markup that we made ourselves, in which whatever came from data is escaped already."""
    return Markup(text)  # noqa: S704 - the only place; every caller says why it may
