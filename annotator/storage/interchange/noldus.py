"""Noldus' Observer: its projects (ODX), and the event logs that it exports as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

from annotator.model.codebook import Code
from annotator.model.time import Micros, to_clock
from annotator.storage.interchange import observer_text
from annotator.storage.interchange.interface import Format, Found, Wishes
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
from annotator.storage.interchange.xml_reading import local_name, read_xml, root_name

_ROOT = "NXMLINTERCHANGE"
_STATES = {"1": Kind.START, "2": Kind.STOP, "3": Kind.POINT}
_MOMENT = re.compile(r"(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2}(?:\.\d{1,9})?)")
_KNOWN = {
    "OBS_EVENT_LOGS",
    "OBS_EVENT_LOG",
    "OBS_EVENT",
    "OBS_EVENT_TIMESTAMP",
    "OBS_EVENT_STATE",
    "OBS_EVENT_SUBJECT",
    "OBS_EVENT_BEHAVIOR",
    "OBS_EVENT_BEHAVIOR_MODIFIER",
    "OBS_EVENT_COMMENT",
}
_DAY = 86_400_000_000
_SHOWN = 12


def _all(parent: Element, name: str) -> Iterator[Element]:
    return (one for one in parent.iter() if local_name(one) == name)


def _child(parent: Element, name: str) -> Element | None:
    return next((one for one in parent if local_name(one) == name), None)


def _text(parent: Element, name: str) -> str:
    found = _child(parent, name)
    return (found.text or "").strip() if found is not None else ""


def _name(parent: Element, name: str) -> str:
    """Give the attribute NAME of a child, else its text; empty where there is none."""
    found = _child(parent, name)
    if found is None:
        return ""
    return (found.get("NAME") or found.text or "").strip()


def _claims(source: Source) -> bool:
    return root_name(source) == _ROOT


def _read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    root = read_xml(source)
    if local_name(root) != _ROOT:
        told = f"“{source.name}” is no project of Noldus' Observer."
        raise ForeignFileError(told, "Export the project from the Observer as ODX.")
    scheme = dict(_scheme(root))
    observations = list(_all(root, "OBS_OBSERVATION"))
    if not observations:
        raise ForeignFileError(
            f"“{source.name}” has a coding scheme of {len(scheme)} codes and no observations.",
            "Export the project with its observations (ODX).",
        )
    counted = carried = 0
    sessions = []
    names: Counter[str] = Counter()
    for number, element in enumerate(observations, 1):
        name = element.get("NAME", "").strip() or f"{source.stem} {number}"
        names[name] += 1
        name = f"{name} ({names[name]})" if names[name] > 1 else name
        reader = _Reader(Observation(name, codes=scheme), notes)
        reader.take(element)
        counted += reader.count
        if reader.observation.events:
            session, taken = session_of(reader.observation, wishes, notes)
            sessions.append(session)
            carried += taken
    return Found(tuple(sessions), counted, carried, observer_text.UNIT)


def _scheme(root: Element) -> Iterator[tuple[str, tuple[Code, str]]]:
    """Yield the codes of a project by their names, each with the name of its group.

    A behaviour without a parent is a group. A key is taken where it is one character.
    """
    for element in _all(root, "CDS_BEHAVIOR"):
        name, group = _text(element, "CDS_ELE_NAME"), _text(element, "CDS_ELE_PARENT_NAME")
        if not name or not group:
            continue
        key = _text(element, "CDS_ELE_START_KEYCODE")
        told = _text(element, "CDS_ELE_DESCRIPTION")
        is_retired = _text(element, "CDS_IS_INACTIVE") == "Y"
        code = Code("", name, key=key if len(key) == 1 else "", definition=told, retired=is_retired)
        yield name, (code, group)


class _Reader:
    """Gathers the events of an observation."""

    def __init__(self, observation: Observation, notes: Notes) -> None:
        self.observation, self.notes = observation, notes
        self.count = 0

    def take(self, element: Element) -> None:
        """Take the events of all logs; the first of them is where the clock starts."""
        self._tell_unknown(element)
        for number, log in enumerate(_all(element, "OBS_EVENT_LOG"), 1):
            name = log.get("NAME", "").strip() or f"log {number}"
            for event in _all(log, "OBS_EVENT"):
                self.count += 1
                self._take_event(event, name)
        events = self.observation.events
        if not events:
            return
        zero = min(event.time for event in events)
        days, time = divmod(zero, _DAY)
        first = f"{date.fromordinal(days).isoformat()} {to_clock(Micros(time))}"
        told = f"the file counts in times of the day; 0 is the first event, at {first}"
        self.notes.noticed(told, f"observation “{self.observation.name}”")
        self.observation.extra = {"noldus": {"first": first}}
        self.observation.events = [replace(event, time=event.time - zero) for event in events]

    def _tell_unknown(self, element: Element) -> None:
        names = dict.fromkeys(local_name(one) for one in element.iter())
        unknown = [name for name in names if name not in _KNOWN and name != local_name(element)]
        if unknown:
            shown = ", ".join(unknown[:_SHOWN])
            what = f"parts of an observation that are not known here: {shown}"
            self.notes.not_carried(what, f"observation “{self.observation.name}”")
            self.count += 1

    def _take_event(self, event: Element, log: str) -> None:
        place = f"observation “{self.observation.name}”, event {self.count}"
        time = moment_of(_text(event, "OBS_EVENT_TIMESTAMP"))
        state = _text(event, "OBS_EVENT_STATE")
        behaviour = _name(event, "OBS_EVENT_BEHAVIOR")
        if time is None:
            self.notes.not_carried("the time of an event cannot be read", place)
        elif not behaviour:
            self.notes.not_carried("an event names no behaviour", place)
        elif state and state not in _STATES:
            self.notes.not_carried("an event of a kind that is not known", place)
        else:
            if not state:
                self.notes.noticed("an event does not tell its kind; it is a moment now", place)
            self.observation.events.append(
                Event(
                    time,
                    _STATES.get(state, Kind.POINT),
                    log,
                    _name(event, "OBS_EVENT_SUBJECT"),
                    behaviour,
                    _modifiers(event),
                    _text(event, "OBS_EVENT_COMMENT"),
                    place=place,
                )
            )


def _modifiers(event: Element) -> Modifiers:
    """Give which choice was made of each set of modifiers."""
    chosen = []
    for one in _all(event, "OBS_EVENT_BEHAVIOR_MODIFIER"):
        choice = (one.text or one.get("NAME") or "").strip()
        if choice:
            chosen.append(((one.get("CLASS") or "Modifier").strip(), choice))
    return tuple(chosen)


def moment_of(told: str) -> int | None:
    """Read a date and a time of that day in microseconds; None where that is none."""
    match = _MOMENT.fullmatch(told)
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3])).toordinal()
    except ValueError:
        return None
    seconds = micros_of(match[6])
    minutes = int(match[4]) * 60 + int(match[5])
    return None if seconds is None else day * _DAY + minutes * 60_000_000 + seconds


FORMATS: tuple[Format, ...] = (
    Format("odx", "Noldus Observer project (ODX)", (".odx",), _claims, _read),
    Format(
        "observer",
        "Noldus event log (text)",
        (".txt", ".csv"),
        observer_text.claims,
        observer_text.read,
    ),
)
