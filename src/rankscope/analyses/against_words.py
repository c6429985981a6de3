"""The verdict on a published column, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rankscope._words import join_words, visible

if TYPE_CHECKING:
    from rankscope.analyses.against_column import ColumnComparison
    from rankscope.analyses.linear_rule import LinearRule


def in_words(one: ColumnComparison) -> str:
    """Say how far a published column was rebuilt, and what is missing."""
    parts = [_met(one) if one.compared else _nothing(one), *_missing(one)]
    return " ".join(part for part in parts if part)


def share_in_words(part: int, of: int) -> str:
    """Return a share in per cent, with the digits that tell it from all and from none.

    >>> share_in_words(33_751, 33_755), share_in_words(3, 3), share_in_words(1, 27)
    ('99.99%', '100%', '3.7%')
    """
    if part in (0, of):
        return "0%" if part == 0 else "100%"
    hundredths = min(max(round(10_000 * part / of), 1), 9_999)
    fine = hundredths > 9_900 or hundredths < 100
    return f"{hundredths / 100:.2f}%" if fine else f"{hundredths / 100:.1f}%"


def _noun(one: ColumnComparison) -> str:
    return "ranks" if one.of == "rank" else "values" if one.transformed else "scores"


def _at(one: ColumnComparison) -> str:
    """Return at which precision, as it follows ``equal``."""
    if one.of == "rank":
        return ""
    if one.decimals == 0:
        return " as whole numbers"
    return f" at {one.decimals} decimal{'s' * (one.decimals > 1)}"


def _met(one: ColumnComparison) -> str:
    """Say how many are equal or near, of those on both sides."""
    whole = f"{one.compared:,} of {one.published:,} {_noun(one)}"
    if one.equal == one.compared:
        return f"{whole} equal{_at(one)}."
    if one.of == "rank":
        share = share_in_words(one.equal, one.compared)
        return f"{share} of {one.compared:,} ranks equal; the largest shift is {one.largest:.0f}."
    if one.inside == one.compared:
        return (
            f"{whole} within rounding{_of_parts(one)}, {share_in_words(one.equal, one.compared)} "
            f"equal{_at(one)}; {_largest(one.largest)}."
        )
    if 2 * one.inside >= one.compared:
        left = one.compared - one.equal
        return (
            f"{share_in_words(one.equal, one.compared)} of {one.compared:,} {_noun(one)} "
            f"equal{_at(one)} ({left:,} {'is' if left == 1 else 'are'} not); "
            f"{share_in_words(one.inside, one.compared)} within rounding{_of_parts(one)}; "
            f"{_largest(one.largest)}."
        )
    return _not_rebuilt(one)


def _of_parts(one: ColumnComparison) -> str:
    return " of the number and of its components" if one.error else ""


def _largest(difference: float) -> str:
    return f"the largest difference is {difference:.2g}"


def _not_rebuilt(one: ColumnComparison) -> str:
    """Say that the definition does not give the column, and whether other weights could."""
    noun = _noun(one).rstrip("s")
    share = share_in_words(one.inside, one.compared)
    rule = one.rule
    if one.line is not None:
        return (
            f"The published {noun} is this one on another scale: {_line(*one.line)}. "
            f"As it is, {share} of {one.compared:,} lie within rounding, {_largest(one.largest)}."
        )
    if rule is None or not (rule.refuted or rule.inside > 0.99):
        return (
            f"This definition does not give the published {noun}: only {share} of "
            f"{one.compared:,} lie within rounding, {_largest(one.largest)}."
        )
    if rule.refuted:
        return (
            f"These columns do not determine the published {noun}: with the weights that fit best "
            f"only {_share(rule)} lie within rounding, {_largest(rule.largest)}; no fixed "
            f"weights bring all nearer than {rule.least:.2g}. As defined: {share}, "
            f"{one.largest:.2g}."
        )
    named = join_words([f"{weight:.5g}" for weight in rule.weights], "and")
    return (
        f"Only {share} of {one.compared:,} published {noun}s lie within rounding, "
        f"{_largest(one.largest)}; with other weights {_share(rule)} would: {named}."
    )


def _line(factor: float, offset: float) -> str:
    """Return factor and offset in words; an offset that shows in no digit is none."""
    moved = f" {'plus' if offset > 0 else 'minus'} {abs(offset):.4g}" if abs(offset) > 1e-6 else ""
    return f"{factor:.4g} times it{moved}"


def _share(rule: LinearRule) -> str:
    return share_in_words(round(rule.inside * 10_000), 10_000)


def _nothing(one: ColumnComparison) -> str:
    if not one.published:
        return "The column holds no numbers."
    return f"None of {one.published:,} published {_noun(one)} belongs to a unit with one here."


def _missing(one: ColumnComparison) -> list[str]:
    """Say what only one side has, and which texts were passed over."""
    said = []
    lost = one.published - one.compared
    if lost and one.compared:
        also = ", so that ranks here are among fewer units" if one.of == "rank" else ""
        count = (
            f"1 published {_noun(one)[:-1]} is"
            if lost == 1
            else f"{lost:,} published {_noun(one)} are"
        )
        said.append(f"{count} not computed{also}.")
    if one.unread:
        texts = join_words([f'"{visible(text, 20)}"' for text in one.unread[:3]], "and")
        said.append(f"Texts that are no numbers were passed over: {texts}.")
    return said
