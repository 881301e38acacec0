"""Lays a certificate out on paper, with room to sign, and paints it page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, QSizeF, Qt
from PyQt6.QtGui import (
    QAbstractTextDocumentLayout,
    QBrush,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPainter,
    QPalette,
    QPen,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)

from annotator.model.certificate import (
    CANNOT_PROVE,
    Certificate,
    CertifiedExport,
    file_told,
)

INK, QUIET, LINE = QColor("#16181d"), QColor("#5a6070"), QColor("#c3c8d2")
SERIF = ("Source Serif 4", "Charter", "Georgia", "Cambria", "Liberation Serif", "Noto Serif")
FOOT_MM, LABEL_MM, TO_SIGN_MM, RULE_MM = 12.0, 40.0, 20.0, 0.15
TITLE_PT, BODY_PT, SMALL_PT = 20.0, 10.5, 8.5
PER_MM, MM_PER_INCH, PT_PER_INCH = 20.0, 25.4, 72.0
LINE_PERCENT = 138.0
PROPORTIONAL = 1  # Qt's kind of line height, which it wants as a plain number
PLACE, SIGNATURE = "Place, date", "Name, function, signature"
_ALWAYS_BEFORE = QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore
_SOLID = QTextFrameFormat.BorderStyle.BorderStyle_Solid


@dataclass(frozen=True, slots=True)
class Paper:
    """The room on paper without its margins, in units of which `PER_MM` make a millimetre."""

    width: float
    height: float

    @property
    def body(self) -> QSizeF:
        """The room above the line at the foot."""
        return QSizeF(self.width, self.height - FOOT_MM * PER_MM)


class Sheets:
    """A certificate laid out for a paper, whose parts are not torn where they fit on a page.

    It is laid out in the paper's units, whatever it is painted on, so that all look the same.
    """

    def __init__(self, certificate: Certificate, paper: Paper) -> None:
        self._certificate, self._paper = certificate, paper
        self.page = QTextDocument()
        self.page.setDocumentMargin(0)
        self.page.setDefaultFont(_serif(BODY_PT))
        self._cursor = QTextCursor(self.page)
        self._groups: list[tuple[int, QTextTable]] = []
        self._write()
        self.page.setPageSize(paper.body)
        self._keep_together()

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.page.pageCount()

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, numbered from 0, in the paper's units, from where the margins end."""
        body = self._paper.body
        shown = QRectF(QPointF(0, number * body.height()), body)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = _paper_palette()
        context.clip = shown
        painter.save()
        painter.translate(0, -shown.top())
        painter.setClipRect(shown)
        layout = self.page.documentLayout()
        if layout is not None:
            layout.draw(painter, context)
        painter.restore()
        self._paint_foot(painter, number)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        paper, body = self._paper, self._paper.body
        line = body.height() + 4 * PER_MM
        painter.setPen(QPen(LINE, RULE_MM * PER_MM))
        painter.drawLine(QPointF(0, line), QPointF(paper.width, line))
        painter.setPen(QUIET)
        painter.setFont(_serif(SMALL_PT))
        room = QRectF(0, line + 1.5 * PER_MM, paper.width, 6 * PER_MM)
        top = Qt.AlignmentFlag.AlignTop
        told = f"{self._certificate.title} · Session {self._certificate.session}"
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | top, told)
        pages = f"Page {number + 1} of {self.count}"
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | top, pages)

    def _write(self) -> None:
        one = self._certificate
        self._say(one.title, _letters(TITLE_PT, bold=True), after=2)
        self._say(one.head, _letters(BODY_PT, QUIET), after=5)
        for told in filter(None, one.statements):
            self._say(told, _letters(BODY_PT + 1), after=1.5)
        if one.warning:
            self._say(one.warning, _letters(BODY_PT + 1, bold=True), before=1, after=1.5)
        for export in one.exports:
            heading = self._say(f"Export {export.id}", _letters(BODY_PT + 1, bold=True), before=5)
            self._groups.append((heading, self._facts(export)))
        closing = self._say(CANNOT_PROVE, _letters(SMALL_PT + 0.5, QUIET), before=8)
        self._groups.append((closing, self._signature()))

    def _say(self, text: str, letters: QTextCharFormat, before: float = 0, after: float = 1) -> int:
        """Add a paragraph with so many millimetres before and after it; gives where it stands."""
        shape = QTextBlockFormat()
        shape.setTopMargin(before * PER_MM)
        shape.setBottomMargin(after * PER_MM)
        shape.setLineHeight(LINE_PERCENT, PROPORTIONAL)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        if not self.page.isEmpty():
            self._cursor.insertBlock()
        self._cursor.setBlockFormat(shape)
        self._cursor.setBlockCharFormat(letters)
        self._cursor.insertText(text, letters)
        return self._cursor.block().position()

    def _facts(self, export: CertifiedExport) -> QTextTable:
        rows = [*_rows(export)]
        label = QTextLength(QTextLength.Type.FixedLength, LABEL_MM * PER_MM)
        rest = QTextLength(QTextLength.Type.VariableLength, 0)
        table = self._table(len(rows), [label, rest])
        for place, (heading, text) in enumerate(rows):
            for column, told in enumerate((heading, text)):
                cell = table.cellAt(place, column)
                _shape(cell, LINE if heading else None)
                letters = _letters(BODY_PT, INK if column else QUIET)
                cell.firstCursorPosition().insertText(told, letters)
        return table

    def _signature(self) -> QTextTable:
        """Leave room and two lines to write on, with what goes there below."""
        share = QTextLength.Type.PercentageLength
        table = self._table(1, [QTextLength(share, one) for one in (38, 6, 56)])
        look = table.format().toTableFormat()
        look.setTopMargin(TO_SIGN_MM * PER_MM)  # a margin below the text before does not count
        table.setFormat(look)
        for column, told in ((0, PLACE), (2, SIGNATURE)):
            cell = table.cellAt(0, column)
            _shape(cell, INK)
            cell.firstCursorPosition().insertText(told, _letters(SMALL_PT, QUIET))
        return table

    def _table(self, rows: int, widths: list[QTextLength]) -> QTextTable:
        look = QTextTableFormat()
        look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        look.setColumnWidthConstraints(widths)
        look.setBorder(0)
        look.setBorderCollapse(True)
        look.setCellSpacing(0)
        look.setCellPadding(1.2 * PER_MM)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
        table = self._cursor.insertTable(rows, len(widths), look)
        if table is None:
            raise ValueError("a table was asked for")
        return table

    def _keep_together(self) -> None:
        """Begin a page with what would be torn; what is longer than a page is torn all the same."""
        layout, height = self.page.documentLayout(), self._paper.body.height()
        for place, table in self._groups:
            heading = QTextCursor(self.page.findBlock(place))
            if layout is None:
                return
            top = layout.blockBoundingRect(heading.block()).top()
            bottom = layout.frameBoundingRect(table).bottom()
            if int(top // height) != int(bottom // height) and bottom - top < height:
                shape = heading.blockFormat()
                shape.setPageBreakPolicy(_ALWAYS_BEFORE)
                heading.setBlockFormat(shape)


def paint_on(device: QPagedPaintDevice, certificate: Certificate) -> None:
    """Print a certificate on a printer, or write it into a PDF file."""
    unit = device.logicalDpiX() / MM_PER_INCH / PER_MM  # in pixels of the device
    sheets = Sheets(certificate, Paper(device.width() / unit, device.height() / unit))
    painter = QPainter(device)
    painter.scale(unit, unit)
    for number in range(sheets.count):
        if number:
            device.newPage()
        sheets.paint(painter, number)
    painter.end()


def _rows(export: CertifiedExport) -> Iterator[tuple[str, str]]:
    yield from export.facts
    for place, one in enumerate(export.files):
        yield "" if place else "Files", f"{one.name} ({file_told(one)})"
    yield "State", export.state


def _shape(cell: QTextTableCell, rule: QColor | None) -> None:
    """Let a cell's text begin at its very edge, below a rule where it has one."""
    look = cell.format().toTableCellFormat()
    look.setLeftPadding(0)
    if rule is not None:
        look.setTopBorder(RULE_MM * PER_MM)
        look.setTopBorderStyle(_SOLID)
        look.setTopBorderBrush(QBrush(rule))
    cell.setFormat(look)


def _serif(points: float) -> QFont:
    font = QFont()
    font.setFamilies([*SERIF])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(round(points / PT_PER_INCH * MM_PER_INCH * PER_MM))
    return font


def _letters(points: float, colour: QColor = INK, *, bold: bool = False) -> QTextCharFormat:
    font = _serif(points)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    letters = QTextCharFormat()
    letters.setFont(font)
    letters.setForeground(QBrush(colour))
    return letters


def _paper_palette() -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, INK)
    return palette
