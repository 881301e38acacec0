"""Feeds the sound of a film to the loudspeakers at the chosen speed, and counts what is heard."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from annotator import media
from annotator.errors import AnnotatorError
from annotator.gui.player.sound_output import SoundOutput
from annotator.gui.tasks import SerialWorker
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.media.stretch import SoundChunk, SoundSource, StretchedAudio

FEED_MS = 15
AHEAD_SECONDS = 1
BYTES = 2  # of a 16-bit sample
PATIENCE_TICKS = 130  # so many feeds without a sound heard mean that the device does not wake
STALL_TICKS = 67  # so many without another one, once sound was heard, that it has gone


class SoundTrack(QObject):
    """Sound on one output, as `reader` has it; times are the reader's.

    Decoding and stretching happen in the background; `started` comes once the first sound is
    heard, which may be a second after `play` where the device had gone to sleep. `lost` comes
    when nothing more is heard although there is sound: it has stopped then.
    """

    started = pyqtSignal()
    lost = pyqtSignal()
    failed = pyqtSignal(str)  # why the recording's sound cannot be read

    def __init__(
        self, reader: SoundSource, output: SoundOutput, worker: SerialWorker, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self._output = output
        self._worker = worker
        self._pieces: Iterator[SoundChunk] | None = None
        self._run = 0
        self._waiting = b""
        self._is_asking = False
        self._is_begun = False
        self._silent_ticks = 0
        self._last_heard = 0
        self._timer = QTimer(self)
        self._timer.setInterval(FEED_MS)
        self._timer.timeout.connect(self._feed)

    @property
    def rate(self) -> int:
        """Samples a second at the output."""
        return self._output.rate

    def heard(self) -> int:
        """Tell how many samples a channel were heard since `play`."""
        return self._output.heard() if self._is_begun else 0

    def set_volume(self, volume: float) -> None:
        """Set the loudness, from 0 to 1."""
        self._output.set_volume(volume)

    def play(
        self, start: Micros, end: Micros, speed: Fraction, loop: Interval | None = None
    ) -> None:
        """Play from one moment to another; what was playing stops.

        With a loop, play to its end and then the loop again and again, without a gap.
        """
        self.stop()
        audio = media.StretchedAudio(self._reader, speed, self._output.rate, self._output.channels)
        self._pieces = audio.chunks(start, end) if loop is None else _looped(audio, start, loop)
        self._ask()

    def change(self, reader: SoundSource) -> None:
        """Fall silent; what is played next is read from elsewhere."""
        self.stop()
        self._reader = reader

    def stop(self) -> None:
        """Fall silent at once."""
        self._run += 1
        self._timer.stop()
        self._pieces = None
        self._waiting = b""
        self._is_asking = False
        if self._is_begun:
            self._output.stop()
        self._is_begun = False

    def close(self) -> None:
        """Fall silent for good; the reader is left open."""
        self.stop()
        self.deleteLater()

    def _ask(self) -> None:
        if self._pieces is None or self._is_asking:
            return
        self._is_asking = True
        self._worker.submit(
            partial(self._cut, self._run, self._pieces),
            partial(self._take, self._run),
            partial(self._fail, self._run),
        )

    def _cut(self, run: int, pieces: Iterator[SoundChunk]) -> SoundChunk | None:
        """Make the next piece, in the background, unless it is no longer wanted."""
        return next(pieces, None) if run == self._run else None

    def _take(self, run: int, piece: SoundChunk | None) -> None:
        if run != self._run:
            return
        self._is_asking = False
        if piece is None:
            self._pieces = None
            return
        self._waiting += piece.to_bytes()
        if not self._is_begun:
            self._begin()
        self._feed()

    def _begin(self) -> None:
        self._output.start()
        self._is_begun = True
        self._silent_ticks, self._last_heard = 0, 0
        self._timer.start()

    def _feed(self) -> None:
        frame = self._output.channels * BYTES
        room = self._output.room() // frame * frame
        taken = self._output.write(self._waiting[:room]) if room else 0
        self._waiting = self._waiting[taken:]
        if len(self._waiting) < AHEAD_SECONDS * self.rate * frame:
            self._ask()
        self._watch()

    def _watch(self) -> None:
        if self._output.is_lost():
            self._lose()
            return
        heard = self._output.heard()
        if heard and not self._last_heard:
            self.started.emit()
        stuck = heard == self._last_heard and (bool(self._waiting) or not heard)
        self._silent_ticks = self._silent_ticks + 1 if stuck else 0
        self._last_heard = heard
        patience = STALL_TICKS if heard else PATIENCE_TICKS
        if self._silent_ticks > patience:
            self._lose()

    def _fail(self, run: int, error: AnnotatorError) -> None:
        if run == self._run:
            self.stop()
            self.failed.emit(str(error))

    def _lose(self) -> None:
        self.stop()
        self.lost.emit()


def _looped(audio: StretchedAudio, start: Micros, loop: Interval) -> Iterator[SoundChunk]:
    """Give a loop's sound; what makes it needs numpy, which is there once a film is."""
    pieces: Iterator[SoundChunk] = import_module("annotator.gui.player.sound_loop").looped(
        audio, start, loop
    )
    return pieces
