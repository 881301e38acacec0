"""The moments at which a clip stops, each with its question."""

from __future__ import annotations

from functools import partial

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from annotator.gui.icons import icon
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.gui.tray.pieces import ICON_PX, LineField
from annotator.model.clip import Clip
from annotator.model.time import to_clock

NONE = "The film runs through. Go to a moment and add a pause there."
OUTSIDE = "outside"


class PauseRow(QWidget):
    """One pause: when it is, what is asked, and what takes it away."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.go, self.drop = QToolButton(), QToolButton()
        self.question = LineField("Question at this moment", "Question, or nothing to stop only")
        for button in (self.go, self.drop):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.spacing_tiny)
        row.addWidget(self.go)
        row.addWidget(self.question, 1)
        row.addWidget(self.drop)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        size = theme.px(ICON_PX)
        self.drop.setIconSize(QSize(size, size))
        self.drop.setIcon(icon("close", theme))


class PausesBox(QWidget):
    """Tells which pause, by its place among the clip's, is to be changed, left or gone to."""

    sought = pyqtSignal(int)
    asked = pyqtSignal(int, str)
    removed = pyqtSignal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[PauseRow] = []
        self.none = QLabel(NONE)
        self.none.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.spacing_tiny)
        self._column.addWidget(self.none)

    def show_pauses(self, clip: Clip | None, *, writable: bool) -> None:
        """Show the pauses of a clip; rows that stay keep what is being typed."""
        pauses = clip.pauses if clip is not None else ()
        while len(self.rows) < len(pauses):
            self._add_row()
        while len(self.rows) > len(pauses):
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.none.setVisible(not pauses)
        for row, pause in zip(self.rows, pauses, strict=True):
            is_inside = clip is not None and clip.interval.contains(pause.time)
            when = to_clock(pause.time)
            row.go.setText(when if is_inside else f"{when} {OUTSIDE}")
            row.go.setToolTip("Go there" if is_inside else "Outside the clip: it does not stop")
            row.go.setAccessibleName(f"Go to the pause at {when}")
            row.drop.setAccessibleName(f"Remove the pause at {when}")
            row.drop.setToolTip("Remove this pause")
            row.drop.setEnabled(writable)
            row.question.setReadOnly(not writable)
            row.question.show_text(pause.question)

    def flush(self) -> None:
        """Tell what was typed."""
        for row in self.rows:
            row.question.flush()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        dress_quiet(self.none, theme)
        for row in self.rows:
            row.set_theme(theme)

    def _add_row(self) -> None:
        row, place = PauseRow(self._theme), len(self.rows)
        row.go.clicked.connect(partial(self._tell_sought, place))
        row.drop.clicked.connect(partial(self._tell_removed, place))
        row.question.written.connect(partial(self.asked.emit, place))
        self.rows.append(row)
        self._column.addWidget(row)

    def _tell_sought(self, place: int) -> None:
        self.sought.emit(place)

    def _tell_removed(self, place: int) -> None:
        self.flush()
        self.removed.emit(place)
