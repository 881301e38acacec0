"""The page on which two passes are compared, and the keys by which differences are settled."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.compare_model import HEADS, KIND_WORDS, DifferencesModel
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.panels.passes import PassLine, fill_with_passes
from annotator.gui.theme import Theme
from annotator.model.comparison import Difference
from annotator.model.matching import Verdict

VERDICT_KEYS = {
    Qt.Key.Key_1: Verdict.FIRST,
    Qt.Key.Key_2: Verdict.SECOND,
    Qt.Key.Key_3: Verdict.BOTH,
    Qt.Key.Key_4: Verdict.NEITHER,
    Qt.Key.Key_5: Verdict.OWN,
}
KEYS_HINT = "1 first · 2 second · 3 both · 4 neither · 0 open again · 5 this:"
ALL, OPEN = "All differences", "Still open"
BEGIN = "Begin consensus"
LEAST_CHARACTERS = 8
LEAST_LIST_PX = 130
TIMES = (("times of the first", Verdict.FIRST), ("times of the second", Verdict.SECOND))
BOTH_TIMES = ("all the time of both", Verdict.BOTH)


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


class ComparePage(QScrollArea):
    """Shows a comparison and how it is settled; knows nothing of the session."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("helpPage", "passes")
        self.heading, self.counts = QLabel("Compare two passes"), QLabel()
        self.asking, self.hint = QLabel(), QLabel(KEYS_HINT)
        self.first, self.second, self.kinds = QComboBox(), QComboBox(), QComboBox()
        self.compare, self.consensus = QPushButton("Compare"), QPushButton(BEGIN)
        self.up_to_date = QPushButton("Bring the consensus up to date")
        self.own_code, self.own_times = QComboBox(), QComboBox()
        self.overrule = QPushButton("Take out")
        self.note = QLineEdit()
        self.model = DifferencesModel(self)
        self.view = DifferencesView()
        self._name_parts()
        self._dress_view()
        self._lay_out(theme)
        self.set_theme(theme)
        self.show_settling(settling=False)

    @property
    def row(self) -> int:
        """The row of the difference that is current; -1 where none is."""
        return self.view.currentIndex().row()

    @property
    def current(self) -> Difference | None:
        """The difference that is current; None where none is."""
        return self.model.difference_at(self.row)

    @property
    def is_asking(self) -> bool:
        """Whether it was said what beginning a consensus would keep for good."""
        return bool(self.asking.text())

    def show_passes(self, lines: Sequence[PassLine]) -> None:
        """Offer these passes to choose from."""
        for box in (self.first, self.second):
            fill_with_passes(box, lines)
        if len(lines) > 1 and self.first.currentData() == self.second.currentData():
            self.second.setCurrentIndex(1 if self.first.currentIndex() != 1 else 0)
        self.compare.setEnabled(len(lines) > 1)

    def show_codes(self, names: Sequence[tuple[str, str]]) -> None:
        """Offer these codes, id and name, for what is to be there instead of both."""
        chosen = self.own_code.currentData()
        self.own_code.clear()
        for code_id, name in names:
            self.own_code.addItem(name, code_id)
        self.own_code.setCurrentIndex(max(0, self.own_code.findData(chosen)) if names else -1)

    def show_settling(self, *, settling: bool) -> None:
        """Show what a consensus is made with, or hide it where there is none."""
        parts = (self.hint, self.note, self.own_code, self.own_times, self.overrule)
        for part in parts:
            part.setVisible(settling)

    def ask(self, words: str) -> None:
        """Say what beginning a consensus would keep for good; no more where empty."""
        self.asking.setText(words)
        self.asking.setVisible(bool(words))
        self.consensus.setText("Yes, begin it" if words else BEGIN)

    def select_row(self, row: int) -> None:
        """Make a difference current, where there is one."""
        if 0 <= row < self.model.rowCount():
            self.view.selectRow(row)
            self.view.scrollTo(self.model.index(row, 0))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_heading(self.heading, theme)
        dress_heading(self.asking, theme)
        for label in (self.counts, self.hint):
            dress_quiet(label, theme)
        self.view.setMinimumHeight(theme.px(LEAST_LIST_PX))

    def _name_parts(self) -> None:
        self.setAccessibleName("Comparison of two passes")
        for label in (self.counts, self.asking, self.hint):
            label.setWordWrap(True)
        self.asking.hide()
        self.up_to_date.hide()
        self.note.setPlaceholderText("Note on the decision")
        self.note.setAccessibleName("Note on the decision")
        self.kinds.addItems([ALL, OPEN])
        for kind, words in KIND_WORDS.items():
            self.kinds.addItem(words, kind)
        for words, whose in (*TIMES, BOTH_TIMES):
            self.own_times.addItem(words, whose)
        self.overrule.setToolTip("Take the selected tag out, though both passes agree on it")
        for box, name in (
            (self.first, "First pass to compare"),
            (self.second, "Second pass to compare"),
            (self.kinds, "Which differences are listed"),
            (self.own_code, "Code instead of both"),
            (self.own_times, "Times of the code instead of both"),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setMinimumContentsLength(LEAST_CHARACTERS)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )

    def _dress_view(self) -> None:
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
            heads.setResizeContentsPrecision(0)  # what is in view, not ten thousand rows
            for names in (HEADS.index("First"), HEADS.index("Second")):
                heads.setSectionResizeMode(names, QHeaderView.ResizeMode.Stretch)
            heads.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def _lay_out(self, theme: Theme) -> None:
        inner = QWidget()
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(inner)
        layout.setContentsMargins(*([theme.spacing] * 4))
        layout.setSpacing(theme.spacing_small)
        layout.addWidget(self.heading)
        layout.addLayout(_row(theme, self.first, self.second))
        layout.addLayout(_row(theme, self.compare, self.consensus, self.kinds))
        for part in (self.asking, self.counts, self.up_to_date):
            layout.addWidget(part)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.hint)
        layout.addLayout(_row(theme, self.own_code, self.own_times))
        last = _row(theme, self.note, self.overrule)
        last.setStretch(0, LEAST_CHARACTERS)
        layout.addLayout(last)


def _row(theme: Theme, *parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.spacing_small)
    for part in parts:
        row.addWidget(part, 1)
    return row
