"""Pictures of a film with its masks on and outlined, for a person to look at before they count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from annotator.media.covering import Cover
from annotator.media.face_boxes import Box
from annotator.media.face_doubts import Doubt, WeakMoment
from annotator.media.face_masks import MaskPlan
from annotator.media.frame import Picture
from annotator.media.picture import cv2, scaled
from annotator.media.video import Video
from annotator.model import Micros


class OutlineKind(StrEnum):
    """What an outline is about."""

    FACE = "face"
    SHOWN = "shown"
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Outline:
    """A box in a picture: a face that is covered or shown, by the number of its track, or a mask.

    A drawn mask's `number` is its place among those of the plan.
    """

    box: Box
    kind: OutlineKind
    number: int


_COLOURS = {
    OutlineKind.FACE: (255, 196, 0),
    OutlineKind.SHOWN: (235, 60, 60),
    OutlineKind.DRAWN: (60, 170, 255),
}
_LOOKED_AT = 960
"""Pictures that are looked at are no longer than so many pixels."""

_TOLD = {
    Doubt.LOST: "A face was lost here; the whole picture is covered until it is found again.",
    Doubt.LEFT_OUT: "Something like a face was seen once, faintly, and is not covered.",
    Doubt.GAP: "The face was not seen for a while; the mask goes on between.",
    Doubt.FAINT: "The face was hardly recognised here.",
    Doubt.CROSSING: "Two faces cross here and may have been mistaken for each other.",
    Doubt.BEGINS: "The mask begins here; see whether the face was there before.",
    Doubt.ENDS: "The mask ends here; see whether the face is still there.",
    Doubt.CUT: "A new shot begins here.",
    Doubt.UNREADABLE: "This frame of the film is damaged.",
}


def told(moment: WeakMoment) -> str:
    """Say why a moment should be looked at."""
    return _TOLD[moment.doubt]


def outlines_at(plan: MaskPlan, time: Micros) -> tuple[Outline, ...]:
    """List the boxes of a moment, those of faces that are shown included, drawn masks last."""
    return (*_faces(plan, time), *_drawn(plan, time))


def _faces(plan: MaskPlan, time: Micros) -> Iterator[Outline]:
    for track in plan.tracks:
        box = track.mask_at(time)
        if box is not None:
            is_shown = track.number in plan.opened
            yield Outline(box, OutlineKind.SHOWN if is_shown else OutlineKind.FACE, track.number)


def _drawn(plan: MaskPlan, time: Micros) -> Iterator[Outline]:
    for number, mask in enumerate(plan.drawn):
        box = mask.mask_at(time)
        if box is not None:
            yield Outline(box, OutlineKind.DRAWN, number)


def masked_picture(video: Video, plan: MaskPlan, time: Micros) -> Picture:
    """Give the frame on screen at a moment as an export shows it; raises MediaError if damaged."""
    frame = video.frame_at(time)
    return Cover(plan).changed(frame.index, frame.time, frame.to_rgb())


def outlined_picture(
    video: Video, plan: MaskPlan, time: Micros, longest: int = _LOOKED_AT
) -> Picture:
    """Give a moment with its masks on and outlined, no longer than so many pixels.

    Raises MediaError where the frame is damaged.
    """
    whole = masked_picture(video, plan, time)
    height, width = whole.shape[:2]
    share = min(longest / max(height, width), 1.0)
    size = max(round(width * share), 1), max(round(height * share), 1)
    picture = np.ascontiguousarray(scaled(whole, *size))
    at = video.frame_times[video.index_at(time)]
    for one in outlines_at(plan, at):
        box = one.box.scaled(size[0] / plan.size[0], size[1] / plan.size[1])
        corners = [round(side) for side in (box.left, box.top, box.right, box.bottom)]
        cv2.rectangle(picture, corners[:2], corners[2:], _COLOURS[one.kind], 2)
    return picture
