"""Running a command so that no traceback ever reaches the reader.

Exit codes: 0 done, 1 a defect of ours, 2 something to mend, 130 interrupted, 143 terminated.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

from rankscope.cli.emit import say
from rankscope.errors import RankscopeError

if TYPE_CHECKING:
    from types import FrameType

MEND, DEFECT, INTERRUPTED = 2, 1, 130
DEBUG = "RANKSCOPE_DEBUG"
"""The environment variable that shows tracebacks."""


def main() -> NoReturn:
    """Run the command that the arguments name, and leave with its exit code."""
    sys.stdout, sys.stderr = _opened(sys.stdout), _opened(sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        _prepare(stream)
    signal.signal(signal.SIGTERM, _terminate)
    try:
        code = _command(sys.argv[1:])
        sys.stdout.flush()
    except BaseException as stopped:
        code = _explain(stopped)
    sys.exit(code)


def _terminate(number: int, _: FrameType | None) -> NoReturn:
    """Leave by way of every clean-up, so that a file half-written is taken back."""
    sys.exit(128 + number)


def _opened(stream: IO[str] | None) -> IO[str]:
    """Return a stream; one that was closed before we began leads nowhere."""
    return Path(os.devnull).open("w", encoding="utf-8") if stream is None else stream


def _prepare(stream: IO[str]) -> None:
    """Let a stream take any text: UTF-8 on Windows; elsewhere what it can not show is escaped."""
    if isinstance(stream, io.TextIOWrapper):
        utf8 = os.name == "nt" and "PYTHONIOENCODING" not in os.environ
        stream.reconfigure(encoding="utf-8" if utf8 else None, errors="backslashreplace")


def _command(arguments: list[str]) -> int:
    """Run a command and return its exit code."""
    from rankscope.cli.app import app

    try:
        app(arguments, prog_name="rankscope")
    except SystemExit as leave:
        return leave.code if isinstance(leave.code, int) else 0
    return 0


def _explain(stopped: BaseException) -> int:
    """Say in one message what stopped the work and return the exit code."""
    if DEBUG in os.environ:
        raise stopped
    match stopped:
        case KeyboardInterrupt():
            return INTERRUPTED
        case RankscopeError():
            return _ask_to_mend(str(stopped))
        case MemoryError():
            return _ask_to_mend("There is not enough memory. Use less data, or another machine.")
        case OSError():
            return _ask_to_mend(_words(stopped))
    say(f"This is a defect in rankscope: {type(stopped).__name__}: {stopped}. Please report it.")
    say(f"Set {DEBUG}=1 and run the command again to see where it happened.")
    return DEFECT


def _ask_to_mend(message: str) -> int:
    for line in message.splitlines():
        say(line)
    return MEND


def _words(failed: OSError) -> str:
    """Say which file made trouble, and what to do."""
    path = failed.filename if isinstance(failed.filename, str) else "The output"
    reason = failed.strerror or str(failed)
    return f"{path}: {reason}. Check that the place is there, may be written to and has room."
