"""What the grammar reads: one kind of sentence after the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope.claims.find import find_claims
from rankscope.claims.model import Claim, Document, Kind


def claims_in(text: str) -> tuple[Claim, ...]:
    return find_claims(Document("text", text))


def ranks_in(text: str) -> set[tuple[str, str, int | None, int | None, str]]:
    return {
        (claim.unit, claim.index, claim.rank, claim.of, claim.field)
        for claim in claims_in(text)
        if claim.kind is Kind.RANK
    }


RANKS = {
    "Brazil is ranked 30th on the Global AI Index.": {("BRA", "gaii", 30, None, "overall")},
    "Spain came in at No. 17 of 83 nations in the Global AI Index.": {
        ("ESP", "gaii", 17, 83, "overall")
    },
    "In second place on the Global AI Index is China, and third is Singapore.": {
        ("CHN", "gaii", 2, None, "overall"),
        ("SGP", "gaii", 3, None, "overall"),
    },
    "Peru and Chile ranked 61st and 49th respectively on the Global AI Index.": {
        ("PER", "gaii", 61, None, "overall"),
        ("CHL", "gaii", 49, None, "overall"),
    },
    "India ranked 10th on Tortoise's Global AI Index, while Stanford's AI Vibrancy Tool "
    "puts India fourth.": {
        ("IND", "gaii", 10, None, "overall"),
        ("IND", "vibrancy", 4, None, "overall"),
    },
    "Japan placed 11th overall and fourth for infrastructure, but just 25th for talent, in the "
    "Global AI Index.": {
        ("JPN", "gaii", 11, None, "overall"),
        ("JPN", "gaii", 4, None, "infrastructure"),
        ("JPN", "gaii", 25, None, "talent"),
    },
    "Kenya is in the Global AI Index. For talent, it ranks 60th, and its research rank is 71st.": {
        ("KEN", "gaii", 60, None, "talent"),
        ("KEN", "gaii", 71, None, "research"),
    },
    "The United States tops the Global AI Index, followed by China, Singapore and the UK.": {
        ("USA", "gaii", 1, None, "overall"),
        ("CHN", "gaii", 2, None, "overall"),
        ("SGP", "gaii", 3, None, "overall"),
        ("GBR", "gaii", 4, None, "overall"),
    },
    "The top three in the Global AI Index are the United States, China and Singapore.": {
        ("USA", "gaii", 1, None, "overall"),
        ("CHN", "gaii", 2, None, "overall"),
        ("SGP", "gaii", 3, None, "overall"),
    },
    "Global AI Index, ranks for talent: India: 2; Israel: 7; Finland: 15.": {
        ("IND", "gaii", 2, None, "talent"),
        ("ISR", "gaii", 7, None, "talent"),
        ("FIN", "gaii", 15, None, "talent"),
    },
    "Italy was not ranked 20th but 22nd on the Global AI Index.": {
        ("ITA", "gaii", 20, None, "overall"),
        ("ITA", "gaii", 22, None, "overall"),
    },
    "Riyadh spoke. On the Global AI Index the kingdom is fourteenth.": {
        ("SAU", "gaii", 14, None, "overall")
    },
    "Estonia ranks twenty-third in the AI Readiness Index of Oxford Insights.": {
        ("EST", "readiness", 23, None, "overall")
    },
}


@pytest.mark.parametrize("text", RANKS)
def test_ranks(text: str) -> None:
    assert ranks_in(text) == RANKS[text]


@pytest.mark.parametrize(
    "text",
    [
        "The French economy grew by 2 percent in the second quarter, the third fastest in Europe.",
        "MIT ranks first among universities in the world.",
        "Kazakhstan hopes to be in the top 20 of the Government AI Readiness Index by 2030.",
        "With these reforms Chile could rank 20th on the Global AI Index.",
        "The fifth Global AI Index of Tortoise Media covers 83 countries on the 21st page.",
        "Spain finished second in the World Cup.",
        "On January 31st the Global AI Index of Germany's rival was published for the third time.",
        "Tell us who is first.",
        "Norway is the second largest exporter of gas, says a page beside the Global AI Index.",
    ],
)
def test_numbers_that_are_no_ranks(text: str) -> None:
    assert not ranks_in(text)


def test_other_kinds() -> None:
    text = (
        "Brazil moved up five places from 35th to 30th on the 2024 Global AI Index, ahead of "
        "Mexico and Chile but behind India. Germany is not in the top five; it is the top EU "
        "country in the index."
    )
    found = {claim.kind: claim for claim in claims_in(text)}
    assert found[Kind.MOVED].places == 5
    assert found[Kind.AHEAD].than == ("MEX", "CHL")
    assert found[Kind.BEHIND].than == ("IND",)
    assert found[Kind.BEYOND].rank == 5
    assert found[Kind.FIRST_AMONG].among == "EU"


def test_an_earlier_rank_is_of_the_edition_before() -> None:
    now, then = sorted(
        claims_in("The UK slipped to fourth from third in the 2023 Global AI Index."),
        key=lambda claim: claim.prior,
    )
    assert (now.rank, now.edition, now.edition_said) == (4, 2023, True)
    assert (then.rank, then.edition, then.prior) == (3, 2021, True)


def test_the_size_tells_the_edition() -> None:
    (claim,) = claims_in("Russia ranks 31st of 83 on the Global AI Index.")
    assert (claim.edition, claim.edition_said) == (2024, False)


def test_scores() -> None:
    text = "On the Global AI Index Kenya scored 7.2 points. Peru is 61st with a score of 8.5."
    found = claims_in(text)
    assert [(one.kind, one.unit, one.rank, one.score) for one in found] == [
        (Kind.SCORE, "KEN", None, 7.2),
        (Kind.RANK, "PER", 61, 8.5),
    ]


def test_hedged_negated_quoted() -> None:
    text = '"Norway is about 20th on the Global AI Index," she said. Oman is not 50th there.'
    hedged, denied = claims_in(text)
    assert hedged.hedged
    assert hedged.quoted
    assert denied.negated
    assert not denied.quoted


def test_every_part_is_where_the_text_has_it() -> None:
    text = "In 2023, Poland was 34th of 62 for research on the Global AI Index."
    (claim,) = claims_in(text)
    parts = {part: text[span.start : span.end] for part, span in claim.parts.items()}
    assert parts == {
        "unit": "Poland",
        "rank": "34th",
        "of": "62",
        "field": "research",
        "index": "Global AI Index",
    }
    assert claim.edition == 2023


_WORDS = """
Russia the Kingdom 31st second of 83 countries Global AI Index top ten ( ) : ; , . not would ahead
behind followed by and from to in 2023 score points Stanford Tortoise Media talent it No 7 leads
then respectively “ ” ' \" – - / #
"""


@given(st.lists(st.sampled_from([*_WORDS.split(), "\n\n"]), max_size=60))
def test_any_order_of_words_gives_claims_within_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for claim in claims_in(text):
        assert 0 <= claim.span.start < claim.span.end <= len(text)
        assert all(claim.span.start >= 0 and span.end <= len(text) for span in claim.parts.values())


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    claims_in(text)
