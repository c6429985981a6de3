"""The abstract step: what happens to a node's score after its children are combined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rankscope.methods.base import Stage


@dataclass(frozen=True, slots=True)
class Step(Stage):
    """Changes scores of a node: each column of the matrix is one draw of its scores.

    Treatments and normalisations can stand as steps too.
    """

    stage: ClassVar[str] = "step"
