"""Photograph the report and the explorer: python -m tests.support.screens [FOLDER]."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.support.browser import Watch, ensure_browser, open_browser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "screens"


class Picture(NamedTuple):
    """What is photographed: a place of a page, at a size."""

    name: str
    place: str
    width: int
    height: int
    dark: bool = False


PICTURES = (
    Picture("report-desktop", "", 1280, 1000),
    Picture("report-ranking", "#ranking", 1280, 900),
    Picture("report-map", "#map", 1280, 860),
    Picture("report-country", "#IND", 1280, 1000),
    Picture("report-phone", "#ranking", 390, 844),
    Picture("report-phone-country", "#IND", 390, 844),
)

MOVED = "#w=investment:0.45~implementation:0.3~innovation:0.25&pins=RUS"
EXPLORER = (
    Picture("explorer", MOVED, 1280, 800),
    Picture("explorer-dark", MOVED, 1280, 800, dark=True),
    Picture("explorer-phone", MOVED, 390, 844),
)


def write_explorer(folder: Path) -> Path:
    """Write the explorer of the packaged index as one file."""
    program = Path(sys.executable).with_name("rankscope")
    path = folder / "explorer.html"
    command: list[str | Path] = [program, "explore", "ai-capacity", "--static", path]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return path


def write_report(folder: Path) -> Path:
    """Write the report that `make demo` writes."""
    program = Path(sys.executable).with_name("rankscope")
    subprocess.run([program, "demo"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder / "report.html"


DRAWN = {
    "variants.svg": ("variants", "ai-capacity", "--units", "RUS,CHN,BRA", "--top", "20"),
    "ranks.svg": ("robust", "ai-capacity", "--top", "25"),
    "russia-china.svg": (
        ("offset", "ai-capacity", "cutoff_and_cooperation", "--x", "1:0..100%", "--y", "2:0..15%")
    ),
}
"""Pictures that commands draw, by the name of the file."""


def draw(folder: Path) -> None:
    """Draw the ranks of the packaged index in its variants, and how firm they are."""
    program = Path(sys.executable).with_name("rankscope")
    for name, words in DRAWN.items():
        command: list[str | Path] = [program, *words, "-o", folder / name]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def photograph(pages: Sequence[tuple[Path, Sequence[Picture]]], folder: Path) -> list[str]:
    """Save the pictures of each page; return what the pages complained of."""
    folder.mkdir(parents=True, exist_ok=True)
    with open_browser(ensure_browser()) as browser:
        return [
            f"{picture.name}: {complaint}"
            for path, pictures in pages
            for picture in pictures
            for complaint in _take(browser, picture, path, folder)
        ]


def _take(browser: Browser, picture: Picture, path: Path, folder: Path) -> list[str]:
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.dark else "light",
    )
    page.add_init_script("try { localStorage.setItem('rankscope-hints', '1') } catch {}")
    watch = Watch()
    watch.over(page)
    page.goto(f"{path.as_uri()}{picture.place}", wait_until="load")
    page.wait_for_timeout(500)
    page.screenshot(path=folder / f"{picture.name}.png")
    page.close()
    return watch.complaints


def main(arguments: Sequence[str]) -> int:
    """Write the pictures and say where they are."""
    folder = Path(arguments[0]) if arguments else FOLDER
    with tempfile.TemporaryDirectory() as scratch:
        report, explorer = write_report(Path(scratch)), write_explorer(Path(scratch))
        complaints = photograph([(report, PICTURES), (explorer, EXPLORER)], folder)
    draw(folder)
    for name in (*(f"{picture.name}.png" for picture in (*PICTURES, *EXPLORER)), *DRAWN):
        sys.stdout.write(f"{folder / name}\n")
    for complaint in complaints:
        sys.stderr.write(f"{complaint}\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
