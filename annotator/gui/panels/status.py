"""The foot of the window: whether the work is safe, who codes, and what just happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PyQt6.QtCore import QSize, Qt, QTimer
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QWidget

from annotator.gui.document import SaveState
from annotator.gui.icons import icon
from annotator.gui.panels.status_words import StateWords, state_words
from annotator.gui.theme import Theme

FLASH_MS = 4000
STATE_SHARE = 0.55  # of the line, at most
PATIENCE_MS = 250  # a write that takes less is not worth a word
ICON = 16
ALL_AGAIN = "View, Recordings and picture…: untick “Only this one” to hear all again"


class StatusLine(QStatusBar):
    """Says nothing twice and hides nothing: the state stays while messages come and go."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: SaveState | None = None
        self._saved_at = ""
        self._words: StateWords | None = None
        self._icon, self._state_text, self._flash = QLabel(), QLabel(), QLabel()
        self._session, self.coder, self.sound = QLabel(), QLabel(), QLabel()
        self.loop, self.only = QLabel(), QLabel()
        self._flash_timer = self._timer(FLASH_MS, self._flash.clear)
        self._patience = self._timer(PATIENCE_MS, self._show_writing)
        self._lay_out()

    @property
    def state_text(self) -> str:
        """What is said about saving; where room is short the line shows less of it."""
        return self._words.text if self._words is not None else ""

    @property
    def message(self) -> str:
        """The passing message that is shown; empty where none is."""
        return self._flash.text()

    def show_state(self, state: SaveState, reason: str = "") -> None:
        """Say how much of the session is safe; `reason` is why it is not, in few words.

        A write is mentioned when it takes longer than a moment, so that the line stays calm.
        """
        if state is SaveState.WRITING:
            if self._state is not state:
                self._patience.start()
        else:
            self._patience.stop()
            if state is SaveState.SAVED and self._state not in {None, SaveState.SAVED}:
                self._saved_at = datetime.now().astimezone().strftime("%H:%M")
            self._show(state_words(state, self._saved_at, reason))
        self._state = state

    def show_session(self, title: str) -> None:
        """Name the session; what was said of another one's saving is forgotten."""
        self._state, self._saved_at = None, ""
        self._session.setText(title)

    def show_coder(self, coder: str) -> None:
        """Name who codes; empty hides it."""
        self.coder.setText(f"Coder {coder}" if coder else "")
        self.coder.setVisible(bool(coder))

    def show_sound(self, problem: str) -> None:
        """Say why there is no sound; empty hides it."""
        self.sound.setText("No sound" if problem else "")
        self.sound.setToolTip(problem)
        self.sound.setAccessibleDescription(problem)
        self.sound.setVisible(bool(problem))

    def show_loop(self, text: str) -> None:
        """Say what is played over and over; empty hides it."""
        self.loop.setText(text)
        self.loop.setVisible(bool(text))

    def show_only(self, name: str) -> None:
        """Say which recording alone is heard; empty hides it."""
        self.only.setText(f"Only {name} is heard" if name else "")
        self.only.setToolTip(ALL_AGAIN)
        self.only.setAccessibleDescription(ALL_AGAIN)
        self.only.setVisible(bool(name))

    def flash(self, text: str) -> None:
        """Say something in passing; it goes after a few seconds."""
        self._flash.setText(text)
        self._flash.setAccessibleName(text)
        self._flash_timer.start()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Show as much of the state as there is room for."""
        super().resizeEvent(event)
        self._fit_state()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        if self._words is not None:
            self._dress(self._words)

    def _show_writing(self) -> None:
        self._show(state_words(SaveState.WRITING, self._saved_at))

    def _show(self, words: StateWords) -> None:
        if words != self._words:  # said after each tag, and mostly the same
            self._dress(words)

    def _dress(self, words: StateWords) -> None:
        self._words = words
        colours = {
            "success": self._theme.success,
            "text_muted": self._theme.text_muted,
            "warning": self._theme.warning,
            "danger": self._theme.danger,
        }
        colour, side = colours[words.tone], self._theme.px(ICON)
        self._icon.setPixmap(icon(words.icon, colour).pixmap(QSize(side, side)))
        weight = 700 if words.tone == "danger" else 500
        self._state_text.setStyleSheet(f"color: {colour.name()}; font-weight: {weight};")
        for label in (self._icon, self._state_text):
            label.setToolTip(words.tip)
        self._state_text.setAccessibleName(words.text)
        self._state_text.setAccessibleDescription(words.tip)
        self._fit_state()

    def _fit_state(self) -> None:
        """Cut a long reason with dots, lest it push the coder out of the window."""
        label = self._state_text
        label.ensurePolished()  # the weight decides the width
        metrics, room = label.fontMetrics(), int(self.width() * STATE_SHARE)
        label.setText(metrics.elidedText(self.state_text, Qt.TextElideMode.ElideRight, room))

    def _timer(self, interval_ms: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval_ms)
        timer.timeout.connect(act)
        return timer

    def _lay_out(self) -> None:
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(self._theme.spacing, 2, self._theme.spacing, 2)
        row.setSpacing(self._theme.spacing_small)
        row.addWidget(self._icon)
        row.addWidget(self._state_text)
        row.addSpacing(self._theme.spacing_huge)
        row.addWidget(self._flash, 1)
        for label in (self.loop, self.only, self.sound, self.coder, self._session):
            row.addSpacing(self._theme.spacing)
            row.addWidget(label)
        for label in (self._state_text, self._flash, self.only, self._session):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._flash.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.loop.setVisible(False)
        self.only.setVisible(False)
        self.sound.setVisible(False)
        self.coder.setVisible(False)
        self.addWidget(line, 1)
