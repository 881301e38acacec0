"""Finds words and headings on a page of help."""

from __future__ import annotations

from PyQt6.QtGui import QTextCharFormat, QTextCursor
from PyQt6.QtWidgets import QTextBrowser, QTextEdit

from annotator.gui.theme import Theme

SHORTEST = 2  # a single letter would mark the whole page


def mark_words(browser: QTextBrowser, search: str, theme: Theme) -> None:
    """Mark each place of each word, and go to the first of them; nothing for an empty search."""
    document = browser.document()
    marks: list[QTextEdit.ExtraSelection] = []
    for word in search.split() if document is not None else ():
        if len(word) < SHORTEST or document is None:
            continue
        found = document.find(word)
        while not found.isNull():
            marks.append(_mark(found, theme))
            found = document.find(word, found)
    browser.setExtraSelections(marks)
    if marks:
        first = min((mark.cursor for mark in marks), key=lambda cursor: cursor.selectionStart())
        place = QTextCursor(first)
        place.clearSelection()
        browser.setTextCursor(place)


def go_to_heading(browser: QTextBrowser, heading: str) -> None:
    """Bring a heading to the top of the window."""
    document = browser.document()
    block = document.begin() if document is not None else None
    while block is not None and block.isValid():
        if block.blockFormat().headingLevel() and block.text().strip() == heading:
            browser.moveCursor(QTextCursor.MoveOperation.End)  # so that it comes in from above
            browser.setTextCursor(QTextCursor(block))
            return
        block = block.next()


def _mark(place: QTextCursor, theme: Theme) -> QTextEdit.ExtraSelection:
    mark, look = QTextEdit.ExtraSelection(), QTextCharFormat()
    look.setBackground(theme.selection)
    look.setForeground(theme.text)
    look.setFontUnderline(True)
    mark.cursor, mark.format = place, look
    return mark
