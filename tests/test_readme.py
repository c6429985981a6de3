"""The README shows what the product prints, and names files that are there."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"```console\n\$ rankscope (.*?)\n(.*?)\n```", TEXT, flags=re.DOTALL)
PYTHON = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
LINKS = [link for link in re.findall(r"\]\(([^)#]+)\)", TEXT) if "://" not in link]


@pytest.mark.parametrize(("command", "shown"), CONSOLE)
def test_each_command_prints_what_the_readme_shows(command: str, shown: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rankscope", *shlex.split(command)],
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert done.stdout.rstrip() == shown


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_example_runs(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})


@pytest.mark.parametrize("link", LINKS)
def test_each_link_leads_to_a_file_of_the_project(link: str) -> None:
    assert (ROOT / link).exists()


def test_the_readme_shows_commands_and_code() -> None:
    assert len(CONSOLE) >= 3
    assert PYTHON
