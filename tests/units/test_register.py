"""A name leads to its unit or to an error that helps; it never leads to another unit."""

from __future__ import annotations

import contextlib
import csv
import itertools
import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rankscope.errors import UnitError
from rankscope.units import Register, Unit, fold, iso3166, own_register

SHARED = Path(__file__).parents[2].parent / "shared"
PAGES = Path(__file__).parents[2] / "src" / "rankscope" / "pages"
WORLD = iso3166()
NAMES = [(name, unit.code) for unit in WORLD for name in unit.names]
BLOC_SIZES = {
    "EU": 27,
    "OECD": 38,
    "G7": 7,
    "G20": 19,
    "BRICS": 11,
    "ASEAN": 11,
    "NATO": 32,
    "African Union": 55,
}


def published_names(file: str, column: str) -> list[tuple[str, str]]:
    """Read codes and names from a published table that stays outside the project."""
    path = SHARED / "data" / "published" / file
    if not path.exists():
        pytest.skip(f"{file} is not at hand")
    with path.open(encoding="utf-8", newline="") as lines:
        return [(row["iso3"], row[column]) for row in csv.DictReader(lines)]


# The table


def test_the_register_holds_iso_3166_and_kosovo() -> None:
    assert len(WORLD) == 250
    assert len([unit for unit in WORLD if unit.numeric]) == 249
    assert WORLD.get("XKX").numeric == ""


def test_codes_have_their_forms_and_are_unique() -> None:
    forms = {"code": r"[A-Z]{3}", "alpha2": r"[A-Z]{2}", "numeric": r"\d{3}|"}
    for attribute, form in forms.items():
        values = [getattr(unit, attribute) for unit in WORLD]
        assert all(re.fullmatch(form, value) for value in values)
        assert len({value for value in values if value}) >= 249


def test_units_stand_in_the_order_of_their_codes() -> None:
    assert list(WORLD.codes) == sorted(WORLD.codes)


def test_every_unit_but_antarctica_has_a_region() -> None:
    assert [unit.code for unit in WORLD if not (unit.region and unit.subregion)] == ["ATA"]


def test_no_alias_belongs_to_two_units() -> None:
    owners: dict[str, set[str]] = {}
    for name, code in NAMES:
        owners.setdefault(fold(name), set()).add(code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


def test_no_shared_name_is_the_name_of_one_unit() -> None:
    own = {fold(name) for name, _ in NAMES}
    assert not own & {fold(name) for unit in WORLD for name in unit.shared}


def test_no_name_looks_like_the_code_of_another_unit() -> None:
    for name, code in NAMES:
        if name.upper() in WORLD:
            assert name.upper() == code


def test_cells_are_clean() -> None:
    for name, _ in NAMES:
        assert name == name.strip()
        assert fold(name)


def test_names_are_not_repeated_within_a_unit() -> None:
    for unit in WORLD:
        assert len(set(unit.names)) == len(unit.names) or unit.name == unit.official
        assert not {unit.name, unit.official} & set(unit.aliases)


def test_the_register_loads_fast() -> None:
    iso3166.cache_clear()
    start = time.perf_counter()
    iso3166()
    assert time.perf_counter() - start < 0.1  # 0.015 s on a quiet machine


def test_the_register_is_read_once() -> None:
    assert iso3166() is iso3166()


# Finding one


@given(st.sampled_from(NAMES))
def test_every_name_leads_to_its_unit(pair: tuple[str, str]) -> None:
    name, code = pair
    assert WORLD.find(name).code == code


@given(st.sampled_from(NAMES), st.sampled_from([str.upper, str.lower, str.title]))
def test_letter_case_does_not_matter(pair: tuple[str, str], change: object) -> None:
    name, code = pair
    assert callable(change)
    changed = change(name)
    if not re.fullmatch("[A-Z]{2,3}", changed):
        assert WORLD.find(changed).code == code


@given(st.sampled_from(NAMES))
def test_upper_case_leads_to_the_same_unit(pair: tuple[str, str]) -> None:
    name, code = pair
    assert WORLD.find(name.upper()).code == code


@given(st.sampled_from(NAMES), st.sampled_from(["  ", "\t", "\u00a0", " \n"]))
def test_white_space_does_not_matter(pair: tuple[str, str], space: str) -> None:
    name, code = pair
    assert WORLD.find(space + name.replace(" ", space) + space).code == code


@given(st.sampled_from(NAMES), st.sampled_from(["Not ", "Rest of ", "EU-27 and ", "Ex-"]))
def test_a_name_that_contains_a_name_is_another_name(pair: tuple[str, str], more: str) -> None:
    with pytest.raises(UnitError, match="No unit goes by"):
        WORLD.find(more + pair[0])


@given(st.sampled_from(NAMES), st.data())
def test_a_broken_name_never_leads_to_another_unit(
    pair: tuple[str, str], data: st.DataObject
) -> None:
    name, code = pair
    cut = data.draw(st.integers(0, len(name) - 1))
    broken = name[:cut] + "q" + name[cut:]
    with pytest.raises(UnitError):
        assert WORLD.find(broken).code == code


@given(st.text(max_size=30))
def test_any_text_finds_a_unit_of_that_name_or_fails(text: str) -> None:
    with contextlib.suppress(UnitError):
        unit = WORLD.find(text)
        assert fold(text) in map(fold, (*unit.names, unit.code, unit.alpha2))


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) in {fold(text), fold(fold(fold(text)))}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("RUS", "RUS"),
        ("NO", "NOR"),
        ("NA", "NAM"),
        ("UK", "GBR"),
        ("U.S.", "USA"),
        ("The Netherlands", "NLD"),
        ("Gambia, The", "GMB"),
        ("Côte d’Ivoire", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("CÔTE D`IVOIRE", "CIV"),
        ("Trinidad & Tobago", "TTO"),
        ("Bosnia & Herzegovina", "BIH"),
        ("Korea, Dem. People's Rep.", "PRK"),
        ("Korea, Rep.", "KOR"),
        ("Hong Kong SAR, China", "HKG"),
        ("Taiwan, China", "TWN"),
        ("TÜRKİYE", "TUR"),
        ("Turkey", "TUR"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Viet Nam", "VNM"),
        ("Ｊａｐａｎ", "JPN"),
        ("Kosovo*", "XKX"),
        ("Congo (Democratic Republic of the)", "COD"),
        ("Congo, Rep.", "COG"),
        ("Sao Tome & Principe", "STP"),
        ("St. Vincent & the Grenadines", "VCT"),
    ],
)
def test_the_ways_publishers_write_a_country(text: str, code: str) -> None:
    assert WORLD.find(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "EU-27 and United Kingdom",
        "Not United States",
        "Australia/Oceania",
        "European Union",
        "World",
        "England",
        "Northern Ireland",
        "Rest of World",
        "no",
        "na",
        "rus",
        "",
        "the",
        "..",
        "China and India",
    ],
)
def test_what_is_not_a_country_is_not_found(text: str) -> None:
    with pytest.raises(UnitError):
        WORLD.find(text)


def test_an_unknown_name_is_named_with_the_nearest() -> None:
    with pytest.raises(UnitError, match=r'"Germny".*Did you mean Germany \(DEU\)'):
        WORLD.find("Germny")


@pytest.mark.parametrize(("text", "codes"), [("Congo", ("COD", "COG")), ("korea", ("KOR", "PRK"))])
def test_an_ambiguous_name_lists_all_who_bear_it(text: str, codes: tuple[str, str]) -> None:
    with pytest.raises(UnitError) as raised:
        WORLD.find(text)
    assert raised.value.findings[0].id == "unit-ambiguous"
    assert all(code in str(raised.value) for code in codes)


def test_a_hostile_name_can_not_move_the_cursor() -> None:
    with pytest.raises(UnitError) as raised:
        WORLD.find("Russia\u202e\x1b[2J")
    assert "\x1b" not in str(raised.value)
    assert "\u202e" not in str(raised.value)


def test_get_wants_the_very_code() -> None:
    assert WORLD.get("RUS").name == "Russia"
    with pytest.raises(UnitError, match=r"Russia \(RUS\)"):
        WORLD.get("RU")


def test_containing_asks_for_codes() -> None:
    assert "RUS" in WORLD
    assert "Russia" not in WORLD
    assert 643 not in WORLD


# Finding many


def test_all_unknown_names_are_reported_at_once() -> None:
    resolved = WORLD.find_all(["Russia", "Narnia", "Brazil", "Ruritania"])
    assert resolved.codes == ("RUS", None, "BRA", None)
    assert [finding.place for finding in resolved.findings] == ["row 2", "row 4"]
    with pytest.raises(UnitError, match=r"(?s)Narnia.*Ruritania"):
        resolved.or_raise()


def test_two_names_of_one_unit_collide_and_both_rows_are_named() -> None:
    (finding,) = WORLD.find_all(["Turkey", "Russia", "Türkiye"]).findings
    assert finding.id == "unit-collision"
    assert finding.place == "row 1 and row 3"
    assert "Turkey" in finding.sentence
    assert "Türkiye (TUR)" in finding.sentence


def test_a_code_and_a_name_of_one_unit_collide() -> None:
    assert WORLD.find_all(["RUS", "Russia"]).findings[0].id == "unit-collision"


def test_one_name_in_several_rows_is_a_panel() -> None:
    resolved = WORLD.find_all(["Russia", "Brazil", "Russia", "Brazil"])
    assert resolved.or_raise() == ("RUS", "BRA", "RUS", "BRA")


def test_places_of_the_caller_are_used() -> None:
    (finding,) = WORLD.find_all(["Narnia"], ["data.csv:7"]).findings
    assert finding.place == "data.csv:7"


def test_a_table_of_unknown_names_is_refused_in_reasonable_time() -> None:
    start = time.perf_counter()
    assert len(WORLD.find_all([f"district {n}" for n in range(2_000)]).findings) == 2_000
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("file", "column", "count"),
    [("gaii-2024.csv", "country", 83), ("gaii-2021.csv", "Country", 62)],
)
def test_published_names_resolve_to_their_codes(file: str, column: str, count: int) -> None:
    codes, names = zip(*published_names(file, column), strict=True)
    assert len(names) == count
    assert WORLD.find_all(names).or_raise() == codes


# Groups


def test_blocs_have_their_members() -> None:
    groups = WORLD.groups()
    assert {bloc: len(groups[bloc]) for bloc in BLOC_SIZES} == BLOC_SIZES


def test_income_groups_leave_out_the_unclassified() -> None:
    groups = WORLD.groups()
    sizes = [
        len(groups[f"{level} income"]) for level in ("High", "Upper middle", "Lower middle", "Low")
    ]
    assert sizes == [88, 59, 46, 24]
    assert WORLD.get("VEN").income == ""


def test_groups_hold_known_codes_once() -> None:
    for codes in WORLD.groups().values():
        assert len(set(codes)) == len(codes)
        assert all(code in WORLD for code in codes)


@pytest.mark.parametrize(
    ("group", "code"),
    [("Europe", "RUS"), ("Asia", "TWN"), ("BRICS", "RUS"), ("EU", "HRV"), ("High income", "RUS")],
)
def test_a_group_has_a_member(group: str, code: str) -> None:
    assert code in WORLD.groups()[group]


def test_no_group_is_the_name_of_a_unit() -> None:
    for group in WORLD.groups():
        with pytest.raises(UnitError):
            WORLD.find(group)


# The map


def world_map() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((PAGES / "world.json").read_text(encoding="utf-8"))
    return content


def test_every_country_on_the_map_is_in_the_register() -> None:
    assert set(world_map()["countries"]) <= set(WORLD.codes)


def test_the_map_lacks_only_what_is_drawn_with_another_country() -> None:
    lacking = set(WORLD.codes) - set(world_map()["countries"])
    drawn_with_another = {"BES", "BVT", "GLP", "GUF", "MTQ", "MYT", "REU", "SJM", "TKL"}
    assert lacking == {"ATA", "CCK", "CXR"} | drawn_with_another


def test_the_map_has_no_streak_across_the_world() -> None:
    for code, shape in world_map()["countries"].items():
        for ring in shape["d"].split("z")[:-1]:
            _, *steps = re.findall(r"-?\d*\.?\d+", ring.replace("M", "").replace("h0", ""))
            assert max((abs(float(step)) for step in steps[1:]), default=0) < 110, code


def test_dots_mark_the_countries_too_small_to_see() -> None:
    countries = world_map()["countries"]
    dots = {code for code, shape in countries.items() if shape.get("dot")}
    assert {"SGP", "MLT", "BHR", "HKG", "LUX", "TUV"} <= dots
    assert not {"RUS", "EST", "QAT", "CYP"} & dots


def test_the_map_is_small() -> None:
    assert (PAGES / "world.json").stat().st_size < 160_000


# A file's own units


def test_own_units_are_found_by_code_and_name() -> None:
    register = own_register([("007", "Bond Street"), ("08", "Łódź")])
    assert register.find("007").name == "Bond Street"
    assert register.find("LODZ").code == "08"
    assert "7" not in register


def test_own_units_of_one_name_are_told_apart_by_code() -> None:
    register = own_register([("a", "Newport"), ("b", "Newport")])
    assert register.find("b").code == "b"
    with pytest.raises(UnitError, match=r"Newport \(a\) or Newport \(b\)"):
        register.find("newport")


def test_of_names_that_fold_alike_the_spelling_decides() -> None:
    register = own_register([("a", "Saint-Denis"), ("b", "Saint Denis")])
    assert register.find("Saint-Denis").code == "a"
    assert register.find("Saint Denis").code == "b"


def test_numbers_in_names_do_not_run_together() -> None:
    with pytest.raises(UnitError):
        own_register([("a", "Ward 11")]).find("Ward 1.1")


def test_own_codes_must_be_there_and_differ() -> None:
    with pytest.raises(UnitError) as raised:
        own_register([("a", "A"), ("", "B"), ("a", "C")])
    assert [finding.id for finding in raised.value.findings] == [
        "unit-code-empty",
        "unit-code-twice",
    ]


def test_own_groups_are_those_given() -> None:
    units = [("a", "A"), ("b", "B"), ("c", "C")]
    assert own_register(units).groups() == {}
    groups = {"first": ["a", "b"], "second": ["b"]}
    assert own_register(units, groups=groups).groups() == {"first": ("a", "b"), "second": ("b",)}
    with pytest.raises(UnitError, match='"d"'):
        own_register(units, groups={"third": ["d"]})


@given(st.lists(st.text(min_size=1).filter(str.strip), unique_by=str.strip, max_size=20))
def test_every_own_code_finds_its_unit(codes: list[str]) -> None:
    register = own_register((code, f"unit {number}") for number, code in enumerate(codes))
    assert [register.get(code).code for code in codes] == codes
    assert [register.find(code).code for code in codes] == codes
    assert register.codes == tuple(codes)


def test_a_register_is_equal_to_one_of_the_same_units() -> None:
    units = tuple(itertools.islice(WORLD, 3))
    assert Register(units) == Register(units)
    assert Unit("a", "A") in Register((Unit("a", "A"),)).units
