"""The reference of the methods, from the methods themselves.

From a shell::

    python -m tests.definition.methods_reference     # write docs/methods.md anew
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rankscope.methods  # noqa: F401 - registers the methods
from rankscope._domains import Maybe
from rankscope._registry import Method, describe
from rankscope._registry import methods_of as all_methods_of
from rankscope.definition.yaml_emit import emit, number_text
from rankscope.testing import examples_of

if TYPE_CHECKING:
    from collections.abc import Iterator

FILE = Path(__file__).parents[2] / "docs" / "methods.md"

HEAD = """\
# Methods

Written by `python -m tests.definition.methods_reference` from the methods themselves; a test keeps
it so.

A method is written by its name alone, `treatment: log`, or with parameters:
`treatment: {method: log, offset: range}`.
How a whole definition is written is in [definition.md](definition.md).
Numbers may be fractions, such as `2/3`.

Every imputation, treatment, normalisation and step has one parameter more:
`within: GROUPING` works in each group of units by itself.
A grouping is a variable of kind `group` under `context:`; `region`, `subregion` or `income` where
units are countries; `period` in a panel; `all` undoes `scales: per_period` for one stage.
"""

STAGES = {
    "imputation": "How gaps are filled: `method.imputation`, or `imputation` of an indicator.",
    "treatment": (
        "What is done about outliers and skew, before polarity: `method.treatment`, or `treatment` "
        "of an indicator. A list of treatments is a `chain`."
    ),
    "normalisation": (
        "How indicators come onto one scale on which more is better: `method.normalisation`, or "
        "`normalisation` of an indicator. Goalposts and targets are in the indicator's own units "
        "and direction, also where less is better."
    ),
    "weighting": (
        "How the children of a node are weighed: `method.weights`, or `weighting` of a node."
    ),
    "aggregation": (
        "How the children of a node are combined: `method.aggregation`, `aggregation_by_level`, or "
        "`aggregation` of a node."
    ),
    "step": (
        "What happens to scores at last: `method.indicator_steps`, `method.aggregate_steps`, or "
        "`steps` of a node, one after the other. All treatments and normalisations above may be "
        "steps too, but for those that need goalposts or a target."
    ),
    "admissible": (
        "Which weights count as defensible: `assumptions.weights`. Simulation draws from the set, "
        "and exact answers hold over all of it. On the command line a set is typed with its first "
        "parameter, such as `bounded(10%)`."
    ),
    "change": (
        "What a scenario does to data: a list under `changes` of a scenario, each one `act: NAME`. "
        "Every act has three parameters more. `units`: whom it befalls, units or groups of them "
        "such as EU; unless given, the units of the scenario. `nodes`: where it acts, indicators, "
        "all of a node, or variables that are no indicators; unless given, all indicators. "
        "`exposed_to`: only indicators that say so themselves. Of a node an act takes only the "
        "indicators of a kind for which it makes sense. A size is a number or a range, "
        "`{low: 10%, high: 30%, likely: 20%}`: without `likely` all of it is equally likely, with "
        "it the distribution is a triangle."
    ),
}
KEYS = {"weighting": "weights", "step": "steps", "admissible": "weights", "change": "changes"}
TITLES = {"admissible": "Admissible weights", "change": "Acts of scenarios"}
LISTED = ("step", "change")
"""Stages whose methods a file gives as a list."""
ACTS: dict[str, dict[str, Any]] = {
    "scale": {"nodes": "patents", "by": 1.1},
    "restrict": {"exposed_to": "imported_hardware", "by": {"low": 0.2, "high": 0.5}},
    "add": {"nodes": "patents", "by": -20},
    "set": {"nodes": "strategy", "to": 1},
    "cap": {"nodes": "emissions", "at": 50},
    "towards": {"nodes": "skills", "best": True, "by": 0.25},
    "cooperate": {"nodes": "research", "partners": ["CHN"], "by": 0.1, "both_ways": True},
    "merge": {"units": "BRICS", "into": "BRICS", "by": "population"},
    "sever": {"partners": ["USA", "DEU"], "ties": "papers", "lost": {"low": 0.3, "high": 0.7}},
    "deepen": {"partners": ["CHN"], "ties": "papers", "times": 2, "new": 0.5},
}
"""Examples of acts, of which several parameters together must be given."""
COMMON = {"change": {"units", "nodes", "exposed_to"}}
"""Parameters that all methods of a stage have, which are told once."""


def reference() -> str:
    """Return the whole page."""
    return "\n".join([HEAD, *(section(stage) for stage in STAGES)]).rstrip() + "\n"


def methods_of(stage: str) -> dict[str, type[Method]]:
    """Return the methods of our own that belong to a stage, by name."""
    found = all_methods_of(stage).items()
    return {
        name: cls
        for name, cls in sorted(found)
        if cls.stage == stage and cls.__module__.startswith("rankscope.")
    }


def section(stage: str) -> str:
    """Return what there is to say about one stage."""
    entries = [entry(stage, cls) for cls in methods_of(stage).values()]
    return "\n".join(
        [f"## {TITLES.get(stage, stage.capitalize())}", "", STAGES[stage], "", *entries]
    )


def entry(stage: str, cls: type[Method]) -> str:
    """Return what there is to say about one method."""
    lines = [f"### {cls.name}", "", plain(cls), ""]
    told = {"within"} | COMMON.get(stage, set())
    fields = [one for one in dataclasses.fields(cls) if one.name not in told]
    if stage == "change":
        kinds = ", ".join(sorted(cls.kinds))  # type: ignore[attr-defined]  # those of acts
        lines += [f"For indicators of kind {kinds}.", ""]
    if fields:
        lines += ["| parameter | values | default | |", "| --- | --- | --- | --- |"]
        lines += ["| " + " | ".join(row(one)) + " |" for one in fields]
        lines.append("")
    lines += ["```yaml", example(stage, cls).rstrip(), "```", ""]
    if cls.citation:
        lines += [cls.citation.rstrip(".") + ".", ""]
    return "\n".join(lines)


def plain(cls: type[Method]) -> str:
    """Return the docstring of a method as Markdown."""
    text = inspect.cleandoc(cls.__doc__ or "")
    text = re.sub(r":math:`([^`]*)`", r"$\1$", text)
    return re.sub(r"``([^`]*)``", r"`\1`", text)


def row(field: Any) -> Iterator[str]:
    """Yield the cells of a parameter."""
    domain = field.metadata["domain"]
    yield f"`{field.name}`"
    yield domain.words().replace("|", "\\|")
    yield default(field, domain)
    yield field.metadata["doc"].replace("|", "\\|")


def default(field: Any, domain: Any) -> str:
    """Return the default as a file writes it; a parameter without one must be given."""
    try:
        value = domain.read(field.default)
    except (TypeError, ValueError):
        return "must be given"
    return (
        "none"
        if value is None and isinstance(domain, Maybe)
        else f"`{written(domain.write(value))}`"
    )


def written(value: Any) -> str:
    """Return a value as a file writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return number_text(value)


def example(stage: str, cls: type[Method]) -> str:
    """Return a method with the parameters that it must have, or else its first one, as YAML."""
    if stage == "change" and cls.name in ACTS:
        return emit({KEYS[stage]: [{"act": cls.name, **ACTS[cls.name]}]})
    method, *others = examples_of(cls)
    if stage == "admissible":  # at the low end of their parameters nothing varies
        others = others[1:] or others
    if len(describe(method)) == 1 and others:
        method = next((one for one in others if len(describe(one)) > 1), method)
    given = describe(method)
    return emit({KEYS.get(stage, stage): [given] if stage in LISTED else given})


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
