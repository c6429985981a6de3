"""The house rules of the tests.

- A test that needs a browser takes the fixture `page` and carries the mark `browser`; it fails
  when the page prints an error or asks for anything that is not local.
- A test that needs the reference data beside the checkout takes the fixture `shared` and carries
  the mark of that name.
- In CI a skipped test is a failed test, unless it was skipped because ../shared is absent.
- Hypothesis looks for the same examples each time in CI, and for new ones elsewhere.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests.support.browser import LOCAL, NoBrowserError, Watch, find_browser, open_browser

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from playwright.sync_api import Browser, Page

    Report = pytest.TestReport | pytest.CollectReport

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
IN_CI = os.environ.get("CI", "").lower() not in {"", "0", "false"}

settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile(
    "ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if IN_CI else "dev"))


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of reference data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("there is no ../shared")
    return SHARED


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one browser of this run."""
    try:
        executable = find_browser()
    except NoBrowserError as error:
        pytest.fail(str(error))
    if executable is None:
        pytest.skip("no browser; `make test` says how to get one")
    with open_browser(executable) as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Return a fresh page, watched: it may not complain and not reach beyond this machine."""
    mark = request.node.get_closest_marker("browser")
    if mark is None:
        pytest.fail("a test that opens a page must carry @pytest.mark.browser")
    watch = Watch(allowed=(*LOCAL, *mark.kwargs.get("allow", ())))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    opened = context.new_page()
    watch.over(opened)
    yield opened
    context.close()
    assert watch.complaints == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, turn a skipped test into a failed one."""
    report = yield
    if IN_CI and report.skipped and not (hasattr(report, "wasxfail") or _lacks_only_shared(report)):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """In CI, let no whole module be skipped either."""
    report = yield
    if IN_CI and report.skipped and not _lacks_only_shared(report):
        _fail(report)
    return report


def _lacks_only_shared(report: Report) -> bool:
    return not SHARED.is_dir() and "../shared" in _reason(report)


def _fail(report: Report) -> None:
    why = _reason(report)
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid}: {why}\nA skip is a failure in CI."


def _reason(report: Report) -> str:
    return report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
