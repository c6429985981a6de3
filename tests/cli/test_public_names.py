"""The names that users import."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import rankscope

TREE = ast.parse(Path(str(rankscope.__file__)).read_text("utf-8"))


def names_for_type_checkers() -> set[str]:
    (block,) = (node for node in TREE.body if isinstance(node, ast.If))
    return {alias.name for one in block.body for alias in one.names}


def test_the_list_is_sorted_and_names_nothing_twice():
    names = rankscope.__all__

    assert len(names) == len(set(names)) <= 50
    assert dir(rankscope) == sorted(names)


@pytest.mark.parametrize("name", rankscope.__all__)
def test_every_name_can_be_imported_and_says_what_it_is(name):
    found = getattr(rankscope, name)

    assert name == "__version__" or inspect.getdoc(found)


def test_type_checkers_see_the_same_names():
    assert names_for_type_checkers() == {*rankscope.__all__} - {"__version__"}


def test_the_map_names_each_folder():
    folders = {
        path.parent.name for path in Path(str(rankscope.__file__)).parent.glob("*/__init__.py")
    }
    mapped = {line.split()[0] for line in (rankscope.__doc__ or "").splitlines() if "   " in line}

    assert folders - {"testing"} <= mapped


def test_a_name_is_loaded_from_the_home_that_type_checkers_see():
    (block,) = (node for node in TREE.body if isinstance(node, ast.If))
    homes = {alias.name: one.module for one in block.body for alias in one.names}

    for home, names in rankscope._HOMES.items():
        for name in names:
            assert homes[name] == f"rankscope.{home}"


def test_other_names_are_refused():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = rankscope.nothing
