"""Sensitivity analysis: which assumption moves the ranks, and how much of it each explains."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rankscope.analyses.sensitivity.findings import alone_findings, findings_of, interrupted
from rankscope.analyses.sensitivity.model import DesignModel
from rankscope.analyses.sensitivity.one_at_a_time import one_at_a_time
from rankscope.analyses.sensitivity.result import Sensitivity
from rankscope.analyses.sensitivity.sobol import Sampling, samples, sobol_effects
from rankscope.analyses.uncertainty import Design, design_of
from rankscope.errors import MethodError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rankscope.analyses.sensitivity.sobol import SobolRun
    from rankscope.pipeline.result import Result
    from rankscope.shapes import Whole


def sensitivity(
    index: Result | Design,
    *,
    points: int = 512,
    scramblings: int = 16,
    seed: int = 0,
    workers: int = 1,
    progress: Callable[[int], None] | None = None,
) -> Sensitivity:
    """Estimate what each assumption explains of the ranks, of the scores, and of their shifts.

    One assumption is one factor and all weights together are one (conventions §7.5).  Each
    of the ``scramblings`` computes the index at ``points`` times two more than there are
    factors; intervals come from the differences between scramblings.  ``progress`` is told
    the scramblings done, and an interrupt keeps these.

    Saisana, Saltelli & Tarantola (2005) Journal of the Royal Statistical Society A 168(2),
    307-323, https://doi.org/10.1111/j.1467-985X.2005.00350.x; `effects_of` names the
    estimators.

    Raises
    ------
    MethodError
        When nothing varies, points are no power of two from 16 to 65,536, or there are
        fewer than two scramblings.
    BindError
        When no combination of the assumed methods can be built.
    """
    design = _seeded(index, seed)
    sampling = Sampling(len(design.names()), points, scramblings, seed)
    if not design.names():
        raise MethodError(
            f"Nothing varies in {design.result.plan.definition.title}. "
            "Name in its `assumptions` what could be otherwise, such as `weights` or `aggregation`."
        )
    model = DesignModel(design, points)
    if workers > 1:
        model.realise(_all_choices(model, sampling))
    run = sobol_effects(
        model.of_scrambling,
        sampling,
        outputs=model.outputs,
        tolerance=model.tolerance(),
        workers=workers,
        progress=progress,
    )
    return _found(design, sampling, run)


def _found(design: Design, sampling: Sampling, run: SobolRun) -> Sensitivity:
    """Take the effects on shift, ranks and scores apart."""
    rows = len(design.rows)
    whole = run.whole.of(slice(0, 1))
    ranks = run.whole.of(slice(1, 1 + rows))
    alone = one_at_a_time(design)
    told = (
        *findings_of(design, whole, ranks),
        *alone_findings(alone),
        *interrupted(sampling.scramblings, whole.scramblings),
    )
    return Sensitivity(
        design=design,
        points=sampling.points,
        scramblings=whole.scramblings,
        seed=sampling.seed,
        shift=whole,
        ranks=ranks,
        scores=run.whole.of(slice(1 + rows, None)),
        halves=run,
        alone=alone,
        findings=(*design.findings, *told),
    )


def _seeded(index: Result | Design, seed: int) -> Design:
    """Return the design, with tables that are drawn from this seed."""
    return replace(index, seed=seed) if isinstance(index, Design) else design_of(index, seed=seed)


def _all_choices(model: DesignModel, sampling: Sampling) -> Whole:
    """Return the options that any scrambling combines, each combination once."""
    found = []
    for number in range(sampling.scramblings):
        uniform = samples(sampling.uniform(number)).reshape(-1, sampling.factors)
        found.append(np.unique(model.choices(uniform), axis=0))
    return np.unique(np.concatenate(found), axis=0)
