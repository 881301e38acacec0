"""The dialogs that ask: what they say, offer and answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import Qt, QTimer
from PyQt6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.coder import CoderDialog, ask_coder
from annotator.gui.dialogs.coder_name import coder_problem, tidy_coder
from annotator.gui.dialogs.files import as_session_file
from annotator.gui.dialogs.relocate import (
    Candidate,
    FilmMatch,
    RelocateDialog,
    Relocation,
    verdict,
)
from annotator.gui.dialogs.save_place import (
    SavePlaceDialog,
    ask_save_place,
    place_problem,
    suggested_place,
)
from annotator.gui.dialogs.unsaved import Leave, UnsavedDialog, unsaved_words
from annotator.model import Micros, Recording, RecordingRole

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
FILM = Recording("r", "talk.mp4", RecordingRole.ROOM, Micros(0), Micros(105_480_000), "sha")
EXPECTED = Path("films") / "talk.mp4"


@pytest.mark.parametrize("text", ["A", "AB", "Coder 2", "k.m-01", "Ł. Ö."])
def test_these_name_a_coder(text: str) -> None:
    assert coder_problem(text) == ""


@pytest.mark.parametrize("text", ["", "   ", "a/b", "x" * 25, "a\x07b"])
def test_these_do_not(text: str) -> None:
    assert coder_problem(text) != ""


def test_space_around_initials_is_not_kept() -> None:
    assert tidy_coder("  J \t K ") == "J K"


def test_the_coder_is_taken_once_the_field_holds_initials(qtbot: QtBot) -> None:
    dialog = CoderDialog()
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    assert dialog.problem.text() == ""
    qtbot.keyClicks(dialog.field, "a/b")
    assert "Leave out /" in dialog.problem.text()
    dialog.field.setText(" JK ")
    qtbot.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.coder == "JK"


@pytest.mark.parametrize(("key", "coder"), [(Qt.Key.Key_Return, "AB"), (Qt.Key.Key_Escape, "")])
def test_asking_answers_the_coder_or_nothing(qtbot: QtBot, key: Qt.Key, coder: str) -> None:
    QTimer.singleShot(0, lambda: qtbot.keyClick(QApplication.activeModalWidget(), key))
    assert ask_coder(None, "AB") == coder


@pytest.mark.parametrize(
    ("tags", "lost", "button"),
    [
        (0, "Your last changes are in this window only", "Close and lose the changes"),
        (1, "1 tag is in this window only", "Close and lose 1 tag"),
        (34, "34 tags are in this window only", "Close and lose 34 tags"),
    ],
)
def test_what_would_be_lost_is_said(tags: int, lost: str, button: str) -> None:
    words = unsaved_words("The disk is full.", tags)
    assert words.text.startswith("The disk is full.\n\n")
    assert lost in words.text
    assert words.give_up == button


def test_unsaved_work_is_not_lost_by_escape_or_enter(qtbot: QtBot) -> None:
    dialog = UnsavedDialog("The disk is full.", 3)
    qtbot.addWidget(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.answer is Leave.STAY
    dialog = UnsavedDialog("The disk is full.", 3)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.answer is Leave.SAVE_ELSEWHERE


def test_giving_up_takes_its_own_button(qtbot: QtBot) -> None:
    dialog = UnsavedDialog("The disk is full.", 3)
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.give_up_button, Qt.MouseButton.LeftButton)
    assert dialog.answer is Leave.GIVE_UP


def relocating(qtbot: QtBot, chosen: Path | None, candidate: Candidate) -> RelocateDialog:
    dialog = RelocateDialog(FILM, EXPECTED, lambda _path: candidate, lambda _parent, _at: chosen)
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    return dialog


def test_the_same_film_is_taken_at_once(qtbot: QtBot) -> None:
    dialog = relocating(qtbot, Path("new.mp4"), Candidate(FilmMatch.SAME))
    assert dialog.answer == Relocation(Path("new.mp4"), same=True)


def test_another_film_is_taken_only_after_a_warning(qtbot: QtBot) -> None:
    dialog = relocating(qtbot, Path("b.mp4"), Candidate(FilmMatch.OTHER, Micros(99_000_000)))
    assert dialog.answer is None
    assert "It is 0:01:39.000 long instead of 0:01:45.480." in dialog.warning.text()
    qtbot.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert dialog.answer == Relocation(Path("b.mp4"), same=False)


def test_a_file_that_is_no_film_cannot_be_used(qtbot: QtBot) -> None:
    found = Candidate(FilmMatch.UNREADABLE, problem="notes.txt is no film.")
    dialog = relocating(qtbot, Path("notes.txt"), found)
    assert dialog.warning.text() == "notes.txt is no film."
    assert dialog.use_button.isHidden()


def test_changing_ones_mind_changes_nothing(qtbot: QtBot) -> None:
    dialog = relocating(qtbot, None, Candidate(FilmMatch.SAME))
    assert dialog.warning.isHidden()
    qtbot.mouseClick(dialog.without_button, Qt.MouseButton.LeftButton)
    assert dialog.answer is None


def test_films_of_one_length_may_differ() -> None:
    said = verdict(FILM, "b.mp4", Candidate(FilmMatch.OTHER, FILM.duration))
    assert "as long, but its contents differ" in said
    assert verdict(FILM, "b.mp4", Candidate(FilmMatch.SAME)) == ""


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("talk", "talk.session.json"),
        ("talk.json", "talk.session.json"),
        ("talk.session.json", "talk.session.json"),
        ("talk.mp4", "talk.mp4.session.json"),
    ],
)
def test_session_files_have_their_ending(name: str, kept: str) -> None:
    assert as_session_file(Path(name)).name == kept


def test_a_free_name_is_suggested(tmp_path: Path) -> None:
    wanted = Path("films/talk.session.json")
    assert suggested_place(wanted, tmp_path).name == "talk.session.json"
    (tmp_path / "talk.session.json").touch()
    assert suggested_place(wanted, tmp_path).name == "talk 2.session.json"


def test_the_suggested_place_is_taken(qtbot: QtBot, tmp_path: Path) -> None:
    place = tmp_path / "talk.session.json"
    dialog = SavePlaceDialog(place, "The film's folder cannot be written.")
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert dialog.place == place


def test_another_place_can_be_chosen(qtbot: QtBot, tmp_path: Path) -> None:
    chosen = tmp_path / "mine.json"
    dialog = SavePlaceDialog(tmp_path / "a.session.json", "", lambda _parent, _at: chosen)
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    assert dialog.place == tmp_path / "mine.session.json"


def test_a_place_that_cannot_be_is_told_and_asked_again(qtbot: QtBot, tmp_path: Path) -> None:
    nowhere = tmp_path / "none" / "x.session.json"
    dialog = SavePlaceDialog(tmp_path / "a.session.json", "", lambda _parent, _at: nowhere)
    qtbot.addWidget(dialog)
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    assert dialog.place is None
    assert "There is no folder" in dialog.problem.text()
    assert place_problem(nowhere) == dialog.problem.text()


def test_saving_elsewhere_on_request_asks_the_system_at_once(tmp_path: Path) -> None:
    chosen = ask_save_place(None, tmp_path / "a", "", lambda _parent, at: at.with_name("b"))
    assert chosen == tmp_path / "b.session.json"
    assert ask_save_place(None, tmp_path / "a", "", lambda _parent, _at: None) is None
