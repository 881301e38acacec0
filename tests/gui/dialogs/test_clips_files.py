"""The system's dialogs for clips and certificates: what they are asked, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices

from annotator.errors import AnnotatorError
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


@pytest.mark.parametrize("ending", [".pdf", ".html"])
@pytest.mark.usefixtures("qapp")
def test_a_certificate_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    place = tmp_path / f"page{ending}"
    shown = Dialogs(monkeypatch, str(place))
    assert Questions().keep_certificate("# Certificate\n\nC07 withdrew.", "withdrawal-C07") == place
    assert place.stat().st_size > 500
    title, start, _kinds = shown.asked[0]
    assert title == "Keep the certificate as a file"
    assert Path(start).name == "withdrawal-C07.pdf"


def test_a_certificate_that_cannot_be_written_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Dialogs(monkeypatch, str(tmp_path / "gone" / "page.pdf"), "")
    with pytest.raises(AnnotatorError, match="could not be written"):
        Questions().keep_certificate("# Certificate", "x")
    assert Questions().keep_certificate("# Certificate", "x") is None


@pytest.mark.usefixtures("qapp")
def test_a_withdrawal_is_asked_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WithdrawDialog, "exec", lambda _dialog: WithdrawDialog.DialogCode.Accepted)
    assert Questions().may_withdraw("C07", "No export may show C07.")
