"""The parts that our dialogs have in common, so that all of them look and read alike."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QFont, QPainter, QPen
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from annotator.gui.theme import Theme
from annotator.gui.theme import title as title_font

EDGE = 24
BETWEEN = 12
WIDTH = 480
LARGE_TYPE = 1.5
"""From this scale on, what stands side by side in a dialog stands one below the other."""


def prepare(dialog: QDialog, title: str, page: str = "", *, follows: bool = False) -> QVBoxLayout:
    """Give a dialog its title, as window title and as heading, and the column for the rest.

    `page` is the page of help that belongs to it; the keys that open help work in it too. Where
    the heading `follows`, it changes with the title.
    """
    dialog.setWindowTitle(title)
    dialog.setProperty("helpPage", page)
    let_keys_in(dialog)
    dialog.setMinimumWidth(WIDTH)
    rows = QVBoxLayout(dialog)
    rows.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
    rows.setSpacing(BETWEEN)
    heading = QLabel(title)
    heading.setFont(title_font(heading.font()))
    heading.setWordWrap(True)
    if follows:
        dialog.windowTitleChanged.connect(heading.setText)
    rows.addWidget(heading)
    return rows


def resize_within(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog a size in pixels, or what of it the screen has."""
    screen = dialog.screen()
    room = screen.availableSize() if screen is not None else QSize(width, height)
    dialog.resize(min(width, room.width() - EDGE), min(height, room.height() - 2 * EDGE))


def let_keys_in(dialog: QDialog) -> None:
    """Let the keys that act everywhere act in a dialog, which would keep them from the window."""
    parent = dialog.parentWidget()
    owner = parent.window() if parent is not None else None
    for action in owner.actions() if owner is not None else ():
        if action.shortcutContext() == Qt.ShortcutContext.ApplicationShortcut:
            dialog.addAction(action)


def warn(label: QLabel) -> QLabel:
    """Let a text stand out as a warning, whatever the theme."""
    label.setFont(_bold(label.font()))
    return label


def paragraph(text: str) -> QLabel:
    """Make a text that wraps and can be copied."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def button_row(quiet: Sequence[QPushButton], main: QPushButton) -> QHBoxLayout:
    """Put buttons at the lower right, the one that most people want last and coloured."""
    row = QHBoxLayout()
    row.setContentsMargins(0, BETWEEN, 0, 0)
    row.setSpacing(8)
    row.addStretch(1)
    for button in quiet:
        button.setAutoDefault(False)
        row.addWidget(button)
    main.setDefault(True)
    main.setFont(_bold(main.font()))  # its look is bold: let its size know
    row.addWidget(main)
    return row


def let_answer(
    dialog: QDialog, rows: QVBoxLayout, yes: QPushButton, no: QPushButton, *, to_no: bool = False
) -> None:
    """Put the two answers to a question below it, and let the dialog be as high as it needs.

    Closing it is no too; the main button is yes unless `to_no`.
    """
    rows.addStretch(1)
    rows.addLayout(button_row((yes,), no) if to_no else button_row((no,), yes))
    yes.clicked.connect(dialog.accept)
    no.clicked.connect(dialog.reject)
    width = dialog.minimumWidth()
    dialog.resize(width, dialog.heightForWidth(width))


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setWeight(QFont.Weight.DemiBold)
    return bold


def paint_row_ground(
    painter: QPainter, option: QStyleOptionViewItem, theme: Theme, *, above: int
) -> None:
    """Paint the ground of a row of a list where it is chosen or the pointer is over it.

    So many pixels stay free `above` and below it.
    """
    state = option.state
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if state & QStyle.StateFlag.State_Selected:
        painter.setBrush(theme.selection)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.focus, 2))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.setBrush(theme.hover)
    else:
        return
    box = option.rect.adjusted(2, above, -2, -above)
    painter.drawRoundedRect(box, theme.radius, theme.radius)
