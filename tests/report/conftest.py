"""The packaged index and its report, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.catalogue.open import open_index
from rankscope.report import report_html
from tests.support.markup import Page, read_page

if TYPE_CHECKING:
    from rankscope.catalogue.open import Index
    from rankscope.pipeline.result import Result


@pytest.fixture(scope="session")
def packaged() -> Index:
    return open_index("ai-capacity")


@pytest.fixture(scope="session")
def built(packaged: Index) -> Result:
    return packaged.build()


@pytest.fixture(scope="session")
def html(packaged: Index, built: Result) -> str:
    return report_html(packaged, built)


@pytest.fixture(scope="session")
def report(html: str) -> Page:
    return read_page(html)
