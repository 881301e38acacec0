"""Recordings made of films, and sessions of recordings."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.jobs.prepare import guess_role, new_session, prepare_recording
from annotator.jobs.progress import CancelledError
from annotator.model import Codebook, Micros, RecordingRole
from annotator.model.rules import session_problems
from tests.support.timing_clips import ClipKind, TimingClip
from tests.support.watching import Watcher

BOOK = Codebook("b", "1", "Book")


@pytest.fixture
def clip(clip_of: Callable[[ClipKind], TimingClip]) -> TimingClip:
    return clip_of(ClipKind.FPS_25)


def test_recording_has_the_films_facts(clip: TimingClip, tmp_path: Path) -> None:
    film = Path(shutil.copyfile(clip.path, tmp_path / "talk.mp4"))
    recording = prepare_recording(film, tmp_path, offset=Micros(5))
    assert recording.video is not None
    assert recording.video.frames == len(clip.frame_times)
    assert recording.video.rate == "25"
    assert (recording.path, recording.offset) == ("talk.mp4", 5)
    assert recording.duration >= clip.frame_times[-1]
    assert recording.fingerprint.startswith("sha256-")


def test_session_covers_the_whole(clip: TimingClip, tmp_path: Path) -> None:
    session = new_session([clip.path, clip.path], tmp_path / "a.session.json", BOOK)
    assert session.region.start == 0
    assert session.region.end == session.duration
    assert session.title == clip.path.stem
    assert len({one.id for one in session.recordings}) == 2
    assert {one.consent.status.value for one in session.participants} == {"unknown"}
    assert session_problems(session) == []


def test_progress_goes_from_start_to_end(clip: TimingClip, tmp_path: Path) -> None:
    watcher = Watcher()
    new_session([clip.path, clip.path], tmp_path / "a.session.json", BOOK, watcher=watcher)
    fractions = watcher.fractions
    assert fractions == sorted(fractions)
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert any(clip.path.name in text for text in watcher.texts)


def test_cancel_stops_the_work(clip: TimingClip, tmp_path: Path) -> None:
    watcher = Watcher(patience=1)
    with pytest.raises(CancelledError, match="as you asked"):
        new_session([clip.path], tmp_path / "a.session.json", BOOK, watcher=watcher)
    assert len(watcher.heard) == 1


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Client close-up", RecordingRole.CLIENT),
        ("T3_therapist_cam", RecordingRole.THERAPIST),
        ("2026-03-01 session", RecordingRole.ROOM),
        ("clientele", RecordingRole.ROOM),
    ],
)
def test_role_is_guessed_from_the_name(name: str, role: RecordingRole) -> None:
    assert guess_role(name, has_picture=True) is role
    assert guess_role(name, has_picture=False) is RecordingRole.SOUND
