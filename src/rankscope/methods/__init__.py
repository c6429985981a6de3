"""The mathematics: arrays in, arrays out, one file per method.

Importing this package registers all methods, so that definition files can name
them.  What a method of your own needs is here too: the base of its stage, `register`,
`parameter` and the domains of parameters (docs/own-methods.md).
"""

from rankscope._domains import (
    Between,
    Domain,
    Ends,
    Flag,
    Maybe,
    Numbers,
    OneOf,
    Pairs,
    RangeByCode,
    Square,
    Text,
    Whole,
)
from rankscope._registry import Method, parameter, register
from rankscope.methods import (
    admissible,
    aggregation,
    change,
    imputation,
    normalisation,
    steps,
    treatment,
    weighting,
)
from rankscope.methods.admissible import Admissible
from rankscope.methods.aggregation import Aggregation
from rankscope.methods.base import Stage, Traits
from rankscope.methods.change import Change
from rankscope.methods.imputation import Imputation
from rankscope.methods.normalisation import Normalisation
from rankscope.methods.steps import Step
from rankscope.methods.treatment import Treatment
from rankscope.methods.weighting import Weighting

__all__ = [
    "Admissible",
    "Aggregation",
    "Between",
    "Change",
    "Domain",
    "Ends",
    "Flag",
    "Imputation",
    "Maybe",
    "Method",
    "Normalisation",
    "Numbers",
    "OneOf",
    "Pairs",
    "RangeByCode",
    "Square",
    "Stage",
    "Step",
    "Text",
    "Traits",
    "Treatment",
    "Weighting",
    "Whole",
    "admissible",
    "aggregation",
    "change",
    "imputation",
    "normalisation",
    "parameter",
    "register",
    "steps",
    "treatment",
    "weighting",
]
