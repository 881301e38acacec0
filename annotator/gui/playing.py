"""Connects the player with the picture, the bar of buttons, the timeline and their actions."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from annotator.gui.jogging import Jog
from annotator.gui.main_window import MainWindow
from annotator.gui.player.film import OpenedFilm
from annotator.gui.player.player import Player
from annotator.gui.shuttling import Shuttle
from annotator.model.time import SECOND, ZERO, Micros

VOLUME_STEP = 0.05


def bind_playing(window: MainWindow, player: Player) -> None:
    """Let the actions of the Play and View menus act on the player and the timeline."""
    acts: dict[str, Callable[[], object]] = {
        "play": player.toggle,
        "step_back": lambda: player.step(-1),
        "step_forward": lambda: player.step(1),
        "back_1s": lambda: player.skip(Micros(-SECOND)),
        "forward_1s": lambda: player.skip(SECOND),
        "back_5s": lambda: player.skip(Micros(-5 * SECOND)),
        "forward_5s": lambda: player.skip(Micros(5 * SECOND)),
        "to_start": lambda: player.seek(ZERO),
        "to_end": lambda: player.seek(player.end),
        "slower": player.slower,
        "faster": player.faster,
        "louder": lambda: player.sound.set_volume(player.sound.volume + VOLUME_STEP),
        "softer": lambda: player.sound.set_volume(player.sound.volume - VOLUME_STEP),
        "mute": player.sound.toggle_muted,
        "go_to": window.parts.transport.begin_go_to,
        "note": window.parts.tags.edit_note,
        "find_tags": window.parts.tags.begin_search,
        "zoom_in": window.parts.timeline.zoom_in,
        "zoom_out": window.parts.timeline.zoom_out,
        "zoom_all": window.parts.timeline.zoom_to_all,
    }
    for action_id, act in acts.items():
        window.actions_table.bind(action_id, act)


class Playing(QObject):
    """Shows what the player does, and has it do what is asked for."""

    def __init__(self, window: MainWindow, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._parts = window.parts
        self._player = player
        bind_playing(window, player)
        self._connect_player()
        self._connect_parts()
        self._jog = Jog(player, window.parts.timeline, self)
        self._shuttle = Shuttle(window, player, self)
        self._parts.transport.set_enabled_for_film(enabled=False)

    def _connect_player(self) -> None:
        player, parts = self._player, self._parts
        player.frame_changed.connect(lambda frame: parts.picture.show_frame(frame.image))
        player.position_changed.connect(self._show_position)
        player.playing_changed.connect(self._show_playing)
        player.speed_changed.connect(parts.picture.set_speed)
        player.speed_changed.connect(parts.transport.set_speed)
        player.sound.volume_changed.connect(self._show_volume)
        player.opened.connect(self._show_film)
        player.closed.connect(self._show_nothing)
        player.failed.connect(parts.picture.show_message)

    def _connect_parts(self) -> None:
        player, parts = self._player, self._parts
        parts.transport.time_requested.connect(player.seek)
        parts.transport.frame_requested.connect(player.seek_frame)
        parts.transport.speed_requested.connect(player.set_speed)
        parts.transport.volume_requested.connect(player.sound.set_volume)
        parts.picture.jogged.connect(player.step)

    def _show_position(self, position: Micros) -> None:
        self._parts.transport.show_position(position, self._player.frame_index)

    def _show_playing(self) -> None:
        parts, playing = self._parts, self._player.is_playing
        parts.picture.set_playing(playing=playing)
        parts.transport.set_playing(playing=playing)
        parts.timeline.set_playing(playing=playing)

    def _show_volume(self) -> None:
        sound = self._player.sound
        self._parts.transport.set_volume(sound.volume)
        self._parts.transport.set_muted(muted=sound.is_muted)

    def _show_film(self, film: OpenedFilm) -> None:
        times = self._player.frame_times
        self._parts.transport.set_film(len(times), self._player.end)
        self._parts.transport.set_enabled_for_film(enabled=True)
        self._parts.timeline.set_frame_times(times)
        if film.video is None:
            self._parts.picture.show_sound_only(film.path.name)

    def _show_nothing(self) -> None:
        self._parts.picture.clear()
        self._parts.transport.set_film(0, ZERO)
        self._parts.transport.set_enabled_for_film(enabled=False)
        self._parts.timeline.set_frame_times(())
