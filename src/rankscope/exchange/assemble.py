"""From entries and a grid to a definition and its table, whatever tool they come from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rankscope.data.build import table_of
from rankscope.data.grid import capped, quoted
from rankscope.definition.read import judge
from rankscope.exchange.codes import mend_codes
from rankscope.exchange.entries import Entry
from rankscope.exchange.files import Table, mended
from rankscope.exchange.imported import Imported
from rankscope.exchange.kinds import guessed_kinds, kinds_of, with_kinds
from rankscope.exchange.tree import NAME, PERIOD, UNIT, Given, single_period, tree_of
from rankscope.findings import Finding, errors_among, note, warning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rankscope.definition.model import IndexDefinition

Examined = tuple[Imported | None, tuple[Finding, ...]]


def assemble(given: Given) -> Examined:
    """Return the index that entries and a table make, and all findings.

    Where the entries make no index, the table is examined as far as it can be.
    """
    codes = _codes(given)
    guessed = kinds_of(given)
    tree, found = tree_of(replace(given, entries=with_kinds(given, guessed)), codes)
    definition, more = (None, ()) if errors_among(found) else judge(tree)
    found = [*found, *more, *_renamed(given, codes)]
    if definition is None or errors_among(found):
        return None, (*capped(found, given.place), *data_faults(given))
    values, data_findings = _read(_with_codes(given.table, codes), definition, given.fingerprint)
    findings = (
        note("import-method", given.place, given.missing_pipeline),
        *capped(_without_idle_ends(found, given.place), given.place),
        *guessed_kinds(guessed.values(), given.place),
        *_units_note(definition, given.table.grid.origin),
        *_period_note(given),
        *data_findings,
    )
    if values is None or errors_among(findings):
        return None, findings
    return Imported(definition, values, findings), findings


def data_faults(given: Given) -> tuple[Finding, ...]:
    """Return the errors in a table whose metadata make no index: each indicator by itself."""
    codes = dict.fromkeys(one.code for one in given.entries if one.type == "Indicator")
    if not codes:
        return ()
    everything = max(codes, key=len) + "_"  # no indicator has this code
    root = Entry(everything, "Aggregate", given.place)
    leaves = (Entry(one, "Indicator", given.place, everything, _PLAIN) for one in codes)
    flat = replace(given, entries=(root, *leaves))
    mends = _codes(flat)
    definition, _ = judge(tree_of(flat, mends)[0])
    if definition is None:
        return ()
    return errors_among(_read(_with_codes(given.table, mends), definition, "")[1])


_PLAIN = {"kind": "interval"}


def _with_codes(table: Table, codes: Mapping[str, str]) -> Table:
    """Return a table whose columns are called by mended codes."""
    header = tuple(codes.get(name, name) for name in table.grid.header)
    return replace(table, grid=replace(table.grid, header=header))


def _codes(given: Given) -> dict[str, str]:
    """Return a valid code for each code; those of special columns stay theirs."""
    own = {one.code for one in given.entries}
    taken = {UNIT, NAME, PERIOD, *(name for name in given.table.grid.header if name not in own)}
    return mend_codes((one.code for one in given.entries), taken)


def _without_idle_ends(findings: Sequence[Finding], place: str) -> list[Finding]:
    """Say of all goalposts and targets at once that they are not used."""
    idle = {"goalposts-unused": "goalposts", "target-unused": "a target"}
    counts = Counter(idle[one.id] for one in findings if one.id in idle)
    said = ", and ".join(f"{count} indicators have {what}" for what, count in counts.items())
    told = note("import-scale", place, f"{said} that the normalisation does not use.")
    return [*(one for one in findings if one.id not in idle), *([told] if counts else [])]


def _renamed(given: Given, codes: Mapping[str, str]) -> list[Finding]:
    places = {one.code: one.place for one in reversed(given.entries)}
    return [
        warning(
            "import-code", places[old], f"The code {quoted(old)} is written {quoted(new)} here."
        )
        for old, new in codes.items()
        if old != new
    ]


def _read(
    table: Table, definition: IndexDefinition, fingerprint: str
) -> tuple[Any, tuple[Finding, ...]]:
    """Read the values as the file writes them."""
    spec = table.spec
    told = {"missing": spec.missing, "decimal": spec.decimal, "delimiter": spec.delimiter}
    reading = definition.model_copy(update={"data": definition.data.model_copy(update=told)})
    values, findings = table_of(table.grid, reading, fingerprint=fingerprint)
    return values, tuple(one for one in mended(findings) if not _ofsingle_period(one))


def _ofsingle_period(finding: Finding) -> bool:
    """Whether a finding says that the column of periods is not used: a note says why."""
    return finding.id == "data-column-unused" and finding.sentence.endswith(f" {quoted(PERIOD)}.")


def _period_note(given: Given) -> tuple[Finding, ...]:
    period = single_period(given.table)
    said = f"All rows are of {quoted(period)}: the year of all indicators, and no panel."
    return (note("import-period", given.table.grid.origin, said),) if period else ()


def _units_note(definition: IndexDefinition, origin: str) -> tuple[Finding, ...]:
    if definition.units.register_ == "own":
        return ()
    said = f"All codes in {UNIT} are those of countries, which get their usual names."
    mend = "Write `units: {register: own}` to keep the names of the file."
    return (note("import-units", origin, said, mend),)
