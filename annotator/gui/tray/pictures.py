"""Has frames of the film that is cut decoded in the background, for the tray to show."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QImage

from annotator.errors import MediaError
from annotator.gui.player.deck import Deck
from annotator.gui.player.player import Player
from annotator.gui.tasks import SerialWorker
from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.gui.tray.reading import ClipReader

KEPT_AT_MOST = 400
BUSY_MS = 250
"""While the film plays it is looked so often whether a picture can be made."""


@dataclass(frozen=True, slots=True)
class FrameKey:
    """A frame by its number in the film, so many pixels high."""

    index: int
    height: int


@dataclass(frozen=True, slots=True)
class Ends:
    """The first and the last frame of a clip by number, and when they come, in session time."""

    first: int
    last: int
    first_time: Micros
    last_time: Micros


class ClipPictures(QObject):
    """Decodes one frame at a time, those first that were asked for last.

    `key` names the recording that clips are cut from; empty where there is none.
    """

    made = pyqtSignal()
    changed = pyqtSignal()  # there is another film, or none

    def __init__(self, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._worker = SerialWorker("clip pictures", self, patient=True)
        self._key = ""
        self._deck: Deck | None = None
        self._source: _Source | None = None
        self._made: dict[FrameKey, QImage | None] = {}
        self._wanted: list[FrameKey] = []
        self._is_making = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(BUSY_MS)
        self._again.timeout.connect(self._go_on)
        for told in (player.decks.opened, player.decks.joined, player.decks.moved):
            told.connect(self._look_for_film)
        player.decks.closed.connect(self._look_for_film)

    def follow(self, key: str) -> None:
        """Take the pictures of the recording with this key from now on."""
        self._key = key
        self._look_for_film()

    def close(self) -> None:
        """Let go of the film and end the background thread."""
        self._key = ""
        self._drop()
        self._worker.close()

    def ends_of(self, span: Interval | None) -> Ends | None:
        """Tell which frames a stretch of the session begins and ends with; None without any."""
        deck = self._deck
        if span is None or deck is None or deck.index is None:
            return None
        times, offset = deck.index.times, deck.offset
        first = deck.index.index_at(Micros(span.start - offset))
        last = bisect_left(times, span.end - offset) - 1
        if last < first:
            return None
        return Ends(first, last, deck.time_of(first), deck.time_of(last))

    def picture(self, index: int, height: int) -> QImage | None:
        """Give a frame that has been decoded; None where it has not, or is damaged."""
        return self._made.get(FrameKey(index, height))

    def want(self, wanted: Iterable[tuple[int, int]]) -> None:
        """Have frames decoded, each told by number and height, in this order and no others."""
        self._wanted = [FrameKey(index, height) for index, height in wanted]
        self._go_on()

    def _look_for_film(self) -> None:
        deck = self._player.decks.find(self._key) if self._key else None
        if deck is not None and deck.index is None:
            deck = None
        if deck is not self._deck:
            self._drop()
            self._deck = deck
            if deck is not None and deck.film.video is not None:
                self._source = _Source(deck)
        self.changed.emit()

    def _drop(self) -> None:
        self._again.stop()
        if self._source is not None:
            self._worker.submit(self._source.close)
        self._deck = self._source = None
        self._made, self._wanted, self._is_making = {}, [], False

    def _go_on(self) -> None:
        """Decode the next frame, unless the film needs the processors now."""
        source = self._source
        missing = next((one for one in self._wanted if one not in self._made), None)
        if source is None or missing is None or self._is_making:
            return
        if self._player.is_playing:
            self._again.start()
            return
        self._is_making = True
        self._worker.submit(
            partial(source.image, missing),
            partial(self._keep, source, missing),
            lambda _error: self._keep(source, missing, None),
        )

    def _keep(self, source: _Source, key: FrameKey, image: QImage | None) -> None:
        if source is not self._source:
            return
        self._is_making = False
        self._made[key] = image
        if len(self._made) > KEPT_AT_MOST:
            wanted = set(self._wanted)
            self._made = {one: kept for one, kept in self._made.items() if one in wanted}
        self.made.emit()
        self._go_on()


class _Source:
    """A film's reader, which is made in the background and used only there."""

    def __init__(self, deck: Deck) -> None:
        self._film = deck.film
        self._reader: ClipReader | None = None

    def image(self, key: FrameKey) -> QImage | None:
        """Decode a frame; None where there is no picture to be had."""
        try:
            image: QImage = self._opened().image(key.index, key.height)
        except MediaError:
            return None  # whoever plays the film says so
        return image

    def close(self) -> None:
        """Let go of the film."""
        if self._reader is not None:
            self._reader.close()

    def _opened(self) -> ClipReader:
        video = self._film.video
        if video is None:
            raise MediaError("This recording has sound only.")
        if self._reader is None:
            reading = import_module("annotator.gui.tray.reading")
            made: ClipReader = reading.ClipReader(self._film.path, video.survey)
            self._reader = made
        return self._reader
