"""A program with a session of which clips can be made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copy

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips.window import ClipsWindow
from annotator.model import Consent, ExcludedSpan
from tests.support.clip_making import Opening, Person, show, stored, window_of
from tests.support.consents import GIVEN
from tests.support.programs import open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(folder=tmp_path / "out")


@pytest.fixture
def program(qtbot: QtBot, person: Person) -> Iterator[Program]:
    with running_program(qtbot, person, coder="A") as running:
        yield running


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
