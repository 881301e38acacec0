"""Puts a page on paper or into a file: that of keys, or a certificate."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QMarginsF
from PyQt6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PyQt6.QtWidgets import QDialog, QFileDialog, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.dialogs.certificate_paper import paint_on
from annotator.gui.dialogs.help_dress import dress
from annotator.gui.theme import light
from annotator.model.certificate import Certificate

if TYPE_CHECKING:
    from PyQt6.QtPrintSupport import QPrinter

TITLE = "Keys of annotator"
MARGINS_MM = (15.0, 15.0, 15.0, 15.0)
A4_MM, CERTIFICATE_MARGINS_MM = (210.0, 297.0), (24.0, 24.0, 24.0, 14.0)
KEEP_KEYS = "Keep the keys as a PDF file and print that."
KEEP_CERTIFICATE = "Save the certificate as a PDF file and print that elsewhere."
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
    printer = _chosen_printer(TITLE, parent, KEEP_KEYS)
    if printer is None:
        return False
    page_of(markdown).print(printer)
    return True


def print_certificate(certificate: Certificate, parent: QWidget | None) -> bool:
    """Ask for a printer and print a certificate; False where the person changed her mind.

    Raises AnnotatorError where there is no printer.
    """
    printer = _chosen_printer(certificate.title, parent, KEEP_CERTIFICATE)
    if printer is None:
        return False
    printer.setPageMargins(QMarginsF(*CERTIFICATE_MARGINS_MM), QPageLayout.Unit.Millimeter)
    paint_on(printer, certificate)
    return True


def no_printer(instead: str) -> AnnotatorError:
    """Say that there is no printer, and what to do instead."""
    return AnnotatorError("No printer is set up on this computer.", instead)


def _chosen_printer(title: str, parent: QWidget | None, instead: str) -> QPrinter | None:
    try:
        support = import_module("PyQt6.QtPrintSupport")  # brings libraries a server lacks
    except ImportError as error:
        raise no_printer(instead) from error
    if not support.QPrinterInfo.availablePrinterNames():
        raise no_printer(instead)
    printer: QPrinter = support.QPrinter(support.QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = support.QPrintDialog(printer, parent)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


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
    page_of(markdown, title).print(_pdf(path, title, MARGINS_MM))


def keep_certificate(certificate: Certificate, path: Path) -> None:
    """Write a certificate as PDF, or as HTML where the file is called so.

    Raises AnnotatorError where it cannot be written.
    """
    if path.suffix.lower() == HTML:
        keep_page(certificate.markdown(), path, certificate.title)
    else:
        paint_on(_pdf(path, certificate.title, CERTIFICATE_MARGINS_MM), certificate)


def _pdf(path: Path, title: str, margins: tuple[float, float, float, float]) -> QPdfWriter:
    try:
        path.open("ab").close()  # Qt only warns where it cannot write
    except OSError as error:
        raise _refused(path) from error
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator("annotator")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(*margins), QPageLayout.Unit.Millimeter)
    return writer


def _refused(path: Path) -> AnnotatorError:
    return AnnotatorError(f"“{path.name}” could not be written.", "Choose another folder or name.")
