"""The mathematics: arrays in, arrays out, one file per method.

Importing this package registers all methods, so that definition files can name
them.
"""

from rankscope.methods import aggregation, imputation, normalisation, steps, treatment, weighting

__all__ = ["aggregation", "imputation", "normalisation", "steps", "treatment", "weighting"]
