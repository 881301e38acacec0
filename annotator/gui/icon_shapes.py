"""The drawings of all icons, in a box of 24 by 24 with lines 2 wide.

A drawing is text: a letter followed by its numbers, x before y, the origin at the top left.
`M x y` goes there without drawing, `L x y` draws a line, `C x y x y x y` a curve with two
handles, `Z` closes. `O x y radius` is a circle, `R x y width height rounding` a box and
`A x y radius start sweep` a part of a circle, in degrees counter-clockwise from the right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

BOX = 24.0
STROKE = 2.0


@dataclass(frozen=True, slots=True)
class Shape:
    """What an icon consists of: lines, and areas that are filled."""

    stroke: str = ""
    fill: str = ""


_LEFT_TURN = "A 12 13 8 182 318 M 5.9 3.6 L 5.9 7.9 L 10.2 7.9"
_RIGHT_TURN = "A 12 13 8 -2 -318 M 18.1 3.6 L 18.1 7.9 L 13.8 7.9"
_ONE = "M 10.7 11.2 L 12.6 10 L 12.6 16"
_FIVE = "M 14 10 L 10.6 10 L 10.4 12.7 C 13.2 11.6 14.6 13 14.2 14.4 C 13.8 16 11.6 16.4 10.2 15.4"
_SPEAKER = "M 4 9.5 L 7 9.5 L 11.5 5.5 L 11.5 18.5 L 7 14.5 L 4 14.5 Z"
_TAG = "M 12.6 3.5 L 19.5 3.5 C 20 3.5 20.5 4 20.5 4.5 L 20.5 11.4 L 12 20 L 4 12 Z"

SHAPES: Mapping[str, Shape] = MappingProxyType(
    {
        "play": Shape("M 8 5 L 19 12 L 8 19 Z", "M 8 5 L 19 12 L 8 19 Z"),
        "pause": Shape(fill="R 6 5 4 14 1.2 R 14 5 4 14 1.2"),
        "step_back": Shape("M 13.5 6 L 5 12 L 13.5 18 Z M 18.5 6 L 18.5 18"),
        "step_forward": Shape("M 10.5 6 L 19 12 L 10.5 18 Z M 5.5 6 L 5.5 18"),
        "back_1s": Shape(f"{_LEFT_TURN} {_ONE}"),
        "forward_1s": Shape(f"{_RIGHT_TURN} {_ONE}"),
        "back_5s": Shape(f"{_LEFT_TURN} {_FIVE}"),
        "forward_5s": Shape(f"{_RIGHT_TURN} {_FIVE}"),
        "previous_tag": Shape("M 21 6 L 12.5 6 L 7.5 12 L 12.5 18 L 21 18 Z M 3 6 L 3 18"),
        "next_tag": Shape("M 3 6 L 11.5 6 L 16.5 12 L 11.5 18 L 3 18 Z M 21 6 L 21 18"),
        "sound_on": Shape(f"{_SPEAKER} A 12 12 4 -50 100 A 12 12 8 -52 104"),
        "sound_off": Shape(f"{_SPEAKER} M 15.5 9.5 L 20.5 14.5 M 20.5 9.5 L 15.5 14.5"),
        "slower": Shape("M 11.5 6.5 L 5 12 L 11.5 17.5 M 19 6.5 L 12.5 12 L 19 17.5"),
        "faster": Shape("M 12.5 6.5 L 19 12 L 12.5 17.5 M 5 6.5 L 11.5 12 L 5 17.5"),
        "go_to": Shape("M 3 12 L 14 12 M 10 7.5 L 14.5 12 L 10 16.5 M 20 5 L 20 19"),
        "open": Shape(
            "M 3.5 18.5 L 3.5 6 C 3.5 5.4 4 5 4.5 5 L 9 5 L 11.5 7.5 L 18.5 7.5 "
            "C 19.1 7.5 19.5 8 19.5 8.5 L 19.5 10.5 M 3.5 18.5 L 6.3 11.3 C 6.5 10.8 6.8 10.5 "
            "7.4 10.5 L 20.6 10.5 C 21.2 10.5 21.6 11 21.4 11.6 L 19 18 C 18.8 18.4 18.5 18.5 "
            "18.1 18.5 Z"
        ),
        "save": Shape(
            "M 4 5.5 C 4 4.6 4.6 4 5.5 4 L 16 4 L 20 8 L 20 18.5 C 20 19.4 19.4 20 18.5 20 "
            "L 5.5 20 C 4.6 20 4 19.4 4 18.5 Z M 8 4 L 8 8.5 L 14.5 8.5 L 14.5 4 "
            "M 7.5 20 L 7.5 13.5 L 16.5 13.5 L 16.5 20"
        ),
        "disk": Shape(
            "M 4.5 6.5 C 4.5 3.2 19.5 3.2 19.5 6.5 C 19.5 9.8 4.5 9.8 4.5 6.5 L 4.5 17.5 "
            "C 4.5 20.8 19.5 20.8 19.5 17.5 L 19.5 6.5 M 4.5 12 C 4.5 15.3 19.5 15.3 19.5 12"
        ),
        "undo": Shape("M 8 4.5 L 3.5 9 L 8 13.5 M 3.5 9 L 15 9 A 15 14 5 90 -180 L 9 19"),
        "redo": Shape("M 16 4.5 L 20.5 9 L 16 13.5 M 20.5 9 L 9 9 A 9 14 5 90 180 L 15 19"),
        "delete": Shape(
            "M 4 6.5 L 20 6.5 M 9 6.5 L 9 4 L 15 4 L 15 6.5 M 6 6.5 L 7 20 L 17 20 L 18 6.5 "
            "M 10.3 10.5 L 10.3 16 M 13.7 10.5 L 13.7 16"
        ),
        "add": Shape("M 12 5 L 12 19 M 5 12 L 19 12"),
        "search": Shape("O 10.5 10.5 6.5 M 15.3 15.3 L 20.5 20.5"),
        "list": Shape("M 4.5 7 L 19.5 7 M 4.5 12 L 19.5 12 M 4.5 17 L 19.5 17"),
        "settings": Shape(
            "M 4 7 L 11 7 M 17 7 L 20 7 O 14 7 2.6 M 4 17 L 7 17 M 13 17 L 20 17 O 10 17 2.6"
        ),
        "help": Shape(
            "O 12 12 9 M 9.3 9.7 C 9.3 6.2 14.9 6.3 14.8 9.6 C 14.7 11.6 12 11.8 12 13.8",
            "O 12 17 1.25",
        ),
        "film": Shape(
            "R 3.5 4.5 17 15 1.5 M 8 4.5 L 8 19.5 M 16 4.5 L 16 19.5 "
            "M 3.5 9.5 L 8 9.5 M 3.5 14.5 L 8 14.5 M 16 9.5 L 20.5 9.5 M 16 14.5 L 20.5 14.5"
        ),
        "tag": Shape(_TAG, "O 16 8 1.5"),
        "lock": Shape("R 5 11 14 9.5 1.5 M 8 11 L 8 8 A 12 8 4 180 -180 L 16 11", "O 12 15.7 1.4"),
        "warning": Shape("M 12 4 L 21.2 19.5 L 2.8 19.5 Z M 12 10 L 12 13.8", "O 12 16.7 1.2"),
        "danger": Shape(
            "M 8.2 3 L 15.8 3 L 21 8.2 L 21 15.8 L 15.8 21 L 8.2 21 L 3 15.8 L 3 8.2 Z "
            "M 12 7.5 L 12 12.8",
            "O 12 16.4 1.25",
        ),
        "info": Shape("O 12 12 9 M 12 11.3 L 12 16.5", "O 12 7.7 1.25"),
        "up": Shape("M 12 19.5 L 12 5 M 6 11 L 12 5 L 18 11"),
        "down": Shape("M 12 4.5 L 12 19 M 6 13 L 12 19 L 18 13"),
        "check": Shape("M 4.5 12.8 L 9.5 17.8 L 19.5 6.8"),
        "close": Shape("M 6 6 L 18 18 M 18 6 L 6 18"),
        "note": Shape(
            "M 5 4 L 19 4 L 19 14.5 L 13.5 20 L 5 20 Z M 19 14.5 L 13.5 14.5 L 13.5 20 "
            "M 8.5 8.5 L 15.5 8.5 M 8.5 12.5 L 11 12.5"
        ),
        "pencil": Shape("M 4 20 L 5 15.5 L 16 4.5 L 19.5 8 L 8.5 19 Z M 13.5 7 L 17 10.5"),
        "person": Shape("O 12 8 4 M 4.5 20.5 C 5 16 8 14.5 12 14.5 C 16 14.5 19 16 19.5 20.5"),
        "sound": Shape(
            "M 4 10 L 4 14 M 8 7 L 8 17 M 12 3.5 L 12 20.5 M 16 7.5 L 16 16.5 M 20 10 L 20 14"
        ),
    }
)
