"""The section that says how a recording is heard."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QWidget

from annotator.gui.dialogs.recordings_controls import Chooser, Tick
from annotator.gui.dialogs.recordings_pieces import allow, make_form, row_label
from annotator.gui.dialogs.recordings_slider import TrialSlider
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.recording import Listening, Recording

STEPS = 100
VALUE_WIDTH = 56
TRACK_ROW = 2


class SoundSection(QWidget):
    """Volume, silence, being heard alone and the choice of a track."""

    listening_tried = pyqtSignal(object)  # Listening
    listening_chosen = pyqtSignal(object)  # Listening
    solo_chosen = pyqtSignal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listening = Listening()
        self._why_no_change = ""
        self.volume = TrialSlider("Volume", (0, STEPS), 0, theme)
        self.value = QLabel()
        self.silent = Tick("Silent", theme)
        self.alone = Tick("Only this one", theme)
        self.track = Chooser("Track", theme)
        self.form = make_form(self)
        self._lay_out()
        self.set_theme(theme)
        self._connect()

    def show_recording(self, recording: Recording, *, alone: bool, has_others: bool) -> None:
        """Show how a recording is heard; without others that sound, none is heard alone."""
        listening = self._listening = recording.listening
        self.volume.show_value(round(listening.volume * STEPS))
        self._say_volume(self.volume.value())
        with QSignalBlocker(self.silent), QSignalBlocker(self.alone):
            self.silent.setChecked(listening.muted)
            self.alone.setChecked(alone)
        self.alone.setVisible(has_others)
        self._show_tracks(recording.audio.tracks if recording.audio else 0, listening.track)
        self._allow()

    def set_read_only(self, reason: str) -> None:
        """Allow no change, for a reason; empty allows it."""
        self._why_no_change = reason
        self._allow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for one in (self.volume, self.silent, self.alone, self.track):
            one.set_theme(theme)
        self.value.setFont(theme.digits(self.value.font()))
        dress_quiet(self.value, theme)

    def _lay_out(self) -> None:
        self.value.setMinimumWidth(VALUE_WIDTH)
        loud = QHBoxLayout()
        loud.setSpacing(8)
        loud.addWidget(self.volume, 1)
        loud.addWidget(self.value)
        ticks = QHBoxLayout()
        ticks.setSpacing(24)
        ticks.addWidget(self.silent)
        ticks.addWidget(self.alone)
        ticks.addStretch(1)
        chosen = QHBoxLayout()
        chosen.addWidget(self.track)
        chosen.addStretch(1)
        self.form.addRow(row_label("Volume"), loud)
        self.form.addRow(row_label(""), ticks)
        self.form.addRow(row_label("Track"), chosen)

    def _connect(self) -> None:
        self.volume.tried.connect(self._try_volume)
        self.volume.settled.connect(lambda value: self._choose(self._with_volume(value)))
        self.silent.clicked.connect(
            lambda checked: self._choose(replace(self._listening, muted=checked))
        )
        self.alone.clicked.connect(self.solo_chosen)
        self.track.activated.connect(lambda at: self._choose(replace(self._listening, track=at)))

    def _with_volume(self, value: int) -> Listening:
        return replace(self._listening, volume=value / STEPS)

    def _try_volume(self, value: int) -> None:
        self._say_volume(value)
        self.listening_tried.emit(self._with_volume(value))

    def _choose(self, listening: Listening) -> None:
        if listening != self._listening:
            self._listening = listening
            self.listening_chosen.emit(listening)

    def _say_volume(self, value: int) -> None:
        self.value.setText(f"{value} %")

    def _show_tracks(self, count: int, chosen: int) -> None:
        with QSignalBlocker(self.track):
            if self.track.count() != count:
                self.track.clear()
                self.track.addItems([f"Track {number + 1}" for number in range(count)])
            self.track.setCurrentIndex(chosen if chosen < count else -1)
        self.form.setRowVisible(TRACK_ROW, count > 1)

    def _allow(self) -> None:
        why_not = self._why_no_change
        allow(self.volume, "How loud this recording is against the others", why_not)
        allow(self.silent, "Do not hear this recording", why_not)
        allow(self.alone, "Hear this recording and none of the others, until you untick it", "")
        allow(self.track, "Which of its sound tracks is heard", why_not)
