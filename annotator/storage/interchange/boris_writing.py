"""Sessions as one BORIS project: every coding pass an observation."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, DecimalException

from annotator.model.coding import CodingPass
from annotator.model.naming import unused_name
from annotator.model.session import Session
from annotator.storage.interchange.boris_ethogram import Ethogram
from annotator.storage.interchange.boris_films import Films, films_of, seconds
from annotator.storage.interchange.boris_opening import (
    CODER_VARIABLE,
    FORMAT_ID,
    OWN,
    RATING_VARIABLE,
    SESSION_VARIABLE,
    from_text,
    in_order,
)
from annotator.storage.interchange.boris_reading import observer_of, safe_id
from annotator.storage.interchange.boris_rows import LaidEvent, Layout, Modifiers
from annotator.storage.interchange.drafting import UNKNOWN_CODER
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.report import Notes

_USUAL = {
    "time_format": "hh:mm:ss",
    "project_date": "",
    "project_name": "",
    "project_description": "",
    "project_format_version": "7.0",
}
_LONGEST = 64  # characters of a time
_FAR = 12  # digits of seconds: the year 33,658
_EMPTY: dict[str, object] = {"coding_map": {}, "behaviors_coding_map": [], "converters": {}}
_USUAL_OBSERVATION = {
    "time offset": 0.0,
    "description": "",
    "observation time interval": [0, 0],
    "visualize_spectrogram": False,
    "visualize_waveform": False,
    "close_behaviors_between_videos": False,
    "media_creation_date_as_offset": False,
    "media_scan_sampling_duration": 0,
    "image_display_duration": 1,
}


@dataclass(slots=True)
class _Writing:
    """What is known of the project so far."""

    wishes: Wishes
    ethogram: Ethogram
    layout: Layout
    variables: dict[str, dict[str, object]] = field(default_factory=dict)
    begins: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Part:
    """A pass that becomes an observation of that name."""

    name: str
    session: Session
    coding_pass: CodingPass
    events: list[LaidEvent]


def write(sessions: Sequence[Session], wishes: Wishes, notes: Notes) -> bytes:
    """Write sessions as a project in format 7.0, which every BORIS since 2018 opens."""
    writing = _Writing(wishes, Ethogram(notes), Layout(notes))
    parts: list[_Part] = []
    for session in sessions:
        _lay_out(writing, session, parts)
    writing.ethogram.settle(writing.layout.uses)
    observations = {part.name: _observation(writing, part) for part in parts}
    project = _project(writing, sessions, observations)
    return json.dumps(project, ensure_ascii=True, allow_nan=False, indent=1).encode("ascii")


def _lay_out(writing: _Writing, session: Session, parts: list[_Part]) -> None:
    words = writing.ethogram.words_of(session)
    people = writing.ethogram.people_of(session)
    modifiers = Modifiers(words, writing.ethogram.sets)
    taken = {part.name for part in parts}
    for one in session.passes:
        found = unused_name(_name(session, one), taken, " {}")
        taken.add(found)
        parts.append(_Part(found, session, one, writing.layout.lay(one, people, modifiers)))


def _name(session: Session, one: CodingPass) -> str:
    title = session.title or session.id
    is_alone = len(session.passes) == 1 and not title.endswith(f" @{one.coder}")
    return title if is_alone else f"{title} @{one.coder}"


def _project(
    writing: _Writing, sessions: Sequence[Session], observations: Mapping[str, object]
) -> dict[str, object]:
    kept: dict[str, object] = {}
    for session in reversed(sessions):
        kept = from_text(session.extra, "project") or kept
    book = sessions[0].codebook if sessions else None
    usual = {**_USUAL, "project_date": writing.wishes.now.rstrip("Z")[:19]}
    has_images = any(members(one).get("type") == "IMAGES" for one in observations.values())
    ethogram = writing.ethogram
    behaviours = ethogram.behaviours()
    own = {**ethogram.own(), **({"begins": writing.begins} if writing.begins else {})}
    variables = _variables(writing, kept)
    return {
        **usual,
        **kept,
        "project_name": (book.name if book else "") or word(kept.get("project_name")),
        "project_format_version": "8.6" if has_images else "7.0",
        "subjects_conf": {str(n): one for n, one in enumerate(ethogram.subjects.values())},
        "behaviors_conf": behaviours,
        **ethogram.categories(kept),
        "independent_variables": {str(n): one for n, one in enumerate(variables)},
        **{key: kept.get(key, value) for key, value in _EMPTY.items()},
        "observations": observations,
        **({OWN: own} if own else {}),
    }


def _variables(writing: _Writing, kept: Mapping[str, object]) -> list[Mapping[str, object]]:
    old = [members(one) for one in in_order(kept.get("independent_variables"))]
    stood = {word(one.get("label")): one for one in old}
    return [
        *(writing.variables.get(label, one) for label, one in stood.items()),
        *(one for label, one in writing.variables.items() if label not in stood),
    ]


def _observation(writing: _Writing, part: _Part) -> dict[str, object]:
    kept = from_text(part.coding_pass.extra, "observation")
    films = films_of(part.session.recordings, kept)
    kind = word(kept.get("type")) if kept else "MEDIA" if part.session.recordings else "LIVE"
    kind = "MEDIA" if kind in {"VIDEO", "AUDIO", ""} else kind
    if films.begins:
        writing.begins[part.name] = seconds(films.begins)
    made: dict[str, object] = {
        "type": kind,
        "date": part.coding_pass.started.rstrip("Z")[:19],
        **_USUAL_OBSERVATION,
        **kept,
        "file": films.file,
        "independent_variables": _values(writing, part, kept),
    }
    made["type"] = kind
    if films.media_info:
        made["media_info"] = films.media_info
    for gone in ("replace audio", "time offset second player", "media_file_info"):
        made.pop(gone, None)  # what projects before format 7.0 had
    interval = _interval(part, films)
    if interval is not None:
        made["observation time interval"] = interval
    made["events"] = _events(writing, part, films, kind)
    return made


def _values(writing: _Writing, part: _Part, kept: Mapping[str, object]) -> dict[str, object]:
    """Give the independent variables: those that stood, who coded, which session, ratings."""
    values = dict(members(kept.get("independent_variables")))
    texts = {key: word(value) for key, value in values.items()}
    session, coder = part.session, part.coding_pass.coder
    told = observer_of(texts)[1] or writing.wishes.coder or UNKNOWN_CODER
    if told != coder:
        values[CODER_VARIABLE] = coder
        _declare(writing, CODER_VARIABLE, "Who coded.", "text")
    is_ours = len(session.passes) > 1 or safe_id(part.name) != session.id
    if is_ours or SESSION_VARIABLE in values:
        values[SESSION_VARIABLE] = session.id
        told = "The meeting; observations of the same one are passes of it."
        _declare(writing, SESSION_VARIABLE, told, "text")
    answers = {one.item: one.value for one in part.coding_pass.ratings}
    for item in session.codebook.ratings:
        label = RATING_VARIABLE + item.id
        scale = f"{item.name}, from {item.minimum:g} to {item.maximum:g}"
        _declare(writing, label, scale, "numeric")
        value = answers.get(item.id)
        values[label] = "" if value is None else f"{value:.10g}"
    return values


def _declare(writing: _Writing, label: str, description: str, kind: str) -> None:
    made = {"label": label, "description": description, "type": kind}
    writing.variables.setdefault(label, {**made, "default value": "", "possible values": ""})


def _interval(part: _Part, films: Films) -> list[float] | None:
    """Give the interval in which events can be logged, if it is not all there is."""
    session = part.session
    last = max((tag.end for one in session.passes for tag in one.tags), default=0)
    region = session.region
    if region.start == 0 and region.end == (session.duration or max(last, 0)):
        return None
    return [seconds(region.start - films.begins), seconds(region.end - films.begins)]


def _events(writing: _Writing, part: _Part, films: Films, kind: str) -> list[list[object]]:
    clock = _clock(part.coding_pass) - Decimal(films.begins).scaleb(-6)
    names = writing.ethogram.names
    found: list[list[object]] = []
    for one in part.events:
        time = float(Decimal(one.millis).scaleb(-3) + clock)
        event: list[object] = [time, one.subject, names[one.use], one.modifier, one.comment]
        if kind == "IMAGES":
            event += [*one.more, "NA", ""][:2]
        elif kind != "LIVE":
            old = one.more[0] if one.more else None
            event.append(films.frame(one.millis * 1000, old))
        found.append(event)
    return sorted(found, key=lambda event: event[:3])


def _clock(one: CodingPass) -> Decimal:
    """Tell what BORIS's clock shows, in seconds, when the first film begins."""
    told = members(one.extra.get(FORMAT_ID)).get("clock")
    try:
        clock = Decimal(told) if isinstance(told, str) and len(told) < _LONGEST else Decimal(0)
    except DecimalException:
        return Decimal(0)
    is_near = clock.is_finite() and clock.adjusted() < _FAR
    return clock if is_near else Decimal(0)
