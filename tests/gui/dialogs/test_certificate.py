"""A certificate on paper: laid out page by page, printed, kept, and shown before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage, QPainter, QPdfWriter
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtPrintSupport import QPrinter
from PyQt6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from annotator.gui.dialogs import printing
from annotator.gui.dialogs.certificate_paper import PER_MM, Paper, Sheets
from annotator.gui.dialogs.certificate_window import PRINTED, CertificateWindow, pictures
from annotator.gui.questions import Questions
from annotator.model import ConsentScope
from annotator.model.certificate import (
    CANNOT_PROVE,
    Certificate,
    export_certificate,
    withdrawal_certificate,
    withdrawal_of,
)
from annotator.model.export_record import Logged
from annotator.model.participant import ConsentStatus
from tests.gui.dialogs.test_export_files import Dialogs
from tests.support.exports import GIVEN, NAMES, TODAY, WHEN, exported, told_session

LEFT = Qt.MouseButton.LeftButton
GONE = replace(GIVEN, status=ConsentStatus.WITHDRAWN, withdrawn="2026-05-01", note="")
SIGNED = ("Place, date", "Name, function, signature")


def certificate(count: int) -> Certificate:
    """Certify a withdrawal, after which there were so many exports, each second one deleted."""
    given = told_session()
    session = replace(given, participants=(replace(given.participants[0], consent=GONE),))
    exports = [
        Logged(exported(given, f"x{number}"), "E1", number + 1, recalled=WHEN if number % 2 else "")
        for number in range(count)
    ]
    return withdrawal_certificate(session, withdrawal_of(session.participants[0], exports), TODAY)


def pages_of(path: Path) -> list[str]:
    pdf = QPdfDocument(None)
    assert pdf.load(str(path)) is QPdfDocument.Error.None_
    found = [" ".join(pdf.getAllText(page).text().split()) for page in range(pdf.pageCount())]
    pdf.close()
    return found


@pytest.mark.usefixtures("qapp")
def test_a_certificate_as_pdf_tells_all_and_has_room_to_sign(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    printing.keep_certificate(certificate(1), path)
    (page,) = pages_of(path)
    for told in (
        "Certificate of a withdrawal of consent",
        "C01 (client) withdrew consent on 2026-05-01.",
        "1 export is not known to be deleted yet.",
        "Export x0",
        "To be deleted by 2027-03-01",
        "Files s1-x0.mp4 (",
        "State made, not called back",
        CANNOT_PROVE,
        *SIGNED,
        "Page 1 of 1",
    ):
        assert told in page
    data = path.read_bytes()
    assert not [name for name in (*NAMES, "/home") if name in page or name.encode() in data]


@pytest.mark.usefixtures("qapp")
def test_there_is_room_for_a_hand_above_the_lines_to_sign_on() -> None:
    sheets = Sheets(certificate(1), Paper(170 * PER_MM, 257 * PER_MM))
    per_mm = 4
    page = QImage(170 * per_mm, 240 * per_mm, QImage.Format.Format_RGB32)
    page.fill(Qt.GlobalColor.white)
    painter = QPainter(page)
    painter.scale(per_mm / PER_MM, per_mm / PER_MM)
    sheets.paint(painter, 0)
    painter.end()
    inked = [
        any(page.pixelColor(x, y).lightness() < 200 for x in range(0, page.width(), 2))
        for y in range(page.height())
    ]
    told = "".join("x" if one else " " for one in inked).rstrip()
    widest = max(len(gap) for gap in told.split("x"))
    assert widest >= 18 * per_mm


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("count", [3, 9])
def test_no_export_is_torn_and_the_signature_stands_with_what_is_signed(
    tmp_path: Path, count: int
) -> None:
    path = tmp_path / "page.pdf"
    printing.keep_certificate(certificate(count), path)
    pages = pages_of(path)
    assert len(pages) > 1
    for number, page in enumerate(pages, 1):
        assert page.count("Export x") == page.count("State ")
        assert f"Session s1 Page {number} of {len(pages)}" in page
        assert (CANNOT_PROVE in page) == (number == len(pages))
        assert all((told in page) == (number == len(pages)) for told in SIGNED)
    assert sum(page.count("Export x") for page in pages) == count


@pytest.mark.usefixtures("qapp")
def test_text_longer_than_a_page_is_all_there(tmp_path: Path) -> None:
    session, path = told_session(), tmp_path / "page.pdf"
    reason = " ".join(f"reason{number}" for number in range(1500))
    record = exported(session, "x1", level=ConsentScope.PUBLIC, override=reason)
    printing.keep_certificate(export_certificate(session, Logged(record, "E1", 1), TODAY), path)
    pages = pages_of(path)
    assert len(pages) > 1
    assert all(f"reason{number}" in " ".join(pages) for number in (0, 700, 1499))


@pytest.mark.usefixtures("qapp")
def test_as_a_web_page_it_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    printing.keep_certificate(certificate(2), path)
    text = path.read_text(encoding="utf-8")
    assert "withdrew consent on 2026-05-01" in text
    assert "Export x1" in text


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Give where a printer prints to, that is chosen whenever one is asked for."""
    path = tmp_path / "printed.pdf"

    class Support:
        class QPrinterInfo:
            @staticmethod
            def availablePrinterNames() -> list[str]:
                return ["one"]

        class QPrinter(QPrinter):
            def setDocName(self, name: str | None) -> None:
                super().setDocName(name)
                self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
                self.setOutputFileName(str(path))

        class QPrintDialog:
            answer = QDialog.DialogCode.Accepted

            def __init__(self, *_: object) -> None: ...

            def exec(self) -> QDialog.DialogCode:
                return self.answer

    monkeypatch.setattr(printing, "import_module", lambda _name: Support)
    return path


@pytest.mark.usefixtures("qapp")
def test_what_is_printed_is_what_is_kept(printer: Path, tmp_path: Path) -> None:
    assert printing.print_certificate(certificate(2), None)
    printing.keep_certificate(certificate(2), tmp_path / "kept.pdf")
    assert pages_of(printer) == pages_of(tmp_path / "kept.pdf")


@pytest.mark.usefixtures("qapp")
def test_nothing_is_printed_where_no_printer_is_chosen(
    printer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = printing.import_module("").QPrintDialog
    monkeypatch.setattr(dialog, "answer", QDialog.DialogCode.Rejected)
    assert not printing.print_certificate(certificate(1), None)
    assert not printer.exists()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> CertificateWindow:
    def save(wanted: Certificate, _over: object) -> Path:
        printing.keep_certificate(wanted, tmp_path / "kept.pdf")
        return tmp_path / "kept.pdf"

    made = CertificateWindow(certificate(3), save, lambda _page, _over: True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_pages_are_shown_as_they_will_be(window: CertificateWindow) -> None:
    assert len(window.pages) == 2
    assert "withdrew consent" in window.pages[0].accessibleDescription()
    first, second = pictures(certificate(3), 2.0)
    assert (first.width(), first.devicePixelRatio()) == (1280, 2.0)
    assert first != second
    corner, ink = (
        first.pixelColor(2, 2).name(),
        min(
            first.pixelColor(x, y).lightness()
            for x in range(150, 700, 2)
            for y in range(150, 220, 2)
        ),
    )
    assert corner == "#ffffff", "whatever the window wears"
    assert ink < 60


def test_it_is_kept_and_printed_from_the_window(
    qtbot: QtBot, window: CertificateWindow, tmp_path: Path
) -> None:
    qtbot.mouseClick(window.save_button, LEFT)
    assert window.told == f"The certificate is kept: {tmp_path / 'kept.pdf'}"
    assert window.done_label.text() == window.told
    qtbot.mouseClick(window.print_button, LEFT)
    assert window.told == PRINTED
    qtbot.mouseClick(window.close_button, LEFT)
    assert not window.isVisible()


def test_without_a_printer_the_window_says_what_to_do(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(printing, "import_module", missing)
    shown = Dialogs(monkeypatch, str(tmp_path / "gone" / "page.pdf"), "", str(tmp_path / "c.pdf"))
    seen: list[str] = []

    def press(made: CertificateWindow) -> int:
        for button in (made.print_button, *[made.save_button] * 3):
            qtbot.mouseClick(button, LEFT)
            seen.append(made.trouble.text() or made.done_label.text())
        return 0

    monkeypatch.setattr(CertificateWindow, "exec", press)
    told = Questions().show_certificate(certificate(1), "withdrawal-C07")
    assert "No printer is set up on this computer. Save the certificate as a PDF" in seen[0]
    assert "could not be written" in seen[1]
    assert seen[2] == ""
    assert seen[3] == told == f"The certificate is kept: {tmp_path / 'c.pdf'}"
    title, start, _kinds = shown.asked[0]
    assert title == "Keep the certificate as a file"
    assert Path(start).name == "withdrawal-C07.pdf"


@pytest.mark.usefixtures("qapp")
def test_a_file_of_another_margin_is_still_laid_out_whole(tmp_path: Path) -> None:
    writer = QPdfWriter(str(tmp_path / "small.pdf"))
    writer.setResolution(96)
    printing.paint_on(writer, certificate(2))
    del writer
    assert "Page 1 of" in pages_of(tmp_path / "small.pdf")[0]
