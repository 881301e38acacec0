"""Dragging on the timeline: picture and sound follow the hand, and the film goes on after it."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt
from PyQt6.QtGui import QMouseEvent

from annotator.gui.player.player import Player
from annotator.gui.timeline.view import TimelineView
from annotator.model.time import Micros


class Jog(QObject):
    """Goes where the hand on the timeline is; a film that plays waits while it is dragged."""

    def __init__(self, player: Player, timeline: TimelineView, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._is_held = False
        self._places = 0
        self._go_on: int = 0
        timeline.seek_requested.connect(self._seek)
        viewport = timeline.viewport()
        if viewport is not None:
            viewport.installEventFilter(self)

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        if isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonRelease:
                self._let_go()
            else:
                self._is_held, self._places = True, 0
        return False

    def _seek(self, time: Micros) -> None:
        player = self._player
        self._places += self._is_held
        if self._places > 1:
            if player.is_playing:
                self._go_on = -1 if player.is_backwards else 1
            player.drag_to(time)
        else:
            player.seek(time)
        if self._is_held and player.scrubs and not player.is_playing:
            player.sound.scrub(player.clock_position)

    def _let_go(self) -> None:
        if self._places > 1:
            self._player.seek(self._player.clock_position)
        self._is_held, self._places = False, 0
        direction, self._go_on = self._go_on, 0
        if direction > 0:
            self._player.play()
        elif direction < 0:
            self._player.play_back()
