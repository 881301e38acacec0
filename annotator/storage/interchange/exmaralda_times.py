"""The timeline of a transcription of EXMARaLDA: its moments, and those that have no time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.report import Notes, excerpt

_SECOND = 1_000_000
_MOST_KEPT = 20_000


@dataclass(slots=True)
class Timeline:
    """The moments of a timeline by id, in microseconds.

    `guessed` are those whose times EXMARaLDA or we have put between others, and `bookmarks` the
    words that stand at moments.
    """

    times: dict[str, int] = field(default_factory=dict)
    guessed: list[int] = field(default_factory=list)
    bookmarks: list[tuple[int, str]] = field(default_factory=list)

    @property
    def start(self) -> int:
        """The first moment; 0 where there is none."""
        return min(self.times.values(), default=0)

    @property
    def end(self) -> int:
        """The last moment; 0 where there is none."""
        return max(self.times.values(), default=0)


class TimelineReader:
    """Takes the moments of a timeline one by one."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._line = Timeline()
        self._told: list[int | None] = []
        self._marks: list[tuple[str, str]] = []

    def take(self, element: Element) -> None:
        """Take a moment; one that stood before is told."""
        name, line = element.get("id", ""), self._line
        if name in line.times:
            told = "a moment stood twice on the timeline; the first is used"
            self._notes.repaired(told, _at(name))
            return
        line.times[name] = 0
        if element.get("bookmark"):
            self._marks.append((name, element.get("bookmark", "")))
        time = _time(element, self._notes)
        self._told.append(time)
        if element.get("type") == "intp" and time is not None:
            line.guessed.append(time)

    def finish(self) -> Timeline:
        """Give the timeline; what has no time is put between its neighbours."""
        line, told = self._line, self._told
        ids = list(line.times)
        times = _filled(told, ids, self._notes)
        line.guessed += [time for time, known in zip(times, told, strict=True) if known is None]
        del line.guessed[_MOST_KEPT:]
        line.times.update(zip(ids, times, strict=True))
        line.bookmarks = [(line.times[name], words) for name, words in self._marks]
        _tell_backward(ids, times, self._notes)
        return line


def _at(name: str) -> str:
    return f"moment {name} of the timeline"


def _time(element: Element, notes: Notes) -> int | None:
    text = element.get("time")
    if text is None or not text.strip():
        return None
    time = micros_of(text)
    if time is None:
        notes.repaired(f"{excerpt(text)} is no time; it was left out", _at(element.get("id", "")))
    return time


def _filled(told: Sequence[int | None], ids: Sequence[str], notes: Notes) -> list[int]:
    """Give a time to each moment: between its neighbours, or a second after the one before."""
    if told and all(time is None for time in told):
        notes.repaired("the timeline has no times; a second was given to each of its steps")
        return [place * _SECOND for place in range(len(told))]
    known = [place for place, time in enumerate(told) if time is not None]
    times: list[int] = []
    for place, after in _with_next(known, len(told)):
        time = told[place]
        if time is not None:
            times.append(time)
            continue
        before = times[-1] if times else min(0, told[after] or 0) if after is not None else 0
        if after is None:
            notes.repaired("a moment had no time; it was put a second on", _at(ids[place]))
            times.append(before + _SECOND)
            continue
        notes.repaired("a moment had no time; it was put between its neighbours", _at(ids[place]))
        is_first = not times
        steps = after - place + (0 if is_first else 1)
        step = 0 if is_first else ((told[after] or 0) - before) // steps
        times.append(before + step)
    return times


def _with_next(known: Sequence[int], count: int) -> list[tuple[int, int | None]]:
    """Pair each place with that of the next moment whose time is told; None where there is none."""
    pairs: list[tuple[int, int | None]] = []
    following = iter(known)
    after = next(following, None)
    for place in range(count):
        while after is not None and after < place:
            after = next(following, None)
        pairs.append((place, after))
    return pairs


def _tell_backward(ids: Sequence[str], times: Sequence[int], notes: Notes) -> None:
    for place in range(1, len(times)):
        if times[place] < times[place - 1]:
            notes.noticed("the timeline goes backwards here", _at(ids[place]))
