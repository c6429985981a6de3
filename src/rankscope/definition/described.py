"""What each key means: the docstrings below the fields, read only when somebody asks.

Pydantic could read them as it makes the models, which takes a tenth of the time that a
command takes to start.
"""

from __future__ import annotations

import ast
import functools
import inspect
import itertools
import textwrap
from collections.abc import Iterator

from rankscope.definition.model import IndexDefinition
from rankscope.definition.node import Model


@functools.cache
def described_model() -> type[IndexDefinition]:
    """Return the model of definitions with a description in each field, its parts' too."""
    parts = list(_parts(Model))
    for part in parts:
        for name, meaning in _meanings(part):
            part.model_fields[name].description = meaning
    for part in parts:
        part.model_rebuild(force=True)
    return IndexDefinition


def _parts(model: type[Model]) -> Iterator[type[Model]]:
    """Yield the parts of the model, those made of others after those."""
    for part in model.__subclasses__():
        yield from _parts(part)
        yield part


def _meanings(part: type[Model]) -> Iterator[tuple[str, str]]:
    """Yield each field that a part declares, with the text that stands below it."""
    [body] = ast.parse(textwrap.dedent(inspect.getsource(part))).body
    statements = body.body if isinstance(body, ast.ClassDef) else []
    for field, below in itertools.pairwise(statements):
        match field, below:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(
                value=ast.Constant(value=str(text))
            ):
                yield name, inspect.cleandoc(text)
