"""Admissible weights: one file per set (conventions §4.4)."""

from rankscope.methods.admissible.base import Admissible, Siblings
from rankscope.methods.admissible.bounded import Bounded
from rankscope.methods.admissible.bounds import Bounds
from rankscope.methods.admissible.dirichlet import Dirichlet
from rankscope.methods.admissible.effective_sample_size import effective_sample_size
from rankscope.methods.admissible.from_text import admissible_from_text
from rankscope.methods.admissible.linear import Linear
from rankscope.methods.admissible.ordered import Ordered
from rankscope.methods.admissible.perturbed import Perturbed
from rankscope.methods.admissible.recovered import Recovered
from rankscope.methods.admissible.simplex import Simplex

__all__ = [
    "Admissible",
    "Bounded",
    "Bounds",
    "Dirichlet",
    "Linear",
    "Ordered",
    "Perturbed",
    "Recovered",
    "Siblings",
    "Simplex",
    "admissible_from_text",
    "effective_sample_size",
]
