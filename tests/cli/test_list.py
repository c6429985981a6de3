from __future__ import annotations


def test_the_packaged_indices_are_listed_with_what_they_hold(run):
    done = run("list")

    assert done.code == 0
    assert done.out.splitlines()[0].split() == [
        "Name", "Title", "Edition", "Units", "Indicators", "Licence",
    ]  # fmt: skip
    assert "ai-capacity" in done.out


def test_machines_get_the_same(run):
    first, *_ = run("list", "--json").json["indices"]

    assert list(first) == [
        "name", "title", "edition", "publisher", "units", "indicators", "licence",
    ]  # fmt: skip
    assert first["units"] > 100
