"""Programs of the machine: which are tried, in which order."""

from __future__ import annotations

import sys

import pytest

from tests.support import programs


def test_running_tells_whether_a_program_succeeded() -> None:
    assert programs.run([sys.executable, "-c", "pass"])
    assert not programs.run([sys.executable, "-c", "raise SystemExit(3)"])


def test_the_second_list_of_packages_is_installed_only_where_the_first_is_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    def run(command: list[str]) -> bool:
        tried.append(command[-1])
        return command[-1] != "first"

    monkeypatch.setattr(programs, "run", run)
    monkeypatch.setattr(programs, "root_prefix", list)
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/apt-get")
    programs.install_with_apt(["first"], ["second"], ["third"], purpose="a test")

    assert tried == ["update", "first", "second"]


def test_without_the_right_to_install_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "run", lambda _: pytest.fail("something was run"))
    monkeypatch.setattr(programs, "root_prefix", lambda: None)
    programs.install_with_apt(["first"], purpose="a test")
