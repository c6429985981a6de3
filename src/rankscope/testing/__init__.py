"""For authors of methods: the contract that a method must keep, and indices to try it on.

``check_method(MyMethod)`` runs in any test framework; the strategies need
Hypothesis, which is imported only when they are asked for.
"""

from rankscope.testing.contract import check_method, examples_of
from rankscope.testing.promises import sample
from rankscope.testing.trial import indices, make_index

__all__ = ["check_method", "examples_of", "indices", "make_index", "sample"]
