"""A stretch is played once, and whoever pauses or goes elsewhere has her way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.player.player import Player
from annotator.gui.stretch_playing import StretchPlaying
from annotator.model import Interval, Micros
from tests.support.timing_clips import ClipKind, TimingClip

PATIENCE_MS = 10_000
STRETCH = Interval(Micros(400_000), Micros(800_000))


@pytest.fixture
def player(qtbot: QtBot, clip_of: Callable[[ClipKind], TimingClip]) -> Iterator[Player]:
    made = Player()
    made.open(clip_of(ClipKind.FPS_25).path, Micros(0))
    qtbot.wait_until(lambda: made.frame_index == 0, timeout=PATIENCE_MS)
    yield made
    made.shut_down()


@pytest.fixture
def playing(player: Player) -> StretchPlaying:
    return StretchPlaying(player, player)


def test_it_pauses_at_the_end(qtbot: QtBot, player: Player, playing: StretchPlaying) -> None:
    positions: list[int] = []
    player.position_changed.connect(positions.append)
    playing.play(STRETCH)
    assert playing.is_on
    assert player.is_playing
    qtbot.wait_until(lambda: not player.is_playing, timeout=PATIENCE_MS)
    assert not playing.is_on
    assert min(positions) == 400_000
    qtbot.wait_until(lambda: 800_000 <= player.position < 1_000_000)


def test_it_goes_back_while_it_plays(qtbot: QtBot, player: Player, playing: StretchPlaying) -> None:
    player.seek(Micros(1_200_000))
    qtbot.wait_until(lambda: player.frame_index == 30)
    player.play()
    playing.play(STRETCH)
    qtbot.wait_until(lambda: not player.is_playing, timeout=PATIENCE_MS)
    assert player.position < 1_000_000


def test_a_pause_ends_it(qtbot: QtBot, player: Player, playing: StretchPlaying) -> None:
    playing.play(STRETCH)
    player.pause()
    assert not playing.is_on
    player.play()
    qtbot.wait_until(lambda: player.position > 1_000_000, timeout=PATIENCE_MS)
    assert player.is_playing


def test_going_elsewhere_ends_it(qtbot: QtBot, player: Player, playing: StretchPlaying) -> None:
    late = Interval(Micros(1_000_000), Micros(1_800_000))
    playing.play(late)
    qtbot.wait_until(lambda: player.position > 1_080_000, timeout=PATIENCE_MS)
    player.seek(Micros(0))
    qtbot.wait_until(lambda: not playing.is_on, timeout=PATIENCE_MS)
    assert player.is_playing


def test_stopping_pauses_only_what_it_plays(
    qtbot: QtBot, player: Player, playing: StretchPlaying
) -> None:
    player.play()
    playing.stop()
    assert player.is_playing
    playing.play(STRETCH)
    playing.stop()
    qtbot.wait_until(lambda: not player.is_playing)
    assert not playing.is_on
