"""What an index is, before any data: its model, and how it is read, written and checked."""

from rankscope.definition.check import check_definition
from rankscope.definition.cite import citations
from rankscope.definition.model import IndexDefinition, Node
from rankscope.definition.read import examine_definition, examine_text, read_definition
from rankscope.definition.read_scenarios import (
    examine_scenarios,
    examine_scenarios_text,
    read_scenarios,
)
from rankscope.definition.schema import json_schema
from rankscope.definition.starter import write_starter
from rankscope.definition.write import definition_text, write_definition

__all__ = [
    "IndexDefinition",
    "Node",
    "check_definition",
    "citations",
    "definition_text",
    "examine_definition",
    "examine_scenarios",
    "examine_scenarios_text",
    "examine_text",
    "json_schema",
    "read_definition",
    "read_scenarios",
    "write_definition",
    "write_starter",
]
