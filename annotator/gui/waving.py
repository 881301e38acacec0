"""Has the sound that goes with the leading picture read in the background, and drawn."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from PyQt6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.gui.player.deck import Deck
from annotator.gui.player.player import Player
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.gui.timeline.sound_lane import SoundLane, SoundState, Wave
from annotator.gui.timeline.view import TimelineView

READING = "Reading the sound…"
STOPPED = "The sound is not drawn."


class Waving(QObject):
    """Follows what the player opens; one sound is read at a time, and none after its session.

    Drawn is the track that is heard of the recording that leads; where that has no sound, of the
    first one beside it that has.
    """

    def __init__(self, player: Player, timeline: TimelineView, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._timeline = timeline
        self._worker = SerialWorker("sound drawing", self, patient=True)
        self._watcher: Watcher | None = None
        self._deck: Deck | None = None
        self._lane = SoundLane()
        self._wanted = True
        player.opened.connect(self._follow)
        player.decks.joined.connect(self._follow)
        player.decks.moved.connect(self._follow)
        player.closed.connect(self._drop)
        timeline.sound_button_pressed.connect(self._press)

    def set_wanted(self, wanted: bool) -> None:  # noqa: FBT001 a slot of a signal that carries it
        """Draw the sound from now on, or leave the timeline without it."""
        self._wanted = wanted
        if not wanted:
            self._cancel()
        if wanted and self._lane.wave is None and self._deck is not None:
            self._read(self._deck)
        else:
            self._show(self._lane)

    def close(self) -> None:
        """Stop what is being read and end the background thread."""
        self._drop()
        self._worker.close()

    def _follow(self) -> None:
        """Draw the sound that there is now; the same one may have moved."""
        deck = next((one for one in self._player.decks.all if _has_sound(one)), None)
        if deck is self._deck:
            self._show(self._lane)
            return
        self._drop()
        self._deck = deck
        if self._wanted and deck is not None:
            self._read(deck)

    def _drop(self) -> None:
        self._cancel()
        self._deck = None
        self._show(SoundLane())

    def _press(self) -> None:
        if self._lane.state is SoundState.READING:
            self._cancel()
            self._show(SoundLane(SoundState.STOPPED, STOPPED))
        elif self._deck is not None:
            self._read(self._deck)

    def _read(self, deck: Deck) -> None:
        self._cancel()
        watcher = Watcher(self)
        watcher.told.connect(partial(self._tell, watcher))
        self._watcher = watcher
        self._show(SoundLane(SoundState.READING, READING))
        self._worker.submit(
            partial(_read, deck.film.path, deck.film.track, watcher),
            partial(self._draw, watcher),
            partial(self._fail, watcher),
        )

    def _cancel(self) -> None:
        if self._watcher is not None:
            self._watcher.cancel()
        self._watcher = None  # it goes when its reading has answered, which still speaks to it

    def _tell(self, watcher: Watcher, fraction: float, _text: str) -> None:
        if watcher is self._watcher:
            share = f"{fraction * 100:.0f}\N{NO-BREAK SPACE}%"
            self._show(SoundLane(SoundState.READING, f"{READING} {share}"))

    def _draw(self, watcher: Watcher, wave: Wave) -> None:
        watcher.deleteLater()
        if watcher is self._watcher:
            self._watcher = None
            self._show(SoundLane(SoundState.DRAWN, wave=wave))

    def _fail(self, watcher: Watcher, error: AnnotatorError) -> None:
        watcher.deleteLater()
        if watcher is self._watcher:
            self._watcher = None
            self._show(SoundLane(SoundState.FAILED, f"The sound cannot be drawn. {error}"))

    def _show(self, lane: SoundLane) -> None:
        """Put a lane on the timeline, at the recording's place on the session's clock."""
        deck = self._deck
        if deck is not None:
            is_one_of_several = len(self._player.decks.all) > 1
            owner = deck.film.path.name if is_one_of_several else ""
            lane = replace(lane, offset=deck.offset, owner=owner)
        self._lane = lane
        self._timeline.show_sound(lane if self._wanted else SoundLane())


def _has_sound(deck: Deck) -> bool:
    return bool(deck.film.facts.audio or deck.film.sound_problem)


def _read(path: Path, track: int, watcher: Watcher) -> Wave:
    """Read a sound; the decoders load here, in the background."""
    reading = import_module("annotator.gui.timeline.wave_reading")
    wave: Wave = reading.read_wave(path, track, watcher)
    return wave
