"""The reference of the command line, from the commands themselves.

From a shell::

    python -m tests.cli.reference     # write docs/cli.md anew
"""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from rankscope.cli import main
from rankscope.cli.app import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docs" / "cli.md"
TINY = Path(__file__).with_name("tiny")
SENTENCES = Path(__file__).with_name("sentences.txt")
TOWNS = Path(__file__).with_name("towns")
VARIANTS = Path(__file__).with_name("variants")
PRINTED = Path(__file__).with_name("printed") / "towns.csv"
EDITIONS = Path(__file__).with_name("editions")
SCENARIOS = Path(__file__).with_name("scenarios")

HEAD = """\
# Command line

Written by `python -m tests.cli.reference` from the commands themselves; a test keeps it so.

`INDEX` is the name of a packaged index (`rankscope list`), or the path of a definition or its
folder.
Units go by code, name or any alias of the register: `RUS`, `RU`, `Russia`, `"Russian Federation"`.

Every command that prints a table takes `--json`, `--csv` and `-o FILE`.
The content is the same: numbers are not rounded, and what is missing is `null` or an empty cell.
CSV is the first table of the answer.
A text that a spreadsheet would take for a formula begins with an apostrophe there.
Of a panel, `rank`, `show`, `compare` and `report` take the last period, or the one that
`--period` names; their JSON says which under `period`.
In a pipe there are no colours and nothing is cut; `NO_COLOR` and `COLUMNS` are honoured.
Files are written whole or not at all.

| exit code | meaning |
| ---: | --- |
| 0 | done |
| 1 | a defect in rankscope; `RANKSCOPE_DEBUG=1` shows where |
| 2 | something to mend, and the message says what |
| 130 | interrupted |

`rankscope --install-completion` lets the shell complete commands, indices, views and countries.
"""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "demo": ("rankscope demo", "rankscope demo -o capacity.html"),
    "list": ("rankscope list",),
    "build": (
        "rankscope build my-index",
        "rankscope build my-index --against published.csv",
        "rankscope build my-index --variant renormalised --period 2011 --json",
    ),
    "rank": (
        "rankscope rank ai-capacity",
        "rankscope rank ai-capacity --view intensity --group EU",
        "rankscope rank ai-capacity --node talent --top 20 -o talent.csv",
        "rankscope rank my-index/index.yaml --json",
    ),
    "show": (
        "rankscope show RUS",
        'rankscope show "South Korea" --peers region',
        "rankscope show Russia --trace github_developers",
        "rankscope show ENG -i my-index/index.yaml",
    ),
    "compare": ("rankscope compare RUS BRA", "rankscope compare USA CHN --view scale --level 1"),
    "imputation": (
        "rankscope imputation ai-capacity",
        "rankscope imputation ai-capacity -m median:within=region -m regression --repeats 50",
        "rankscope imputation ai-capacity --ranks nearest_neighbours",
    ),
    "robust": (
        "rankscope robust ai-capacity",
        'rankscope robust ai-capacity --unit RUS --weights "bounded(25%)"',
        "rankscope robust ai-capacity --top 20 -o ranks.svg",
        "rankscope robust my-index --multiverse --json",
    ),
    "reach": (
        "rankscope reach ai-capacity",
        'rankscope reach ai-capacity --unit RUS --weights "bounded(25%)" --levels 1',
        "rankscope reach my-index --gaps hold -o reach.svg",
    ),
    "overtake": (
        "rankscope overtake RUS BRA",
        'rankscope overtake RUS BRA --levels all --weights "bounded(25%)"',
        "rankscope overtake --all --index my-index",
    ),
    "sensitivity": (
        "rankscope sensitivity ai-capacity",
        "rankscope sensitivity ai-capacity --unit RUS -o russia.svg",
    ),
    "scenario": (
        "rankscope scenario ai-capacity",
        "rankscope scenario ai-capacity chip_cutoff --unit Iran",
        "rankscope scenario ai-capacity russia_china_light russia_china_deep -o depths.html",
        "rankscope scenario my-index --file what-if.yaml --refit",
    ),
    "offset": (
        "rankscope offset ai-capacity cutoff_and_cooperation",
        "rankscope offset ai-capacity cutoff_and_cooperation --y 2:0..15% -o map.svg",
    ),
    "goal": (
        "rankscope goal ai-capacity Russia --rank 31",
        "rankscope goal ai-capacity RUS --rank 40 --only research,development --effort linear",
    ),
    "audit": (
        "rankscope audit ai-capacity",
        "rankscope audit ai-capacity -o audit.html",
        "rankscope audit my-index --outside income.csv --within income --since my-index-2023",
    ),
    "importance": (
        "rankscope importance ai-capacity",
        "rankscope importance ai-capacity --node talent --of indicators",
        "rankscope importance my-index --wanted nominal",
    ),
    "influence": (
        "rankscope influence ai-capacity",
        "rankscope influence ai-capacity --unit RUS --of indicators",
        "rankscope influence ai-capacity --of units --top 20",
    ),
    "variants": (
        "rankscope variants my-index",
        "rankscope variants my-index --top 20 --units RUS,BRA -o variants.svg",
        "rankscope variants my-index --node talent --csv",
    ),
    "trends": (
        "rankscope trends my-panel",
        "rankscope trends my-panel --node talent --units RUS,CHN",
        "rankscope trends my-panel --top 15 --units RUS -o ranks.svg",
    ),
    "diff": (
        "rankscope diff my-index-2023 my-index-2025",
        "rankscope diff my-index-2023 my-index-2025 --unit RUS --ranges 1000",
        "rankscope diff my-panel my-panel --old-period 2018 -o moved.svg",
    ),
    "recover": (
        "rankscope recover table.csv --total Total",
        "rankscope recover table.csv --total Total --components talent,research -o weights.svg",
        "rankscope recover table.csv --total Total --weights talent=5,research=3",
        "rankscope recover table.csv --rank Rank --ranks-only",
        "rankscope recover my-index",
    ),
    "treatment": ("rankscope treatment ai-capacity", "rankscope treatment my-index -o treated.csv"),
    "check": (
        "rankscope check article.txt",
        "rankscope check article.txt --table gaii-2024.csv -o checked.html",
        "rankscope check articles/ more.txt --json",
    ),
    "validate": ("rankscope validate my-index/index.yaml",),
    "new": ("rankscope new my-index", "rankscope new my-index --excel"),
    "import": (
        "rankscope import iData.csv iMeta.csv -o my-index",
        "rankscope import coin.xlsx -o my-index --as coinr",
        "rankscope import COIN_Tool_v1.xlsm -o my-index",
        "rankscope import table.csv --as table --total Total --rank Rank -o their-index",
    ),
    "export": (
        "rankscope export ai-capacity -o ai-capacity.xlsx",
        "rankscope export ai-capacity -o ranks.csv --what ranks --view intensity",
        "rankscope export my-panel -o everything.parquet --what all",
        "rankscope export ai-capacity --as coinr -o coinr.xlsx",
    ),
    "schema": ("rankscope schema -o schema.json",),
    "report": ("rankscope report ai-capacity -o report.html",),
    "explore": (
        "rankscope explore",
        "rankscope explore my-index/index.yaml --port 9000 --no-browse",
        "rankscope explore ai-capacity --static explorer.html",
    ),
}

ANSWERS: dict[str, list[tuple[tuple[str | Path, ...], str]]] = {
    "check": [(("check", SENTENCES, "--no-firmness"), "JSON")],
    "list": [(("list",), "JSON")],
    "build": [(("build", TINY, "--against", TINY / "published.csv"), "JSON with `--against`")],
    "rank": [(("rank", TINY, "--group", "Africa", "--node", "delay"), "JSON")],
    "show": [
        (("show", "LUX", "-i", TINY), "JSON"),
        (("show", "DEU", "-i", TINY, "--trace", "labs"), "JSON with `--trace`"),
    ],
    "compare": [(("compare", "DEU", "LUX", "-i", TINY), "JSON")],
    "imputation": [
        (("imputation", TINY, "-m", "mean", "--repeats", "2"), "JSON"),
        (("imputation", TINY, "--ranks", "hot_deck", "--tables", "2"), "JSON with `--ranks`"),
    ],
    "robust": [
        (("robust", TINY, "--draws", "64"), "JSON"),
        (("robust", TINY, "--draws", "64", "--unit", "KOR"), "JSON with `--unit`"),
    ],
    "reach": [
        (("reach", TINY), "JSON"),
        (("reach", TINY, "--unit", "KOR"), "JSON with `--unit`"),
    ],
    "overtake": [
        (("overtake", "DEU", "LUX", "-i", TINY), "JSON"),
        (("overtake", "--all", "-i", TINY), "JSON with `--all`"),
    ],
    "sensitivity": [
        (("sensitivity", TINY, "--points", "16", "--scramblings", "2"), "JSON"),
    ],
    "scenario": [
        (("scenario", SCENARIOS), "JSON without a name"),
        (("scenario", SCENARIOS, "both", "--draws", "64"), "JSON"),
        (("scenario", SCENARIOS, "cut", "bloc", "--draws", "64"), "JSON of several"),
    ],
    "offset": [
        (("offset", SCENARIOS, "both", "--steps", "3", "--draws", "64"), "JSON"),
    ],
    "goal": [(("goal", SCENARIOS, "west", "--rank", "2"), "JSON")],
    "audit": [(("audit", TINY, "--draws", "64"), "JSON")],
    "importance": [(("importance", TINY), "JSON")],
    "influence": [
        (("influence", TINY), "JSON"),
        (("influence", TINY, "--unit", "KOR"), "JSON with `--unit`"),
    ],
    "variants": [(("variants", VARIANTS), "JSON")],
    "trends": [(("trends", TOWNS), "JSON")],
    "diff": [
        (("diff", EDITIONS / "old", EDITIONS / "new"), "JSON"),
        (
            ("diff", EDITIONS / "old", EDITIONS / "new", "--unit", "AL", "--ranges", "4"),
            "JSON with `--unit` and `--ranges`",
        ),
    ],
    "recover": [(("recover", PRINTED, "--total", "total"), "JSON")],
    "treatment": [(("treatment", TINY), "JSON")],
    "validate": [(("validate", "ai-capacity"), "JSON")],
}
"""Commands whose JSON shows which keys there are."""

MEANINGS = {
    "@type": "@type",
    "CODE": "score at the node with that code",
    "UNIT": "probability that the unit stands above this one",
    "absent": "how many are zeros read from a complete census",
    "absolute_error": "mean absolute error, in standard deviations",
    "according_to": "whom the text has it from",
    "act": "kind of change",
    "actor": "who does it, in the words of the text",
    "acts": "what it does, in order",
    "address": "where it was published",
    "adjusted": "whether signs are turned because less is better",
    "after": "value after treatment, in the new edition, or in the scenario",
    "all_moved": "whether every value moved, as under a logarithm",
    "all_whole_numbers": "whether no other whole numbers of that sum were left unsearched",
    "allowance": "how far off a score may be besides rounding, as the definition declares",
    "alpha": "Cronbach's alpha",
    "already": "whether the unit has the rank as it is",
    "alternateName": "alternateName",
    "among": "group in which the place is meant",
    "answer": "the answer in a sentence or two",
    "area": "code of the area",
    "asked": "how many draws were asked for",
    "at_least_published": "probability of the published rank or a better one",
    "before": "value before treatment, in the old edition, or without the scenario",
    "behind_everywhere": "whether the lower unit is behind in every part",
    "best": "best rank that a witness attains; of methods the one nearest to the truth",
    "bestRating": "bestRating",
    "best_at_least": "no admissible weights give a better rank than this",
    "best_effective": "effective weight, of 1, with the witness of the best rank",
    "best_from": "no admissible weights give a better rank than this",
    "best_name": "name of that unit",
    "best_rank": "rank by scores of own best weights",
    "best_score": "score by the unit's own best weights, 1 at most",
    "best_to": "best rank that some admissible weights attain",
    "best_unit": "unit that has the best observed value",
    "better": "share of draws with a better rank than without the scenario",
    "beyond": "how far the totals are off at least, in units of rounding",
    "bias": "mean of imputed minus true, in standard deviations",
    "bound": "no way takes less effort than this",
    "causes": "what the change comes from",
    "cells": "how many values were hidden",
    "chance": "what chance makes of the eigenvalue in 95% of cases",
    "chances": "probability of each choice, or of at least the old rank",
    "change": "places gained (+) or lost (-), among those both rank; in trends, last minus first",
    "changed": "how many series treatment changed",
    "chi_squared": "Bartlett's test statistic of sphericity",
    "choices": "what may be chosen",
    "claim": "whether the weights of `--weights` are possible, and which rows say no",
    "claimReviewed": "claimReviewed",
    "code": "code of the node",
    "column": "column of the published table",
    "compared": "how many units have a number, or a rank, on both sides",
    "component": "number of the principal component",
    "components": "each component with the ends of its share",
    "composite": "whether the indicator is itself a composite of others",
    "computed": "how many units have a number in the index",
    "condition": "condition number of the components; large where they move together",
    "consensus": "rank by pairs won over all draws",
    "contribution": "what it adds to the score of the whole index",
    "correlation": "correlation with the score above; of imputed with true values",
    "correlation_ratio": "share of the variance that any curve explains",
    "cost": "cost of the indicator",
    "counted": "whether it has any weight",
    "counted_in": "the indicator that counts the fact, or: not scored",
    "country": "name of the unit",
    "counts": "how many findings there are of each severity",
    "covariance_share": "weight times covariance over variance; the parts add up to 1",
    "coverage": "share of the data that is present, by weight",
    "data_sha256": "fingerprint of the data",
    "date": "date of the fact",
    "decimals": "decimals of a value as shown or printed",
    "decision": "what the method decided for the series",
    "definition": "what was checked",
    "definition_sha256": "fingerprint of the definition",
    "denominator": "the variable that indicators are divided by",
    "deviation": "standard deviation",
    "difference": "first minus second, as contributions to the whole index",
    "dimensions": "how many eigenvalues are above chance",
    "distance": "Euclidean distance of effective weights; null if nothing does it",
    "distinct": "how many different values there are, as a share",
    "document": "name of the text",
    "draws": "how many draws there were",
    "edition": "edition of the index",
    "edition_said": "whether the text says the edition; else it is inferred",
    "effective_draws": "how many independent draws of weights these are worth",
    "effective_weight": "product of shares down the path",
    "effort": "sum of the efforts",
    "effort_of": "what is added up as effort",
    "eigenvalue": "eigenvalue of the correlations",
    "entered": "units that come into the first ten; of editions, names of those newly ranked",
    "equal": "how many are equal at the printed decimals, whichever way halves are rounded",
    "equal_score": "size of the second change that gives the score without the scenario",
    "error": "findings that stop the work; or root mean square error, in standard deviations",
    "evaluations": "how many indices were computed",
    "even_chance": "size of the second change with which the old rank is held in half of the draws",
    "exact": "whether both ends are proved and attained; of all units, how many",
    "exactness": "exact, bounded, or not proved",
    "explained": "share of the squared distances from the mean that is gone (R²)",
    "fact": "what the fact is about",
    "factor": "the assumption",
    "fell": "how many units lost places",
    "fewest_points": "the change that moves the fewest points; of a part, its weight there",
    "field": "`overall`, or the sub-pillar",
    "file": "the published table",
    "filled": "share of the hidden values that got a value",
    "findings": "what the check saw",
    "firmness": "how firm the unit's rank is in the packaged index",
    "first": "the first unit, or its score at the node",
    "first_high": "upper end of the 95% interval of `first`",
    "first_low": "lower end of the 95% interval of `first`",
    "first_period": "the first period in which the unit has a value",
    "first_rank": "rank in its first period",
    "first_value": "score, or raw value, in its first period",
    "freedom": "its degrees of freedom",
    "furthest": "units that move by the largest shift",
    "gain": "largest lead of the lower unit over all weights, negative if there is none",
    "gaps": "what was done where a unit misses a part",
    "group": "the group that was asked for",
    "growth_rate": "compound growth for each step from first to last value; null unless positive",
    "hedged": "whether the text hedges it",
    "held": "nodes whose children keep their weights",
    "helps": "codes without which the unit falls furthest",
    "high": "upper end of the interval of ranks",
    "higher": "unit that is ahead as published",
    "higher_name": "its name",
    "highest": "largest lead that the lower unit can have; below 0 nothing does it",
    "highest_exponent": "largest power mean that is possible",
    "highest_factor": "largest factor of the total, if weights sum to 1",
    "highest_offset": "largest number that is added to the total",
    "highest_share": "largest share that is possible, of 1",
    "highest_sum": "largest sum of the weights",
    "highest_weight": "largest weight, where the total is as given",
    "hurts": "codes without which the unit rises furthest",
    "id": "stable name of the kind of finding",
    "ids": "kinds of findings behind it",
    "imputed": "codes of the indicators whose value was imputed; or share of the weight that was",
    "index": "name of the index",
    "index_key": "key of the index in the table of indices",
    "indicator": "code of the indicator",
    "indicator_name": "name of the indicator",
    "indicators": "how many indicators there are",
    "indicators_entered": "names of the indicators that only the new edition has",
    "indicators_left": "names of the indicators that only the old edition has",
    "inside": "how many lie within half a unit of the last decimal, plus the allowance",
    "interval": "probability of the interval of ranks",
    "kaiser": "how many eigenvalues are above 1",
    "kendall": "Kendall's rank correlation (tau-b) with the index as published",
    "kind": "siblings or aggregate; of what is left out, indicator or pillar",
    "kurtosis": "excess kurtosis, corrected for bias",
    "kurtosis_after": "excess kurtosis after treatment",
    "kurtosis_before": "excess kurtosis before treatment",
    "label": "what the axis shows",
    "largest": "largest difference; of ranks, the largest shift",
    "largest_name": "name of the unit that moves furthest",
    "largest_shift": "largest absolute shift, in places",
    "last_period": "the last period in which the unit has a value",
    "last_rank": "rank in its last period",
    "last_value": "score, or raw value, in its last period",
    "left": "units that leave the first ten; of editions, names of those no longer ranked",
    "level": "depth in the framework; 0 is the whole index",
    "levels": "levels whose weights vary, 1 for the children of the root",
    "licence": "terms of use",
    "light": "green (sound), amber (needs attention), red (unsound) or grey (could not be judged)",
    "limit": "N of `top N`, or the place within a group",
    "low": "lower end of the interval of ranks",
    "lower": "unit that is behind as published",
    "lower_name": "its name",
    "lowest_exponent": "smallest power mean that is possible",
    "lowest_factor": "smallest factor of the total, if weights sum to 1",
    "lowest_offset": "smallest number that is added to the total",
    "lowest_share": "smallest share that is possible, of 1",
    "lowest_sum": "smallest sum of the weights",
    "lowest_weight": "smallest weight, where the total is as given",
    "max": "largest value",
    "mean": "mean rank",
    "mean_shift": "mean absolute shift, in places",
    "meaning": "what the verb stands for",
    "measure": "what differences and contributions are measured in",
    "measured_in": "unit of measurement of the raw value",
    "median": "median rank",
    "method": "name of the method",
    "middle_share": "share in the middle of the set; no estimate",
    "min": "smallest value",
    "misplaced": "whether it goes more with the other than with its own",
    "missing": "codes of the indicators without a value",
    "models": "what was tried, and whether it is possible",
    "move": "places gained from the published rank",
    "moved_over_10": "share of the compared units that move by more than 10 places",
    "moved_over_3": "share of the compared units that move by more than 3 places",
    "moved_over_5": "share of the compared units that move by more than 5 places",
    "moves": "how many places from its published rank it stays within; of a change, what may move",
    "n": "how many units it is over",
    "name": "name in print",
    "nearest": "the change of smallest distance; of a part, its weight there",
    "needed": "share among siblings at which the two tie; of a goal, the value that it takes",
    "negated": "whether the text denies it",
    "neighbours": "units that it can not be told apart from; with `--all` the pairs",
    "newly_ranked": "units with a rank in the variant only",
    "no_longer_ranked": "units with a rank in the index as published only",
    "no_rank_without": "codes without which the unit has no rank",
    "node": "code of the node that is ranked by",
    "noise_floor": "mean correlation ratio when scores are shuffled",
    "nominal_weight": "weight among siblings",
    "not_linear": "nodes on which scores are no linear function of the weights",
    "note": "they are worth knowing",
    "number": "which one of the text it is, from 1",
    "observed": "how many values were observed",
    "of": "how many units have a rank there",
    "off": "the index minus print",
    "one": "the first of two nodes",
    "one_name": "its name",
    "only_computed": "units that only the index has",
    "only_published": "units that only the published table has",
    "option": "the choice",
    "origin": "who stands behind a figure",
    "other": "another version",
    "other_code": "the other aggregate of that level that it goes with most",
    "other_name": "name of the other",
    "other_p_value": "p-value of the correlation with the other",
    "other_whole_numbers": "other whole numbers of the same sum that are possible",
    "ours": "the number in the index",
    "outliers": "whether skewness and kurtosis are beyond 2 and 3.5",
    "over_10": "how many units move by more than 10 places",
    "over_5": "how many units move by more than 5 places",
    "overall": "sampling adequacy (Kaiser-Meyer-Olkin) of all parts",
    "own": "correlation with the node above",
    "own_there": "correlation with the node above over the units that the other aggregate has",
    "p_value": "p-value against no correlation at all",
    "page": "page of the file, where it has pages",
    "pairs_settled": "share of pairs that no admissible weights turn",
    "parent": "code of the node above",
    "parent_name": "name of the node above",
    "part": "sampling adequacy of the part",
    "parts": "how many parts the node has; of own best weights, the share of each part",
    "pearson": "Pearson's correlation",
    "peer_median": "median of the peers, raw",
    "peers": "whom the unit is compared with",
    "period": "period of a panel",
    "periods": "the periods of the panel",
    "permutations": "how often scores were shuffled",
    "place": "file and line, cell, or code",
    "places": "places gained by a cause; lost ones with a minus",
    "places_gained": "places gained; lost ones with a minus",
    "places_high": "places gained that only 5% of draws exceed",
    "places_highest": "largest share in places over the draws of weights",
    "places_low": "places gained that only 5% of draws stay below",
    "places_lowest": "smallest share in places over the draws of weights",
    "points": "what the distance from the peers' median adds to the score",
    "points_moved": "half the sum of absolute changes of effective weights, of 1",
    "possible": "whether any such weights turn the two",
    "present": "in how many periods the unit has a value",
    "printed": "the number in print",
    "prior": "whether it is about an earlier edition",
    "problems": "why parts of the audit are missing",
    "proof": "why it can not, where that is proved",
    "published": "how many units have a number in print",
    "published_effective": "effective weight as published, of 1",
    "publisher": "who published it",
    "quoted": "whether it stands in quotation marks",
    "rank": "1 is best, ties share the best rank; null without one",
    "rank_after": "rank in the new edition, or in the scenario",
    "rank_before": "rank in the old edition, or without the scenario",
    "rank_change": "places won from first to last period; lost ones with a minus",
    "rank_high": "95 % of its ranks are not worse",
    "rank_in_group": "rank among the units shown, with --group",
    "rank_just_less": "rank with 99% of each share",
    "rank_low": "95 % of its ranks are not better",
    "rank_reached": "rank that the index gives with these values",
    "rank_shift": "mean change of rank when hidden values are imputed",
    "rank_wanted": "rank to be reached",
    "ranked": "how many units have a rank",
    "ranks": "how probable each rank is, from the first on",
    "rankscope": "version that computed it",
    "ratingValue": "ratingValue",
    "raw": "whether raw values of an indicator are followed, and not scores",
    "reachable": "whether the rank can be reached",
    "reading": "negative, weak, fine or redundant",
    "reason": "why it has no rank",
    "recommendations": "what to do, the most pressing first, with why and the findings behind it",
    "refused": "why it can not be tried alone",
    "relative_slope": "slope over the first value of the line itself",
    "remedy": "the way out",
    "repeats": "how often values were hidden",
    "rest": "correlation with the node above without the part",
    "reversals": "pairs of other units whose order turns",
    "reviewBody": "reviewBody",
    "right": "what the figure should be, where that is known",
    "rival": "unit that must be caught up with",
    "rival_name": "name of that unit",
    "rose": "how many units gained places",
    "rows": "how many rows the answer rests on",
    "said": "said",
    "same_value": "share of the most frequent value",
    "scales": "frozen, or refitted to the changed data",
    "scenario": "name of the scenario",
    "scenarios": "scenarios of the AI Capacity Index that explore it",
    "score": "score at the node; null without one",
    "score_after": "score in the new edition",
    "score_at_best": "score with the best observed value everywhere",
    "score_before": "score in the old edition",
    "score_change": "new score minus old",
    "score_high": "95% quantile of the score",
    "score_low": "5% quantile of the score",
    "score_median": "median score",
    "score_needed": "score that must be reached",
    "score_points": "points that a cause adds to the score",
    "score_points_highest": "largest share in points over the draws of weights",
    "score_points_lowest": "smallest share in points over the draws of weights",
    "score_reached": "score that the index gives with these values",
    "score_step": "how exactly quantiles of scores are known; 0 is exactly",
    "scramblings": "how many independent scramblings there were",
    "second": "the second unit, or its score at the node",
    "seed": "seed of the random choice",
    "sensitivity_points": "points of each scrambling; 0 without sensitivity analysis",
    "sensitivity_scramblings": "independent repeats of the points, for the intervals",
    "sentence": "what was found, or what to do; of a unit, how its rank changed and by what",
    "series": "how many series the index has; an indicator with two sides has two",
    "severity": "error, warning or note",
    "shapley_share": "its share of the explained variance, over all orders",
    "share": "weight in the whole index, over what is present; share of values hidden or gap shut",
    "share_equal": "share of those compared that is equal",
    "share_inside": "share of those compared that lies within rounding",
    "share_moved": "share of the cause in all places moved, up or down",
    "share_of_arbitrary_mix": "share of arbitrary weights mixed in at which the two can tie",
    "shows": "score or rank",
    "siblings": "how many other parts the node above has",
    "side": "scale or intensity, where an indicator has two sides; else empty",
    "silent": "whether it explains no more than chance",
    "size": "change over the standard deviation of the new edition, times the effective weight",
    "skewness": "skewness, corrected for bias",
    "skewness_after": "skewness after treatment",
    "skewness_before": "skewness before treatment",
    "slope": "slope, for each step, of the line of least squares",
    "slope_error": "its standard error; null with less than three values",
    "source": "title, address of a fact, or the publication that a rule comes from",
    "span": "where it stands: first character, and the one after the last",
    "spearman": "Spearman's rank correlation",
    "spearman_p_value": "p-value of Spearman's rank correlation",
    "squared_correlation": "squared correlation with the score above",
    "squared_correlation_share": "that as a share of the sum over siblings",
    "stage": "stage of the computation",
    "standardised": "Cronbach's alpha of correlations",
    "standardised_without": "the same without the part",
    "status": "observed, missing, censored, absent (a census that does not name it) or imputed",
    "step": "the step of time: a year, or a period",
    "swapped": "whether the first unit named is ahead already",
    "tables": "how many tables were filled by draws",
    "texts": "names of the texts that were checked",
    "than": "units it is said to be ahead of or behind",
    "tier": "tier, 1 the best",
    "title": "title in print",
    "to": "the value that it becomes",
    "told": "the statement in words, attributed",
    "topic": "key in the table of topics",
    "total": "total effect: the share of variance that would stay if only this were open",
    "total_high": "upper end of the 95% interval of `total`",
    "total_low": "lower end of the 95% interval of `total`",
    "touches": "nodes of the AI Capacity Index that it is about",
    "toward": "to or with whom",
    "turns": "whether the engine confirms that the two change places",
    "unit": "code of the unit",
    "units": "how many units there are",
    "unranked": "codes of units without a rank then",
    "unread": "texts of the column that are no numbers",
    "unused": "columns of the published table that are called as no node is",
    "value": "value as published, or after a stage",
    "variable": "the variable outside the index",
    "variant": "variant of the definition",
    "verb": "key in the table of verbs",
    "verdict": "the verdict in words, such as how far a column was rebuilt",
    "version": "a variant, or the index as published",
    "view": "headline, scale or intensity",
    "warning": "the reader must know them",
    "way": "the side of the indicator that is followed",
    "weight": "weight among the siblings that are present",
    "weights": "the set of admissible weights; with `--unit` the weights that prove both ends",
    "what": "what is done",
    "when": "when, in the words of the text",
    "whole_number": "its part of the whole numbers of smallest sum",
    "whole_numbers": "the whole numbers of smallest sum that are possible as weights",
    "why": "why, in one sentence",
    "widest": "width of the widest interval of a share",
    "width": "highest minus lowest",
    "wins": "pairs won less pairs lost",
    "with": "the other node",
    "with_gaps": "nodes of which a unit misses a child",
    "within": "partial correlation within the groups of --within",
    "within_p_value": "its p-value",
    "without": "rank without it",
    "witness": "weights a little beyond the tie, by code",
    "words": "what the stage did; of a cause, what of it changed",
    "worse": "share of draws with a worse rank than without the scenario",
    "worst": "worst rank that a witness attains; of a part, its weight there",
    "worstRating": "worstRating",
    "worst_at_most": "no admissible weights give a worse rank than this",
    "worst_effective": "effective weight, of 1, with the witness of the worst rank",
    "worst_from": "worst rank that some admissible weights attain",
    "worst_to": "no admissible weights give a worse rank than this",
    "wrong_at_least": "how many rows must be wrong at least",
    "x": "size of the change across",
    "y": "size of the change upwards",
    "year": "year of the value",
    "zeros": "share of zeros",
}
"""What each key of the JSON means, by its last part."""

KINDS = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    type(None): "null",
}


def reference() -> str:
    """Return the whole page."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return "\n".join([HEAD, *(section(name, command) for name, command in commands.items())])


def section(name: str, command: Any) -> str:
    """Return what there is to say about one command."""
    usage = " ".join([name, *(one.metavar for one in command.params if one.opts[0][0] != "-")])
    lines = [
        f"## {name}",
        "",
        inspect.cleandoc(command.help),
        "",
        "```",
        *EXAMPLES[name],
        "```",
        "",
    ]
    lines += [f"`rankscope {usage}`", "", "| | |", "| --- | --- |"]
    lines += [f"| {spelled(one)} | {described(one)} |" for one in command.params]
    for arguments, title in ANSWERS.get(name, []):
        found = dict(keys_of(answer(*arguments)))
        keys = "\n".join(f"| `{key}` | {kind} | {meaning(key)} |" for key, kind in found.items())
        lines += ["", f"{title}:", "", "| | | |", "| --- | --- | --- |", keys]
    return "\n".join([*lines, ""])


def spelled(parameter: Any) -> str:
    """Return how an argument or option is written."""
    value = f" {parameter.metavar}" if parameter.metavar and parameter.opts[0][0] == "-" else ""
    names = parameter.opts if parameter.opts[0][0] == "-" else [parameter.metavar]
    return ", ".join(f"`{name}{value}`" for name in names)


def described(parameter: Any) -> str:
    """Return the help of an argument or option, with its default."""
    default = parameter.default
    known = "" if default in (None, False) or parameter.required else f" Default: `{default}`."
    return f"{parameter.help}{known}"


def meaning(key: str) -> str:
    """Return what a key means; whoever adds one says so here."""
    return MEANINGS[key.rpartition(".")[2].removesuffix("[]")]


def answer(*arguments: str | Path) -> Any:
    """Run a command and return its JSON."""
    out, before = io.StringIO(), sys.argv
    sys.argv = ["rankscope", *map(str, arguments), "--json"]
    try:
        with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
            main()
    finally:
        sys.argv = before
    return json.loads(out.getvalue())


def keys_of(value: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Return the path of each key, and what is found there."""
    for key, found in value.items():
        path = f"{before}{key}"
        if key == "nodes":
            yield f"{path}.CODE", "number"
        elif key == "views":
            yield from keys_of(merged([*found.values()]), f"{path}.VIEW.")
        elif key == "above" and isinstance(found, dict):
            yield f"{path}.UNIT", "number"
        elif key == "variants" and isinstance(found, dict):
            yield from keys_of(merged([*found.values()]), f"{path}.NAME.")
        elif key == "causes" and isinstance(found, dict):
            yield from keys_of(merged([*found.values()]), f"{path}.CODE.")
        elif isinstance(found, dict):
            yield from keys_of(found, f"{path}.")
        elif isinstance(found, list) and found and isinstance(found[0], dict):
            yield from keys_of(merged(found), f"{path}[].")
        elif isinstance(found, list):
            yield f"{path}[]", "text"
        else:
            yield path, KINDS[type(found)]


def merged(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one row with a value wherever any row has one."""
    return {
        key: next((row[key] for row in rows if row.get(key) is not None), None)
        for row in rows
        for key in row
    }


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
