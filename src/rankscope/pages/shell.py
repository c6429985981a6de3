"""The shell of a page: one file, no requests, and a policy that lets only its own script run."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rankscope.pages.templates import environment
from rankscope.pages.trust import our_own

if TYPE_CHECKING:
    from markupsafe import Markup

_ESCAPES = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its title and description, its HTML, and the style and script it carries.

    ``body``, ``style`` and ``script`` are our own; whatever came from data was
    escaped when they were made.  ``asks`` lets the script ask the server it came from.
    """

    title: str
    description: str
    body: Markup
    style: str
    script: str = ""
    data: object = None
    asks: bool = False

    def html(self) -> str:
        """Return the page as one file."""
        _refuse_closing(self.style, "style")
        _refuse_closing(self.script, "script")
        return (
            environment()
            .get_template("shell.html.j2")
            .render(
                page=self,
                policy=policy(self.style, self.script, asks=self.asks),
                style=our_own(self.style),  # they close no element, as was just checked
                script=our_own(self.script),
                data=None if self.data is None else json_in_html(self.data),
            )
        )


def policy(style: str, script: str, *, asks: bool = False) -> str:
    """Return the Content-Security-Policy: nothing is loaded, style and script by their hash.

    Only a page that ``asks`` may send a request, and only to where it came from.
    """
    scripts = _hash(script) if script else "'none'"
    connect = "connect-src 'self'; " if asks else ""
    return (
        f"default-src 'none'; img-src data:; style-src {_hash(style)}; script-src {scripts}; "
        f"{connect}base-uri 'none'; form-action 'none'"
    )


def json_in_html(value: Any) -> Markup:
    """Return JSON that can stand in a script element: it can neither close nor break it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return our_own(text)  # escaped just now


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _refuse_closing(text: str, element: str) -> None:
    if f"</{element}" in text.lower() or "<!--" in text:
        raise ValueError(f"A {element} element can not hold '</{element}' or '<!--'.")
