"""Compile the figures of the packaged AI Capacity Index, edition 2026.

Run it from the root of a checkout with the folder of the open panel, which holds
``values.csv`` (iso3, indicator, year, value), ``commitments.csv`` and ``bilateral.csv``::

    python tools/compile_ai_capacity.py PANEL --to src/rankscope/catalogue/ai_capacity

It writes ``values.csv``, ``facts.csv`` and ``ties.csv``.  Figures that the panel does not hold
were read from the sources named beside them and stand below as text; whatever is
left out or corrected stands with its reason.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

SMALLEST_POPULATION = 250_000


def codes(text: str) -> frozenset[str]:
    """Return the codes that stand in a text, apart by spaces."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Series:
    """A series of the panel that enters the table.

    Attributes
    ----------
    code
        Its name in the index.
    panel
        Its name in the panel.
    decimals
        Decimals kept.
    """

    code: str
    panel: str
    decimals: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure read outside the panel, or one that replaces the panel's."""

    unit: str
    indicator: str
    value: float
    year: str
    source: str = ""
    note: str = ""


SERIES = (
    Series("population", "wdi_population", 0),
    Series("gdp", "wdi_gdp_current_usd", 0),
    Series("github_developers", "gh_developers", 0),
    Series("tertiary_enrolment", "wdi_tertiary_education_enrollment", 1),
    Series("education_spending", "wdi_education_expenditure_pct_gdp", 2),
    Series("internet_users", "wdi_internet_penetration", 1),
    Series("fixed_broadband", "wdi_fixed_broadband_per100", 2),
    Series("secure_servers", "wdi_secure_servers_per_1m", 1),
    Series("ipv4_addresses", "ipv4_addresses", 0),
    Series("electricity_use", "cia_electricity_consumption", 0),
    Series("supercomputing", "top500_rmax", 2),
    Series("cloud_regions", "cloud_regions", 0),
    Series("regulatory_quality", "wgi_regulatory_quality", 2),
    Series("rule_of_law", "wgi_rule_of_law", 2),
    Series("political_stability", "wgi_political_stability", 2),
    Series("ai_articles", "nsf_ai_articles", 0),
    Series("rd_expenditure", "wdi_rd_expenditure_pct_gdp", 2),
    Series("researchers", "wdi_researchers_rd_per_million", 1),
    Series("git_pushes", "gh_git_pushes", 0),
    Series("code_collaboration", "gh_collab_total", 0),
    Series("ai_patents", "nsf_ai_patents", 2),
    Series("notable_models", "epoch_notable_models_3y", 0),
    Series("ai_use", "ms_ai_diffusion", 1),
    Series("resident_patents", "wdi_patent_applications_residents", 0),
    Series("ict_service_exports", "wdi_ict_service_exports_pct", 2),
    Series("high_tech_exports", "wdi_high_tech_exports_pct_manufactured", 2),
)

# Departments and territories that few of the sources count on their own.
WITHOUT_OWN_FIGURES = codes("GLP GUF GUM MTQ MYT NCL PYF REU")

# Economies that no convention or declaration lets sign for themselves.
CANNOT_SIGN = codes("HKG MAC PRI TWN")

# Figures that are wrong at the source: (indicator, unit) and the reason.
FAULTY: Mapping[tuple[str, str], str] = {
    ("ipv4_addresses", "MUS"): "blocks registered by an address broker, used elsewhere",
    ("ipv4_addresses", "SYC"): "blocks registered by an address broker, used elsewhere",
    ("ipv4_addresses", "XKX"): "most addresses used in Kosovo are registered elsewhere",
    (
        "secure_servers",
        "BLZ",
    ): "twice the rate of Denmark: addresses registered there, used elsewhere",
    ("education_spending", "SOM"): "0.0 per cent of GDP is not credible",
    ("education_spending", "MRT"): "7.6 per cent after 1.3 and 2.7 in the two years before",
    (
        "electricity_use",
        "BTN",
    ): "more than was generated and imported together, and half of that was exported",
    (
        "tertiary_enrolment",
        "SUR",
    ): "2.6 per cent, while one university alone teaches some 7 per cent of the five years",
    ("rd_expenditure", "GTM"): "0.006 per cent after 0.06 two years before, never below 0.02",
    (
        "researchers",
        "GTM",
    ): "1.4 per million after 14.5 two years before: a tenth, as with the spending",
}

# A neighbourhood of three or more economies with one identical share of users is an
# estimate for the neighbourhood, not a measurement: these shares are left out.
IMPUTED_SHARES = {
    10.1: "BEN BFA GHA GIN GNB LBR MLI MRT NER NGA SLE TGO",
    7.6: "BDI ERI ETH SDN SOM SSD TZA UGA",
    8.7: "CAF CMR COD COG KEN TCD",
    10.9: "AGO MDG MOZ MWI",
    10.3: "GUF GUY SUR VEN",
    6.1: "AFG TJK TKM",
}

# The list of cloud regions names some places twice, and Hong Kong under China.
RECOUNTED_CLOUD_REGIONS = {"CHN": 38, "HKG": 6, "JPN": 12, "NLD": 3, "USA": 46}

# It also lags behind: in service by the end of January 2025 were Amazon's regions in Calgary,
# Malaysia, Thailand and Mexico, Microsoft's in Auckland and Google's in Mexico; no longer in
# service were Alibaba's in Sydney and Mumbai.  Australia is counted anew as well.
UPDATED_CLOUD_REGIONS = {
    "AUS": 12,
    "CAN": 10,
    "IND": 10,
    "MEX": 7,
    "MYS": 2,
    "NZL": 1,
    "THA": 4,
}

# What the World Bank leaves out for Taiwan, and two cells of the Factbook put right.
GAPS = (
    Figure("TWN", "population", 23_600_776, "2025", "cia-factbook"),
    Figure(
        "TWN",
        "gdp",
        762_305_064_800,
        "2023",
        "cia-factbook",
        "32,300 US dollars a head, in current dollars by the Factbook's own note, times "
        "inhabitants; its total of 611 billion is the figure of 2019",
    ),
    Figure("TWN", "internet_users", 90, "2021", "cia-factbook"),
    Figure("TWN", "fixed_broadband", 25, "2019", "cia-factbook"),
    Figure("TWN", "tertiary_enrolment", 94.4, "2024", "tw-moe"),
    Figure("TWN", "rd_expenditure", 3.98, "2023", "tw-nstc"),
    Figure(
        "TWN",
        "researchers",
        7_398.5,
        "2022",
        "tw-nstc",
        "171,618 researchers in full-time equivalents over 23.2 million inhabitants",
    ),
    Figure("TWN", "resident_patents", 18_294, "2019", "tw-tipo"),
    Figure("TWN", "digital_laws", 1, "2024", "tw-laws"),
    Figure("HKG", "digital_laws", 1, "2026", "hk-laws"),
)

# UN Online Service Index, survey of 2024, in ten-thousandths.
ONLINE_SERVICES = """
AFG 1438 ALB 8144 DZA 3320 AND 4780 AGO 3962 ATG 4166 ARG 7965 ARM 7922 AUS 9222 AUT 8383
AZE 7386 BHS 5402 BHR 9031 BGD 7374 BRB 4976 BLR 5760 BEL 7224 BLZ 4055 BEN 5202 BTN 5886
BOL 5987 BIH 5003 BWA 3985 BRA 9063 BRN 5802 BGR 7727 BFA 3376 BDI 3146 KHM 4503 CMR 3989
CAN 8552 CPV 6892 CAF 1128 TCD 2674 CHL 8612 CHN 9258 COL 7521 COM 0230 COG 2760 CRI 7217
CIV 5219 HRV 8735 CUB 2298 CYP 8217 CZE 7006 PRK 0291 COD 2067 DNK 9992 DJI 2092 DMA 3798
DOM 6405 ECU 8851 EGY 7002 SLV 5090 GNQ 1932 ERI 0000 EST 9954 SWZ 4557 ETH 3420 FJI 5343
FIN 9097 FRA 8440 GAB 3188 GMB 0955 GEO 5652 DEU 9238 GHA 6084 GRC 8145 GRD 5056 GTM 6538
GIN 4808 GNB 1270 GUY 3455 HTI 1379 HND 4587 HUN 7144 ISL 9076 IND 8184 IDN 8035 IRN 3773
IRQ 1876 IRL 8768 ISR 8541 ITA 7624 JAM 5677 JPN 9427 JOR 7591 KAZ 9390 KEN 7770 KIR 3904
KWT 6366 KGZ 6072 LAO 3265 LVA 8092 LBN 4489 LSO 2864 LBR 2634 LBY 0808 LIE 7416 LTU 8839
LUX 7555 MDG 4045 MWI 4625 MYS 7280 MDV 6220 MLI 3334 MLT 8749 MHL 3586 MRT 1688 MUS 5903
MEX 7637 FSM 2621 MCO 4838 MNG 8222 MNE 5214 MAR 5618 MOZ 3959 MMR 3259 NAM 4996 NRU 2439
NPL 4481 NLD 9212 NZL 9453 NIC 4493 NER 3084 NGA 5372 NOR 9117 OMN 8077 PAK 7042 PLW 2787
PAN 6505 PNG 3392 PRY 6712 PER 8377 PHL 8054 POL 8037 PRT 7878 QAT 7655 KOR 10000 MDA 7264
ROU 6548 RUS 7766 RWA 8207 KNA 3039 LCA 3229 VCT 3906 WSM 3638 SMR 3575 STP 2156 SAU 9900
SEN 4779 SRB 8540 SYC 4638 SLE 3823 SGP 9831 SVK 7097 SVN 8640 SLB 4970 SOM 2971 ZAF 8872
SSD 1504 ESP 9054 LKA 5494 SDN 1293 SUR 4814 SWE 8836 CHE 8408 SYR 3068 TJK 4476 THA 7611
MKD 6642 TLS 3406 TGO 4472 TON 3220 TTO 5999 TUN 5951 TUR 9225 TKM 2506 TUV 1944 UGA 6069
UKR 9854 ARE 9163 GBR 9535 TZA 4791 USA 9136 URY 8832 UZB 7648 VUT 4769 VEN 3576 VNM 7081
YEM 1377 ZMB 4958 ZWE 4100
"""

# World Bank, harmonised test scores of the Human Capital Index, edition of 2020.
TEST_SCORES = """
AFG 355 ALB 434 DZA 374 AGO 326 ATG 407 ARG 408 ARM 443 AUS 516 AUT 508 AZE 416 BHR 452
BGD 368 BLR 488 BEL 517 BEN 384 BTN 387 BIH 416 BWA 391 BRA 413 BRN 438 BGR 441 BFA 404
BDI 423 KHM 452 CMR 379 CAN 534 CAF 369 TCD 333 CHL 452 CHN 441 COL 419 COM 392 COD 310
COG 371 CRI 429 CIV 373 HRV 488 CYP 502 CZE 512 DNK 518 DMA 404 DOM 345 ECU 420 EGY 356
SLV 436 EST 543 SWZ 440 ETH 348 FJI 383 FIN 534 FRA 510 GAB 456 GMB 353 GEO 400 DEU 517
GHA 307 GRC 469 GRD 395 GTM 405 GIN 408 GUY 346 HTI 338 HND 400 HKG 549 HUN 495 ISL 498
IND 399 IDN 395 IRN 432 IRQ 363 IRL 521 ISR 481 ITA 493 JAM 387 JPN 538 JOR 430 KAZ 416
KEN 455 KIR 411 KOR 537 XKX 374 KWT 383 KGZ 420 LAO 368 LVA 504 LBN 390 LSO 393 LBR 332
LTU 496 LUX 493 MAC 561 MDG 351 MWI 359 MYS 446 MLI 307 MLT 474 MHL 375 MRT 342 MUS 473
MEX 430 FSM 380 MDA 439 MNG 435 MNE 436 MAR 380 MOZ 368 MMR 425 NAM 407 NRU 347 NPL 369
NLD 520 NZL 520 NIC 392 NER 305 NGA 309 MKD 414 NOR 514 OMN 424 PAK 339 PLW 463 PAN 377
PNG 363 PRY 386 PER 415 PHL 362 POL 530 PRT 509 QAT 427 ROU 442 RUS 498 RWA 358 WSM 370
SAU 399 SEN 412 SRB 457 SYC 463 SLE 316 SGP 575 SVK 485 SVN 521 SLB 351 ZAF 343 SSD 336
ESP 507 LKA 400 KNA 409 LCA 418 VCT 391 SDN 380 SWE 519 CHE 515 TJK 391 TZA 388 THA 427
TLS 371 TGO 384 TON 386 TTO 458 TUN 384 TUR 478 TUV 346 UGA 397 UKR 478 ARE 448 GBR 520
USA 512 URY 438 UZB 474 VUT 348 VNM 519 PSE 412 YEM 321 ZMB 358 ZWE 396
"""

# UNCTAD Cyberlaw Tracker, 2026: states without a law in force (none, or a draft) by field.
# The tracker covers the members of the United Nations and Palestine.
WITHOUT_LAW = {
    "electronic transactions": "BDI CAF COM COG CUB DJI GNQ ERI LSO MHL FSM NRU PLW STP SLB SOM "
    "SSD TUV ZWE",
    "privacy and data protection": "AFG BGD BRN BDI CAF COM DJI DMA SLV ERI FJI GNB HTI IRQ KIR "
    "LBR LBY MDV MHL FSM MOZ MMR NAM NRU PAK PLW PNG WSM SLE SLB SSD SDN TLS TON TUV VUT VEN PSE",
    "cybercrime": "BOL KHM CAF COM GNQ ERI GNB HTI IRQ LBR MHL FSM MMR NAM SLB SOM TUV YEM PSE",
}
LAWS_UNKNOWN = codes("PRK")

EUROPEAN_UNION = codes(
    "AUT BEL BGR CYP CZE DEU DNK ESP EST FIN FRA GRC HRV HUN IRL ITA LTU LUX LVA MLT NLD POL PRT "
    "ROU SVK SVN SWE"
)

# Commitments that the panel lacks or holds in an older state.
REAIM_2026 = (
    "ALB ARM AUS AUT BEL BGR CAN CHL HRV CYP CZE DNK ECU FIN FRA GEO DEU GHA GRC HUN ISL IRL ITA "
    "JPN KEN LUX MLT MAR NLD NOR PAK PAN PHL PRT KOR ROU SEN SGP SVN ESP SWE CHE TUR UKR GBR"
)
GPAI_2026 = (
    "ARG AUS AUT BEL BRA CAN CHE CHL COL CRI CZE DEU DNK ESP EST FIN FRA GBR GRC HUN IND IRL ISL "
    "ISR ITA JPN KOR LTU LUX LVA MEX MLT NLD NOR NZL POL PRT SAU SEN SGP SRB SVK SVN SWE TUR USA"
)
LATER_CONVENTION_SIGNATURES = "ALB"

_GITHUB = "https://github.com"
_PARTICIPATION = (
    f"{_GITHUB}/Bekhzod-Alikhanov/AI-Governance-Map/blob/"
    "1119b786a144b9ec3417310a2596419a375b4f84/src/data/participation.ts"
)
_ENDORSEMENTS = (
    f"{_GITHUB}/wrobinson127/machine-politics/blob/"
    "06743dfff90365b0d2e17ccb375c8d1051150551/content/endorsements.yaml"
)
# In July 2024 the members of the OECD and of the older partnership became one, 44 in all: the
# 38 of the OECD, and six that the list of the older partnership names besides.
_GPAI_MERGER = (
    "https://ieu-monitoring.com/editorial/"
    "gpai-and-oecd-unite-to-advance-coordinated-international-efforts-for-trustworthy-ai/438221"
)
_GPAI_BESIDE_OECD = "https://dig.watch/actor/global-partnership-on-artificial-intelligence"
_GPAI_PAGES = {
    **dict.fromkeys(("ARG", "BRA", "IND", "SEN", "SGP", "SRB"), _GPAI_BESIDE_OECD),
    "MLT": "https://meetinc.com.mt/?p=6503",
    "SAU": "https://www.zawya.com/en/business/technology-and-telecom/"
    "saudi-arabia-becomes-first-arab-nation-to-join-global-ai-partnership-u76evjt1",
}


@dataclass(frozen=True, slots=True)
class Commitment:
    """A declaration, convention or partnership and who stands behind it."""

    fact: str
    word: str
    date: str
    address: str
    units: frozenset[str]


STATEMENTS = {
    "unga_78_241_vote": "Vote on UN resolution 78/241, lethal autonomous weapons systems",
    "unga_79_62_vote": "Vote on UN resolution 79/62, lethal autonomous weapons systems",
    "unga_80_57_vote": "Vote on UN resolution 80/57, lethal autonomous weapons systems",
    "bletchley_declaration_2023": "Bletchley Declaration on AI safety",
    "seoul_ministerial_statement_2024": "Seoul Ministerial Statement on AI",
    "paris_statement_2025": "Paris Statement on inclusive and sustainable AI",
    "political_declaration_military_ai": "Political Declaration on responsible military use of AI",
    "reaim_call_to_action_2023": "REAIM Call to Action on responsible military AI",
    "reaim_pathways_2026": "REAIM Pathways to Action on responsible military AI",
    "coe_ai_convention": "Council of Europe convention on AI",
    "gpai_member": "Global Partnership on AI",
}
"""What readers see of a fact."""

COMMITMENTS = {
    "ai_summits": (
        "bletchley_declaration_2023",
        "seoul_ministerial_statement_2024",
        "paris_statement_2025",
    ),
    "military_ai": (
        "political_declaration_military_ai",
        "reaim_call_to_action_2023",
        "reaim_pathways_2026",
    ),
    "ai_convention": ("coe_ai_convention",),
    "ai_partnership": ("gpai_member",),
}
"""The facts that an indicator counts."""

COMMITMENT_YEARS = {
    "ai_summits": "2025",
    "military_ai": "2026",
    "ai_convention": "2026",
    "ai_partnership": "2026",
}

VOTES = {
    "unga_78_241_vote": "https://digitallibrary.un.org/record/4031004",
    "unga_79_62_vote": "https://digitallibrary.un.org/record/4068497",
    "unga_80_57_vote": "https://digitallibrary.un.org/record/4094456",
}


def read_panel(folder: Path) -> pd.DataFrame:
    """Return the latest value of each series in each unit: unit, indicator, year, value."""
    table = pd.read_csv(folder / "values.csv", keep_default_na=False, dtype=str)
    table = table.rename(columns={"iso3": "unit"})
    table["value"] = pd.to_numeric(table["value"], errors="coerce")
    table = table.dropna(subset=["value"]).sort_values(["unit", "indicator", "year"])
    return table.drop_duplicates(["unit", "indicator"], keep="last")


def read_commitments(folder: Path) -> pd.DataFrame:
    """Return the panel's positions of governments, states only: iso3, fact, value, date.

    Only the first four cells of a row are read: the later ones hold unquoted commas.
    """
    with (folder / "commitments.csv").open(encoding="utf-8", newline="") as file:
        rows = [row[:4] for row in csv.reader(file)]
    table = pd.DataFrame(rows[1:], columns=rows[0])
    return table[table["iso3"] != "EU"]


def panel_figures(panel: pd.DataFrame) -> list[Figure]:
    """Return the selected series, rounded, without the faulty and the imputed values."""
    figures = []
    for series in SERIES:
        rows = panel[panel["indicator"] == series.panel]
        for unit, year, value in zip(rows["unit"], rows["year"], rows["value"], strict=True):
            if not _is_faulty(series.code, unit, value):
                figures.append(Figure(unit, series.code, round(value, series.decimals), year))
    return figures


def _is_faulty(code: str, unit: str, value: float) -> bool:
    if code == "ai_use":
        return unit in codes(IMPUTED_SHARES.get(round(value, 1), ""))
    return (code, unit) in FAULTY


def read_pairs(text: str) -> dict[str, int]:
    """Return the numbers of a text that alternates codes and numbers."""
    words = text.split()
    return {unit: int(number) for unit, number in zip(words[::2], words[1::2], strict=True)}


def collected_figures(states: frozenset[str]) -> list[Figure]:
    """Return what was read outside the panel, the laws in force among them."""
    figures = [
        Figure(unit, "online_services", score / 10_000, "2024")
        for unit, score in read_pairs(ONLINE_SERVICES).items()
    ]
    figures += [
        Figure(unit, "test_scores", score, "2020")
        for unit, score in read_pairs(TEST_SCORES).items()
    ]
    figures += [
        Figure(unit, "cloud_regions", regions, "2025", note="counted anew, each region once")
        for unit, regions in RECOUNTED_CLOUD_REGIONS.items()
    ]
    figures += [
        Figure(
            unit,
            "cloud_regions",
            regions,
            "2025",
            note="openings and closings that the list lacks are counted",
        )
        for unit, regions in UPDATED_CLOUD_REGIONS.items()
    ]
    figures += law_figures(states)
    figures += GAPS
    return figures


def law_figures(states: frozenset[str]) -> list[Figure]:
    """Return the share of the three fields of law in which a state has legislated."""
    lacking = [codes(units) for units in WITHOUT_LAW.values()]
    covered = (states | {"PSE"}) - LAWS_UNKNOWN - {"XKX"}
    return [
        Figure(unit, "digital_laws", _share(unit not in one for one in lacking), "2026")
        for unit in sorted(covered)
    ]


def _share(parts: Iterable[bool]) -> float:
    held = list(parts)
    return round(sum(held) / len(held), 3)


def all_commitments(table: pd.DataFrame) -> dict[str, Commitment]:
    """Return every commitment, from the panel where it holds it."""

    def held(fact: str, *values: str) -> frozenset[str]:
        rows = table[(table["fact"] == fact) & table["value"].isin(values)]
        return frozenset(rows["iso3"])

    convention = held("coe_ai_convention", "signed") | codes(LATER_CONVENTION_SIGNATURES)
    return {
        one.fact: one
        for one in (
            Commitment(
                "bletchley_declaration_2023",
                "endorsed",
                "2023-11-01",
                _PARTICIPATION,
                held("bletchley_2023", "signed", "joined later"),
            ),
            Commitment(
                "seoul_ministerial_statement_2024",
                "endorsed",
                "2024-05-22",
                _PARTICIPATION,
                held("seoul_ministerial_2024", "signed"),
            ),
            Commitment(
                "paris_statement_2025",
                "endorsed",
                "2025-02-11",
                _PARTICIPATION,
                held("paris_2025", "signed"),
            ),
            Commitment(
                "political_declaration_military_ai",
                "endorsed",
                "2024-11-27",
                _ENDORSEMENTS,
                held("political_declaration_military_ai", "endorsed"),
            ),
            Commitment(
                "reaim_call_to_action_2023",
                "endorsed",
                "2023-02-16",
                _ENDORSEMENTS,
                held("reaim_call_to_action_2023", "endorsed"),
            ),
            Commitment(
                "reaim_pathways_2026",
                "endorsed",
                "2026-07-17",
                _ENDORSEMENTS,
                codes(REAIM_2026),
            ),
            Commitment("coe_ai_convention", "signed", "2026-08-17", _PARTICIPATION, convention),
            Commitment("gpai_member", "member", "2026-02-23", _GPAI_MERGER, codes(GPAI_2026)),
        )
    }


def commitment_figures(
    commitments: Mapping[str, Commitment], states: frozenset[str]
) -> list[Figure]:
    """Return the four indicators of commitment, with a real zero for who stands aside."""
    figures = []
    for unit in sorted(states | {"PSE", "XKX"}):
        for indicator, facts in COMMITMENTS.items():
            year = COMMITMENT_YEARS[indicator]
            value = _share(unit in commitments[fact].units for fact in facts)
            note = ""
            if indicator == "ai_convention" and unit in EUROPEAN_UNION:
                value, note = 1.0, "through the European Union's signature"
            figures.append(Figure(unit, indicator, value, year, note=note))
    return figures


def tabulate(figures: Iterable[Figure]) -> pd.DataFrame:
    """Return the figures as a table, a later figure in place of an earlier one."""
    table = pd.DataFrame(
        [(f.unit, f.indicator, _plain(f.value), f.year, f.source, f.note) for f in figures],
        columns=["unit", "indicator", "value", "year", "source", "note"],
    )
    table = table.drop_duplicates(["unit", "indicator"], keep="last")
    return table.sort_values(["unit", "indicator"], ignore_index=True)


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def select_units(table: pd.DataFrame) -> pd.DataFrame:
    """Keep economies with enough inhabitants and figures of their own."""
    people = table[table["indicator"] == "population"].set_index("unit")["value"].astype(float)
    kept = set(people.index[people >= SMALLEST_POPULATION]) - WITHOUT_OWN_FIGURES
    return table[table["unit"].isin(kept)].reset_index(drop=True)


def tabulate_facts(
    panel: pd.DataFrame, commitments: Mapping[str, Commitment], units: frozenset[str]
) -> pd.DataFrame:
    """Return what is shown beside the index: statements, and the indicator that counts each.

    Votes are counted by none.
    """
    rows = [
        (row.iso3, row.fact, row.value, row.date, VOTES[str(row.fact)])
        for row in panel[panel["fact"].isin(VOTES)].itertuples()
    ]
    for one in commitments.values():
        for unit in one.units:
            address = _GPAI_PAGES.get(unit, one.address) if one.word == "member" else one.address
            rows.append((unit, one.fact, one.word, one.date, address))
    covered = "covered by the European Union"
    convention = commitments["coe_ai_convention"]
    rows += [
        (unit, convention.fact, covered, convention.date, convention.address)
        for unit in EUROPEAN_UNION
    ]
    table = pd.DataFrame(rows, columns=["unit", "fact", "value", "date", "source"])
    table = table[table["unit"].isin(units)].sort_values(["unit", "fact"], ignore_index=True)
    counted = {fact: indicator for indicator, facts in COMMITMENTS.items() for fact in facts}
    table["indicator"] = table["fact"].map(counted).fillna("")
    table["fact"] = table["fact"].map(STATEMENTS)
    return table


def compile_tables(panel_folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the table of values and the table of facts."""
    panel = read_panel(panel_folder)
    positions = read_commitments(panel_folder)
    members = positions[positions["fact"] == "unga_79_62_vote"]
    states = frozenset(members["iso3"]) - CANNOT_SIGN
    commitments = all_commitments(positions)
    figures = panel_figures(panel)
    figures += collected_figures(states)
    figures += commitment_figures(commitments, states)
    values = select_units(tabulate(figures))
    facts = tabulate_facts(positions, commitments, frozenset(values["unit"]))
    return values, facts


TIES = {
    "ai_coauthored_articles_2003_22": ("joint_articles", "nsf_ai_articles_intl"),
    "github_collab_q3": ("code_collaboration", None),
}
"""The measures of pairs that are packaged, and the series of what each unit did with all."""


def tabulate_ties(panel_folder: Path, units: frozenset[str]) -> pd.DataFrame:
    """Return what pairs of units did together; pairs that were not published are not there."""
    pairs = pd.read_csv(panel_folder / "bilateral.csv", keep_default_na=False)
    series = pd.read_csv(panel_folder / "values.csv", keep_default_na=False)
    rows = []
    for measure, (ties, total) in TIES.items():
        whole = series[series["indicator"] == total].set_index("iso3")["value"].astype(float)
        own = pairs[(pairs["measure"] == measure) & pairs["iso3_a"].isin(units)]
        own = own[own["iso3_b"].isin(units)].sort_values(["iso3_a", "iso3_b"])
        rows += [
            (
                ties,
                row.iso3_a,
                row.iso3_b,
                _plain(float(row.value)),  # type: ignore[arg-type]
                _plain(float(whole[row.iso3_a])) if total else "",
            )
            for row in own.itertuples()
        ]
    return pd.DataFrame(rows, columns=["ties", "unit", "partner", "value", "total"])


def main() -> None:
    """Read the panel's folder from the command line and write the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("panel", type=Path, help="folder of the open panel")
    parser.add_argument("--to", type=Path, required=True, help="folder to write into")
    arguments = parser.parse_args()
    values, facts = compile_tables(arguments.panel)
    values.to_csv(arguments.to / "values.csv", index=False, lineterminator="\n")
    facts.to_csv(arguments.to / "facts.csv", index=False, lineterminator="\n")
    ties = tabulate_ties(arguments.panel, frozenset(values["unit"]))
    ties.to_csv(arguments.to / "ties.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
