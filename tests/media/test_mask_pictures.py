"""Pictures that are looked at have their masks on, outlined by what they are."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_doubts import Doubt, WeakMoment
from annotator.media.face_masks import DrawnMask, MaskPlan
from annotator.media.face_tracks import FaceTrack
from annotator.media.mask_pictures import (
    Outline,
    OutlineKind,
    masked_picture,
    outlined_picture,
    outlines_at,
    told,
)
from annotator.media.video import open_video
from annotator.model import Interval, Micros
from tests.support.timing_clips import ClipKind, TimingClip

WHOLE = Interval(Micros(0), Micros(3_000_001))
FACE, DRAWN = Box(20, 20, 40, 44), Box(80, 60, 110, 90)


def plan_for(clip: TimingClip) -> MaskPlan:
    track = FaceTrack(2, (Sighting(Micros(400_000), FACE, 0.9),), WHOLE)
    mask = DrawnMask(Interval(Micros(0), Micros(1_000_000)), ((Micros(0), DRAWN),))
    return MaskPlan((clip.width, clip.height), WHOLE, (track,), drawn=(mask,))


def test_faces_and_drawn_masks_are_outlined_while_they_last(
    clip_of: Callable[[ClipKind], TimingClip],
) -> None:
    plan = plan_for(clip_of(ClipKind.FPS_25))
    face, drawn = outlines_at(plan, Micros(400_000))
    assert (face.kind, face.number) == (OutlineKind.FACE, 2)
    assert face.box.holds(FACE)
    assert drawn == Outline(DRAWN, OutlineKind.DRAWN, 0)
    shown = outlines_at(plan.opened_to({2}), Micros(400_000))
    assert shown[0].kind is OutlineKind.SHOWN
    assert [one.kind for one in outlines_at(plan, Micros(2_000_000))] == []


def test_a_picture_is_covered_and_outlined(clip_of: Callable[[ClipKind], TimingClip]) -> None:
    clip = clip_of(ClipKind.FPS_25)
    plan = plan_for(clip)
    with open_video(clip.path) as video:
        bare = video.frame_at(400_000).to_rgb()
        masked = masked_picture(video, plan, Micros(400_000))
        outlined = outlined_picture(video, plan, Micros(400_000), longest=96)
    assert (masked[62:88, 82:108] == 40).all()
    outside = np.ones(bare.shape[:2], bool)
    outside[60:90, 80:110] = False
    outside[0:70, 0:70] = False
    assert np.array_equal(masked[outside], bare[outside])
    assert outlined.shape == (64, 96, 3)
    assert (outlined == (60, 170, 255)).all(axis=2).any()
    assert (outlined == (255, 196, 0)).all(axis=2).any()


def test_every_doubt_is_told_in_words() -> None:
    words = {told(WeakMoment(0.1, Micros(0), WHOLE, doubt)) for doubt in Doubt}
    assert len(words) == len(Doubt)
    assert all(one.endswith(".") for one in words)
