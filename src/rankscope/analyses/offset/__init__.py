"""How much of one change makes up for another."""

from rankscope.analyses.offset.result import Axis, OffsetMap
from rankscope.analyses.offset.run import offset_map

__all__ = ["Axis", "OffsetMap", "offset_map"]
