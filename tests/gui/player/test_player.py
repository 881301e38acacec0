"""The player shows the very frames that are asked for, whatever else is on its way."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.gui.player.decks import Source
from annotator.gui.player.film import ShownFrame
from annotator.gui.player.player import Player
from annotator.model import SECOND, ZERO, Micros
from tests.support.films import number_on, open_clip
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
HALF = 500_000
SLACK = 0.3  # seconds that a busy machine may take to begin
SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
FILMS = [ClipKind.FPS_29_97, ClipKind.VARIABLE, ClipKind.LONG_GOP, ClipKind.LATE_VIDEO]


class Seen:
    """Collects the frames that a player shows."""

    def __init__(self, player: Player) -> None:
        self.frames: list[ShownFrame] = []
        player.frame_changed.connect(self.frames.append)


@pytest.mark.parametrize("kind", FILMS)
def test_a_burst_of_steps_adds_up(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    clip = clip_of(kind)
    open_clip(qtbot, player, clip)
    seen = Seen(player)
    steps = random.Random(1).choices([1, 1, 1, -1, 5, -3], k=40)
    wanted = 0
    for step in steps:
        player.step(step)
        wanted = min(max(wanted + step, 0), len(clip.frame_times) - 1)
    qtbot.wait_until(lambda: player.frame_index == wanted and not player.is_pending)
    assert number_on(seen.frames[-1].image) == clip.numbers[wanted]
    assert player.position == clip.frame_times[wanted]


@pytest.mark.parametrize("kind", FILMS)
def test_a_seek_shows_the_frame_of_that_moment(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    clip = clip_of(kind)
    open_clip(qtbot, player, clip)
    seen = Seen(player)
    for index in random.Random(2).sample(range(len(clip.frame_times)), 8):
        player.seek(clip.frame_times[index])
        qtbot.wait_until(lambda index=index: player.frame_index == index)
        assert number_on(seen.frames[-1].image) == clip.numbers[index]


def test_the_offset_moves_the_film_on_the_session_clock(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    offset = Micros(90 * SECOND)
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip, offset)
    assert player.position == offset + clip.frame_times[0]
    player.seek(Micros(offset + clip.frame_times[7]))
    qtbot.wait_until(lambda: player.frame_index == 7)
    assert player.position == offset + clip.frame_times[7]
    assert player.frame_times[7] == player.position


@pytest.mark.parametrize(
    "kind", [ClipKind.FPS_25, ClipKind.FPS_29_97, ClipKind.VARIABLE, ClipKind.FPS_240]
)
def test_it_plays_films_to_their_end_in_order_and_never_early(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    clip = clip_of(kind)
    open_clip(qtbot, player, clip)
    seen = Seen(player)
    player.set_speed(2.0)
    early: list[int] = []
    player.frame_changed.connect(
        lambda frame: early.append(frame.index) if frame.time > player.clock_position else None
    )
    player.play()
    qtbot.wait_until(lambda: not player.is_playing and not player.is_pending, timeout=20_000)
    indexes = [frame.index for frame in seen.frames]
    assert indexes == sorted(set(indexes))
    assert indexes[-1] == len(clip.frame_times) - 1
    assert early == []


@pytest.mark.parametrize("speed", SPEEDS)
def test_speed_is_what_it_says(qtbot: QtBot, player: Player, clip_of: ClipOf, speed: float) -> None:
    clip = clip_of(ClipKind.NO_AUDIO)
    open_clip(qtbot, player, clip)
    player.set_speed(speed)
    assert player.speed == speed
    begun = time.monotonic()
    player.play()
    qtbot.wait_until(lambda: player.position >= HALF)
    took = time.monotonic() - begun
    player.pause()
    assert HALF / SECOND / speed <= took < HALF / SECOND / speed + SLACK


def test_pausing_leaves_the_position_on_the_frame_on_screen(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.FPS_29_97)
    open_clip(qtbot, player, clip)
    player.play()
    qtbot.wait_until(lambda: player.frame_index >= 5)
    player.pause()
    assert player.position == clip.frame_times[player.frame_index]
    qtbot.wait_until(lambda: not player.is_pending)
    here = player.frame_index
    player.step(1)
    qtbot.wait_until(lambda: not player.is_pending)
    assert player.frame_index == here + 1


def test_play_at_the_end_begins_again(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    player.seek_frame(len(clip.frame_times) - 1)
    qtbot.wait_until(lambda: player.frame_index == len(clip.frame_times) - 1)
    player.play()
    qtbot.wait_until(lambda: player.frame_index < 10)
    assert player.clock_position < clip.frame_times[-1]
    player.pause()


def test_sound_alone_plays_and_has_a_position(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.AUDIO_ONLY)
    with qtbot.wait_signal(player.opened):
        player.open(clip.path, Micros(0))
    assert player.frame_index == -1
    player.play()
    qtbot.wait_until(lambda: player.position > 200_000)
    player.pause()
    player.seek(Micros(500_000))
    assert player.position == 500_000
    for step in (1, 1, -3):
        player.step(step)
    assert player.position == 460_000


@pytest.mark.parametrize("kind", [ClipKind.FPS_25, ClipKind.ROTATED_90, ClipKind.LONG_GOP])
def test_while_a_film_is_opened_its_first_picture_is_seen(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    told: list[str] = []
    glimpses: list[QImage] = []
    player.glimpsed.connect(glimpses.append)
    player.glimpsed.connect(lambda _: told.append("seen"))
    player.opened.connect(lambda _: told.append("opened"))
    shown: list[ShownFrame] = []
    player.frame_changed.connect(shown.append)
    open_clip(qtbot, player, clip_of(kind))
    assert told == ["seen", "opened"]
    assert glimpses == [shown[0].image]


def test_no_first_picture_is_seen_where_another_frame_is_asked_for(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    glimpses: list[QImage] = []
    player.glimpsed.connect(glimpses.append)
    with qtbot.wait_signal(player.frame_changed, timeout=10_000):
        player.open_lead(Source(clip_of(ClipKind.FPS_25).path, ZERO), at=Micros(1_000_000))
    assert glimpses == []
    assert player.frame_index == 25
