"""Reading COINr's tables: what they say, and what is wrong with them."""

from __future__ import annotations

import codecs
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rankscope.catalogue import open_index
from rankscope.errors import DataError
from rankscope.exchange import read_coinr, write_imported
from rankscope.exchange.coinr_read import examine_coinr
from rankscope.pipeline import build
from tests.exchange.making import DATA, META, book, cells, files

ODD = ("", "NA", "0", "-1", "1e999", "x", "1,5", '"', "index", "rules", "\0", "\u202e", "Group")
ODD = (*ODD, "Indicator", "Aggregate", "uCode", "iCode", "Time", "=1+1", "9" * 400)


def ids(findings, severity=None):
    return [one.id for one in findings if severity is None or one.severity == severity]


def places(findings, id_):
    return [one.place for one in findings if one.id == id_]


def refused(tmp_path, data=DATA, meta=META):
    """Return the errors of tables that can not be read."""
    found, findings = examine_coinr(*files(tmp_path, data, meta))
    assert found is None
    return [one for one in findings if one.severity == "error"]


def nodes(definition):
    return {node.code: node for node in definition.framework.walk()}


# ── what the tables say ──────────────────────────────────────────────────────


def test_the_framework_is_that_of_imeta(tmp_path):
    definition, _ = read_coinr(*files(tmp_path))
    found = nodes(definition)

    assert [*found] == ["index", "infra", "roads", "net", "rules", "tax", "law"]
    assert (definition.name, definition.title) == ("small_index", "Small index")
    assert [found[one].weight for one in ("infra", "rules", "roads", "net")] == [2, 1, 1, 3]
    assert [found[one].polarity for one in ("tax", "law", "rules")] == [-1, 1, 1]
    assert (found["roads"].denominator, found["roads"].unit) == ("area", "km")
    assert [(one.code, one.kind, one.name) for one in definition.context] == [
        ("area", "amount", "Land area"),
        ("bloc", "group", "Bloc"),
    ]


def test_the_table_is_that_of_idata(tmp_path):
    _, table = read_coinr(*files(tmp_path))

    assert table.units == ("A", "B", "C")
    assert table.names == ("Aland", "Beeland", "Ceeland")
    assert table.label("bloc") == ("north", "north", "south")
    np.testing.assert_array_equal(table.column("net"), [90, 70, np.nan])
    assert len(table.fingerprint) == 64


def test_the_index_is_what_coinr_makes_of_it_by_hand(tmp_path):
    """roads per area 10, 5, 2.5 and net 90, 70 to 0..100; C has roads alone in infra."""
    result = build(*read_coinr(*files(tmp_path)))
    roads, net, tax, law = [100, 100 / 3, 0], [100, 0], [100, 0, 50], [100, 50, 0]
    infra = [100, (roads[1] + 3 * net[1]) / 4, 0]
    rules = [(a + b) / 2 for a, b in zip(tax, law, strict=True)]

    expected = [(2 * a + b) / 3 for a, b in zip(infra, rules, strict=True)]
    np.testing.assert_allclose(result.score(), expected, atol=1e-12)


def test_kinds_are_guessed_and_said_so(tmp_path):
    found, findings = examine_coinr(*files(tmp_path))

    assert {code: one.kind for code, one in nodes(found.definition).items() if one.kind} == {
        "roads": "amount",
        "net": "share",
        "tax": "interval",
        "law": "interval",
    }
    (said,) = [one.sentence for one in findings if one.id == "import-kind"]
    assert "4 indicators are guessed: 1 as amount" in said


def test_percentages_below_zero_are_no_shares(tmp_path):
    definition, _ = read_coinr(*files(tmp_path, DATA.replace("90,20", "-9,20")))

    assert nodes(definition)["net"].kind == "interval"


def test_kinds_that_the_metadata_name_are_taken(tmp_path):
    kinds = ("Kind", "count", "ratio", "rank", "dummy", "", "", "", "count", "")
    meta = "\n".join(f"{line},{kind}" for line, kind in zip(META.splitlines(), kinds, strict=True))
    found, findings = examine_coinr(*files(tmp_path, DATA, meta))

    assert [one.kind for one in found.definition.indicators()] == [
        "count",
        "ratio",
        "rank",
        "dummy",
    ]
    assert found.definition.context[0].kind == "count"
    assert "import-kind" not in ids(findings)


def test_a_workbook_with_both_sheets_says_the_same(tmp_path):
    path = book(tmp_path / "coin.xlsx", {"iData": cells(DATA), "iMeta": cells(META)})
    definition, table = read_coinr(path)
    told, read = read_coinr(*files(tmp_path))

    assert definition == told
    assert table.same_values(read)


def test_two_workbooks_of_one_sheet_say_the_same(tmp_path):
    data = book(tmp_path / "data.xlsx", {"Sheet1": cells(DATA)})
    meta = book(tmp_path / "meta.xlsx", {"Sheet1": cells(META)})

    assert read_coinr(data, meta)[0] == read_coinr(*files(tmp_path))[0]


def test_the_order_of_the_files_does_not_matter(tmp_path):
    data, meta = files(tmp_path)

    assert read_coinr(meta, data)[0] == read_coinr(data, meta)[0]


def test_row_names_of_r_are_no_column(tmp_path):
    """write.csv numbers the rows in a first column without a name."""
    numbered = [
        "\n".join(f"{at or ''},{line}" for at, line in enumerate(text.splitlines()))
        for text in (DATA, META)
    ]

    assert read_coinr(*files(tmp_path, *numbered))[0] == read_coinr(*files(tmp_path))[0]


def test_country_codes_are_recognised(tmp_path):
    data = DATA.replace("A,A", "FRA,A").replace("B,B", "DEU,B").replace("C,C", "ITA,C")
    found, findings = examine_coinr(*files(tmp_path, data))

    assert found.definition.units.register_ == "iso3166"
    assert found.table.names == ("Germany", "France", "Italy")
    assert "import-units" in ids(findings, "note")


def test_one_period_is_a_year_and_several_are_a_panel(tmp_path):
    lines = DATA.splitlines()
    one = "\n".join([f"Time,{lines[0]}", *(f"2020,{line}" for line in lines[1:])])
    found, findings = examine_coinr(*files(tmp_path, one))
    assert found.definition.data.period_column is None
    assert {node.year for node in found.definition.indicators()} == {"2020"}
    assert "data-column-unused" not in ids(findings)

    panel = one + "\n" + "\n".join(f"2021,{line}" for line in lines[1:])
    definition, table = read_coinr(*files(tmp_path, panel))
    assert definition.data.period_column == "Time"
    assert table.units == ("A", "A", "B", "B", "C", "C")
    assert table.periods == ("2020", "2021") * 3

    write_imported(definition, table, tmp_path / "out")
    again = open_index(tmp_path / "out")
    assert again.definition.data.period_column == "Time"
    assert again.table.same_values(table)


def test_semicolons_bring_decimal_commas(tmp_path):
    data = DATA.replace(",90,20", ",90.5,20").replace(",", ";").replace(".", ",")
    found, findings = examine_coinr(*files(tmp_path, data))

    assert found.table.column("net")[0] == 90.5
    assert "import-decimal" in ids(findings, "note")


def test_a_scale_factor_is_so_many_units_of_the_denominator(tmp_path):
    meta = "\n".join(
        f"{line},{'ScaleFactor' if not at else '1000' if at == 1 else 'NA'}"
        for at, line in enumerate(META.splitlines())
    )

    assert nodes(read_coinr(*files(tmp_path, DATA, meta))[0])["roads"].per == 1000


def test_codes_that_can_be_none_are_mended(tmp_path):
    data, meta = DATA.replace("tax", "Täx rate").replace("roads", "1st"), META
    meta = meta.replace(",tax,", ",Täx rate,").replace(",roads,", ",1st,")
    meta = meta.replace("area", "km²").replace("rules", "Rules & law")
    found, findings = examine_coinr(*files(tmp_path, data.replace("area", "km²"), meta))
    found_nodes = nodes(found.definition)

    assert {"i_1st", "Tax_rate", "Rules_law"} <= found_nodes.keys()
    assert found_nodes["i_1st"].denominator == "km2"
    assert ids(findings).count("import-code") == 4
    assert np.nansum(found.table.column("Tax_rate")) == 90


def test_mended_codes_never_collide(tmp_path):
    data = DATA.replace("tax", "a b").replace("law", "a_b")
    meta = META.replace(",tax,", ",a b,").replace(",law,", ",a_b,")
    definition, table = read_coinr(*files(tmp_path, data, meta))

    assert {"a_b", "a_b_2"} <= nodes(definition).keys()
    np.testing.assert_array_equal(table.column("a_b"), [5, 3, 1])


def test_columns_that_are_something_else_are_numbers_or_names(tmp_path):
    meta = META + "NA,note,Note,NA,NA,NA,NA,NA,Other\nNA,size,Size,NA,NA,NA,NA,NA,Other\n"
    lines = zip(DATA.splitlines(), ("note,size", "x,1", "y,2", "NA,3"), strict=True)
    definition, table = read_coinr(*files(tmp_path, "\n".join(map(",".join, lines)), meta))

    assert [one.kind for one in definition.context] == ["amount", "group", "group", "interval"]
    assert table.label("note") == ("x", "y", "")


def test_what_is_not_used_is_named(tmp_path):
    meta = META.replace("Type\n", "Type,Source\n").replace("Indicator\n", "Indicator,WB\n")
    meta = meta.replace("Aggregate\n", "Aggregate,\n").replace("Group\n", "Group,\n")
    meta = meta.replace("Denominator\n", "Denominator,\n")
    _, findings = examine_coinr(*files(tmp_path, DATA, meta))

    (said,) = [one.sentence for one in findings if one.id == "import-left-out"]
    assert '"Source"' in said


def test_an_aggregate_that_points_down_is_a_warning(tmp_path):
    meta = META.replace("2,rules,Rules,1", "2,rules,Rules,-1")
    found, findings = examine_coinr(*files(tmp_path, DATA, meta))

    assert nodes(found.definition)["rules"].polarity == -1
    assert places(findings, "import-direction") == ["iMeta.csv:7"]


# ── what is wrong with them ──────────────────────────────────────────────────


def test_everything_wrong_in_both_tables_is_said_at_once(tmp_path):
    meta = META.replace("1,net,Internet users,1,3", "1,net,Internet users,2,much")
    meta = meta.replace("NA,rules,Indicator", "NA,rulez,Indicator", 1)
    meta = meta.replace("2,infra,Infra", "2,infra,Extra,1,1,x,NA,index,Aggregate\n2,infra,Infra")
    data = DATA.replace(",40,3", ",few,3").replace("C,C", "A,C")
    found = refused(tmp_path, data, meta)

    assert {(one.id, one.place) for one in found} == {
        ("import-cell", "iMeta.csv:3"),
        ("import-parent", "iMeta.csv:4"),
        ("import-twice", "iMeta.csv:7"),
        ("data-text", "iData.csv:3"),
        ("data-unit-twice", "iData.csv:4"),
    }
    said = "\n".join(map(str, found))
    assert "Direction must be 1 or -1" in said
    assert "Weight must be a number" in said
    assert "Did you mean rules?" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "1,tax,Tax,-1,1,points,NA,rules",
            "1,tax,Tax,-1,1,points,NA,index",
            "exactly one level up",
        ),
        ("1,tax,Tax,-1,1,points,NA,rules", "1,tax,Tax,-1,1,points,NA,law", "no iCode of an aggr"),
        ("1,tax,Tax,-1,1,points,NA,rules", "1,tax,Tax,-1,1,points,NA,NA", "has no Parent"),
        ("1,tax", "2,tax", "is 2, and the row is of type Indicator"),
        ("1,tax", "one,tax", "Level must be a number"),
        ("1,tax", "NA,tax", "Level is missing"),
        ("1,tax", "1.5,tax", "a whole number from 1"),
        ("1,tax,Tax,-1,1", "1,tax,Tax,-1,NA", "Weight is missing"),
        ("1,tax,Tax,-1,1", "1,tax,Tax,-1,-2", "Weight must be at least 0"),
        ("1,tax,Tax,-1", "1,tax,Tax,NA", "Direction must be 1 or -1"),
        ("1,tax,Tax,-1,1,points,NA", "1,tax,Tax,-1,1,points,aera", "Did you mean area?"),
        ("rules,Indicator", "rules,Indikator", "Type must be Indicator, Aggregate"),
        ("3,index,Small index,1,1,Score,NA,NA", "3,index,Small index,1,1,Score,NA,rules", "Parent"),
        ("Parent,Type", "Parnt,Type", 'no column "Parent"'),
        ("1,tax,", "1,NA,", "iCode is empty"),
        ("1,tax,", "1,taxes,", 'no column "taxes"'),
    ],
)
def test_metadata_that_make_no_index_are_refused(tmp_path, old, new, said):
    found = refused(tmp_path, DATA, META.replace(old, new, 1))

    assert said in "\n".join(map(str, found))
    assert all(one.place.startswith(("iMeta.csv", "iData.csv")) for one in found)


def test_an_aggregate_without_children_is_refused(tmp_path):
    meta = META + "2,empty,Empty,1,1,Score,NA,index,Aggregate\n"

    assert [one.id for one in refused(tmp_path, DATA, meta)] == ["aggregate-without-children"]


def test_two_indices_are_refused(tmp_path):
    meta = META + "3,other,Other,1,1,Score,NA,NA,Aggregate\n"

    assert any("both have no Parent" in str(one) for one in refused(tmp_path, DATA, meta))


def test_a_circle_is_refused(tmp_path):
    meta = META.replace(
        "3,index,Small index,1,1,Score,NA,NA", "3,index,Small index,1,1,Score,NA,index"
    )

    assert refused(tmp_path, DATA, meta)


def test_decimal_commas_among_commas_are_an_error_with_their_place(tmp_path):
    (found,) = refused(tmp_path, DATA.replace(",90,20", ',"90,5",20'))

    assert (found.id, found.place) == ("data-decimal", "iData.csv:2")
    assert "data." not in found.remedy


def test_a_cell_of_a_workbook_is_named(tmp_path):
    data = cells(DATA.replace(",70,40", ",many,40"))
    path = book(tmp_path / "coin.xlsx", {"iData": data, "iMeta": cells(META)})
    _, findings = examine_coinr(path)

    assert places(findings, "data-text") == ["coin.xlsx!iData!F3"]


def test_latin_letters_are_told_from_utf8(tmp_path):
    data = DATA.replace("Aland", "Åland").encode("cp1252")
    (found,) = refused(tmp_path, data)
    assert found.id == "data-encoding"
    assert "--encoding cp1252" in found.remedy

    _, table = read_coinr(*files(tmp_path, data), encoding="cp1252")
    assert table.names[0] == "Åland"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\1\2\3",
        codecs.BOM_UTF16_LE + DATA.encode("utf-16-le"),
        b'uCode,"roads\nA,1',
        b"uCode\n",
        b"a,b\n1,2\n",
        (DATA.splitlines()[0] + "\n").encode(),
        DATA.replace("net", "roads", 1).encode(),
        ("uCode," * 3 + "\n" + "A,1,2\n" * 3).encode(),
        DATA.encode() + b"A\n",
    ],
)
def test_hostile_tables_are_refused_in_words(tmp_path, data):
    found = refused(tmp_path, data)

    assert found
    assert all(one.place and one.sentence for one in found)


@pytest.mark.parametrize("meta", [b"", b"x", b"\xff\xfe\x00", META[:70].encode(), b"iCode\nx\n"])
def test_hostile_metadata_are_refused_in_words(tmp_path, meta):
    assert refused(tmp_path, DATA, meta)


@given(data=st.data())
@settings(max_examples=150)
def test_no_damage_brings_more_than_findings(data, tmp_path_factory):
    """Cells and lines are changed, doubled and lost; a traceback is the only failure."""
    folder = tmp_path_factory.mktemp("damaged")
    texts = []
    for text in (DATA, META):
        lines = [line.split(",") for line in text.splitlines()]
        for _ in range(data.draw(st.integers(0, 3))):
            line = data.draw(st.integers(0, len(lines) - 1))
            cell = data.draw(st.integers(0, len(lines[line]) - 1))
            lines[line][cell] = data.draw(st.sampled_from(ODD))
            if data.draw(st.booleans()):
                lines.insert(line, lines[line])
        texts.append("\n".join(map(",".join, lines)))
    found, findings = examine_coinr(*files(folder, *texts))

    assert (found is None) == any(one.severity == "error" for one in findings)


def test_names_can_not_steer_a_terminal(tmp_path):
    found = refused(tmp_path, DATA, META.replace("1,tax,", "1,\x1b[31mtax,", 1))

    assert "\x1b" not in "\n".join(map(str, found))


def test_a_formula_counts_for_its_saved_result(tmp_path):
    """openpyxl saves formulas without results, as a program that computes nothing does."""
    data = cells(DATA)
    data[1][5] = "=1+1"
    path = book(tmp_path / "coin.xlsx", {"iData": data, "iMeta": cells(META)})
    _, findings = examine_coinr(path)

    assert places(findings, "data-formula") == ["coin.xlsx!iData!F2"]


def test_a_missing_sheet_is_named(tmp_path):
    path = book(tmp_path / "coin.xlsx", {"iData": cells(DATA), "Notes": [["x"]]})
    _, findings = examine_coinr(path)

    assert ids(findings, "error") == ["import-sheet"]
    assert "iMeta" in str(findings[0])


def test_a_sheet_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("rankscope.exchange.opening.MAX_ROWS", 3)
    path = book(tmp_path / "coin.xlsx", {"iData": cells(DATA), "iMeta": cells(META)})
    _, findings = examine_coinr(path)

    assert set(ids(findings, "error")) == {"import-too-large"}


def test_a_forged_size_costs_nothing(tmp_path):
    path = book(tmp_path / "coin.xlsx", {"iData": cells(DATA), "iMeta": cells(META)})
    forged = tmp_path / "forged.xlsx"
    with zipfile.ZipFile(path) as given, zipfile.ZipFile(forged, "w") as out:
        for name in given.namelist():
            part = given.read(name).replace(
                b'<dimension ref="A1:H4"', b'<dimension ref="A1:XFD1048576"'
            )
            out.writestr(name, part)

    assert read_coinr(forged)[1].units == ("A", "B", "C")


@pytest.mark.parametrize("name", ["gone.csv", "folder.csv", "picture.png", "book.xlsx"])
def test_what_can_not_be_opened_is_refused(tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "picture.png").write_bytes(b"x")
    (tmp_path / "book.xlsx").write_bytes(b"no zip")
    _, meta = files(tmp_path)

    with pytest.raises(DataError) as wrong:
        read_coinr(tmp_path / name, meta)
    assert wrong.value.findings


def test_one_text_file_is_not_enough(tmp_path):
    with pytest.raises(DataError, match="Name both files"):
        read_coinr(files(tmp_path)[0])
