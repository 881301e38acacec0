"""The engine that plays a session's recordings: exact frames, sound in step, no waiting."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.gui.player.deck import Deck
from annotator.gui.player.decks import USUAL_MEMORY, Decks, Source
from annotator.gui.player.film import ShownFrame
from annotator.gui.player.film_sound import FilmSound
from annotator.gui.player.running import Running
from annotator.media.clock import SPEEDS
from annotator.model.time import ZERO, Interval, Micros

SOUND_ONLY_TOLD = 16_000  # microseconds between two words on where a recording of sound stands
SOUND_ONLY_STEP = 40_000  # what counts as a frame there
ALMOST_OVER = 250_000  # with less than this to go, the last frame counts as the end


class Player(QObject):
    """Plays the recordings of a session, one of which leads. All times are the session's.

    What is asked for comes in the background; `position` is always the time of the leading
    recording's frame that is on screen, so a tag lands on what the coder sees, not on a frame
    that `is_pending`. Where that recording has no frame, it is the time itself. Steps and skips
    asked for while others are still on their way add up, and play begins where they lead. At the
    end the film stands on its last frame; played from there, it begins again. `picture_memory`
    is the most bytes of decoded frames that are kept ready, for all recordings together.
    """

    glimpsed = pyqtSignal(object)  # QImage, the film's first picture while it is being opened
    opened = pyqtSignal(object)  # OpenedFilm
    closed = pyqtSignal()
    frame_changed = pyqtSignal(object)  # ShownFrame
    position_changed = pyqtSignal(object)  # Micros
    playing_changed = pyqtSignal(bool)
    speed_changed = pyqtSignal(float)
    loop_changed = pyqtSignal(object)  # Interval | None
    failed = pyqtSignal(str)
    notice = pyqtSignal(str)

    def __init__(self, parent: QObject | None = None, picture_memory: int = USUAL_MEMORY) -> None:
        super().__init__(parent)
        self.sound = FilmSound(self)
        self.sound.lost.connect(self._tell_silence)
        self.sound.noticed.connect(self.notice)
        self.sound.output_changed.connect(lambda: self.seek(self.clock_position))
        self._running = Running(self.sound, self)
        self._running.ticked.connect(self._tick)
        self._running.turned.connect(lambda start: self._run_pictures(start, self._running.loop))
        self.decks = Decks(self.sound, self, picture_memory)
        self.decks.glimpsed.connect(self.glimpsed)
        self.decks.opened.connect(self._take_lead)
        self.decks.shown.connect(self._show)
        self.decks.moved.connect(lambda: self.seek(self.clock_position))
        self.decks.closed.connect(self.closed)
        self.decks.failed.connect(self.failed)
        self.decks.notice.connect(self.notice)
        self._begin_at: Micros | None = None
        self._loop: Interval | None = None
        self._told = ZERO
        self.scrubs = True

    @property
    def is_open(self) -> bool:
        """Whether there is a recording to play."""
        return self.decks.lead is not None

    @property
    def lead(self) -> Deck | None:
        """The recording that is stepped through; None where none is open."""
        return self.decks.lead

    @property
    def is_playing(self) -> bool:
        """Whether the film runs, forwards or back."""
        return self._running.is_running

    @property
    def is_backwards(self) -> bool:
        """Whether the film runs back."""
        return self._running.is_backwards

    @property
    def is_pending(self) -> bool:
        """Whether a frame that was asked for is still on its way."""
        return self.lead is not None and self.lead.is_pending

    @property
    def position(self) -> Micros:
        """The time of the frame on screen; where there is none, the time that is playing."""
        frame = self._frame_here()
        return self.clock_position if frame is None else frame

    @property
    def clock_position(self) -> Micros:
        """The time that is playing, which the frame on screen may lag behind."""
        return self._running.position

    @property
    def frame_index(self) -> int:
        """The number of the frame on screen, counted from 0; -1 where there is none."""
        lead = self.lead
        if lead is None or lead.shown is None or self._frame_here() is None:
            return -1
        return lead.shown.index

    @property
    def frame_times(self) -> Sequence[Micros]:
        """When each frame of the leading recording comes on screen; empty without a picture."""
        return self.lead.frame_times if self.lead is not None else ()

    @property
    def start(self) -> Micros:
        """When the first recording begins; 0 where none is open."""
        return self.decks.start

    @property
    def end(self) -> Micros:
        """When the last recording ends; 0 where none is open."""
        return self.decks.end

    @property
    def speed(self) -> float:
        """Recording seconds a second."""
        return float(self._running.speed)

    @property
    def loop(self) -> Interval | None:
        """The stretch that is played again and again; None where there is none."""
        return self._loop

    def open(self, path: Path, offset: Micros) -> None:
        """Open one recording in the background, and show its first frame.

        Those that were open are let go of; others may join it (see `decks`).
        """
        self.open_lead(Source(path, offset))

    def open_lead(self, source: Source, sharing: int = 1, at: Micros | None = None) -> None:
        """Open the recording that leads, and show its frame of a moment, or its first.

        `sharing` is how many pictures there will be, which share the memory.
        """
        self.close()
        self._begin_at = at
        self.decks.open(source, sharing, glimpse=at is None)

    def close(self) -> None:
        """Let go of the recordings; those that are being opened are let go of when they come."""
        self._halt()
        self.set_loop(None)
        self.decks.close()
        self._running.stand(ZERO)

    def shut_down(self) -> None:
        """Close and end the background threads; the player is of no use afterwards."""
        self.close()
        self.sound.shut_down()
        self.decks.shut_down()

    def toggle(self) -> None:
        """Play, or pause where it plays."""
        if self.is_playing:
            self.pause()
        else:
            self.play()

    def play(self) -> None:
        """Run on from the frame on screen, or pending; from the start where that is the end."""
        if self.is_open and (self.is_backwards or not self.is_playing):
            self._begin(self._start_of_play(), self.end, self._loop)

    def play_back(self) -> None:
        """Run back from the frame on screen, silently."""
        if not self.is_open or self.is_backwards:
            return
        was_playing = self._halt(tell=False)
        self._running.run_back(self.position)
        if not was_playing:
            self.playing_changed.emit(True)

    def play_stretch(self, stretch: Interval) -> None:
        """Play from one moment to another, once, and stand there; what is outside is left out."""
        start, end = max(stretch.start, self.start), min(stretch.end, self.end)
        if self.is_open and start < end:
            self._begin(start, end, None)

    def pause(self) -> None:
        """Stand still on the frame of this moment, decoding it where it is late."""
        if self.is_playing:
            self._running.tick()
        if self._halt():
            self._stand_at(self.clock_position)

    def set_loop(self, loop: Interval | None) -> None:
        """Play a stretch again and again from now on; None ends that."""
        if loop == self._loop:
            return
        self._loop = loop
        if self.is_playing and not self.is_backwards:
            self._run(self.clock_position)
        self.loop_changed.emit(loop)

    def seek(self, time: Micros) -> None:
        """Go to a moment: to the frame on screen then; a film that plays goes on playing."""
        if not self.is_open:
            return
        here = self._held(time)
        if self.is_playing and not self.is_backwards:
            self._run(here)
        elif self.is_backwards:
            self._running.run_back(here)
        else:
            self._stand_at(here, asked=True)

    def drag_to(self, time: Micros) -> None:
        """Go to a moment with a hand that may move on; a film that plays pauses first.

        Where the frame is not at hand, one nearby stands in for it until the hand rests.
        """
        if not self.is_open:
            return
        self.pause()
        self._running.stand(self._held(time))
        for deck in self.decks.all:
            deck.drag_to(self.clock_position)
        if self._frame_here() is None:
            self._tell_position()

    def seek_frame(self, index: int) -> None:
        """Go to a frame by number, counted from 0; beyond the ends, to the first or last."""
        lead = self.lead
        if lead is None or lead.index is None:
            return
        wanted = min(max(index, 0), len(lead.index) - 1)
        time = lead.time_of(wanted)
        if self.is_playing:
            self.seek(time)
            return
        self._running.stand(time)
        lead.want(wanted, -1 if wanted < self._last_index else 1)
        self._show_others(time)

    def step(self, frames: int) -> None:
        """Go some frames forward, or back where negative; a film that plays pauses first.

        Where there is no picture a step is a 25th of a second.
        """
        self.pause()
        lead = self.lead
        if lead is None or not lead.covers(self.clock_position):
            self.skip(Micros(frames * SOUND_ONLY_STEP))
            return
        self.seek_frame((self._last_index if lead.wish is None else lead.wish) + frames)
        if self.scrubs:
            self.sound.scrub(self.clock_position)

    def skip(self, delta: Micros) -> None:
        """Go some time forward, or back where negative."""
        is_ahead = self.is_playing or self.is_pending
        self.seek(Micros((self.clock_position if is_ahead else self.position) + delta))

    def set_speed(self, speed: float) -> None:
        """Play faster or slower from now on, pitch kept."""
        wanted = Fraction(speed)
        if wanted != self._running.speed:
            self._running.set_speed(wanted)
            self.speed_changed.emit(float(wanted))

    def faster(self) -> None:
        """Go to the next speed up, if there is one."""
        self.set_speed(next((float(one) for one in SPEEDS if one > self.speed), self.speed))

    def slower(self) -> None:
        """Go to the next speed down, if there is one."""
        down = reversed(SPEEDS)
        self.set_speed(next((float(one) for one in down if one < self.speed), self.speed))

    @property
    def _last_index(self) -> int:
        lead = self.lead
        return lead.shown.index if lead is not None and lead.shown is not None else -1

    def _held(self, time: Micros) -> Micros:
        return Micros(min(max(time, self.start), self.end))

    def _frame_here(self) -> Micros | None:
        """Give the time of the leading frame on screen; None where it has none at this moment."""
        lead = self.lead
        if lead is None or lead.shown is None or not lead.covers(self.clock_position):
            return None
        return Micros(lead.shown.time + lead.offset)

    def _take_lead(self, deck: Deck) -> None:
        self.opened.emit(deck.film)
        if deck.shown is None:
            self.seek(deck.start if self._begin_at is None else self._begin_at)

    def _tell_silence(self) -> None:
        self.notice.emit(f"{self.sound.problem} Until then the film plays silently.")

    def _start_of_play(self) -> Micros:
        here, lead = self.clock_position, self.lead
        if here >= self.end:
            return self.start
        frame = self._frame_here()
        if lead is None or lead.index is None or frame is None:
            return here
        index = lead.index_at(here)
        if not self.is_pending and index != self._last_index:
            here = frame  # what was asked for is damaged, and another frame came
        is_over = self.end - here < ALMOST_OVER and lead.index_at(here) == len(lead.index) - 1
        return self.start if is_over else here

    def _begin(self, start: Micros, end: Micros, loop: Interval | None) -> None:
        """Run on from one moment to another, whatever it did before."""
        self.sound.find_output()
        was_playing = self._halt(tell=False)
        self._run_pictures(start, loop)
        self._running.run(start, end, loop)
        if not was_playing:
            self.playing_changed.emit(True)

    def _run(self, start: Micros) -> None:
        self._run_pictures(start, self._loop)
        self._running.run(start, self.end, self._loop)

    def _run_pictures(self, start: Micros, loop: Interval | None) -> None:
        for deck in self.decks.all:
            deck.run_from(start, loop)

    def _halt(self, *, tell: bool = True) -> bool:
        """Stop clock, sound and pictures where they are; tells whether they ran."""
        if not self._running.halt():
            return False
        for deck in self.decks.all:
            deck.stop()
        if tell:
            self.playing_changed.emit(False)
        return True

    def _stand_at(self, here: Micros, *, asked: bool = False) -> None:
        """Show the frames of a moment; where nothing would change, tell it all the same."""
        self._running.stand(Micros(min(here, self.end)))
        lead = self.lead
        if lead is not None and lead.covers(here):
            wanted = lead.index_at(here)
            if asked:
                lead.want(wanted)
            elif wanted != self._last_index:
                lead.want(wanted, -1)
        else:
            self._tell_position()
        self._show_others(here)

    def _show_others(self, time: Micros) -> None:
        for deck in self.decks.others:
            deck.show_at(time)

    def _tick(self, now: Micros) -> None:
        if self.is_backwards:
            for deck in self.decks.all:
                deck.show_at(now, -1)
        else:
            for deck in self.decks.all:
                deck.take_due(now)
        if self._frame_here() is None and abs(now - self._told) >= SOUND_ONLY_TOLD:
            self._tell_position()
        self._turn_at_the_end(now)

    def _turn_at_the_end(self, now: Micros) -> None:
        """Stand where playing was to end."""
        end = self.start if self.is_backwards else self._running.end
        is_over = now <= end if self.is_backwards else now >= end
        if is_over and self._halt():
            self._stand_at(end)

    def _show(self, deck: Deck, frame: ShownFrame) -> None:
        if deck is self.lead:
            self.frame_changed.emit(frame)
            self._tell_position()

    def _tell_position(self) -> None:
        self._told = self.clock_position
        self.position_changed.emit(self.position)
