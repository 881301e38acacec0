"""The page of coding passes: whose they are and how far, and where two of them differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.compare_model import DifferencesModel
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.model.matching import Verdict

VERDICT_KEYS = {
    Qt.Key.Key_1: Verdict.FIRST,
    Qt.Key.Key_2: Verdict.SECOND,
    Qt.Key.Key_3: Verdict.BOTH,
    Qt.Key.Key_4: Verdict.NEITHER,
}
KEYS_HINT = "1 first · 2 second · 3 both · 4 neither · 0 open again · Enter goes there"
MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class PassLine:
    """A pass as the page shows it."""

    id: str
    words: str


class DifferencesView(QTableView):
    """With the focus, digits settle a difference and Enter goes to it."""

    settle_asked = pyqtSignal(object)  # Verdict
    unsettle_asked = pyqtSignal()
    go_asked = pyqtSignal()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        key = Qt.Key(event.key())
        if key in VERDICT_KEYS:
            self.settle_asked.emit(VERDICT_KEYS[key])
        elif key == Qt.Key.Key_0:
            self.unsettle_asked.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go_asked.emit()
        else:
            super().keyPressEvent(event)


class PassesPage(QWidget):
    """Shows passes and, on a page of its own, a comparison; knows nothing of the session."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.compare_page = QWidget()
        self.lines, self.counts, self.hint = QLabel(), QLabel(), QLabel(KEYS_HINT)
        self.heading, self.compare_heading = QLabel("Coding passes"), QLabel("Compare two passes")
        self.blind = QCheckBox("Hide the passes of others")
        self.reason, self.note = QLineEdit(), QLineEdit()
        self.purpose, self.first, self.second = QComboBox(), QComboBox(), QComboBox()
        self.hidden = QComboBox()
        self.begin, self.finish = QPushButton("Begin"), QPushButton("Finish mine")
        self.reopen, self.show_hidden = QPushButton("Reopen"), QPushButton("Show")
        self.compare, self.consensus = QPushButton("Compare"), QPushButton("Begin consensus")
        self.model = DifferencesModel(self)
        self.view = DifferencesView()
        self._prepare()
        self._lay_out(theme)
        self.set_theme(theme)

    @property
    def row(self) -> int:
        """The row of the difference that is current; -1 where none is."""
        return self.view.currentIndex().row()

    def show_passes(self, lines: Sequence[PassLine], hidden: Sequence[PassLine]) -> None:
        """List the passes that may be seen, and those that are hidden, to choose from."""
        self.lines.setText("\n".join(one.words for one in lines) or "No pass has begun yet.")
        for box, choices in ((self.first, lines), (self.second, lines), (self.hidden, hidden)):
            _fill(box, choices)
        if len(lines) > 1 and self.first.currentData() == self.second.currentData():
            self.second.setCurrentIndex(1 if self.first.currentIndex() != 1 else 0)
        for part in (self.hidden, self.show_hidden):
            part.setVisible(bool(hidden))
        self.compare.setEnabled(len(lines) > 1)

    def select_row(self, row: int) -> None:
        """Make a difference current, where there is one."""
        if 0 <= row < self.model.rowCount():
            self.view.selectRow(row)
            self.view.scrollTo(self.model.index(row, 0))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for label in (self.heading, self.compare_heading):
            dress_heading(label, theme)
        for label in (self.lines, self.counts, self.hint):
            dress_quiet(label, theme)

    def _prepare(self) -> None:
        self.setAccessibleName("Coding passes")
        self.compare_page.setAccessibleName("Comparison of two passes")
        for label in (self.lines, self.counts, self.hint):
            label.setWordWrap(True)
        self.reason.setPlaceholderText("Reason, where one is asked for")
        self.reason.setAccessibleName("Reason")
        self.note.setPlaceholderText("Note on the decision")
        self.note.setAccessibleName("Note on the decision")
        for box, name in (
            (self.purpose, "Purpose of a new pass"),
            (self.first, "First pass to compare"),
            (self.second, "Second pass to compare"),
            (self.hidden, "Hidden pass"),
        ):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(MOST_LINES)
        self.view.setModel(self.model)
        self.view.setAccessibleName("Differences between the two passes")
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        if (rows := self.view.verticalHeader()) is not None:
            rows.setVisible(False)
        if (heads := self.view.horizontalHeader()) is not None:
            heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            heads.setStretchLastSection(True)
            heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def _lay_out(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*([theme.spacing] * 4))
        layout.setSpacing(theme.spacing_small)
        grid = QGridLayout()
        grid.setSpacing(theme.spacing_small)
        for row, parts in enumerate(((self.purpose, self.begin), (self.hidden, self.show_hidden))):
            grid.addWidget(parts[0], row, 0)
            grid.addWidget(parts[1], row, 1)
        grid.setColumnStretch(0, 1)
        layout.addWidget(self.heading)
        layout.addWidget(self.lines)
        layout.addWidget(self.blind)
        layout.addLayout(grid)
        layout.addWidget(self.reason)
        layout.addLayout(_row(self.finish, self.reopen))
        layout.addStretch(1)
        self._lay_out_comparison(theme)

    def _lay_out_comparison(self, theme: Theme) -> None:
        layout = QVBoxLayout(self.compare_page)
        layout.setContentsMargins(*([theme.spacing] * 4))
        layout.setSpacing(theme.spacing_small)
        layout.addWidget(self.compare_heading)
        layout.addLayout(_row(self.first, self.second))
        layout.addLayout(_row(self.compare, self.consensus))
        layout.addWidget(self.counts)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.hint)
        layout.addWidget(self.note)


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part, 1)
    return row


def _fill(box: QComboBox, choices: Sequence[PassLine]) -> None:
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for one in choices:
        box.addItem(one.words, one.id)
    box.setCurrentIndex(max(0, box.findData(chosen)) if choices else -1)
    box.blockSignals(False)
