"""Whatever is wrong with a scenario is told before it is played, at its line, with the mend."""

from __future__ import annotations

import pytest

from rankscope.definition.possible import possible_range
from rankscope.definition.variants import apply_variant
from rankscope.findings import Finding, Severity
from tests.definition.support import changed, examined

TEXT = (
    changed("kind: share}", "kind: share, exposed_to: [chips]}")
    + """\
    - code: standing
      name: Standing
      children:
        - {code: place, name: Place, kind: rank, polarity: -1}
        - {code: law, name: Law, kind: dummy}
        - {code: rate, name: Rate, kind: share, denominator: pop, per: 1000}
        - {code: literacy, name: Literacy, kind: share, unit: "% of adults"}
"""
)
TEXT = TEXT.replace("  - {code: zone, name: Zone, kind: group}\n", "")
METHOD = "method:\n  aggregation: arithmetic\n"
TEXT = TEXT.replace(METHOD, "") + METHOD
TIES = """\
ties:
  - {code: papers, name: Papers, file: papers.csv, feeds: [gdp]}
  - {code: places, name: Places, file: places.csv, feeds: [place]}
"""
FIRST = TEXT.count("\n") + TIES.count("\n") + 5
"""The line of the first change."""


def scenario(*acts: str, units: str = "[RUS]", ties: str = TIES) -> str:
    """Return the definition with a scenario of some acts, each on its own line."""
    head = f"scenarios:\n  - name: cut\n    units: {units}\n    changes:\n"
    return TEXT + ties + head + "".join(f"      - {act}\n" for act in acts)


def found(text: str) -> list[Finding]:
    """Return what is found besides what holds without any scenario."""
    definition, findings = examined(text)
    assert definition is not None, [str(one) for one in findings]
    plain = {one.id for one in examined(TEXT)[1]}
    return [one for one in findings if one.id not in plain]


def test_a_sound_scenario_is_passed_over() -> None:
    text = scenario(
        "{act: restrict, exposed_to: chips, by: 30%}",
        "{act: scale, nodes: [gdp, pop], by: 1.1, units: [Russian Federation, EU]}",
        "{act: restrict, nodes: index, by: 10%}",
        "{act: set, nodes: [law], to: 1}",
        "{act: set, nodes: [place], to: 3}",
        "{act: set, nodes: [rate], to: 1000}",
        "{act: cap, nodes: [literacy], at: 100}",
        "{act: cooperate, partners: [BRICS], by: 10%}",
        "{act: sever, partners: [CHN], ties: papers, lost: 50%}",
        "{act: deepen, units: [RUS, CHN], partners: [CHN], ties: papers, times: 2, new: 50%}",
        "{act: towards, unit: CHN, by: 10%}",
        "{act: merge, units: [EU], into: EU, by: pop}",
        "{act: scale, units: [EU], nodes: [gdp], by: 2}",
    )

    assert found(text) == []


BAD = [
    ("{act: restrict, nodes: [gpd], by: 1%}", "node-unknown", "Did you mean gdp?"),
    ("{act: scale, nodes: [popp], by: 2}", "node-unknown", "Did you mean pop?"),
    ("{act: restrict, nodes: [place], by: 1%}", "scenario-kind",
     "place is of kind rank, and restrict makes sense for amount, count, ratio or share. For kind"),
    ("{act: add, nodes: [law], by: 1}", "scenario-kind", "law is of kind dummy"),
    ("{act: sever, partners: [CHN], ties: places, lost: 1}", "scenario-kind",
     "place (fed by places) is of kind rank"),
    ("{act: restrict, nodes: [gdp], exposed_to: chip, by: 1%}", "scenario-exposure",
     "no indicator is. Did you mean chips?"),
    ("{act: restrict, nodes: [health], exposed_to: chips, by: 1%}", "scenario-exposure",
     "no indicator below health is. Name other nodes"),
    ("{act: set, nodes: [trade], to: 1.5}", "scenario-impossible",
     "bring trade to 1.5, and its values are from 0 to 1 (kind share)"),
    ("{act: set, nodes: [literacy], to: 101}", "scenario-impossible", "from 0 to 100"),
    ("{act: set, nodes: [rate], to: {low: 5, high: 1001}}", "scenario-impossible", "to 1001"),
    ("{act: set, nodes: [beds], to: -1}", "scenario-impossible", "are 0 or more (kind count)"),
    ("{act: set, nodes: [place], to: 0}", "scenario-impossible", "are 1 or more (kind rank)"),
    ("{act: set, nodes: [law], to: 0.5}", "scenario-impossible", "are 0 or 1 (kind dummy)"),
    ("{act: set, nodes: [law], to: {low: 0, high: 1}}", "scenario-impossible", "law to 0.5"),
    ("{act: cap, nodes: [trade], at: 2}", "scenario-impossible", "bring trade to 2"),
    ("{act: towards, nodes: [trade], target: 2, by: 1}", "scenario-impossible", "trade to 2"),
    ("{act: set, nodes: [standing], to: 0}", "scenario-impossible", "bring place to 0"),
    ("{act: restrict, units: [RUSS], by: 1%}", "scenario-unit",
     "names the unit 'RUSS', and no country and no group has it. Did you mean"),
    ("{act: restrict, units: [BRIC], by: 1%}", "scenario-unit", "Did you mean BRICS"),
    ("{act: restrict, units: [Congo], by: 1%}", "scenario-unit", "which may be several. Write"),
    ("{act: restrict, units: [NOR], by: 1%}", "scenario-unit", "which units.exclude leaves out"),
    ("{act: cooperate, partners: [Chna], by: 1%}", "scenario-unit", "Did you mean China (CHN)"),
    ("{act: towards, unit: Chna, by: 1%}", "scenario-unit", "Did you mean China (CHN)"),
    ("{act: cooperate, partners: [Russia], by: 1%}", "scenario-with-itself",
     "pairs RUS with itself and nobody else"),
    ("{act: sever, partners: [RUS], ties: papers, lost: 1}", "scenario-with-itself", "pairs RUS"),
    ("{act: towards, unit: RUS, by: 1%}", "scenario-with-itself", "pairs RUS with itself"),
    ("{act: sever, partners: [CHN], ties: paper, lost: 1}", "ties-unknown", "Did you mean papers?"),
    ("{act: merge, units: [EU], into: CHN}", "scenario-merge-code",
     "makes the unit CHN, and there is one already (China)."),
    ("{act: merge, units: [EU], into: E, by: popp}", "node-unknown", "Did you mean pop?"),
]  # fmt: skip
EXCLUDED = "units: {exclude: [NOR]}\n"


@pytest.mark.parametrize(("act", "id", "words"), BAD, ids=[one[0] for one in BAD])
def test_an_act_is_judged_by_itself(act: str, id: str, words: str) -> None:
    [finding] = found(EXCLUDED + scenario(act))

    assert (finding.id, finding.severity) == (id, Severity.ERROR)
    assert finding.place == f"t.yaml:{FIRST + 1}"
    assert "cut, change 1" in finding.sentence
    assert words in f"{finding.sentence} {finding.remedy}"


MERGED = "{act: merge, units: [DEU, FRA], into: DF}"
CONFLICTS = [
    (("{act: set, nodes: [gdp], to: 1}", "{act: set, nodes: [economy], to: 1, units: [BRICS]}"),
     "scenario-set-twice", "sets gdp of RUS, which change 1 sets as well"),
    ((MERGED, "{act: restrict, units: [Germany], by: 1%}"), "scenario-merged-away",
     "is about DEU, which is part of DF by then. Name DF"),
    ((MERGED, "{act: restrict, units: [EU], by: 1%}"), "scenario-merged-away", "is about DEU"),
    ((MERGED, "{act: cooperate, partners: [DEU], by: 1%}"), "scenario-merged-away", "about DEU"),
    ((MERGED, "{act: merge, units: [FRA, ITA], into: FI}"), "scenario-merged-twice",
     "merges FRA, which a change before merged into DF. Leave FRA out of one of the two"),
    ((MERGED, "{act: merge, units: [ITA, ESP], into: DF}"), "scenario-merge-code", "one already"),
    (("{act: restrict, units: [DF], by: 1%}", MERGED), "scenario-order", "only a later change"),
]  # fmt: skip


@pytest.mark.parametrize(("acts", "id", "words"), CONFLICTS, ids=[one[1] for one in CONFLICTS])
def test_acts_are_judged_in_their_order(acts: tuple[str, str], id: str, words: str) -> None:
    [finding] = found(scenario(*acts))

    assert (finding.id, finding.severity) == (id, Severity.ERROR)
    assert finding.place == f"t.yaml:{FIRST + (id != 'scenario-order')}"
    assert words in f"{finding.sentence} {finding.remedy}"


def test_several_faults_are_told_together_each_at_its_line() -> None:
    text = scenario(
        "{act: restrict, nodes: [gpd, place], units: [Rusland], by: 1%}",
        "{act: set, nodes: [beds], to: -1}",
    )

    told = [(one.id, one.place.removeprefix("t.yaml:")) for one in found(text)]

    assert told == [
        ("node-unknown", str(FIRST)),
        ("scenario-kind", str(FIRST)),
        ("scenario-unit", str(FIRST)),
        ("scenario-impossible", str(FIRST + 1)),
    ]


def test_a_node_means_the_indicators_that_the_act_suits() -> None:
    text = scenario("{act: restrict, nodes: [standing, gdp], by: 1%}")
    text = text.replace(", per: 1000", "").replace("kind: share, denominator: pop", "kind: dummy")
    text = text.replace("kind: share, unit", "kind: dummy, unit")

    [finding] = [one for one in found(text) if one.id.startswith("scenario")]

    assert (finding.id, finding.severity) == ("scenario-passes-over", Severity.NOTE)
    assert "changes nothing below standing" in finding.sentence

    [alone] = found(text.replace("[standing, gdp]", "[standing]"))
    assert (alone.id, alone.severity) == ("scenario-suits-nothing", Severity.ERROR)
    assert alone.place == f"t.yaml:{FIRST}"


def test_an_act_needs_somebody_whom_it_befalls() -> None:
    acts = ("{act: restrict, by: 1%}", "{act: restrict, by: 1%, units: [RUS]}")

    [finding] = found(scenario(*acts, units="[]"))

    assert (finding.id, finding.place) == ("scenario-without-units", f"t.yaml:{FIRST}")
    assert "Add `units: [CODE]`" in finding.remedy


def test_a_scenario_needs_changes_and_a_name_of_its_own() -> None:
    text = TEXT + "scenarios:\n  - {name: a}\n  - {name: a, units: [Rus land]}\n"
    first = text.count("\n") - 1

    assert [(one.id, one.severity, one.place) for one in found(text)] == [
        ("scenario-empty", Severity.WARNING, f"t.yaml:{first}"),
        ("scenario-duplicate", Severity.ERROR, f"t.yaml:{first + 1}"),
        ("scenario-empty", Severity.WARNING, f"t.yaml:{first + 1}"),
        ("scenario-unit", Severity.ERROR, f"t.yaml:{first + 1}"),
    ]


TIED = [
    ("feeds: [gdp]", "feeds: [gpd]", "ties-feeds", "no indicator: work is part"),
    ("feeds: [gdp]", "feeds: [economy]", "ties-feeds", "which is an aggregate"),
    ("feeds: [gdp]", "feeds: [pop]", "ties-feeds", "which is a variable"),
    (", feeds: [gdp]", "", "ties-without-feeds", "Add `feeds: [CODE]`"),
    ("feeds: [gdp]", "pair_columns: [a, a], feeds: [gdp]", "ties-columns", "the column 'a', as"),
    ("feeds: [gdp]", "totals: value, feeds: [gdp]", "ties-columns", "papers.totals names"),
    ("papers.csv", "../papers.csv", "data-path", "papers.file is '../papers.csv', which leads"),
    ("feeds: [gdp]", "source: wbb, feeds: [gdp]", "source-unknown", "Did you mean wb?"),
    ("code: places", "code: papers", "code-duplicate", "there twice in ties"),
]


@pytest.mark.parametrize(("old", "new", "id", "words"), TIED, ids=[one[1] for one in TIED])
def test_ties_lead_somewhere(old: str, new: str, id: str, words: str) -> None:
    [finding] = found(changed(old, new, TEXT + TIES))

    line = (TEXT + TIES).count("\n") - (new != "code: papers")
    assert (finding.id, finding.place) == (id, f"t.yaml:{line}")
    assert words in f"{finding.sentence} {finding.remedy}"


def test_an_act_on_ties_that_feed_nothing_would_change_everything() -> None:
    act = "{act: sever, partners: [CHN], ties: papers, lost: 1}"
    text = changed(", feeds: [gdp]", "", scenario(act))

    assert [one.id for one in found(text)] == ["ties-without-feeds", "scenario-feeds-nothing"]
    named = text.replace("lost: 1", "lost: 1, nodes: [gdp]")
    assert [one.id for one in found(named)] == ["ties-without-feeds"]


def test_groups_of_the_tables_own_are_looked_up_when_it_is_played() -> None:
    text = scenario("{act: restrict, units: [The north], by: 1%}")
    grouped = changed("context:\n", "context:\n  - {code: zone, name: Zone, kind: group}\n", text)
    own = "units: {register: own}\n" + text

    assert [one.id for one in found(text)] == ["scenario-unit"]
    assert found(grouped) == []
    assert found(own) == []


def test_mergers_of_own_units_are_judged_too() -> None:
    own = "units: {register: own}\n"
    acts = ("{act: merge, units: [a, b], into: ab}", "{act: restrict, units: [b], by: 1%}")

    assert [one.id for one in found(own + scenario(*acts))] == ["scenario-merged-away"]
    assert found(own + scenario(*reversed(acts))) == []


def test_a_member_may_absorb_the_others() -> None:
    acts = ("{act: merge, units: [DEU, FRA], into: DEU}", "{act: restrict, units: [DEU], by: 1%}")

    assert found(scenario(*acts)) == []


def test_a_variant_keeps_what_its_nodes_leave_of_scenarios() -> None:
    acts = (
        "{act: restrict, nodes: [gdp, beds], by: 1%}",
        "{act: restrict, nodes: [gdp], by: 2%}",
        "{act: restrict, exposed_to: chips, by: 3%}",
        "{act: sever, partners: [CHN], ties: papers, lost: 1}",
    )
    definition, findings = examined(scenario(*acts) + "variants: [{name: v, drop: [economy]}]\n")
    assert definition is not None

    made = apply_variant(definition, "v")

    assert [one.nodes for one in made.scenarios[0].changes] == [("beds",)]
    assert [one.feeds for one in made.ties] == [(), ("place",)]
    assert not [one for one in findings if one.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("code", "ends"),
    [("trade", (0, 1)), ("rate", (0, 1000)), ("literacy", (0, 100)), ("law", (0, 1)),
     ("place", (1, float("inf"))), ("beds", (0, float("inf"))),
     ("smog", (-float("inf"), float("inf")))],
)  # fmt: skip
def test_what_an_indicator_can_have_follows_from_its_kind(
    code: str, ends: tuple[float, float]
) -> None:
    definition, _ = examined(TEXT)
    assert definition is not None

    [node] = [one for one in definition.indicators() if one.code == code]

    assert possible_range(node) == ends
