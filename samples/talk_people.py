"""Paints the two people of the film in any pose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PyQt6.QtGui import QPainter, QTransform
from talk_paint import colour, fill, oval, points, rounded, shade, smooth, straight, stroke
from talk_room import CHAIRS, SEAT
from talk_script import Role

if TYPE_CHECKING:
    from talk_paint import Point


@dataclass(frozen=True, slots=True)
class Pose:
    """How a person sits at one moment.

    Shares from 0 to 1: `mouth` (how far open), `wide` (lips from round to spread), `blink` (lids
    closed), `down` (eyes and head lowered), `hand` (the gesturing hand raised), `smile`.
    `breath` and `nod` are pixels, `turn` degrees, `gaze` from -1 (away) to 1 (towards the other).
    """

    mouth: float = 0.0
    wide: float = 0.5
    blink: float = 0.0
    down: float = 0.0
    hand: float = 0.0
    breath: float = 0.0
    nod: float = 0.0
    turn: float = 0.0
    gaze: float = 0.6
    smile: float = 0.6


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of one person."""

    skin: tuple[str, str, str]
    top: tuple[str, str, str]
    legs: tuple[str, str]
    shoe: str
    hair: tuple[str, str]
    lip: str
    brow: str
    eye: str


LOOKS = {
    Role.CLIENT: Look(
        skin=("#c58f68", "#b57c56", "#96623f"),
        top=("#6a8cb5", "#50729c", "#385576"),
        legs=("#4a4744", "#35322f"),
        shoe="#f0e8dc",
        hair=("#2e211b", "#1c1310"),
        lip="#ad6653",
        brow="#241812",
        eye="#2b1a12",
    ),
    Role.THERAPIST: Look(
        skin=("#f4d0b2", "#eabf9d", "#d09c78"),
        top=("#a3657f", "#844c66", "#61344b"),
        legs=("#575c6c", "#414555"),
        shoe="#4a2f22",
        hair=("#cfcac4", "#a19b96"),
        lip="#b85f5a",
        brow="#8b8079",
        eye="#41607a",
    ),
}
_SEATS = {Role.CLIENT: CHAIRS[0], Role.THERAPIST: CHAIRS[1]}

_LASH = "#3d2b24"
_SHUT = 0.5
"""How far lids come down before the eye is drawn as lashes."""

_LIPS_PART = 0.06
"""How far a mouth opens before it is drawn open."""


def paint_person(painter: QPainter, role: Role, pose: Pose) -> None:
    """Paint one of the two in their chair."""
    x, facing = _SEATS[role]
    look = LOOKS[role]
    painter.save()
    painter.setTransform(QTransform(facing, 0, 0, 1, x, SEAT))
    _legs(painter, look)
    _torso(painter, role, look, pose)
    _neck(painter, look, pose)
    if role is Role.THERAPIST:
        _notepad(painter)
    _arm(painter, look, ((-31, -63 - pose.breath), (-38, -26), (-8, -5)))
    raised = (12 + 24 * pose.hand, -2 - 34 * pose.hand)
    _arm(
        painter, look, ((31, -63 - pose.breath), (39 + 5 * pose.hand, -25 - 2 * pose.hand), raised)
    )
    _head(painter, role, look, pose)
    painter.restore()


def _legs(painter: QPainter, look: Look) -> None:
    light, dark = look.legs
    for hip, knee, ankle, tint in (
        ((-15, 4), (1, 20), (3, 58), dark),
        ((14, 3), (32, 17), (36, 55), light),
    ):
        stroke(painter, smooth([hip, knee], closed=False), tint, 27)
        shin = straight(
            [
                (knee[0] - 12, knee[1]),
                (knee[0] + 12, knee[1]),
                (ankle[0] + 8, ankle[1]),
                (ankle[0] - 8, ankle[1]),
            ]
        )
        stroke(painter, smooth([knee, (knee[0] + 0.1, knee[1] + 1)], closed=False), tint, 26)
        fill(painter, shin, tint)
        x, y = ankle
        shoe = smooth(
            [
                (x - 9, y - 2),
                (x + 4, y - 4),
                (x + 14, y + 3),
                (x + 21, y + 8),
                (x + 18, y + 12),
                (x - 8, y + 12),
            ]
        )
        fill(painter, shoe, look.shoe)
        fill(painter, rounded(x - 9, y + 10, 30, 2.6, 1.2), "#3a2a20")
    stroke(painter, smooth([(30, 8), (38, 16), (39, 44)], closed=False), dark, 1)


def _torso(painter: QPainter, role: Role, look: Look, pose: Pose) -> None:
    light, middle, dark = look.top
    up = pose.breath
    body = [(-39, -60 - up), (-31, -75 - up), (-12, -83 - up), (2, -84 - up), (15, -83 - up)]
    body += [
        (32, -76 - up),
        (39, -62 - up),
        (36, -30),
        (34, -2),
        (28, 7),
        (-22, 7),
        (-33, -2),
        (-35, -30),
    ]
    fill(painter, smooth(body), shade((-38, -40), (40, -30), dark, middle, light))
    if role is Role.THERAPIST:
        _blouse(painter, dark, up)
        return
    stroke(painter, smooth([(-12, -82 - up), (3, -74 - up), (16, -82 - up)], closed=False), dark, 3)
    stroke(painter, smooth([(-31, 1), (2, 7), (31, 1)], closed=False), dark, 2.2)
    for fold in (((-20, -30), (-14, -18), (-16, -6)), ((24, -34), (18, -20), (22, -8))):
        stroke(painter, smooth(fold, closed=False), dark, 1)


def _blouse(painter: QPainter, dark: str, up: float) -> None:
    blouse = smooth(
        [
            (-8, -84 - up),
            (16, -84 - up),
            (15, -40),
            (13, 0),
            (11, 4),
            (-1, 4),
            (-3, 0),
            (-4, -40),
        ]
    )
    fill(painter, blouse, shade((0, -84), (0, 10), "#fbf3e6", "#e9dac4"))
    for edge in (((-9, -83), (-5, -40), (-3, 7)), ((17, -83), (16, -40), (13, 7))):
        line = smooth([(edge[0][0], edge[0][1] - up), *edge[1:]], closed=False)
        stroke(painter, line, dark, 1.6)
    stroke(
        painter,
        smooth([(-5, -80 - up), (4, -66 - up), (13, -80 - up)], closed=False),
        "#c99a4a",
        1,
    )
    fill(painter, oval(4, -65 - up, 2, 2.3), "#c99a4a")


def _neck(painter: QPainter, look: Look, pose: Pose) -> None:
    up = pose.breath
    neck = [
        (-8, -104),
        (13, -104),
        (13, -86 - up),
        (14, -81 - up),
        (3, -75 - up),
        (-9, -81 - up),
        (-8, -86 - up),
    ]
    fill(painter, smooth(neck), shade((0, -104), (0, -78), look.skin[2], look.skin[1]))


def _arm(painter: QPainter, look: Look, joints: tuple[Point, Point, Point]) -> None:
    shoulder, elbow, hand = joints
    light, middle, dark = look.top
    path = smooth(
        [shoulder, ((shoulder[0] + elbow[0]) / 2, (shoulder[1] + elbow[1]) / 2), elbow, hand],
        closed=False,
    )
    stroke(painter, path, dark, 16.8)
    stroke(painter, path, middle, 15.2)
    stroke(painter, path.translated(0.8, -1.2), light if shoulder[0] > 0 else middle, 10)
    x, y = hand
    fill(painter, oval(x, y, 8.6, 7.2), look.skin[2])
    fill(painter, oval(x, y - 0.7, 8, 6.6), look.skin[0] if shoulder[0] > 0 else look.skin[1])
    for finger in (-2.6, 0.4, 3.2):
        lean = 1 if shoulder[0] < 0 else -1
        line = smooth([(x - 3 * lean, y + finger), (x + 5 * -lean, y + finger + 0.6)], closed=False)
        stroke(painter, line, look.skin[2], 0.8)


def _notepad(painter: QPainter) -> None:
    fill(painter, straight([(-18, -29), (12, -35), (20, -5), (-10, 2)]), "#3d2b22")
    fill(painter, straight([(-16, -29), (11, -34.4), (18, -7), (-9, -1)]), "#fffaf0")
    for step in range(4):
        x, y = -11 + 1.5 * step, -23 + 5 * step
        line = smooth([(x, y), (x + 20, y - 4.2)], closed=False)
        stroke(painter, line, "#b9c3cf", 0.8)


def _head(painter: QPainter, role: Role, look: Look, pose: Pose) -> None:
    painter.save()
    painter.translate(2 + 2.5 * pose.down, -88 - pose.breath * 0.8 + pose.nod + 3 * pose.down)
    painter.rotate(pose.turn + 5 * pose.down)
    painter.translate(0, -30)
    if role is Role.THERAPIST:
        _bob_behind(painter, look)
    else:
        fill(painter, oval(-20, 3, 5, 7), look.skin[2])
        fill(painter, oval(-19.4, 3, 3.4, 5), look.skin[1])
    face = points("-21,-8 -13,-24 3,-28 17,-22 22,-6 21,9 14,22 5,28 -6,26 -17,14")
    fill(painter, smooth(face), shade((-20, 0), (22, -4), look.skin[1], look.skin[0]))
    for x, tint in ((-8, "#d9694f"), (18, "#d9694f")):
        painter.fillPath(oval(x, 9 + 3 * pose.down, 5.5, 3.6), colour(tint, 0.16))
    if role is Role.CLIENT:
        _beard(painter, look)
    _features(painter, look, pose)
    if role is Role.THERAPIST:
        _glasses(painter, pose)
        _fringe(painter, look)
    else:
        _short_hair(painter, look)
    painter.restore()


def _features(painter: QPainter, look: Look, pose: Pose) -> None:
    low = 4.0 * pose.down
    middle = 4.5 + 0.9 * pose.gaze
    for side in (-1, 1):
        x = middle + side * (9.0 if side < 0 else 8.2)
        _eye(painter, look, pose, (x, -1.5 + low))
        rise = 1.2 * pose.mouth + (0.8 if side < 0 else 0.2)
        y = -9.6 + low - rise
        # Inner ends of the brows go up when the eyes go down: worry, not anger.
        inner, outer = y - 1.8 * pose.down, y + 1.2 + 0.8 * pose.down
        brow = [(x + 5 * side, outer), (x, y - 0.9), (x - 4.6 * side, inner)]
        stroke(painter, smooth(brow, closed=False), look.brow, 2.0)
    nose = [(middle + 1.6, -1 + low), (middle + 4.4, 6.6 + low), (middle + 0.8, 7.8 + low)]
    stroke(painter, smooth(nose, closed=False), look.skin[2], 1.4)
    _mouth(painter, look, pose, (middle + 0.8, 16 + 0.7 * low))


def _eye(painter: QPainter, look: Look, pose: Pose, centre: Point) -> None:
    x, y = centre
    closed = max(0.14, pose.blink, 0.85 * pose.down)
    height = 3.5 * (1 - closed)
    if height > 1:
        painter.save()
        painter.setClipPath(oval(x, y + 3.5 - height, 4.4, height))
        fill(painter, rounded(x - 6, y - 6, 12, 12, 0), "#fffdf8")
        pupil = (x + 1.5 * pose.gaze, y + 0.2 + 1.8 * pose.down)
        fill(painter, oval(*pupil, 2.5, 2.7), look.eye)
        fill(painter, oval(*pupil, 1.3, 1.4), "#15100e")
        fill(painter, oval(pupil[0] + 0.8, pupil[1] - 1, 0.7, 0.7), "#ffffff")
        painter.restore()
    lid = y + 3.5 - 2 * height
    sag = 0.6 + 1.4 * closed
    line = [(x - 4.8, lid + 1.9 - sag), (x, lid - 0.2 + sag * 0.6), (x + 4.8, lid + 1.9 - sag)]
    if closed < _SHUT:
        line = [(x - 4.6, y), (x, lid), (x + 4.6, y)]
    stroke(painter, smooth(line, closed=False), _LASH, 1.4)


def _mouth(painter: QPainter, look: Look, pose: Pose, centre: Point) -> None:
    x, y = centre
    if pose.mouth < _LIPS_PART:
        smile = 1.6 * pose.smile * (1 - pose.down)
        line = [(x - 6.2, y - smile), (x, y + 0.9), (x + 5.8, y - smile)]
        stroke(painter, smooth(line, closed=False), look.lip, 1.9)
        return
    half = 3.6 + 3.0 * pose.wide
    drop = 1.0 + 5.2 * pose.mouth * (1.1 - 0.3 * pose.wide)
    outline = smooth(
        [
            (x - half, y),
            (x - half / 2, y - 1.6),
            (x + half / 2, y - 1.6),
            (x + half, y),
            (x + half * 0.5, y + drop),
            (x - half * 0.5, y + drop),
        ]
    )
    fill(painter, outline, "#5b2320")
    painter.save()
    painter.setClipPath(outline)
    fill(painter, rounded(x - half, y - 3, 2 * half, 3.4, 1), "#fffaf2")
    fill(painter, oval(x, y + drop + 0.4, half * 0.7, drop * 0.42), "#c8645c")
    painter.restore()
    stroke(painter, outline, look.lip, 1.5)


def _bob_behind(painter: QPainter, look: Look) -> None:
    light, dark = look.hair
    outline = points("-26,2 -24,-20 -10,-33 8,-33 22,-24 26,-4 26,14 20,20 -10,24 -25,20 -28,12")
    fill(painter, smooth(outline), shade((-26, -30), (20, 20), light, dark))


def _fringe(painter: QPainter, look: Look) -> None:
    light, dark = look.hair
    left = points(
        "-24,14 -27,-2 -23,-20 -10,-32 6,-33.5 20,-27 26,-12 26,10 "
        "22,16 21,-4 15,-17 4,-22 -10,-16 -16,-4 -15,12 -19,20"
    )
    fill(painter, smooth(left), shade((-26, -30), (24, 10), light, "#ddd8d2", dark))
    for strand in (((4, -31), (-12, -26), (-21, -8)), ((8, -31), (20, -22), (24, -4))):
        stroke(painter, smooth(strand, closed=False), dark, 0.9)


def _glasses(painter: QPainter, pose: Pose) -> None:
    low = 4.0 * pose.down
    middle = 4.5 + 0.9 * pose.gaze
    for x in (middle - 9.0, middle + 8.2):
        stroke(painter, rounded(x - 6.8, -7 + low, 13.6, 11.4, 5), "#6b3f2a", 1.3)
        painter.fillPath(rounded(x - 6.8, -7 + low, 13.6, 11.4, 5), colour("#ffffff", 0.12))
    stroke(
        painter,
        smooth(
            [(middle - 2.4, -2.4 + low), (middle - 0.4, -3.2 + low), (middle + 1.6, -2.4 + low)],
            closed=False,
        ),
        "#6b3f2a",
        1.3,
    )


def _beard(painter: QPainter, look: Look) -> None:
    outline = points(
        "-19,4 -16,15 -6,26.5 5,28.8 14.5,22.5 21.6,8 20,4 18,12 11,11 5,10 -2,11 -10,13 -16,5"
    )
    path = smooth(outline)
    path.closeSubpath()
    painter.fillPath(path, colour(look.hair[0], 0.55))


def _short_hair(painter: QPainter, look: Look) -> None:
    light, dark = look.hair
    outline = points(
        "-21,4 -25,-10 -21,-26 -8,-35 8,-37 21,-31 24,-18 "
        "22,-8 18,-16 8,-19 -4,-17 -13,-15 -17,-6 -18,4"
    )
    fill(painter, smooth(outline), shade((-20, -34), (20, -10), dark, light))
    for strand in (((-12, -27), (0, -32), (14, -29)), ((-16, -20), (-4, -26), (8, -26))):
        stroke(painter, smooth(strand, closed=False), "#4a362c", 1.1)
