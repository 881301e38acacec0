"""Finds how much later one recording of a meeting began than another, by their sound."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotator.errors import AnnotatorError
from annotator.media.audio import AudioReader, open_audio
from annotator.media.correlation import Place, delay_between, line_through, place_of
from annotator.media.sound_prints import PER_SECOND, Prints, print_of
from annotator.media.sound_stream import SoundStream, Watch
from annotator.model import Interval, Micros

_MILLION = 1_000_000
_CLEAR = 6.0
_RIVAL = 0.75
_MOST_STRETCHES = 16
_FEWEST_AGREEING = 3
_AGREEING = 0.5
_STRETCH_SECONDS = (2, 8)
_REACH = 0.6
_TOLERANCE = 0.006
_STEEPEST = 0.0003
_DRIFTING_SECONDS = 120
_REMEDY = "Set the offset by hand: find the same word or clap in both."


class AlignmentError(AnnotatorError):
    """Two recordings could not be aligned by their sound with enough confidence."""


@dataclass(frozen=True, slots=True)
class SoundChoice:
    """A file and one of its sound tracks, counted from 0."""

    path: Path
    track: int = 0


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the second recording lies on the first one's clock.

    `offset` is where its time 0 stands, right in the middle of what both recorded;
    `confidence` from 0 to 1 is the share of `stretches`, compared one by one, that `agree` on
    it. `drift` is by how many parts of a million the second one's clock runs slow (its offset
    grows): 100 makes 0.36 s in an hour. `common` is what both recorded, on the first's clock.
    """

    offset: Micros
    confidence: float
    agree: int
    stretches: int
    drift: float
    common: Interval


def find_offset(
    a: SoundChoice,
    b: SoundChoice,
    *,
    progress: Callable[[float], None] = lambda _fraction: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Alignment | None:
    """Find where recording `b` lies on the clock of recording `a`; None where it was cancelled.

    Right to 10 ms where it is found. Raises AlignmentError, with the reason, where it is not
    sure, and MediaError where a file cannot be read or has no such sound.
    """
    prints: list[Prints] = []
    for number, choice in enumerate((a, b)):
        watch = Watch(_part(progress, 0.45 * number, 0.45), cancelled)
        with SoundStream(choice.path, choice.track) as sound:
            found = print_of(sound, watch)
        if found is None:
            return None
        _require_lively(found, choice)
        prints.append(found)
    place = _sure_place(prints[0], prints[1])
    with ExitStack() as open_ones:
        readers = [open_ones.enter_context(open_audio(one.path, one.track)) for one in (a, b)]
        watch = Watch(_part(progress, 0.9, 0.1), cancelled)
        return _refined(_Pair(prints[0], prints[1], readers[0], readers[1]), place, watch)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both recordings: what happens in them, and their sound."""

    a: Prints
    b: Prints
    sound_a: AudioReader
    sound_b: AudioReader


def _part(
    progress: Callable[[float], None], start: float, length: float
) -> Callable[[float], None]:
    def tell(fraction: float) -> None:
        progress(start + length * fraction)

    return tell


def _require_lively(prints: Prints, choice: SoundChoice) -> None:
    if not prints.any():
        raise AlignmentError(
            f"Nothing but silence or a steady sound is heard in “{choice.path.name}”.", _REMEDY
        )


def _sure_place(a: Prints, b: Prints) -> Place:
    """Place one print on the other, or refuse."""
    place = place_of(a, b)
    if place is None:
        raise AlignmentError("There is too little sound to compare.", _REMEDY)
    if place.clearness < _CLEAR:
        raise AlignmentError("The two recordings do not seem to hold the same sound.", _REMEDY)
    if place.rival > _RIVAL:
        raise AlignmentError(
            "The two recordings fit together in several places, or in none.", _REMEDY
        )
    return place


def _refined(pair: _Pair, place: Place, watch: Watch) -> Alignment | None:
    """Compare stretches of the sound itself, and take the offset on which most agree."""
    rough = place.steps / PER_SECOND
    first, last = max(place.steps, 0), min(place.steps + len(pair.b), len(pair.a))
    moments, length = _stretches(pair, place.steps, first, last)
    found: list[tuple[float, float]] = []
    for number, moment in enumerate(moments):
        if watch.cancelled():
            return None
        delay = _delay(pair, moment, rough, length)
        if delay is not None:
            found.append((moment + length / 2, rough + delay))
        watch.progress((number + 1) / len(moments))
    common = Interval(Micros(first * _MILLION // PER_SECOND), Micros(last * _MILLION // PER_SECOND))
    return _agreed(found, len(moments), common)


def _agreed(found: list[tuple[float, float]], count: int, common: Interval) -> Alignment:
    """Give the offset on which most stretches agree, or refuse."""
    steepest = _STEEPEST if common.length >= _DRIFTING_SECONDS * _MILLION else 0.0
    line = line_through(found, steepest=steepest, tolerance=_TOLERANCE)
    agree = line.on_it
    if agree < max(_FEWEST_AGREEING, _AGREEING * count):
        raise AlignmentError(
            "The two recordings seem to fit together, but not surely: "
            f"only {agree} of {count} stretches agree.",
            _REMEDY,
        )
    middle = (common.start + common.end) / 2 / _MILLION
    offset = Micros(round((line.at_zero + line.slope * middle) * _MILLION))
    return Alignment(offset, agree / count, agree, count, round(line.slope * _MILLION, 1), common)


def _stretches(pair: _Pair, steps: int, first: int, last: int) -> tuple[list[float], int]:
    """Choose where to compare: spread evenly, each where most happens in both.

    Gives the moments, in seconds on the first recording's clock, and the length in seconds.
    """
    seconds = (last - first) / PER_SECOND
    shortest, longest = _STRETCH_SECONDS
    length = int(min(max(seconds / 6, shortest), longest))
    count = int(min(seconds // length, _MOST_STRETCHES))
    width = length * PER_SECOND
    both = [_lively(pair.a[first:last], width)]
    both.append(_lively(pair.b[first - steps : last - steps], width))
    lively = np.minimum(*both)
    edges = np.linspace(0, last - first, count + 1).astype(int)
    begins = []
    for start, end in pairwise(edges.tolist()):
        room = lively[start : max(end - width, start) + 1]
        begins.append((first + start + int(np.argmax(room))) / PER_SECOND)
    return begins, length


def _lively(prints: Prints, width: int) -> NDArray[np.float64]:
    """Tell for each step how much happens from there on, for so many steps."""
    total = np.concatenate([[0.0], np.cumsum(np.square(prints).sum(axis=1, dtype=np.float64))])
    lively: NDArray[np.float64] = total[width:] - total[:-width]
    return lively


def _delay(pair: _Pair, moment: float, rough: float, length: int) -> float | None:
    """Compare one stretch, and tell by how many seconds the rough offset is too small."""
    heard = []
    for reader, start in ((pair.sound_a, moment), (pair.sound_b, moment - rough)):
        first = round(start * reader.rate)
        heard.append(reader.read_samples(first, first + length * reader.rate).mean(axis=1))
    return delay_between(heard[0], heard[1], length, _REACH)
