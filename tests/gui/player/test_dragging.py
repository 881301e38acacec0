"""A hand that drags is followed at once by a picture nearby, and by the exact one when it rests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.player.film import OpenedFilm, ShownFrame
from annotator.gui.player.pictures import REST_MS
from annotator.gui.player.player import Player
from annotator.media.frame_index import FrameIndex
from annotator.model import Look
from tests.support.films import join, number_on, open_clip, settled
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]


def open_long(qtbot: QtBot, player: Player, clip: TimingClip) -> tuple[list[ShownFrame], int]:
    """Open a film of few keyframes; give what is shown from now on, and a frame far from any."""
    open_clip(qtbot, player, clip)
    assert player.lead is not None
    index = player.lead.index
    assert index is not None
    shown: list[ShownFrame] = []
    player.frame_changed.connect(shown.append)
    return shown, farthest(index)


def farthest(index: FrameIndex) -> int:
    """Number the frame that is farthest from all keyframes."""
    keyframes = [one.index for one in index.keyframes]
    return max(range(len(index)), key=lambda at: min(abs(at - key) for key in keyframes))


def test_a_picture_nearby_stands_in_until_the_hand_rests(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    shown, far = open_long(qtbot, player, clip)
    player.drag_to(clip.frame_times[far])
    qtbot.wait_until(lambda: len(shown) == 1)
    assert shown[0].stands_in
    assert number_on(shown[0].image) != clip.numbers[far]
    assert player.is_pending
    assert player.position == clip.frame_times[far]
    assert player.frame_index == far
    qtbot.wait_until(lambda: not player.is_pending)
    assert not shown[-1].stands_in
    assert shown[-1].index == far
    assert number_on(shown[-1].image) == clip.numbers[far]


def test_every_place_of_the_hand_is_followed(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    shown, far = open_long(qtbot, player, clip)
    for place in range(far - 60, far, 3):
        before = len(shown)
        player.drag_to(clip.frame_times[place])
        qtbot.wait_until(lambda before=before: len(shown) > before, timeout=REST_MS * 20)
        assert player.position == clip.frame_times[place]
    qtbot.wait_until(lambda: not player.is_pending)
    assert number_on(shown[-1].image) == clip.numbers[shown[-1].index]


def test_a_hand_that_goes_on_ends_the_decoding_of_where_it_was(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    shown, far = open_long(qtbot, player, clip)
    begun: list[int] = []

    def decode(film: OpenedFilm, index: int, look: Look) -> ShownFrame:
        begun.append(index)
        return exactly(film, index, look)

    exactly = OpenedFilm.decode
    monkeypatch.setattr(OpenedFilm, "decode", decode)
    told: list[str] = []
    player.notice.connect(told.append)
    player.drag_to(clip.frame_times[far])
    qtbot.wait_until(lambda: begun == [far])
    for place in (far, far - 9, far):
        player.drag_to(clip.frame_times[place])
    qtbot.wait_until(lambda: not player.is_pending)
    assert shown[-1].index == far
    assert number_on(shown[-1].image) == clip.numbers[far]
    assert told == []  # nothing is taken for damaged


def test_where_the_frame_is_at_hand_nothing_stands_in(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    open_clip(qtbot, player, clip)
    shown: list[ShownFrame] = []
    player.frame_changed.connect(shown.append)
    for place in (1, 4, 2):
        player.drag_to(clip.frame_times[place])
        qtbot.wait_until(lambda place=place: player.frame_index == place)
        qtbot.wait_until(lambda: not player.is_pending)
        assert number_on(shown[-1].image) == clip.numbers[place]
    assert not any(frame.stands_in for frame in shown)


def test_a_film_that_plays_stands_while_it_is_dragged(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    open_clip(qtbot, player, clip)
    player.play()
    player.drag_to(clip.frame_times[40])
    assert not player.is_playing
    qtbot.wait_until(lambda: not player.is_pending)
    assert player.position == clip.frame_times[40]


def test_the_others_are_dragged_along(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    clip, other = clip_of(ClipKind.FPS_25), clip_of(ClipKind.LONG_GOP)
    open_clip(qtbot, player, clip)
    deck = join(qtbot, player, other.path, 0, "b")
    player.drag_to(clip.frame_times[-1])
    settled(qtbot, player, deck)
    assert deck.shown is not None
    assert deck.shown.index == deck.index_at(player.position)
    assert number_on(deck.shown.image) == other.numbers[deck.shown.index]


def test_a_step_counts_from_where_the_hand_is(
    qtbot: QtBot, player: Player, clip_of: ClipOf
) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    shown, far = open_long(qtbot, player, clip)
    player.drag_to(clip.frame_times[far])
    player.step(1)
    qtbot.wait_until(lambda: player.frame_index == far + 1 and not player.is_pending)
    assert number_on(shown[-1].image) == clip.numbers[far + 1]
