"""All that is said of one clip: its ends, title, aim, notes, questions, pauses and warning."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.panels.flow import FlowLayout
from annotator.gui.panels.labels import dress_quiet, dress_small_heading
from annotator.gui.theme import Theme
from annotator.gui.tray.ends import EndsBox, EndShown
from annotator.gui.tray.pauses import PausesBox
from annotator.gui.tray.pieces import ActionButton, LineField, TextField
from annotator.model.clip import Clip

TEXTS = (
    ("title", "Title", "What learners read above the film"),
    ("aim", "Learning aim", "What the clip is to teach"),
    ("question_before", "Question before", "Asked before the film starts"),
    ("question_after", "Question after", "Asked when the film has ended"),
    ("notes", "Notes for the teacher", "Only the teacher reads them"),
    ("warning", "Content warning", "Shown before anything else, such as “Somebody cries”"),
)
"""The fields of a clip, what they are called, and what they are for."""

SEVERAL = "{} clips are chosen. Choose one to see and change what is said of it."


class ClipForm(QScrollArea):
    """Shows one clip; tells which clip's field became what."""

    written = pyqtSignal(str, str, str)  # clip id, field, text
    pause_sought = pyqtSignal(str, int)  # clip id, place among its pauses
    pause_asked = pyqtSignal(str, int, str)
    pause_removed = pyqtSignal(str, int)

    def __init__(self, by_id: Mapping[str, QAction], theme: Theme) -> None:
        super().__init__()
        self.ends, self.pauses = EndsBox(by_id, theme), PausesBox(theme)
        self.fields: dict[str, LineField | TextField] = {
            name: (LineField if name == "title" else TextField)(label, hint)
            for name, label, hint in TEXTS
        }
        self.add_pause = ActionButton(by_id["clip_pause"], "Add a pause here", "add")
        self.several, self.outside, self.trouble = QLabel(), QLabel(), QLabel()
        self._captions: list[QLabel] = []
        self._body = QWidget()
        self._clip = ""
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)
        self.show_clip(None, writable=False)

    def show_clip(self, clip: Clip | None, *, writable: bool, count: int = 0) -> None:
        """Show a clip; where it is None, how many are chosen."""
        if (clip.id if clip is not None else "") != self._clip:
            self.flush()
        self._clip = clip.id if clip is not None else ""
        self._body.setVisible(clip is not None)
        self.several.setVisible(count > 1)
        self.several.setText(SEVERAL.format(count))
        for name, field in self.fields.items():
            field.show_text(getattr(clip, name) if clip is not None else "")
            field.setReadOnly(not writable)
        self.pauses.show_pauses(clip, writable=writable)

    def show_ends(self, first: EndShown, last: EndShown) -> None:
        """Show the frames that the clip begins and ends with."""
        self.ends.first.show_end(first)
        self.ends.last.show_end(last)

    def show_note(self, outside: str, trouble: str) -> None:
        """Say what of the clip is not cut, and why it may not be shown; empty where all is well."""
        for label, text in ((self.outside, outside), (self.trouble, trouble)):
            label.setText(text)
            label.setVisible(bool(text))

    def focus_pause(self, place: int) -> None:
        """Put the cursor where the question of a pause is written."""
        if place < len(self.pauses.rows):
            row = self.pauses.rows[place]
            self.ensureWidgetVisible(row)
            row.question.setFocus()

    def flush(self) -> None:
        """Tell what has been typed and not told yet."""
        for field in self.fields.values():
            field.flush()
        self.pauses.flush()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours and type."""
        self.ends.set_theme(theme)
        self.pauses.set_theme(theme)
        self.add_pause.set_theme(theme)
        dress_quiet(self.several, theme)
        self.outside.setStyleSheet(f"color: {theme.warning.name()};")
        self.trouble.setStyleSheet(f"color: {theme.danger.name()};")
        for caption in self._captions:
            dress_small_heading(caption, theme)
        for field in self.fields.values():
            if isinstance(field, TextField):
                field.set_scale(theme.scale)

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.written.connect(partial(self._tell, name))
        self.pauses.sought.connect(lambda place: self.pause_sought.emit(self._clip, place))
        self.pauses.removed.connect(lambda place: self.pause_removed.emit(self._clip, place))
        self.pauses.asked.connect(
            lambda place, text: self.pause_asked.emit(self._clip, place, text)
        )

    def _tell(self, name: str, text: str) -> None:
        if self._clip:
            self.written.emit(self._clip, name, text)

    def _lay_out(self, theme: Theme) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("What is said of the clip")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(*([theme.spacing] * 4))
        self.several.setWordWrap(True)
        outer.addWidget(self.several)
        outer.addWidget(self._body)
        outer.addStretch(1)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_tiny)
        column.addWidget(self.ends)
        for note in (self.outside, self.trouble):
            note.setWordWrap(True)
            note.setTextFormat(Qt.TextFormat.PlainText)
            note.hide()
            column.addWidget(note)
        for name, label, _ in TEXTS:
            self._add(column, label, self.fields[name], theme)
            if name == "question_before":
                self._add_pauses(column, theme)
        self.setWidget(page)

    def _add(self, column: QVBoxLayout, label: str, field: QWidget, theme: Theme) -> None:
        caption = QLabel(label)
        caption.setBuddy(field)
        self._captions.append(caption)
        column.addSpacing(theme.spacing_tiny)
        column.addWidget(caption)
        column.addWidget(field)

    def _add_pauses(self, column: QVBoxLayout, theme: Theme) -> None:
        caption = QLabel("Pauses")
        self._captions.append(caption)
        head = FlowLayout(theme.spacing_tiny, caption, self.add_pause, ends_right=True)
        column.addSpacing(theme.spacing_tiny)
        column.addLayout(head)
        column.addWidget(self.pauses)
