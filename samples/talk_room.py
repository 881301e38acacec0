"""Paints the consulting room, all that never moves in the film."""

from __future__ import annotations

import math

import numpy as np
from PyQt6.QtGui import QImage, QPainter, QTransform
from talk_paint import (
    HEIGHT,
    WIDTH,
    as_array,
    canvas,
    colour,
    fill,
    glow,
    oval,
    painter_on,
    points,
    rounded,
    shade,
    shadow,
    smooth,
    straight,
    stroke,
)

FLOOR = 238
CHAIRS = ((172.0, 1), (468.0, -1))
SEAT = 262.0
_FABRICS = (("#d9a441", "#b97f28", "#8f5d1b"), ("#4f8f8b", "#356f6d", "#214f50"))


def room() -> QImage:
    """Paint the empty room with its two armchairs."""
    image = canvas()
    painter = painter_on(image)
    _wall(painter)
    _window(painter)
    _picture(painter)
    _shelf(painter)
    _floor(painter)
    _rug(painter)
    _plant(painter)
    _lamp(painter)
    for (x, facing), fabric in zip(CHAIRS, _FABRICS, strict=True):
        _armchair(painter, x, facing, fabric)
    painter.end()
    _grain(image)
    return image


def table() -> QImage:
    """Paint the small table in front, to lie over the two people's feet."""
    image = canvas()
    painter = painter_on(image)
    shadow(painter, oval(324, 327, 50, 8), 6, 0.45)
    for x in (296, 320, 344):
        fill(painter, straight([(x - 2.5, 276), (x + 2.5, 276), (x + 3, 326), (x, 326)]), "#6b4426")
    fill(painter, oval(320, 278, 50, 12.5), "#7c4f2c")
    fill(painter, oval(320, 275, 50, 12.5), shade((270, 270), (370, 284), "#c08c58", "#a06c3d"))
    _tissues(painter)
    _glass(painter)
    painter.end()
    return image


def _wall(painter: QPainter) -> None:
    fill(painter, rounded(0, 0, WIDTH, FLOOR, 0), shade((0, 0), (0, FLOOR), "#efe3cf", "#e0cdb0"))
    fill(painter, rounded(0, 0, WIDTH, FLOOR, 0), glow((320, 90), 420, "#fffaf0", 0.6))
    fill(painter, rounded(0, FLOOR - 14, WIDTH, 14, 0), "#f4ecdf")
    fill(painter, rounded(0, FLOOR - 15, WIDTH, 1.5, 0), "#cdb897")


def _window(painter: QPainter) -> None:
    shadow(painter, rounded(240, 24, 160, 136, 2), 7, 0.25)
    fill(painter, rounded(238, 20, 164, 138, 3), "#fbf7ef")
    painter.save()
    painter.setClipPath(rounded(246, 28, 148, 122, 0))
    fill(painter, rounded(246, 28, 148, 122, 0), shade((0, 28), (0, 150), "#a9d3ea", "#f6efdc"))
    for x, y, size, tint in (
        (262, 142, 34, "#8fb58a"),
        (302, 150, 30, "#7da77c"),
        (352, 134, 38, "#98bd8c"),
        (392, 146, 34, "#7ba57a"),
        (366, 112, 24, "#a8c997"),
    ):
        fill(painter, oval(x, y, size, size * 0.8), tint)
    for x, y, size in ((276, 54, 17), (292, 50, 20), (310, 56, 15)):
        fill(painter, oval(x, y, size, size * 0.42), "#f4f8fa")
    painter.restore()
    fill(painter, rounded(317.5, 26, 5, 126, 0), "#fbf7ef")
    fill(painter, rounded(244, 82, 152, 4, 0), "#fbf7ef")
    fill(painter, rounded(230, 156, 180, 7, 2), "#fbf7ef")
    fill(painter, rounded(230, 163, 180, 3, 1), "#c9b596")
    _curtain(painter, 222, 1)
    _curtain(painter, 418, -1)
    fill(painter, rounded(204, 12, 232, 4, 2), "#8a6a47")
    for x in (204, 436):
        fill(painter, oval(x, 14, 4.5, 4.5), "#8a6a47")


def _curtain(painter: QPainter, x: float, facing: int) -> None:
    painter.save()
    painter.setTransform(QTransform(facing, 0, 0, 1, x, 0))
    outline = smooth(points("-13,19 0,17 14,17 27,19 24,70 14,120 20,178 2,181 -15,178"))
    shadow(painter, outline, 5, 0.25)
    painter.setClipPath(rounded(-20, 15, 60, 180, 0))
    fill(painter, outline, shade((-14, 0), (26, 0), "#d9a58a", "#e8bda3", "#d49c80", "#edc8b1"))
    for fold in (-6, 2, 10):
        line = smooth([(fold, 20), (fold + 3, 90), (fold - 1, 174)], closed=False)
        stroke(painter, line, "#c98f74", 1.1)
    painter.restore()


def _picture(painter: QPainter) -> None:
    shadow(painter, rounded(90, 54, 76, 60, 2), 5, 0.3)
    fill(painter, rounded(88, 50, 76, 60, 2), "#7a5534")
    fill(painter, rounded(92, 54, 68, 52, 0), "#f7f1e5")
    painter.save()
    painter.setClipPath(rounded(98, 59, 56, 42, 0))
    fill(painter, rounded(98, 59, 56, 42, 0), shade((0, 59), (0, 101), "#f3d9b8", "#eeb98f"))
    fill(painter, oval(138, 74, 7, 7), "#e2725b")
    fill(
        painter,
        smooth(points("92,92 112,78 132,88 160,80 160,110 92,110")),
        "#5f8f8d",
    )
    fill(
        painter,
        smooth(points("92,98 116,93 140,97 160,91 160,112 92,112")),
        "#35605f",
    )
    painter.restore()


def _shelf(painter: QPainter) -> None:
    shadow(painter, rounded(470, 103, 96, 8, 1), 5, 0.35)
    books = (
        (476, 9, 36, "#8c4a3c"),
        (486, 7, 31, "#d9b26a"),
        (494, 11, 38, "#3f6b73"),
        (506, 8, 33, "#e7d6bd"),
        (515, 10, 35, "#7b8f5c"),
        (526, 7, 29, "#b5654a"),
    )
    for x, width, height, tint in books:
        fill(painter, rounded(x, 100 - height, width, height, 1), tint)
        fill(painter, rounded(x, 100 - height + 5, width, 2, 0), "#f4e6cf")
    fill(
        painter,
        smooth(points("542,84 554,84 557,92 552,100 544,100 539,92")),
        "#c9d3cc",
    )
    for tip in ((538, 68), (548, 62), (558, 69)):
        stroke(
            painter,
            smooth([(548, 85), ((548 + tip[0]) / 2, 76), tip], closed=False),
            "#6f8f5f",
            1.4,
        )
        fill(painter, oval(*tip, 3.6, 5), "#86a873")
    fill(painter, rounded(468, 100, 98, 5, 1), "#8a5f38")


def _floor(painter: QPainter) -> None:
    brush = shade((0, FLOOR), (0, HEIGHT), "#b0814f", "#c59560", "#b98851")
    fill(painter, rounded(0, FLOOR, WIDTH, HEIGHT - FLOOR, 0), brush)
    for step in range(9):
        y = FLOOR + 1.4 * step**2 + 5 * step
        fill(painter, rounded(0, y, WIDTH, 0.9, 0), "#9a6d3f")
        for joint in range(7):
            x = (joint * 108 + step * 67) % WIDTH
            fill(painter, rounded(x, y, 0.9, 5 + 2.8 * step, 0), "#9a6d3f")
    light = straight([(262, FLOOR), (392, FLOOR), (452, 330), (230, 330)])
    shine = shade((0, FLOOR), (0, 330), "#30fff3d8", "#00fff3d8")
    fill(painter, light, shine)
    fill(
        painter,
        rounded(0, FLOOR, WIDTH, 10, 0),
        shade((0, FLOOR), (0, FLOOR + 10), "#50402010", "#00402010"),
    )


def _rug(painter: QPainter) -> None:
    fill(painter, oval(320, 322, 268, 46), "#8f4636")
    fill(painter, oval(320, 321, 265, 44.5), "#b55f49")
    fill(painter, oval(320, 321, 246, 39), "#eed9b8")
    fill(painter, oval(320, 321, 238, 36.5), "#b55f49")
    fill(painter, oval(320, 321, 176, 25), "#c8745b")
    for step in range(28):
        turn = math.tau * step / 28
        x, y = 320 + 207 * math.cos(turn), 321 + 30.7 * math.sin(turn)
        fill(painter, straight([(x - 6, y), (x, y - 3), (x + 6, y), (x, y + 3)]), "#eed9b8")


def _plant(painter: QPainter) -> None:
    shadow(painter, oval(52, 286, 30, 6), 5, 0.5)
    stems = (
        (-34, -92),
        (-20, -128),
        (2, -146),
        (22, -126),
        (36, -94),
        (-44, -58),
        (42, -60),
        (6, -96),
    )
    for index, (x, y) in enumerate(stems):
        base = (50 + x * 0.12, 238)
        tip = (50 + x, 238 + y)
        stroke(
            painter, smooth([base, (50 + x * 0.35, 238 + y * 0.6), tip], closed=False), "#4c6f43", 2
        )
        _leaf(painter, tip, math.atan2(y * 0.6, x), ("#5d9159", "#4a7d4c", "#70a565")[index % 3])
    fill(
        painter,
        straight([(30, 238), (72, 238), (67, 286), (35, 286)]),
        shade((30, 0), (72, 0), "#e9dfd0", "#bfae97"),
    )
    fill(painter, rounded(27, 233, 48, 9, 3), shade((27, 0), (75, 0), "#f3eadc", "#c9b9a2"))


def _leaf(painter: QPainter, tip: tuple[float, float], turn: float, tint: str) -> None:
    painter.save()
    painter.translate(*tip)
    painter.rotate(math.degrees(turn))
    fill(painter, smooth(points("-16,0 -6,-11 8,-9 22,0 8,9 -6,11")), tint)
    stroke(painter, smooth([(-14, 0), (18, 0)], closed=False), "#a9cb93", 0.9)
    painter.restore()


def _lamp(painter: QPainter) -> None:
    fill(painter, oval(588, 118, 170, 170), glow((588, 118), 170, "#ffd98a", 0.75))
    shadow(painter, oval(588, 287, 24, 5), 5, 0.5)
    fill(painter, oval(588, 284, 21, 5), "#4d3a2a")
    fill(painter, rounded(586.5, 140, 3, 143, 1), "#5d4632")
    shade_path = straight([(572, 84), (604, 84), (618, 138), (558, 138)])
    fill(painter, shade_path, shade((0, 84), (0, 138), "#f6dca6", "#fff1cd", "#ffe3a0"))
    fill(painter, rounded(557, 136.5, 62, 2.5, 1), "#d9ab63")
    fill(painter, rounded(571, 83, 34, 2, 1), "#d9ab63")


def _armchair(painter: QPainter, x: float, facing: int, fabric: tuple[str, str, str]) -> None:
    light, middle, dark = fabric
    painter.save()
    painter.setTransform(QTransform(facing, 0, 0, 1, x, SEAT))
    shadow(painter, oval(2, 62, 88, 12), 8, 0.5)
    for leg in ((-62, 50), (-30, 46), (58, 52)):
        fill(
            painter,
            straight(
                [
                    (leg[0], 38),
                    (leg[0] + 8, 38),
                    (leg[0] + 5, leg[1] + 12),
                    (leg[0] + 2, leg[1] + 12),
                ]
            ),
            "#5a3b22",
        )
    back = smooth(points("-62,20 -66,-40 -62,-96 -46,-114 -8,-118 30,-112 44,-94 48,-40 60,24"))
    fill(painter, back, shade((-66, -110), (46, 10), light, middle, dark))
    inner = smooth(points("-46,14 -50,-40 -46,-88 -32,-101 -6,-104 20,-100 32,-86 34,-40 36,18"))
    fill(painter, inner, shade((-40, -100), (30, 10), light, middle))
    for button in ((-22, -70), (8, -71), (-22, -38), (8, -39)):
        fill(painter, oval(*button, 1.8, 1.8), dark)
    front = smooth(points("-64,8 0,0 64,8 68,24 64,46 0,50 -66,46 -70,24"))
    fill(painter, front, shade((0, 0), (0, 50), middle, dark))
    fill(
        painter,
        smooth(points("-54,2 0,-9 56,2 58,14 50,20 -50,20 -58,14")),
        shade((0, -9), (0, 20), light, middle),
    )
    arm = smooth(points("-88,-22 -72,-32 -54,-26 -50,-8 -52,44 -68,50 -86,44 -90,6"))
    fill(painter, arm, shade((-90, 0), (-50, 0), dark, middle, light))
    painter.restore()


def arm_front(painter: QPainter, x: float, facing: int) -> None:
    """Paint the armrest nearer to the other chair, which hides part of the sitter."""
    light, middle, dark = _FABRICS[0 if facing > 0 else 1]
    painter.save()
    painter.setTransform(QTransform(facing, 0, 0, 1, x, SEAT))
    arm = smooth(points("48,-16 60,-25 76,-20 82,-6 80,46 64,52 50,46 46,10"))
    fill(painter, arm, shade((46, 0), (82, 0), light, middle, dark))
    stroke(painter, smooth([(52, -10), (62, -18), (74, -13)], closed=False), light, 1.4)
    painter.restore()


def _tissues(painter: QPainter) -> None:
    fill(painter, straight([(290, 262), (316, 262), (316, 276), (290, 276)]), "#7fa9a6")
    fill(painter, straight([(316, 262), (322, 258), (322, 271), (316, 276)]), "#5f8886")
    fill(painter, straight([(290, 262), (296, 258), (322, 258), (316, 262)]), "#a5c6c2")
    fill(
        painter,
        smooth(points("300,261 299,250 305,253 309,245 312,253 316,251 313,261")),
        "#ffffff",
    )


def _glass(painter: QPainter) -> None:
    body = straight([(338, 254), (350, 254), (348.5, 276), (339.5, 276)])
    painter.fillPath(body, colour("#eaf5fa", 0.55))
    painter.fillPath(
        straight([(338.6, 262), (349.4, 262), (348.5, 276), (339.5, 276)]), colour("#a8d2e6", 0.7)
    )
    painter.fillPath(oval(344, 254, 6, 1.5), colour("#ffffff", 0.7))
    painter.fillPath(rounded(340, 257, 1.4, 16, 0.7), colour("#ffffff", 0.8))


def _grain(image: QImage) -> None:
    """Break up the banding of wide gradients with a grain of one step, always the same."""
    pixels = as_array(image)
    grain = np.random.default_rng(7).integers(-1, 2, (HEIGHT, WIDTH, 1))
    pixels[..., :3] = np.clip(pixels[..., :3].astype(int) + grain, 0, 255)
