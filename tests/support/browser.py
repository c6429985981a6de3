"""Find a browser, get one if there is none, and open pages that may not reach the network.

From a shell::

    python -m tests.support.browser          # print its path
    python -m tests.support.browser ensure   # and install one if there is none
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from tests.support.programs import install_with_apt, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
NO_BROWSER = (
    "No browser was found and none could be installed: "
    "install Chromium, Chrome or Edge, or set RANKSCOPE_BROWSER to the path of one."
)
# A browser of its own accord asks for updates, sync and more; the tests are about our pages.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
LOCAL = ("file:", "data:", "blob:", "about:")


class NoBrowserError(RuntimeError):
    """No browser, and no way to one."""


# ── finding one ──────────────────────────────────────────────────────────────


def find_browser() -> Path | None:
    """Return the browser to use: the one named, one of this machine's, or Playwright's own."""
    named = os.environ.get("RANKSCOPE_BROWSER")
    if named:
        path = shutil.which(named)
        if path is None:
            raise NoBrowserError(f"RANKSCOPE_BROWSER must name a program, got {named!r}.")
        return Path(path)
    return _on_the_path() or _mac_app() or _playwrights_own()


def ensure_browser() -> Path:
    """Return a browser, installed for the purpose if need be, or say in one sentence why not."""
    found = find_browser()
    for install in (_install_with_apt, _install_with_playwright):
        if found is not None:
            return found
        install()
        found = find_browser()
    if found is None:
        raise NoBrowserError(NO_BROWSER)
    return found


def _on_the_path() -> Path | None:
    paths = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in paths if path), None)


def _mac_app() -> Path | None:
    folders = (Path("/Applications"), Path.home() / "Applications")
    programs = (
        folder / f"{name}.app" / "Contents" / "MacOS" / name
        for name in MAC_APPS
        for folder in folders
    )
    return next((program for program in programs if program.exists()), None)


def _playwrights_own() -> Path | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


# ── installing one ───────────────────────────────────────────────────────────


def _install_with_apt() -> None:
    install_with_apt(
        ["chromium", "fonts-dejavu-core"], ["chromium-browser"], purpose="the browser tests"
    )


def _install_with_playwright() -> None:
    sys.stderr.write("Installing Playwright's Chromium for the browser tests.\n")
    run([sys.executable, "-m", "playwright", "install", "chromium"])


# ── driving it ───────────────────────────────────────────────────────────────


@contextmanager
def open_browser(executable: Path) -> Iterator[Browser]:
    """Start the browser without a window.

    Playwright passes --no-sandbox, which root and most containers need; the pages are our own.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=QUIET, headless=True)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """Notes what a page must not do: print an error, or ask for anything that is not local."""

    allowed: tuple[str, ...] = LOCAL
    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> None:
        """Begin to watch the page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        page.on("request", self._request)
        page.context.route("**/*", self._route)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.allowed):
            self.complaints.append(f"request: {request.url}")

    def _route(self, route: Route) -> None:
        if route.request.url.startswith(self.allowed):
            route.continue_()
        else:
            route.abort()


def main(arguments: Sequence[str]) -> int:
    """Print the browser's path; with `ensure`, install one first if there is none."""
    try:
        path = ensure_browser() if "ensure" in arguments else find_browser()
    except NoBrowserError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if "ensure" not in arguments:
        sys.stdout.write(f"{path or 'none'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
