"""Films that are no films, or break off, are told in plain words, and what there is can be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator.errors import MediaError
from annotator.gui.player.film import OpenedFilm, ShownFrame
from annotator.gui.player.player import Player
from annotator.model import ZERO, Look, Micros
from tests.support.films import number_on, open_clip
from tests.support.timing_clips import TRUNCATED, UNPLAYABLE, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
NO_JARGON = ("Error", "Errno", "Invalid data", "av.", "None")


@pytest.mark.parametrize("kind", UNPLAYABLE)
def test_what_is_no_film_is_refused_in_plain_words(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    clip = clip_of(kind)
    with qtbot.wait_signal(player.failed) as failed:
        player.open(clip.path, ZERO)
    assert failed.args is not None
    assert clip.path.name in failed.args[0]
    assert not any(word in failed.args[0] for word in NO_JARGON)
    assert not player.is_open


def test_a_missing_film_is_refused_by_name(qtbot: QtBot, player: Player, tmp_path: Path) -> None:
    with qtbot.wait_signal(player.failed) as failed:
        player.open(tmp_path / "gone.mp4", ZERO)
    assert failed.args is not None
    assert "gone.mp4" in failed.args[0]


def test_after_a_refusal_the_next_film_opens(qtbot: QtBot, player: Player, clip_of: ClipOf) -> None:
    with qtbot.wait_signal(player.failed):
        player.open(clip_of(ClipKind.TEXT).path, ZERO)
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    assert player.frame_index == 0


@pytest.mark.parametrize("kind", TRUNCATED)
def test_a_film_that_breaks_off_plays_as_far_as_it_goes(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    clip = clip_of(kind)
    said: list[str] = []
    player.notice.connect(said.append)
    frames: list[ShownFrame] = []
    player.frame_changed.connect(frames.append)
    open_clip(qtbot, player, clip)
    player.set_speed(2.0)
    player.play()
    qtbot.wait_until(lambda: not player.is_playing and not player.is_pending, timeout=15_000)
    assert len(frames) > 3
    assert all(number_on(frame.image) == number_at(clip, frame.time) for frame in frames)
    assert len([text for text in said if "damaged" in text]) == 1


@pytest.mark.parametrize("kind", TRUNCATED)
def test_going_to_the_end_of_a_film_that_breaks_off_shows_the_last_good_frame(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    clip = clip_of(kind)
    open_clip(qtbot, player, clip)
    player.seek(player.end)
    qtbot.wait_until(lambda: not player.is_pending, timeout=15_000)
    assert player.frame_index > 3


def number_at(clip: TimingClip, time: Micros) -> int:
    """Tell the number of the frame of a time: where the film was cut, some before are missing."""
    return clip.numbers[clip.frame_times.index(time)]


class Damaged:
    """Makes some frames of every film fail to decode."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, bad: range) -> None:
        decode = OpenedFilm.decode

        def decoded(film: OpenedFilm, index: int, look: Look) -> ShownFrame:
            if index in bad:
                raise MediaError(f"Frame {index} is damaged.")
            return decode(film, index, look)

        monkeypatch.setattr(OpenedFilm, "decode", decoded)
        prepare = OpenedFilm.prepare

        def prepared(
            film: OpenedFilm, here: int, near: int | None, look: Look
        ) -> tuple[ShownFrame | None, bool]:
            return prepare(film, here, None if near is not None and near in bad else near, look)

        monkeypatch.setattr(OpenedFilm, "prepare", prepared)


def test_damaged_frames_are_passed_over_in_the_direction_of_travel(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    Damaged(monkeypatch, range(10, 20))
    said: list[str] = []
    player.notice.connect(said.append)
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    player.seek_frame(9)
    qtbot.wait_until(lambda: not player.is_pending)
    for wanted, step in ((20, 1), (9, -1), (20, 1)):
        player.step(step)
        qtbot.wait_until(lambda: not player.is_pending)
        assert player.frame_index == wanted
    told = "The film is damaged at 0:00:00.400. What cannot be shown is passed over."
    assert said == [told]


def test_where_all_that_follows_is_damaged_the_last_good_frame_is_shown(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    Damaged(monkeypatch, range(40, 1000))
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    player.seek_frame(60)
    qtbot.wait_until(lambda: not player.is_pending)
    assert player.frame_index == 39
    player.play()
    assert player.clock_position < 2_000_000
    player.pause()


def test_a_film_plays_on_after_a_damaged_part(
    qtbot: QtBot, player: Player, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    Damaged(monkeypatch, range(10, 30))
    said: list[str] = []
    player.notice.connect(said.append)
    open_clip(qtbot, player, clip_of(ClipKind.FPS_25))
    seen: list[int] = []
    player.frame_changed.connect(lambda frame: seen.append(frame.index))
    player.set_speed(2.0)
    player.play()
    qtbot.wait_until(lambda: not player.is_playing, timeout=10_000)
    assert not set(seen) & set(range(10, 30))
    assert len([index for index in seen if index >= 30]) > 10
    assert len(said) == 1
