from __future__ import annotations

from tests.cli.running import TINY


def test_a_sound_index_has_no_findings(run):
    done = run("validate", TINY)

    assert done.code == 0
    assert "no findings. It can be built." in done.out


def test_a_packaged_index_goes_by_its_name(run):
    assert run("validate", "ai-capacity").code == 0


def test_all_faults_are_told_at_once_with_line_and_mend(run, tiny):
    file = tiny / "index.yaml"
    file.write_text(
        file.read_text("utf-8")
        .replace("weight: 2", "weight: -2")
        .replace("polarity: -1", "polarity: down")
        .replace("licence: CC0-1.0", "license: CC0-1.0"),
        "utf-8",
    )
    done = run("validate", tiny, "--json")
    found = [row for row in done.json["findings"] if row["severity"] == "error"]

    assert done.code == 2
    assert len(found) == 3
    assert all(f"{file}:" in row["place"] and row["sentence"] for row in found)


def test_faults_of_the_data_are_told_too(run, tiny):
    values = tiny / "values.csv"
    values.write_text(values.read_text("utf-8").replace("92.5", "n/a").replace("FRA", "FRX"))
    done = run("validate", tiny)

    assert done.code == 2
    assert "n/a" in done.out
    assert "FRX" in done.out
    assert "The index can not be built yet." in done.out


def test_warnings_do_not_stop_anything(run, tiny):
    values = tiny / "values.csv"
    values.write_text(values.read_text("utf-8") + "DEU,unheard_of,1,2020\n")
    done = run("validate", tiny)

    assert done.code == 0
    assert "warning" in done.out


def test_faults_that_show_only_when_both_come_together_are_findings(run, tiny):
    file = tiny / "index.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("to: [0, 100]}", "to: [0, 100]}\n  aggregation: {method: geometric}")
    )

    assert run("validate", tiny).code == 2


def test_a_path_that_is_not_there_is_a_finding(run, tmp_path):
    done = run("validate", tmp_path / "nothing.yaml")

    assert done.code == 2
    assert "There is no such file." in done.out
