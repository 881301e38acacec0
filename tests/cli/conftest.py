"""What the tests of the command line share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copy

import pytest

from annotator.model import (
    Code,
    Codebook,
    CodeKind,
    CodingPass,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Purpose,
    Recording,
    RecordingRole,
    Session,
    Tag,
)
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine
from tests.support.timing_clips import ClipKind, TimingClip


@pytest.fixture
def annotator(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    monkeypatch.setenv("COLUMNS", "200")  # tables take the width of the terminal
    return CommandLine(capsys)


@pytest.fixture
def clip(clip_of: Callable[[ClipKind], TimingClip]) -> TimingClip:
    return clip_of(ClipKind.FPS_29_97)


@pytest.fixture
def film(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path) -> TimingClip:
    """Give the film of which a session beside it makes clips."""
    clip = clip_of(ClipKind.FPS_25)
    copy(clip.path, tmp_path / "talk.mp4")
    return clip


@pytest.fixture
def session_file(tmp_path: Path) -> Path:
    book = Codebook(
        "book",
        "1",
        "Book",
        codes=(Code("reflection", "Reflection"), Code("silence", "Silence", kind=CodeKind.SPAN)),
    )
    tags = (Tag("t1", "reflection", Micros(12_480_000), Micros(12_480_000), "client", "[b]é"),)
    session = Session(
        id="s1",
        title="Talk",
        codebook=book,
        region=Interval(Micros(0), Micros(60_000_000)),
        recordings=(
            Recording("r1", "gone.mp4", RecordingRole.ROOM, Micros(0), Micros(60_000_000), "x"),
        ),
        participants=(Participant("client", ParticipantRole.CLIENT, "C07"),),
        passes=(CodingPass("p1", "A", Purpose.PRIMARY, "2026-01-01T00:00:00Z", tags),),
    )
    path = tmp_path / "talk.session.json"
    SessionStore.create(path, session, "test").close()
    return path
