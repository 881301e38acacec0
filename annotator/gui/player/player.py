"""The engine that plays a film: exact frames, sound in step, and no waiting in the window."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.player.film import OpenedFilm, ShownFrame, open_film
from annotator.gui.player.film_sound import FilmSound
from annotator.gui.player.pictures import Pictures
from annotator.gui.tasks import SerialWorker
from annotator.media.clock import PlaybackClock
from annotator.media.stretch import SPEEDS
from annotator.model.time import ZERO, Micros, to_clock

TICK_MS = 5
SOUND_ONLY_TOLD = 16_000  # microseconds between two words on where a recording of sound stands
SOUND_ONLY_STEP = 40_000  # what counts as a frame there
ALMOST_OVER = 250_000  # with less than this to go, the last frame counts as the end


class Player(QObject):
    """Plays one recording. Times are the session's: the recording's own plus its offset.

    What is asked for comes in the background; `position` is always the time of the frame that
    is on screen, so a tag lands on what the coder sees, not on a frame that `is_pending`. Steps
    and skips asked for while others are still on their way add up, and play begins where they
    lead. At the end the film stands on its last frame; played from there, it begins again.
    """

    opened = pyqtSignal(object)  # OpenedFilm
    closed = pyqtSignal()
    frame_changed = pyqtSignal(object)  # ShownFrame
    position_changed = pyqtSignal(object)  # Micros
    playing_changed = pyqtSignal(bool)
    speed_changed = pyqtSignal(float)
    volume_changed = pyqtSignal(float, bool)  # volume, muted
    sound_changed = pyqtSignal(str)  # why there is no sound; empty where there is
    failed = pyqtSignal(str)
    notice = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opener = SerialWorker("film opening", self)
        self._picture_worker = SerialWorker("pictures", self)
        self._sound = FilmSound(self)
        self._sound.started.connect(self._start_clock)
        self._sound.lost.connect(self._go_on_silently)
        self._sound.problem_changed.connect(self.sound_changed)
        self._sound.volume_changed.connect(self.volume_changed)
        self._clock = PlaybackClock()
        self._film: OpenedFilm | None = None
        self._pictures: Pictures | None = None
        self._offset = ZERO
        self._shown: ShownFrame | None = None
        self._is_playing = False
        self._opening = 0
        self._told = ZERO
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
        return self._sound.volume

    @property
    def sound_problem(self) -> str:
        """Why the film plays without its sound; empty where it has none or plays it."""
        return self._sound.problem

    @property
    def is_muted(self) -> bool:
        """Whether the sound is off."""
        return self._sound.is_muted

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
        self._halt()
        if self._pictures is not None:
            self._pictures.close()
        self._sound.drop_film()
        was_open = self.is_open
        self._film = self._pictures = self._shown = None
        self._clock.seek(ZERO)
        if was_open:
            self.closed.emit()

    def shut_down(self) -> None:
        """Close and end the background threads; the player is of no use afterwards."""
        self.close()
        self._sound.shut_down()
        self._opener.close()
        self._picture_worker.close()

    def toggle(self) -> None:
        """Play, or pause where it plays."""
        if self._is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Run on from the frame on screen, or pending; from the start where that is the end."""
        if self._film is None or self._is_playing:
            return
        self._sound.find_output()
        start = self._start_of_play()
        self._is_playing = True
        if self._pictures is not None and self._film.index is not None:
            self._pictures.run_from(self._film.index.index_at(start))
        self._run(start)
        self.playing_changed.emit(True)

    def pause(self) -> None:
        """Stand still on the frame of this moment, decoding it where it is late."""
        if self._is_playing:
            self._tick()
        if self._halt():
            self._stand_at(self._clock.position())

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
            self._tell_position()

    def seek_frame(self, index: int) -> None:
        """Go to a frame by number, counted from 0; beyond the ends, to the first or last."""
        if self._film is None or self._film.index is None:
            return
        frames = self._film.index
        wanted = min(max(index, 0), len(frames) - 1)
        direction = -1 if wanted < self.frame_index else 1
        self._go_to(wanted, frames.times[wanted], direction)

    def step(self, frames: int) -> None:
        """Go some frames forward, or back where negative; a film that plays pauses first.

        In a recording of sound alone a step is a 25th of a second.
        """
        self.pause()
        if self._pictures is None:
            self.skip(Micros(frames * SOUND_ONLY_STEP))
            return
        pending = self._pictures.wish
        self.seek_frame((self.frame_index if pending is None else pending) + frames)

    def skip(self, delta: Micros) -> None:
        """Go some time forward, or back where negative."""
        is_ahead = self._is_playing or self.is_pending
        start = self.clock_position if is_ahead else self.position
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
        self._sound.set_volume(volume)

    def toggle_muted(self) -> None:
        """Turn the sound off, or on again."""
        self._sound.toggle_muted()

    def _take_film(self, opening: int, film: OpenedFilm) -> None:
        if opening != self._opening:
            film.close()
            return
        self._film = film
        self._sound.take_film(film)
        if film.index is not None:
            self._pictures = Pictures(film, film.index, self._picture_worker, self)
            self._pictures.fetched.connect(self._show)
            self._pictures.damaged.connect(self._tell_damage)
        self.opened.emit(film)
        if film.facts.damaged_from is not None:
            where = to_clock(Micros(film.facts.damaged_from + self._offset))
            self.notice.emit(
                f"The film is damaged: it breaks off at {where}. What comes before can be coded."
            )
        self.seek(Micros(self._offset))

    def _tell_damage(self, time: Micros) -> None:
        if self._film is None or self._film.facts.damaged_from is not None:
            return  # that it breaks off was said when it was opened
        where = to_clock(Micros(time + self._offset))
        self.notice.emit(f"The film is damaged at {where}. What cannot be shown is passed over.")

    def _fail_to_open(self, opening: int, error: AnnotatorError) -> None:
        if opening == self._opening:
            self.failed.emit(str(error))

    def _start_of_play(self) -> Micros:
        if self._film is None:
            return ZERO
        here, index = self._clock.position(), self._film.index
        left = self._film.facts.duration - here
        if index is None or self._shown is None:
            return here if left > 0 else ZERO
        if not self.is_pending and index.index_at(here) != self._shown.index:
            here = self._shown.time  # what was asked for is damaged, and another frame came
        is_last = index.index_at(here) == len(index) - 1
        return ZERO if left <= 0 or (is_last and left < ALMOST_OVER) else here

    def _run(self, start: Micros) -> None:
        """Start the sound, which starts the clock; without sound, the clock at once."""
        self._clock.pause()
        self._clock.seek(start)
        if not self._sound.play(start, self._end(), self._clock.speed):
            self._clock.start()
        self._timer.start()

    def _halt(self) -> bool:
        """Stop clock, sound and pictures where they are; tells whether they ran."""
        if not self._is_playing:
            return False
        self._is_playing = False
        self._timer.stop()
        self._clock.pause()
        self._sound.stop()
        if self._pictures is not None:
            self._pictures.stop()
        self.playing_changed.emit(False)
        return True

    def _stand_at(self, here: Micros) -> None:
        if self._film is None:
            return
        self._clock.seek(Micros(min(here, self._film.facts.duration)))
        index = self._film.index
        if self._pictures is None or index is None:
            self._tell_position()
        elif (wanted := index.index_at(here)) != self.frame_index:
            self._pictures.want(wanted, -1)

    def _start_clock(self) -> None:
        if self._is_playing:
            self._clock.start()

    def _go_on_silently(self) -> None:
        self._clock.seek(self._clock.position())
        if self._is_playing:
            self._clock.start()
        self.notice.emit(f"{self._sound.problem} Until then the film plays silently.")

    def _end(self) -> Micros:
        """The recording's own end."""
        return self._film.facts.duration if self._film is not None else ZERO

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
        self._follow_sound()
        now = self._clock.position()
        if self._pictures is None:
            if now - self._told >= SOUND_ONLY_TOLD or now < self._told:
                self._tell_position()
        elif (frame := self._pictures.take_due(now)) is not None:
            self._show(frame)
        if self._film is not None and now >= self._film.facts.duration and self._halt():
            self._stand_at(now)

    def _follow_sound(self) -> None:
        # Only a new word counts: between two the clock runs on by itself, and past the last one,
        # which may be a sample short of the end.
        if self._clock.is_running and (heard := self._sound.newly_heard()) is not None:
            self._clock.heard(heard, self._sound.rate)

    def _show(self, frame: ShownFrame) -> None:
        self._shown = frame
        self.frame_changed.emit(frame)
        self._tell_position()

    def _tell_position(self) -> None:
        self._told = self._clock.position()
        self.position_changed.emit(self.position)
