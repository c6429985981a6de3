"""Where an answer goes: the terminal, a pipe or a file; and in which form."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rankscope._files import write_text
from rankscope._words import join_words, visible
from rankscope.cli.machine import as_csv, as_json
from rankscope.cli.plain import as_text
from rankscope.cli.sheet import Answer
from rankscope.errors import OutputError

_KINDS = {".json": "json", ".csv": "csv", ".txt": "text", "": "text"}
"""The form that the ending of a file's name asks for."""

_WRITERS = {"json": as_json, "csv": as_csv, "text": as_text}


@dataclass(frozen=True, slots=True)
class Form:
    """What the three options of output say."""

    as_json: bool = False
    as_csv: bool = False
    file: Path | None = None

    @property
    def kind(self) -> str:
        """Return json, csv or text; a file's name decides where no option does.

        Raises
        ------
        OutputError
            When both forms are asked for, or the name asks for another.
        """
        if self.as_json and self.as_csv:
            raise OutputError("--json and --csv are two forms of one answer. Choose one.")
        if self.as_json or self.as_csv:
            return "json" if self.as_json else "csv"
        suffix = self.file.suffix.lower() if self.file else ""
        if suffix not in _KINDS:
            raise OutputError(
                f"{self.file} must end in {join_words(filter(None, _KINDS))}, got {suffix!r}. "
                "Rename it, or say --json or --csv."
            )
        return _KINDS[suffix]


def emit(answer: Answer, form: Form) -> None:
    """Put an answer where it belongs.

    Raises
    ------
    OutputError
        When the file can not be written; there is then none.
    """
    kind = form.kind
    if form.file is not None:
        write_text(form.file, _WRITERS[kind](answer))
        say(f"Wrote {form.file}.")
    elif kind == "text" and sys.stdout.isatty():
        from rankscope.cli.paint import paint

        paint(answer)
    else:
        _print(_WRITERS[kind](answer))


def _print(content: str) -> None:
    """Write to a pipe; when its reader has seen enough, that is no failure."""
    try:
        sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say(sentence: str) -> None:
    """Tell the reader something that is not part of the answer."""
    sys.stderr.write(visible(sentence, limit=sys.maxsize) + "\n")


@contextmanager
def working(doing: str) -> Iterator[None]:
    """Show in a terminal that something takes a while; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from rankscope.cli.paint import busy

    with busy(doing):
        yield
