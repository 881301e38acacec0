"""The engine that plays a film: exact frames, sound in step, and no waiting in the window."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.player.film import OpenedFilm, ShownFrame, open_film
from annotator.gui.player.pictures import Pictures
from annotator.gui.player.sound_output import SoundError, SoundOutput, open_sound_output
from annotator.gui.player.sound_track import SoundTrack
from annotator.gui.tasks import SerialWorker
from annotator.media.clock import PlaybackClock
from annotator.media.stretch import SPEEDS
from annotator.model.time import ZERO, Micros, to_clock

TICK_MS = 5


class Player(QObject):
    """Plays one recording. Times are the session's: the recording's own plus its offset.

    What is asked for comes in the background; `position` is always the time of the frame that
    is on screen, so a tag lands on what the coder sees. Steps asked for while others are still
    on their way add up.
    """

    opened = pyqtSignal(object)  # OpenedFilm
    closed = pyqtSignal()
    frame_changed = pyqtSignal(object)  # ShownFrame
    position_changed = pyqtSignal(object)  # Micros
    playing_changed = pyqtSignal(bool)
    speed_changed = pyqtSignal(float)
    volume_changed = pyqtSignal(float, bool)  # volume, muted
    failed = pyqtSignal(str)
    notice = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = SerialWorker("film opening", self)
        self._clock = PlaybackClock()
        self._film: OpenedFilm | None = None
        self._pictures: Pictures | None = None
        self._sound: SoundTrack | None = None
        self._offset = ZERO
        self._shown: ShownFrame | None = None
        self._is_playing = False
        self._opening = 0
        self._volume = 0.8
        self._is_muted = False
        self.sound_problem = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)

    @property
    def is_open(self) -> bool:
        """Whether there is a recording to play."""
        return self._film is not None

    @property
    def is_playing(self) -> bool:
        """Whether the film runs."""
        return self._is_playing

    @property
    def is_pending(self) -> bool:
        """Whether a frame that was asked for is still on its way."""
        return self._pictures is not None and self._pictures.is_pending

    @property
    def position(self) -> Micros:
        """The session time of the frame on screen; of sound alone, what is heard."""
        if self._shown is not None:
            return Micros(self._shown.time + self._offset)
        return Micros(self._clock.position() + self._offset)

    @property
    def clock_position(self) -> Micros:
        """The session time that is playing, which the frame on screen may lag behind."""
        return Micros(self._clock.position() + self._offset)

    @property
    def frame_index(self) -> int:
        """The number of the frame on screen, counted from 0; -1 where there is none."""
        return self._shown.index if self._shown is not None else -1

    @property
    def frame_times(self) -> Sequence[Micros]:
        """When each frame comes on screen, in session time; empty without a picture."""
        index = self._film.index if self._film else None
        if index is None:
            return ()
        if self._offset == ZERO:
            return index.times
        return tuple(Micros(time + self._offset) for time in index.times)

    @property
    def end(self) -> Micros:
        """The session time at which the recording ends; 0 where none is open."""
        return Micros(self._film.facts.duration + self._offset) if self._film else ZERO

    @property
    def speed(self) -> float:
        """Recording seconds a second."""
        return float(self._clock.speed)

    @property
    def volume(self) -> float:
        """Loudness, 0 to 1."""
        return self._volume

    def open(self, path: Path, offset: Micros) -> None:
        """Open a recording in the background and show its first frame."""
        self.close()
        self._offset = offset
        self._opening += 1
        self._opener.submit(
            partial(open_film, path),
            partial(self._take_film, self._opening),
            partial(self._fail_to_open, self._opening),
        )

    def close(self) -> None:
        """Let go of the recording; one that is being opened is let go of when it comes."""
        self._opening += 1
        self.pause()
        if self._pictures is not None:
            self._pictures.close()
        if self._sound is not None and self._film is not None and self._film.sound is not None:
            self._sound.close(self._film.sound.close)
        elif self._film is not None and self._film.sound is not None:
            self._film.sound.close()
        was_open = self.is_open
        self._film = self._pictures = self._sound = self._shown = None
        self._clock.seek(ZERO)
        if was_open:
            self.closed.emit()

    def shut_down(self) -> None:
        """Close and end the background threads; the player is of no use afterwards."""
        self.close()
        self._opener.close()

    def toggle(self) -> None:
        """Play, or pause where it plays."""
        if self._is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Run on from the frame on screen; from the start where that is the end."""
        if self._film is None or self._is_playing:
            return
        start = self._start_of_play()
        self._is_playing = True
        self._clock.seek(start)
        if self._pictures is not None and self._film.index is not None:
            self._pictures.run_from(self._film.index.index_at(start))
        self._run(start)
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stand still on the frame on screen."""
        if not self._is_playing:
            return
        self._is_playing = False
        self._timer.stop()
        self._clock.pause()
        if self._sound is not None:
            self._sound.stop()
        if self._pictures is not None:
            self._pictures.stop()
        if self._shown is not None:
            self._clock.seek(self._shown.time)
        self.playing_changed.emit(False)

    def seek(self, time: Micros) -> None:
        """Go to a moment: to the frame on screen then; a film that plays goes on playing."""
        if self._film is None:
            return
        here = Micros(min(max(time - self._offset, 0), self._film.facts.duration))
        index = self._film.index
        if index is not None:
            self._go_to(index.index_at(here), here)
        else:
            self._move_clock(here)
            self.position_changed.emit(self.position)

    def seek_frame(self, index: int) -> None:
        """Go to a frame by number, counted from 0; beyond the ends, to the first or last."""
        if self._film is None or self._film.index is None:
            return
        frames = self._film.index
        wanted = min(max(index, 0), len(frames) - 1)
        direction = -1 if wanted < self.frame_index else 1
        self._go_to(wanted, frames.times[wanted], direction)

    def step(self, frames: int) -> None:
        """Go some frames forward, or back where negative; a film that plays pauses first."""
        self.pause()
        pending = self._pictures.wish if self._pictures is not None else None
        self.seek_frame((self.frame_index if pending is None else pending) + frames)

    def skip(self, delta: Micros) -> None:
        """Go some time forward, or back where negative."""
        start = self.position
        pending = self._pictures.wish if self._pictures is not None else None
        if pending is not None and self._film is not None and self._film.index is not None:
            start = Micros(self._film.index.times[pending] + self._offset)
        self.seek(Micros(start + delta))

    def set_speed(self, speed: float) -> None:
        """Play faster or slower from now on, pitch kept."""
        wanted = Fraction(speed)
        if wanted == self._clock.speed:
            return
        here = self._clock.position()
        self._clock.set_speed(wanted)
        if self._is_playing:
            self._run(here)
        self.speed_changed.emit(float(wanted))

    def faster(self) -> None:
        """Go to the next speed up, if there is one."""
        self.set_speed(next((float(one) for one in SPEEDS if one > self._clock.speed), self.speed))

    def slower(self) -> None:
        """Go to the next speed down, if there is one."""
        down = reversed(SPEEDS)
        self.set_speed(next((float(one) for one in down if one < self._clock.speed), self.speed))

    def set_volume(self, volume: float) -> None:
        """Set the loudness, from 0 to 1; sound that was off comes on."""
        self._volume = min(max(volume, 0.0), 1.0)
        self._is_muted = False
        self._tell_volume()

    def toggle_muted(self) -> None:
        """Turn the sound off, or on again."""
        self._is_muted = not self._is_muted
        self._tell_volume()

    def _tell_volume(self) -> None:
        if self._sound is not None:
            self._sound.set_volume(0.0 if self._is_muted else self._volume)
        self.volume_changed.emit(self._volume, self._is_muted)

    def _take_film(self, opening: int, film: OpenedFilm) -> None:
        if opening != self._opening:
            film.close()
            return
        self._film = film
        self.sound_problem = film.sound_problem
        self._open_sound(film)
        if film.index is not None:
            self._pictures = Pictures(film, film.index, self)
            self._pictures.fetched.connect(self._show)
            self._pictures.damaged.connect(self.notice)
        self.opened.emit(film)
        if film.facts.damaged_from is not None:
            self.notice.emit(
                f"The film is damaged: it breaks off at {to_clock(film.facts.damaged_from)}. "
                "What comes before can be coded."
            )
        self.seek(Micros(self._offset))

    def _fail_to_open(self, opening: int, error: AnnotatorError) -> None:
        if opening == self._opening:
            self.failed.emit(str(error))

    def _open_sound(self, film: OpenedFilm) -> None:
        if film.sound is None:
            return
        try:
            output: SoundOutput = open_sound_output(film.sound.rate, film.sound.channels)
        except SoundError as error:
            self.sound_problem = str(error)
            return
        self._sound = SoundTrack(film.sound, output, self)
        self._sound.started.connect(self._start_clock)
        self._sound.lost.connect(self._go_on_silently)
        self._tell_volume()

    def _start_of_play(self) -> Micros:
        if self._film is None:
            return ZERO
        index = self._film.index
        at_end = self._clock.position() >= self._film.facts.duration
        if index is not None and self._shown is not None:
            at_end = self._shown.index == len(index) - 1
            return ZERO if at_end else self._shown.time
        return ZERO if at_end else self._clock.position()

    def _run(self, start: Micros) -> None:
        """Start the sound, which starts the clock; without sound, the clock at once."""
        self._clock.pause()
        self._clock.seek(start)
        if self._sound is not None and self._film is not None:
            self._sound.play(start, self._film.facts.duration, self._clock.speed)
        else:
            self._clock.start()
        self._timer.start()

    def _start_clock(self) -> None:
        if self._is_playing:
            self._clock.start()

    def _go_on_silently(self) -> None:
        self._sound = None
        here = self._clock.position()
        self._clock.seek(here)
        if self._is_playing:
            self._clock.start()
        self.notice.emit("The sound output has gone; the film plays on silently.")

    def _go_to(self, index: int, time: Micros, direction: int = 1) -> None:
        if self._pictures is None:
            return
        if self._is_playing:
            self._pictures.run_from(index)
            self._run(time)
            return
        self._clock.seek(time)
        self._pictures.want(index, direction)

    def _move_clock(self, time: Micros) -> None:
        self._clock.seek(time)
        if self._is_playing:
            self._run(time)

    def _tick(self) -> None:
        if self._sound is not None and self._clock.is_running:
            heard = self._sound.heard()
            if heard:
                self._clock.heard(heard, self._sound.rate)
        now = self._clock.position()
        if self._pictures is None:
            self.position_changed.emit(self.position)
        elif (frame := self._pictures.take_due(now)) is not None:
            self._show(frame)
        if self._film is not None and now >= self._film.facts.duration:
            self.pause()

    def _show(self, frame: ShownFrame) -> None:
        self._shown = frame
        self.frame_changed.emit(frame)
        self.position_changed.emit(self.position)
