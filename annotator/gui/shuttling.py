"""The shuttle: J runs back, L forward, faster with each press, K stops; held down, while held."""

from __future__ import annotations

from PyQt6.QtCore import QElapsedTimer, QEvent, QObject, QTimer
from PyQt6.QtGui import QAction, QKeyEvent
from PyQt6.QtWidgets import QApplication

from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player

HELD_MS = 350
PAIR_MS = 40
"""A busy machine tells a key that repeats as let go and pressed: nobody is as quick as this."""

NOTCHES = (-4.0, -2.0, -1.0, 1.0, 2.0, 4.0)
"""Speeds of the shuttle, those below 0 back; each press goes on by one."""


def next_notch(velocity: float, direction: int) -> float:
    """Give the notch that a press leads to; `velocity` is 0 at rest, below 0 running back."""
    if not velocity:
        return float(direction)
    if direction > 0:
        return next((one for one in NOTCHES if one > velocity), NOTCHES[-1])
    return next((one for one in reversed(NOTCHES) if one < velocity), NOTCHES[0])


class Shuttle(QObject):
    """Runs the player; at rest it has the speed again that was chosen before.

    The key is watched from its press on. Released early it was a tap, and the film runs on;
    later it was held, and the film stops.
    """

    def __init__(self, window: MainWindow, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._chosen: float | None = None
        self._is_setting = False
        self._keys: frozenset[int] = frozenset()
        self._since = QElapsedTimer()
        self._held_ms = 0
        self._is_repeated = False
        self._letting_go = QTimer(self)
        self._letting_go.setSingleShot(True)
        self._letting_go.setInterval(PAIR_MS)
        self._letting_go.timeout.connect(self._release)
        player.playing_changed.connect(self._follow_playing)
        player.speed_changed.connect(self._follow_speed)
        by_id, bind = window.actions_table.by_id, window.actions_table.bind
        self._back, self._forward = by_id["shuttle_back"], by_id["shuttle_forward"]
        bind("shuttle_back", lambda: self.press(-1))
        bind("shuttle_stop", self.stop)
        bind("shuttle_forward", lambda: self.press(1))

    def press(self, direction: int) -> None:
        """Run forward (1) or back (-1); already under way, a notch faster or less fast."""
        if self._is_repeated:
            self._is_repeated = False
            return
        player = self._player
        here = player.clock_position
        is_over = here >= player.end if direction > 0 else here <= player.start
        if not player.is_open or (is_over and not player.is_playing):
            return
        self._watch(self._forward if direction > 0 else self._back)
        self._run(next_notch(self._velocity(), direction))

    @property
    def is_watching(self) -> bool:
        """Whether it is still open if a key was tapped or is held."""
        return bool(self._keys)

    def stop(self) -> None:
        """Stand still."""
        self._unwatch()
        self._player.pause()

    def eventFilter(self, _watched: QObject | None, event: QEvent | None) -> bool:
        if event is None:
            return False
        if event.type() in {QEvent.Type.WindowDeactivate, QEvent.Type.ApplicationDeactivate}:
            self._held_ms = self._since.elapsed()
            self._release()
        elif (
            isinstance(event, QKeyEvent) and not event.isAutoRepeat() and event.key() in self._keys
        ):
            self._take_key(event.type())
        return False

    def _take_key(self, kind: QEvent.Type) -> None:
        if kind == QEvent.Type.KeyRelease:
            self._held_ms = self._since.elapsed()
            self._letting_go.start()
        elif kind == QEvent.Type.ShortcutOverride and self._letting_go.isActive():
            self._letting_go.stop()
            self._is_repeated = True
        elif kind == QEvent.Type.ShortcutOverride and not self._is_repeated:
            self._unwatch()  # pressed anew: it was not held, the menu was used

    def _velocity(self) -> float:
        if not self._player.is_playing:
            return 0.0
        return -self._player.speed if self._player.is_backwards else self._player.speed

    def _run(self, velocity: float) -> None:
        player = self._player
        if self._chosen is None:
            self._chosen = player.speed
        self._set_speed(abs(velocity))
        if velocity > 0:
            player.play()
        else:
            player.play_back()

    def _set_speed(self, speed: float) -> None:
        self._is_setting = True
        self._player.set_speed(speed)
        self._is_setting = False

    def _follow_playing(self) -> None:
        if not self._player.is_playing and self._chosen is not None:
            chosen, self._chosen = self._chosen, None
            self._set_speed(chosen)

    def _follow_speed(self, _speed: float) -> None:
        """Keep a speed that was chosen meanwhile by other means."""
        if not self._is_setting:
            self._chosen = None

    def _watch(self, action: QAction) -> None:
        self._unwatch()
        app = QApplication.instance()
        if app is not None:
            self._keys = frozenset(one[0].key().value for one in action.shortcuts() if one.count())
            self._since.start()
            app.installEventFilter(self)

    def _unwatch(self) -> None:
        app = QApplication.instance()
        if self._keys and app is not None:
            app.removeEventFilter(self)
        self._keys = frozenset()
        self._letting_go.stop()
        self._is_repeated = False

    def _release(self) -> None:
        self._unwatch()
        if self._held_ms > HELD_MS:
            self._player.pause()
