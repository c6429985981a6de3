"""Photograph the report: python -m tests.support.screens [FOLDER]."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.browser import Watch, ensure_browser, open_browser

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "screens"
WIDTHS = {"desktop": (1280, 900), "phone": (390, 844)}
TALLEST = 16_000  # Chromium draws nothing below


def write_report(folder: Path) -> Path:
    """Write the report that `make demo` writes."""
    program = Path(sys.executable).with_name("rankscope")
    subprocess.run([program, "demo"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "report.html"


def photograph(report: Path, folder: Path) -> list[str]:
    """Save what a reader sees first and the whole page at each width; return the complaints."""
    folder.mkdir(parents=True, exist_ok=True)
    complaints: list[str] = []
    with open_browser(ensure_browser()) as browser:
        for name, (width, height) in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            watch = Watch()
            watch.over(page)
            page.goto(report.as_uri(), wait_until="load")
            page.wait_for_timeout(500)
            page.screenshot(path=folder / f"report-{name}.png")
            tall = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
            page.screenshot(
                path=folder / f"report-{name}-whole.png",
                full_page=True,
                clip={"x": 0, "y": 0, "width": width, "height": tall},
            )
            complaints += [f"{name}: {complaint}" for complaint in watch.complaints]
            page.close()
    return complaints


def main(arguments: Sequence[str]) -> int:
    """Write the pictures and say where they are."""
    folder = Path(arguments[0]) if arguments else FOLDER
    with tempfile.TemporaryDirectory() as scratch:
        complaints = photograph(write_report(Path(scratch)), folder)
    for picture in sorted(folder.glob("report-*.png")):
        sys.stdout.write(f"{picture}\n")
    for complaint in complaints:
        sys.stderr.write(f"{complaint}\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
