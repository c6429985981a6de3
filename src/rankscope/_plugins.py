"""Methods of others: from installed packages by entry point, or from a module that is named.

Importing a module registers its methods.  No definition file can name a module
(conventions §12.6): the person who runs the program does.
"""

from __future__ import annotations

import functools
import sys
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

from rankscope.errors import MethodError

GROUP = "rankscope.methods"
"""The entry point group under which a package names its modules of methods."""


@functools.cache
def load_installed() -> None:
    """Load the methods of installed packages, once.

    Raises
    ------
    MethodError
        When a package's methods can not be loaded.
    """
    for point in entry_points(group=GROUP):
        _import(point.module, f"the installed package {point.name!r}")


def load_module(name: str) -> None:
    """Load the methods of a module, which may lie in the working folder.

    Raises
    ------
    MethodError
        When there is no such module, or it can not be loaded.
    """
    folder = str(Path.cwd())
    if folder not in sys.path:
        sys.path.append(folder)
    _import(name.removesuffix(".py"), f"--use {name}")


def _import(module: str, asked: str) -> None:
    try:
        import_module(module)
    except MethodError:
        raise
    except ModuleNotFoundError as missing:
        raise MethodError(
            f"{asked}: there is no module {missing.name!r}. "
            "Name a module that is installed or lies in this folder."
        ) from None
    except Exception as broken:  # whatever is wrong in others' code is said, not shown as ours
        raise MethodError(f"{asked}: {type(broken).__name__}: {broken}") from broken
