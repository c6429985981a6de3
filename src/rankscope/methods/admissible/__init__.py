"""Admissible weights: one file per set (conventions §4.4)."""

from rankscope.methods.admissible.base import Admissible, Siblings
from rankscope.methods.admissible.perturbed import Perturbed

__all__ = ["Admissible", "Perturbed", "Siblings"]
