"""rankscope: country rankings, taken apart.

The folders are one sentence: an index is defined, fed with data, computed, examined, shown.

methods      the mathematics: arrays in, arrays out
units        the register: codes, names, exact aliases, groups
definition   what an index is, before any data
data         what was observed, with its sources
pipeline     definition and data to scores and ranks
analyses     questions to a result: why, against whom, how firm, how far at most
exchange     files of other tools, read and written: COINr, the COIN Tool, live workbooks
catalogue    the packaged indices, and opening any by name or path
charts       one file per question, each function returns a chart
pages        what every HTML output shares
claims       a text -> its claims about ranks, verdicts with evidence, statements
report       an index as one page
explorer     a ranking to take apart with the mouse: a local server, or one file
cli          the command line, one file a verb

The names below are all that most work needs; each is loaded when it is first used::

    import rankscope as rs

    index = rs.open_index("ai-capacity")
    result = index.build()
    profile = rs.explain(result, "RUS")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rankscope.analyses.against import compare_with_published
    from rankscope.analyses.audit import audit
    from rankscope.analyses.coherence import coherence
    from rankscope.analyses.compare import compare
    from rankscope.analyses.diff import diff
    from rankscope.analyses.exact.reach import reach
    from rankscope.analyses.explain import explain
    from rankscope.analyses.goal import goal_seek
    from rankscope.analyses.importance import importance
    from rankscope.analyses.imputation_check import check_imputation
    from rankscope.analyses.influence import influence
    from rankscope.analyses.multiverse import multiverse
    from rankscope.analyses.offset import offset_map
    from rankscope.analyses.overtake import overtake
    from rankscope.analyses.recover import recover_weights
    from rankscope.analyses.scenario import what_if
    from rankscope.analyses.sensitivity import sensitivity
    from rankscope.analyses.trace import trace
    from rankscope.analyses.trends import trends
    from rankscope.analyses.uncertainty import design_of, uncertainty
    from rankscope.analyses.variants import build_variants
    from rankscope.catalogue import Index, open_index, packaged
    from rankscope.data.frame import table_from_frame
    from rankscope.data.read import read_table
    from rankscope.data.table import DataTable
    from rankscope.definition.model import Assumptions, IndexDefinition, Scenario
    from rankscope.definition.read import read_definition
    from rankscope.definition.write import write_definition
    from rankscope.errors import (
        BindError,
        CatalogueError,
        DataError,
        DefinitionError,
        MethodError,
        OutputError,
        RankscopeError,
        UnitError,
    )
    from rankscope.findings import Finding
    from rankscope.pipeline import Plan, Result, bind, build
    from rankscope.report import write_audit, write_report
    from rankscope.units import iso3166

__all__ = [
    "Assumptions",
    "BindError",
    "CatalogueError",
    "DataError",
    "DataTable",
    "DefinitionError",
    "Finding",
    "Index",
    "IndexDefinition",
    "MethodError",
    "OutputError",
    "Plan",
    "RankscopeError",
    "Result",
    "Scenario",
    "UnitError",
    "__version__",
    "audit",
    "bind",
    "build",
    "build_variants",
    "check_imputation",
    "coherence",
    "compare",
    "compare_with_published",
    "design_of",
    "diff",
    "explain",
    "goal_seek",
    "importance",
    "influence",
    "iso3166",
    "multiverse",
    "offset_map",
    "open_index",
    "overtake",
    "packaged",
    "reach",
    "read_definition",
    "read_table",
    "recover_weights",
    "sensitivity",
    "table_from_frame",
    "trace",
    "trends",
    "uncertainty",
    "what_if",
    "write_audit",
    "write_definition",
    "write_report",
]

__version__ = "0.1.0"

_HOMES = {
    "analyses.against": ("compare_with_published",),
    "analyses.audit": ("audit",),
    "analyses.coherence": ("coherence",),
    "analyses.compare": ("compare",),
    "analyses.diff": ("diff",),
    "analyses.exact.reach": ("reach",),
    "analyses.explain": ("explain",),
    "analyses.goal": ("goal_seek",),
    "analyses.importance": ("importance",),
    "analyses.imputation_check": ("check_imputation",),
    "analyses.influence": ("influence",),
    "analyses.multiverse": ("multiverse",),
    "analyses.offset": ("offset_map",),
    "analyses.overtake": ("overtake",),
    "analyses.recover": ("recover_weights",),
    "analyses.scenario": ("what_if",),
    "analyses.sensitivity": ("sensitivity",),
    "analyses.trace": ("trace",),
    "analyses.trends": ("trends",),
    "analyses.uncertainty": ("design_of", "uncertainty"),
    "analyses.variants": ("build_variants",),
    "catalogue": ("Index", "open_index", "packaged"),
    "data.frame": ("table_from_frame",),
    "data.read": ("read_table",),
    "data.table": ("DataTable",),
    "definition.model": ("Assumptions", "IndexDefinition", "Scenario"),
    "definition.read": ("read_definition",),
    "definition.write": ("write_definition",),
    "errors": (
        "BindError",
        "CatalogueError",
        "DataError",
        "DefinitionError",
        "MethodError",
        "OutputError",
        "RankscopeError",
        "UnitError",
    ),
    "findings": ("Finding",),
    "pipeline": ("Plan", "Result", "bind", "build"),
    "report": ("write_audit", "write_report"),
    "units": ("iso3166",),
}


def __getattr__(name: str) -> Any:
    """Load a name from its home when it is first used (PEP 562)."""
    for home, names in _HOMES.items():
        if name in names:
            found = getattr(import_module(f"rankscope.{home}"), name)
            globals()[name] = found
            return found
    raise AttributeError(f"module 'rankscope' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names, loaded or not."""
    return __all__
