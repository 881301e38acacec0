"""One rating of the region: its question, the scale with its anchors, a note, and the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.labels import dress_quiet, dress_small_heading
from annotator.gui.theme import Theme
from annotator.model.codebook import RatingItem
from annotator.model.coding import Rating

DIGITS = frozenset("0123456789")
MOST_BUTTONS = 11
"""A scale with more steps is a field of numbers instead of buttons."""

EvidenceWords = Sequence[tuple[str, str]]
"""Ids of tags and what they are called."""


def values_of(item: RatingItem) -> tuple[float, ...]:
    """Give the answers that a scale with few steps allows, ascending; none for others."""
    if not item.step:
        return ()
    count = round((item.maximum - item.minimum) / item.step) + 1
    if count > MOST_BUTTONS:
        return ()
    return tuple(item.minimum + place * item.step for place in range(count))


class TagButton(QPushButton):
    """Names a tag in as much width as there is, and goes to it."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self._words = words
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)
        self.setToolTip("Go to this tag")
        self.setAccessibleName(words)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        room = self.width() - 2 * self.fontMetrics().averageCharWidth() - self._edges()
        elided = self.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        self.setText(elided.replace("&", "&&"))

    def _edges(self) -> int:
        """Tell what the button needs beside its words."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return max(0, self.sizeHint().width() - words)


class RatingCard(QFrame):
    """With the focus, a digit rates, and Delete takes the answer back."""

    rated = pyqtSignal(str, float)  # rating id, value
    cleared = pyqtSignal(str)
    noted = pyqtSignal(str, str)  # rating id, note
    link_asked = pyqtSignal(str)
    unlink_asked = pyqtSignal(str, str)  # rating id, tag id
    tag_asked = pyqtSignal(str)  # tag id
    entered = pyqtSignal(str)

    def __init__(self, item: RatingItem, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.name, self.meaning, self.anchor = QLabel(item.name), QLabel(item.definition), QLabel()
        self.note = QLineEdit()
        self.link = QPushButton("Selected tags are evidence")
        self.buttons: dict[float, QPushButton] = {}
        self.number = QDoubleSpinBox()
        self._evidence = QVBoxLayout()
        self._shown: EvidenceWords = ()
        self._prepare()
        self._lay_out(theme)
        self.set_theme(theme)
        self.show_rating(None, (), why_not="")

    def show_rating(self, rating: Rating | None, evidence: EvidenceWords, *, why_not: str) -> None:
        """Show the answer with its evidence; `why_not` says why it cannot be changed."""
        for value, button in self.buttons.items():
            button.setChecked(rating is not None and rating.value == value)
            button.setEnabled(not why_not)
        self.number.blockSignals(True)
        self.number.setValue(rating.value if rating is not None else self.number.minimum())
        self.number.blockSignals(False)
        self.number.setEnabled(not why_not)
        for part in (self.note, self.link):
            part.setEnabled(rating is not None and not why_not)
        if not self.note.hasFocus():
            self.note.setText(rating.note if rating is not None else "")
        self.anchor.setText(self._anchor_words(rating))
        self.setToolTip(why_not)
        if tuple(evidence) != tuple(self._shown):
            self._show_evidence(evidence)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_small_heading(self.name, theme)
        for label in (self.meaning, self.anchor):
            dress_quiet(label, theme)
        px = theme.px
        self.setStyleSheet(
            f"RatingCard {{ border: 1px solid {theme.line.name()};"
            f" border-radius: {theme.radius}px; background: {theme.surface.name()}; }}"
            f"RatingCard:focus {{ border: 2px solid {theme.focus.name()}; }}"
            f"QPushButton[value='true'] {{ padding: {px(3)}px {px(4)}px; min-width: {px(22)}px; }}"
            f"QPushButton[value='true']:checked {{ background: {theme.accent.name()};"
            f" color: {theme.accent_text.name()}; font-weight: 700; }}"
        )

    def event(self, event: QEvent | None) -> bool:
        """Keep the card's keys from selected tags and from codes that have digits for keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            if self._is_own(event):
                event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None or not self._is_own(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.cleared.emit(self.item.id)
        else:
            self.rated.emit(self.item.id, float(event.text()))

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.item.id)

    def _is_own(self, event: QKeyEvent) -> bool:
        """Tell whether a key deletes the answer or is one."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        text = event.text()
        return event.key() == Qt.Key.Key_Delete or (text in DIGITS and float(text) in self.buttons)

    def _anchor_words(self, rating: Rating | None) -> str:
        if rating is None:
            ends = [one for one in self.item.anchors if one.value in self._ends()]
            return " · ".join(f"{one.value:g}: {one.text}" for one in ends) or "Not rated yet"
        found = (one.text for one in self.item.anchors if one.value == rating.value)
        return next(found, f"{rating.value:g} of {self.item.maximum:g}")

    def _ends(self) -> tuple[float, float]:
        return self.item.minimum, self.item.maximum

    def _prepare(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"Rating: {self.item.name}")
        self.setAccessibleDescription(self.item.definition)
        for label in (self.name, self.meaning, self.anchor):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning.setVisible(bool(self.item.definition))
        self.note.setPlaceholderText("Note")
        self.note.setAccessibleName(f"Note on {self.item.name}")
        self.note.editingFinished.connect(self._tell_note)
        self.link.setAutoDefault(True)
        self.link.clicked.connect(lambda: self.link_asked.emit(self.item.id))
        self.link.setAccessibleName(f"Selected tags are evidence for {self.item.name}")
        for value in values_of(self.item):
            self.buttons[value] = self._made(value)
        self.number.setRange(self.item.minimum, self.item.maximum)
        self.number.setSingleStep(self.item.step or 0.1)
        self.number.setKeyboardTracking(False)
        self.number.setAccessibleName(self.item.name)
        self.number.valueChanged.connect(lambda now: self.rated.emit(self.item.id, now))

    def _made(self, value: float) -> QPushButton:
        button = QPushButton(f"{value:g}")
        button.setCheckable(True)
        button.setProperty("value", True)
        text = next((one.text for one in self.item.anchors if one.value == value), "")
        button.setToolTip(text)
        button.setAutoDefault(True)  # Return presses it, since Space plays the film
        button.setAccessibleName(f"{self.item.name} {value:g} {text}".strip())
        button.clicked.connect(lambda: self.rated.emit(self.item.id, value))
        return button

    def _tell_note(self) -> None:
        if self.note.isEnabled():
            self.noted.emit(self.item.id, self.note.text())

    def _show_evidence(self, evidence: EvidenceWords) -> None:
        self._shown = tuple(evidence)
        while (item := self._evidence.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for tag_id, words in evidence:
            self._evidence.addWidget(self._evidence_row(tag_id, words))

    def _evidence_row(self, tag_id: str, words: str) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        go, drop = TagButton(words), QPushButton("Remove")
        drop.setAutoDefault(True)
        go.clicked.connect(lambda: self.tag_asked.emit(tag_id))
        drop.setAccessibleName(f"{words} is no evidence")
        drop.clicked.connect(lambda: self.unlink_asked.emit(self.item.id, tag_id))
        layout.addWidget(go, 1)
        layout.addWidget(drop)
        return row

    def _lay_out(self, theme: Theme) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.spacing_small)
        scale = QHBoxLayout()
        scale.setSpacing(theme.spacing_tiny)
        if self.buttons:
            for button in self.buttons.values():
                scale.addWidget(button)
            scale.addStretch(1)
        else:
            scale.addWidget(self.number)
        layout.addWidget(self.name)
        layout.addWidget(self.meaning)
        layout.addLayout(scale)
        layout.addWidget(self.anchor)
        layout.addWidget(self.note)
        layout.addLayout(self._evidence)
        layout.addWidget(self.link)
