"""Definition + data -> result: bind, prepare, evaluate."""

from rankscope.pipeline.binding import bind
from rankscope.pipeline.evaluate import evaluate
from rankscope.pipeline.leaves import Leaves
from rankscope.pipeline.plan import HEADLINE, INTENSITY, SCALE, Plan
from rankscope.pipeline.prepare import PUBLISHED, Choice, prepare
from rankscope.pipeline.result import Result, build

__all__ = [
    "HEADLINE",
    "INTENSITY",
    "PUBLISHED",
    "SCALE",
    "Choice",
    "Leaves",
    "Plan",
    "Result",
    "bind",
    "build",
    "evaluate",
    "prepare",
]
