"""The films of a BORIS observation, when each began, and where its clock starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from fractions import Fraction

from annotator.model.recording import RecordingRole
from annotator.model.time import ZERO, Micros
from annotator.storage.interchange.boris_opening import FORMAT_ID, in_order
from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.micros import micros_of, micros_of_millis

_WIDEST = 20
_FASTEST = 10_000
_TOO_LATE = 100_000_000
"""Seconds, over three years: a time beyond this is a date."""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A film or sound file that an observation plays.

    `player` counts from 1. `start` is the session's time at which it begins and `length` how
    long it is, 0 where the project does not tell, both microseconds.
    """

    path: str
    player: str
    start: Micros
    length: Micros
    is_sound: bool


def seconds_of(value: object) -> Decimal | None:
    """Give a number of seconds, exactly; None where it is none, or one that no clock shows."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = value if isinstance(value, Decimal) else Decimal(str(value)[:64].strip())
    except (DecimalException, ValueError):
        return None
    if not number.is_finite() or number.adjusted() > _WIDEST:
        return None
    return number if number.adjusted() > -_WIDEST else Decimal(0)


def players_of(observation: Mapping[str, object]) -> dict[str, list[str]]:
    """Give the files of each player; the oldest projects had a list of one or two files."""
    told = observation.get("file")
    if isinstance(told, list):
        return {str(n): [word(path)] for n, path in enumerate(told[:8], 1) if word(path)}
    found: dict[str, list[str]] = {}
    for player, paths in sorted(members(told).items(), key=lambda one: one[0].rjust(3, "0")):
        named = [word(path) for path in items(paths) if word(path)]
        if named:
            found[player] = named
    return found


def media_of(observation: Mapping[str, object], draft: SessionDraft, place: str) -> list[MediaFile]:
    """Give an observation's files with the session times at which they begin."""
    info = members(observation.get("media_info"))
    dated = _creation_times(observation)
    offsets = members(info.get("offset"))
    players = players_of(observation)
    found: list[MediaFile] = []
    for player, paths in players.items():
        offset = micros_of(offsets.get(player)) or ZERO
        if player == "2" and not offsets:
            offset = micros_of(observation.get("time offset second player")) or ZERO
        at = offset
        for number, path in enumerate(paths):
            length = _length(observation, info, path, is_alone=len(paths) == len(players) == 1)
            if path in dated and paths[0] in dated:
                at = Micros(offset + (micros_of(dated[path] - dated[paths[0]]) or 0))
            has_video = members(info.get("hasVideo")).get(path)
            found.append(MediaFile(path, player, at, length, has_video is False))
            if not length and number + 1 < len(paths):
                told = "the length of a film is not told, so it is not known when the next begins"
                draft.notes.noticed(told, f"{place}, player {player}")
            at = Micros(at + length)
    return found


def _length(
    observation: Mapping[str, object], info: Mapping[str, object], path: str, *, is_alone: bool
) -> Micros:
    length = micros_of(members(info.get("length")).get(path))
    if length is None and is_alone:  # as the oldest projects told it, by the file's checksum
        old = in_order(observation.get("media_file_info"))
        if len(old) == 1:
            length = micros_of_millis(members(old[0]).get("video_length"))
    return length if length is not None and length > 0 else ZERO


def _creation_times(observation: Mapping[str, object]) -> dict[str, Decimal]:
    """Give the dates at which films were made, where the observation counts time from them."""
    if observation.get("media_creation_date_as_offset") is not True:
        return {}
    told = members(members(observation.get("media_info")).get("media_creation_time"))
    found = {path: seconds_of(value) for path, value in told.items()}
    return {path: value for path, value in found.items() if value is not None}


def clock_of(
    observation: Mapping[str, object], times: list[Decimal], draft: SessionDraft, place: str
) -> Decimal:
    """Tell what an observation's times have at the session's beginning, in seconds.

    That is the beginning of the first player's first film, by the observation's own time offset;
    where times are dates and no film says from when on, it is the first event's full second.
    """
    base = seconds_of(observation.get("time offset")) or Decimal(0)
    first = next(iter(players_of(observation).get("1", ())), "")
    dated = _creation_times(observation)
    if first in dated:
        return base + dated[first]
    earliest = min(times, default=Decimal(0))
    if earliest - base > _TOO_LATE:
        told = "its times are dates; the session begins with the second of its first event"
        draft.notes.noticed(told, place)
        return Decimal(int(earliest))
    return base


def add_recordings(draft: SessionDraft, media: list[MediaFile], begins: Micros) -> None:
    """Name the films in a session, with forward slashes whatever system they were on.

    `begins` is the session's time at which the first player's film does.
    """
    for one in media:
        draft.recording(
            plain_path(one.path),
            offset=Micros(one.start + begins),
            duration=one.length,
            role=RecordingRole.SOUND if one.is_sound else RecordingRole.ROOM,
            extra={FORMAT_ID: {"path": one.path, "player": one.player}},
        )


def plain_path(path: str) -> str:
    """Write a path with forward slashes, if it is one of Windows."""
    is_windows = path[1:3] == ":\\" or path.startswith("\\\\") or "/" not in path
    return path.replace("\\", "/") if is_windows else path


def rate_of(info: Mapping[str, object], path: str) -> Fraction | None:
    """Tell a film's frames a second by an observation's media_info; None where it does not."""
    rate = seconds_of(members(info.get("fps")).get(path))
    return Fraction(rate) if rate is not None and 0 < rate < _FASTEST else None


def frame_at(time: int, rate: Fraction) -> int:
    """Tell the frame that begins nearest to a time in microseconds, the first being 0."""
    doubled = 2 * rate.denominator * 1_000_000
    return (2 * time * rate.numerator + doubled // 2) // doubled
