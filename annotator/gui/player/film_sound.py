"""The sound of the recordings that are open: its way out, its loudness, and why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from PyQt6.QtCore import QElapsedTimer, QObject, pyqtSignal

from annotator import media
from annotator.gui.player.sound_output import SoundError, open_sound_output, sound_devices
from annotator.gui.player.sound_track import SoundTrack
from annotator.gui.tasks import SerialWorker
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.media.audio import AudioReader
    from annotator.media.mixing import Mix, Voice

USUAL_VOLUME = 0.8
SCRUBBED = 60_000  # microseconds of sound heard with a step
SCRUB_GAP_MS = 80  # a key held down is not to stutter
GONE = "The sound output has gone. Connect it again, then pause and play."
NOT_THERE = (
    "The sound output that you chose is not connected. The sound goes to the system's own until"
    " it is."
)


class FilmSound(QObject):
    """Plays what the recordings sound like together, and keeps looking for a way out.

    Times are the session's. `started` comes when the first sound of a `play` is heard, `lost`
    when no more will be; `problem_changed` carries why recordings that have sound play without,
    empty where all is well. `output_changed` comes when what is played next is heard elsewhere,
    `noticed` where that is not where it was to be.
    """

    started = pyqtSignal()
    lost = pyqtSignal()
    problem_changed = pyqtSignal(str)
    volume_changed = pyqtSignal(float, bool)  # volume, muted
    output_changed = pyqtSignal()
    noticed = pyqtSignal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = SerialWorker("sound", self)
        self._mix: Mix | None = None
        self._own_problem = ""
        self._track: SoundTrack | None = None
        self._last_heard = 0
        self._device = self._track_device = self._refusing = ""
        self._is_heard = False
        self._is_told_elsewhere = False
        self._since_scrub = QElapsedTimer()
        self.volume = USUAL_VOLUME
        self.is_muted = False
        self.problem = ""

    @property
    def rate(self) -> int:
        """Samples a second at the output; 0 where there is none."""
        return self._track.rate if self._track is not None else 0

    def take(self, voices: Sequence[Voice], problem: str) -> None:
        """Take up the sounds that are heard from now on; `problem` says why one is not."""
        self._mix = media.Mix(voices) if voices else None
        self._own_problem = problem
        if self._mix is None:
            self._drop_track()
        elif self._track is not None:
            self._track.change(self._mix)
        self.find_output()
        self.volume_changed.emit(self.volume, self.is_muted)

    def drop(self) -> None:
        """Fall silent, with nothing to be heard any more."""
        self._drop_track()
        self._mix, self._own_problem, self._refusing = None, "", ""
        self._tell_problem("")

    def release(self, reader: AudioReader | None) -> None:
        """Let go of a recording's sound in the background, once it is no longer read."""
        if reader is not None:
            self._worker.submit(reader.close)

    def shut_down(self) -> None:
        """Fall silent and end the background thread."""
        self.drop()
        self._worker.close()

    def set_device(self, device: str) -> None:
        """Let the sound be heard on this output from now on; empty means the system's own."""
        if device == self._device:
            return
        self._device, self._refusing, self._is_told_elsewhere = device, "", False
        if self._mix is not None:
            self._drop_track()
            self.find_output()
            self.output_changed.emit()

    def find_output(self) -> None:
        """Look for a way out, if there is none yet: it may have been connected since.

        The same where it is not the chosen one, which may be there again.
        """
        device = self._device_there()
        if self._track is not None and self._track_device == device:
            return
        self._drop_track()
        problem = self._own_problem
        if self._mix is not None:
            try:
                self._open_track(self._mix, device)
            except SoundError as error:
                problem = str(error)
        self._tell_problem(problem)

    def _open_track(self, mix: Mix, device: str) -> None:
        output = open_sound_output(mix.rate, mix.channels, device)
        self._track = SoundTrack(mix, output, self._worker, self)
        self._track_device = device
        self._track.started.connect(self._begin)
        self._track.lost.connect(self._lose_output)
        self._track.failed.connect(self._lose_sound)
        self._track.set_volume(self._loudness())
        if self._device != device and not self._is_told_elsewhere:
            self._is_told_elsewhere = True
            self.noticed.emit(NOT_THERE)

    def _device_there(self) -> str:
        """Give the chosen output while it is connected, else the system's own.

        That it is listed says little: what was pulled out may be, so one that failed is left be.
        """
        if self._device in {"", self._refusing}:
            return ""
        is_there = any(one.id == self._device for one in sound_devices())
        self._is_told_elsewhere = self._is_told_elsewhere and not is_there
        return self._device if is_there else ""

    def play(
        self, start: Micros, end: Micros, speed: Fraction, loop: Interval | None = None
    ) -> bool:
        """Play from one moment to another; tells whether it will be heard.

        With a loop, play to its end and then the loop again and again, without a gap.
        """
        self._last_heard, self._is_heard = 0, False
        if self._track is None:
            return False
        self._track.play(start, end, speed, loop)
        return True

    def scrub(self, start: Micros) -> None:
        """Let a short piece be heard, unless one was a moment ago."""
        if self._track is None or self.is_muted or not self._since_scrub.hasExpired(SCRUB_GAP_MS):
            return
        self._since_scrub.start()
        self._track.play(start, Micros(start + SCRUBBED), Fraction(1))

    def stop(self) -> None:
        """Fall silent at once."""
        if self._track is not None:
            self._track.stop()

    def newly_heard(self) -> int | None:
        """Count the samples a channel heard since `play`; None where none since the last count."""
        if self._track is None:
            return None
        heard = self._track.heard()
        if heard == self._last_heard:
            return None
        self._last_heard = heard
        return heard

    def set_volume(self, volume: float) -> None:
        """Set the loudness, held to 0 to 1; sound that was off comes on."""
        self.volume = min(max(volume, 0.0), 1.0)
        self.is_muted = False
        self._apply_volume()

    def toggle_muted(self) -> None:
        """Turn the sound off, or on again."""
        self.is_muted = not self.is_muted
        self._apply_volume()

    def _apply_volume(self) -> None:
        if self._track is not None:
            self._track.set_volume(self._loudness())
        self.volume_changed.emit(self.volume, self.is_muted)

    def _loudness(self) -> float:
        return 0.0 if self.is_muted else self.volume

    def _begin(self) -> None:
        self._is_heard = True
        self.started.emit()

    def _lose_output(self) -> None:
        """Fall silent where the output went; where it never spoke, use the system's own."""
        self._refusing = self._track_device
        self._drop_track()
        if self._refusing and not self._is_heard:
            self.find_output()
            self.output_changed.emit()
        else:
            self._tell_problem(GONE)
            self.lost.emit()

    def _lose_sound(self, why: str) -> None:
        """Fall silent where a recording cannot be read, as when its disk was pulled out."""
        self._drop_track()
        self._tell_problem(f"The sound cannot be read. {why}")
        self.lost.emit()

    def _drop_track(self) -> None:
        if self._track is not None:
            self._track.close()
        self._track = None

    def _tell_problem(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self.problem_changed.emit(problem)
