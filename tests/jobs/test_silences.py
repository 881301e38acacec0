"""Silences of films and sessions, and the tags proposed for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.errors import EditError, MediaError
from annotator.jobs.prepare import new_session
from annotator.jobs.progress import CancelledError
from annotator.jobs.proposing import propose, within
from annotator.jobs.silences import (
    SilenceWish,
    SoundSource,
    listen,
    silences_in,
    silences_of,
    sources_of,
)
from annotator.media.silences import SilenceProposal
from annotator.model import (
    SECOND,
    Code,
    Codebook,
    CodeKind,
    CodingPass,
    ExcludedSpan,
    Interval,
    Micros,
    Origin,
    Purpose,
    RecordingRole,
    Session,
    Tag,
)
from tests.support.talks import noise, seconds_of, talk, write_sound
from tests.support.timing_clips import ClipKind, TimingClip
from tests.support.watching import Watcher

BOOK = Codebook("b", "1", "Book", codes=(Code("silence", "Silence", kind=CodeKind.SPAN),))
NOW = "2026-03-01T09:00:00Z"
THERAPIST = talk(40, [(10, 14), (20, 34)], seed=1)
CLIENT = talk(40, [(0, 20.5), (30, 40)], seed=2)


def spans(*ends: tuple[float, float]) -> list[SilenceProposal]:
    return [SilenceProposal(_micros(a), _micros(b), "x", "y") for a, b in ends]


def _micros(seconds: float) -> Micros:
    return Micros(round(seconds * SECOND))


@pytest.fixture
def stereo(tmp_path: Path) -> Path:
    return write_sound(
        tmp_path / "talk.wav", THERAPIST + noise(40, -60, 3), CLIENT + noise(40, -60, 4)
    )


@pytest.fixture
def session() -> Session:
    return Session("s", "S", BOOK, Interval(_micros(2), _micros(60)))


def test_channels_tell_who_spoke(stereo: Path) -> None:
    found = silences_of(stereo)
    assert seconds_of(found.proposals) == [(10, 14), (30, 34)]
    assert [(one.before, one.after) for one in found.proposals] == [
        ("left", "left"),
        ("right", "left"),
    ]
    named = silences_of(stereo, SilenceWish(names=("therapist", "client"))).proposals
    assert (named[1].before, named[1].after) == ("client", "therapist")


def test_one_channel_by_itself(stereo: Path) -> None:
    found = silences_of(stereo, SilenceWish(channel=1))
    assert seconds_of(found.proposals) == [(0, 20.5), (30, 40)]


def test_recordings_of_two_people_are_heard_together(tmp_path: Path) -> None:
    write_sound(tmp_path / "a.wav", THERAPIST + noise(40, -60, 3))
    write_sound(tmp_path / "b.wav", CLIENT[5 * 16_000 :] * 0.1 + noise(35, -70, 4))
    path = tmp_path / "t.session.json"
    made = new_session([tmp_path / "a.wav", tmp_path / "b.wav"], path, BOOK)
    one, two = made.recordings
    one = replace(one, role=RecordingRole.THERAPIST)
    two = replace(two, role=RecordingRole.CLIENT, offset=_micros(5))
    made = replace(made, recordings=(two, one))
    sources = sources_of(made, path)
    assert [source.name for source in sources] == ["therapist", "client"]
    found = silences_of(sources)
    assert seconds_of(found.proposals) == [(10, 14), (30, 34)]
    assert (found.proposals[1].before, found.proposals[1].after) == ("client", "therapist")
    (only,) = sources_of(made, path, "client")
    assert seconds_of(silences_of((only,)).proposals) == [(5, 20.5), (30, 40)]


def test_sound_recorded_apart_comes_before_the_camera(tmp_path: Path) -> None:
    for name in ("a.wav", "b.wav"):
        write_sound(tmp_path / name, noise(1, -30))
    path = tmp_path / "t.session.json"
    made = new_session([tmp_path / "a.wav", tmp_path / "b.wav"], path, BOOK)
    camera = replace(made.recordings[0], role=RecordingRole.ROOM)
    made = replace(made, recordings=(camera, made.recordings[1]))
    assert [source.path.name for source in sources_of(made, path)] == ["b.wav"]


def test_listening_once_serves_for_any_limit(stereo: Path) -> None:
    heard = listen(stereo, SilenceWish())
    assert len(silences_in(heard, SilenceWish()).proposals) == 2
    assert silences_in(heard, SilenceWish(minimum=_micros(5))).proposals == ()


def test_progress_goes_from_start_to_end(stereo: Path) -> None:
    watcher = Watcher()
    silences_of((SoundSource(stereo), SoundSource(stereo)), watcher=watcher)
    fractions = watcher.fractions
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert watcher.texts == {"Listening to talk.wav"}


@pytest.mark.parametrize("patience", [0, 1, 3])
def test_cancel_stops_the_work(stereo: Path, patience: int) -> None:
    watcher = Watcher(patience)
    with pytest.raises(CancelledError):
        silences_of(stereo, watcher=watcher)
    assert len(watcher.heard) <= patience + 1


def test_nobody_is_heard(tmp_path: Path) -> None:
    found = silences_of(write_sound(tmp_path / "a.wav", noise(20, -50)))
    assert found.is_empty
    assert seconds_of(found.proposals) == [(0, 20)]
    assert "Nobody is heard" in found.notices[0]


def test_voices_that_drown_are_said_to(tmp_path: Path) -> None:
    sound = talk(40, [(10, 14)]) + noise(40, -33)
    found = silences_of(write_sound(tmp_path / "a.wav", sound))
    assert "hardly stand out" in found.notices[0]


def test_no_sound(clip_of: Callable[[ClipKind], TimingClip]) -> None:
    with pytest.raises(MediaError, match="has no sound"):
        silences_of(clip_of(ClipKind.NO_AUDIO).path)


def test_session_without_sound(session: Session, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="No recording of this session has sound"):
        sources_of(session, tmp_path / "s.json")
    with pytest.raises(MediaError, match="It has: none yet"):
        sources_of(session, tmp_path / "s.json", "client")


def test_channel_that_is_not_there(stereo: Path) -> None:
    with pytest.raises(MediaError, match="no channel 3; it has 2"):
        silences_of(stereo, SilenceWish(channel=2))


def test_two_tracks_are_both_heard(clip_of: Callable[[ClipKind], TimingClip]) -> None:
    found = silences_of(clip_of(ClipKind.TWO_TRACKS).path)
    assert [track.name for track in found.tracks] == ["track 1", "track 2"]


def test_region_and_excluded_spans_cut(session: Session) -> None:
    coded = replace(session, excluded=(ExcludedSpan(_micros(24), _micros(26)),))
    found = spans((0, 4), (0, 6), (10, 13), (20, 30), (25, 29), (58, 70), (59, 62))
    kept = within(coded, found, _micros(3))
    assert seconds_of(kept) == [(2, 6), (10, 13), (20, 24), (26, 30), (26, 29)]
    assert [(one.before, one.after) for one in kept[:3]] == [("", "y"), ("x", "y"), ("x", "")]


def test_padded_silences_are_kept_where_nothing_cuts_them(session: Session) -> None:
    assert seconds_of(within(session, spans((10, 12)), _micros(3))) == [(10, 12)]


def test_proposals_become_tags_of_a_new_pass(session: Session) -> None:
    made = propose(session, "A", "silence", spans((10, 14), (20, 25)), NOW)
    (only,) = made.edit.apply(session).passes
    assert (only.coder, only.purpose) == ("A", Purpose.PRIMARY)
    assert [(tag.start, tag.end) for tag in only.tags] == [
        (_micros(10), _micros(14)),
        (_micros(20), _micros(25)),
    ]
    assert {(tag.origin, tag.note, tag.created) for tag in only.tags} == {
        (Origin.PROPOSAL, "after x, before y", NOW)
    }
    assert made.edit.label == "propose 2 silences"
    assert made.edit.revert(made.edit.apply(session)) == session


def test_a_silence_tagged_already_is_left_out(session: Session) -> None:
    tag = Tag("t", "silence", _micros(11), _micros(13))
    coded = replace(session, passes=(CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag,)),))
    found = spans((10, 14), (20, 25))
    made = propose(coded, "A", "silence", found, NOW)
    assert (len(made.tags), made.known) == (1, 1)
    again = propose(made.edit.apply(coded), "A", "silence", found, NOW)
    assert (again.tags, again.known, again.edit.changes) == ((), 2, ())
    other = propose(coded, "B", "silence", found, NOW)
    assert other.edit.apply(coded).passes[1].purpose is Purpose.DOUBLE
    assert len(other.tags) == 2


def test_a_code_that_the_book_lacks(session: Session) -> None:
    with pytest.raises(EditError, match="It has: silence"):
        propose(session, "A", "pause", (), NOW)
