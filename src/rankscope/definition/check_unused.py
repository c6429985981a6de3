"""Checks of what is declared and has no effect, for nothing is ignored in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from rankscope._words import join_words
from rankscope.definition.method import MethodSpec
from rankscope.definition.model import DataSpec
from rankscope.definition.subject import Subject
from rankscope.findings import Finding

NO_TEXT = frozenset({".xlsx", ".parquet"})
"""Endings of tables that are no text."""


def unused_findings(subject: Subject) -> Iterator[Finding]:
    """Yield keys that are declared and that nothing looks at."""
    yield from _levels(subject)
    yield from _stages(subject)
    yield from _text(subject)
    yield from _marks(subject)
    yield from _screening(subject)


def _levels(subject: Subject) -> Iterator[Finding]:
    """Yield aggregations for levels that the framework does not have."""
    declared = len(subject.definition.method.aggregation_by_level)
    deepest = 1 + max(len(loc) // 2 for loc, _ in subject.aggregates)
    if declared > deepest:
        said = f"aggregation_by_level names {declared} levels, and {deepest} have children."
        place = ("method", "aggregation_by_level", deepest)
        yield subject.warning("level-unused", place, said, "Remove the last ones.")


def _stages(subject: Subject) -> Iterator[Finding]:
    """Yield methods of the index that every node overrides."""
    method = subject.definition.method
    by_level, indicators = method.aggregation_by_level, subject.indicators
    used = {
        "imputation": any(node.imputation is None for _, node in indicators),
        "treatment": any(node.treatment is None for _, node in indicators),
        "normalisation": any(node.normalisation is None for _, node in indicators),
        "weights": any(node.weighting is None for _, node in subject.aggregates),
        "aggregation": any(
            node.aggregation is None and len(loc) // 2 >= len(by_level)
            for loc, node in subject.aggregates
        ),
        "indicator_steps": any(node.steps is None for _, node in indicators),
        "aggregate_steps": any(node.steps is None for _, node in subject.aggregates),
    }
    for key, needed in used.items():
        if not needed and getattr(method, key) != MethodSpec.model_fields[key].default:
            said = f"method.{key} has no effect: every node that it is for has its own."
            yield subject.warning("method-unused", ("method", key), said, "Remove it.")


def _text(subject: Subject) -> Iterator[Finding]:
    """Yield keys of text files where the table is none."""
    data = subject.definition.data
    keys = [
        key
        for key in ("delimiter", "decimal", "encoding")
        if getattr(data, key) != DataSpec.model_fields[key].default
    ]
    if keys and PurePosixPath(data.file).suffix.lower() in NO_TEXT:
        said = f"data.{join_words(keys, 'and')} has no effect: {data.file} is no text."
        yield subject.warning("text-key-unused", ("data", keys[0]), said, "Remove it.")


def _marks(subject: Subject) -> Iterator[Finding]:
    """Yield a mark that would both stand between thousands and before decimals."""
    data = subject.definition.data
    if data.thousands == data.decimal:
        mark, other = data.thousands, "," if data.thousands == "." else "."
        said = f'data.thousands and data.decimal are both "{mark}".'
        if "decimal" not in data.model_fields_set:
            said = f'data.thousands is "{mark}", and so is data.decimal where it is not given.'
        mend = f'Write `decimal: "{other}"`, or leave `thousands` out.'
        yield subject.error("marks-equal", ("data", "thousands"), said, mend)


def _screening(subject: Subject) -> Iterator[Finding]:
    """Yield units that are kept and dropped at once."""
    screening = subject.definition.method.screening
    both = [unit for unit in screening.keep if unit in screening.drop]
    if both:
        said = f"screening keeps and drops {join_words(both[:3], 'and')}; it is dropped."
        place = ("method", "screening", "keep")
        yield subject.warning("screening-contradicts", place, said, "Name it in one list.")
