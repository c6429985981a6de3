"""The tables of ``rankscope robust``: the interval and the tier of every rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rankscope.cli.lookup import Built
from rankscope.cli.robust_words import (
    SHARE,
    levels_of_groups,
    movement_in_words,
    names_in_words,
    noun_of,
    span_in_words,
    tiers_in_words,
    varying_in_words,
    whole_ranks,
)
from rankscope.cli.sheet import (
    ABSENT,
    QUIET,
    Answer,
    Column,
    Row,
    Sheet,
    number,
    percent,
    shown,
    text,
)

if TYPE_CHECKING:
    from rankscope.analyses.uncertainty import Design, Uncertainty

MANY = 400
"""Up to so many units JSON holds the tables of all units by all ranks, and of all pairs."""

_TIERS = (
    "A tier begins where its first {noun} is above the next in 95% of draws or more. Draws say "
    "what is probable if all choices are; best and worst ranks that are proved: `rankscope reach`."
)
_ABOVE = (
    "Draws say what is probable if all choices are; best and worst ranks that are proved: "
    "`rankscope reach`."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found, of which index, and which units are shown."""

    built: Built
    found: Uncertainty
    top: int | None = None
    units: tuple[str, ...] = ()

    @property
    def rows(self) -> list[int]:
        """Return the rows to show, best first."""
        found = self.found
        first = found.order if self.top is None and not self.units else found.order[: self.top or 0]
        wanted = {found.result.units.index(unit) for unit in self.units}
        return [row for row in found.order if row in wanted | {*first}]

    @property
    def facts(self) -> dict[str, Any]:
        """Return what the JSON begins with."""
        found, design = self.found, self.found.design
        return {
            **facts_of(self.built, design),
            "draws": found.draws,
            "asked": found.asked,
            "seed": design.seed,
            "effective_draws": found.effective,
            "interval": SHARE,
            "score_step": found.scores.step,
        }


def facts_of(built: Built, design: Design) -> dict[str, Any]:
    """Return which index is meant, and the admissible weights by their name."""
    varied = design.published.varied
    return {
        **built.facts,
        "view": design.view,
        "node": design.result.plan.nodes[design.node].code,
        "weights": varied.admissible.label() if varied.groups else None,
        "levels": levels_of_groups(design),
    }


def title_of(built: Built, design: Design, what: str) -> str:
    """Return what is ranked, and what is asked of it."""
    plan = design.result.plan
    node = [plan.nodes[design.node].name] if design.node != plan.root else []
    view = [design.view] if len(plan.views) > 1 else []
    return " · ".join([built.title, *node, *view, what])


def answer(asked: Asked) -> Answer:
    """Return the interval and the tier of each rank, and what varies."""
    found = asked.found
    said = [movement_in_words(found), tiers_in_words(found), varying_in_words(found.design)]
    noun = noun_of(found.design, 1)
    meant = _ABOVE if found.pairs is None else _TIERS.format(noun=noun)
    return Answer(
        facts=asked.facts,
        lines=(title_of(asked.built, found.design, "how firm the ranks are"), *filter(None, said)),
        sheets=(_units(asked), design_sheet(found.design), *machine_sheets(asked)),
        notes=(*map(str, _told(found)), meant),
    )


def _told(found: Uncertainty) -> list[str]:
    return [f"{one.sentence} {one.remedy}".rstrip() for one in found.findings]


def unit_rows(found: Uncertainty, rows: list[int]) -> tuple[Row, ...]:
    """Return what is known of some units' ranks and scores."""
    low, median, high = found.ranks.quantiles(((1 - SHARE) / 2, 0.5, (1 + SHARE) / 2))
    tiers = found.tiers() if found.pairs is not None else None
    moves, mean, ranked = found.moves(SHARE), found.ranks.mean, found.ranks.ranked
    return tuple(
        {
            "rank": int(found.published[row]),
            "unit": found.result.units[row],
            "name": found.result.names[row],
            "median": float(median[row]),
            "low": float(low[row]),
            "high": float(high[row]),
            "mean": float(mean[row]),
            "moves": float(moves[row]),
            "ranked": float(ranked[row]),
            "score_low": float(found.scores.low[row]),
            "score_median": float(found.scores.median[row]),
            "score_high": float(found.scores.high[row]),
            "tier": None if tiers is None else int(tiers[row]),
        }
        for row in rows
    )


def _units(asked: Asked) -> Sheet:
    found = asked.found
    rows = unit_rows(found, asked.rows)
    columns = [
        number("Rank", "rank", "d"),
        text(noun_of(found.design, 1).capitalize(), "name", flexible=True),
        Column("Median", lambda row: shown(row["median"], "g"), right=True),
        Column(f"{SHARE:.0%} interval", _span, right=True, style=_away),
    ]
    if found.pairs is not None:
        columns.append(number("Tier", "tier", "d"))
    if any(row["ranked"] < 1 for row in rows):
        columns.append(Column("Ranked in", lambda row: percent(row["ranked"]), right=True))
    return Sheet("units", rows, tuple(columns))


def _span(row: Row) -> str:
    return span_in_words(whole_ranks(row["low"], row["high"]))


def _away(row: Row) -> str:
    """Mark an interval that leaves out the published rank."""
    span = whole_ranks(row["low"], row["high"])
    return QUIET if span is None or span[0] <= row["rank"] <= span[1] else "bold"


def design_sheet(design: Design) -> Sheet:
    """Return what varies, factor by factor, with its choices."""
    rows: list[Row] = [
        {
            "factor": factor.name,
            "title": factor.title,
            "choices": [option.label for option in factor.options],
            "chances": list(factor.chances) or [1 / len(factor.options)] * len(factor.options),
        }
        for factor in design.factors
    ]
    if design.varies_weights():
        label = design.published.varied.admissible.label()
        row = {"factor": "weights", "title": "weights", "choices": [label], "chances": [1.0]}
        rows.append(row)
    columns = (
        text("What varies", "title"),
        Column("Choices", _choices, flexible=True),
    )
    return Sheet("design", tuple(rows), columns, "What varies")


def _choices(row: Row) -> str:
    choices: list[str] = row["choices"]
    if row["factor"] == "tables":
        return f"{len(choices)} tables"
    if row["factor"] == "leave_out":
        return (
            f"nothing in {percent(row['chances'][0])} of draws; else {names_in_words(choices[1:])}"
        )
    return "; ".join(choices) or ABSENT


def machine_sheets(asked: Asked) -> tuple[Sheet, ...]:
    """Return what only machines get: findings, all ranks of all units, and all pairs."""
    found = asked.found
    findings = tuple(
        {
            "id": one.id,
            "severity": one.severity.value,
            "sentence": one.sentence,
            "remedy": one.remedy,
            "source": one.source,
        }
        for one in found.findings
    )
    sheets = [Sheet("findings", findings, ())]
    codes, rows = found.result.units, found.order
    if len(codes) <= MANY:
        shares = found.ranks.acceptability
        table = tuple({"unit": codes[row], "ranks": shares[row].tolist()} for row in rows)
        sheets.append(Sheet("acceptability", table, ()))
    if found.pairs is not None and len(codes) <= MANY:
        above = found.pairs.probability
        beside = tuple(
            {"unit": codes[row], "above": {codes[one]: float(above[row, one]) for one in rows}}
            for row in rows
        )
        sheets.append(Sheet("pairs", beside, ()))
    return tuple(sheets)
