"""BORIS projects: every observation a session, or one more pass of a session of ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from annotator.model.codebook import Attribute, RatingItem
from annotator.model.coding import Rating
from annotator.model.naming import unused_name
from annotator.model.session import Session
from annotator.model.time import ZERO, Interval, Micros
from annotator.storage.interchange.boris_book import ProjectBook, read_book
from annotator.storage.interchange.boris_events import EventReader, read_events
from annotator.storage.interchange.boris_media import (
    add_recordings,
    clock_of,
    media_of,
    players_of,
    rate_of,
)
from annotator.storage.interchange.boris_opening import (
    CODER_VARIABLE,
    FORMAT_ID,
    OWN,
    RATING_VARIABLE,
    SESSION_VARIABLE,
    as_text,
    in_order,
    open_project,
)
from annotator.storage.interchange.drafting import UNKNOWN_CODER, PassDraft, SessionDraft
from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.micros import micros_of
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source

_OBSERVER = re.compile(r"(?:observer|coder|rater|scorer|annotator)(?:[ _-]?(?:name|id|initials))?")
_UNSAFE = re.compile(r"[^\w.@-]+")
_SCALE = re.compile(r"(.*), from (-?[0-9.]{1,20}) to (-?[0-9.]{1,20})", re.DOTALL)
_ELSEWHERE = frozenset({"behaviors_conf", "subjects_conf", "observations", "converters", OWN})


@dataclass(slots=True)
class _Reading:
    """What was read of a project so far: the sessions by their ids, and counts of events."""

    project: Mapping[str, object]
    book: ProjectBook
    wishes: Wishes
    notes: Notes
    kept: str = ""
    drafts: dict[str, SessionDraft] = field(default_factory=dict)
    regions: dict[str, Interval] = field(default_factory=dict)
    counted: int = 0
    carried: int = 0


def read(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read the observations of a project; a project without any gives its codebook alone."""
    project = open_project(source, notes)
    book = read_book(project, source.stem, notes)
    reading = _Reading(project, book, wishes, notes, _kept_of(project, notes))
    for name, one in members(project.get("observations")).items():
        _read_observation(reading, str(name), members(one))
    _share_choices(list(reading.drafts.values()))
    if not reading.drafts:
        draft = _draft(reading, safe_id(book.name), book.name)
        reading.drafts[draft.id] = draft
    sessions = tuple(_session(reading, one) for one in reading.drafts.values())
    return Found(sessions, reading.counted, reading.carried, "events")


def _share_choices(drafts: list[SessionDraft]) -> None:
    """Give every session the choices that the events of another added to a code they share."""
    found: dict[str, dict[str, Attribute]] = {}
    for draft in drafts:
        for code in draft.codes.values():
            known = found.setdefault(code.id, {})
            for one in code.attributes:
                known[one.id] = _joined(known.get(one.id, one), one)
    for draft in drafts:
        for code in list(draft.codes.values()):
            attributes = tuple(found[code.id].values())
            if attributes != code.attributes:
                draft.codes[code.id] = replace(code, attributes=attributes)


def _joined(one: Attribute, other: Attribute) -> Attribute:
    if one.choices == other.choices:
        return one
    ids = {choice.id for choice in one.choices}
    more = (choice for choice in other.choices if choice.id not in ids)
    return replace(one, choices=(*one.choices, *more))


def _kept_of(project: Mapping[str, object], notes: Notes) -> str:
    """Give what else a project holds, as text; code that it would have run is left behind."""
    names = [word(name) for name in members(project.get("converters"))]
    if names:
        told = "converters, which are programs; they are never run, and not kept"
        notes.not_carried(told, ", ".join(f"“{name[:40]}”" for name in names[:20]))
    rest = {key: value for key, value in project.items() if key not in _ELSEWHERE}
    text = as_text(rest)
    if text:
        return text
    notes.not_carried("coding maps, and what else BORIS keeps with a project")
    maps = {"coding_map", "behaviors_coding_map"}
    return as_text({key: value for key, value in rest.items() if key not in maps})


def _draft(reading: _Reading, session_id: str, title: str) -> SessionDraft:
    draft = SessionDraft(session_id, title, reading.notes, reading.wishes.now)
    reading.book.put_into(draft)
    if reading.kept:
        draft.extra[FORMAT_ID] = {"project": reading.kept}
    return draft


def _read_observation(reading: _Reading, name: str, raw: Mapping[str, object]) -> None:
    place = f"observation “{name}”"
    variables = {
        key: word(value) for key, value in members(raw.get("independent_variables")).items()
    }
    ours = variables.get(SESSION_VARIABLE, "")
    coder = _coder(reading, variables, place, is_ours=bool(ours))
    draft = reading.drafts.get(ours) if ours else None
    events, count = read_events(raw, place, reading.notes)
    begins = _begins(reading, name)
    if draft is None:
        title = name.removesuffix(f" @{coder}") if ours else name
        wanted = ours or safe_id(name)
        draft = _draft(reading, unused_name(wanted, reading.drafts), title or name)
        reading.drafts[draft.id] = draft
        add_recordings(draft, media_of(raw, draft, place), begins)
    coding_pass = _pass(draft, coder)
    clock = clock_of(raw, [one.seconds for one in events], draft, place)
    coding_pass.extra = {FORMAT_ID: _kept_of_observation(raw, name, clock, place, reading.notes)}
    reader = EventReader(draft, coding_pass, reading.book, place, clock)
    reader.shift, reader.rate = begins, _rate(raw)
    reader.take(events)
    reading.counted += count
    reading.carried += reader.carried
    _add_ratings(reading, draft, coding_pass, variables)
    _add_region(reading, draft, raw, begins)


def _begins(reading: _Reading, name: str) -> Micros:
    """Tell when, on the session's clock, the first player's film begins, as we noted it."""
    told = members(members(reading.project.get(OWN)).get("begins"))
    return micros_of(told.get(name)) or ZERO


def _rate(raw: Mapping[str, object]) -> Fraction | None:
    """Tell the frames a second of the first player's film, if it is the only one there."""
    paths = players_of(raw).get("1", [])
    return rate_of(members(raw.get("media_info")), paths[0]) if len(paths) == 1 else None


def _pass(draft: SessionDraft, coder: str) -> PassDraft:
    """Give a new pass for an observation, whoever else's there are."""
    number = sum(one.coder == coder for one in draft.passes)
    return draft.coding_pass(coder, key=f"pass-{coder}" + (f"-{number + 1}" if number else ""))


def _coder(reading: _Reading, variables: Mapping[str, str], place: str, *, is_ours: bool) -> str:
    label, value = observer_of(variables)
    if value and not (is_ours and label == CODER_VARIABLE):
        told = f"who coded was taken from the independent variable “{label}”"
        reading.notes.noticed(told, place)
    return value or reading.wishes.coder or UNKNOWN_CODER


def observer_of(variables: Mapping[str, str]) -> tuple[str, str]:
    """Find the variable that tells who coded, and what it tells; both empty where none does.

    BORIS has no place for that, but many labs have such a variable.
    """
    told = {CODER_VARIABLE: variables.get(CODER_VARIABLE, ""), **variables}
    for label, value in told.items():
        if value and _OBSERVER.fullmatch(label.strip().casefold()):
            return label, value
    return "", ""


def safe_id(name: str) -> str:
    """Make a session's id of an observation's name."""
    return _UNSAFE.sub("-", name).strip("-.") or "observation"


def _kept_of_observation(
    raw: Mapping[str, object], name: str, clock: Decimal, place: str, notes: Notes
) -> dict[str, object]:
    """Give what else an observation holds, and what of its times is the session's time 0."""
    rest = {key: value for key, value in raw.items() if key != "events"}
    plots = members(rest.get("plot_data"))
    if any(members(one).get("converters") for one in plots.values()):
        notes.not_carried("data shown beside the film, which converters read", place)
        del rest["plot_data"]
    text = as_text(rest)
    if not text:
        notes.not_carried("what else BORIS keeps with an observation", place)
    return {"observation": text, "name": name, "clock": str(clock)}


def _add_ratings(
    reading: _Reading, draft: SessionDraft, coding_pass: PassDraft, variables: Mapping[str, str]
) -> None:
    """Take the variables that this program wrote for ratings."""
    for one in in_order(reading.project.get("independent_variables")):
        label, scale = word(members(one).get("label")), word(members(one).get("description"))
        match = _SCALE.fullmatch(scale)
        if not label.startswith(RATING_VARIABLE) or match is None:
            continue
        item_id = label.removeprefix(RATING_VARIABLE)
        least, most = _number(match[2]), _number(match[3])
        if least is None or most is None or not item_id:
            continue
        if draft.book.rating(item_id) is None:
            item = RatingItem(item_id, match[1], minimum=least, maximum=most)
            draft.book = replace(draft.book, ratings=(*draft.book.ratings, item))
        value = _number(variables.get(label, ""))
        if value is not None:
            coding_pass.ratings.append(Rating(item_id, value))


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,12})?", text) else None


def _add_region(
    reading: _Reading, draft: SessionDraft, raw: Mapping[str, object], shift: int
) -> None:
    """Take the interval in which events could be logged, if there is one."""
    told = [micros_of(one) for one in items(raw.get("observation time interval"))]
    start, end = (*told, None, None)[:2]
    if start is None or end is None or end <= start or start < 0:
        return
    reading.regions[draft.id] = Interval(Micros(start + shift), Micros(end + shift))


def _session(reading: _Reading, draft: SessionDraft) -> Session:
    session = draft.session()
    region = reading.regions.get(draft.id)
    if region is None:
        return session
    ends = Micros(min(region.end, session.duration)) if session.duration else region.end
    if ends <= region.start:
        reading.notes.noticed("the observation's interval lies after its films", session.title)
        return session
    return replace(session, region=Interval(region.start, ends))
