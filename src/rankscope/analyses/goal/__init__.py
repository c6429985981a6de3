"""Goal seek: the least effort with which a unit reaches a rank."""

from rankscope.analyses.goal.result import Goal, Needed
from rankscope.analyses.goal.run import goal_seek

__all__ = ["Goal", "Needed", "goal_seek"]
