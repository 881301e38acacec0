"""What a person shows in the masks of a clip is held against what consents demand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotator.jobs.clip_duties import bared_by, duties_done
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_planning import planned_clip
from annotator.jobs.clip_wishes import ClipsWish
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_masks import Findings, MaskPlan
from annotator.media.face_tracks import FaceTrack
from annotator.model import (
    ConsentScope,
    Interval,
    Mask,
    Micros,
    Session,
)
from annotator.model.clipping import Stretch
from annotator.model.participant import Participant, ParticipantRole
from annotator.model.sound_plans import SoundPlan, VoicePlan
from tests.support.consents import FACES_MASKED, GIVEN
from tests.support.sessions import plain_session

S = 1_000_000
PEOPLE = (
    Participant("c", ParticipantRole.CLIENT, "C07", FACES_MASKED),
    Participant("t", ParticipantRole.THERAPIST, "T1", GIVEN),
)
WATCHED = Interval(Micros(0), Micros(30 * S))
OFFSET = Micros(5 * S)


@pytest.fixture
def session() -> Session:
    """A session whose film begins 5 s after it."""
    plain = plain_session(0)
    recordings = tuple(replace(one, offset=OFFSET) for one in plain.recordings)
    return replace(plain, participants=PEOPLE, recordings=recordings, excluded=())


def wish(plan: MaskPlan) -> ClipsWish:
    looked_at = (FilmMasks(Path("/films/talk.mp4"), plan),)
    today = date(2026, 6, 1)
    return ClipsWish(
        ConsentScope.LEARNING, Path("/out"), "A", "2026-06-01T00:00:00Z", today, looked_at=looked_at
    )


def masks() -> MaskPlan:
    """A face in the film from 10 to 12 s, held a second on both sides."""
    seen = tuple(Sighting(Micros(at * S), Box(0, 0, 9, 9), 0.9) for at in (10, 11, 12))
    tracks = (FaceTrack(3, seen, WATCHED),)
    return MaskPlan((160, 120), WATCHED, tracks, found=Findings(tracks))


def refusal(session: Session, plan: MaskPlan, start: int, end: int) -> str:
    span = Interval(Micros(start * S), Micros(end * S))
    return planned_clip(session, Stretch(span), "clip.mp4", wish(plan)).refusal


def test_a_shown_face_of_nobody_told_is_refused_where_one_must_be_masked(session: Session) -> None:
    assert refusal(session, masks(), 14, 20) == ""
    shown = masks().opened_to({3})
    assert "Of C07 must be masked: faces" in refusal(session, shown, 14, 20)
    assert "Of C07 must be masked: faces" in refusal(session, shown.assigned(3, "c"), 14, 20)


def test_the_face_of_another_may_be_shown_and_one_outside_the_clip(session: Session) -> None:
    shown = masks().opened_to({3})
    assert refusal(session, shown.assigned(3, "t"), 14, 20) == ""
    nobody = refusal(session, shown.assigned(3, "T"), 14, 20)  # mistyped, or of another session
    assert "Of C07 must be masked: faces" in nobody
    assert refusal(session, shown, 19, 25) == ""  # the film's 14 to 20 s
    clip = Interval(Micros(17 * S), Micros(19 * S))
    assert bared_by(session, clip, {Mask.FACES}, wish(shown)).shown == ("",)


def test_of_a_voice_that_is_not_disguised_nothing_is_told() -> None:
    one_voice = SoundPlan(VoicePlan((WATCHED,), frozenset({"c"}), ("C07",)))
    done = duties_done(["c", "t"], {Mask.VOICE, Mask.NAMES}, [one_voice])
    assert [one.masks for one in done] == [(Mask.NAMES, Mask.VOICE), (Mask.NAMES,)]
    alike = duties_done(["t"], {Mask.VOICE}, [SoundPlan(), one_voice])
    assert alike == []
