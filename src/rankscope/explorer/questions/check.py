"""Which claims a text makes about ranks, and whether they hold."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from rankscope.claims.run import check_text
from rankscope.claims.wording import tally
from rankscope.explorer.questions.asking import Asked, Question
from rankscope.report.check.write import text_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.catalogue.open import Index

LONGEST = 200_000
"""In characters; a longer text is for the command line."""


class Pasted(Asked):
    """A text, as it was pasted."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]


def answers(index: Index, asked: Pasted) -> Iterator[dict[str, Any]]:
    """Yield the claims with their verdicts, then once more with how firm each rank can be."""
    del index
    for firmness in (False, True):
        checked = check_text(asked.text, firmness=firmness)
        told = text_told(checked)
        yield {
            "message": tally([judged.verdict for judged in checked.claims]),
            "checked": told | {"pieces": [asdict(piece) for piece in told["pieces"]]},
        }


QUESTION = Question("check", Pasted, answers)
