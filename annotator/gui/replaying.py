"""Hearing a stretch again: the last seconds, around a tag, or a tag over and over."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QKeySequence

from annotator.gui.actions import tip_with_key
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.gui.timeline.loop_bar import LoopBar
from annotator.model.time import SECOND, Interval, Micros, in_micros, to_clock
from annotator.storage.settings import Settings

SELECT_FIRST = "Select a tag or a stretch of time first; then it can be looped."
OUTSIDE = "What is selected lies outside the film that is open."
SHORTEST = 200_000  # microseconds; what is shorter is widened, so that it can be heard


class Replaying(QObject):
    """Plays stretches as was chosen, and shows which one is looped."""

    refused = pyqtSignal(str)

    def __init__(self, window: MainWindow, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._player = player
        self._replay = self._around = Micros(SECOND)
        self._back_to: Micros | None = None
        self._status = window.parts.status
        self._loop_action = window.actions_table.by_id["loop"]
        self._replay_action = window.actions_table.by_id["replay"]
        self._bar = LoopBar(window.parts.timeline)
        player.loop_changed.connect(self._show_loop)
        player.playing_changed.connect(self._follow_playing)
        window.actions_table.bind("replay", self.replay)

    def take_up(self, settings: Settings) -> None:
        """Play as was chosen."""
        self._replay = in_micros(settings.replay_seconds)
        self._around = in_micros(settings.around_seconds)
        self._player.scrubs = settings.scrub
        self._player.sound.set_device(settings.sound_output)
        text = f"Play the last {settings.replay_seconds:g} s again"
        self._replay_action.setText(text)
        self._replay_action.setToolTip(tip_with_key(text, self._replay_action))

    def replay(self) -> None:
        """Play the last seconds again, and stand where it stood; playing, go on from there.

        Pressed again meanwhile it goes further back.
        """
        player, length = self._player, self._replay
        here = player.clock_position if player.is_playing else player.position
        if player.is_playing and self._back_to is None:
            player.skip(Micros(-length))
            return
        end = here if self._back_to is None else self._back_to
        player.play_stretch(Interval(Micros(min(here, end) - length), end))
        self._back_to = end if player.is_playing else None

    def play_around(self, selected: Interval | None) -> None:
        """Play from a little before what is selected to a little after; None plays nothing."""
        if selected is None:
            return
        stretch = _widened(selected, self._around)
        if self._within(stretch) is None:
            self.refused.emit(OUTSIDE)
        else:
            self._back_to = None
            self._player.play_stretch(stretch)

    def toggle_loop(self, selected: Interval | None) -> None:
        """Play what is selected over and over from now on; where something is looped, end that."""
        if self._player.loop is not None:
            self._player.set_loop(None)
        elif selected is not None:
            self._loop(selected)
        else:
            self.refused.emit(SELECT_FIRST)
        self._loop_action.setChecked(self._player.loop is not None)

    def _loop(self, stretch: Interval) -> None:
        if stretch.length < SHORTEST:
            around = max(self._around, Micros(SHORTEST // 2))
            stretch = _widened(stretch, around)
        loop = self._within(stretch)
        if loop is None:
            self.refused.emit(OUTSIDE)
            return
        self._player.seek(loop.start)
        self._player.set_loop(loop)
        self._player.play()

    def _within(self, stretch: Interval) -> Interval | None:
        """Cut off what is outside the recordings; None where too little is left to play."""
        start, end = max(stretch.start, self._player.start), min(stretch.end, self._player.end)
        return Interval(start, end) if end - start >= SHORTEST // 2 else None

    def _show_loop(self, loop: Interval | None) -> None:
        self._bar.show_loop(loop)
        self._loop_action.setChecked(loop is not None)
        if loop is None:
            self._status.show_loop("")
        else:
            stretch = f"{to_clock(loop.start)}–{to_clock(loop.end)}"
            key = self._loop_action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            ending = f" · {key} ends it" if key else ""
            self._status.show_loop(f"Looping {stretch}{ending}")

    def _follow_playing(self) -> None:
        if not self._player.is_playing:
            self._back_to = None


def _widened(stretch: Interval, by: Micros) -> Interval:
    return Interval(Micros(stretch.start - by), Micros(stretch.end + by))
