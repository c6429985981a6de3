from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _here(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)


def commands(out: str) -> list[list[str]]:
    return [line.split()[1:] for line in out.splitlines() if line.startswith("  rankscope ")]


@pytest.mark.parametrize("form", [(), ("--excel",)])
def test_the_next_two_commands_work_as_they_are_printed(run, form):
    done = run("new", "first-index", *form)
    told = commands(done.out)

    assert done.code == 0
    assert [command[0] for command in told] == ["validate", "rank"]
    assert [run(*command).code for command in told] == [0, 0]


def test_nothing_that_is_there_is_overwritten(run, tmp_path):
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "index.yaml").write_text("mine")
    done = run("new", "first")

    assert done.code == 2
    assert (tmp_path / "first" / "index.yaml").read_text() == "mine"


@pytest.mark.parametrize("name", ["9 lives", "a/../..", "=1+1", ""])
def test_a_name_that_can_be_no_code_is_refused(run, name, tmp_path):
    done = run("new", name)

    assert done.code == 2
    assert list(tmp_path.iterdir()) == []
