"""What becomes of claims: against the text itself, a table, and what pages report."""

from __future__ import annotations

import pytest

from rankscope.claims.evidence import read_ranks
from rankscope.claims.model import Document, Evidence, Judged, Kind, Origin, Verdict
from rankscope.claims.run import check_text
from rankscope.errors import DataError

TABLE = """rank,iso3,country,overall,talent
1,USA,United States,100,90
2,CHN,China,54,40
3,SGP,Singapore,32,40
4,GBR,United Kingdom,30,10
"""


@pytest.fixture
def table(tmp_path) -> tuple[Evidence, ...]:
    path = tmp_path / "gaii-2024.csv"
    path.write_text(TABLE, encoding="utf-8")
    return read_ranks(path)


def judged(text: str, table: tuple[Evidence, ...] = ()) -> tuple[Judged, ...]:
    return check_text(text, tables=table, firmness=False).claims


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("China ranks second on the 2024 Global AI Index.", Verdict.HOLDS),
        ("China ranks third on the 2024 Global AI Index.", Verdict.DOES_NOT_HOLD),
        ("China is not third on the 2024 Global AI Index.", Verdict.HOLDS),
        ("China is second of 61 on the 2024 Global AI Index.", Verdict.DOES_NOT_HOLD),
        ("China is in the top three of the 2024 Global AI Index.", Verdict.HOLDS),
        ("The UK is in the top three of the 2024 Global AI Index.", Verdict.DOES_NOT_HOLD),
        ("The UK is not in the top three of the 2024 Global AI Index.", Verdict.HOLDS),
        ("On the 2024 Global AI Index Singapore is ahead of the UK.", Verdict.HOLDS),
        ("On the 2024 Global AI Index Singapore is ahead of China.", Verdict.DOES_NOT_HOLD),
        ("China has a score of 54 on the 2024 Global AI Index.", Verdict.HOLDS),
        ("China has a score of 53 on the 2024 Global AI Index.", Verdict.DOES_NOT_HOLD),
        ("Singapore is third for talent on the 2024 Global AI Index.", Verdict.HOLDS),
        ("The UK is second in Europe on the 2024 Global AI Index.", Verdict.DOES_NOT_HOLD),
        ("Norway ranks third on the 2019 Global AI Index.", Verdict.NOT_CHECKABLE),
        ("China is 84th of 83 on the Global AI Index.", Verdict.INCONSISTENT),
        ("The UK is third on the 2024 Global AI Index.", Verdict.OTHER_EDITION),
    ],
)
def test_verdicts(sentence: str, verdict: Verdict, table: tuple[Evidence, ...]) -> None:
    found = [one for one in judged(sentence, table) if one.claim.kind is not Kind.MOVED]
    assert [one.verdict for one in found] == [verdict]
    assert found[0].sentence


def test_equal_printed_scores_share_their_ranks(table: tuple[Evidence, ...]) -> None:
    talent = {one.unit: (one.rank, one.worst) for one in table if one.field == "talent"}
    assert talent == {"USA": (1, 1), "CHN": (2, 3), "SGP": (2, 3), "GBR": (4, 4)}


def test_the_text_against_itself() -> None:
    text = (
        "Russia ranks 31st of 83 on the Global AI Index. Brazil is 40th. "
        "Russia, 32nd on the index, is ahead of Brazil, and Brazil is ahead of Russia."
    )
    found = judged(text)
    ranks = [one for one in found if one.claim.kind is Kind.RANK]
    assert {one.claim.unit: one.verdict for one in ranks if one.claim.rank != 40} == {
        "RUS": Verdict.INCONSISTENT
    }
    behind = [one for one in found if one.claim.kind is Kind.AHEAD and one.claim.unit == "BRA"]
    assert [one.verdict for one in behind] == [Verdict.INCONSISTENT]


def test_pages_of_the_same_story_confirm_nothing() -> None:
    alone = "Russia ranks 31st of 83 on the Global AI Index."
    story = f"Putin gave an order to Sberbank: work with China. {alone}"
    (retold,) = judged(story)
    assert retold.verdict is Verdict.REPEATED
    assert {one.origin for one in retold.evidence} == {Origin.SAME_STORY}
    (other,) = judged(alone)
    assert other.verdict is not Verdict.DOES_NOT_HOLD


def test_a_page_does_not_confirm_itself() -> None:
    (whole,) = judged(
        "In 2023 Turkey was 39th... no: Qatar ranks 42nd on the 2023 Global AI Index."
    )[-1:]
    assert whole.verdict is Verdict.HOLDS
    address = whole.evidence[0].source
    own = judged(f"source: {address}\nQatar ranks 42nd on the 2023 Global AI Index.")[-1]
    assert address not in {
        one.source for one in own.evidence if one.origin is not Origin.SAME_STORY
    }


def test_the_edition_is_the_one_that_the_figures_fit() -> None:
    text = (
        "On the Global AI Index South Korea is eighth, Canada fourth and Germany fifth. "
        "Ireland is tenth."
    )
    found = judged(text)
    assert {one.claim.edition for one in found} == {2019}
    assert not any(one.claim.edition_said for one in found)


def test_the_packaged_index_speaks_for_itself() -> None:
    checked = check_text("On the AI Capacity Index the United States ranks first.")
    (one,) = checked.claims
    assert one.verdict is Verdict.HOLDS
    assert one.evidence[0].origin is Origin.PACKAGED
    assert "90% of designs" in one.firmness


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ranks.csv", TABLE, "which index is this a table of?"),
        ("gaii-2024.csv", "a,b\n1,2\n", "needs a column of units"),
        ("gaii-2024.csv", "rank,iso3\n1,Atlantis\n", "line 2"),
        ("gaii-2024.csv", "rank,iso3,overall\nfirst,USA,1\n", "'first' is no whole number"),
        ("gaii-2024.csv", None, "can not be read"),
    ],
)
def test_bad_tables(tmp_path, name: str, content: str | None, words: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=r"gaii-2024|ranks") as failed:
        read_ranks(path)
    assert words in str(failed.value)


@pytest.mark.shared
def test_the_article(shared) -> None:
    text = (shared / "data/texts/russia-china-ai-cooperation.txt").read_text(encoding="utf-8")
    china, russia = check_text(Document("article", text)).claims
    assert (china.claim.unit, china.claim.rank, china.claim.index) == ("CHN", 2, "gaii")
    assert (russia.claim.unit, russia.claim.rank, russia.claim.of) == ("RUS", 31, 83)
    assert {china.claim.edition, russia.claim.edition} == {2024}
    assert (china.verdict, russia.verdict) == (Verdict.HOLDS, Verdict.REPEATED)
    assert "90% of designs" in china.firmness
    assert "90% of designs" in russia.firmness
    table = read_ranks(shared / "data/published/gaii-2024.csv")
    both = check_text(text, tables=table, firmness=False).claims
    assert [one.verdict for one in both] == [Verdict.HOLDS, Verdict.HOLDS]
    assert all(one.evidence[0].origin is Origin.TABLE for one in both)
