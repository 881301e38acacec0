"""Shows a certificate as it will be on paper, to be printed and signed, or kept as a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QPointF, Qt
from PyQt6.QtGui import QImage, QPainter, QPixmap
from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.dialogs.certificate_paper import LINE, PER_MM, Paper, Sheets
from annotator.gui.dialogs.pieces import (
    BETWEEN,
    button_row,
    paragraph,
    prepare,
    resize_within,
    warn,
)
from annotator.gui.dialogs.printing import (
    A4_MM,
    CERTIFICATE_MARGINS_MM,
    choose_certificate_place,
    keep_certificate,
    print_certificate,
)
from annotator.model.certificate import Certificate

SIZE = (760, 820)
PAGE_WIDTH = 640
PRINTED = "The certificate was sent to the printer."

Save = Callable[[Certificate, QWidget], Path | None]
Print = Callable[[Certificate, QWidget], bool]


class CertificateWindow(QDialog):
    """Tells in `told` what was done last; empty where nothing was.

    `save` and `printing` ask where, and raise AnnotatorError where that cannot be.
    """

    def __init__(
        self,
        certificate: Certificate,
        save: Save,
        printing: Print,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.told = ""
        self._certificate, self._save, self._printing = certificate, save, printing
        self.trouble = warn(paragraph(""))
        self.done_label = paragraph("")
        self.print_button, self.close_button = QPushButton("Print…"), QPushButton("Close")
        self.save_button = QPushButton("Save as PDF…")
        self.pages = [_shown(one) for one in pictures(certificate, self.devicePixelRatioF())]
        self._lay_out()
        self.print_button.clicked.connect(self._print)
        self.save_button.clicked.connect(self._keep)
        self.close_button.clicked.connect(self.reject)
        self._say()
        resize_within(self, *SIZE)

    def _lay_out(self) -> None:
        rows = prepare(self, self._certificate.title, "clips")
        content = QWidget()
        column = QVBoxLayout(content)
        column.setSpacing(BETWEEN)
        for number, page in enumerate(self.pages, 1):
            page.setAccessibleName(f"Page {number} of {len(self.pages)}")
            column.addWidget(page, 0, Qt.AlignmentFlag.AlignHCenter)
        self.pages[0].setAccessibleDescription(self._certificate.markdown())
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName("The certificate as it will be on paper")
        scroll.setWidget(content)
        rows.addWidget(scroll, 1)
        for label in (self.trouble, self.done_label):
            rows.addWidget(label)
        rows.addLayout(button_row((self.close_button, self.print_button), self.save_button))

    def _print(self) -> None:
        try:
            self._say(PRINTED if self._printing(self._certificate, self) else "")
        except AnnotatorError as error:
            self._say(trouble=str(error))

    def _keep(self) -> None:
        try:
            place = self._save(self._certificate, self)
        except AnnotatorError as error:
            self._say(trouble=str(error))
            return
        self._say(f"The certificate is kept: {place}" if place is not None else "")

    def _say(self, done: str = "", trouble: str = "") -> None:
        self.told = done or self.told
        for label, text in ((self.done_label, done), (self.trouble, trouble)):
            label.setText(text)
            label.setVisible(bool(text))


def pictures(certificate: Certificate, ratio: float) -> list[QImage]:
    """Paint each page as on A4, so many pixels of the screen to one of the window."""
    side, top, _, foot = CERTIFICATE_MARGINS_MM
    wide, high = A4_MM
    sheets = Sheets(certificate, Paper((wide - 2 * side) * PER_MM, (high - top - foot) * PER_MM))
    unit = PAGE_WIDTH * ratio / (wide * PER_MM)
    found = []
    for number in range(sheets.count):
        size = round(wide * PER_MM * unit), round(high * PER_MM * unit)
        picture = QImage(*size, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(unit, unit)
        painter.translate(QPointF(side * PER_MM, top * PER_MM))
        sheets.paint(painter, number)
        painter.end()
        picture.setDevicePixelRatio(ratio)
        found.append(picture)
    return found


def _shown(picture: QImage) -> QLabel:
    label = QLabel()
    label.setPixmap(QPixmap.fromImage(picture))
    label.setStyleSheet(f"border: 1px solid {LINE.name()};")
    return label


def show_certificate(certificate: Certificate, suggested: Path, parent: QWidget | None) -> str:
    """Let a certificate be printed or kept, where this is suggested; says what was done."""

    def save(wanted: Certificate, over: QWidget) -> Path | None:
        place = choose_certificate_place(over, suggested)
        if place is not None:
            keep_certificate(wanted, place)
        return place

    window = CertificateWindow(certificate, save, print_certificate, parent)
    window.exec()
    return window.told
