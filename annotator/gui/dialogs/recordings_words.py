"""What the window of recordings says, and how it reads what is typed there; no Qt."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import PurePosixPath
from types import MappingProxyType

from annotator.model.recording import Recording, RecordingRole
from annotator.model.time import LONGEST_SECONDS, SECOND, Micros, from_clock, to_clock

ROLES = MappingProxyType(
    {
        RecordingRole.ROOM: "Room",
        RecordingRole.THERAPIST: "Therapist",
        RecordingRole.CLIENT: "Client",
        RecordingRole.SOUND: "Sound",
        RecordingRole.OTHER: "Other",
    }
)
WHAT_OFFSET_TO_TYPE = "Type seconds such as +0.480, or a time such as 1:23.480."
FIRST_OFFSET = "The clock of the session runs by the first recording; move the others."
WHAT_SHAPE_TO_TYPE = "Type width to height, such as 5:4 or 1.85."
SOUND_STEP = Micros(10_000)
UNKNOWN_STEP = Micros(40_000)
MINUS = "\N{MINUS SIGN}"
_MINUTE = 60 * SECOND
_UNIT = re.compile(r"\s*(?:s|sec|seconds?)$", re.IGNORECASE)
_RATIO = re.compile(r"^(\d{1,5})\s*[:/x×]\s*(\d{1,5})$", re.IGNORECASE)
_NUMBER = re.compile(r"^\d{1,2}(?:[.,]\d{1,3})?$")
_LARGEST_SIDE = 99_999


def file_name(recording: Recording) -> str:
    """Give the name of the recording's file without its folder."""
    return PurePosixPath(recording.path).name


def facts_words(recording: Recording) -> str:
    """Say how long a recording is and what it holds, in one line."""
    parts = [to_clock(recording.duration).split(".")[0]]
    if (video := recording.video) is not None:
        parts.append(f"{video.width} × {video.height}")
        rate = rate_of(recording)
        parts += [f"{_short(rate)} frames a second"] if rate else []
    if recording.audio is None:
        parts.append("no sound")
    elif recording.audio.tracks > 1:
        parts.append(f"{recording.audio.tracks} sound tracks")
    elif recording.video is None:
        parts.append("sound alone")
    return " · ".join(parts)


def offset_text(offset: Micros) -> str:
    """Write an offset as signed seconds with three decimals, more where it has more: `+0.480`."""
    seconds, rest = divmod(abs(offset), SECOND)
    decimals = f"{rest:06d}".rstrip("0").ljust(3, "0")
    return f"{MINUS if offset < 0 else '+'}{seconds}.{decimals}"


def short_offset(offset: Micros) -> str:
    """Write an offset rounded to the millisecond, such as `+0.480 s`, or `+1:02:03.480`."""
    rounded = Micros((abs(offset) + 500) // 1000 * (-1000 if offset < 0 else 1000))
    if abs(rounded) < _MINUTE:
        return f"{offset_text(rounded)} s"
    return f"{MINUS if rounded < 0 else '+'}{to_clock(Micros(abs(rounded)))}"


def offset_words(offset: Micros) -> str:
    """Say where a recording begins against the first, such as `0.480 s after the first`."""
    if offset == 0:
        return "Together with the first recording."
    distance = Micros(abs(offset))
    written = to_clock(distance) if distance >= _MINUTE else f"{offset_text(distance)[1:]} s"
    return f"{written} {'after' if offset > 0 else 'before'} the first recording."


def read_offset(text: str) -> Micros | None:
    """Read `+0.48`, `-0,48 s` or `1:23.48` as an offset; None where it is no such text."""
    bare = _UNIT.sub("", text.strip()).replace(MINUS, "-")
    bare = bare.removeprefix("+").strip()
    if bare.startswith("-"):
        bare = f"-{bare[1:].strip()}"
    try:
        offset = from_clock(bare)
    except ValueError:
        return None
    return offset if abs(offset) < LONGEST_SECONDS * SECOND else None


def rate_of(recording: Recording) -> Fraction | None:
    """Give a recording's frames a second; None where it has none or they are not known."""
    if recording.video is None:
        return None
    try:
        rate = Fraction(recording.video.rate)
    except (ValueError, ZeroDivisionError):
        return None
    return rate if rate > 0 else None


def step_of(recording: Recording) -> Micros:
    """Give the length of one frame, rounded to the microsecond; of sound alone 10 ms."""
    if recording.video is None:
        return SOUND_STEP
    rate = rate_of(recording)
    return Micros(round(SECOND / rate)) if rate else UNKNOWN_STEP


def step_words(recording: Recording) -> str:
    """Name the step by which a recording is moved."""
    return "frame" if recording.video is not None else "10 ms"


def read_shape(text: str) -> str | None:
    """Read `5:4`, `5/4`, `5 x 4` or `1.85` as a shape in its smallest whole numbers.

    None where the text is no width to height, or one that is 10 times the other or more.
    """
    bare = text.strip()
    ratio = _ratio(bare)
    if ratio is None or not Fraction(1, 10) < ratio < Fraction(10):
        return None
    if ratio.numerator > _LARGEST_SIDE or ratio.denominator > _LARGEST_SIDE:
        return None
    if bare.replace(" ", "") in {"21:9", "21/9"}:
        return "21:9"  # known by this name
    return f"{ratio.numerator}:{ratio.denominator}"


def _short(rate: Fraction) -> str:
    return f"{float(rate):.2f}".rstrip("0").rstrip(".")


def _ratio(text: str) -> Fraction | None:
    if sides := _RATIO.match(text):
        width, height = int(sides[1]), int(sides[2])
        return Fraction(width, height) if height else None
    if not _NUMBER.match(text):
        return None
    try:
        return Fraction(Decimal(text.replace(",", ".")))
    except InvalidOperation:
        return None


def turn_words(turn: int) -> str:
    """Say by how much a picture is turned."""
    match turn % 360:
        case 90:
            return "turned right"
        case 180:
            return "upside down"
        case 270:
            return "turned left"
        case _:
            return "as the film says"


def align_problem(recording: Recording, first: Recording, *, is_busy: bool) -> str:
    """Say why aligning a recording with the first cannot begin now; empty where it can."""
    if recording.audio is None:
        return "This recording has no sound to compare."
    if first.audio is None:
        return "The first recording has no sound to compare with."
    return "Another recording is being aligned." if is_busy else ""
