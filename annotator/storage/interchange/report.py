"""What became of a foreign file: counted in, counted out, and each thing that is not as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from annotator.errors import StorageError

LISTED_AT_MOST = 2000
PLACES_AT_MOST = 5000
_SHOWN = 6
_LONGEST_QUOTE = 40


class Outcome(StrEnum):
    """What happened to something; `NOTICED` is what was taken as it is and may be wrong."""

    NOT_CARRIED = "not carried"
    REPAIRED = "repaired"
    NOTICED = "noticed"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that happened, and everywhere that it did: "line 12", or a time in a session.

    No places mean the whole file. Where there are more than anybody would read, `unplaced` of
    them are told by number alone.
    """

    outcome: Outcome
    message: str
    places: tuple[str, ...] = ()
    unplaced: int = 0

    def __str__(self) -> str:
        shown = ", ".join(self.places[:_SHOWN])
        more = len(self.places) + self.unplaced - _SHOWN
        where = f"{shown} and {more} more: " if more > 0 else f"{shown}: " if shown else ""
        return f"{where}{self.message} ({self.outcome})"


@dataclass(frozen=True, slots=True)
class Report:
    """How a file was read or written: `counted_in` things there were, `counted_out` came out.

    `encoding` is that of the file, empty where it was written. Where a file has more kinds of
    faults than anybody would read, `unlisted` of them are told by number alone.
    """

    counted_in: int
    counted_out: int
    remarks: tuple[Remark, ...] = ()
    encoding: str = ""
    unlisted: int = 0

    @property
    def is_lossless(self) -> bool:
        """Whether everything was carried."""
        return not self.unlisted and all(
            one.outcome is not Outcome.NOT_CARRIED for one in self.remarks
        )

    @property
    def left_behind(self) -> int:
        """How many things were not carried; what has no place in the file counts once."""
        gone = (one for one in self.remarks if one.outcome is Outcome.NOT_CARRIED)
        return sum(max(1, len(one.places) + one.unplaced) for one in gone)

    def lines(self) -> list[str]:
        """Tell the remarks for people, a line each, those of loss first."""
        worst = list(Outcome)
        told = [str(one) for one in sorted(self.remarks, key=lambda one: worst.index(one.outcome))]
        return [*told, f"and {self.unlisted} more"] if self.unlisted else told


Thing = TypeVar("Thing")
Watch = Callable[[int], None]
"""Hears how many tags or cues have been read so far; what it raises stops the reading."""

OFTEN = 1024
"""After so many of them a watch is told, a power of 2."""


def unwatched(_count: int) -> None:
    """Take no notice."""


class Notes:
    """Gathers remarks while a file is read or written; the same thing is told once.

    `watch` is to be called now and then by whatever goes on for long.
    """

    def __init__(self, watch: Watch = unwatched) -> None:
        self.watch = watch
        self._places: dict[tuple[Outcome, str], list[str]] = {}
        self._unplaced: Counter[tuple[Outcome, str]] = Counter()
        self._unlisted = 0

    def add(self, outcome: Outcome, message: str, place: str | int = "") -> None:
        """Note what happened at a place, or at a line where that is a number."""
        key = (outcome, message)
        places = self._places.get(key)
        if places is None:
            if len(self._places) >= LISTED_AT_MOST:
                self._unlisted += 1
                return
            places = self._places[key] = []
        if len(places) >= PLACES_AT_MOST:
            self._unplaced[key] += 1
        elif place:
            places.append(f"line {place}" if isinstance(place, int) else place)

    def through(self, things: Iterable[Thing]) -> Iterator[Thing]:
        """Yield things one by one, and let the watch stop that now and then."""
        for number, one in enumerate(things):
            if not number & OFTEN - 1:
                self.watch(0)
            yield one

    def repaired(self, message: str, place: str | int = "") -> None:
        """Note what was put right, and how."""
        self.add(Outcome.REPAIRED, message, place)

    def not_carried(self, message: str, place: str | int = "") -> None:
        """Note what was left behind."""
        self.add(Outcome.NOT_CARRIED, message, place)

    def noticed(self, message: str, place: str | int = "") -> None:
        """Note what was taken as it is and may be wrong."""
        self.add(Outcome.NOTICED, message, place)

    def take(self, report: Report) -> None:
        """Add the remarks of another report."""
        for one in report.remarks:
            for place in one.places or ("",):
                self.add(one.outcome, one.message, place)
            self._unplaced[one.outcome, one.message] += one.unplaced
        self._unlisted += report.unlisted

    def report(self, counted_in: int, counted_out: int, encoding: str = "") -> Report:
        """Give all that was noted, in the order in which each kind was met first."""
        remarks = (
            Remark(*key, tuple(places), self._unplaced[key]) for key, places in self._places.items()
        )
        return Report(counted_in, counted_out, tuple(remarks), encoding, self._unlisted)


class ForeignFileError(StorageError):
    """A foreign file cannot be read; `problems` tell what was found wrong, a line each."""

    def __init__(self, what: str, remedy: str = "", problems: Iterable[str] = ()) -> None:
        super().__init__(what, remedy)
        self.problems = tuple(problems)


def excerpt(text: str) -> str:
    """Quote the beginning of a text in one line."""
    line = " ".join(text[: 4 * _LONGEST_QUOTE].split())
    return f"“{line}”" if len(line) <= _LONGEST_QUOTE else f"“{line[: _LONGEST_QUOTE - 1]}…”"
