"""How colours look to people: contrast, difference, and what colour-blind eyes see of them.

Colours are `#rrggbb`. Sources: contrast, WCAG 2.1; difference, CIEDE2000 after Sharma, Wu and
Dalal (2005); colour-blind eyes, the matrices of Machado, Oliveira and Fernandes (2009) for a
cone that is missing altogether.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

LIGHT_GROUND, DARK_GROUND = "#ffffff", "#1e1e1e"
"""What tags are drawn on in the light and in the dark window."""

LEAST_CONTRAST = 3.0
"""What WCAG 2.1 AA asks of marks that carry meaning."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_WHITE = (0.95047, 1.0, 1.08883)  # D65

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]


class Eyes(StrEnum):
    """Kinds of eyes, by the cone that they lack."""

    USUAL = "usual"
    PROTANOPIA = "protanopia"
    DEUTERANOPIA = "deuteranopia"
    TRITANOPIA = "tritanopia"


_SEEN: dict[Eyes, Matrix] = {
    Eyes.PROTANOPIA: (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    Eyes.DEUTERANOPIA: (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    Eyes.TRITANOPIA: (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)


def is_colour(text: str) -> bool:
    """Tell whether a text is a colour such as "#4477aa"."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours, from 1 to 21; raises ValueError where one is none."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def difference(one: str, other: str, eyes: Eyes = Eyes.USUAL) -> float:
    """Compute how different two colours look to some eyes, in CIEDE2000.

    0 is the same, about 1 the least that can be told side by side, 100 black and white.
    """
    return difference_of_labs(_lab(one, eyes), _lab(other, eyes))


@lru_cache(maxsize=8192)
def least_difference(one: str, other: str) -> tuple[float, Eyes]:
    """Compute the difference for those eyes that find two colours most alike, and say which."""
    return min((difference(one, other, eyes), eyes) for eyes in Eyes)


def difference_of_labs(one: Triple, other: Triple) -> float:
    """Compute CIEDE2000 between two points of CIE L*a*b*."""
    l_1, l_2 = one[0], other[0]
    (c_1, h_1), (c_2, h_2) = _chromas_and_hues(one, other)
    delta_h, mean_h = _hue_step_and_mean(c_1, h_1, c_2, h_2)
    mean_l, mean_c = (l_1 + l_2) / 2, (c_1 + c_2) / 2
    weight = (
        1
        - 0.17 * cos(radians(mean_h - 30))
        + 0.24 * cos(radians(2 * mean_h))
        + 0.32 * cos(radians(3 * mean_h + 6))
        - 0.20 * cos(radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2)
    s_c = 1 + 0.045 * mean_c
    s_h = 1 + 0.015 * mean_c * weight
    turn = 60 * exp(-(((mean_h - 275) / 25) ** 2))
    rotation = -sin(radians(turn)) * 2 * _chroma_share(mean_c)
    light, chroma = (l_2 - l_1) / s_l, (c_2 - c_1) / s_c
    hue = 2 * sqrt(c_1 * c_2) * sin(radians(delta_h / 2)) / s_h
    return sqrt(max(0.0, light**2 + chroma**2 + hue**2 + rotation * chroma * hue))


def _chromas_and_hues(
    one: Triple, other: Triple
) -> tuple[tuple[float, float], tuple[float, float]]:
    mean = (hypot(one[1], one[2]) + hypot(other[1], other[2])) / 2
    stretch = 1.5 - 0.5 * _chroma_share(mean)
    first, second = (
        (hypot(stretch * a, b), degrees(atan2(b, stretch * a)) % 360) for _, a, b in (one, other)
    )
    return first, second


def _chroma_share(chroma: float) -> float:
    return sqrt(chroma**7 / (chroma**7 + 25.0**7))


def _hue_step_and_mean(c_1: float, h_1: float, c_2: float, h_2: float) -> tuple[float, float]:
    if c_1 * c_2 == 0:
        return 0.0, h_1 + h_2
    step, half = h_2 - h_1, 180
    if abs(step) <= half:
        return step, (h_1 + h_2) / 2
    step += 360 if h_2 <= h_1 else -360
    mean = (h_1 + h_2 + (360 if h_1 + h_2 < 2 * half else -360)) / 2
    return step, mean


@lru_cache(maxsize=4096)
def _lab(colour: str, eyes: Eyes) -> Triple:
    parts = _times(_TO_XYZ, _seen(_linear(colour), eyes))
    x, y, z = (_lab_root(part / white) for part, white in zip(parts, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _lab_root(part: float) -> float:
    knee = 6 / 29
    return part ** (1 / 3) if part > knee**3 else part / (3 * knee**2) + 4 / 29


def _seen(linear: Triple, eyes: Eyes) -> Triple:
    if eyes is Eyes.USUAL:
        return linear
    red, green, blue = (min(1.0, max(0.0, part)) for part in _times(_SEEN[eyes], linear))
    return red, green, blue


def _times(matrix: Matrix, parts: Triple) -> Triple:
    one, two, three = (row[0] * parts[0] + row[1] * parts[1] + row[2] * parts[2] for row in matrix)
    return one, two, three


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> Triple:
    if not is_colour(colour):
        raise ValueError(f'"{colour}" is not a colour such as "#4477aa"')
    red, green, blue = (_decoded(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _decoded(part: float) -> float:
    knee = 0.04045
    return part / 12.92 if part <= knee else ((part + 0.055) / 1.055) ** 2.4
