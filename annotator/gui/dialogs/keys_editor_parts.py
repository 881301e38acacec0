"""What stands on the page where keys are changed."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.actions import key_words
from annotator.gui.actions.presets import PRESETS
from annotator.gui.dialogs.key_recorder import KeyRecorder
from annotator.gui.dialogs.keys_model import COLUMNS, Column, KeyRow, KeysModel
from annotator.gui.dialogs.pieces import warn

GAP = 8
WIDTHS = {Column.NAME: 13, Column.KEYS: 9, Column.GROUP: 4.5}
"""How wide the columns are, in times the height of a line; the last has the rest."""
NO_KEY = "It has no key."


class KeyChips(QWidget):
    """The keys of one row; each goes by a press of its button."""

    removed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys: tuple[str, ...] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)

    def show_keys(self, keys: tuple[str, ...]) -> None:
        """Show other keys."""
        if keys == self._keys:
            return
        self._keys = keys
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key in keys:
            self._row.addWidget(self._made(key))
        if not keys:
            self._row.addWidget(QLabel(NO_KEY))

    def _made(self, key: str) -> QPushButton:
        button = QPushButton(f"{key_words(key)}  ✕")
        button.setAutoDefault(False)
        button.setAccessibleName(f"Take away {key_words(key)}")
        button.setToolTip("Take this key away")
        button.clicked.connect(lambda: self.removed.emit(key))
        return button


class KeysEditorParts:
    """Search and preset above, the table, and below it what can be done with one row."""

    def __init__(self, page: QWidget, model: KeysModel) -> None:
        self.search, self.preset = QLineEdit(), QComboBox()
        self.remark, self.heading, self.message = QLabel(), QLabel(), QLabel()
        self.table, self.chips, self.recorder = QTableView(), KeyChips(), KeyRecorder()
        self.accept, self.decline = QPushButton("Use it"), QPushButton("Leave it")
        self.reset_one = QPushButton("Usual keys")
        self.reset_all = QPushButton("Reset all keys")
        self.table.setModel(model)
        self._name()
        self._shape_table()
        self._lay_out(page)
        self.say("")

    @property
    def is_asking(self) -> bool:
        """Whether it was asked if a key shall be taken from something else."""
        return not self.accept.isHidden()

    def show_row(self, row: KeyRow | None) -> None:
        """Show what can be done with a row, or nothing."""
        self.heading.setText(row.target.name if row is not None else "")
        self.chips.show_keys(row.keys if row is not None else ())
        for part in (self.chips, self.recorder):
            part.setEnabled(row is not None)
        self.reset_one.setEnabled(row is not None and row.is_changed)

    def say(self, text: str) -> None:
        """Say something about the last key; empty says nothing."""
        self._show_message(text, asks=False)

    def ask(self, text: str) -> None:
        """Ask whether a key shall be given."""
        self._show_message(text, asks=True)
        self.accept.setFocus()

    def _show_message(self, text: str, *, asks: bool) -> None:
        self.message.setText(text)
        self.message.setAccessibleName(text)
        self.accept.setAccessibleDescription(text if asks else "")
        self.accept.setVisible(asks)
        self.decline.setVisible(asks)

    def _name(self) -> None:
        self.search.setPlaceholderText("Search actions, codes and keys")
        self.search.setAccessibleName("Search actions, codes and keys")
        self.search.setClearButtonEnabled(True)
        self.preset.setAccessibleName("Keys as in")
        self.table.setAccessibleName("Actions and codes with their keys")
        self.recorder.setAccessibleName(self.recorder.text())
        for key, preset in PRESETS.items():
            self.preset.addItem(preset.name, key)
        for button in (self.accept, self.decline, self.reset_one, self.reset_all):
            button.setAutoDefault(False)
        self.accept.setAutoDefault(True)
        for label in (self.remark, self.message):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        warn(self.heading)

    def _shape_table(self) -> None:
        table = self.table
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setWordWrap(False)
        table.setFrameShape(QFrame.Shape.StyledPanel)
        rows, columns = table.verticalHeader(), table.horizontalHeader()
        line = table.fontMetrics().height()
        if rows is not None:
            rows.hide()
            rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            rows.setDefaultSectionSize(line + 10)
        if columns is not None:
            columns.setStretchLastSection(True)
            columns.setHighlightSections(False)
            columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            for at, column in enumerate(COLUMNS):
                if column in WIDTHS:
                    columns.resizeSection(at, round(WIDTHS[column] * line))

    def _lay_out(self, page: QWidget) -> None:
        rows = QVBoxLayout(page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        rows.addLayout(_row(self.search, QLabel("Keys as in"), self.preset, growing=0))
        rows.addWidget(self.remark)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.heading)
        rows.addLayout(_row(self.chips, self.recorder, None, self.reset_one, self.reset_all))
        rows.addLayout(_row(self.message, self.accept, self.decline, growing=0))


def _row(*parts: QWidget | None, growing: int = -1) -> QHBoxLayout:
    """Put parts in a row; None is a gap that grows."""
    row = QHBoxLayout()
    row.setSpacing(GAP)
    for at, part in enumerate(parts):
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part, 1 if at == growing else 0)
    return row
