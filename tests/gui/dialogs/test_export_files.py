"""The system's dialogs for foreign files: what they are asked, and what comes of the answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QFileDialog

from annotator.gui.questions import Questions

ELAN = ("ELAN", (".eaf",))


class Dialogs:
    """Answers the system's dialogs in turn, and remembers what they were asked."""

    def __init__(self, patch: pytest.MonkeyPatch, *answers: str) -> None:
        self._answers = list(answers)
        self.asked: list[tuple[str, ...]] = []
        for name in ("getOpenFileName", "getSaveFileName"):
            patch.setattr(QFileDialog, name, self._answer)
        patch.setattr(QFileDialog, "getExistingDirectory", self._folder)

    def _answer(self, _parent: object, *asked: str, **_options: object) -> tuple[str, str]:
        self.asked.append(asked)
        return self._answers.pop(0), ""

    def _folder(self, _parent: object, *asked: str) -> str:
        self.asked.append(asked)
        return self._answers.pop(0)


def place(*answers: str, start: Path, patch: pytest.MonkeyPatch) -> tuple[Path | None, Dialogs]:
    shown = Dialogs(patch, *answers)
    return Questions().choose_export_place(start / "talk.eaf", *ELAN), shown


def test_a_name_without_an_ending_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen, shown = place(str(tmp_path / "out"), start=tmp_path, patch=monkeypatch)
    assert chosen == tmp_path / "out.eaf"
    title, start, filters = shown.asked[0]
    assert (title, start, filters) == (
        "Export as ELAN",
        str(tmp_path / "talk.eaf"),
        "ELAN (*.eaf)",
    )


def test_what_is_there_is_asked_about_by_its_whole_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out.eaf").touch()
    answers = (str(tmp_path / "out"), str(tmp_path / "out.eaf"))
    chosen, shown = place(*answers, start=tmp_path, patch=monkeypatch)
    assert chosen == tmp_path / "out.eaf"
    assert shown.asked[1][1] == str(tmp_path / "out.eaf")
    chosen, shown = place(answers[0], "", start=tmp_path, patch=monkeypatch)
    assert chosen is None


def test_no_place_is_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen, shown = place("", start=tmp_path, patch=monkeypatch)
    assert chosen is None
    assert len(shown.asked) == 1


def test_the_next_import_begins_in_the_folder_of_the_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Dialogs(monkeypatch, str(tmp_path / "a.eaf"), "")
    questions = Questions()
    kinds: Sequence[tuple[str, tuple[str, ...]]] = [ELAN]
    assert questions.choose_import(kinds) == tmp_path / "a.eaf"
    assert questions.choose_import(kinds) is None
    assert shown.asked[1][1] == str(tmp_path)
    assert "ELAN (*.eaf *.EAF)" in shown.asked[0][2]


def test_a_new_session_has_the_ending_of_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Dialogs(monkeypatch, str(tmp_path / "talk"), str(tmp_path), "", "")
    questions = Questions()
    wanted = tmp_path / "talk.session.json"
    assert questions.choose_new_session(wanted) == wanted
    assert questions.choose_sessions_folder(tmp_path) == tmp_path
    assert questions.choose_new_session(wanted) is None
    assert questions.choose_sessions_folder(tmp_path) is None
