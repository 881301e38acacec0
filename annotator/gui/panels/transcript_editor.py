"""The fields in which a cue is corrected: its text, speaker and times, cut in two or joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.theme import Theme
from annotator.model.time import to_clock
from annotator.model.transcript import Cue

_LINES = 2
NOBODY = "Not said yet"
PERSON_TIP = "Which participant this speaker is, in every cue with the same label"
NO_LABEL = "Give the speaker a label first."


@dataclass(frozen=True, slots=True)
class CueWords:
    """What stands in the fields, as it was typed; `person` is the id of who the speaker is."""

    text: str
    speaker: str
    person: str
    start: str
    end: str


class CueEditor(QFrame):
    """Shows one cue's fields; Ctrl+Enter keeps what was typed, Escape leaves it."""

    kept = pyqtSignal()
    left = pyqtSignal()
    split_asked = pyqtSignal(int)  # letters of the text before the cursor
    merge_asked = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.text = QPlainTextEdit()
        self.speaker, self.start, self.end = QLineEdit(), QLineEdit(), QLineEdit()
        self.person = QComboBox()
        self.trouble = QLabel()
        self.trouble.setWordWrap(True)
        self.trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._shown = CueWords("", "", "", "", "")
        self._lay_out()
        self.set_theme(theme)

    @property
    def words(self) -> CueWords:
        """What stands in the fields."""
        return CueWords(
            self.text.toPlainText(),
            self.speaker.text(),
            self.person.currentData() or "",
            self.start.text(),
            self.end.text(),
        )

    @property
    def shown(self) -> CueWords:
        """What stood in the fields before anything was typed."""
        return self._shown

    def show_cue(self, cue: Cue, people: Sequence[tuple[str, str]], *, may_merge: bool) -> None:
        """Put a cue into the fields, and participants by id and words who may have said it."""
        self.text.setPlainText(cue.text)
        self.person.clear()
        for key, words in (("", NOBODY), *people):
            self.person.addItem(words, key)
        self.person.setCurrentIndex(max(0, self.person.findData(cue.participant)))
        self.speaker.setText(cue.speaker)
        self._follow_label()
        self.start.setText(to_clock(cue.start))
        self.end.setText(to_clock(cue.end))
        self._shown = self.words
        self._merge.setEnabled(may_merge)
        self.show_trouble("")
        self.show()
        self.text.setFocus()

    def show_trouble(self, words: str) -> None:
        """Say why what was typed cannot be kept; nothing where empty."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours and type."""
        self.trouble.setStyleSheet(f"color: {theme.danger.name()}")
        margin = theme.spacing_small
        self._column.setContentsMargins(margin, margin, margin, margin)
        self.text.setFixedHeight(theme.px(22) * _LINES)

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if is_return or event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.kept.emit()
        else:
            super().keyPressEvent(event)

    def _follow_label(self) -> None:
        """Let it be said who the speaker is where the speaker has a label."""
        has_label = bool(self.speaker.text().strip())
        self.person.setEnabled(has_label)
        self.person.setToolTip(PERSON_TIP if has_label else NO_LABEL)

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self.text.setAccessibleName("Text of the cue")
        self.text.setTabChangesFocus(True)
        self._column.addWidget(self.text)
        times = QHBoxLayout()
        times.addWidget(self.start)
        times.addWidget(QLabel("to"))
        times.addWidget(self.end)
        for field, name in ((self.speaker, "Speaker"), (self.start, "Start"), (self.end, "End")):
            field.setAccessibleName(f"{name} of the cue")
        self.person.setAccessibleName("Who the speaker is")
        self.speaker.textChanged.connect(self._follow_label)
        form = QFormLayout()
        form.addRow("Speaker", self.speaker)
        form.addRow("Who that is", self.person)
        form.addRow("From", times)
        self._column.addLayout(form)
        self._column.addWidget(self.trouble)
        keep, leave = QPushButton("Keep"), QPushButton("Leave as it was")
        split, self._merge = QPushButton("Split at cursor"), QPushButton("Merge with next")
        keep.setToolTip("Keep what was typed (Ctrl+Enter)")
        leave.setToolTip("Change nothing (Esc)")
        keep.clicked.connect(self.kept)
        leave.clicked.connect(self.left)
        split.clicked.connect(lambda: self.split_asked.emit(self.text.textCursor().position()))
        self._merge.clicked.connect(self.merge_asked)
        self._column.addLayout(_grid(split, self._merge, keep, leave))


def _grid(*buttons: QWidget) -> QGridLayout:
    grid = QGridLayout()
    for number, button in enumerate(buttons):
        grid.addWidget(button, number // 2, number % 2)
    return grid
