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
    QVBoxLayout,
    QWidget,
)

from annotator.gui.clips.fields import ClipsFields
from annotator.gui.clips.list import ClipLine, ClipsView
from annotator.gui.clips.preview import EndsView
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare, resize_within
from annotator.gui.dialogs.recordings_pieces import push_button
from annotator.gui.panels.labels import dress_heading
from annotator.gui.theme import Theme

SIZE, FIELDS_WIDTH, SHARE_OF_FIELDS = (1120, 760), 350, 0.45
MAKE, CANCEL, CLOSE, STOP = "Make clips", "Cancel", "Close", "Stop"
MAKING, STOPPING = "Making the clips…", "Stopping…"
SHOW_FOLDER, OPEN_PACK, CONSENT = "Show the folder", "Open the pack", "Consent…"
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
    make_asked = pyqtSignal()
    stop_asked = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields, self.clips, self.ends = ClipsFields(theme), ClipsView(theme), EndsView(theme)
        self.summary, self.trouble = paragraph(""), paragraph("")
        self.progress, self.time_left = QProgressBar(), QLabel()
        self.make_button, self.cancel_button = QPushButton(MAKE), push_button(CANCEL)
        self.folder_button, self.pack_button = push_button(SHOW_FOLDER), push_button(OPEN_PACK)
        self.consent_button = push_button(CONSENT)
        self._heading = QLabel("Clips")
        self._phase, self._count, self._began = Phase.UNKNOWN, 0, 0.0
        self._prepare()
        self._lay_out(theme)
        self.fields.changed.connect(self._choose)
        self.make_button.clicked.connect(lambda _on: self.make_asked.emit())
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
        self._tell_trouble("")
        self.summary.setText(why)
        self._set_phase(Phase.UNKNOWN)

    def show_working(self, what: str) -> None:
        """Say that the clips are being worked out; those shown before stay until then."""
        self._tell_trouble("")
        self.summary.setText(what)
        self._set_phase(Phase.UNKNOWN)

    def show_plan(
        self, lines: Sequence[ClipLine], where: str, warnings: Sequence[str], *, is_reel: bool
    ) -> None:
        """Show which clips will be made and which not, and what is known to stand in the way.

        `where` is the folder that they go to, or the film that they become where it `is_reel`.
        """
        self.clips.name_files(has_files=not is_reel)
        self.clips.show_lines(lines)
        troubled = [one for one in lines if one.trouble]
        refused = sum(one.is_refused for one in troubled)
        self._count = len(lines) - len(troubled)
        counts = (self._count, refused, len(troubled) - refused)
        self.summary.setText(plan_words(*counts, where, is_reel=is_reel))
        self._tell_trouble("\n".join(warnings))
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
        self._tell_trouble("")
        self.summary.setText(MAKING)
        self.progress.setValue(0)
        self.time_left.clear()
        self.clips.begin()
        self._set_phase(Phase.MAKING)

    def show_progress(self, fraction: float, text: str) -> None:
        """Show how far it is, from 0 to 1, what is being made and how long it will last."""
        if self._phase is not Phase.MAKING or not self.cancel_button.isEnabled():
            return
        self.progress.setValue(round(fraction * _THOUSAND))
        self.progress.setToolTip(text)
        self.time_left.setText(left_words(fraction, monotonic() - self._began))

    def show_part(self, name: str, fraction: float) -> None:
        """Show how far the clip of that name is."""
        if self._phase is Phase.MAKING:
            self.clips.model.advance(name, fraction)

    def show_done(self, line: ClipLine) -> None:
        """Show what became of one clip, while others are still being made."""
        if self._phase is Phase.MAKING:
            self.clips.model.settle(line)

    def show_made(
        self, lines: Sequence[ClipLine], told: str, trouble: str = "", *, packed: bool = False
    ) -> None:
        """Show what became of each clip; the folder can be shown, and the pack where `packed`."""
        self.clips.show_lines(lines)
        self.summary.setText(told)
        self._tell_trouble(trouble)
        self._set_phase(Phase.MADE)
        self.folder_button.setVisible(any(not one.trouble for one in lines))
        self.pack_button.setVisible(packed)
        shown = self.folder_button if self.folder_button.isVisibleTo(self) else self.cancel_button
        shown.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for part in (self.fields, self.clips, self.ends):
            part.set_theme(theme)
        dress_heading(self._heading, theme)
        self.fields.setFixedWidth(min(theme.px(FIELDS_WIDTH), self._most_for_fields))
        self.trouble.setStyleSheet(f"color: {theme.danger.name()};")
        self.progress.setFixedHeight(theme.px(8))

    @property
    def _most_for_fields(self) -> int:
        """How wide the fields may be at most, so that the clips have room beside them."""
        screen = self.screen()
        width = screen.availableSize().width() if screen is not None else 2 * FIELDS_WIDTH
        return round(width * SHARE_OF_FIELDS)

    def reject(self) -> None:
        """Leave; what is being made is stopped."""
        super().reject()
        self.left.emit()

    def _choose(self) -> None:
        if self._phase is not Phase.MAKING:
            self.plan_asked.emit()

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
        is_making, is_made = phase is Phase.MAKING, phase is Phase.MADE
        self.fields.setEnabled(not is_making)
        self.progress.setVisible(is_making)
        self.time_left.setVisible(is_making)
        self.folder_button.setVisible(False)
        self.pack_button.setVisible(False)
        self.make_button.setVisible(not is_making and not is_made)
        self.consent_button.setVisible(not is_making)
        self.make_button.setEnabled(phase is Phase.PLANNED and self._count > 0)
        self.cancel_button.setEnabled(True)
        self.cancel_button.setText(STOP if is_making else CLOSE if is_made else CANCEL)

    def _prepare(self) -> None:
        self.progress.setRange(0, _THOUSAND)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("How far the clips are")
        self.make_button.setProperty("primary", True)

    def _lay_out(self, theme: Theme) -> None:
        rows = prepare(self, "Make clips", "clips")
        column = QVBoxLayout()
        column.setSpacing(theme.spacing_small)
        for part in (self._heading, self.summary, self.trouble):
            column.addWidget(part)
        column.addWidget(self.clips, 1)
        column.addWidget(self.ends)
        going = QHBoxLayout()
        going.addWidget(self.progress, 1, Qt.AlignmentFlag.AlignVCenter)
        going.addWidget(self.time_left)
        column.addLayout(going)
        both = QHBoxLayout()
        both.setSpacing(theme.spacing_huge)
        both.addWidget(self.fields)
        both.addLayout(column, 1)
        rows.addLayout(both, 1)
        quiet = (self.consent_button, self.folder_button, self.pack_button, self.cancel_button)
        rows.addLayout(button_row(quiet, self.make_button))
        self.make_button.setDefault(False)  # Return in a field must not begin to make clips
        self.make_button.setAutoDefault(False)


def left_words(fraction: float, gone_s: float) -> str:
    """Say how long it will last still, where it is `fraction` of the way after so many seconds."""
    if fraction < _TOO_EARLY or fraction >= 1:
        return ""
    left = round(gone_s * (1 - fraction) / fraction)
    if left < _MINUTE:
        return f"about {max(1, left)} s left"
    return f"about {round(left / _MINUTE)} min left"


def plan_words(
    allowed: int, refused: int, hindered: int, where: str, *, is_reel: bool = False
) -> str:
    """Say how many clips will be made where, how many are refused and how many cannot be made."""
    many = "1 clip" if allowed == 1 else f"{allowed:,} clips"
    become = "joined as" if is_reel else "made in"
    will = f"{many} will be {become} {where}" if allowed else "No clip will be made"
    told = [will]
    if refused:
        told.append(f"{refused:,} {'is' if refused == 1 else 'are'} refused")
    if hindered:
        told.append(f"{hindered:,} cannot be made")
    return f"{'; '.join(told)}."
