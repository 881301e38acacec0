"""With a sound output the sound leads: the film runs by what is heard, and ends when it ends."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.player.film import ShownFrame
from annotator.gui.player.player import Player
from annotator.model import SECOND, Micros
from tests.support.fake_sound import FakeOutput
from tests.support.films import open_clip
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
SLACK = 0.35  # seconds that a busy machine may take to begin and to end


@pytest.mark.parametrize("speed", [0.75, 1.0, 1.5, 2.0])
def test_the_film_takes_its_time_divided_by_the_speed(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf, speed: float
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    player.set_speed(speed)
    player.seek(SECOND)
    qtbot.wait_until(lambda: not player.is_pending)
    begun = time.monotonic()
    player.play()
    qtbot.wait_until(lambda: not player.is_playing, timeout=10_000)
    took = time.monotonic() - begun
    due = (player.end - SECOND) / SECOND / speed
    assert due - 0.02 <= took <= due + SLACK
    assert output.starts == 1


@pytest.mark.parametrize("short_by", [0, 1, 40])
@pytest.mark.parametrize("kind", [ClipKind.FPS_23_976, ClipKind.VARIABLE, ClipKind.LATE_AUDIO])
def test_it_ends_on_the_last_frame_though_the_card_counts_short(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf, kind: ClipKind, short_by: int
) -> None:
    clip = clip_of(kind)
    output.short_by = short_by
    open_clip(qtbot, player, clip)
    player.set_speed(2.0)
    player.seek(Micros(player.end - SECOND))
    player.play()
    qtbot.wait_until(lambda: not player.is_playing and not player.is_pending, timeout=10_000)
    assert player.frame_index == len(clip.frame_times) - 1
    assert player.position == clip.frame_times[-1]


def test_a_new_speed_goes_on_from_the_same_place(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.LONG_GOP))
    player.play()
    qtbot.wait_until(lambda: player.clock_position > 400_000)
    for speed in (0.5, 2.0, 1.25):
        before = player.clock_position
        player.set_speed(speed)
        assert before <= player.clock_position <= before + 100_000
        qtbot.wait_until(lambda before=before: player.clock_position > before + 100_000)
    assert output.starts == 4
    player.pause()


def test_no_frame_comes_before_its_sound(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_29_97))
    early: list[int] = []

    def look(frame: ShownFrame) -> None:
        heard = output.heard() / output.rate * SECOND
        if player.is_playing and frame.time > heard + 20_000:  # between two words it is reckoned
            early.append(frame.index)

    player.frame_changed.connect(look)
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 30)
    player.pause()
    assert early == []


def test_volume_and_mute_reach_the_output(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf
) -> None:
    told: list[tuple[float, bool]] = []
    player.sound.volume_changed.connect(lambda volume, muted: told.append((volume, muted)))
    player.sound.set_volume(0.4)
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    assert output.volume == 0.4
    player.sound.toggle_muted()
    assert output.volume == 0.0
    assert player.sound.volume == 0.4
    player.sound.toggle_muted()
    assert output.volume == 0.4
    player.sound.set_volume(7.0)
    assert output.volume == 1.0
    assert told[-4:] == [(0.4, False), (0.4, True), (0.4, False), (1.0, False)]


def test_sound_that_begins_before_the_picture_is_played_from_its_beginning(
    qtbot: QtBot, player: Player, output: FakeOutput, clip_of: ClipOf
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.LATE_VIDEO))
    assert player.position > 0
    player.play()
    assert player.clock_position == 0
    qtbot.wait_until(lambda: player.frame_index > 2)
    player.pause()
    assert output.starts == 1
