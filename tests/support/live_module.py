"""A hand-written module of the explorer in a real browser, called with plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rankscope.pages.templates import packaged_text

if TYPE_CHECKING:
    from playwright.sync_api import Page

_ALL = """
const plain = (value) => (Number.isNaN(value) ? null : value === Infinity ? 'inf' : value);
window.evaluated = ({ tree, weights, views }) => {
  const ready = readied(tree);
  return weights.map((given, at) => {
    const scores = evaluate(ready, given, views[at]);
    return {
      scores: scores.map((column) => [...column].map(plain)),
      ranks: scores.map((column) => [...ranksOf(column, ready.rule, views[at])]),
      effective: [...effective(ready, given)],
    };
  });
};
"""


def load_evaluator(page: Page, change: tuple[str, str] = ("", "")) -> None:
    """Put ``evaluate.js`` into a page; ``change`` replaces one text of it by another."""
    text = packaged_text("rankscope.explorer.web", "evaluate.js")
    old, new = change
    assert old in text
    text = text.replace(old, new) if old else text
    page.goto("about:blank")
    page.evaluate(f"(() => {{ {text.replace('export const', 'const')}\n{_ALL} }})()")


def evaluated(page: Page, tree: dict[str, Any], weights: Any, views: Any) -> list[dict[str, Any]]:
    """Return what the module says of a tree for each of some weights: scores, ranks, shares."""
    asked = {"tree": tree, "weights": weights, "views": views}
    found: list[dict[str, Any]] = page.evaluate("(asked) => window.evaluated(asked)", asked)
    return found
