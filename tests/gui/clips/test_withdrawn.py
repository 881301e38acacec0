"""Consent that is taken back while clips are made reaches the reel and the pack made of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips import working
from annotator.gui.clips.choices import Writes
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip
from annotator.jobs.progress import Progress
from annotator.model import Session
from annotator.storage.codec import decode_session, session_bytes
from annotator.storage.export_log import read_log
from tests.support.clip_making import Opening, choose, make, settle, window_of


@pytest.fixture
def withdrawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Let everybody take consent back once the clips are made; give the session's path."""
    path, real = tmp_path / "talk.session.json", working.make_clips

    def followed(
        session: Session,
        session_path: Path,
        planned: Sequence[PlannedClip],
        wish: ClipsWish,
        watcher: Progress,
    ) -> Iterator[MadeClip]:
        yield from real(session, session_path, planned, wish, watcher)
        now = decode_session(path.read_bytes())
        people = (
            replace(one, consent=replace(one.consent, withdrawn="2026-03-01"))
            for one in now.participants
        )
        path.write_bytes(session_bytes(replace(now, participants=tuple(people))))

    monkeypatch.setattr(working, "make_clips", followed)
    return path


def test_no_reel_is_made_once_consent_was_taken_back(
    qtbot: QtBot, program: Program, opened: Opening, withdrawn: Path, tmp_path: Path
) -> None:
    opened()
    where = choose(qtbot, program).fields.where
    where.writes.setCurrentIndex(where.writes.findData(Writes.BOTH.value))
    settle(qtbot, program)
    make(qtbot, program)
    assert "withdrew consent" in window_of(program).trouble.text()
    assert not (tmp_path / "out" / "reel.mp4").exists()
    assert len(read_log(withdrawn).exports) == 2


def test_no_pack_is_made_once_consent_was_taken_back(
    qtbot: QtBot, program: Program, opened: Opening, withdrawn: Path, tmp_path: Path
) -> None:
    opened()
    where = choose(qtbot, program).fields.where
    where.pack.setChecked(True)
    settle(qtbot, program)
    make(qtbot, program)
    assert "The pack was not made. The session was changed" in window_of(program).trouble.text()
    assert not list((tmp_path / "out").glob("*/index.html"))
    assert len(read_log(withdrawn).exports) == 2
