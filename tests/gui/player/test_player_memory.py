"""However little memory there is, the player shows the right frames and does not grow."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.player.film import OpenedFilm, ShownFrame
from annotator.gui.player.player import Player
from tests.support.films import number_on, open_clip
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
FRAME_BYTES = 192 * 128 * 3 // 2
PlayerOf = Callable[[int], Player]


@pytest.fixture
def player_of(qtbot: QtBot) -> Iterator[PlayerOf]:
    made: list[Player] = []

    def make(frames: int) -> Player:
        made.append(Player(picture_memory=frames * FRAME_BYTES))
        return made[-1]

    yield make
    assert qtbot is not None
    for player in made:
        player.shut_down()


def at_rest(player: Player) -> bool:
    pictures = player.lead._pictures if player.lead is not None else None
    return pictures is not None and pictures._is_filled and not player.is_pending


@pytest.mark.parametrize("room", [2, 4, 20, 120])
def test_a_random_walk_with_little_memory(
    qtbot: QtBot, player_of: PlayerOf, clip_of: ClipOf, room: int
) -> None:
    clip, player, dice = clip_of(ClipKind.LONG_GOP), player_of(room), random.Random(room)
    films: list[OpenedFilm] = []
    wrong: list[tuple[int, int]] = []
    held: list[int] = []

    def look(frame: ShownFrame) -> None:
        number = number_on(frame.image)
        if not frame.stands_in and number != clip.numbers[frame.index]:
            wrong.append((frame.index, number))
        if films[-1].video is not None:
            held.append(films[-1].video._reader.cache.held)

    player.opened.connect(films.append)
    player.frame_changed.connect(look)
    open_clip(qtbot, player, clip)
    threads = threading.active_count()
    for _ in range(60):
        walk(qtbot, player, dice)
    qtbot.wait_until(lambda: not player.is_pending, timeout=20_000)
    assert wrong == []
    assert max(held) <= room * FRAME_BYTES
    assert threading.active_count() <= threads


def walk(qtbot: QtBot, player: Player, dice: random.Random) -> None:
    """Step, seek, rest or play, at random."""
    match dice.randrange(6):
        case 0:
            player.seek_frame(dice.randrange(600))
        case 1:
            qtbot.wait_until(lambda: at_rest(player), timeout=20_000)
        case 2:
            player.play()
            begun = player.clock_position
            qtbot.wait_until(lambda: player.clock_position > begun or not player.is_playing)
            player.pause()
        case 3:
            player.drag_to(player.frame_times[dice.randrange(600)])
        case _:
            for _ in range(dice.randrange(1, 8)):
                player.step(dice.choice([-1, -1, 1]))


def test_places_seen_lately_are_given_at_once(
    qtbot: QtBot, player_of: PlayerOf, clip_of: ClipOf
) -> None:
    clip, player = clip_of(ClipKind.LONG_GOP), player_of(200)
    open_clip(qtbot, player, clip)
    shown: list[ShownFrame] = []
    player.frame_changed.connect(shown.append)
    places = (90, 400, 200, 310)
    for place in places:
        player.seek_frame(place)
        qtbot.wait_until(lambda: not player.is_pending)
    for place in places:
        player.seek_frame(place)
        assert not player.is_pending
        assert player.frame_index == place
        assert number_on(shown[-1].image) == clip.numbers[place]


def test_with_little_memory_no_places_are_kept(
    qtbot: QtBot, player_of: PlayerOf, clip_of: ClipOf
) -> None:
    clip, player = clip_of(ClipKind.LONG_GOP), player_of(4)
    open_clip(qtbot, player, clip)
    for place in (90, 400):
        player.seek_frame(place)
        qtbot.wait_until(lambda: not player.is_pending)
    player.seek_frame(90)
    assert player.is_pending


def test_at_rest_a_step_back_waits_for_no_decoding(
    qtbot: QtBot, player_of: PlayerOf, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    player = player_of(100)
    films: list[OpenedFilm] = []
    player.opened.connect(films.append)
    open_clip(qtbot, player, clip_of(ClipKind.LONG_GOP))
    video = films[-1].video
    assert video is not None
    reader = video._reader
    missed: list[int] = []
    decoded = type(reader)._decoded
    monkeypatch.setattr(
        type(reader),
        "_decoded",
        lambda self, index, up: (missed.append(index), decoded(self, index, up))[1],
    )
    for place in (480, 130, 599):
        player.seek_frame(place)
        qtbot.wait_until(lambda: at_rest(player), timeout=20_000)
        missed.clear()
        for _ in range(20):
            wanted = player.frame_index - 1
            player.step(-1)
            qtbot.wait_until(lambda wanted=wanted: player.frame_index == wanted)
        assert missed == []
