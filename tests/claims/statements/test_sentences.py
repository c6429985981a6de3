"""Sentences of our own: who does what, on which topic, and what gives nothing."""

from __future__ import annotations

import pytest

from rankscope.claims.model import Document, Statement
from rankscope.claims.statements import find_statements, in_words

FOUND = [
    # active
    ("The United States restricts exports of Nvidia chips to China.",
     "restrict", "The United States", "chips", ("USA", "CHN"), ""),
    ("The Netherlands has blocked ASML from selling lithography machines to China.",
     "ban", "The Netherlands", "chips", ("NLD",), ""),
    ("Japan joined the controls on semiconductor equipment on Thursday.",
     "join", "Japan", "chips", ("JPN",), ""),
    ("The EU adopted the AI Act in 2024.", "adopt", "The EU", "regulation", (), ""),
    ("India plans to train 100,000 engineers in artificial intelligence by 2027.",
     "seek", "India", "talent", ("IND",), ""),
    ("India trains thousands of engineers in machine learning.",
     "train", "India", "talent", ("IND",), ""),
    ("The UAE invested $10bn in AI data centres in France.",
     "invest", "The UAE", "investment", ("ARE", "FRA"), ""),
    ("Ukraine, which has few soldiers, uses drones guided by AI.",
     "use", "Ukraine", "drones", ("UKR",), ""),
    ("Poland spent 1bn zloty on a national AI programme last year.",
     "invest", "Poland", "investment", ("POL",), ""),
    ("Singapore lures AI talent from India.",
     "recruit", "Singapore", "talent", ("SGP", "IND"), ""),
    ("Taiwan halted shipments of advanced chips to Huawei.",
     "stop", "Taiwan", "chips", ("TWN", "CHN"), ""),
    ("Washington eased its curbs on AI chips for Saudi Arabia.",
     "ease", "Washington", "chips", ("USA", "SAU"), ""),
    ("South Korea and Japan agreed to cooperate on AI research.",
     "agree", "South Korea and Japan", "cooperation", ("KOR", "JPN"), ""),
    ("The Kremlin, citing national security, ordered Yandex to hand over AI training data.",
     "order", "The Kremlin", "data", ("RUS",), ""),
    ("Experts urged Britain to regulate AI.", "call_for", "Experts", "ai", ("GBR",), ""),
    ("The Pentagon wants autonomous drones.",
     "seek", "The Pentagon", "autonomous_weapons", ("USA",), ""),
    # passive
    ("Exports of AI chips to China were banned by the United States in October 2022.",
     "ban", "the United States", "chips", ("USA",), ""),
    ("Autonomous weapons are opposed by the Austrian government.",
     "oppose", "the Austrian government", "autonomous_weapons", ("AUT",), ""),
    ("Iran was accused by the US of using AI for disinformation.",
     "accuse", "the US", "information_operations", ("USA", "IRN"), ""),
    ("The new AI laboratory will be funded by Japan.",
     "invest", "Japan", "research", ("JPN",), ""),
    # nouns that stand for acts
    ("US export controls on Nvidia chips hurt sales.", "restrict", "US", "chips", ("USA",), ""),
    ("Chinese investment in AI chips is huge.", "invest", "Chinese", "chips", ("CHN",), ""),
    ("Canada's interest in AI talent grew.", "seek", "Canada", "talent", ("CAN",), ""),
    ("France expressed concern over autonomous weapons.",
     "worry", "France", "autonomous_weapons", ("FRA",), ""),
    ("Cooperation between Brazil and India on AI research is growing.",
     "cooperate", "Brazil and India", "research", ("BRA", "IND"), ""),
    ("Sanctions imposed by Japan on GPUs took effect in March 2024.",
     "sanction", "Japan", "chips", ("JPN",), ""),
    ("Western sanctions on Russia limit access to GPUs.",
     "restrict", "Western sanctions", "chips", (), ""),
    # those who act as objects
    ("Killer robots worry the Austrian government.",
     "worry", "the Austrian government", "autonomous_weapons", ("AUT",), ""),
    ("The use of AI in missiles alarmed Sweden.", "worry", "Sweden", "weapons", ("SWE",), ""),
    # attributed
    ("According to Reuters, Huawei is testing a new AI chip.",
     "explore", "Huawei", "chips", ("CHN",), "Reuters"),
    ("Huawei is testing a new AI chip, according to Reuters.",
     "explore", "Huawei", "chips", ("CHN",), "Reuters"),
    ("Huawei is testing a new AI chip, Reuters reported on Monday.",
     "explore", "Huawei", "chips", ("CHN",), "Reuters"),
    ("Reuters says that Huawei is testing a new AI chip.",
     "explore", "Huawei", "chips", ("CHN",), "Reuters"),
    ("“We will invest $5bn in AI chips,” said Masayoshi Son.",
     "invest", "Masayoshi Son", "investment", (), ""),
    ("A report by RAND says that China is developing AI for cyber warfare.",
     "develop", "China", "cyber", ("CHN",), "A report by RAND"),
    ("Samsung said it would build an AI data centre in Texas.",
     "develop", "Samsung", "compute", ("KOR",), ""),
    # hedged and negated
    ("China could retaliate. It may ban exports of gallium for chips.",
     "ban", "China", "chips", ("CHN",), ""),
    ("China has not banned exports of AI chips.", "ban", "China", "chips", ("CHN",), ""),
    ("Germany will no longer fund research on AI weapons.",
     "invest", "Germany", "research", ("DEU",), ""),
    ("Beijing denied using AI in cyber operations.", "use", "Beijing", "cyber", ("CHN",), ""),
    ("Beijing denied that it uses AI in cyber operations.",
     "use", "Beijing", "cyber", ("CHN",), ""),
    ("Brussels is considering new rules on AI models.",
     "consider", "Brussels", "regulation", (), ""),
    ("The UN Secretary-General António Guterres warned that killer robots could spread.",
     "warn", "The UN Secretary-General António Guterres", "autonomous_weapons", (), ""),
]  # fmt: skip

NOTHING = [
    "The president ordered the government to build a road.",
    "France invests in wind farms.",
    "Japan imposed sanctions on imports of fish.",
    "The central bank of India cooperates with China on payments.",
    "Britain sells fish and chips to Germany.",
    "The casino uses poker chips, and Macau exports potato chips to China.",
    "Russia has used drones in its war with Ukraine.",
    "AI is a technology.",
    "The weather in AI-minded Estonia was fine.",
    "Nvidia shares rose by a tenth as investors bought.",
    "The index of AI ranks Japan third.",
    "China, which ranks second on the Global AI Index, could offer Russia help.",
    "In 2023, AI was the word of the year.",
    "This strengthens the relationship between both countries in AI.",
    "Brazil is behind India on talent.",
    "Use of electricity by Norway grew, while AI spread elsewhere.",
    "Nvidia was barred from selling AI chips to China.",
    "",
    "...",
    "AI AI AI",
]


def only(text: str) -> Statement:
    (statement,) = find_statements(Document("text", text))
    return statement


@pytest.mark.parametrize(("text", "verb", "actor", "topic", "units", "source"), FOUND)
def test_a_sentence(
    text: str, verb: str, actor: str, topic: str, units: tuple[str, ...], source: str
) -> None:
    found = only(text)
    assert (found.verb, found.actor, found.topic) == (verb, actor, topic)
    assert found.units == units
    assert found.according_to == source
    for name in ("actor", "what", "toward", "when", "according_to"):
        if written := getattr(found, name):
            start, end = found.parts[name]
            assert text[start:end] == written


def test_there_are_enough_sentences() -> None:
    assert len(FOUND) >= 40


@pytest.mark.parametrize("text", NOTHING)
def test_no_statement_on_ai(text: str) -> None:
    assert find_statements(Document("text", text)) == ()


@pytest.mark.parametrize(
    ("text", "hedged", "negated"),
    [
        ("Japan may ban AI chips.", True, False),
        ("Japan has not banned AI chips.", False, True),
        ("Japan will not only ban AI chips.", False, False),
        ("Japan refused to ban AI chips.", False, True),
        ("Japan is expected to ban AI chips.", True, False),
        ("Japan would never ban AI chips.", True, True),
        ("Japan banned AI chips.", False, False),
        ("Beijing denied that it uses AI in drones.", False, True),
        ("Reportedly, Japan uses AI in drones.", True, False),
        ("No country uses AI in drones.", False, True),
        ("There is no US ban on AI chips.", False, True),
        ("A possible US ban on AI chips is discussed.", True, False),
    ],
)
def test_what_is_doubted_or_denied(text: str, hedged: bool, negated: bool) -> None:
    found = only(text)
    assert (found.hedged, found.negated) == (hedged, negated)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("In 2023, Japan banned AI chips.", "In 2023"),
        ("Japan banned AI chips on Thursday.", "on Thursday"),
        ("Japan banned AI chips last year.", "last year"),
        ("Japan banned AI chips on 3 March 2025.", "on 3 March 2025"),
        ("On March 3, 2025, Japan banned AI chips.", "On March 3, 2025"),
        ("Japan banned 2023 chips.", ""),
    ],
)
def test_when(text: str, when: str) -> None:
    assert only(text).when == when


def test_words_of_the_text_in_quotation_marks_are_quoted() -> None:
    assert only("Modi called for “more talent for AI in every village”.").quoted
    assert not only("Japan fears “killer robots” in the hands of terrorists.").quoted


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("According to Reuters, the US may ban exports of AI chips.",
         "the text says that the US may forbid: “exports of AI chips”, according to Reuters"),
        ("Dutch officials have not banned AI chips.",
         "the text says that Dutch officials do not forbid: “AI chips”"),
        ("Chinese investment in AI chips is huge.",
         "the text says that China puts money into: “AI chips”"),
        ("In 2023, Japan banned AI chips.",
         "the text says that Japan forbids: “AI chips” (in 2023)"),
        ("Japan cooperates with India in AI research.",
         "the text says that Japan cooperates with India: “in AI research”"),
    ],
)  # fmt: skip
def test_in_words(text: str, sentence: str) -> None:
    assert in_words(only(text)) == sentence


def test_a_scenario_is_offered_only_to_the_units_it_is_about() -> None:
    assert "chip_cutoff" in only("The US bans exports of AI chips to Russia.").scenarios
    assert only("The US bans exports of AI chips to China.").scenarios == ()
