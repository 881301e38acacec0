"""Writes a plan of masks as plain values for JSON, and reads it back; times are in seconds.

Beside what is to be covered stands what the search found, under a seal: whoever changes it, or
which film and stretch it is of, breaks the seal, and it counts as not known.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from annotator.errors import MediaError
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_doubts import Doubt, Lost, WeakMoment
from annotator.media.face_masks import DrawnMask, Fill, Findings, MaskPlan, WholeFill
from annotator.media.face_tracks import FaceTrack
from annotator.model import Interval, Micros
from annotator.model.time import from_seconds, to_seconds_text

FORMAT = "annotator-masks"
VERSION = 1
_FARTHEST = 1e6
"""No box reaches farther, in pixels."""

_SEALED = ("film", "size", "watched", "finder")

Json = Any
"""What `json` reads and writes."""

Value = TypeVar("Value")


def plan_to_json(plan: MaskPlan) -> dict[str, Json]:
    """Give a plan as values that `json.dumps` takes, its keys always in the same order."""
    values = {
        "format": FORMAT,
        "version": VERSION,
        "film": plan.film,
        "size": list(plan.size),
        "watched": _span_out(plan.watched),
        "finder": plan.finder,
        "fill": str(plan.fill),
        "whole_fill": str(plan.whole_fill),
        "tracks": [_track_out(one, plan) for one in plan.tracks],
        "drawn": [
            {"span": _span_out(one.span), "keys": [_key_out(*key) for key in one.keys]}
            for one in plan.drawn
        ],
        "whole": [_span_out(one) for one in plan.asked],
        "lost": [_lost_out(one) for one in plan.lost],
        "weak": [_weak_out(one) for one in plan.weak],
    }
    return values if plan.found is None else {**values, "found": _found_out(plan.found, values)}


def plan_from_json(values: Json) -> MaskPlan:
    """Make a plan of what `plan_to_json` gave.

    Raises MediaError where it is something else, or of a newer version.
    """
    if not isinstance(values, Mapping) or values.get("format") != FORMAT:
        raise MediaError("This file holds no masks.", "Choose one that was saved with masks.")
    if values.get("version") != VERSION:
        raise MediaError(
            "These masks were saved by a newer version of annotator.", "Open them with that one."
        )
    try:
        return _plan_in(values)
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise MediaError(
            "The masks in this file are damaged.", "Look for faces again, or take a backup."
        ) from error


def _plan_in(values: Mapping[str, Json]) -> MaskPlan:
    width, height = map(int, values["size"])
    if width < 1 or height < 1:
        raise ValueError("a picture has pixels")
    tracks, found = values["tracks"], _found_in(values)
    known = {one.number: one for one in found.tracks} if found is not None else {}
    read = _each(tracks, _track_in)
    return MaskPlan(
        (width, height),
        _span_in(values["watched"]),
        tuple(known[one.number] if known.get(one.number) == one else one for one in read),
        _each(values["lost"], _lost_in),
        _each(values["weak"], _weak_in),
        str(values["finder"]),
        _each(
            values["drawn"],
            lambda one: DrawnMask(_span_in(one["span"]), _each(one["keys"], _key_in)),
        ),
        _each(values["whole"], _span_in),
        frozenset(int(one["number"]) for one in tracks if one.get("shown")),
        {int(one["number"]): str(one["participant"]) for one in tracks if "participant" in one},
        Fill(values["fill"]),
        WholeFill(values["whole_fill"]),
        str(values["film"]),
        found,
    )


def _found_out(found: Findings, values: Mapping[str, Json]) -> dict[str, Json]:
    told = {
        "tracks": [_face_out(one) for one in found.tracks],
        "lost": [_lost_out(one) for one in found.lost],
    }
    return {**told, "seal": _seal(told, values)}


def _found_in(values: Mapping[str, Json]) -> Findings | None:
    """Read what the search found; None where nothing says it, or the seal is broken."""
    found = values.get("found")
    if not isinstance(found, Mapping) or found.get("seal") != _seal(found, values):
        return None
    return Findings(_each(found["tracks"], _track_in), _each(found["lost"], _lost_in))


def _seal(found: Mapping[str, Json], values: Mapping[str, Json]) -> str:
    """Give the SHA-256 of what was found and where it was looked for."""
    where = [values[key] for key in _SEALED]
    text = json.dumps([where, found["tracks"], found["lost"]], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _each(values: list[Json], make: Callable[[Json], Value]) -> tuple[Value, ...]:
    return tuple(make(one) for one in values)


def _track_out(track: FaceTrack, plan: MaskPlan) -> dict[str, Json]:
    values: dict[str, Json] = {"number": track.number}
    if track.number in plan.participants:
        values["participant"] = plan.participants[track.number]
    if track.number in plan.opened:
        values["shown"] = True
    return {**values, **_face_out(track)}


def _face_out(track: FaceTrack) -> dict[str, Json]:
    values: dict[str, Json] = {"number": track.number, "shot": _span_out(track.shot)}
    if track.continues:
        values["continues"] = True
    seen = [{**_key_out(one.time, one.box), "score": one.score} for one in track.sightings]
    return {**values, "seen": seen}


def _track_in(values: Json) -> FaceTrack:
    seen = _each(values["seen"], lambda one: Sighting(*_key_in(one), float(one["score"])))
    times = [one.time for one in seen]
    if not times or times != sorted(set(times)):
        raise ValueError("a track needs sightings in order of time")
    shot = _span_in(values["shot"])
    return FaceTrack(int(values["number"]), seen, shot, bool(values.get("continues", False)))


def _lost_out(lost: Lost) -> dict[str, Json]:
    return {"span": _span_out(lost.span), "track": lost.track}


def _lost_in(values: Json) -> Lost:
    return Lost(_span_in(values["span"]), int(values["track"]))


def _weak_out(weak: WeakMoment) -> dict[str, Json]:
    values: dict[str, Json] = {
        "span": _span_out(weak.span),
        "shown": _time_out(weak.shown),
        "doubt": str(weak.doubt),
        "certainty": weak.certainty,
    }
    return values if weak.track is None else {**values, "track": weak.track}


def _weak_in(values: Json) -> WeakMoment:
    span, shown = _span_in(values["span"]), _time_in(values["shown"])
    track = int(values["track"]) if "track" in values else None
    return WeakMoment(float(values["certainty"]), shown, span, Doubt(values["doubt"]), track)


def _key_out(time: Micros, box: Box) -> dict[str, Json]:
    return {"time": _time_out(time), "box": [box.left, box.top, box.right, box.bottom]}


def _key_in(values: Json) -> tuple[Micros, Box]:
    left, top, right, bottom = map(float, values["box"])
    if not all(-_FARTHEST <= one <= _FARTHEST for one in (left, top, right, bottom)):
        raise ValueError("a box reaches farther than any picture")
    return _time_in(values["time"]), Box(left, top, right, bottom)


def _span_out(span: Interval) -> list[float]:
    return [_time_out(span.start), _time_out(span.end)]


def _span_in(values: Json) -> Interval:
    start, end = values
    return Interval(_time_in(start), _time_in(end))


def _time_out(time: Micros) -> float:
    """Give seconds; the shortest text of the number has all its microseconds."""
    return float(to_seconds_text(time))


def _time_in(value: Json) -> Micros:
    return from_seconds(Decimal(repr(value)))
