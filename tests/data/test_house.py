"""What holds for the folder as a whole."""

from __future__ import annotations

import re

import pytest

import rankscope.data


def test_every_public_name_can_be_imported():
    assert all(getattr(rankscope.data, name) is not None for name in rankscope.data.__all__)
    assert dir(rankscope.data) == sorted(rankscope.data.__all__)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'read_tabel'"):
        rankscope.data.read_tabel  # noqa: B018 - asking is the test


def test_every_finding_of_the_folder_is_documented_and_no_other(root):
    code = "".join(path.read_text() for path in sorted((root / "src/rankscope/data").glob("*.py")))
    used = set(re.findall(r'"(data-[a-z-]+)"', code))
    text = (root / "docs/findings.md").read_text()
    section = text.split("## Data")[1].split("\n## ")[0]
    assert used == set(re.findall(r"^\| `(data-[a-z-]+)`", section, re.MULTILINE))
