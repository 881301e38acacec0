"""Writes sessions as timelines: a track for each film, and one with markers for each pass."""

from __future__ import annotations

import json
from collections.abc import Sequence
from fractions import Fraction

from annotator.model.codebook import Code
from annotator.model.coding import CodingPass, Origin, Tag
from annotator.model.recording import Recording
from annotator.model.session import Session
from annotator.model.time import ZERO, Micros
from annotator.storage.interchange.addresses import address_of_path
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.micros import rate_told
from annotator.storage.interchange.otio_tree import COLOURS, ID
from annotator.storage.interchange.own_part import OWN, own_part
from annotator.storage.interchange.report import Notes

_MILLION = 1_000_000
_USUAL_RATE = Fraction(1000)

Tree = dict[str, object]


def write_otio(sessions: Sequence[Session], wishes: Wishes, _notes: Notes) -> bytes:
    """Write a session as a timeline, several as a collection of timelines."""
    timelines = [_Writer(one, wishes).timeline() for one in sessions]
    told: Tree = {
        "OTIO_SCHEMA": "SerializableCollection.1",
        "metadata": {},
        "name": "",
        "children": timelines,
    }
    whole = timelines[0] if len(timelines) == 1 else told
    return json.dumps(whole, ensure_ascii=False).encode("utf-8", "replace")


class _Writer:
    """Writes one session at the rate of its first film, else in thousandths of a second.

    A time between two pictures is a fraction of one, so that none is rounded.
    """

    def __init__(self, session: Session, wishes: Wishes) -> None:
        self._session = session
        film = next((one.video for one in session.recordings if one.video is not None), None)
        self._rate = rate_told(film.rate if film else "") or rate_told(wishes.rate) or _USUAL_RATE
        self._codes = {one.id: one for one in session.codebook.codes}

    def timeline(self) -> Tree:
        """Give the whole timeline."""
        session = self._session
        tracks = [self._film(one) for one in session.recordings]
        tracks += [self._pass(one) for one in session.passes]
        kept = members(members(session.extra.get(ID)).get("global_start_time"))
        start = _number(kept.get("value")), _number(kept.get("rate"))
        return {
            "OTIO_SCHEMA": "Timeline.1",
            "metadata": {OWN: {"session": own_part(session, with_speech=True)}},
            "name": session.title,
            "global_start_time": _rational(*start) if all(start) else None,
            "tracks": _item("Stack.1", "tracks", None) | {"children": tracks},
        }

    def _film(self, recording: Recording) -> Tree:
        """Give a track with one film, so late as it began."""
        is_sound = recording.video is None and recording.audio is not None
        length = recording.duration or Micros(max(0, self._session.region.end - recording.offset))
        cut = max(0, -recording.offset)
        shown = self._range(Micros(cut), Micros(max(0, length - cut)))
        clip = _item("Clip.2", recording.path.rpartition("/")[2], shown)
        clip["media_references"] = {
            "DEFAULT_MEDIA": {
                "OTIO_SCHEMA": "ExternalReference.1",
                "metadata": {},
                "name": "",
                "available_range": self._range(ZERO, length),
                "available_image_bounds": None,
                "target_url": address_of_path(recording.path),
            }
        }
        clip["active_media_reference_key"] = "DEFAULT_MEDIA"
        gap = [self._gap(recording.offset)] if recording.offset > 0 else []
        return _item("Track.1", recording.role.value, None) | {
            "kind": "Audio" if is_sound else "Video",
            "children": [*gap, clip],
        }

    def _pass(self, one: CodingPass) -> Tree:
        """Give a track that shows nothing and has the markers of a pass."""
        made = _item("Track.1", one.coder, None)
        made["kind"] = "Video"
        made["children"] = [self._gap(self._session.region.end)]
        made["markers"] = [self._marker(one, tag) for tag in one.tags]
        return made

    def _gap(self, length: Micros) -> Tree:
        return _item("Gap.1", "", self._range(ZERO, length))

    def _marker(self, one: CodingPass, tag: Tag) -> Tree:
        code = self._codes.get(tag.code) or Code(tag.code, tag.code)
        kept = members(tag.extra.get(ID))
        label = (code.name or code.id) if tag.is_named else ""
        foreign = members(kept.get("metadata"))
        return {
            "OTIO_SCHEMA": "Marker.2",
            "metadata": {**foreign, OWN: _own(one, tag, label)},
            "name": label,
            "color": word(kept.get("color")) or _nearest(code.colour),
            "marked_range": self._range(tag.start, Micros(tag.end - tag.start)),
            "comment": tag.note,
        }

    def _range(self, start: Micros, length: Micros) -> Tree:
        return {
            "OTIO_SCHEMA": "TimeRange.1",
            "duration": self._time(length),
            "start_time": self._time(start),
        }

    def _time(self, time: Micros) -> Tree:
        over, under = self._rate.as_integer_ratio()
        return _rational(time * over / (under * _MILLION), over / under)


def _rational(value: float | None, rate: float | None) -> Tree:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": rate, "value": value}


def _item(schema: str, name: str, shown: Tree | None) -> Tree:
    return {
        "OTIO_SCHEMA": schema,
        "metadata": {},
        "name": name,
        "source_range": shown,
        "effects": [],
        "markers": [],
        "enabled": True,
        "color": None,
    }


def _own(one: CodingPass, tag: Tag, label: str) -> Tree:
    """Give what a tag says, so that it comes back even where programs drop all else."""
    made: Tree = {
        "id": tag.id,
        "pass": one.id,
        "coder": one.coder,
        "code": tag.code,
        "label": label,
        "created": tag.created,
        "modified": tag.modified,
    }
    more: Tree = {
        "note": tag.note,
        "participant": tag.participant,
        "attributes": dict(tag.attributes),
        "origin": tag.origin.value if tag.origin is not Origin.IMPORT else "",
        "sources": list(tag.sources),
        "extra": tag.extra,
    }
    return made | {key: value for key, value in more.items() if value}


def _nearest(colour: str) -> str:
    """Give the name of the colour of markers that is nearest to one such as "#4477aa"."""
    wanted = _parts(colour)
    return min(
        COLOURS,
        key=lambda name: sum(
            (a - b) ** 2 for a, b in zip(wanted, _parts(COLOURS[name]), strict=True)
        ),
    )


def _parts(colour: str) -> tuple[int, int, int]:
    try:
        return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
    except ValueError:
        return 0, 0, 0


def _number(value: object) -> float | None:
    try:
        return float(value) if isinstance(value, str) else None
    except ValueError:
        return None
