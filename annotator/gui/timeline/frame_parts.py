"""The frame of the coding on the ruler: region, excluded spans and the time that is selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.hit import RULER_HEIGHT, Part
from annotator.model.session import ExcludedSpan, Session
from annotator.model.time import Interval, Micros

GRIP_TOP = RULER_HEIGHT - 13
"""Above it the ruler is for seeking alone."""

REACH_PX = 5


class FrameKind(Enum):
    """The things that frame the coding."""

    STRETCH = "stretch"
    EXCLUDED = "excluded"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class FramePart:
    """One of them and where it lies; `excluded` is set where it is an excluded span."""

    kind: FrameKind
    span: Interval
    excluded: ExcludedSpan | None = None


def frame_parts(session: Session | None, stretch: Interval | None) -> list[FramePart]:
    """List what frames the coding; what comes first is taken hold of first."""
    parts = [FramePart(FrameKind.STRETCH, stretch)] if stretch is not None else []
    if session is None:
        return parts
    parts += [FramePart(FrameKind.EXCLUDED, one.interval, one) for one in session.excluded]
    if session.region.length:
        parts.append(FramePart(FrameKind.REGION, session.region))
    return parts


def edge_at(
    x: float, y: float, scale: Scale, parts: Sequence[FramePart]
) -> tuple[FramePart, Part] | None:
    """Find the edge at a pixel of the timeline, the nearest of several; None where there is none.

    Only the lower part of the ruler has edges, right of the lanes' names. Where two edges are
    equally near, an end is found at its left and a start at its right.
    """
    if not GRIP_TOP <= y < RULER_HEIGHT or x < scale.left - REACH_PX:
        return None
    found: list[tuple[float, bool, int, Part]] = []
    for number, part in enumerate(parts):
        for moment, edge in ((part.span.start, Part.START), (part.span.end, Part.END)):
            place = scale.x_of(moment)
            if abs(place - x) <= REACH_PX and place <= scale.right + REACH_PX:
                is_beyond = (x < place) is (edge is Part.START)
                found.append((abs(place - x), is_beyond, number, edge))
    if not found:
        return None
    _, _, number, edge = min(found, key=lambda one: one[:3])
    return parts[number], edge


def excluded_at(
    x: float, y: float, scale: Scale, parts: Sequence[FramePart]
) -> ExcludedSpan | None:
    """Find the excluded span whose mark on the ruler lies at a pixel; None where there is none."""
    if not GRIP_TOP <= y < RULER_HEIGHT or x < scale.left:
        return None
    for part in parts:
        if part.excluded is not None:
            left, right = scale.x_of(part.span.start), scale.x_of(part.span.end)
            if left <= x <= right:
                return part.excluded
    return None


def with_edge(span: Interval, edge: Part, moment: Micros, least: Micros) -> Interval:
    """Move one edge of a span to a moment; at least `least` of it is left."""
    if edge is Part.START:
        return Interval(Micros(min(moment, span.end - least)), span.end)
    return Interval(span.start, Micros(max(moment, span.start + least)))
