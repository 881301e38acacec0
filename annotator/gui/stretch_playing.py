"""Plays a stretch of the film once and pauses at its end."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from annotator.gui.player.player import Player
from annotator.model.time import SECOND, Interval, Micros

SLACK = SECOND // 2
"""The frame on screen may begin so much before the moment that was asked for."""


class StretchPlaying(QObject):
    """Watches the player while a stretch runs; whoever pauses or goes elsewhere ends that."""

    def __init__(self, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._stretch: Interval | None = None
        self._has_arrived = False
        player.position_changed.connect(self._follow)
        player.playing_changed.connect(self._follow_playing)

    @property
    def is_on(self) -> bool:
        """Whether a stretch is being played."""
        return self._stretch is not None

    def play(self, stretch: Interval) -> None:
        """Go to the start of a stretch and play to its end."""
        self._stretch, self._has_arrived = stretch, False
        self._player.seek(stretch.start)
        self._player.play()

    def stop(self) -> None:
        """Pause, where a stretch is being played."""
        if self._stretch is not None:
            self._stretch = None
            self._player.pause()

    def _follow(self, position: Micros) -> None:
        stretch = self._stretch
        if stretch is None:
            return
        if not self._has_arrived:  # frames from before may still be coming
            self._has_arrived = stretch.start - SLACK <= position < stretch.end
        elif position >= stretch.end:
            self.stop()
        elif position < stretch.start - SLACK:
            self._stretch = None

    def _follow_playing(self) -> None:
        if not self._player.is_playing:
            self._stretch = None
