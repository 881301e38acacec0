"""What happens where silences cannot be found or cannot be tagged."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from annotator.editing import Edit
from annotator.errors import AnnotatorError
from annotator.gui.app import Program
from annotator.gui.document import Document
from annotator.gui.proposals import CHOOSE_CODE, NO_CODE
from annotator.storage.sample import copy_sample
from tests.support.held_sound import sound_held
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip

PATIENCE_MS = 10_000


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, Answers(place=tmp_path / "talk.session.json")) as running:
        yield running


@pytest.fixture
def session(tmp_path: Path) -> Path:
    return copy_sample(tmp_path / "first-session")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Let listening begin, and go no further until it is set."""
    with sound_held(monkeypatch) as go_on:
        yield go_on


def find(program: Program) -> None:
    program.window.actions_table.by_id["find_silences"].trigger()


def press(program: Program, action_id: str) -> None:
    program.window.actions_table.by_id[action_id].trigger()


def with_codes(session: Path, change: Callable[[dict[str, object]], None]) -> None:
    """Change each code of a session file, and drop what was tagged with them."""
    content = json.loads(session.read_text(encoding="utf-8"))
    for code in content["codebook"]["codes"]:
        change(code)
    content["passes"] = []
    session.write_text(json.dumps(content), encoding="utf-8")


def document_of(program: Program) -> Document:
    assert program.desk is not None
    return program.desk.document


def test_the_pass_of_another_coder_is_left_alone(
    qtbot: QtBot, program: Program, session: Path
) -> None:
    open_and_wait(qtbot, program, session)
    document = document_of(program)
    document.show_pass(document.session.passes[0].id)
    find(program)
    assert not program.proposals.is_open
    assert "These are the tags of coder A: choose your own pass first." in notices(program)


def test_a_session_that_is_read_only_says_why(
    qtbot: QtBot, program: Program, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_wait(qtbot, program, session)
    monkeypatch.setattr(Document, "read_only_reason", "It lies on a disk that is read-only.")
    document_of(program).code_as("somebody else")  # what was found out before is asked anew
    find(program)
    assert not program.proposals.is_open
    assert "It lies on a disk that is read-only." in notices(program)


def test_a_film_without_sound_says_so(
    qtbot: QtBot, program: Program, tmp_path: Path, clip_of: Callable[[ClipKind], TimingClip]
) -> None:
    film = shutil.copy(clip_of(ClipKind.NO_AUDIO).path, tmp_path / "mute.mp4")
    open_and_wait(qtbot, program, Path(film))
    find(program)
    qtbot.wait_until(lambda: not program.proposals.is_open, timeout=PATIENCE_MS)
    assert "No recording of this session has sound" in notices(program)


def test_a_book_without_stretches_says_so(qtbot: QtBot, program: Program, session: Path) -> None:
    with_codes(session, lambda code: code.update(kind="point"))
    open_and_wait(qtbot, program, session)
    find(program)
    assert not program.proposals.is_open
    assert NO_CODE in notices(program)


def test_without_a_code_for_silence_one_must_be_chosen_first(
    qtbot: QtBot, program: Program, session: Path
) -> None:
    def rename(code: dict[str, object]) -> None:
        code.update(kind="span")
        if code["id"] == "silence":
            code["id"] = "stillness"

    with_codes(session, rename)
    open_and_wait(qtbot, program, session)
    find(program)
    qtbot.wait_until(lambda: bool(program.proposals.listed.shown), timeout=PATIENCE_MS)
    press(program, "accept_proposal")
    press(program, "accept_all")
    assert CHOOSE_CODE in notices(program)
    assert document_of(program).tags == ()
    bar = program.window.parts.proposals
    bar.code.setCurrentIndex(bar.code.findData("stillness"))
    press(program, "accept_proposal")
    assert [tag.code for tag in document_of(program).tags] == ["stillness"]


def test_listening_can_be_cancelled(
    qtbot: QtBot, program: Program, session: Path, held: Event
) -> None:
    program.footage._waving.set_wanted(False)
    open_and_wait(qtbot, program, session)
    find(program)
    bar = program.window.parts.proposals
    assert bar.progress.isVisible()
    press(program, "accept_proposal")
    press(program, "next_proposal")
    press(program, "play_proposal")
    assert "still being heard" in program.window.parts.status.message
    assert document_of(program).tags == ()
    bar.buttons["end_proposals"].click()
    assert not program.proposals.is_open
    held.set()
    find(program)
    qtbot.wait_until(lambda: len(program.proposals.listed.shown) == 2, timeout=PATIENCE_MS)


def test_wishes_made_while_it_listens_count(
    qtbot: QtBot, program: Program, session: Path, held: Event
) -> None:
    program.footage._waving.set_wanted(False)
    open_and_wait(qtbot, program, session)
    find(program)
    program.window.parts.proposals.minimum.setValue(5.0)
    held.set()
    qtbot.wait_until(lambda: len(program.proposals.listed.shown) == 1, timeout=PATIENCE_MS)
    assert program.proposals.listed.shown[0].interval.length > 5_000_000


def test_a_tag_that_the_session_refuses_leaves_the_proposal_open(
    qtbot: QtBot, program: Program, session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_and_wait(qtbot, program, session)
    find(program)
    qtbot.wait_until(lambda: len(program.proposals.listed.shown) == 2, timeout=PATIENCE_MS)
    press(program, "accept_proposal")
    press(program, "previous_proposal")

    def refuse(_document: Document, _edit: Edit) -> None:
        raise AnnotatorError("The disk was taken away.")

    monkeypatch.setattr(Document, "push", refuse)
    press(program, "reject_proposal")
    assert "The disk was taken away." in notices(program)
    assert program.proposals.listed.shown[0].decision.value == "accepted"
    press(program, "next_proposal")
    press(program, "accept_proposal")
    assert len(program.proposals.listed.open) == 1
    assert len(document_of(program).tags) == 1
