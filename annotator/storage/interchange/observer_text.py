"""Event logs that Noldus' Observer and EthoVision export as text: a row an event."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.observer_events import (
    Event,
    Kind,
    Modifiers,
    Observation,
    session_of,
)
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source

UNIT = "events"
_NOBODY = {"no focal subject", "-"}
_LOOKED_AT = 200
_MOST_KEPT, _LONGEST = 60, 500
_DELIMITERS = ("\t", ";", ",")
_CLOCK = re.compile(r"(-?)(?:(\d{1,5}) days? )?(\d{1,6}):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,9}))?")
_MOMENT = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})[ T]+(\S+)")
_ROLES = {
    "behaviour": ("behavior", "behaviour"),
    "kind": ("event_type", "event"),
    "observation": ("observation", "observation_name"),
    "log": ("event_log", "event_log_file_name", "event_log_name"),
    "subject": ("subject",),
    "comment": ("comment", "comments"),
    "length": ("duration_sf", "duration_seconds", "duration_s", "duration"),
    "seconds": (
        "time_relative_sf",
        "relative_time_seconds",
        "time_relative_s",
        "relative_time",
        "recording_time",
        "trial_time",
    ),
    "clock": ("time_relative_hmsf", "time_relative_hms"),
    "moment": ("date_time_absolute_dmy_hmsf", "date_time_absolute_dmy_hms"),
}
_TIMES = ("seconds", "clock", "moment")
_SET = re.compile(r"modifiers?(?:_\d{1,3})?")
_OTHER_TIMES = re.compile(r"(?:date|time|duration)(?:_.*)?")
_KINDS = {
    "state start": Kind.START,
    "state stop": Kind.STOP,
    "start": Kind.START,
    "stop": Kind.STOP,
    "point": Kind.POINT,
    "state point": Kind.POINT,
    "point event": Kind.POINT,
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in the rows of a file: `places` by what they are, from 0.

    `row` is the index of the line with the headings, and `others` are columns of no known kind.
    """

    row: int
    delimiter: str
    headings: tuple[str, ...]
    places: Mapping[str, int]
    modifiers: tuple[int, ...]
    others: tuple[int, ...]


def layout_of(lines: Sequence[str]) -> Layout | None:
    """Find the headings of an event log; None where the lines are none.

    Those are a behaviour, a kind of event, and a time that only these programs call so, or an
    observation.
    """
    for number, line in enumerate(lines[:_LOOKED_AT]):
        if "ehav" not in line:
            continue
        for delimiter in _DELIMITERS:
            layout = _layout(number, line, delimiter)
            if layout is not None:
                return layout
    return None


def _layout(number: int, line: str, delimiter: str) -> Layout | None:
    try:
        headings = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return None
    names = [re.sub(r"[^a-z0-9]+", "_", one.lower()).strip("_") for one in headings]
    places = {
        role: place
        for role, known in _ROLES.items()
        for place in [next((names.index(one) for one in known if one in names), -1)]
        if place >= 0
    }
    if not {"behaviour", "kind"} <= set(places) or not set(places) & set(_TIMES):
        return None
    modifiers = tuple(place for place, name in enumerate(names) if _SET.fullmatch(name))
    taken = {*places.values(), *modifiers}
    others = tuple(
        place
        for place, name in enumerate(names)
        if name and place not in taken and not _OTHER_TIMES.fullmatch(name)
    )
    headings = [one.strip() for one in headings]
    return Layout(number, delimiter, tuple(headings), places, modifiers, others)


def claims(source: Source) -> bool:
    """Tell whether a file is an event log, by its headings."""
    return layout_of(source.head.split("\n")) is not None


def read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read an event log, each observation of which becomes a session."""
    lines = source.text(notes, wishes.encoding).lines
    layout = layout_of(lines)
    if layout is None:
        raise ForeignFileError(
            f"“{source.name}” is no event log of Noldus: it has no headings such as Behavior, "
            "Event_Type and Time_Relative_sf.",
            "Export the event logs again, or import the file as a table.",
        )
    reader = _Reader(layout, notes, source.stem, _header(lines[: layout.row], layout.delimiter))
    try:
        reader.take(lines)
    except csv.Error as error:
        raise ForeignFileError(
            f"“{source.name}” cannot be read from line {reader.line} on: a quotation mark is "
            "never closed.",
            "Export the event logs again.",
        ) from error
    made = [session_of(one, wishes, notes) for one in reader.observations.values() if one.events]
    return Found(tuple(session for session, _ in made), reader.count, sum(n for _, n in made), UNIT)


def _header(lines: Sequence[str], delimiter: str) -> dict[str, str]:
    """Read what stands above the headings, a name and a value in each line."""
    told: dict[str, str] = {}
    for line in lines:
        name, _, value = line.replace('"', "").strip().partition(delimiter)
        if name.strip() and len(told) < _MOST_KEPT:
            told[name.strip()[:_LONGEST]] = value.strip(delimiter + " ")[:_LONGEST]
    return told


@dataclass(slots=True)
class _Reader:
    """Gathers the events of a file by their observations."""

    layout: Layout
    notes: Notes
    name: str
    header: Mapping[str, str]
    observations: dict[str, Observation] = field(default_factory=dict)
    count: int = 0
    line: int = 0
    zeros: dict[str, int] = field(default_factory=dict)

    def take(self, lines: Sequence[str]) -> None:
        """Take all rows below the headings; raises csv.Error where these cannot be told apart."""
        first = self.layout.row + 1
        rows = csv.reader(
            (f"{line}\n" for line in islice(lines, first, None)), delimiter=self.layout.delimiter
        )
        for row in rows:
            self.line = first + rows.line_num
            if not any(cell.strip() for cell in row):
                continue
            if self.count == 0 and not self.observations and self._are_units(row):
                continue
            self.count += 1
            self._take_row(row)

    def _are_units(self, row: Sequence[str]) -> bool:
        """Tell whether a row below the headings has no event but units, as in EthoVision's."""
        return not self._cell(row, "behaviour") and not self._cell(row, "kind")

    def _cell(self, row: Sequence[str], role: str) -> str:
        place = self.layout.places.get(role, -1)
        return row[place].strip() if 0 <= place < len(row) else ""

    def _take_row(self, row: Sequence[str]) -> None:
        behaviour, told = self._cell(row, "behaviour"), self._cell(row, "kind")
        kind = _KINDS.get(told.lower())
        if not behaviour:
            self.notes.not_carried("a row names no behaviour", self.line)
            return
        if kind is None:
            self.notes.not_carried("an event of a kind that is not known", self.line)
            return
        observation = self._observation(row)
        time = self._time(row, observation.name)
        if time is None:
            self.notes.not_carried("the time of an event cannot be read", self.line)
            return
        subject = self._cell(row, "subject")
        observation.events.append(
            Event(
                time,
                kind,
                self._cell(row, "log"),
                "" if subject.lower() in _NOBODY else subject,
                behaviour,
                self._modifiers(row),
                self._cell(row, "comment"),
                max(0, _seconds(self._cell(row, "length")) or 0),
                self.line,
            )
        )

    def _modifiers(self, row: Sequence[str]) -> Modifiers:
        headings = self.layout.headings
        return tuple(
            (headings[place], cell)
            for place in self.layout.modifiers
            if place < len(row) and (cell := row[place].strip()) and cell != "-"
        )

    def _observation(self, row: Sequence[str]) -> Observation:
        name = self._cell(row, "observation") or self.name
        found = self.observations.get(name)
        if found is None:
            found = self.observations[name] = Observation(name)
            others = self.layout.others[:_MOST_KEPT]
            kept = {
                self.layout.headings[place][:_LONGEST]: row[place].strip()[:_LONGEST]
                for place in others
                if place < len(row) and row[place].strip()
            }
            if kept:
                named = ", ".join(kept)
                self.notes.noticed(f"kept with the session as its first row has them: {named}")
            told = {"header": dict(self.header), "variables": kept}
            known = {key: value for key, value in told.items() if value}
            found.extra = {"noldus": known} if known else {}
        return found

    def _time(self, row: Sequence[str], observation: str) -> int | None:
        """Give the time of a row in microseconds, by the most exact column that tells it."""
        seconds = _seconds(self._cell(row, "seconds"))
        if seconds is not None:
            return seconds
        clock = _clock(self._cell(row, "clock"))
        if clock is not None:
            return clock
        moment = moment_of(self._cell(row, "moment"))
        if moment is None:
            return None
        zero = self.zeros.setdefault(observation, moment)
        if zero == moment:
            self.notes.noticed("times are of the day; the first event is at 0", observation)
        return moment - zero


def _seconds(told: str) -> int | None:
    return micros_of(told.replace(",", ".")) if told and told not in {"-", "."} else None


def _clock(told: str) -> int | None:
    """Read a time such as "0:00:12.345", "00:00:12,3" or "0 days 00:00:12" in microseconds."""
    match = _CLOCK.fullmatch(told)
    if match is None:
        return None
    sign, days, hours, minutes, seconds, decimals = match.groups()
    whole = ((int(days or 0) * 24 + int(hours)) * 60 + int(minutes)) * 60 + int(seconds)
    micros = micros_of(f"{whole}.{decimals or 0}")
    return -micros if sign and micros is not None else micros


def moment_of(told: str) -> int | None:
    """Read a date and a time of that day in microseconds, the day before the month."""
    match = _MOMENT.fullmatch(told)
    if match is None:
        return None
    try:
        day = date(int(match[3]), int(match[2]), int(match[1])).toordinal()
    except ValueError:
        return None
    time = _clock(match[4])
    return None if time is None else day * 86_400_000_000 + time
