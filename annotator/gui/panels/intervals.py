"""The page of interval coding: the bins of the region and what was said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.bins import BinState
from annotator.model.time import SECOND, to_clock

HEADS = ("Bin", "From", "To", "What holds")
NO_PARENT = QModelIndex()
OFF = "Begin, then press the key of a code for each bin. The film plays one bin and pauses."
ON = "The key of a code answers the bin that is chosen. Tab and the arrows choose another."
LENGTHS = ((10, "10 seconds"), (30, "30 seconds"), (60, "1 minute"), (300, "5 minutes"))
OWN = 0
"""Stands for a length that is typed."""


class BinsModel(QAbstractTableModel):
    """One row a bin."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._states: tuple[BinState, ...] = ()
        self._names: Mapping[str, str] = {}

    @property
    def states(self) -> tuple[BinState, ...]:
        """The bins that are shown, with their answers."""
        return self._states

    def show_states(self, states: Sequence[BinState], names: Mapping[str, str]) -> None:
        """Show bins; where they are the same ones, only their answers are exchanged."""
        same = [one.bin for one in states] == [one.bin for one in self._states]
        if not same:
            self.beginResetModel()
        self._states, self._names = tuple(states), names
        if not same:
            self.endResetModel()
        elif self._states:
            last = self.index(len(self._states) - 1, len(HEADS) - 1)
            self.dataChanged.emit(self.index(0, len(HEADS) - 1), last)

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._states)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name a column."""
        is_head = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADS[section] if is_head and 0 <= section < len(HEADS) else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a cell."""
        if not index.isValid() or role != Qt.ItemDataRole.DisplayRole:
            return None
        state = self._states[index.row()]
        names = ", ".join(self._names.get(code, code) for code in state.codes)
        cells = (
            str(state.bin.number + 1),
            to_clock(state.bin.interval.start),
            to_clock(state.bin.interval.end),
            names or "–",
        )
        return cells[index.column()]


class IntervalsPage(QWidget):
    """Shows bins; knows nothing of the session."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("helpPage", "coding")
        self.length, self.own = QComboBox(), QDoubleSpinBox()
        self.several = QCheckBox("Several codes in one bin")
        self.turn = QPushButton("Begin interval coding")
        self.next = QPushButton("Next without an answer")
        self.told, self.progress = QLabel(OFF), QLabel()
        self.model = BinsModel(self)
        self.view = QTableView()
        self._prepare()
        self._lay_out(theme)
        self.set_theme(theme)

    @property
    def seconds(self) -> float:
        """How long a bin is."""
        return float(self.length.currentData() or self.own.value())

    @property
    def row(self) -> int:
        """The row of the bin that is chosen; -1 where none is."""
        return self.view.currentIndex().row()

    def choose_row(self, row: int) -> None:
        """Choose a bin, where there is one."""
        if 0 <= row < self.model.rowCount() and row != self.row:
            self.view.selectRow(row)
            self.view.scrollTo(self.model.index(row, 0))

    def show_on(self, *, on: bool) -> None:
        """Show whether the keys of codes answer bins."""
        self.turn.setText("End interval coding" if on else "Begin interval coding")
        self.told.setText(ON if on else OFF)

    def show_progress(self, answered: int, bins: int) -> None:
        """Tell how many bins have an answer."""
        self.progress.setText(f"{answered} of {bins} bins answered")

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for label in (self.told, self.progress):
            dress_quiet(label, theme)

    def _prepare(self) -> None:
        self.setAccessibleName("Interval coding")
        for seconds, words in LENGTHS:
            self.length.addItem(words, seconds)
        self.length.addItem("Own length", OWN)
        self.length.setAccessibleName("Length of a bin")
        self.own.setRange(0.5, 3600)
        self.own.setValue(20)
        self.own.setSuffix(" s")
        self.own.setAccessibleName("Own length of a bin, in seconds")
        self.own.setVisible(False)
        self.length.currentIndexChanged.connect(
            lambda: self.own.setVisible(self.length.currentData() == OWN)
        )
        self.told.setWordWrap(True)
        self.view.setModel(self.model)
        self.view.setAccessibleName("Bins")
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        if (rows := self.view.verticalHeader()) is not None:
            rows.setVisible(False)
        if (heads := self.view.horizontalHeader()) is not None:
            heads.setStretchLastSection(True)
            heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
            heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)

    def _lay_out(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*([theme.spacing] * 4))
        layout.setSpacing(theme.spacing_small)
        line = QHBoxLayout()
        line.addWidget(self.length, 1)
        line.addWidget(self.own)
        buttons = QHBoxLayout()
        buttons.addWidget(self.turn, 1)
        buttons.addWidget(self.next, 1)
        layout.addLayout(line)
        layout.addWidget(self.several)
        layout.addLayout(buttons)
        layout.addWidget(self.told)
        layout.addWidget(self.progress)
        layout.addWidget(self.view, 1)


def micros_of(seconds: float) -> int:
    """Give a length in microseconds."""
    return round(seconds * SECOND)
