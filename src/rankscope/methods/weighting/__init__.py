"""Weighting: one file per method (OECD/JRC Handbook 2008, step 6)."""

from rankscope.methods.weighting.base import Weighting
from rankscope.methods.weighting.equal import Equal
from rankscope.methods.weighting.given import Given

__all__ = ["Equal", "Given", "Weighting"]
