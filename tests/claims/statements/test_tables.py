"""The tables: every row can be reached, and points to nodes and scenarios that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rankscope.catalogue import open_index
from rankscope.claims.model import Document
from rankscope.claims.statements import find_statements
from rankscope.claims.statements.tables import scenarios, topics, verbs
from rankscope.units import iso3166

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rankscope.claims.statements.tables import Verb

ACTIVE = (
    "Japan {} AI chips.",
    "Japan is {} AI chips.",
    "Japan has {} AI chips.",
    "Japan {} about AI chips.",
    "Japan {} at AI chips.",
    "They {} AI chips, and Japan too.",
)
OWN = ("collaboration", "cooperation", "partnership")  # which are a topic by themselves
SPOKEN = ("Reuters {} that Japan uses AI chips.", "Reuters is {} that Japan uses AI chips.")


def verbs_in(text: str) -> set[str]:
    return {one.verb for one in find_statements(Document("text", text))}


def sentences(form: str) -> Iterator[str]:
    yield from (template.format(form) for template in ACTIVE)
    if form.split(maxsplit=1)[0] in {"is", "are", "was", "were"}:
        yield f"Japan {form} about AI chips."
    yield f"Japan has {form} AI chips."
    yield f"Japan. It {form} AI chips."


@pytest.mark.parametrize("verb", [v for v in verbs().values() if v.kind in {"act", "claim"}])
def test_every_form_of_a_verb_is_found(verb: Verb) -> None:
    missed = [
        form
        for form in verb.forms
        if not any(verb.key in verbs_in(sentence) for sentence in sentences(form))
    ]
    assert missed == []


@pytest.mark.parametrize("verb", [v for v in verbs().values() if v.kind == "speech"])
def test_every_form_of_a_speech_is_found(verb: Verb) -> None:
    for form in verb.forms:
        found = [verbs_in(s.format(form)) for s in ("Japan {} AI chips.", "Japan is {} AI chips.")]
        assert any(verb.key in one for one in found), form


@pytest.mark.parametrize("verb", [v for v in verbs().values() if v.kind in {"report", "denial"}])
def test_every_form_of_a_report_names_the_source(verb: Verb) -> None:
    for form in verb.forms:
        found = [find_statements(Document("text", text.format(form))) for text in SPOKEN]
        assert any([one.according_to for one in s] == ["Reuters"] for s in found), form


@pytest.mark.parametrize("verb", [v for v in verbs().values() if v.nouns])
def test_every_noun_is_found(verb: Verb) -> None:
    for noun in verb.nouns:
        texts = [f"Japan's {noun} {word} AI chips" for word in verb.noun_prepositions]
        assert any(verb.key in verbs_in(text) for text in texts), noun


@pytest.mark.parametrize("verb", [v for v in verbs().values() if v.inverse])
def test_every_form_with_the_actor_as_object_is_found(verb: Verb) -> None:
    for form in verb.inverse:
        assert verb.key in verbs_in(f"Killer robots {form} Japan."), form


@pytest.mark.parametrize("key", [key for key in topics() if key not in {"same", "none"}])
def test_every_word_of_a_topic_is_found(key: str) -> None:
    for word in topics()[key].words:
        found = find_statements(Document("text", f"Japan uses AI in {word} today."))
        assert any(key in (*one.topics, "ai") for one in found), word


def test_words_that_point_back_carry_the_topic() -> None:
    for word in topics()["same"].words:
        text = f"Japan restricts chips. Japan now funds {word} abroad."
        (_, pointing) = find_statements(Document("text", text))
        own = {"cooperation"} if any(x in word for x in OWN) else {"chips"}
        assert set(pointing.topics) == own, word


def test_shadowed_words_are_no_topic() -> None:
    for word in topics()["none"].words:
        found = find_statements(Document("text", f"Japan restricts {word}."))
        assert found == (), word


def test_topics_touch_nodes_and_name_scenarios_of_the_index() -> None:
    index = open_index("ai-capacity")
    nodes = {node.code for node in index.definition.framework.walk()}
    known = {scenario.name for scenario in index.definition.scenarios}
    for topic in topics().values():
        assert set(topic.touches) <= nodes
        assert set(topic.scenarios) <= known & set(scenarios())
    for row in scenarios().values():
        assert row.verbs <= set(verbs())


def test_there_are_at_most_forty_verbs() -> None:
    assert len(verbs()) <= 40
    assert all(verb.meaning for verb in verbs().values())


def test_units_of_actors_are_of_the_register() -> None:
    from rankscope.claims.statements.tables import actor_codes

    assert actor_codes() - {"EU"} <= set(iso3166().codes)
