from __future__ import annotations

import contextlib
import csv
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rankscope.analyses.uncertainty import design_of, uncertainty
from rankscope.catalogue import open_index
from rankscope.cli.robust_progress import drawing
from rankscope.cli.robust_words import names_in_words, span_in_words, whole_ranks

FOLDER = Path(__file__).with_name("variants")
TOWNS = Path(__file__).with_name("towns")
FEW = ("--draws", "2000")
ASSUMED = """
assumptions:
  weights: {method: perturbed, by: 50%}
  aggregation: [arithmetic, harmonic]
  leave_out: [indicators]
"""


@pytest.fixture
def towns(tmp_path):
    """Return an index in which weights, aggregation and indicators may vary."""
    folder = shutil.copytree(FOLDER, tmp_path / "towns")
    with (folder / "index.yaml").open("a", encoding="utf-8") as file:
        file.write(ASSUMED)
    return folder


def assuming(towns, assumed):
    """Let an index assume something else."""
    text = (FOLDER / "index.yaml").read_text("utf-8")
    (towns / "index.yaml").write_text(f"{text}\nassumptions: {assumed}\n", "utf-8")


def words(done):
    return " ".join(done.out.split())


def test_the_first_sentences_can_be_read_by_anyone(run, towns):
    done = run("robust", towns, *FEW)
    title, moves, tiers, varies, *_ = done.out.splitlines()

    assert (done.code, done.err) == (0, "")
    assert title.endswith("how firm the ranks are")
    assert moves.startswith("Half of the 4 units stay within ")
    assert moves.endswith("of their published rank in 90% of 2,000 draws.")
    assert tiers == "No unit can be told apart from the first: all are one tier."
    assert varies == (
        "What varies: weights (perturbed(50%) at level 1), how scores are combined (2) and "
        "what is left out (4)."
    )


def test_tiers_are_counted_and_the_first_is_named(run, towns):
    done = run("robust", towns, *FEW, "--weights", "perturbed(0%)")
    assuming(towns, "{weights: {method: perturbed, by: 0}}")
    firm = run("robust", towns, *FEW)

    assert "all are one tier" in done.out
    assert "There are 4 tiers; the first is Ash." in firm.out
    assert "Half of the 4 units stay at their published rank in 90%" in firm.out


def test_the_table_says_median_interval_and_tier(run, towns):
    found = uncertainty(open_index(str(towns)).build(), draws=2000)
    frame = found.frame()
    done = run("robust", towns, *FEW)

    for unit, one in frame.iterrows():
        span = span_in_words(whole_ranks(one.low, one.high))
        assert f"{one['rank']} {one['name']} {one['median']:g} {span} {one.tier}" in words(done), (
            unit
        )


def test_what_varies_is_a_table_of_its_own(run, towns):
    done = words(run("robust", towns, *FEW))

    assert "how scores are combined arithmetic; harmonic" in done
    assert "what is left out nothing in 25% of draws; else parks, noise and trams" in done
    assert "weights perturbed(50%)" in done


def test_machines_get_everything(run, towns):
    found = run("robust", towns, *FEW, "--seed", "3", "--json").json
    expected = uncertainty(design_of(open_index(str(towns)).build(), seed=3), draws=2000)
    order = [expected.result.units[row] for row in expected.order]

    assert (found["draws"], found["asked"], found["seed"]) == (2000, 2000, 3)
    assert (found["weights"], found["levels"]) == ("perturbed(50%)", [1])
    assert [row["unit"] for row in found["units"]] == order
    for row, at in zip(found["units"], expected.order, strict=True):
        assert row["mean"] == expected.ranks.mean[at]
        assert row["score_high"] == expected.scores.high[at]
    assert [row["unit"] for row in found["acceptability"]] == order
    assert (
        found["acceptability"][0]["ranks"]
        == expected.ranks.acceptability_of(expected.order[0]).tolist()
    )
    pair = found["pairs"][0]["above"]
    assert pair[order[1]] == expected.above(order[0], order[1])
    assert [row["factor"] for row in found["design"]] == ["aggregation", "leave_out", "weights"]
    assert sum(found["design"][1]["chances"]) == pytest.approx(1)
    assert found["findings"] == []


def test_csv_is_the_table_of_units(run, towns):
    rows = list(csv.DictReader(io.StringIO(run("robust", towns, *FEW, "--csv").out)))

    assert [row["unit"] for row in rows] == ["ash", "cedar", "birch", "dogwood"]
    assert {"rank", "median", "low", "high", "moves", "ranked", "tier"} <= {*rows[0]}


def test_the_first_and_some_others(run, towns):
    def units(*said):
        return [row["unit"] for row in run("robust", towns, *FEW, "--json", *said).json["units"]]

    assert units("--top", "2") == ["ash", "cedar"]
    assert units("--units", "Dogwood,birch") == ["birch", "dogwood"]
    assert units("--top", "1", "--units", "dogwood") == ["ash", "dogwood"]


def test_of_one_unit_each_rank_has_a_bar(run, towns):
    done = run("robust", towns, *FEW, "--unit", "Dogwood")
    found = run("robust", towns, *FEW, "--unit", "Dogwood", "--json").json
    lines = done.out.splitlines()

    assert lines[1] == "Dogwood ranks 4 of 4 as published, and 1 to 4 in 90% of 2,000 draws."
    assert lines[2] == "It ranks 4 or better in 100% of draws."
    shares = {row["rank"]: row["share"] for row in found["ranks"]}
    assert sum(shares.values()) == pytest.approx(1)
    bars = {int(line.split()[0]): line.count("█") for line in lines if "█" in line}
    assert bars == {
        rank: max(1, round(40 * share / max(shares.values()))) for rank, share in shares.items()
    }
    assert found["unit"]["at_least_published"] == 1


def test_of_one_unit_those_alike_are_named(run, towns):
    found = run("robust", towns, *FEW, "--unit", "cedar", "--json").json
    pairs = uncertainty(open_index(str(towns)).build(), draws=2000).pairs
    units = open_index(str(towns)).build().units
    row = units.index("cedar")

    alike = {
        one
        for at, one in enumerate(units)
        if at != row and max(pairs.probability[row, at], pairs.probability[at, row]) < 0.95
    }
    assert {one["unit"] for one in found["neighbours"]} == alike - {"elm"}  # which has no rank
    for one in found["neighbours"]:
        assert one["ahead"] + one["behind"] + one["tied"] == pytest.approx(1)


def test_a_unit_that_stands_alone(run, towns):
    assuming(towns, "{aggregation: [arithmetic]}")
    done = run("robust", towns, *FEW, "--unit", "ash")

    assert "Ash ranks 1 of 4 as published, and 1 in 90% of 2,000 draws." in done.out
    assert "can be told apart from every other unit" in done.out
    assert "Nothing varies, so that every draw gives the same ranks." in done.out


def test_a_unit_without_a_rank(run, towns):
    assert (
        "Elm has no rank in any of 2,000 draws." in run("robust", towns, *FEW, "--unit", "elm").out
    )


def test_other_weights_than_assumed(run, towns):
    simplex = run("robust", towns, *FEW, "--weights", "simplex", "--json").json
    bounded = run(
        "robust", towns, *FEW, "--weights", "bounded(10%)", "--levels", "all", "--json"
    ).json

    assert (simplex["weights"], simplex["levels"]) == ("simplex", [1])
    assert bounded["weights"] == "bounded(10%)"
    assert simplex["units"] != bounded["units"]


def test_a_node_of_its_own(run, tiny):
    plan = open_index(str(tiny)).build().plan
    code = next(node.code for node in plan.nodes[:-1] if node.children)
    found = run("robust", tiny, *FEW, "--node", code, "--json").json

    assert found["node"] == code


def test_a_period_of_a_panel(run):
    first = open_index(str(TOWNS)).build().periods[0]
    found = run("robust", TOWNS, *FEW, "--period", first, "--json").json

    assert found["period"] == first
    assert len(found["units"]) == 3


def test_the_answer_is_the_same_for_more_workers(run, towns):
    one, two = (run("robust", towns, *FEW, "--workers", n, "--json").out for n in ("1", "2"))

    assert one == two


def test_every_combination_once(run, towns):
    done = run("robust", towns, "--multiverse")
    found = run("robust", towns, "--multiverse", "--json").json

    assert "keep their published rank in all 8 combinations of methods" in done.out
    assert "Nothing is drawn here" in done.out
    assert found["combinations"] == 8 == len(found["every"])
    assert {row["option"] for row in found["effects"]} == {"harmonic", "parks", "noise", "trams"}


def test_a_picture_of_the_intervals(run, towns, tmp_path):
    path = tmp_path / "ranks.svg"
    done = run("robust", towns, *FEW, "-o", path)

    assert (done.code, done.out) == (0, "")
    assert "90% of 2,000" in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--weights", "bouned(25%)"], "Did you mean bounded"),
        (["--levels", "0"], "--levels must be such as 1 or 1,2 or all"),
        (["--levels", "9"], "No weights vary at --levels 9"),
        (["--unit", "oak"], "oak"),
        (["--node", "parcs"], "Did you mean parks"),
        (["--view", "scale"], "has no view"),
        (["--period", "2020"], "no panel"),
        (["--multiverse", "--unit", "ash"], "Leave these out"),
        (["-o", "a.pdf"], "must end in"),
    ],
)
def test_what_is_wrong_is_said(run, towns, options, said):
    done = run("robust", towns, *options)

    assert done.code == 2
    assert said in done.err


def test_a_terminal_sees_how_far_it_is(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    with drawing("Drawing", 1000) as progress:
        progress(500)
        progress(1000)

    assert "Ctrl-C keeps what is done" in capsys.readouterr().err


def test_a_pipe_sees_nothing(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    with drawing("Drawing", 1000) as progress:
        assert progress is None

    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.skipif(os.name == "nt", reason="terminals and signals are those of POSIX")
def test_control_c_keeps_what_was_computed(towns, workers):
    """A real process draws before a real terminal, and gets the signal that it sends."""
    terminal, theirs = os.openpty()
    command = [sys.executable, "-m", "rankscope", "robust", str(towns), "--draws", "500000000"]
    with subprocess.Popen(
        [*command, "--workers", workers],
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        encoding="utf-8",
        env=os.environ | {"TERM": "xterm", "COLUMNS": "120"},
    ) as started:
        os.close(theirs)
        seen = b""
        while not re.search(rb"[1-9]\d*/500000000", seen):  # the bar says how far it is
            seen += os.read(terminal, 4096)
        started.send_signal(signal.SIGINT)
        reader = threading.Thread(target=drained, args=(terminal,), daemon=True)
        reader.start()
        out, _ = started.communicate(timeout=60)
        reader.join(timeout=10)
    os.close(terminal)

    assert started.returncode == 0
    assert b"Traceback" not in seen
    assert "The work was interrupted after " in out
    assert " of 500,000,000 draws." in out
    assert "Dogwood" in out


def drained(terminal):
    """Read what is still written to a terminal, until nobody does."""
    with contextlib.suppress(OSError):
        while os.read(terminal, 4096):
            pass


def test_names_and_intervals_in_words():
    assert names_in_words(["a"]) == "a"
    assert names_in_words(list("abcde")) == "a, b, c, d and e"
    assert names_in_words(list("abcdefg")) == "a, b, c, d, e and 2 more"
    assert span_in_words(whole_ranks(2.0, 11.05)) == "2 to 12"
    assert span_in_words(whole_ranks(3.0, 3.0)) == "3"
    assert span_in_words(whole_ranks(float("nan"), 3.0)) == "–"
