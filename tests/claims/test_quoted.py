"""The quoted ranks are well formed, and agree with each other save where pages disagree."""

from __future__ import annotations

import csv
import dataclasses
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import rankscope.claims.quoted as module
from rankscope.claims.model import OVERALL, Evidence, Origin
from rankscope.claims.quoted import quoted
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

K = TypeVar("K")
V = TypeVar("V")

SIZES_IN_DISPUTE = {
    # Taiwan News and most pages say 93, the Taipei Times 94.
    ("gaii", 2025): {93, 94},
    # Most pages say 181; the-yuan.com says 183.
    ("readiness", 2022): {181, 183},
}
RANKS_IN_DISPUTE = {
    # 75 is what Business Standard gives, 78 the Indian Express.
    ("hdi", 2025, OVERALL, "CHN"): {75, 78},
    # 149 is what NDTV gives, 151 The Federal.
    ("cpi", 2024, OVERALL, "BGD"): {149, 151},
}
TIES = {
    # Reported as ties: "at par", "tied with Canada".
    ("hdi", 2025, OVERALL, 130): {"BGD", "IND"},
    ("cpi", 2024, OVERALL, 15): {"CAN", "DEU"},
}
PUBLISHERS = {
    "gaii": ("tortoisemedia.com", "observer.co.uk"),
    "vibrancy": ("stanford.edu",),
    "readiness": ("oxfordinsights.com",),
    "ai-preparedness": ("imf.org",),
    "gii": ("wipo.int",),
    "hdi": ("undp.org",),
    "egdi": ("un.org",),
    "nri": ("portulansinstitute.org", "networkreadinessindex.org"),
    "cpi": ("transparency.org",),
}


def _figures() -> tuple[Evidence, ...]:
    return tuple(each.evidence for each in quoted())


def _many(pairs: Iterable[tuple[K, V]]) -> Mapping[K, set[V]]:
    """Return the keys that have more than one value."""
    values: defaultdict[K, set[V]] = defaultdict(set)
    for key, value in pairs:
        values[key].add(value)
    return {key: found for key, found in values.items() if len(found) > 1}


def _ranks_of_units(figures: Iterable[Evidence]) -> Mapping[Hashable, set[int]]:
    ranked = [(each, each.rank) for each in figures if each.rank is not None]
    return _many(((e.index, e.edition, e.field, e.unit), rank) for e, rank in ranked)


def _units_of_ranks(figures: Iterable[Evidence]) -> Mapping[Hashable, set[str]]:
    ranked = [each for each in figures if each.rank is not None]
    return _many(((e.index, e.edition, e.field, e.rank), e.unit) for e in ranked)


def _inversions(figures: Iterable[Evidence]) -> list[tuple[Evidence, Evidence]]:
    """Return pairs of one index, edition and field in which the better rank scores less."""
    groups: defaultdict[Hashable, list[tuple[int, float, Evidence]]] = defaultdict(list)
    for each in figures:
        if each.rank is not None and each.score is not None:
            key = (each.index, each.edition, each.field)
            groups[key].append((each.rank, each.score, each))
    return [
        (better, worse)
        for group in groups.values()
        for rank, score, better in group
        for other, lower, worse in group
        if rank < other and score < lower
    ]


def test_every_row_is_well_formed() -> None:
    codes = set(iso3166().codes)
    for each in _figures():
        assert each.unit in codes, each
        assert each.index in PUBLISHERS, each
        assert each.rank is not None or each.score is not None, each
        assert each.rank is None or each.rank >= 1, each
        assert each.rank is None or each.of is None or each.rank <= each.of, each
        assert each.edition in range(2019, 2026), each
        assert each.field == each.field.lower().strip().replace("_", " "), each
        assert each.source.startswith(("http://", "https://")), each
        assert each.source.isascii(), each
        assert not set(each.source) & set(' \t"'), each


def test_the_table_says_of_every_row_how_it_was_checked() -> None:
    table = Path(module.__file__).with_name("tables") / "quoted.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == len(quoted())
    assert {row["checked"] for row in rows} <= {"page", "other page"}


def test_no_page_is_counted_twice_for_a_figure() -> None:
    keys = Counter((e.index, e.edition, e.field, e.unit, e.source) for e in _figures())
    assert [key for key, times in keys.items() if times > 1] == []


def test_stories_are_plain_keys_and_none_is_the_publisher_itself() -> None:
    for each in quoted():
        assert each.story == each.story.lower().replace(" ", "-"), each
        if each.evidence.origin is Origin.PUBLISHER:
            assert each.story == "", each


def test_the_publisher_is_named_where_the_address_is_the_publishers() -> None:
    for each in _figures():
        host = each.source.split("/")[2]
        own = host.endswith(PUBLISHERS[each.index])
        assert (each.origin is Origin.PUBLISHER) == own, each


def test_single_figures_and_no_whole_table() -> None:
    figures = {(e.index, e.edition, e.field, e.unit) for e in _figures()}
    assert max(Counter(figure[:2] for figure in figures).values()) <= 40


def test_the_size_of_an_edition_is_one_save_where_pages_disagree() -> None:
    sizes = _many(((e.index, e.edition), e.of) for e in _figures() if e.of is not None)
    assert sizes == SIZES_IN_DISPUTE


def test_ranks_fit_into_the_size_that_other_pages_give() -> None:
    largest: defaultdict[Hashable, int] = defaultdict(int)
    for each in _figures():
        key = (each.index, each.edition)
        largest[key] = max(largest[key], each.of or 0)
    for each in _figures():
        size = largest[each.index, each.edition]
        assert not size or each.rank is None or each.rank <= size, each


def test_a_unit_has_one_rank_save_where_pages_disagree() -> None:
    assert _ranks_of_units(_figures()) == RANKS_IN_DISPUTE


def test_two_units_do_not_share_a_rank_save_in_reported_ties() -> None:
    assert _units_of_ranks(_figures()) == TIES


def test_a_better_rank_never_has_the_lower_score() -> None:
    assert _inversions(_figures()) == []


def test_the_laws_see_a_row_that_breaks_them() -> None:
    right = next(e for e in _figures() if e.rank is not None and e.score is not None)
    assert right.rank is not None
    assert right.score is not None
    other = dataclasses.replace(right, unit="RUS")
    assert _units_of_ranks((right, other))
    assert _ranks_of_units((right, dataclasses.replace(right, rank=right.rank + 1)))
    swapped = dataclasses.replace(other, rank=right.rank + 1, score=right.score + 1)
    assert _inversions((right, swapped)) == [(right, swapped)]


def test_russia_31st_of_83_has_only_one_witness() -> None:
    """All pages found repeat one agency, so that they must not confirm one another."""
    found = [
        each
        for each in quoted()
        if (each.evidence.index, each.evidence.edition, each.evidence.unit) == ("gaii", 2024, "RUS")
    ]
    assert {(each.evidence.rank, each.evidence.of) for each in found} == {(31, 83)}
    assert {each.story for each in found} == {"kremlin-sberbank-2025"}
