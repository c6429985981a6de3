from __future__ import annotations

import csv
import io
import sys

import pytest

SENTENCE = "China ranks second on Tortoise's Global AI Index, Russia 31st of 83 countries.\n"


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


def test_machines_get_every_claim(run, article):
    found = run("check", article, "--json").json
    china, russia = found["claims"]
    assert (china["unit"], china["rank"], china["index_key"], china["edition"]) == (
        "CHN",
        2,
        "gaii",
        2024,
    )
    assert (russia["rank"], russia["of"], russia["field"]) == (31, 83, "overall")
    start, end = russia["parts"]["rank"]
    assert SENTENCE[start:end] == "31st"
    assert china["claim_review"]["@type"] == "ClaimReview"
    assert "90% of designs" in china["firmness"]


def test_a_figure_of_another_kind_is_no_rank(run, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Norway is in the top 20 of the Global AI Index.", encoding="utf-8")
    (claim,) = run("check", path, "--json", "--no-firmness").json["claims"]
    assert (claim["kind"], claim["rank"], claim["limit"]) == ("within", None, 20)


def test_readers_get_a_table(run, article):
    out = run("check", article, "--no-firmness").out
    assert "article.txt: 2 claims" in out
    assert "Russia: 31st of 83" in out


def test_csv_has_a_row_per_claim(run, article):
    rows = list(csv.DictReader(io.StringIO(run("check", article, "--csv", "--no-firmness").out)))
    assert [row["unit"] for row in rows] == ["CHN", "RUS"]


def test_a_folder_and_several_texts(run, article, tmp_path):
    (tmp_path / "empty-handed.md").write_text("Nothing about ranks here.", encoding="utf-8")
    found = run("check", tmp_path, article, "--json", "--no-firmness").json
    assert found["texts"] == ["article.txt", "empty-handed.md", "article.txt"]
    assert len(found["claims"]) == 4


def test_standard_input(run, monkeypatch):
    class Input:
        buffer = io.BytesIO(SENTENCE.encode())

    monkeypatch.setattr(sys, "stdin", Input())
    assert len(run("check", "-", "--json", "--no-firmness").json["claims"]) == 2


def test_a_page(run, article, tmp_path):
    target = tmp_path / "checked.html"
    run("check", article, "-o", target, "--no-firmness")
    page = target.read_text(encoding="utf-8")
    assert page.count('<mark class="holds">') >= 1
    assert "Russia: 31st of 83" in page
    assert "default-src &#39;none&#39;" in page


def test_what_a_text_says_stays_text(run, tmp_path):
    evil = tmp_path / "evil.txt"
    evil.write_text(f"<script>alert(1)</script> {SENTENCE}", encoding="utf-8")
    target = tmp_path / "checked.html"
    run("check", evil, "-o", target, "--no-firmness")
    page = target.read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\x00\x01\x02\xff" * 50, "is no text"),
        (b"%PDF-1.7\n\x00\xff", "is no text"),
    ],
)
def test_what_is_no_text(run, tmp_path, content, words):
    path = tmp_path / "odd.txt"
    path.write_bytes(content)
    done = run("check", path)
    assert done.code == 2
    assert words in done.err
    assert "odd.txt" in done.err


def test_other_encodings(run, tmp_path):
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(("Côte d’Ivoire – " + SENTENCE).encode(encoding))
        assert len(run("check", path, "--json", "--no-firmness").json["claims"]) == 2
