"""The ways into a session: dropped, from the list, one after another, and as another coder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, QPointF, Qt, QUrl
from PyQt6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from annotator.gui.document import SaveState
from annotator.model import Interval, Micros
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
AT = Interval(Micros(0), Micros(0))


@pytest.fixture
def film(clip_of: ClipOf, tmp_path: Path) -> Path:
    return Path(shutil.copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4"))


def coders_in(session: Path) -> dict[str, int]:
    passes = json.loads(session.read_text(encoding="utf-8"))["passes"]
    return {one["coder"]: len(one["tags"]) for one in passes}


def test_a_film_dropped_on_the_window_opens(qtbot: QtBot, film: Path) -> None:
    with running_program(qtbot, Answers()) as program:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(film))])
        event = QDropEvent(
            QPointF(300, 300),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        program.window.dropEvent(event)
        qtbot.wait_until(lambda: program.player.frame_index == 0)
        assert event.isAccepted()


def test_a_session_opened_before_is_in_the_list_and_opens_from_there(
    qtbot: QtBot, film: Path
) -> None:
    with running_program(qtbot, Answers()) as program:
        open_and_wait(qtbot, program, film)
        program.close_session(lambda: None)
        qtbot.wait_until(lambda: program.desk is None)
        (recent,) = program.settings.recent
        assert recent.path == film.with_name("talk.session.json")
        program.window.parts.welcome.recent_requested.emit(str(recent.path))
        qtbot.wait_until(lambda: program.desk is not None)


def test_opening_another_session_saves_the_first(qtbot: QtBot, film: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(film, tmp_path / "other.mp4"))
    with running_program(qtbot, Answers()) as program:
        first = open_and_wait(qtbot, program, film)
        first.document.add_tag("reflection", AT)
        program.open(other)
        qtbot.wait_until(lambda: program.desk is not None and program.desk is not first)
        assert coders_in(film.with_name("talk.session.json")) == {"AB": 1}
        assert not film.with_name("talk.session.json.lock").exists()


def test_a_running_stretch_ends_where_the_session_is_closed(qtbot: QtBot, film: Path) -> None:
    with running_program(qtbot, Answers()) as program:
        desk = open_and_wait(qtbot, program, film)
        desk.press_code("silence")
        program.player.seek_frame(10)
        qtbot.wait_until(lambda: program.player.frame_index == 10)
    session = json.loads(film.with_name("talk.session.json").read_text(encoding="utf-8"))
    (tag,) = session["passes"][0]["tags"]
    assert (tag["code"], tag["start"], tag["end"]) == ("silence", 0.0, 0.4)


def test_nobody_is_asked_twice_who_is_coding(qtbot: QtBot, film: Path) -> None:
    class Asked(Answers):
        def ask_coder(self, coder: str) -> str:
            self.asked.append(f"coder {coder}")
            return "RK"

    answers = Asked()
    with running_program(qtbot, answers, coder="") as program:
        open_and_wait(qtbot, program, film).document.add_tag("reflection", AT)
        program.close_session(lambda: None)
        qtbot.wait_until(lambda: program.desk is None)
        open_and_wait(qtbot, program, film)
        assert program.settings.coder == "RK"
    assert answers.asked == ["coder "]
    assert coders_in(film.with_name("talk.session.json")) == {"RK": 1}


def test_another_coder_codes_beside_the_first_and_leaves_her_tags_alone(
    qtbot: QtBot, tmp_path: Path
) -> None:
    session = copy_sample(tmp_path / "sample")
    before = coders_in(session)
    with running_program(qtbot, Answers(), coder="RK") as program:
        desk = open_and_wait(qtbot, program, session)
        assert desk.document.tags == ()
        assert "anew as RK" in notices(program)
        assert "The tags of coders A and B can be looked at" in notices(program)
        first = desk.document.session.pass_of("A")
        assert first is not None
        desk.document.show_pass(first.id)
        assert len(desk.document.tags) == before["A"]
        desk.press_code("reflection")
        assert "choose your own pass" in notices(program)
        desk.select(frozenset({first.tags[0].id}))
        desk.delete_selected()
        assert len(desk.document.tags) == before["A"]
        desk.document.code_as("RK")
        desk.press_code("reflection")
        desk.document.save()
        qtbot.wait_until(lambda: desk.document.state is SaveState.SAVED)
    assert coders_in(session) == {**before, "RK": 1}
