from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from rankscope.cli import paint as painting
from rankscope.cli.emit import Form, emit
from rankscope.cli.plain import as_text, fitting
from rankscope.cli.sheet import Answer, Column, Sheet, number, text
from tests.cli.running import TINY

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def window(monkeypatch):
    """Return a function that makes a terminal of some width and returns what is painted there."""

    def open_window(width: int) -> io.StringIO:
        file = io.StringIO()
        console = Console(
            file=file, width=width, force_terminal=True, color_system="256", highlight=False,
            markup=False, emoji=False,
        )  # fmt: skip
        monkeypatch.setattr(painting, "_console", lambda **_: console)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True)
        return file

    return open_window


def painted(run, window, width, *arguments):
    file = window(width)
    done = run(*arguments)

    assert (done.code, done.out) == (0, "")
    return file.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
@pytest.mark.parametrize(
    "arguments",
    [("rank", TINY), ("show", "LUX", "-i", TINY), ("compare", "KOR", "DEU", "-i", TINY), ("list",)],
)
def test_nothing_is_wider_than_the_window_and_nothing_is_cut(run, window, width, arguments):
    said = ANSI.sub("", painted(run, window, width, *arguments))

    assert max(map(len, said.splitlines())) <= width
    assert "…" not in said


def test_narrow_windows_show_fewer_levels(run, window):
    assert "Schooling" in painted(run, window, 100, "rank", TINY)
    assert "Schooling" not in painted(run, window, 50, "rank", TINY)


def test_numerals_stand_under_each_other(run, window):
    lines = ANSI.sub("", painted(run, window, 60, "rank", TINY)).splitlines()
    rows = [line for line in lines if line[:4].strip().isdigit()]

    assert len({line.index(".") for line in rows}) == 1


def test_names_are_no_markup(window):
    file = window(60)
    rows = ({"name": "[red]Ruritania[/red]", "x": 1.0},)
    columns = (text("[b]Unit[/b]", "name"), number("X", "x"))
    emit(Answer({}, (Sheet("units", rows, columns, title="[i]T[/i]"),)), Form())

    assert "[red]Ruritania[/red]" in file.getvalue()
    assert "[b]Unit[/b]" in file.getvalue()
    assert "[i]T[/i]" in file.getvalue()


@pytest.mark.parametrize("mark", ["\x1b[31m", "\u202e", "\x07", "\u2066", "\x9b31m", "\n"])
def test_marks_that_steer_a_terminal_are_shown_as_escapes(window, mark):
    file = window(60)
    answer = Answer({}, (Sheet("units", ({"name": f"Ruri{mark}tania"},), (text("Unit", "name"),)),))
    emit(answer, Form())
    shown = f"Ruri\\u{ord(mark[0]):04x}"

    assert shown in ANSI.sub("", file.getvalue())
    assert shown in as_text(answer)


def test_wrapped_text_stays_below_its_indent(window):
    file = window(30)
    column = Column("Node", lambda row: row["name"], flexible=True)
    emit(
        Answer({}, (Sheet("n", ({"name": "    Spending on research and more"},), (column,)),)),
        Form(),
    )

    assert ANSI.sub("", file.getvalue()).splitlines()[-1].startswith("      more")


def test_old_consoles_get_marks_that_they_have():
    assert fitting("█▒ – ·", "cp437") == "#: - |"
    assert fitting("█▒ – ·", "utf-8") == "█▒ – ·"


def test_a_terminal_of_letters_only_gets_no_escapes_for_bars(run, window, monkeypatch):
    monkeypatch.setattr(painting, "fitting", lambda said, _: fitting(said, "ascii"))
    said = painted(run, window, 100, "compare", "KOR", "DEU", "-i", TINY)

    assert ":::" in said
    assert not set(said) & set("▒█·–")
