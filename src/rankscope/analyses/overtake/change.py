"""Changes of weights that turn two units, and the proof where there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from rankscope.shapes import Vector


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """The smallest change of weights of one kind.

    ``codes`` and ``names`` (weights,) are of the nodes whose effective weights are given:
    as published (``before``), where both units tie (``tie``) and just beyond (``beyond``).
    ``points`` is the weight that moves up to the tie, as a share of all weight: half the sum of
    absolute changes; ``distance`` is that of Euclid.  ``witness`` are the weights of all
    edges just beyond, relative among siblings, and ``ranks`` those of the lower and the
    higher unit there, which the engine has confirmed.

    ``highest`` is the most that the lower unit can be ahead of the higher one, on the scale on
    which scores are linear in the weights.  Where it is below 0 nothing of the kind turns
    them: ``tie``, ``beyond`` and ``witness`` are None, and points and distance NaN.  Where
    they can only tie there is no witness.

    ``place`` is the code of the node that the change is about: all siblings below it
    (``group``), all weights below it (``subtree``), its own share (``single``), or all weights.
    """

    kind: str
    place: str
    name: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    before: Vector
    highest: float
    points: float = np.nan
    distance: float = np.nan
    tie: Vector | None = None
    beyond: Vector | None = None
    witness: Vector | None = None
    ranks: tuple[int, int] = (0, 0)

    @property
    def turns(self) -> bool:
        """Whether the engine has confirmed that the lower unit passes the higher one."""
        return self.witness is not None

    @property
    def ties(self) -> bool:
        """Whether weights of this kind bring the two level, at least."""
        return self.tie is not None


@dataclass(frozen=True, slots=True, eq=False)
class SingleWeight:
    """One weight alone, siblings rescaled in proportion: the share at which two units tie.

    ``share`` and ``needed`` are shares among siblings, before and where they tie (NaN if they
    never do); ``parent`` is the name of the node that the siblings belong to.
    """

    change: Change
    parent: str
    share: float
    needed: float
