"""The recordings that are open, one of which leads; opening them never makes the window wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QImage

from annotator import media
from annotator.errors import AnnotatorError
from annotator.gui.player.deck import Deck
from annotator.gui.player.film import OpenedFilm, glimpse_film, open_film
from annotator.gui.player.film_sound import FilmSound
from annotator.gui.tasks import SerialWorker
from annotator.model.recording import Look
from annotator.model.time import ZERO, Micros, to_clock

USUAL_MEMORY = 512 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """A recording to be opened, with its place on the session's clock; `key` names it.

    `track` is the sound track that is heard, counted from 0.
    """

    path: Path
    offset: Micros
    key: str = ""
    track: int = 0


class Decks(QObject):
    """Opens recordings in the background and holds them; `memory` is for all pictures together.

    Each is named by a key. `opened` comes when one begins to lead, `joined` when another has
    come beside it, `shown` with each frame, `moved` when what there is to see or hear at a
    moment has changed.
    """

    glimpsed = pyqtSignal(object)  # QImage, the first picture of one that is to lead
    opened = pyqtSignal(object)  # Deck
    joined = pyqtSignal(object)  # Deck
    shown = pyqtSignal(object, object)  # Deck, ShownFrame
    moved = pyqtSignal()
    closed = pyqtSignal()
    failed = pyqtSignal(str)  # why none can lead
    notice = pyqtSignal(str)

    def __init__(self, sound: FilmSound, parent: QObject, memory: int = USUAL_MEMORY) -> None:
        super().__init__(parent)
        self.lead: Deck | None = None
        self.others: tuple[Deck, ...] = ()
        self._sound = sound
        self._memory = memory
        self._opener = SerialWorker("film opening", self)
        self._workers: list[SerialWorker] = []
        self._free: list[SerialWorker] = []
        self._opening = 0

    @property
    def all(self) -> tuple[Deck, ...]:
        """The leading one, if it is open, and then the others."""
        return self.others if self.lead is None else (self.lead, *self.others)

    @property
    def start(self) -> Micros:
        """The session time at which the first one begins; 0 where none is open."""
        return min((deck.start for deck in self.all), default=ZERO)

    @property
    def end(self) -> Micros:
        """The session time at which the last one ends; 0 where none is open."""
        return max((deck.end for deck in self.all), default=ZERO)

    def open(self, source: Source, sharing: int = 1, *, glimpse: bool = False) -> None:
        """Open the leading recording; those that were open are let go of.

        `sharing` is how many pictures there will be, which share the memory. With `glimpse` the
        first picture is told as soon as it is decoded.
        """
        self.close()
        if glimpse:
            self._opener.submit(
                partial(glimpse_film, source.path),
                partial(self._take_glimpse, self._opening),
                lambda _error: None,  # opening it tells what is wrong
            )
        self._submit(source, sharing, self._take_lead)

    def join(self, source: Source, sharing: int) -> None:
        """Open another recording beside the leading one."""
        self._submit(source, sharing, self._take_other)

    def find(self, key: str) -> Deck | None:
        """Find an open recording by its key; None where there is none."""
        return next((deck for deck in self.all if deck.key == key), None)

    def promote(self, key: str) -> None:
        """Let one of the others lead, if it has a picture; the one that led follows it."""
        deck = self.find(key)
        if self.lead is None or deck is None or deck is self.lead or deck.index is None:
            return
        place = self.others.index(deck)
        self.others = (*self.others[:place], self.lead, *self.others[place + 1 :])
        self.lead = deck
        self.opened.emit(deck)
        self.moved.emit()

    def set_offset(self, key: str, offset: Micros) -> None:
        """Move a recording on the session's clock."""
        deck = self.find(key)
        if deck is None or deck.offset == offset:
            return
        deck.offset = offset
        self._mix()
        if deck is self.lead:
            self.opened.emit(deck)
        self.moved.emit()

    def set_gain(self, key: str, gain: float) -> None:
        """Make one recording louder or softer among the others, from 0 (silent) to 1."""
        deck = self.find(key)
        if deck is not None and deck.gain != gain:
            deck.gain = gain
            self._mix()
            self.moved.emit()

    def set_look(self, key: str, look: Look) -> None:
        """Show a recording's picture in another way."""
        deck = self.find(key)
        if deck is not None:
            deck.set_look(look)

    def close(self) -> None:
        """Let go of all; those that are being opened are let go of when they come."""
        self._opening += 1
        if not self.all:
            return
        self._sound.drop()
        for deck in self.all:
            self._sound.release(deck.film.sound)
            self._free.append(deck.worker)
            deck.close()
        self.lead, self.others = None, ()
        self.closed.emit()

    def shut_down(self) -> None:
        """Close and end the background threads."""
        self.close()
        self._opener.close()
        for worker in self._workers:
            worker.close()

    def _submit(self, source: Source, sharing: int, take: Callable[[Deck], None]) -> None:
        self._opener.submit(
            partial(open_film, source.path, self._memory // max(sharing, 1), source.track),
            partial(self._take, self._opening, source, take),
            partial(self._fail, self._opening),
        )

    def _take(
        self, opening: int, source: Source, take: Callable[[Deck], None], film: OpenedFilm
    ) -> None:
        if opening != self._opening:
            film.close()
            return
        deck = Deck(film, source.offset, source.key, self._worker(), self)
        deck.frame_changed.connect(partial(self.shown.emit, deck))
        deck.damaged.connect(partial(self._tell_damage, deck))
        deck.lost.connect(self.notice)
        take(deck)
        if film.facts.damaged_from is not None:
            where = to_clock(Micros(film.facts.damaged_from + source.offset))
            self.notice.emit(
                f"The film breaks off at {where}: it is damaged, or still being written. "
                "What comes before can be coded."
            )

    def _take_glimpse(self, opening: int, picture: QImage) -> None:
        if opening == self._opening and self.lead is None:
            self.glimpsed.emit(picture)

    def _take_lead(self, deck: Deck) -> None:
        self.lead = deck
        self._mix()
        self.opened.emit(deck)

    def _take_other(self, deck: Deck) -> None:
        if self.lead is None:  # which could not be opened
            self._take_lead(deck)
            return
        self.others = (*self.others, deck)
        self._mix()
        self.joined.emit(deck)
        self.moved.emit()

    def _mix(self) -> None:
        voices = [
            media.Voice(deck.film.sound, deck.offset, deck.gain)
            for deck in self.all
            if deck.film.sound is not None
        ]
        problems = (deck.film.sound_problem for deck in self.all)
        self._sound.take(voices, next((one for one in problems if one), ""))

    def _tell_damage(self, deck: Deck, time: Micros) -> None:
        if deck.film.facts.damaged_from is None:  # else it was said when it was opened
            where = to_clock(time)
            self.notice.emit(
                f"The film is damaged at {where}. What cannot be shown is passed over."
            )

    def _fail(self, opening: int, error: AnnotatorError) -> None:
        if opening == self._opening:
            (self.failed if self.lead is None else self.notice).emit(str(error))

    def _worker(self) -> SerialWorker:
        """Take a thread that is free, which ends what it has to do for another recording first."""
        if self._free:
            return self._free.pop()
        worker = SerialWorker(f"pictures {len(self._workers) + 1}", self)
        self._workers.append(worker)
        return worker
