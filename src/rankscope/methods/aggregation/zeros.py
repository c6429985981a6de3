"""What a mean does with a child at zero that would make the whole mean zero."""

from __future__ import annotations

from typing import Literal, TypeAlias

from rankscope._domains import OneOf

Zeros: TypeAlias = Literal["refuse", "zero"]
ZEROS = OneOf(("refuse", "zero"))
ZEROS_MEANING = "whether a child at zero is refused, or makes the whole mean zero"


def takes(low: float, zeros: Zeros) -> bool:
    """Whether children may reach down to the value ``low``."""
    return low > 0 or (low == 0 and zeros == "zero")


def said(zeros: Zeros) -> str:
    """Return the rule as it follows a sentence; nothing where zeros are refused."""
    return "; one zero makes the whole zero" if zeros == "zero" else ""
