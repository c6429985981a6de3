"""What scenarios do to data: one file per family of acts."""

from rankscope.methods.change.additive import Add, Cap, Set
from rankscope.methods.change.base import Change
from rankscope.methods.change.closing import Cooperate, Towards
from rankscope.methods.change.merging import Merge
from rankscope.methods.change.relative import Restrict, Scale
from rankscope.methods.change.size import Size
from rankscope.methods.change.tied import Deepen, Sever
from rankscope.methods.change.ties import Ties
from rankscope.methods.change.world import Aim, Column, World

__all__ = [
    "Add",
    "Aim",
    "Cap",
    "Change",
    "Column",
    "Cooperate",
    "Deepen",
    "Merge",
    "Restrict",
    "Scale",
    "Set",
    "Sever",
    "Size",
    "Ties",
    "Towards",
    "World",
]
