"""The first and the last picture of a clip as they will be written, without writing the clip."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from annotator.media.clips.finishing import Finisher
from annotator.media.clips.shaping import labelled
from annotator.media.clips.source import open_source
from annotator.media.clips.stills import frames_of
from annotator.media.clips.wishes import CutWish, Form
from annotator.media.frame import UPRIGHT, Frame
from annotator.media.survey import Survey


@dataclass(frozen=True, slots=True)
class ClipEnds:
    """Upright pictures with all that changes them, and how many the clip has in all.

    Of one recording they have its numbers and times, of several put together the session's times.
    `pixel_aspect` is the width of a pixel by its height.
    """

    first: Frame
    last: Frame
    count: int
    pixel_aspect: Fraction


def clip_ends(wish: CutWish, known: Survey | None = None) -> ClipEnds:
    """Give the pictures at both ends of a clip as its file will hold them before it is pressed.

    What lies between is not decoded. `known` saves reading its one recording through. Raises
    MediaError where there would be no such clip, UndrawableError where its words have no room.
    """
    silent = replace(wish, form=Form.SHEET)
    with open_source(silent, known) as source:
        frames = frames_of(source)
        finisher = Finisher.of(frames, wish.changes, wish.size.most_height)
        count, aspect = len(frames.stretch.ticks), frames.pixel_aspect
        first = last = _finished(finisher, 0, frames.first)
        if count > 1:
            with open_source(replace(silent, start=frames.last_time), known) as ending:
                last = _finished(finisher, count - 1, frames_of(ending).first)
        return ClipEnds(first, last, count, aspect)


def _finished(finisher: Finisher, place: int, frame: Frame) -> Frame:
    picture = labelled(finisher.finished(place, frame), finisher.shape.colours)
    return replace(frame, picture=picture, orientation=UPRIGHT)
