"""The section that says what a recording shows and where it begins on the session's clock."""

from __future__ import annotations

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QGuiApplication
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QWidget

from annotator.gui.dialogs.recordings_controls import Chooser
from annotator.gui.dialogs.recordings_pieces import (
    TypedField,
    allow,
    dress_hint,
    make_form,
    push_button,
    row_label,
)
from annotator.gui.dialogs.recordings_words import (
    FIRST_OFFSET,
    MINUS,
    ROLES,
    WHAT_OFFSET_TO_TYPE,
    offset_text,
    offset_words,
    read_offset,
    short_offset,
    step_of,
    step_words,
)
from annotator.gui.theme import Theme
from annotator.model.recording import Recording
from annotator.model.time import SECOND, ZERO, Micros

FIELD_WIDTH = 130
ALIGN_ROW, RESULT_ROW = 3, 4


class PlaceSection(QWidget):
    """Role, offset and the search for it by sound; asks, and shows what it is told."""

    role_chosen = pyqtSignal(object)  # RecordingRole
    offset_chosen = pyqtSignal(object)  # Micros
    align_wished = pyqtSignal()
    align_given_up = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._recording: Recording | None = None
        self._is_first = True
        self._offset = ZERO
        self._typed: dict[str, str] = {}  # what could not be read yet, by recording
        self._why_no_change = self._why_no_align = ""
        self.role = Chooser("Role", theme)
        self.offset = TypedField("Begins, in seconds after the first recording")
        self.earlier, self.later = push_button(""), push_button("")
        self.hint = QLabel()
        self.align = push_button("Align by sound")
        self.cancel = push_button("Cancel", "Cancel aligning")
        self.result = QLabel()
        self.form = make_form(self)
        self._lay_out()
        self._connect()

    def show_recording(self, recording: Recording, *, is_first: bool) -> None:
        """Show a recording; `is_first` where the session's clock runs by it."""
        self._keep_typed()
        self._recording, self._is_first = recording, is_first
        self._offset = recording.offset
        with QSignalBlocker(self.role):
            self.role.setCurrentIndex(self.role.findData(recording.role))
        self.offset.show_settled(offset_text(recording.offset))
        if kept := self._typed.pop(recording.id, ""):
            self.offset.setText(kept)
        for button, sign in ((self.earlier, MINUS), (self.later, "+")):
            button.setText(f"{sign} {step_words(recording)}")
            button.setVisible(not is_first)
        self._say_where()
        self._allow()

    def show_align(self, text: str, why_not: str, *, running: bool) -> None:
        """Show how aligning stands; `why_not` says why it cannot be begun, empty where it can."""
        self._why_no_align = why_not
        hand = next((one for one in (self.align, self.cancel) if one.hasFocus()), None)
        self.result.setText(text or why_not)
        placed = not self._is_first
        self.form.setRowVisible(ALIGN_ROW, placed)
        self.form.setRowVisible(RESULT_ROW, placed and bool(self.result.text()))
        self.align.setVisible(placed and not running)
        self.cancel.setVisible(placed and running)
        self._allow()
        if hand is not None:
            (self.cancel if running else self.align).setFocus()

    def set_read_only(self, reason: str) -> None:
        """Allow no change, for a reason; empty allows it."""
        self._why_no_change = reason
        self._allow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.role.set_theme(theme)
        self._say_where()
        dress_hint(self.result, theme, wrong=False)

    def forget_others(self, ids: frozenset[str]) -> None:
        """Forget what was typed for recordings other than these."""
        self._typed = {key: text for key, text in self._typed.items() if key in ids}

    def _lay_out(self) -> None:
        for role, words in ROLES.items():
            self.role.addItem(words, role)
        self.offset.setFixedWidth(FIELD_WIDTH)
        self.offset.setMaxLength(24)
        for button in (self.earlier, self.later):
            button.setAutoRepeat(True)
        for label in (self.hint, self.result):
            label.setWordWrap(True)
        form = self.form
        form.addRow(row_label("Role"), _at_left(self.role))
        moving = _at_left(self.offset, QLabel("s"), self.earlier, self.later)
        form.addRow(row_label("Begins"), moving)
        form.addRow(row_label(""), self.hint)
        form.addRow(row_label(""), _at_left(self.align, self.cancel))
        form.addRow(row_label(""), self.result)
        self.show_align("", "", running=False)
        dress_hint(self.result, self._theme, wrong=False)

    def _connect(self) -> None:
        self.role.activated.connect(self._choose_role)
        self.offset.editingFinished.connect(self._take_typed)
        self.offset.stepped.connect(lambda way, ctrl: self._step_typed(way, by_second=ctrl))
        self.earlier.clicked.connect(lambda: self._step(-1, by_second=_is_ctrl_held()))
        self.later.clicked.connect(lambda: self._step(1, by_second=_is_ctrl_held()))
        self.align.clicked.connect(self.align_wished)
        self.cancel.clicked.connect(self.align_given_up)

    def _choose_role(self, at: int) -> None:
        role = self.role.itemData(at)
        if self._recording is not None and role != self._recording.role:
            self.role_chosen.emit(role)

    def _take_typed(self) -> None:
        offset = self._offset if self.offset.is_settled else read_offset(self.offset.text())
        if offset is not None and offset != self._offset:
            self._move_to(offset)
        elif offset is not None:
            self.offset.show_settled(offset_text(offset))
        self._say_where()

    def _step_typed(self, way: int, *, by_second: bool) -> None:
        self._take_typed()
        self._step(way, by_second=by_second)

    def _step(self, way: int, *, by_second: bool) -> None:
        if self._recording is not None and not self._is_first:
            step = SECOND if by_second else step_of(self._recording)
            self._move_to(Micros(self._offset + way * step))

    def _move_to(self, offset: Micros) -> None:
        """Ask for an offset; it is shown at once, so that the next step goes on from there."""
        self._offset = offset
        self.offset.show_settled(offset_text(offset))
        self._say_where()
        self.offset_chosen.emit(offset)

    def _keep_typed(self) -> None:
        if self._recording is not None and not self.offset.is_settled:
            self._typed[self._recording.id] = self.offset.text()

    def _say_where(self) -> None:
        wrong = not self.offset.is_settled and read_offset(self.offset.text()) is None
        words = FIRST_OFFSET if self._is_first else offset_words(self._offset)
        self.hint.setText(WHAT_OFFSET_TO_TYPE if wrong else words)
        self.offset.setAccessibleDescription(self.hint.text())
        dress_hint(self.hint, self._theme, wrong=wrong)

    def _allow(self) -> None:
        why_not = self._why_no_change
        fixed = FIRST_OFFSET if self._is_first else why_not
        allow(self.role, "What this recording shows", why_not)
        tip = f"{WHAT_OFFSET_TO_TYPE} Up and Down move it by a step, with Ctrl by a second."
        allow(self.offset, tip, fixed)
        step = short_offset(step_of(self._recording))[1:] if self._recording else ""
        for button, word in ((self.earlier, "earlier"), (self.later, "later")):
            allow(button, f"{step} {word}; with Ctrl one second", why_not)
            button.setAccessibleName(f"Begins {step} {word}")
        tip = "Find where it begins by comparing its sound with that of the first recording"
        allow(self.align, tip, why_not or self._why_no_align)


def _at_left(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return row


def _is_ctrl_held() -> bool:
    held = QGuiApplication.keyboardModifiers()
    return bool(held & Qt.KeyboardModifier.ControlModifier)
