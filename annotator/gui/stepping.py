"""Coding in steps: a few seconds are played, the film pauses, and a key goes on."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from annotator.editing.replaying import Cycle, replay_interval
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.model.time import SECOND, Interval, Micros
from annotator.storage.settings import Settings

NOTHING_MADE = "Nothing has been tagged yet that could be played."
REGION_OVER = "The region that is coded ends here."
SLACK = SECOND // 2
"""Where the film stands within this of the end of what was played, it goes on from there."""


class Stepping(QObject):
    """Plays the next seconds, the same ones again, or the last tag."""

    def __init__(self, window: MainWindow, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._desk: Desk | None = None
        self._cycle = Cycle(Micros(5 * SECOND))
        self._played: Interval | None = None
        bind = window.actions_table.bind
        bind("step_repeat", self.step)
        bind("step_again", self.step_again)
        bind("replay_tag", self.replay_tag)

    def follow(self, desk: Desk | None) -> None:
        """Act on this session from now on; on none where None."""
        self._desk, self._played = desk, None

    def take_up(self, settings: Settings) -> None:
        """Play as was chosen."""
        length = max(round(settings.cycle_seconds * SECOND), 2)
        overlap = min(round(settings.cycle_overlap * SECOND), length // 2)
        self._cycle = Cycle(Micros(length), Micros(overlap))

    def step(self) -> None:
        """Play the next seconds: on from what was played, or from the frame on screen."""
        if self._desk is None:
            return
        session, played = self._desk.document.session, self._played
        if played is not None and abs(self._player.position - played.end) <= SLACK:
            self._play(self._cycle.following(session, played))
        else:
            self._play(self._cycle.first(session, self._player.position))

    def step_again(self) -> None:
        """Play again what was played last."""
        if self._played is None:
            self.step()
        else:
            self._play(self._played)

    def replay_tag(self) -> None:
        """Play the tag that was made last, and what led to it."""
        if self._desk is None:
            return
        tag, document = self._desk.tagging.last_made, self._desk.document
        if tag is None:
            self._desk.refused.emit(NOTHING_MADE)
        else:
            stretch = replay_interval(document.session, tuple(document.tags), tag)
            self._player.play_stretch(stretch)

    def _play(self, stretch: Interval | None) -> None:
        if stretch is None:
            if self._desk is not None:
                self._desk.refused.emit(REGION_OVER)
            return
        self._played = stretch
        self._player.play_stretch(stretch)
