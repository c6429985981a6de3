"""Words of pages."""

from __future__ import annotations

import pytest

from rankscope.pages.words import counted, in_prose, possessive, searchable, starting


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("United States", "the United States"),
        ("Netherlands", "the Netherlands"),
        ("Solomon Islands", "the Solomon Islands"),
        ("Dominican Republic", "the Dominican Republic"),
        ("Chile", "Chile"),
    ],
)
def test_some_countries_have_an_article(name: str, text: str) -> None:
    assert in_prose(name) == text


def test_what_is_searched_has_neither_accents_nor_capitals() -> None:
    assert searchable("Côte d'Ivoire, TÜRKİYE") == "cote d'ivoire, turkiye"


def test_plurals_and_possessives() -> None:
    assert counted(1, "pillar") == "1 pillar"
    assert counted(1200, "country", "countries") == "1,200 countries"
    assert possessive("Chile") == "Chile's"
    assert possessive("the United States") == "the United States'"
    assert starting("the United States") == "The United States"
