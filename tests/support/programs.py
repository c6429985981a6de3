"""Other programs: run one to its end, as root where that is allowed, and install some with apt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PATIENCE = 600
"""Seconds that a program may take."""


def run(command: Sequence[str]) -> bool:
    """Run a program to its end and return whether it succeeded."""
    try:
        done = subprocess.run(
            command, capture_output=True, stdin=subprocess.DEVNULL, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def root_prefix() -> list[str] | None:
    """Return what to put before a command to run it as root; None where that is not allowed."""
    if os.geteuid() == 0:
        return ["env", "DEBIAN_FRONTEND=noninteractive"]
    if shutil.which("sudo") and run(["sudo", "--non-interactive", "true"]):
        return ["sudo", "--non-interactive", "env", "DEBIAN_FRONTEND=noninteractive"]
    return None


def install_with_apt(*choices: Sequence[str], purpose: str) -> None:
    """Install the first of some lists of packages that there is; nothing happens without apt.

    ``purpose`` is told on the way: it may take minutes.
    """
    prefix = root_prefix()
    if shutil.which("apt-get") is None or prefix is None:
        return
    sys.stderr.write(f"Installing {choices[0][0]} with apt for {purpose}.\n")
    apt = [*prefix, "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    install = [*apt, "install", "--yes", "--no-install-recommends"]
    if not run([*apt, "update"]):
        return
    for packages in choices:
        if run([*install, *packages]):
            return
