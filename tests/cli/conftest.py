from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import TINY, running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.running import Done


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Done]:
    """Run a command and return its exit code and what it wrote."""
    monkeypatch.delenv("RANKSCOPE_DEBUG", raising=False)
    return running(monkeypatch, capsys)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Return a copy of the small index, to be changed."""
    return shutil.copytree(TINY, tmp_path / "tiny")
