"""Check a document: find its claims and its statements, and judge the claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rankscope.claims.evidence import known
from rankscope.claims.find import find_claims
from rankscope.claims.firmness import PACKAGED, packaged_ranks, standings
from rankscope.claims.model import Checked, Document, Judged, Kind
from rankscope.claims.statements import find_statements
from rankscope.claims.verdicts import judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rankscope.claims.model import Claim, Evidence

_FIRM = frozenset({Kind.RANK, Kind.WITHIN, Kind.BEYOND, Kind.SCORE})


def check_text(
    text: str | Document, *, tables: Iterable[Evidence] = (), firmness: bool = True
) -> Checked:
    """Return what a text claims of ranks and scores, and what becomes of each claim.

    ``tables`` are published ranks to check against (``read_ranks``); ``firmness`` adds how
    sure each rank is in the packaged index, which takes a second once.
    """
    document = Document("text", text) if isinstance(text, str) else text
    claims = find_claims(document)
    figures = (*tables, *_packaged(claims))
    judged = judge(claims, known(document, figures))
    if firmness and claims:
        judged = tuple(_firm(one) for one in judged)
    return Checked(document, judged, find_statements(document), document.findings)


def _packaged(claims: Sequence[Claim]) -> tuple[Evidence, ...]:
    return packaged_ranks() if any(claim.index == PACKAGED for claim in claims) else ()


def _firm(judged: Judged) -> Judged:
    claim = judged.claim
    standing = standings().get(claim.unit)
    if standing is None or claim.kind not in _FIRM or claim.field != "overall":
        return judged
    return replace(judged, firmness=standing.sentence)
