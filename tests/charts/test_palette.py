"""Colours: told apart by people who see them differently, and readable text on them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from rankscope.charts.palette import (
    FAMILIES,
    SEQUENCE,
    contrast,
    mix,
    readable_on,
    sequence,
    shades,
)

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
    "usual": [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritanopia": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
SEVEN = (*shades(0, 3), *shades(1, 2), *shades(2, 2))


def lab(colour: str, sight: str) -> np.ndarray:
    rgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(SIGHT[sight]) @ linear, 0, 1)
    xyz = (
        np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
        @ seen
        / np.array([0.9505, 1, 1.089])
    )
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(lab(one, sight) - lab(other, sight)))


@pytest.mark.parametrize("sight", SIGHT)
def test_parts_of_a_bar_differ_from_their_neighbours(sight: str) -> None:
    assert min(distance(a, b, sight) for a, b in itertools.pairwise(SEVEN)) > 15


@pytest.mark.parametrize("sight", SIGHT)
def test_all_seven_parts_differ(sight: str) -> None:
    assert min(distance(a, b, sight) for a, b in itertools.combinations(SEVEN, 2)) > 6


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("count", [5, 6, 7])
def test_classes_of_a_map_go_one_way_from_light_to_dark(sight: str, count: int) -> None:
    light = [lab(colour, sight)[0] for colour in sequence(count)]

    assert light == sorted(light, reverse=True)
    assert min(a - b for a, b in itertools.pairwise(light)) > 5


@pytest.mark.parametrize("colour", [*SEVEN, *SEQUENCE, *itertools.chain(*FAMILIES)])
def test_text_on_a_colour_can_be_read(colour: str) -> None:
    assert contrast(readable_on(colour), colour) >= 4.5


def test_mixing_goes_from_one_colour_to_the_other() -> None:
    assert mix("#000000", "#ffffff", 0.0) == "#000000"
    assert mix("#000000", "#ffffff", 1.0) == "#ffffff"
    assert mix("#000000", "#fffffe", 0.5) == "#80807f"


def test_families_come_round_again() -> None:
    assert shades(len(FAMILIES), 2) == shades(0, 2)


def test_one_class_and_one_shade() -> None:
    assert len(sequence(1)) == len(shades(0, 1)) == 1
