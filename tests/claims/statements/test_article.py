"""The article that the project was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.claims.model import Document
from rankscope.claims.statements import find_statements, in_words

if TYPE_CHECKING:
    from pathlib import Path

    from rankscope.claims.model import Statement

pytestmark = [pytest.mark.shared, pytest.mark.usefixtures("shared")]


@pytest.fixture(scope="module")
def text(shared: Path) -> str:
    path = shared / "data" / "texts" / "russia-china-ai-cooperation.txt"
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def found(text: str) -> tuple[Statement, ...]:
    return find_statements(Document("article", text))


def one(found: tuple[Statement, ...], verb: str, actor: str) -> Statement:
    (statement,) = (s for s in found if s.verb == verb and s.actor == actor)
    return statement


def test_the_order(found: tuple[Statement, ...]) -> None:
    order = one(found, "order", "the Russian president, Vladimir Putin")
    assert order.toward == "the Russian government and Sberbank"
    assert order.what.startswith("to collaborate with China")
    assert order.topic == "cooperation"
    assert order.units == ("RUS",)
    assert {"research", "development"} <= set(order.touches)
    assert "russia_china_close" in order.scenarios


def test_the_stated_aim_twice_each_with_its_source(found: tuple[Statement, ...]) -> None:
    quoted = one(found, "call_for", "Putin")
    assert quoted.what.startswith("ensure greater cooperation with the People’s Republic of China")
    assert quoted.quoted
    assert quoted.according_to == "Putin’s instructions"
    assert {"cooperation", "research", "development"} <= set(quoted.topics)
    stated = one(found, "seek", "this collaboration")
    assert stated.according_to == "a statement published on the Kremlin website"


def test_sanctions_on_chips(found: tuple[Statement, ...]) -> None:
    sanctions = one(found, "restrict", "the West")
    assert sanctions.what.endswith("microchips and graphics processing units (GPUs)")
    assert (sanctions.topic, sanctions.units) == ("chips", ("RUS",))
    assert {"supercomputing", "cloud_regions"} <= set(sanctions.touches)
    assert "chip_cutoff" in sanctions.scenarios


def test_what_gref_acknowledged_points_back_to_chips(found: tuple[Statement, ...]) -> None:
    gref = one(found, "acknowledge", "German Gref, CEO of Sberbank")
    assert gref.what == "this lack of access has slowed progress in the AI space"
    assert (gref.when, gref.topic) == ("In 2023", "chips")
    assert gref.units == ("RUS",)  # his first name is not his country
    assert "chip_cutoff" in gref.scenarios


def test_military_uses_with_the_institutes_that_report_them(found: tuple[Statement, ...]) -> None:
    uses = one(found, "use", "Moscow")
    assert uses.according_to == "the International Center for Defense and Security"
    assert {"drones", "military_training", "cyber", "unmanned_systems"} <= set(uses.topics)
    explores = one(found, "explore", "Russia")
    assert explores.according_to == "the Center for a New American Security"
    assert {"information_operations", "cyber"} <= set(explores.topics)
    assert one(found, "use", "Russia").topic == "military"


def test_the_concern_about_autonomy(found: tuple[Statement, ...]) -> None:
    concern = one(found, "worry", "Western powers, especially the US")
    assert concern.topic == "autonomous_weapons"
    assert "deployment of “killer robots”" in concern.what
    assert concern.units == ("USA",)


def test_nothing_else_but_interest_and_what_might_be(found: tuple[Statement, ...]) -> None:
    others = {(s.verb, s.actor, s.hedged) for s in found} - {
        ("order", "the Russian president, Vladimir Putin", False),
        ("call_for", "Putin", False),
        ("seek", "this collaboration", False),
        ("restrict", "the West", False),
        ("acknowledge", "German Gref, CEO of Sberbank", False),
        ("use", "Moscow", False),
        ("use", "Russia", False),
        ("explore", "Russia", False),
        ("worry", "Western powers, especially the US", False),
    }
    assert others == {("seek", "Moscow", False), ("cooperate", "Russia and China", True)}


def test_every_part_is_where_it_is_said_to_be(text: str, found: tuple[Statement, ...]) -> None:
    for statement in found:
        for name in ("actor", "what", "toward", "when", "according_to"):
            written = getattr(statement, name)
            if written:
                start, end = statement.parts[name]
                assert text[start:end] == written


def test_every_sentence_leaves_it_with_the_text(found: tuple[Statement, ...]) -> None:
    sentences = [in_words(statement) for statement in found]
    assert all(sentence.startswith("the text says that ") for sentence in sentences)
    assert (
        "the text says that Russia explores: “the use of AI in information and cyber operations, "
        "with a clear focus on the war effort”, according to the Center for a New American Security"
    ) in sentences
