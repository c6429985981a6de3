from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.explorer.page import write_explorer
from tests.support.indices import TWO_LEVELS, make_index

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = (
    "<script>document.title='owned'</script>",
    '"><img src=x onerror="document.title=1">',
    '=HYPERLINK("http://evil.example","x")',
    "\u202eevil\u202c name",
    "</script><!--",
    "x" * 600,
    "{{ 7 * 7 }} ${7*7}",
    "a, b~c:d&e=f#g%20h",
)
"""Names of units that would do harm where a page took them for more than text."""


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the explorer of a small index with gaps and two levels, as one file."""
    path = tmp_path_factory.mktemp("explorer") / "explorer.html"
    index = make_index(framework=TWO_LEVELS, units=30, views=True, gaps=0.1)
    return write_explorer(index, index.build(), path, draws=200)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the explorer of an index whose every text is hostile."""
    path = tmp_path_factory.mktemp("explorer") / "hostile.html"
    names = [*HOSTILE, *(f"Town {number}" for number in range(8, 20))]
    index = make_index(
        units=20, names=names, own=True, title=HOSTILE[0], description=HOSTILE[4], gaps=0.1
    )
    return write_explorer(index, index.build(), path, draws=100)
