"""What clips show of faces that were found is told, counted, written down and held to consent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from annotator.jobs.clip_bare import (
    NOTHING_BARE,
    Bared,
    BareFace,
    bared_in,
    bared_words,
    together,
    unseen_words,
)
from annotator.jobs.clip_duties import masked_alike
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_view import ClipView
from annotator.jobs.clip_warnings import warnings_of
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.media.clips.composition import Layout
from annotator.media.clips.wishes import Form
from annotator.media.face_boxes import Box, Sighting
from annotator.media.face_doubts import Lost
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
from annotator.model.recording import Recording, RecordingRole, VideoFacts
from tests.support.consents import FACES_MASKED, GIVEN
from tests.support.sessions import plain_session

S = 1_000_000
NAMES = {"room": "room.mp4", "close": "close.mp4"}
OFFSET = 5


def span(start: float, end: float) -> Interval:
    return Interval(Micros(round(start * S)), Micros(round(end * S)))


def recording(name: str, role: RecordingRole, offset: int) -> Recording:
    facts = VideoFacts("h264", 160, 120, "25", constant=True, frames=1500)
    where = Micros(offset * S), Micros(60 * S)
    return Recording(name, f"{name}.mp4", role, *where, "", facts)


ROOM = recording("room", RecordingRole.ROOM, 0)
CLOSE = recording("close", RecordingRole.CLIENT, OFFSET)


def track(number: int, start: int, end: int, watched: Interval) -> FaceTrack:
    seen = (Sighting(Micros(at * S), Box(0, 0, 9, 9), 0.9) for at in range(start, end + 1))
    return FaceTrack(number, tuple(seen), watched)


def plan(watched: Interval, *faces: tuple[int, int]) -> MaskPlan:
    """A plan of faces from one second to another, and one lost from 40 to 41 s."""
    tracks = tuple(track(number, *face, watched) for number, face in enumerate(faces))
    lost = (Lost(span(40, 41), 0),)
    return MaskPlan((160, 120), watched, tracks, lost, found=Findings(tracks, lost))


def masks(one: Recording, made: MaskPlan) -> FilmMasks:
    return FilmMasks(Path("/films") / one.path, made, one.id)


WHOLE = span(0, 60)


@pytest.fixture
def session() -> Session:
    """A session with two films, the second of which begins 5 s later."""
    people = (
        Participant("c", ParticipantRole.CLIENT, "C07", FACES_MASKED),
        Participant("t", ParticipantRole.THERAPIST, "T1", GIVEN),
    )
    plain = plain_session(0)
    return replace(
        plain,
        recordings=(ROOM, CLOSE),
        participants=people,
        excluded=(),
        region=WHOLE,
    )


def wish(*looked_at: FilmMasks, form: Form = Form.MP4, override: str | None = None) -> ClipsWish:
    view = ClipView(("room", "close"), Layout.SIDE)
    usual = ClipsWish(ConsentScope.LEARNING, Path("/out"), "A", "", date(2026, 6, 1))
    return replace(usual, view=view, looked_at=looked_at, form=form, override=override)


def planned(session: Session, clips: Sequence[Interval], wished: ClipsWish) -> list[PlannedClip]:
    return [*plan_clips(session, [Stretch(one) for one in clips], wished)]


def test_what_is_bare_is_told_on_the_clock_of_the_session() -> None:
    made = plan(WHOLE, (10, 12), (20, 22))
    looked_at = [masks(ROOM, made), masks(CLOSE, replace(made, tracks=made.tracks[:1]))]
    bared = bared_in([ROOM, CLOSE], looked_at, span(20, 30))
    assert bared.faces == (BareFace("close", 1, (span(24, 28.000001),)),)
    assert bared.shown == ("",)
    assert [*bared_words(bared, NAMES)] == [
        "1 found face was uncovered by hand: 0:00:24.000 – 0:00:28.000."
    ]
    assert bared_in([ROOM, CLOSE], looked_at, span(0, 20)) == NOTHING_BARE


def test_whose_face_it_is_counts_only_where_the_track_is_as_it_was_found() -> None:
    made = plan(WHOLE, (10, 12)).assigned(0, "t").opened_to({0})
    assert bared_in([ROOM], [masks(ROOM, made)], span(8, 14)).shown == ("t",)
    other = replace(made, tracks=(track(0, 30, 32, WHOLE),), opened=frozenset())
    assert bared_in([ROOM], [masks(ROOM, other)], span(8, 14)).shown == ("",)


def test_masks_that_are_for_all_of_a_clip_are_those_that_count() -> None:
    """A face shown in masks made for another clip is covered in this one."""
    whole, early = plan(WHOLE, (10, 12)), plan(span(0, 12), (10, 12)).opened_to({0})
    looked_at = [masks(ROOM, early), masks(ROOM, whole)]
    assert bared_in([ROOM], looked_at, span(9, 14)) == NOTHING_BARE
    assert bared_in([ROOM], looked_at, span(9, 11)).count == 1
    unsure = bared_in([ROOM], looked_at[:1], span(9, 14))
    assert (unsure.count, unsure.unseen) == (1, ("room",))


def test_a_recording_nobody_looked_at_is_told_where_others_were() -> None:
    bared = bared_in([ROOM, CLOSE], [masks(ROOM, plan(WHOLE))], span(20, 30))
    assert bared == Bared(unseen=("close",))
    (told,) = unseen_words(bared, NAMES)
    assert "“close.mp4”: faces are looked for again" in told
    assert bared_in([ROOM, CLOSE], [masks(ROOM, plan(WHOLE))], span(0, 4)) == NOTHING_BARE
    assert bared_in([ROOM, CLOSE], [], span(20, 30)) == NOTHING_BARE


def test_a_plan_that_does_not_say_what_was_found_is_told() -> None:
    old = replace(plan(WHOLE, (10, 12)), found=None)
    bared = bared_in([ROOM], [masks(ROOM, old)], span(8, 14))
    assert (bared.shown, bared.told) == (("",), ", perhaps not all")
    (told,) = bared_words(bared, NAMES)
    assert told.startswith("The masks of “room.mp4” do not say what was found")
    assert bared.settings == {"faces found": "not known"}


def test_many_are_counted_and_the_first_are_told() -> None:
    faces = [BareFace("room", at, (span(at * 10, at * 10 + 1),)) for at in range(8)]
    one, other = Bared(tuple(faces[:5])), Bared(tuple(faces[3:]), (span(40, 41),))
    bared = together([one, other])
    assert bared.count == 8
    first, second = bared_words(bared, {})
    assert first.startswith("8 found faces were uncovered by hand: 0:00:00.000 – 0:00:01.000, ")
    assert first.endswith("0:00:40.000 – 0:00:41.000 and 3 more.")
    assert "where a face was lost and may still be seen: 0:00:40.000" in second
    assert bared.settings["faces uncovered by hand"].count("–") == 8


def test_consent_that_wants_faces_masked_refuses_what_was_removed(session: Session) -> None:
    removed = replace(plan(WHOLE, (10, 12)), tracks=())
    looked_at = masks(ROOM, plan(WHOLE, (10, 12))), masks(CLOSE, removed)
    clips = [span(8, 12), span(14, 18)]
    covered, bare = planned(session, clips, wish(*looked_at))
    assert covered.allowed is not None
    assert covered.masked == "faces"
    assert "Of C07 must be masked: faces" in bare.refusal
    told = warnings_of(session, Path("/films/talk.session.json"), [covered, bare], wish())
    assert told[0] == "1 found face was uncovered by hand: 0:00:14.000 – 0:00:18.000."
    _, forced = planned(session, clips, wish(*looked_at, override="agreed by phone"))
    assert forced.allowed is not None
    assert forced.allowed.override == "agreed by phone"
    assert forced.masked == "faces but for 1 uncovered by hand"
    assert [one.masks for one in forced.allowed.masks] == []


def test_a_reel_counts_what_is_bare_in_any_of_its_clips(session: Session) -> None:
    removed = masks(CLOSE, replace(plan(WHOLE, (10, 12)), tracks=()))
    clips = planned(session, [span(8, 12), span(14, 18)], wish(masks(ROOM, plan(WHOLE)), removed))
    alike = masked_alike(session, clips, wish(removed))
    assert [one.bare.count for one in alike] == [0, 1]


def test_old_masks_are_used_only_with_a_reason_where_consent_wants_them(session: Session) -> None:
    old = masks(ROOM, replace(plan(WHOLE, (10, 12)), found=None))
    (refused,) = planned(session, [span(8, 12)], wish(old, masks(CLOSE, plan(WHOLE))))
    assert "Of C07 must be masked: faces" in refused.refusal
    free = replace(session, participants=session.participants[1:])
    wished = replace(wish(old, masks(CLOSE, plan(WHOLE))), masks=frozenset({Mask.FACES}))
    (allowed,) = planned(free, [span(8, 12)], wished)
    assert allowed.masked == "faces, perhaps not all"


def test_where_no_picture_is_seen_or_all_of_it_is_covered_no_face_is_bare(
    session: Session,
) -> None:
    removed = masks(ROOM, replace(plan(WHOLE, (10, 12)), tracks=()))
    (sound,) = planned(session, [span(8, 12)], wish(removed, form=Form.M4A))
    assert sound.bared == NOTHING_BARE
    whole = replace(wish(removed), masks=frozenset({Mask.PICTURE}))
    (covered,) = planned(session, [span(8, 12)], whole)
    assert covered.allowed is not None
    assert covered.bare == NOTHING_BARE
