"""Parts of the tabs of clips: rows of fields, and details that are folded away."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.bar_fields import ListField
from annotator.gui.panels.labels import dress
from annotator.gui.theme import Theme

_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class Fold(QWidget):
    """Details under a name that opens and closes them."""

    def __init__(self, words: str, content: QWidget, theme: Theme) -> None:
        super().__init__()
        self.button, self.content = QToolButton(), content
        self.button.setText(words)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._turn)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self.button)
        column.addWidget(content)
        self._turn(is_open=False)
        self.set_theme(theme)

    @property
    def is_open(self) -> bool:
        """Whether the details are seen."""
        return self.button.isChecked()

    def open(self) -> None:
        """Show the details."""
        self.button.setChecked(True)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress(
            self.button,
            f"QToolButton {{ color: {theme.accent.name()}; padding: 2px 4px; border: none; }}"
            f"QToolButton:hover {{ background: {theme.hover.name()}; }}"
            f"QToolButton:focus {{ background: {theme.selection.name()}; }}"
            "QToolButton:checked { background: transparent; }"
            f"QToolButton:checked:focus {{ background: {theme.selection.name()}; }}",
        )

    def _turn(self, is_open: bool) -> None:  # noqa: FBT001 as Qt tells it
        self.content.setVisible(is_open)
        arrow = Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow
        self.button.setArrowType(arrow)


def rows_of(theme: Theme, *rows: tuple[str, QWidget]) -> QGridLayout:
    """Lay fields out in rows, each behind its name; a name that is empty takes no room."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.spacing)
    grid.setVerticalSpacing(theme.spacing_small)
    grid.setColumnStretch(1, 1)
    for row, (words, part) in enumerate(rows):
        if words:
            label = QLabel(words)
            label.setBuddy(part)
            grid.addWidget(label, row, 0)
            grid.addWidget(part, row, 1)
        else:
            grid.addWidget(part, row, 0, 1, 2)
    return grid


def show_row(part: QWidget, *, is_shown: bool) -> None:
    """Show a field that was laid out in a row, with its name, or neither."""
    part.setVisible(is_shown)
    parent = part.parentWidget()
    beside = Qt.FindChildOption.FindDirectChildrenOnly
    for label in parent.findChildren(QLabel, options=beside) if parent is not None else ():
        if label.buddy() is part:
            label.setVisible(is_shown)


def folded(theme: Theme, words: str, *rows: tuple[str, QWidget]) -> Fold:
    """Make details of rows of fields, folded away."""
    content = QWidget()
    content.setLayout(rows_of(theme, *rows))
    return Fold(words, content, theme)


def list_field(name: str, choices: Sequence[tuple[str, str]] = ()) -> ListField:
    """Make a list to choose from, that no long name pushes apart."""
    field = ListField(name)
    field.setSizeAdjustPolicy(_LENGTH)
    offer(field, choices)
    return field


def offer(field: QComboBox, choices: Sequence[tuple[str, str]]) -> None:
    """Offer values with their words; what was chosen stays so where it is still there."""
    before = field.currentData()
    was_blocked = field.blockSignals(True)
    field.clear()
    for value, words in choices:
        field.addItem(words, value)
    field.setCurrentIndex(max(0, field.findData(before)))
    field.blockSignals(was_blocked)


def line_field(name: str, hint: str = "", tip: str = "") -> QLineEdit:
    """Make a line to write in."""
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(hint)
    field.setToolTip(tip)
    return field


def column_of(theme: Theme, widget: QWidget, *parts: QWidget | QGridLayout) -> None:
    """Stack the parts of a tab in a widget, from the top."""
    column = QVBoxLayout(widget)
    margin = theme.spacing_small
    column.setContentsMargins(margin, theme.spacing, margin, margin)
    column.setSpacing(theme.spacing_small)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch(1)
