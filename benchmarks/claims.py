"""A megabyte of news: claims and statements found, and judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.subject import Subject
from rankscope.claims.run import check_text

if TYPE_CHECKING:
    from benchmarks.subject import Run

LABELLED = Path(__file__).parents[1] / "tests" / "claims" / "labelled"
LENGTH = 1_000_000
BUDGET = 5.0
PLAIN = (
    "The ministry said on Tuesday that the budget for schools will grow by 3 percent next year, "
    "after two years in which it had fallen. Unions called the plan a first step. In the second "
    "quarter the economy of Portugal had grown by half a percent, less than that of Spain. "
)
"""Four sentences without a claim for each with one, as a newspaper has at the very least."""


def news() -> str:
    """Return a megabyte of paragraphs, one in five about ranks."""
    said = [
        one["text"]
        for path in LABELLED.glob("*.json")
        for one in json.loads(path.read_text("utf-8"))
    ]
    text = "\n\n".join(f"{one} {PLAIN}\n\n{PLAIN * 3}" for one in said)
    return (text * (LENGTH // len(text) + 1))[:LENGTH]


def checking() -> tuple[Run, Run | None]:
    """Return the check of a megabyte, without the firmness of ranks."""
    text = news()
    return lambda: check_text(text, firmness=False), None


SUBJECTS = (Subject("check: 1 MB of news text", checking, seconds=BUDGET),)
