"""The window in which clips are made: what is wanted, what consent allows, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from time import monotonic

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.clips_fields import ClipsFields
from annotator.gui.dialogs.clips_list import ClipLine, ClipsView
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare, resize_within
from annotator.gui.panels.labels import dress_heading
from annotator.gui.theme import Theme

SIZE, FIELDS_WIDTH = (1080, 660), 290
MAKE, CANCEL, STOP, CLOSE = "Choose the folder and make them…", "Cancel", "Cancel", "Close"
STOPPING = "Stopping…"
_THOUSAND, _MINUTE = 1000, 60
_TOO_EARLY = 0.02


class Phase(Enum):
    """What the window is at."""

    UNKNOWN = "unknown"  # nothing is chosen, or it is being worked out
    PLANNED = "planned"
    MAKING = "making"
    MADE = "made"


class ClipsWindow(QDialog):
    """Asks for the clips to be worked out whenever something is chosen, and shows them."""

    plan_asked = pyqtSignal()
    folder_asked = pyqtSignal()
    stop_asked = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields, self.clips = ClipsFields(theme), ClipsView(theme)
        self.summary, self.trouble = paragraph(""), paragraph("")
        self.progress, self.time_left = QProgressBar(), QLabel()
        self.make_button, self.cancel_button = QPushButton(MAKE), QPushButton(CANCEL)
        self._heading = QLabel("Clips")
        self._phase, self._is_any, self._began = Phase.UNKNOWN, False, 0.0
        self._lay_out(theme)
        self.fields.changed.connect(self.plan_asked)
        self.make_button.clicked.connect(self.folder_asked)
        self.cancel_button.clicked.connect(self._press_cancel)
        self.set_theme(theme)
        self._set_phase(Phase.UNKNOWN)
        resize_within(self, theme.px(SIZE[0]), theme.px(SIZE[1]))

    @property
    def phase(self) -> Phase:
        """What the window is at."""
        return self._phase

    def show_nothing(self, why: str) -> None:
        """Say what is to be chosen before there is anything to make."""
        self.clips.show_lines(())
        self.trouble.hide()
        self.summary.setText(why)
        self._set_phase(Phase.UNKNOWN)

    def show_working(self, what: str) -> None:
        """Say that the clips are being worked out; those shown before stay until then."""
        self.trouble.hide()
        self.summary.setText(what)
        self._set_phase(Phase.UNKNOWN)

    def show_plan(self, lines: Sequence[ClipLine]) -> None:
        """Show which clips will be made, and which not."""
        self.clips.show_lines(lines)
        refused = sum(bool(one.trouble) for one in lines)
        self._is_any = refused < len(lines)
        self.summary.setText(_plan_words(len(lines) - refused, refused))
        self.trouble.hide()
        self._set_phase(Phase.PLANNED)

    def show_trouble(self, text: str) -> None:
        """Say why nothing can be made."""
        self.clips.show_lines(())
        self.summary.clear()
        self._tell_trouble(text)
        self._set_phase(Phase.UNKNOWN)

    def show_making(self) -> None:
        """Show that the clips are being made."""
        self._began = monotonic()
        self.trouble.hide()
        self.summary.setText("Making the clips…")
        self.progress.setValue(0)
        self.time_left.clear()
        self._set_phase(Phase.MAKING)

    def show_progress(self, fraction: float, text: str) -> None:
        """Show how far it is, from 0 to 1, which clips are being made and how long it lasts."""
        if self._phase is not Phase.MAKING or not self.cancel_button.isEnabled():
            return
        self.progress.setValue(round(fraction * _THOUSAND))
        self.summary.setText(f"Making {text}")
        self.time_left.setText(left_words(fraction, monotonic() - self._began))

    def show_made(self, lines: Sequence[ClipLine], told: str, trouble: str = "") -> None:
        """Show what became of each clip."""
        self.clips.show_lines(lines)
        self.summary.setText(told)
        self._tell_trouble(trouble)
        self._set_phase(Phase.MADE)
        self.cancel_button.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.fields.set_theme(theme)
        self.clips.set_theme(theme)
        dress_heading(self._heading, theme)
        self.trouble.setStyleSheet(f"color: {theme.danger.name()};")
        self.progress.setFixedHeight(theme.px(8))
        self.progress.setStyleSheet(
            f"QProgressBar {{ background: {theme.line.name()}; border: none; border-radius: 4px; }}"
            f"QProgressBar::chunk {{ background: {theme.accent.name()}; border-radius: 4px; }}"
        )

    def reject(self) -> None:
        """Leave; what is being made is stopped."""
        super().reject()
        self.left.emit()

    def _press_cancel(self) -> None:
        if self._phase is not Phase.MAKING:
            self.reject()
            return
        self.cancel_button.setEnabled(False)
        self.summary.setText(STOPPING)
        self.time_left.clear()
        self.stop_asked.emit()

    def _tell_trouble(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self.summary.setVisible(bool(self.summary.text()))
        is_making = phase is Phase.MAKING
        self.fields.setEnabled(not is_making)
        self.progress.setVisible(is_making)
        self.time_left.setVisible(is_making)
        self.make_button.setVisible(phase in {Phase.UNKNOWN, Phase.PLANNED})
        can_make = phase is Phase.PLANNED and self._is_any
        self.make_button.setEnabled(can_make)
        self.make_button.setDefault(can_make)  # a default one looks as if it could be pressed
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(CLOSE if phase is Phase.MADE else STOP if is_making else CANCEL)

    def _lay_out(self, theme: Theme) -> None:
        rows = prepare(self, "Make clips", "clips")
        self.progress.setRange(0, _THOUSAND)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far the clips are")
        side = QScrollArea()
        side.setWidgetResizable(True)
        side.setFrameShape(QScrollArea.Shape.NoFrame)
        side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        side.setFixedWidth(theme.px(FIELDS_WIDTH))
        side.setAccessibleName("What is wanted")
        side.setWidget(self.fields)
        column = QVBoxLayout()
        column.setSpacing(theme.spacing_small)
        for part in (self._heading, self.summary, self.trouble):
            column.addWidget(part)
        column.addWidget(self.clips, 1)
        going = QHBoxLayout()
        going.addWidget(self.progress, 1)
        going.addWidget(self.time_left)
        column.addLayout(going)
        both = QHBoxLayout()
        both.setSpacing(theme.spacing_huge)
        both.addWidget(side)
        both.addLayout(column, 1)
        rows.addLayout(both, 1)
        rows.addLayout(button_row((self.cancel_button,), self.make_button))


def left_words(fraction: float, gone_s: float) -> str:
    """Say how long it will last still, where it is `fraction` of the way after so many seconds."""
    if fraction < _TOO_EARLY or fraction >= 1:
        return ""
    left = round(gone_s * (1 - fraction) / fraction)
    if left < _MINUTE:
        return f"about {max(1, left)} s left"
    return f"about {round(left / _MINUTE)} min left"


def _plan_words(allowed: int, refused: int) -> str:
    many = "1 clip" if allowed == 1 else f"{allowed:,} clips"
    will = f"{many} will be made" if allowed else "No clip will be made"
    if not refused:
        return f"{will}."
    return f"{will}, {refused:,} {'is' if refused == 1 else 'are'} refused."
