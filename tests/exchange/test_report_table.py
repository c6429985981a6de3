"""Tables from reports: what is read off them, and the index that is made of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import openpyxl
import pytest

from rankscope.catalogue.open import open_index
from rankscope.errors import DataError
from rankscope.exchange.imported import write_imported
from rankscope.exchange.report_table import ReportTable, is_table, read_report_table
from rankscope.exchange.report_table_index import PUBLISHED_FILE, index_of_report
from rankscope.exchange.report_table_numbers import decimals_of
from rankscope.exchange.report_table_options import ReportOptions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

TOWNS = ("Alderby", "Breckwick", "Corhaven", "Dunmere", "Elsford", "Farrowgate")
SHARES = np.array([0.5, 0.3, 0.2])


def printed(rows: int = 6, *, seed: int = 0, decimals: int = 1) -> list[list[str]]:
    """Return rows of town, three components and their total by `SHARES`, as printed."""
    cells = np.random.default_rng(seed).uniform(5, 95, (rows, 3)).round(decimals)
    names = [TOWNS[row] if row < len(TOWNS) else f"Town {row}" for row in range(rows)]
    lines = zip(names, cells, (cells @ SHARES).round(decimals), strict=True)
    return [[name, *(f"{one:.{decimals}f}" for one in (*own, total))] for name, own, total in lines]


HEAD = ["town", "homes", "parks", "schools", "total"]


def csv_of(folder: Path, rows: Sequence[Sequence[str]], *, head: Sequence[str] = HEAD) -> Path:
    """Write rows with tabs between cells, so that cells can hold any other mark."""
    path = folder / "towns.tsv"
    path.write_text("\n".join("\t".join(row) for row in (head, *rows)) + "\n", "utf-8")
    return path


def book_of(folder: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = folder / "towns.xlsx"
    book.save(path)
    return path


def read(path: Path, **options: Any) -> ReportTable:
    return read_report_table(path, ReportOptions(**{"total": "total"} | options))


def texts(table: ReportTable) -> list[list[str]]:
    columns = [*table.components, *([table.total] if table.total else [])]
    return [list(row) for row in zip(*(one.texts for one in columns), strict=True)]


# ── what is read ─────────────────────────────────────────────────────────────


def test_a_text_and_a_workbook_say_the_same(tmp_path):
    rows = printed()
    numbers = [[name, *map(float, cells)] for name, *cells in rows]
    text, book = read(csv_of(tmp_path, rows)), read(book_of(tmp_path, Table=[HEAD, *numbers]))

    assert text.names == book.names == TOWNS
    assert [one.name for one in text.components] == HEAD[1:4]
    np.testing.assert_array_equal(
        [one.values() for one in text.components], [one.values() for one in book.components]
    )
    assert {one.decimals for one in (*text.components, *book.components)} == {1}


def test_a_workbook_of_several_sheets_is_read_where_the_columns_are(tmp_path):
    path = book_of(tmp_path, Notes=[["about", "this"], ["a", "b"]], Table=[HEAD, *printed()])
    two = book_of(tmp_path / "..", One=[HEAD, *printed()], Two=[HEAD, *printed()])

    assert read(path).names == TOWNS
    assert read(path, sheet="table").names == TOWNS
    with pytest.raises(DataError, match='there are "One" and "Two"'):
        read(two)
    with pytest.raises(DataError, match='no sheet "Three"'):
        read(two, sheet="Three")


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("1,234.5", "1234.5"),
        ("12.5%", "12.5"),
        ("12.5 %", "12.5"),
        ("\u22123.5", "-3.5"),
        ("=17.5", "17.5"),
        ("..", ""),
        ("n/a", ""),
        ("–", ""),
        ("", ""),
    ],
)
def test_numbers_as_reports_print_them(tmp_path, cell, shown):
    rows = printed()
    rows[2][1] = cell
    assert texts(read(csv_of(tmp_path, rows)))[2][0] == shown


def test_decimal_commas_are_read_and_told(tmp_path):
    rows = [[cell.replace(".", ",") for cell in row] for row in printed()]
    table = read(csv_of(tmp_path, rows))

    assert texts(table) == [row[1:] for row in printed()]
    assert "import-decimal" in [one.id for one in table.said()]


@pytest.mark.parametrize(
    ("column", "decimals"),
    [
        (["0.50", "12", ""], 2),
        (["8.0", "9.0"], 0),
        (["100", "2300"], 0),
        ([repr(0.1 + 0.2), "1.5"], 1),
        ([], 0),
    ],
)
def test_decimals_are_those_printed_and_not_those_of_binary_noise(column, decimals):
    assert decimals_of(column) == decimals


def test_decimals_may_be_told(tmp_path):
    table = read(csv_of(tmp_path, printed()), decimals=2, total_decimals=0)

    assert {one.decimals for one in table.components} == {2}
    assert table.total is not None
    assert table.total.decimals == 0


def test_rows_of_notes_and_repeated_headers_are_left_out_and_told(tmp_path):
    rows = printed()
    table = read(
        csv_of(tmp_path, [*rows[:3], HEAD, *rows[3:], ["Source: the report", "", "", "", ""]])
    )

    assert table.names == TOWNS
    [found] = [one for one in table.said() if one.id == "import-left-out"]
    assert "2 rows without a unit or numbers left out" in found.sentence


def test_empty_columns_and_ranks_of_parts_are_no_components(tmp_path):
    head = ["town", "homes", "", "empty", "homes rank", "parks", "schools", "total"]
    rows = [[one[0], one[1], "", "", str(at + 1), *one[2:]] for at, one in enumerate(printed())]
    table = read(csv_of(tmp_path, rows, head=head))

    assert [one.name for one in table.components] == HEAD[1:4]
    assert '"homes rank" is taken for no component' in " ".join(
        one.sentence for one in table.said()
    )


def test_countries_have_codes_and_places_of_ones_own_do_not(tmp_path):
    rows = printed()
    for row, name in zip(
        rows, ("France", "Türkiye", "Côte d'Ivoire", "USA", "KOR", "Chad"), strict=True
    ):
        row[0] = name
    land = read(csv_of(tmp_path, rows, head=["country", *HEAD[1:]]))
    own = read(csv_of(tmp_path, rows, head=["country", *HEAD[1:]]), register="own")

    assert land.units == ("FRA", "TUR", "CIV", "USA", "KOR", "TCD")
    assert land.names[3] == "United States"
    assert own.units[3] == "USA"
    assert own.register == "own"


def test_a_column_with_too_many_texts_is_told_and_not_dropped_in_silence(tmp_path):
    rows = printed(12)
    for row in rows[:4]:
        row[2] = "see note"
    table = read(csv_of(tmp_path, rows))

    assert [one.name for one in table.components] == ["homes", "schools"]
    [found] = table.said()
    assert found.severity == "warning"
    assert '"parks" holds texts among numbers' in found.sentence
    with pytest.raises(DataError, match='"see note" in "parks" is no number, nor are 3 more'):
        read(csv_of(tmp_path, rows), components=("homes", "parks", "schools"))


# ── periods ──────────────────────────────────────────────────────────────────


def of_years(folder: Path) -> Path:
    rows = [
        [year, *row] for at, year in enumerate(("2021", "2022")) for row in printed(12, seed=at)
    ]
    return csv_of(folder, rows, head=["year", *HEAD])


def test_one_period_of_a_panel(tmp_path):
    table = read(of_years(tmp_path))

    assert table.all_periods == ("2021", "2022")
    assert texts(table.of_period("2022")) == [row[1:] for row in printed(12, seed=1)]
    assert index_of_report(table, "2022").imported.definition.edition == "2022"


@pytest.mark.parametrize("period", [None, "2020"])
def test_a_period_must_be_there_and_named(tmp_path, period):
    with pytest.raises(DataError, match="2 periods: 2021 and 2022"):
        read(of_years(tmp_path)).of_period(period)


def test_cells_without_a_rank_are_counted_in_the_period(tmp_path):
    rows = [["2021", "1", *one] for one in printed()] + [["2022", "", *one] for one in printed()]
    table = read(csv_of(tmp_path, rows, head=["year", "rank", *HEAD]))

    assert [one.id for one in table.of_period("2021").said()] == []
    assert "6 of 6 cells" in table.of_period("2022").said()[0].sentence
    assert "6 of 12 cells" in table.said()[0].sentence


# ── hostile cells ────────────────────────────────────────────────────────────


HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+SUM(A1:A9)",
    "@import",
    "<script>alert(1)</script>",
    "abc\u202egnp.exe",
    "[red]Markup[/red]",
    "x" * 30_000,
)


def test_hostile_names_are_names_and_nothing_else(tmp_path):
    rows = printed(len(HOSTILE) + 5)
    for row, name in zip(rows, HOSTILE, strict=False):
        row[0] = name
    made = index_of_report(read(csv_of(tmp_path, rows)))
    paths = write_imported(
        made.imported.definition, made.imported.table, tmp_path / "out",
        beside={PUBLISHED_FILE: made.published},
    )  # fmt: skip

    assert {path.name for path in paths} == {"index.yaml", "data.csv", PUBLISHED_FILE}
    for path in paths[1:]:
        for line in path.read_text("utf-8").splitlines():
            assert line.lstrip('"')[0] not in "=+-@"
            assert "\u202e" not in line
    assert len(open_index(tmp_path / "out").table.units) == len(rows)


def test_hostile_headers_become_plain_codes(tmp_path):
    head = ["town", "=homes()", "<b>parks</b>", "schools\u202e", "total"]
    made = index_of_report(read(csv_of(tmp_path, printed(12), head=head)))
    codes = [one.code for one in made.imported.definition.indicators()]

    assert all(code.replace("_", "").isalnum() for code in codes)
    assert "\u202e" not in made.imported.definition.model_dump_json()


def test_a_formula_in_a_workbook_is_never_run(tmp_path):
    rows = [HEAD, *[[row[0], *map(float, row[1:])] for row in printed()]]
    rows[2][1] = "=1+1"
    with pytest.raises(DataError) as problem:
        read(book_of(tmp_path, Table=rows))
    assert len(str(problem.value)) < 500


def test_a_cell_of_a_million_letters_ends_in_a_short_message(tmp_path):
    rows = printed()
    rows[1][2] = "9" * 1_000_000
    rows[3][2] = "word " * 200_000
    with pytest.raises(DataError) as problem:
        read(csv_of(tmp_path, rows))
    assert len(str(problem.value)) < 1_000


# ── mistakes ─────────────────────────────────────────────────────────────────


def with_cell(row: int, column: int, cell: str) -> list[list[str]]:
    rows = printed(20)
    rows[row][column] = cell
    return rows


@pytest.mark.parametrize(
    ("rows", "options", "said"),
    [
        (printed(), {"total": "totl"}, 'no column "totl". Did you mean'),
        (printed(), {"total": None}, "which column holds the total"),
        (printed(), {"rank": "total"}, "named for two parts"),
        (printed(), {"components": ("homes",)}, "1 column of numbers"),
        (printed(), {"components": ("homes", "shops")}, 'no column "shops"'),
        (printed(), {"unit_column": "homes", "components": ("homes", "parks")}, "two parts"),
        (printed(), {"encoding": "latin-99"}, "latin-99"),
        ([*printed(), printed()[0]], {}, "two rows or more for Alderby"),
        (with_cell(3, 1, "12 or so"), {}, '"12 or so" in "homes" is no number'),
        (with_cell(3, 1, "<5"), {}, '"<5" in "homes" is no number'),
        (with_cell(3, 1, "1e999"), {}, "homes"),
        (with_cell(3, 4, "many"), {}, '"many" in "total" is no number'),
        ([], {}, "a header but no rows"),
        ([["", "", "", "", ""]], {}, ""),
    ],
)
def test_mistakes_end_in_one_clear_message(tmp_path, rows, options, said):
    with pytest.raises(DataError) as problem:
        read(csv_of(tmp_path, rows), **options)
    assert said in str(problem.value)
    assert len(str(problem.value)) < 600


def test_a_total_that_was_not_named_is_noticed(tmp_path):
    rows = sorted(printed(12), key=lambda row: -float(row[4]))
    ranked = [[str(at + 1), *row] for at, row in enumerate(rows)]
    path = csv_of(tmp_path, ranked, head=["rank", *HEAD])
    with pytest.raises(DataError, match='"total" alone gives the ranks'):
        read(path, total=None, rank="rank")


def test_what_is_a_table_and_what_is_an_index(tmp_path):
    assert is_table(csv_of(tmp_path, printed()))
    assert is_table(book_of(tmp_path, Table=[HEAD, *printed()]))
    assert not is_table(book_of(tmp_path, Framework=[HEAD], Data=[HEAD]))
    assert not is_table(tmp_path / "index.yaml")


# ── the index of a table ─────────────────────────────────────────────────────


def ranks_of(rows: Sequence[Sequence[str]]) -> list[str]:
    totals = np.array([float(row[4]) for row in rows])
    return [str(1 + int((totals > one).sum())) for one in totals]


def round_trip(folder: Path, made: Any) -> Any:
    """Write an imported index, read it again, and build it."""
    write_imported(
        made.imported.definition, made.imported.table, folder,
        beside={PUBLISHED_FILE: made.published},
    )  # fmt: skip
    return open_index(folder).build()


def test_an_imported_index_builds_and_gives_the_printed_ranks(tmp_path):
    rows = printed(30, decimals=3)
    path = csv_of(
        tmp_path, [[rank, *row] for rank, row in zip(ranks_of(rows), rows, strict=True)],
        head=["rank", *HEAD],
    )  # fmt: skip
    made = index_of_report(read(path))
    result = round_trip(tmp_path / "out", made)
    ours = dict(zip(result.units, result.rank().tolist(), strict=True))

    assert ours == {row[0]: int(rank) for rank, row in zip(ranks_of(rows), rows, strict=True)}
    assert made.agreement == "By weights in the middle of the set 30 of 30 printed ranks come out."
    np.testing.assert_allclose(made.recovered.shares.mean(axis=1), SHARES, atol=1e-3)


def test_ranks_alone_make_an_index_too(tmp_path):
    rows = printed(30, decimals=3)
    path = csv_of(
        tmp_path, [[rank, *row[:4]] for rank, row in zip(ranks_of(rows), rows, strict=True)],
        head=["rank", *HEAD[:4]],
    )  # fmt: skip
    made = index_of_report(read(path, total=None, rank="rank"))
    low, high = made.recovered.shares.T

    assert (low <= SHARES).all()
    assert (high >= SHARES).all()
    assert "30 of 30 printed ranks" in made.agreement
    assert made.imported.definition.framework.name == "Overall score by these weights"


def test_units_without_a_component_are_in_no_ranking_that_is_compared(tmp_path):
    """The first lacks a component: it pushes all others one place down in print, and only there."""
    rows = printed(30, decimals=3)
    ranks = ranks_of(rows)
    first = ranks.index("1")
    rows[first][1] = ""
    path = csv_of(
        tmp_path, [[rank, *row] for rank, row in zip(ranks, rows, strict=True)],
        head=["rank", *HEAD],
    )  # fmt: skip
    said = index_of_report(read(path)).agreement

    assert "29 of 29 printed ranks come out." in said
    assert "1 with a printed rank lacks a component" in said


def test_a_component_that_never_changes_can_be_moved_into_the_scale(tmp_path):
    rows = printed(20, decimals=2)
    for row in rows:
        row[3] = "50.00"
        row[4] = f"{0.5 * float(row[1]) + 0.3 * float(row[2]) + 10:.2f}"
    made = index_of_report(read(csv_of(tmp_path, rows)))
    result = round_trip(tmp_path / "out", made)
    low, high = made.recovered.shares.T

    assert low[2] <= 0.2 <= high[2]
    assert not made.recovered.refused
    order = np.argsort([-float(row[4]) for row in rows], kind="stable")
    assert [result.units[row] for row in result.order()] == [rows[at][0] for at in order]


def test_a_total_that_the_columns_do_not_determine_is_a_guess_and_says_so(tmp_path):
    rows = printed(30)
    totals = np.random.default_rng(9).permutation([row[4] for row in rows])
    for row, total in zip(rows, totals, strict=True):
        row[4] = str(total)
    ranked = [[rank, *row] for rank, row in zip(ranks_of(rows), rows, strict=True)]
    made = index_of_report(read(csv_of(tmp_path, ranked, head=["rank", *HEAD])))

    assert made.recovered.refused
    assert "import-weights" in [one.id for one in made.imported.findings]
    assert made.agreement.startswith("By equal weights, which are a guess, ")
    assert "a guess" in made.imported.definition.description
    assert made.imported.definition.assumptions is None


def test_a_geometric_mean_is_an_index_with_its_set(tmp_path):
    rows = printed(30, decimals=2)
    for row in rows:
        logs = np.log([float(cell) for cell in row[1:4]])
        row[4] = f"{float(np.exp(logs @ SHARES)):.2f}"
    made = index_of_report(read(csv_of(tmp_path, rows)))
    result = round_trip(tmp_path / "out", made)

    assert made.recovered.mean == "geometric mean"
    assert made.imported.definition.assumptions is not None
    assert made.imported.definition.assumptions.weights.name == "recovered"
    order = np.argsort([-float(row[4]) for row in rows], kind="stable")
    assert [result.units[row] for row in result.order()] == [rows[at][0] for at in order]


@pytest.mark.parametrize(
    ("name", "edition", "title"),
    [("index-2021.tsv", "2021", "index"), ("towns.tsv", "1", "towns"), ("2021.tsv", "1", "2021")],
)
def test_a_year_at_the_end_of_a_name_is_the_edition(tmp_path, name, edition, title):
    path = csv_of(tmp_path, printed(12)).rename(tmp_path / name)
    made = index_of_report(read(path)).imported.definition

    assert (made.edition, made.title) == (edition, title)
