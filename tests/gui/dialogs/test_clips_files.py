"""The system's dialogs for clips: what they are asked, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices

from annotator.gui.dialogs.withdraw import WithdrawDialog
from annotator.gui.questions import Questions
from tests.gui.dialogs.test_export_files import Dialogs


def test_a_list_is_chosen_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Dialogs(monkeypatch, str(tmp_path / "moments.csv"), "")
    questions = Questions()
    assert questions.choose_clips_list() == tmp_path / "moments.csv"
    assert questions.choose_clips_list() is None
    assert shown.asked[0][0] == "A list of moments"


def test_only_what_is_there_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    assert Questions().open_outside(tmp_path)
    assert not Questions().open_outside(tmp_path / "gone")
    assert [Path(one) for one in opened] == [tmp_path]


@pytest.mark.usefixtures("qapp")
def test_a_withdrawal_is_asked_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WithdrawDialog, "exec", lambda _dialog: WithdrawDialog.DialogCode.Accepted)
    assert Questions().may_withdraw("C07", "No export may show C07.")
