"""Exact ends of score shares, where scores are linear in the weights that are not known.

With one group of siblings whose weights are a set, and means that are linear in them, the
score in each mixture is a weighted mean by the weights of one edition.  So is each Shapley
share, a sum of scores of mixtures: its ends are those of a mean over each edition's set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rankscope.analyses.shapley_values import shapley_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rankscope.analyses.diff.drawing import Drawing, Groups
    from rankscope.analyses.diff.prepared import Prepared
    from rankscope.analyses.varied_weights import VariedWeights
    from rankscope.shapes import Batch, Matrix

_CHECKED = 32
"""So many draws must be as the linear rule says."""

_CLOSE = 1e-9


class _Rule(NamedTuple):
    """What a share is per weight of an edition: (players, weights, units) for each edition."""

    old: Batch
    new: Batch


def exact_score_ends(drawing: Drawing, prepared: Sequence[Prepared]) -> Batch | None:
    """Return the ends of score shares over both sets, (2, players, units), None if not linear.

    Units whose score some mixture lacks have NaN.
    """
    groups = [one.groups if one else () for one in drawing.varied]
    if any(len(one) > 1 for one in groups):
        return None
    rule = _rule(drawing, prepared)
    if rule is None or not _holds(rule, drawing, prepared):
        return None
    high = sum(_highest(one, part) for one, part in zip(drawing.varied, rule, strict=True))
    low = -sum(_highest(one, -part) for one, part in zip(drawing.varied, rule, strict=True))
    return np.stack([np.asarray(low), np.asarray(high)])


def _rule(drawing: Drawing, prepared: Sequence[Prepared]) -> _Rule | None:
    """Return the linear rule, as scores with all weight on one child tell it."""
    alone = [_alone(drawing, which) for which in range(2)]
    tables: list[list[Matrix]] = [[], []]
    for mixture in prepared:
        edition = mixture.edition_of((alone[0], alone[1]))
        if edition is None:
            return None
        for which in range(2):
            sizes = max((len(part) for _, part in alone[which].values()), default=1)
            if which == edition:
                scores, _ = mixture.worth((alone[0], alone[1]), slice(0, sizes))
            else:
                scores = np.zeros((sizes, len(mixture.rows)))
            tables[which].append(scores)
    return _Rule(*(shapley_values(np.stack(table)) for table in tables))


def _alone(drawing: Drawing, which: int) -> Groups:
    """Return weights that are all of one child, a row for each child that counts."""
    varied = drawing.varied[which]
    return {
        drawing.codes[which][group.parent]: (
            tuple(drawing.codes[which][child] for child in group.children.tolist()),
            np.eye(len(group.children)) * group.siblings.weights.sum(),
        )
        for group in (varied.groups if varied else ())
    }


def _holds(rule: _Rule, drawing: Drawing, prepared: Sequence[Prepared]) -> bool:
    """Whether drawn weights give the shares that the rule says."""
    groups, part = drawing.block(0), slice(0, _CHECKED)
    worth = np.stack([one.worth(groups, part)[0] for one in prepared])
    said = np.zeros((len(rule.old), _CHECKED, worth.shape[2]))
    for which, own in enumerate(rule):
        shares = np.ones((_CHECKED, 1))
        for _, drawn in groups[which].values():
            shares = drawn[part] / drawn[part].sum(axis=1, keepdims=True)
        said += np.einsum("dk,pku->pdu", shares, own)
    size = float(np.nanmax(np.abs(worth), initial=0.0))
    return np.allclose(said, shapley_values(worth), rtol=0, atol=_CLOSE * size, equal_nan=True)


def _highest(varied: VariedWeights | None, part: Batch) -> Matrix:
    """Return the largest mean of a part of the rule over a set, (players, units)."""
    if varied is None or not varied.groups:
        return np.asarray(part[:, 0])
    values = np.moveaxis(part, 1, 2)
    known = np.isfinite(values).all(axis=2)
    found = np.full(known.shape, np.nan)
    [group] = varied.groups
    found[known] = varied.admissible.highest(group.siblings, values[known])
    return found
