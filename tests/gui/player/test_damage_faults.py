"""Films damaged in the middle, still being written, or on a disk that is pulled out."""

from __future__ import annotations

import os
import shutil
from bisect import bisect
from collections.abc import Callable
from pathlib import Path

import pytest
from av.codec.codec import UnknownCodecError
from pytestqt.qtbot import QtBot

from annotator.gui.player.film import ShownFrame
from annotator.gui.player.player import Player
from annotator.model import SECOND, ZERO
from tests.support.damage import spoil
from tests.support.fake_sound import FakeOutput
from tests.support.films import number_on, open_clip
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
DAMAGED = (
    ClipKind.FPS_60,
    ClipKind.MATROSKA,
    ClipKind.HEVC_10_BIT,
    ClipKind.WEBM,
    ClipKind.AVI,
    ClipKind.AVI_MJPEG,
)
GROWING = (ClipKind.MATROSKA, ClipKind.WEBM, ClipKind.OPEN_GOP, ClipKind.AVI)


class Stage:
    """A player on which a film is opened, and what it shows and says."""

    def __init__(self, qtbot: QtBot, player: Player, clip: TimingClip) -> None:
        self.qtbot, self.player, self.clip = qtbot, player, clip
        self.frames: list[ShownFrame] = []
        self.said: list[str] = []
        player.frame_changed.connect(self.frames.append)
        player.notice.connect(self.said.append)

    def open(self, path: Path) -> None:
        """Open a copy of the clip and wait for its first frame."""
        with self.qtbot.wait_signal(self.player.frame_changed, timeout=10_000):
            self.player.open(path, ZERO)

    def go(self, index: int) -> int:
        """Go to a frame and tell which one came."""
        self.player.seek_frame(index)
        self.qtbot.wait_until(lambda: not self.player.is_pending)
        return self.player.frame_index

    def play_through(self, slowly: range = range(1)) -> list[int]:
        """Play to the end, from the first of the frames given, and tell which frames were shown.

        These slowly, since a busy machine leaves out what is late, and with it the damage.
        """
        self.go(slowly.start)
        self.frames.clear()
        self.player.set_speed(0.5)
        self.player.play()
        self.qtbot.wait_until(lambda: self.player.frame_index >= slowly.stop - 1)
        self.player.set_speed(2)
        self.qtbot.wait_until(lambda: not self.player.is_playing and not self.player.is_pending)
        return [frame.index for frame in self.frames]

    def about(self, start: float, end: float) -> range:
        """Number the frames about a damage between two moments in seconds."""
        times = self.clip.frame_times
        first, last = (bisect(times, at * 1_000_000) for at in (start - 0.4, end + 0.1))
        return range(first, last)

    def wrong(self) -> list[int]:
        """List the frames shown whose picture is another's, or none."""
        numbers = self.clip.numbers
        return [one.index for one in self.frames if number_on(one.image) != numbers[one.index]]


def clip_or_skip(clip_of: ClipOf, kind: ClipKind) -> TimingClip:
    """Give a clip; skip where nothing here writes films of its kind."""
    try:
        return clip_of(kind)
    except UnknownCodecError as error:
        pytest.skip(f"the installed PyAV cannot write {kind}: {error}")


@pytest.mark.parametrize("kind", DAMAGED)
def test_a_film_damaged_in_the_middle_plays_up_to_it_says_so_and_goes_on(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path, kind: ClipKind
) -> None:
    stage = Stage(qtbot, player, clip_or_skip(clip_of, kind))
    times, last = stage.clip.frame_times, len(stage.clip.numbers) - 1
    start, end = times[-1] * 0.4 / 1_000_000, times[-1] * 0.5 / 1_000_000
    stage.open(spoil(stage.clip.path, tmp_path / stage.clip.path.name, start, end, picture=True))
    played = stage.play_through(stage.about(start, end))
    assert played == sorted(played)
    assert played[-1] == player.frame_index == last
    before = [at for at in played if times[at] < (start - 0.15) * 1_000_000]
    after = [at for at in played if times[at] > (end + 0.5) * 1_000_000]
    assert min(len(before), len(after)) > 3
    assert not set(stage.wrong()) & {*before, *after}
    assert len(stage.said) == 1
    assert "The film is damaged at 0:00:0" in stage.said[0]


@pytest.mark.parametrize("kind", [ClipKind.FPS_60, ClipKind.MATROSKA, ClipKind.AVI])
@pytest.mark.parametrize("plays", [True, False])
def test_pictures_that_the_decoder_made_up_in_part_are_told_of(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path, kind: ClipKind, *, plays: bool
) -> None:
    stage = Stage(qtbot, player, clip_of(kind))
    times = stage.clip.frame_times
    start, end = times[-1] * 0.4 / 1_000_000, times[-1] * 0.45 / 1_000_000
    film = tmp_path / stage.clip.path.name
    stage.open(spoil(stage.clip.path, film, start, end, picture=True, half=True))
    last = len(times) - 1
    if plays:
        stage.play_through(stage.about(start, end))
    else:
        for _ in range(last):
            player.step(1)
            qtbot.wait_until(lambda: not player.is_pending)
        assert [frame.index for frame in stage.frames] == [*range(last + 1)]
    assert player.frame_index == last
    assert len(stage.said) == 1
    assert "The film is damaged at 0:00:0" in stage.said[0]


def test_a_jump_into_the_damage_leads_to_its_edge_in_the_direction_of_travel(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path
) -> None:
    stage = Stage(qtbot, player, clip_of(ClipKind.AVI_MJPEG))
    stage.open(spoil(stage.clip.path, tmp_path / "film.avi", 1.2, 1.79, picture=True))
    assert stage.go(37) == 45
    player.step(-1)
    qtbot.wait_until(lambda: not player.is_pending)
    assert player.frame_index == 29
    player.step(1)
    qtbot.wait_until(lambda: not player.is_pending)
    assert player.frame_index == 45
    assert stage.wrong() == []
    assert len(stage.said) == 1


@pytest.mark.parametrize("kind", GROWING)
def test_a_film_that_is_being_written_is_played_as_far_as_it_was(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path, kind: ClipKind
) -> None:
    stage = Stage(qtbot, player, clip_of(kind))
    whole = stage.clip.path.read_bytes()
    half = len(whole) * 3 // 5
    film = tmp_path / stage.clip.path.name
    film.write_bytes(whole[:half])
    stage.open(film)
    count = len(player.frame_times)
    assert 20 < count < len(stage.clip.numbers)
    sure = count - 4  # what those at the end lean on may be missing
    assert stage.go(sure) == sure
    with film.open("ab") as file:
        file.write(whole[half:])
    for index in (5, 1, sure, sure - 1, 0):
        assert stage.go(index) == index
    played = stage.play_through()
    assert player.frame_index == played[-1] == count - 1
    assert all(index > sure for index in stage.wrong())
    stage.open(film)
    assert [*player.frame_times] == [*stage.clip.frame_times]
    last = len(stage.clip.numbers) - 1
    assert stage.go(last) == last
    assert number_on(stage.frames[-1].image) == last


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open film where it is")
@pytest.mark.parametrize("kind", [ClipKind.LONG_GOP, ClipKind.MATROSKA, ClipKind.OPEN_GOP])
def test_a_disk_that_is_pulled_out_and_put_in_again(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path, kind: ClipKind
) -> None:
    stage = Stage(qtbot, player, clip_of(kind))
    last = len(stage.clip.numbers) - 1
    film = tmp_path / "stick" / stage.clip.path.name
    film.parent.mkdir()
    shutil.copy(stage.clip.path, film)
    stage.open(film)
    assert stage.go(last // 2) == last // 2
    film.parent.rename(tmp_path / "out")
    os.truncate(tmp_path / "out" / film.name, 0)
    for index in (last, 3, last // 3, last // 3 - 1):
        here = player.frame_index
        assert stage.go(index) in {index, here}
        assert player.position == stage.clip.frame_times[player.frame_index]
    assert stage.wrong() == []
    began = player.clock_position
    player.play()
    qtbot.wait_until(lambda: player.clock_position > began + 200_000)
    player.pause()
    qtbot.wait_until(lambda: not player.is_pending)
    assert all("cannot be reached any more" in text for text in stage.said)
    film.parent.mkdir()
    shutil.copy(stage.clip.path, film)
    for index in (2, last, last // 3, last // 2 + 1, last // 2, 7):
        assert stage.go(index) == index
    assert stage.wrong() == []
    assert len(set(stage.said)) <= 1


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open film where it is")
def test_a_disk_that_comes_back_while_the_film_plays(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path
) -> None:
    stage = Stage(qtbot, player, clip_of(ClipKind.LONG_GOP))
    film = tmp_path / "stick" / "film.mp4"
    film.parent.mkdir()
    shutil.copy(stage.clip.path, film)
    stage.open(film)
    film.parent.rename(tmp_path / "out")
    os.truncate(tmp_path / "out" / film.name, 0)
    player.set_speed(4.0)
    player.seek_frame(590)
    qtbot.wait_until(lambda: bool(stage.said))
    player.seek_frame(300)
    qtbot.wait_until(lambda: not player.is_pending)
    assert player.frame_index < 300
    player.seek(stage.clip.frame_times[200])
    player.play()
    qtbot.wait_until(lambda: player.clock_position > stage.clip.frame_times[300])
    film.parent.mkdir()
    shutil.copy(stage.clip.path, film)
    stage.frames.clear()
    qtbot.wait_until(lambda: bool(stage.frames))
    assert player.is_playing
    assert abs(player.position - player.clock_position) < SECOND
    player.pause()
    assert stage.wrong() == []
    assert len(set(stage.said)) == 1
    assert "cannot be reached any more" in stage.said[0]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open film where it is")
def test_sound_whose_disk_is_gone_is_not_taken_for_an_output_that_is(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path, output: FakeOutput
) -> None:
    stage = Stage(qtbot, player, clip_of(ClipKind.LONG_GOP))
    film = tmp_path / "stick" / "film.mp4"
    film.parent.mkdir()
    shutil.copy(stage.clip.path, film)
    stage.open(film)
    film.parent.rename(tmp_path / "out")
    os.truncate(tmp_path / "out" / film.name, 0)
    player.play()
    qtbot.wait_until(lambda: bool(player.sound.problem))
    assert player.is_playing
    assert player.sound.problem.startswith("The sound cannot be read. There is no film")
    player.pause()
    film.parent.mkdir()
    shutil.copy(stage.clip.path, film)
    starts = output.starts
    player.play()
    qtbot.wait_until(lambda: output.starts > starts)
    assert player.sound.problem == ""
    player.pause()


def test_a_film_whose_disk_is_gone_can_be_left_for_another(
    qtbot: QtBot, player: Player, clip_of: ClipOf, tmp_path: Path
) -> None:
    stage = Stage(qtbot, player, clip_of(ClipKind.FPS_25))
    film = tmp_path / "stick" / "film.mp4"
    film.parent.mkdir()
    shutil.copy(stage.clip.path, film)
    stage.open(film)
    shutil.rmtree(film.parent)
    with qtbot.wait_signal(player.failed) as failed:
        player.open(film, ZERO)
    assert failed.args is not None
    assert "There is no film “film.mp4”" in failed.args[0]
    open_clip(qtbot, player, stage.clip)
    assert stage.go(40) == 40
