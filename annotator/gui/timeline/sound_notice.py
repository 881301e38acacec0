"""What stands in the lane of the sound while there is no drawing, with a button beside it."""

from __future__ import annotations

from PyQt6.QtCore import QRect, Qt, pyqtSignal
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from annotator.gui.theme import Theme
from annotator.gui.timeline.sound_lane import SoundLane, SoundState

EDGE = 12
LEFT = 32  # clear of a playhead at the start
BUTTONS = {
    SoundState.READING: "Cancel",
    SoundState.STOPPED: "Draw the sound",
    SoundState.FAILED: "Try again",
}


class SoundNotice(QFrame):
    """A quiet text and a small button over the lane; hidden once the sound is drawn."""

    pressed = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._label.setMinimumWidth(0)
        self._button = QPushButton()
        # a click must not take the keys away from the window
        self._button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(LEFT, 0, EDGE, 0)
        row.setSpacing(EDGE)
        row.addWidget(self._label)
        row.addWidget(self._button)
        row.addStretch(1)
        self._text = ""
        self.set_theme(theme)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, whole."""
        return self._text

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._label.setFont(theme.digits(theme.small(self.font())))
        self._button.setFont(theme.small(self.font()))
        self.setStyleSheet(
            f"SoundNotice {{ background: transparent; }}"
            f"QLabel {{ color: {theme.text_muted.name()}; }}"
            f"QPushButton {{ padding: 2px 10px; min-height: 18px; }}"
        )

    def show_lane(self, lane: SoundLane, room: QRect) -> None:
        """Say what the lane says, within a place on the parent."""
        self._text = lane.text
        button = BUTTONS.get(lane.state)
        self.setVisible(button is not None and not room.isEmpty())
        if button is None:
            return
        self.setGeometry(room)
        self._button.setText(button)
        self._label.setToolTip(lane.text)
        left = room.width() - self._button.sizeHint().width() - LEFT - 4 * EDGE
        metrics = self._label.fontMetrics()
        self._label.setText(metrics.elidedText(lane.text, Qt.TextElideMode.ElideRight, left))

    def press(self) -> None:
        """Press the button."""
        self._button.click()
