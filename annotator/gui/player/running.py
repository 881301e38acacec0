"""What passes while the player runs: the clock, led by the sound, forwards or back."""

from __future__ import annotations

from fractions import Fraction

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal

from annotator.gui.player.film_sound import FilmSound
from annotator.media.clock import PlaybackClock
from annotator.model.time import ZERO, Interval, Micros

TICK_MS = 5
SHORTEST_LOOP = 50_000  # microseconds; what is shorter than a frame or two is not to be heard


class Running(QObject):
    """The present moment of the session, standing or running; it knows nothing of pictures.

    Running back is silent. `ticked` comes some 200 times a second while it runs, and `turned`
    before it where a loop begins again.
    """

    ticked = pyqtSignal(object)  # Micros
    turned = pyqtSignal(object)  # Micros, where the loop starts

    def __init__(self, sound: FilmSound, parent: QObject) -> None:
        super().__init__(parent)
        self._sound = sound
        sound.started.connect(self._start_clock)
        sound.lost.connect(self._go_on_silently)
        self._clock = PlaybackClock()
        self._back_from: Micros | None = None
        self._is_running = False
        self._end = ZERO
        self._loop: Interval | None = None
        self._turns = 0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def is_running(self) -> bool:
        """Whether time passes, or will once the first sound is heard."""
        return self._is_running

    @property
    def is_backwards(self) -> bool:
        """Whether time runs back."""
        return self._back_from is not None

    @property
    def speed(self) -> Fraction:
        """Recording seconds a second."""
        return self._clock.speed

    @property
    def position(self) -> Micros:
        """The session time that is playing, or where it stands."""
        if self._back_from is not None:
            return Micros(self._back_from - self._clock.position())
        return self._turn(self._clock.position())[1]

    @property
    def end(self) -> Micros:
        """The session time at which running on is over."""
        return self._end

    @property
    def loop(self) -> Interval | None:
        """The stretch that is run through again and again; None where there is none."""
        return self._loop

    def run(self, start: Micros, end: Micros, loop: Interval | None = None) -> None:
        """Run on from a moment, with sound up to another.

        A loop that ends after the start is run through again and again; what comes before it
        is run through once.
        """
        is_used = loop is not None and loop.length >= SHORTEST_LOOP and start < loop.end
        self._loop = loop if is_used else None
        self._turns = 0
        self._back_from = None
        self._clock.pause()
        self._clock.seek(start)
        self._end = end
        self._begin()
        if not self._sound.play(start, end, self._clock.speed, self._loop):
            self._clock.start()

    def run_back(self, start: Micros) -> None:
        """Run back from a moment."""
        self._sound.stop()
        self._clock.pause()
        self._clock.seek(ZERO)
        self._back_from, self._loop = start, None
        self._clock.start()
        self._begin()

    def halt(self) -> bool:
        """Stand still where it is; tells whether it ran."""
        if not self._is_running:
            return False
        self._is_running = False
        self._timer.stop()
        here = self.position
        self._clock.pause()
        self._sound.stop()
        self._back_from = self._loop = None
        self._clock.seek(here)
        return True

    def stand(self, time: Micros) -> None:
        """Stand at a moment, which ends any running."""
        self.halt()
        self._clock.seek(time)

    def set_speed(self, speed: Fraction) -> None:
        """Run faster or slower from now on, pitch kept."""
        here, back, loop = self.position, self.is_backwards, self._loop
        self._clock.set_speed(speed)
        if self._is_running:
            self.run_back(here) if back else self.run(here, self._end, loop)

    def tick(self) -> None:
        """Take the sound's word on where we are, and tell it."""
        # Only a new word counts: between two the clock runs on by itself, and past the last one,
        # which may be a sample short of the end.
        if self._clock.is_running and self._back_from is None:
            heard = self._sound.newly_heard()
            if heard is not None:
                self._clock.heard(heard, self._sound.rate)
        if self._loop is not None:
            turns, _here = self._turn(self._clock.position())
            if turns != self._turns:
                self._turns = turns
                self.turned.emit(self._loop.start)
        self.ticked.emit(self.position)

    def _turn(self, passed: Micros) -> tuple[int, Micros]:
        """Tell how often the loop has begun again, and where in it we are.

        The clock goes on through all turns as if they were one long film.
        """
        if self._loop is None or passed < self._loop.end:
            return 0, passed
        turns, rest = divmod(passed - self._loop.end, self._loop.length)
        return turns + 1, Micros(self._loop.start + rest)

    def _begin(self) -> None:
        self._is_running = True
        self._timer.start()

    def _start_clock(self) -> None:
        if self._is_running and self._back_from is None:
            self._clock.start()

    def _go_on_silently(self) -> None:
        if self._back_from is not None:
            return
        self._clock.seek(self._clock.position())
        if self._is_running:
            self._clock.start()
