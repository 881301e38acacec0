"""Has the sound of the leading recording read in the background, and drawn on the timeline."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path

from PyQt6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.gui.player.film import OpenedFilm
from annotator.gui.player.player import Player
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.gui.timeline.sound_lane import SoundLane, SoundState, Wave
from annotator.gui.timeline.view import TimelineView
from annotator.model.time import ZERO

READING = "Reading the sound…"
STOPPED = "The sound is not drawn."


class Waving(QObject):
    """Follows what the player opens; one sound is read at a time, and none after its session."""

    def __init__(self, player: Player, timeline: TimelineView, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._timeline = timeline
        self._worker = SerialWorker("sound drawing", self, patient=True)
        self._watcher: Watcher | None = None
        self._film: OpenedFilm | None = None
        self._lane = SoundLane()
        self._wanted = True
        player.opened.connect(self._take)
        player.closed.connect(self._drop)
        timeline.sound_button_pressed.connect(self._press)

    def set_wanted(self, wanted: bool) -> None:  # noqa: FBT001 a slot of a signal that carries it
        """Draw the sound from now on, or leave the timeline without it."""
        self._wanted = wanted
        if not wanted:
            self._cancel()
        if wanted and self._lane.wave is None and self._film is not None:
            self._read(self._film)
        else:
            self._show(self._lane)

    def close(self) -> None:
        """Stop what is being read and end the background thread."""
        self._drop()
        self._worker.close()

    def _take(self, film: OpenedFilm) -> None:
        """Draw the sound of the recording that leads now; the same one may have moved."""
        if film is self._film:
            self._show(self._lane)
            return
        self._drop()
        self._film = film
        if self._wanted:
            self._read(film)

    def _drop(self) -> None:
        self._cancel()
        self._film = None
        self._show(SoundLane())

    def _press(self) -> None:
        if self._lane.state is SoundState.READING:
            self._cancel()
            self._show(SoundLane(SoundState.STOPPED, STOPPED))
        elif self._film is not None:
            self._read(self._film)

    def _read(self, film: OpenedFilm) -> None:
        self._cancel()
        if not film.facts.audio and not film.sound_problem:
            self._show(SoundLane())
            return
        watcher = Watcher(self)
        watcher.told.connect(partial(self._tell, watcher))
        self._watcher = watcher
        self._show(SoundLane(SoundState.READING, READING))
        self._worker.submit(
            partial(_read, film.path, watcher),
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
        lead = self._player.lead
        self._lane = replace(lane, offset=lead.offset if lead is not None else ZERO)
        self._timeline.show_sound(self._lane if self._wanted else SoundLane())


def _read(path: Path, watcher: Watcher) -> Wave:
    """Read a sound; the decoders load here, in the background."""
    reading = import_module("annotator.gui.timeline.wave_reading")
    wave: Wave = reading.read_wave(path, 0, watcher)
    return wave
