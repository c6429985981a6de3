"""Make ``src/rankscope/pages/world.json``: the world's countries as SVG paths.

    npm pack world-atlas && tar xzf world-atlas-*.tgz
    python tools/build_world_map.py package/countries-50m.json package/countries-10m.json

The first file gives the shapes; what it lacks (Tuvalu, Gibraltar) comes from the second.
Borders are simplified arc by arc, so neighbours keep one border; the projection is Equal
Earth, in which areas can be compared.

References
----------
Šavrič, Patterson, Jenny (2018), The Equal Earth map projection, doi:10.1080/13658816.2018.1504949
Visvalingam, Whyatt (1993), Line generalisation by repeated elimination of points
"""

from __future__ import annotations

import argparse
import csv
import heapq
import json
import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Point = tuple[float, float]
Ring = list[Point]
Chain = tuple[int, ...]

PACKAGE = Path(__file__).parents[1] / "src" / "rankscope"
PAGES = PACKAGE / "pages"
WIDTH = 1000.0
SOUTH = -58.0  # Antarctica is left out, and the sea around it
DETAIL = 0.1  # px²: a point goes when the triangle with its neighbours is smaller
SMALLEST = 0.3  # px²: smaller islands go, unless a country would vanish
DOT = 6.0  # px²: a country whose largest part is smaller needs a dot to be seen
WITHOUT_ID = {"Kosovo": "XKX", "Somaliland": "SOM", "N. Cyprus": "CYP"}
JOINED = {"CYP", "SOM", "UKR"}  # made of two pieces with a border between them

# Where Natural Earth draws who is in control, the map follows the UN General Assembly.
CRIMEA = (32.0, 44.0, 37.0, 46.5)  # west, south, east, north; with Ukraine (resolution 68/262)
WESTERN_SAHARA_NORTH = 27.667  # its border with Morocco (status: resolution 34/37)


@dataclass(frozen=True, slots=True)
class Topology:
    """Borders as arcs in degrees, and the rings of each country as chains of arcs.

    An arc that is walked backwards stands in a chain as ``~number``.
    """

    arcs: tuple[tuple[Point, ...], ...]
    rings: dict[str, tuple[Chain, ...]]


def read_topology(file: Path, codes: dict[str, str]) -> Topology:
    """Read a TopoJSON file of world-atlas; ``codes`` gives alpha-3 by numeric code."""
    content = json.loads(file.read_text(encoding="utf-8"))
    rings: defaultdict[str, list[Chain]] = defaultdict(list)
    for geometry in content["objects"]["countries"]["geometries"]:
        without_id = WITHOUT_ID.get(geometry["properties"]["name"], "")
        code = codes.get(geometry.get("id", ""), without_id)
        if code not in {"", "ATA"}:  # without a code: Siachen Glacier, "Indian Ocean Ter."
            rings[code] += chains(geometry)
    arcs = tuple(degrees(arc, content["transform"]) for arc in content["arcs"])
    crimea = [ring for ring in rings["RUS"] if within(CRIMEA, walk(ring, arcs))]
    rings["RUS"] = [ring for ring in rings["RUS"] if ring not in crimea]
    rings["UKR"] += crimea
    return Topology(
        arcs,
        {code: tuple(joined(found) if code in JOINED else found) for code, found in rings.items()},
    )


def chains(geometry: dict[str, Any]) -> Iterator[Chain]:
    """Yield the rings of a polygon or of many, outer ones and holes alike."""
    polygons = geometry.get("arcs", [])
    for polygon in polygons if geometry["type"] == "MultiPolygon" else [polygons]:
        yield from (tuple(ring) for ring in polygon)


def degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> tuple[Point, ...]:
    """Return an arc's points; it is stored as integer steps.  Longitudes run on past 180."""
    (width, height), (left, bottom) = transform["scale"], transform["translate"]
    steps = accumulate(arc, lambda at, step: [at[0] + step[0], at[1] + step[1]])
    return tuple(run_on([(x * width + left, y * height + bottom) for x, y in steps]))


def run_on(points: Sequence[Point]) -> Ring:
    """Return points with longitudes that never jump by a turn from one to the next."""
    longitudes = accumulate((x for x, _ in points), lambda a, b: b - 360 * round((b - a) / 360))
    return [(x, y) for x, (_, y) in zip(longitudes, points, strict=True)]


def joined(rings: list[Chain]) -> list[Chain]:
    """Join two rings that share a border: Somaliland and Somalia, without the line between."""
    used = {arc for ring in rings for arc in ring}
    inner = {arc for arc in used if ~arc in used}
    apart = [ring for ring in rings if inner & set(ring)]
    turns = [next(at for at, arc in enumerate(ring) if arc in inner) for ring in apart]
    turned = [ring[turn:] + ring[:turn] for ring, turn in zip(apart, turns, strict=True)]
    outer = tuple(arc for ring in turned for arc in ring if arc not in inner)
    return [ring for ring in rings if ring not in apart] + ([outer] if outer else [])


def simplified(arc: Sequence[Point]) -> tuple[Point, ...]:
    """Drop the points that change the drawn line least; the ends stay."""
    pixels = [project(point) for point in arc]
    before, after = list(range(-1, len(arc) - 1)), list(range(1, len(arc) + 1))
    weight = [math.inf] * len(arc)

    def weigh(at: int) -> tuple[float, int]:
        weight[at] = area([pixels[before[at]], pixels[at], pixels[after[at]]])
        return weight[at], at

    queue = [weigh(at) for at in range(1, len(arc) - 1)]
    heapq.heapify(queue)
    kept = set(range(len(arc)))
    while queue and len(kept) > 4:
        least, at = heapq.heappop(queue)
        if at not in kept or least != weight[at]:
            continue  # weighed anew since
        if least >= DETAIL:
            break
        kept.remove(at)
        left, right = before[at], after[at]
        after[left], before[right] = right, left
        for neighbour in (left, right):
            if 0 < neighbour < len(arc) - 1:
                heapq.heappush(queue, weigh(neighbour))
    return tuple(arc[at] for at in sorted(kept))


def project(point: Point) -> Point:
    """Return the place of a longitude and latitude on the map, in pixels (Equal Earth)."""
    x, y = equal_earth(*point)
    scale = WIDTH / (2 * equal_earth(180, 0)[0])
    return WIDTH / 2 + x * scale, (equal_earth(0, 90)[1] - y) * scale


def equal_earth(longitude: float, latitude: float) -> Point:
    """Return the Equal Earth projection of degrees, on the unit sphere."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    root = math.sqrt(3) / 2
    t = math.asin(root * math.sin(math.radians(latitude)))
    stretch = root * (a1 + 3 * a2 * t**2 + t**6 * (7 * a3 + 9 * a4 * t**2))
    return (
        math.radians(longitude) * math.cos(t) / stretch,
        t * (a1 + a2 * t**2 + t**6 * (a3 + a4 * t**2)),
    )


def drawn(rings: Iterable[Ring]) -> dict[str, Any]:
    """Return a country's path, the centre of its largest part, and whether it needs a dot.

    Rings are cut at 180 degrees and projected; the tiniest are dropped.
    """
    pieces = [
        [project(point) for point in piece]
        for ring in rings
        for piece in cut_at_antimeridian(run_on(ring))
    ]
    largest = max(pieces, key=area)
    kept = [ring for ring in pieces if ring is largest or area(ring) >= SMALLEST]
    x, y = centre(largest)
    shape = {"d": "".join(path(ring) for ring in kept), "x": round(x, 1), "y": round(y, 1)}
    return shape | ({"dot": True} if area(largest) < DOT else {})


def walk(ring: Chain, arcs: Sequence[Sequence[Point]]) -> Ring:
    """Return the points along a chain of arcs; where two arcs meet, the point comes once."""
    points: Ring = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:]
    return points


def within(box: tuple[float, float, float, float], ring: Ring) -> bool:
    """Whether a ring lies within a box of degrees."""
    west, south, east, north = box
    return all(west <= x <= east and south <= y <= north for x, y in ring)


def with_whole_western_sahara(rings: dict[str, list[Ring]]) -> dict[str, list[Ring]]:
    """Return the rings with all that lies south of Morocco's border in Western Sahara."""

    def part(ring: Ring, side: int) -> Ring:
        turned = clipped([(y, x) for x, y in ring], WESTERN_SAHARA_NORTH, side)
        return [(x, y) for y, x in turned]

    south = [part(ring, -1) for ring in rings["MAR"]]
    return rings | {
        "MAR": [part(ring, 1) for ring in rings["MAR"]],
        "ESH": rings["ESH"] + [ring for ring in south if ring],
    }


def cut_at_antimeridian(ring: Ring) -> Iterator[Ring]:
    """Yield the parts of a ring on each sheet of the map, brought back to -180..180."""
    for turn in (-360, 0, 360):
        part = [(x - turn, y) for x, y in ring]
        for edge, side in ((-180.0, 1), (180.0, -1)):
            part = list(clipped(part, edge, side))
        if len(part) > 2:
            yield part


def clipped(ring: Ring, edge: float, side: int) -> Iterator[Point]:
    """Yield the part of a ring on one side of a first coordinate (Sutherland and Hodgman)."""
    for (x0, y0), (x1, y1) in pairwise([*ring[-1:], *ring]):
        inside, was_inside = (x1 - edge) * side >= 0, (x0 - edge) * side >= 0
        if inside != was_inside:
            yield edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)
        if inside:
            yield x1, y1


def area(ring: Ring) -> float:
    """Return the area within a ring."""
    return abs(math.fsum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in closed(ring))) / 2


def centre(ring: Ring) -> Point:
    """Return the centre of gravity of a ring, or the middle of its points if it has no area."""
    crosses = [(x0 * y1 - x1 * y0, x0 + x1, y0 + y1) for (x0, y0), (x1, y1) in closed(ring)]
    total = 3 * math.fsum(cross for cross, _, _ in crosses)
    if abs(total) < 1e-6:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    return sum(c * x for c, x, _ in crosses) / total, sum(c * y for c, _, y in crosses) / total


def closed(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """Yield the edges of a ring, the closing one too."""
    return pairwise([*ring, ring[0]])


def path(ring: Ring) -> str:
    """Return a ring as an SVG path of steps, in tenths of a pixel."""
    tenths = [(round(10 * x), round(10 * y)) for x, y in ring]
    corners = [here for here, following in pairwise([*tenths, tenths[0]]) if here != following]
    start = corners[0] if corners else tenths[0]
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(corners or [start])]
    return f"M{numbers([start])}" + (f"l{numbers(steps)}" if steps else "h0") + "z"


def numbers(pairs: Iterable[tuple[int, int]]) -> str:
    """Write tenths as SVG likes them, without what it can do without: ``1.5-.3 2``."""
    texts = (f"{number / 10:.1f}".removesuffix(".0") for pair in pairs for number in pair)
    short = [text.replace("-0.", "-.") if text[0] == "-" else text.lstrip("0") for text in texts]
    text = " ".join(text or "0" for text in short)
    return text.replace(" -", "-")


def sphere() -> Ring:
    """Return the outline of the map: the meridians of 180 degrees, and the southern edge."""
    latitudes = [SOUTH + (90 - SOUTH) * step / 60 for step in range(61)]
    west = [project((-180, latitude)) for latitude in latitudes]
    return west + [project((180, latitude)) for latitude in reversed(latitudes)]


def world(topologies: Sequence[Topology]) -> dict[str, Any]:
    """Return the content of ``world.json``: the first topology that has a country draws it."""
    countries: dict[str, dict[str, Any]] = {}
    for topology in topologies:
        arcs = [simplified(arc) for arc in topology.arcs]
        lacking = {code: found for code, found in topology.rings.items() if code not in countries}
        rings = {code: [walk(ring, arcs) for ring in found] for code, found in lacking.items()}
        shapes = with_whole_western_sahara(rings) if "MAR" in rings else rings
        countries |= {code: drawn(found) for code, found in shapes.items()}
    height = math.ceil(project((0, SOUTH))[1])
    return {
        "viewBox": f"0 0 {WIDTH:.0f} {height}",
        "sphere": path(sphere()),
        "countries": dict(sorted(countries.items())),
    }


def main() -> None:
    """Read the files named on the command line and write the map."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("topologies", nargs="+", type=Path, help="countries-*.json of world-atlas")
    parser.add_argument("-o", "--output", type=Path, default=PAGES / "world.json")
    arguments = parser.parse_args()
    with (PACKAGE / "units" / "countries.csv").open(encoding="utf-8", newline="") as lines:
        codes = {row["numeric"]: row["code"] for row in csv.DictReader(lines) if row["numeric"]}
    content = world([read_topology(file, codes) for file in arguments.topologies])
    text = json.dumps(content, separators=(",", ":")).replace('},"', '},\n"')
    arguments.output.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
