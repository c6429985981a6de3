"""Weights that nobody printed, as far as a published table tells them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rankscope._registry import register
from rankscope.methods.admissible.linear import Linear


@register
@dataclass(frozen=True, slots=True)
class Recovered(Linear):
    """Shares that a published table allows: linear rules, found by ``rankscope recover``.

    Rules are written and drawn from as those of `linear`; what they mean differs: they say
    what print leaves open of one publisher's weights, and not which weights are defensible.
    """

    name: ClassVar[str] = "recovered"

    def label(self) -> str:
        """Return the set as it is printed."""
        return self.name

    def in_words(self, noun: str = "unit") -> str:
        """Say where the weights come from."""
        del noun
        return "Any weights that the published table allows, all mixes equally likely"
