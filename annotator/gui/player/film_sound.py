"""The sound of whichever film is open: its way out, its loudness, and why there is none."""

from __future__ import annotations

from fractions import Fraction

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.gui.player.film import OpenedFilm
from annotator.gui.player.sound_output import SoundError, open_sound_output
from annotator.gui.player.sound_track import SoundTrack
from annotator.gui.tasks import SerialWorker
from annotator.model.time import Micros

USUAL_VOLUME = 0.8
GONE = "The sound output has gone. Connect it again, then pause and play."


class FilmSound(QObject):
    """Plays a film's sound where there is a way out, and keeps looking for one where not.

    `started` comes when the first sound of a `play` is heard, `lost` when no more will be;
    `problem_changed` carries why a film that has sound plays without, empty where all is well.
    """

    started = pyqtSignal()
    lost = pyqtSignal()
    problem_changed = pyqtSignal(str)
    volume_changed = pyqtSignal(float, bool)  # volume, muted

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = SerialWorker("sound", self)
        self._film: OpenedFilm | None = None
        self._track: SoundTrack | None = None
        self._last_heard = 0
        self.volume = USUAL_VOLUME
        self.is_muted = False
        self.problem = ""

    @property
    def rate(self) -> int:
        """Samples a second at the output; 0 where there is none."""
        return self._track.rate if self._track is not None else 0

    def take_film(self, film: OpenedFilm) -> None:
        """Take up the sound of a film that was opened."""
        self._film = film
        self.find_output()
        self.volume_changed.emit(self.volume, self.is_muted)

    def drop_film(self) -> None:
        """Fall silent, and let go of the film's sound in the background."""
        self._drop_track()
        if self._film is not None and self._film.sound is not None:
            self._worker.submit(self._film.sound.close)
        self._film = None
        self._tell_problem("")

    def shut_down(self) -> None:
        """Let go of the film and end the background thread."""
        self.drop_film()
        self._worker.close()

    def find_output(self) -> None:
        """Look for a way out, if there is none yet: it may have been connected since."""
        if self._film is None or self._track is not None:
            return
        problem, reader = self._film.sound_problem, self._film.sound
        if reader is not None:
            try:
                output = open_sound_output(reader.rate, reader.channels)
            except SoundError as error:
                problem = str(error)
            else:
                self._track = SoundTrack(reader, output, self._worker, self)
                self._track.started.connect(self.started)
                self._track.lost.connect(self._lose_output)
                self._track.set_volume(self._loudness())
        self._tell_problem(problem)

    def play(self, start: Micros, end: Micros, speed: Fraction) -> bool:
        """Play from one moment of the recording to another; tells whether it will be heard."""
        self._last_heard = 0
        if self._track is None:
            return False
        self._track.play(start, end, speed)
        return True

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

    def _lose_output(self) -> None:
        self._drop_track()
        self._tell_problem(GONE)
        self.lost.emit()

    def _drop_track(self) -> None:
        if self._track is not None:
            self._track.close()
        self._track = None

    def _tell_problem(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self.problem_changed.emit(problem)
