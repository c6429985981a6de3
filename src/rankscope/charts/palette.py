"""Colours that people who see colours differently can tell apart, light to dark in print."""

from __future__ import annotations

INK = "#16212b"
SOFT = "#55636f"
RULE = "#d9dfe4"
ACCENT = "#0f5c6e"
OTHER = "#b7bfc6"
"""What is left over when there are more groups than colours."""

FAMILIES = (
    ("#17456f", "#9cc6e4"),
    ("#b0550b", "#f0bd7f"),
    ("#1c6b5c", "#8fcfb9"),
    ("#5b3a7d", "#b9a2d1"),
    ("#96284a", "#e59bb0"),
    ("#544a40", "#b5aa9c"),
)
"""The dark and the light end of each family; a pillar takes one family."""

_TOWARDS_LIGHT = 0.8
"""Dark shades are drawn apart, so that text on the middle ones can be read."""

SEQUENCE = ("#e4efe9", "#b4d8ce", "#7cbab5", "#44969d", "#1f6f80", "#0d4257")
"""Low to high, for maps and heat tables: one direction from light to dark."""


def shades(family: int, count: int) -> tuple[str, ...]:
    """Return that many shades of a family, the darkest first; families come round again."""
    dark, light = FAMILIES[family % len(FAMILIES)]
    if count <= 1:
        return (mix(dark, light, 0.15),)
    places = ((step / (count - 1)) ** _TOWARDS_LIGHT for step in range(count))
    return tuple(mix(dark, light, place) for place in places)


def sequence(count: int) -> tuple[str, ...]:
    """Return that many colours from low to high."""
    if count <= 1:
        return (SEQUENCE[3],)
    last = len(SEQUENCE) - 1
    places = (step * last / (count - 1) for step in range(count))
    return tuple(_between(place) for place in places)


def mix(one: str, other: str, share: float) -> str:
    """Return the colour that lies a share of the way from one colour to another."""
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable_on(fill: str) -> str:
    """Return the colour, white or ink, that stands out more from a fill (WCAG 2.2, contrast)."""
    return max("#ffffff", INK, key=lambda text: contrast(text, fill))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _between(place: float) -> str:
    low = min(int(place), len(SEQUENCE) - 2)
    return mix(SEQUENCE[low], SEQUENCE[low + 1], place - low)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
