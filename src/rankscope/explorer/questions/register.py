"""All questions by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope.explorer.questions import audit, check, firmness, scenario, turn

if TYPE_CHECKING:
    from rankscope.explorer.questions.asking import Question

QUESTIONS: dict[str, Question] = {
    one.QUESTION.name: one.QUESTION for one in (audit, check, firmness, scenario, turn)
}
