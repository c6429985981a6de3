"""What scenarios do to data: one file per family of acts."""

from rankscope.methods.change.base import Change
from rankscope.methods.change.relative import Restrict, Scale
from rankscope.methods.change.size import Size
from rankscope.methods.change.ties import Ties
from rankscope.methods.change.world import Aim, Column, World

__all__ = ["Aim", "Change", "Column", "Restrict", "Scale", "Size", "Ties", "World"]
