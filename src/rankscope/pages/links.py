"""Links: only to web pages, and only to where the text says."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def web_address(address: str | None) -> str | None:
    """Return an address that may be linked: http or https, with a host, nothing hidden in it.

    None for all else: ``javascript:``, ``data:``, local files, control characters,
    a user name before the host that pretends to be the host.
    """
    if not address or not _PLAIN.fullmatch(address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    honest = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    return address if honest else None


def anchors(codes: tuple[str, ...], taken: frozenset[str]) -> tuple[str, ...]:
    """Return an id for each code: the code itself where it can be one and is free."""
    used = set(taken)
    found = []
    for number, code in enumerate(codes, start=1):
        anchor = code if _ANCHOR.fullmatch(code) and code not in used else f"unit-{number}"
        while anchor in used:
            anchor += "-"
        used.add(anchor)
        found.append(anchor)
    return tuple(found)
