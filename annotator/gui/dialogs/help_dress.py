"""Gives a page of help, read from Markdown, its type and its spaces."""

from __future__ import annotations

from PyQt6.QtGui import (
    QBrush,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from annotator.gui.theme import BODY_PX, Theme

LINE_PERCENT = 130.0
PROPORTIONAL = 1  # Qt's number for a line height in percent, which it wants as a plain number
HEADING_PX = {1: 26, 2: 19, 3: 16}
SPACE_BEFORE = {1: 0.0, 2: 22.0, 3: 14.0}
CELL_PADDING = 7.0
PAIR = 2


def dress(page: QTextDocument, theme: Theme) -> None:
    """Lay out a page: headings with air, lines far enough apart, tables with thin lines."""
    block = page.begin()
    while block.isValid():
        _dress_block(block, theme)
        block = block.next()
    root = page.rootFrame()
    for frame in root.childFrames() if root is not None else ():
        if isinstance(frame, QTextTable):
            _dress_table(frame, theme)


def _dress_block(block: QTextBlock, theme: Theme) -> None:
    cursor = QTextCursor(block)
    shape = QTextBlockFormat()
    level = block.blockFormat().headingLevel()
    if level:
        shape.setTopMargin(SPACE_BEFORE.get(level, 12.0))
        shape.setBottomMargin(8)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        type_ = QTextCharFormat()
        pixels = theme.px(HEADING_PX.get(level, BODY_PX))
        type_.setProperty(QTextCharFormat.Property.FontPixelSize, pixels)
        type_.setForeground(QBrush(theme.text))
        cursor.mergeCharFormat(type_)
    elif cursor.currentTable() is None:
        shape.setBottomMargin(8)
        shape.setLineHeight(LINE_PERCENT, PROPORTIONAL)
    QTextCursor(block).mergeBlockFormat(shape)


def _dress_table(table: QTextTable, theme: Theme) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderBrush(QBrush(theme.line))
    look.setBorderCollapse(True)
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setCellPadding(CELL_PADDING)
    look.setCellSpacing(0)
    look.setTopMargin(6)
    look.setBottomMargin(12)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    look.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, share) for share in _shares(table)]
    )
    table.setFormat(look)


def _shares(table: QTextTable) -> list[float]:
    """Give the first column of a pair a little less than half, of more a third."""
    columns = table.columns()
    first = 45.0 if columns <= PAIR else 36.0
    return [first, *([(100 - first) / max(1, columns - 1)] * (columns - 1))]
