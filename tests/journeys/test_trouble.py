"""When disks, folders, films and files fail: the person is told, and nothing is lost."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs import Leave
from annotator.gui.document import SaveState
from annotator.model import Interval, Micros
from annotator.storage.paths import shipped
from annotator.storage.store import SessionStore
from tests.support.folders import SmallDisk, small_disk
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.timing_clips import UNPLAYABLE, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
AT = Interval(Micros(0), Micros(0))


def copy_clip(clip_of: ClipOf, folder: Path, name: str = "talk.mp4") -> Path:
    return Path(shutil.copy(clip_of(ClipKind.FPS_25).path, folder / name))


def codes_in(session: Path) -> list[str]:
    passes = json.loads(session.read_text(encoding="utf-8"))["passes"]
    return [tag["code"] for one in passes for tag in one["tags"]]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as made:
        yield made


def test_a_film_in_a_read_only_folder_gets_its_session_elsewhere(
    qtbot: QtBot, clip_of: ClipOf, disk: SmallDisk, tmp_path: Path
) -> None:
    film = copy_clip(clip_of, disk.folder)
    disk.protect()
    place = tmp_path / "talk.session.json"
    answers = Answers(place=place)
    with running_program(qtbot, answers) as program:
        desk = open_and_wait(qtbot, program, film)
        desk.document.add_tag("reflection", AT)
    assert "cannot be written" in answers.asked[0]
    assert codes_in(place) == ["reflection"]


def test_a_session_in_a_read_only_folder_opens_and_can_be_saved_elsewhere(
    qtbot: QtBot, clip_of: ClipOf, disk: SmallDisk, tmp_path: Path
) -> None:
    session = copy_clip(clip_of, disk.folder).with_name("talk.session.json")
    place = tmp_path / "saved.session.json"
    with running_program(qtbot, Answers()) as program:
        open_and_wait(qtbot, program, session.with_name("talk.mp4"))
    disk.protect()
    with running_program(qtbot, Answers(place=place)) as program:
        desk = open_and_wait(qtbot, program, session)
        assert "nothing can be changed" in notices(program)
        assert "read-only" in program.window.windowTitle()
        program.window.actions_table.by_id["save_as"].trigger()
        qtbot.wait_until(lambda: desk.document.state is SaveState.SAVED)
        assert "nothing can be changed" not in notices(program)
        desk.press_code("reflection")
        assert len(desk.document.tags) == 1
    assert codes_in(place) == ["reflection"]


def test_work_that_a_full_disk_refused_can_be_saved_elsewhere(
    qtbot: QtBot, clip_of: ClipOf, disk: SmallDisk, tmp_path: Path
) -> None:
    film = copy_clip(clip_of, disk.folder)
    place = tmp_path / "saved.session.json"
    with running_program(qtbot, Answers(place=place)) as program:
        desk = open_and_wait(qtbot, program, film)
        disk.fill()
        for _ in range(40):
            desk.document.add_tag("reflection", AT)
        qtbot.wait_until(lambda: desk.document.state is SaveState.FAILED)
        assert "Your work is kept in this window" in notices(program)
        assert "NOT SAVED" in program.window.windowTitle()
        program.window.actions_table.by_id["save_as"].trigger()
        qtbot.wait_until(lambda: desk.document.state is SaveState.SAVED)
        assert "Your work is kept" not in notices(program)
    assert codes_in(place) == ["reflection"] * 40
    recordings = json.loads(place.read_text(encoding="utf-8"))["recordings"]
    assert (place.parent / recordings[0]["path"]).resolve() == film.resolve()


def test_a_full_disk_is_told_at_once_and_the_work_goes_there_when_there_is_room(
    qtbot: QtBot, clip_of: ClipOf, disk: SmallDisk
) -> None:
    film = copy_clip(clip_of, disk.folder)
    answers = Answers()
    with running_program(qtbot, answers) as program:
        desk = open_and_wait(qtbot, program, film)
        desk.document.add_tag("reflection", AT)
        qtbot.wait_until(lambda: desk.document.state is SaveState.JOURNALLED)
        disk.fill()
        for _ in range(40):
            desk.document.add_tag("open_question", AT)
        qtbot.wait_until(lambda: desk.document.state is SaveState.FAILED)
        assert "full" in notices(program)
        assert "full" in program.window.parts.status.state_text
        program.close_session(lambda: None)
        qtbot.wait_until(lambda: bool(answers.asked))
        assert answers.asked[-1].startswith("leave 41 tags")
        assert program.desk is desk
        disk.empty()
        desk.document.save()
        qtbot.wait_until(lambda: desk.document.state is SaveState.SAVED)
        assert "full" not in notices(program)
        assert "full" not in program.window.parts.status.state_text
    assert len(codes_in(film.with_name("talk.session.json"))) == 41


def test_quitting_without_saving_is_the_persons_own_choice(
    qtbot: QtBot, clip_of: ClipOf, disk: SmallDisk
) -> None:
    film = copy_clip(clip_of, disk.folder)
    answers = Answers(leaving=Leave.GIVE_UP)
    with running_program(qtbot, answers) as program:
        desk = open_and_wait(qtbot, program, film)
        disk.fill()
        for _ in range(40):
            desk.document.add_tag("open_question", AT)
        qtbot.wait_until(lambda: desk.document.state is SaveState.FAILED)
        program.close_session(lambda: None)
        qtbot.wait_until(lambda: program.desk is None)
    assert answers.asked


def test_a_session_that_another_program_has_open_can_be_read_and_not_changed(
    qtbot: QtBot, clip_of: ClipOf, tmp_path: Path
) -> None:
    film = copy_clip(clip_of, tmp_path)
    session = film.with_name("talk.session.json")
    with running_program(qtbot, Answers()) as program:
        open_and_wait(qtbot, program, film).document.add_tag("reflection", AT)
    other = SessionStore.open(session, "Ruth")
    with running_program(qtbot, Answers()) as program:
        desk = open_and_wait(qtbot, program, session)
        assert desk.document.state is SaveState.READ_ONLY
        assert "Ruth" in notices(program)
        desk.press_code("reflection")
        assert len(desk.document.tags) == 1
    other.store.close()


def test_what_a_killed_program_had_written_comes_back_and_is_said(
    qtbot: QtBot, clip_of: ClipOf, tmp_path: Path
) -> None:
    film = copy_clip(clip_of, tmp_path)
    session = film.with_name("talk.session.json")
    with running_program(qtbot, Answers()) as program:
        desk = open_and_wait(qtbot, program, film)
        desk.document.save()
        qtbot.wait_until(lambda: desk.document.state is SaveState.SAVED)
        before = session.read_bytes()
        for _ in range(3):
            desk.document.add_tag("affirmation", AT)
        qtbot.wait_until(lambda: desk.document.state is SaveState.JOURNALLED)
        journal = session.with_name("talk.session.json.journal").read_bytes()
    session.write_bytes(before)
    session.with_name("talk.session.json.journal").write_bytes(journal)
    with running_program(qtbot, Answers()) as program:
        desk = open_and_wait(qtbot, program, session)
        assert [tag.code for tag in desk.document.tags] == ["affirmation"] * 3
        assert notices(program) != ""


def test_a_film_that_moved_is_found_by_what_is_in_it(
    qtbot: QtBot, clip_of: ClipOf, tmp_path: Path
) -> None:
    study = tmp_path / "study" / "case"
    (study / "films").mkdir(parents=True)
    film = copy_clip(clip_of, study)
    session = film.with_name("talk.session.json")
    with running_program(qtbot, Answers()) as program:
        open_and_wait(qtbot, program, film)
    film.rename(study / "films" / "renamed.mp4")
    answers = Answers()
    with running_program(qtbot, answers) as program:
        open_and_wait(qtbot, program, session)
        assert "renamed.mp4" in notices(program)
    assert answers.asked == []
    recordings = json.loads(session.read_text(encoding="utf-8"))["recordings"]
    assert recordings[0]["path"] == "films/renamed.mp4"


def test_a_film_that_is_gone_is_asked_for_once_and_the_tags_are_there_without_it(
    qtbot: QtBot, clip_of: ClipOf, tmp_path: Path
) -> None:
    study = tmp_path / "study" / "case"
    study.mkdir(parents=True)
    film = copy_clip(clip_of, study)
    session = film.with_name("talk.session.json")
    with running_program(qtbot, Answers()) as program:
        open_and_wait(qtbot, program, film).document.add_tag("reflection", AT)
    film.unlink()
    answers = Answers()
    with running_program(qtbot, answers) as program:
        program.open(session)
        qtbot.wait_until(lambda: "not found" in notices(program))
        assert "is not there" in program.window.parts.picture.message
        assert program.desk is not None
        assert len(program.desk.document.tags) == 1
    assert len(answers.asked) == 1


@pytest.mark.parametrize("kind", UNPLAYABLE)
def test_a_broken_film_is_refused_in_words_and_leaves_nothing_behind(
    qtbot: QtBot, clip_of: ClipOf, tmp_path: Path, kind: ClipKind
) -> None:
    film = Path(shutil.copy(clip_of(kind).path, tmp_path / "broken.mp4"))
    with running_program(qtbot, Answers()) as program:
        program.open(film)
        qtbot.wait_until(lambda: "broken.mp4" in notices(program))
        assert program.desk is None
    assert list(tmp_path.glob("broken*")) == [film]


def test_a_broken_session_file_is_refused_with_its_place_and_left_as_it_is(
    qtbot: QtBot, tmp_path: Path
) -> None:
    session = tmp_path / "talk.session.json"
    session.write_text('{"format": "annotator-session", "version": 1, "id": 7', encoding="utf-8")
    before = session.read_bytes()
    with running_program(qtbot, Answers()) as program:
        program.open(session)
        qtbot.wait_until(lambda: "talk.session.json" in notices(program))
        assert program.desk is None
    assert session.read_bytes() == before


def test_the_sample_is_as_it_was_shipped() -> None:
    assert len(codes_in(shipped("first-session") / "first-session.session.json")) > 50
