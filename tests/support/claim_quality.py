"""How many of the claims of labelled texts are found, and how many found are labelled."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from rankscope.claims.find import find_claims
from rankscope.claims.gazetteer import titles
from rankscope.claims.model import Document, Kind
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

Key = tuple[str, str, int | None, int | None]
"""Unit, index, rank and size: what must be exact."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one text: claims found and labelled, found only, labelled only."""

    name: str
    both: frozenset[Key]
    extra: frozenset[Key]
    missed: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision, recall and F1 over texts, each with a 95 % interval of the bootstrap over them."""

    precision: tuple[float, float, float]
    recall: tuple[float, float, float]
    f1: tuple[float, float, float]


def own_set(path: Path) -> Iterator[Counts]:
    """Yield the counts of the passages of a set of this project."""
    for passage in json.loads(path.read_text(encoding="utf-8")):
        wanted = {
            (claim["unit"], claim["index"], claim.get("rank"), claim.get("of"))
            for claim in passage["claims"]
            if claim["kind"] in {"rank", "score"}
        }
        yield _counted(passage["id"], passage["text"], wanted)


def shared_set(folder: Path) -> Iterator[Counts]:
    """Yield the counts of the texts beside the checkout."""
    keys = {title: key for key, title in titles().items()}
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    for name, labelled in gold.items():
        wanted = {
            (
                iso3166().find(claim["country"]).code,
                keys[claim["index"]],
                claim["rank"],
                claim["of"],
            )
            for claim in labelled["claims"]
        }
        yield _counted(name, (folder / name).read_text(encoding="utf-8"), wanted)


def _counted(name: str, text: str, wanted: set[Key]) -> Counts:
    found = {
        (claim.unit, claim.index, claim.rank, claim.of)
        for claim in find_claims(Document(name, text))
        if claim.kind in {Kind.RANK, Kind.SCORE}
    }
    return Counts(
        name, frozenset(found & wanted), frozenset(found - wanted), frozenset(wanted - found)
    )


def quality(counts: Sequence[Counts], *, draws: int = 2000, seed: int = 0) -> Quality:
    """Return precision, recall and F1 with bootstrap intervals over texts."""
    table = np.array([(len(one.both), len(one.extra), len(one.missed)) for one in counts])
    chosen = np.random.default_rng(seed).integers(len(table), size=(draws, len(table)))
    all_, drawn = _measures(table.sum(axis=0)), _measures(table[chosen].sum(axis=1).T)
    ends = np.nanquantile(drawn, (0.025, 0.975), axis=1)
    found = [(float(all_[i]), float(ends[0, i]), float(ends[1, i])) for i in range(3)]
    return Quality(*found)


def _measures(counts: np.ndarray) -> np.ndarray:
    both, extra, missed = counts.astype(float)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision, recall = both / (both + extra), both / (both + missed)
        return np.array([precision, recall, 2 * both / (2 * both + extra + missed)])
