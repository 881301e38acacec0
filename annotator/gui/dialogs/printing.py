"""Puts a page on paper or into a file: that of keys, or a certificate."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from PyQt6.QtCore import QMarginsF
from PyQt6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PyQt6.QtWidgets import QDialog, QFileDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.dialogs.help_dress import dress
from annotator.gui.theme import light

TITLE = "Keys of annotator"
MARGIN_MM = 15.0
NO_PRINTER = AnnotatorError(
    "No printer is set up on this computer.", "Keep the keys as a PDF file and print that."
)
PDF, HTML = ".pdf", ".html"
KINDS = "PDF file (*.pdf);;Web page (*.html)"


def page_of(markdown: str, title: str = TITLE) -> QTextDocument:
    """Lay out a page for paper: dark on white, whatever the window wears."""
    page = QTextDocument()
    page.setMarkdown(markdown)
    page.setMetaInformation(QTextDocument.MetaInformation.DocumentTitle, title)
    dress(page, light())
    return page


def print_page(markdown: str, parent: QWidget | None) -> bool:
    """Ask for a printer and print; False where the person changed her mind.

    Raises AnnotatorError where there is no printer.
    """
    try:
        support = import_module("PyQt6.QtPrintSupport")  # brings libraries a server lacks
    except ImportError as error:
        raise NO_PRINTER from error
    if not support.QPrinterInfo.availablePrinterNames():
        raise NO_PRINTER
    printer = support.QPrinter(support.QPrinter.PrinterMode.HighResolution)
    printer.setDocName(TITLE)
    dialog = support.QPrintDialog(printer, parent)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    page_of(markdown).print(printer)
    return True


def choose_file(parent: QWidget | None, folder: Path) -> Path | None:
    """Ask where the page of keys shall be kept; None where nowhere."""
    return _chosen(parent, "Keep the keys as a file", folder / "annotator-keys.pdf")


def choose_certificate_place(parent: QWidget | None, suggested: Path) -> Path | None:
    """Ask where a certificate shall be kept; None where nowhere."""
    return _chosen(parent, "Keep the certificate as a file", suggested)


def _chosen(parent: QWidget | None, title: str, suggested: Path) -> Path | None:
    name, kind = QFileDialog.getSaveFileName(parent, title, str(suggested), KINDS)
    if not name:
        return None
    path = Path(name)
    wanted = HTML if HTML in kind else PDF
    return path if path.suffix.lower() in {PDF, HTML} else path.with_name(path.name + wanted)


def keep_page(markdown: str, path: Path, title: str = TITLE) -> None:
    """Write the page as PDF, or as HTML where the file is called so.

    Raises AnnotatorError where it cannot be written.
    """
    if path.suffix.lower() == HTML:
        try:
            path.write_text(page_of(markdown, title).toHtml(), encoding="utf-8")
        except OSError as error:
            raise _refused(path) from error
        return
    try:
        path.open("ab").close()  # Qt only warns where it cannot write
    except OSError as error:
        raise _refused(path) from error
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("annotator")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(
        QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM), QPageLayout.Unit.Millimeter
    )
    page_of(markdown, title).print(writer)


def _refused(path: Path) -> AnnotatorError:
    return AnnotatorError(f"“{path.name}” could not be written.", "Choose another folder or name.")
