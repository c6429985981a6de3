"""The audit report of a small index, and of the packaged one, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.analyses.audit import audit
from rankscope.report import audit_html
from tests.support.indices import make_index
from tests.support.markup import Page, read_page

if TYPE_CHECKING:
    from rankscope.analyses.audit import Audit
    from rankscope.catalogue.open import Index


@pytest.fixture(scope="session")
def small() -> Index:
    return make_index(own=True, units=24, gaps=0.04, seed=3)


@pytest.fixture(scope="session")
def found(small: Index) -> Audit:
    return audit(small.build(), draws=200)


@pytest.fixture(scope="session")
def html(small: Index, found: Audit) -> str:
    return audit_html(small, found)


@pytest.fixture(scope="session")
def page(html: str) -> Page:
    return read_page(html)
