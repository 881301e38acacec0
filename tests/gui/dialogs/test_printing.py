"""The page of keys on paper and in files, or why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.errors import AnnotatorError
from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs import printing
from annotator.gui.dialogs.keys_page import keys_page

PAGE = keys_page(ACTIONS, None)


def test_the_keys_are_kept_as_pdf(qtbot: QtBot, tmp_path: Path) -> None:
    assert qtbot
    path = tmp_path / "keys.pdf"
    printing.keep_page(PAGE, path)
    data = path.read_bytes()
    assert data.startswith(b"%PDF")
    assert len(data) > 10_000


def test_the_keys_are_kept_as_a_web_page(qtbot: QtBot, tmp_path: Path) -> None:
    assert qtbot
    path = tmp_path / "keys.html"
    printing.keep_page(PAGE, path)
    text = path.read_text(encoding="utf-8")
    assert "<table" in text
    assert "Play or pause" in text


@pytest.mark.parametrize("name", ["keys.pdf", "keys.html"])
def test_a_place_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path, name: str) -> None:
    assert qtbot
    with pytest.raises(AnnotatorError, match="could not be written"):
        printing.keep_page(PAGE, tmp_path / "missing" / name)


@pytest.mark.parametrize("has_library", [True, False])
def test_without_a_printer_it_says_so_and_what_to_do(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, has_library: bool
) -> None:
    assert qtbot

    class NoPrinters:
        class QPrinterInfo:
            @staticmethod
            def availablePrinterNames() -> list[str]:
                return []

    def loaded(name: str) -> object:
        if not has_library:
            raise ImportError(name)
        return NoPrinters

    monkeypatch.setattr(printing, "import_module", loaded)
    with pytest.raises(AnnotatorError, match=r"No printer .* PDF"):
        printing.print_page(PAGE, None)
