"""Whatever comes in between, the player ends where it was last sent, and shows the way there."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.player.film import OpenedFilm, ShownFrame
from annotator.gui.player.player import Player
from annotator.model import SECOND, ZERO, Look, Micros
from tests.support.films import number_on, open_clip
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
FAR = 580  # of 600 frames, ten seconds after the keyframe before
PATIENCE_S = 10


class Gate:
    """Holds up the decoding of one frame until it is opened."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, index: int) -> None:
        self.index = index
        self.reached, self.opened = Event(), Event()
        decode = OpenedFilm.decode

        def held(film: OpenedFilm, index: int, look: Look) -> ShownFrame:
            if index == self.index:
                self.reached.set()
                assert self.opened.wait(PATIENCE_S)
            return decode(film, index, look)

        monkeypatch.setattr(OpenedFilm, "decode", held)


def test_play_begins_where_a_pending_seek_leads(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    open_clip(qtbot, player, clip)
    player.seek_frame(FAR)
    assert player.is_pending
    player.play()
    assert player.clock_position >= clip.frame_times[FAR]
    qtbot.wait_until(lambda: player.frame_index >= FAR)
    player.pause()


def test_skips_add_up_while_the_film_plays(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    open_clip(qtbot, player, clip)
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 1)
    before = player.clock_position
    for _ in range(4):
        player.skip(SECOND)
    assert player.clock_position >= before + 4 * SECOND
    player.pause()
    assert player.clock_position >= before + 4 * SECOND


def test_skips_add_up_while_the_film_stands(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.FPS_29_97)
    open_clip(qtbot, player, clip)
    for _ in range(3):
        player.skip(SECOND)
    player.skip(Micros(-SECOND))
    qtbot.wait_until(lambda: not player.is_pending)
    assert clip.frame_times[player.frame_index] <= 2 * SECOND
    assert clip.frame_times[player.frame_index + 1] > 2 * SECOND


def test_pausing_right_after_a_seek_shows_the_frame_that_was_sought(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    open_clip(qtbot, player, clip)
    frames: list[ShownFrame] = []
    player.frame_changed.connect(frames.append)
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 1)
    player.seek(clip.frame_times[FAR])
    player.pause()
    qtbot.wait_until(lambda: not player.is_pending)
    assert FAR <= player.frame_index <= FAR + 1
    assert number_on(frames[-1].image) == clip.numbers[player.frame_index]


def test_a_step_while_playing_counts_from_the_frame_of_that_moment(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    open_clip(qtbot, player, clip)
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 1)
    player.seek(clip.frame_times[FAR])
    player.step(-3)
    assert not player.is_playing
    qtbot.wait_until(lambda: not player.is_pending)
    assert FAR - 3 <= player.frame_index <= FAR - 2


def test_while_a_key_is_held_frames_on_the_way_are_shown(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    gate = Gate(monkeypatch, 1)
    seen: list[int] = []
    player.frame_changed.connect(lambda frame: seen.append(frame.index))
    for _ in range(5):
        player.step(1)
    qtbot.wait_until(gate.reached.is_set)
    assert player.frame_index == 0
    gate.opened.set()
    qtbot.wait_until(lambda: not player.is_pending)
    assert seen == [1, 5]


def test_frames_decoded_ahead_do_not_show_after_a_pause(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    gate = Gate(monkeypatch, 10)
    player.set_speed(0.5)
    player.play()
    qtbot.wait_until(lambda: player.frame_index > 0 and gate.reached.is_set())
    player.pause()
    here = player.frame_index
    assert not player.is_pending
    player.step(-1)
    seen: list[int] = []
    player.frame_changed.connect(lambda frame: seen.append(frame.index))
    gate.opened.set()
    qtbot.wait_until(lambda: not player.is_pending)
    assert here < gate.index
    assert seen == [here - 1]


def test_the_film_opened_last_is_the_one_shown(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    opened: list[object] = []
    player.opened.connect(lambda film: opened.append(film.path))
    last = clip_of(ClipKind.FPS_60)
    for kind in (ClipKind.LONG_GOP, ClipKind.FPS_25, ClipKind.FPS_60):
        player.open(clip_of(kind).path, ZERO)
    qtbot.wait_until(lambda: player.frame_index == 0)
    assert opened == [last.path]
    assert len(player.frame_times) == len(last.frame_times)


def test_another_film_can_be_opened_while_a_frame_is_pending(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    open_clip(qtbot, player, clip_of(ClipKind.LONG_GOP))
    player.seek_frame(FAR)
    other = clip_of(ClipKind.FPS_29_97)
    frames: list[ShownFrame] = []
    player.frame_changed.connect(frames.append)
    player.open(other.path, ZERO)
    assert not player.is_open
    qtbot.wait_until(lambda: bool(frames))
    assert [frame.index for frame in frames] == [0]
    assert frames[0].time == other.frame_times[0]


def test_sound_that_outlasts_the_picture_can_be_played_from_the_last_frame(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.LATE_AUDIO)
    last = len(clip.frame_times) - 1
    open_clip(qtbot, player, clip)
    assert player.end - clip.frame_times[last] > SECOND // 2
    player.seek_frame(last)
    qtbot.wait_until(lambda: not player.is_pending)
    player.play()
    assert player.clock_position >= clip.frame_times[last]
    qtbot.wait_until(lambda: not player.is_playing)
    assert player.clock_position == player.end
    assert player.frame_index == last
    player.play()
    assert player.clock_position < SECOND
    player.pause()
