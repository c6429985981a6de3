"""Whatever happens, the reader gets one message and an exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rankscope.errors import RankscopeError
from tests.cli.running import TINY

FULL = Path("/dev/full")
START = (sys.executable, "-c", "from rankscope.cli import main; main()")


def start(*arguments, **more):
    environment = {**os.environ, **more.pop("env", {})}
    return subprocess.run(
        [*START, *map(str, arguments)], capture_output=True, check=False, env=environment, **more
    )


@pytest.fixture
def failing(monkeypatch):
    """Return a function that makes opening an index fail in a given way."""

    def make(error: BaseException) -> None:
        def fail(_: object) -> None:
            raise error

        monkeypatch.setattr("rankscope.catalogue.open_index", fail)

    return make


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (RankscopeError("It is broken. Mend it."), 2, "It is broken. Mend it.\n"),
        (RankscopeError("One.\nTwo."), 2, "One.\nTwo.\n"),
        (KeyboardInterrupt(), 130, ""),
        (MemoryError(), 2, "There is not enough memory"),
        (OSError(28, "No space left on device", "x.csv"), 2, "x.csv: No space left on device."),
        (ValueError("odd"), 1, "This is a defect in rankscope: ValueError: odd."),
        (RecursionError("deep"), 1, "This is a defect in rankscope"),
    ],
)
def test_every_failure_has_its_exit_code_and_message(run, failing, error, code, words):
    failing(error)
    done = run("rank", TINY)

    assert done.code == code
    assert words in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_a_defect_says_how_to_see_where_it_happened(run, failing, monkeypatch):
    failing(ValueError("odd"))

    assert "RANKSCOPE_DEBUG=1" in run("rank", TINY).err


@pytest.mark.skipif(os.name == "nt", reason="file descriptors are closed otherwise there")
@pytest.mark.parametrize("closed", [(1,), (2,), (1, 2)])
@pytest.mark.parametrize("verb", [("rank", TINY), ("list", "--json"), ("--help",), ("rank", "no")])
def test_a_stream_that_is_closed_is_no_defect(closed, verb):
    def close() -> None:
        for stream in closed:
            os.close(stream)

    done = start(*verb, preexec_fn=close)

    assert done.returncode == (2 if verb[-1] == "no" else 0)
    assert b"defect" not in done.stderr


def test_debugging_shows_the_traceback():
    code = (
        "import sys, rankscope.catalogue as c; c.open_index = lambda _: 1 / 0;"
        "sys.argv = ['rankscope', 'rank', 'x']; from rankscope.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        env={**os.environ, "RANKSCOPE_DEBUG": "1"},
    )  # fmt: skip

    assert "Traceback" in done.stderr
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize("arguments", [("nothing",), ("rank",), ("rank", "x", "--top", "many")])
def test_a_wrong_command_line_ends_with_two_and_its_usage(run, arguments):
    done = run(*arguments)

    assert done.code == 2
    assert "Usage: rankscope" in done.err


def test_a_misspelt_command_is_told_what_may_be_meant(run):
    assert "compare" in run("compere").err


def test_without_arguments_the_commands_are_listed(run):
    done = run()

    assert "compare" in done.out + done.err


def test_a_pipe_gets_no_colours_and_whole_words():
    done = start("show", "DEU", "-i", TINY, env={"COLUMNS": "40", "TERM": "xterm-256color"})

    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert "…".encode() not in done.stdout
    assert max(map(len, done.stdout.decode().splitlines())) > 40


def test_who_reads_only_the_beginning_hears_no_complaint():
    done = subprocess.run(
        f'"{sys.executable}" -c "{START[2]}" rank ai-capacity --json | head -n 1',
        shell=True, capture_output=True, check=False,
    )  # fmt: skip

    assert done.stdout == b"{\n"
    assert done.stderr == b""


@pytest.mark.skipif(not FULL.exists(), reason="there is no full disk to write to")
def test_a_full_disk_is_told():
    with FULL.open("w") as full:
        done = subprocess.run(
            [*START, "rank", str(TINY)], stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )

    assert done.returncode == 2
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp437", "latin-1", "utf-8", "utf-16"])
def test_odd_consoles_get_what_they_can_show(encoding):
    done = start("compare", "KOR", "DEU", "-i", TINY, env={"PYTHONIOENCODING": encoding})

    assert done.returncode == 0
    assert done.stderr == b""
    assert "South Korea" in done.stdout.decode(encoding)


def test_help_is_asked_for_in_both_ways(run):
    assert run("rank", "--help").out == run("rank", "-h").out


def test_python_m_is_the_same():
    done = subprocess.run(
        [sys.executable, "-m", "rankscope", "--version"], capture_output=True, check=True, text=True
    )

    assert done.stdout.startswith("rankscope ")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("rankscope show Germ", "Germany"),
        ("rankscope show DE", "DEU"),
        ("rankscope rank ai", "ai-capacity"),
        ("rankscope rank x --view sc", "scale"),
        ("rankscope comp", "compare"),
    ],
)
def test_the_shell_completes_commands_units_views_and_indices(words, expected):
    done = start(
        env={
            "_RANKSCOPE_COMPLETE": "complete_bash",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        }
    )

    assert expected in done.stdout.decode()


def loaded_by(*arguments) -> set[str]:
    code = (
        "import atexit, sys; sys.argv = ['rankscope', *sys.argv[1:]];"
        "atexit.register(lambda: print('\\n'.join(sys.modules), file=sys.stderr));"
        "from rankscope.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("arguments", [("--help",), ("rank", "--help"), ("report", "--help")])
def test_help_loads_nothing_that_is_slow_to_load(arguments):
    # pydantic is not among them: Typer may load it to read a verb's parameters
    slow = {"numpy", "pandas", "scipy", "yaml", "altair", "rich.console"}

    assert loaded_by(*arguments) & slow == set()


@pytest.mark.parametrize(
    "arguments",
    [("rank", "ai-capacity"), ("show", "RUS"), ("compare", "RUS", "BRA"), ("rank", TINY, "--csv")],
)
def test_answers_load_neither_data_frames_nor_optimisers_nor_charts(arguments):
    slow = {"pandas", "scipy.optimize", "scipy.stats", "sklearn", "altair", "openpyxl", "joblib"}

    assert loaded_by(*arguments) & slow == set()
