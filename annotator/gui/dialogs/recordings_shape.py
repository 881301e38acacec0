"""The chooser of a picture's shape: a few that are usual, or one that is typed."""

from __future__ import annotations

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.gui.dialogs.recordings_controls import Chooser
from annotator.gui.dialogs.recordings_pieces import TypedField, allow, dress_hint
from annotator.gui.dialogs.recordings_words import WHAT_SHAPE_TO_TYPE, read_shape
from annotator.gui.theme import Theme

AS_FILMED = "As the film says"
OTHER = "Other…"
USUAL = ("4:3", "16:9", "1:1", "21:9")
FIELD_WIDTH = 90


class ShapeChooser(QWidget):
    """A list, and beside it the field for another shape where that is chosen."""

    shape_chosen = pyqtSignal(str)  # empty for the film's own

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._recording_id = ""
        self._shape = ""
        self._typed: dict[str, str] = {}  # what could not be read yet, by recording
        self.list = Chooser("Shape", theme)
        self.field = TypedField("Other shape, width to height")
        self.hint = QLabel(WHAT_SHAPE_TO_TYPE)
        self._lay_out()
        self.set_theme(theme)
        self.list.activated.connect(self._choose)
        self.field.editingFinished.connect(self._take_typed)

    def show_shape(self, recording_id: str, shape: str) -> None:
        """Show a recording's shape; what was typed for it and makes no sense yet comes back."""
        self._keep_typed()
        self._recording_id, self._shape = recording_id, shape
        kept = self._typed.pop(recording_id, "")
        is_other = bool(kept) or (bool(shape) and shape not in USUAL)
        at = self.list.count() - 1 if is_other else self.list.findData(shape)
        with QSignalBlocker(self.list):
            self.list.setCurrentIndex(at)
        self.field.show_settled(shape)
        if kept:
            self.field.setText(kept)
        self.field.setVisible(is_other)
        self._say()

    def allow(self, why_not: str) -> None:
        """Let it be used, or not and say why not."""
        allow(self.list, "Width to height, where a film is shown too wide or too narrow", why_not)
        allow(self.field, WHAT_SHAPE_TO_TYPE, why_not)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.list.set_theme(theme)
        self._say()

    def forget_others(self, ids: frozenset[str]) -> None:
        """Forget what was typed for recordings other than these."""
        self._typed = {key: text for key, text in self._typed.items() if key in ids}

    def _lay_out(self) -> None:
        self.list.addItem(AS_FILMED, "")
        for shape in USUAL:
            self.list.addItem(shape, shape)
        self.list.addItem(OTHER)
        self.field.setFixedWidth(FIELD_WIDTH)
        self.field.setMaxLength(12)
        self.field.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.list)
        row.addWidget(self.field)
        row.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addLayout(row)
        rows.addWidget(self.hint)

    def _choose(self, at: int) -> None:
        is_other = at == self.list.count() - 1
        self.field.setVisible(is_other)
        if is_other:
            self.field.setFocus()
            self.field.selectAll()
        else:
            self.field.show_settled(self._shape)
            self._ask(self.list.itemData(at))
        self._say()

    def _take_typed(self) -> None:
        shape = read_shape(self.field.text())
        if self.field.is_settled:
            self.show_shape(self._recording_id, self._shape)
        elif shape is not None:
            self.field.show_settled(shape)
            self._ask(shape)
        self._say()

    def _ask(self, shape: str) -> None:
        if shape != self._shape:
            self._shape = shape
            self.shape_chosen.emit(shape)

    def _keep_typed(self) -> None:
        if not self.field.is_settled and not self.field.isHidden():
            self._typed[self._recording_id] = self.field.text()

    def _say(self) -> None:
        is_open = not self.field.isHidden()
        wrong = is_open and not self.field.is_settled and read_shape(self.field.text()) is None
        empty = is_open and not self.field.text()
        self.hint.setVisible(wrong or empty)
        dress_hint(self.hint, self._theme, wrong=wrong)
