"""The command line: one file a verb, each a dozen lines over the library."""

from rankscope.cli.run import main

__all__ = ["main"]
