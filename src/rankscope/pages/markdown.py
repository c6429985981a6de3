"""Markdown from files beside a definition: no HTML passes, and links lead to web pages only."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from rankscope.pages.links import web_address
from rankscope.pages.trust import our_own

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict
    from markupsafe import Markup

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$")
_FENCE = re.compile(r"^\s*(```|~~~)")


def render_markdown(text: str, shift: int = 0) -> Markup:
    """Return Markdown as HTML, its headings moved down by ``shift`` levels.

    Raw HTML is shown as text, images as their words, and a link that is not to a
    web page stays plain text.
    """
    return our_own(_parser().render(text, {"shift": shift}))  # the parser escapes all HTML


def section(text: str, start: str) -> str | None:
    """Return what stands under the first heading that starts so, up to the next of its level."""
    depth = 0
    found: list[str] = []
    fenced = False
    for line in text.splitlines():
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading and depth and len(heading[1]) <= depth:
            break
        if depth:
            found.append(line)
        elif heading and heading[2].casefold().startswith(start.casefold()):
            depth = len(heading[1])
    return "\n".join(found).strip() if depth else None


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = lambda url: web_address(url) is not None  # type: ignore[method-assign]
    for name, rule in (
        ("link_open", _link),
        ("heading_open", _heading),
        ("heading_close", _heading),
        ("table_open", _table_open),
        ("table_close", _table_close),
        ("th_open", _cell),
        ("td_open", _cell),
    ):
        parser.add_render_rule(name, rule)
    return parser


def _link(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[at].attrSet("rel", "noopener noreferrer")
    return self.renderToken(tokens, at, options, env)


def _heading(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    level = min(6, int(tokens[at].tag[1:]) + int(env.get("shift", 0)))
    tokens[at].tag = f"h{level}"
    return self.renderToken(tokens, at, options, env)


def _table_open(*_: Any) -> str:
    return '<div class="scroll" tabindex="0"><table>\n'


def _table_close(*_: Any) -> str:
    return "</table></div>\n"


def _cell(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    tokens[at].attrs.pop("style", None)  # the policy forbids styles in attributes
    return self.renderToken(tokens, at, options, env)
