"""Films as cameras, telephones, calls and recorders write them, in the hands of a coder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import av
import pytest
from av.codec.codec import UnknownCodecError
from av.video.frame import VideoFrame
from pytestqt.qtbot import QtBot

from annotator.gui.player import film_sound
from annotator.gui.player.film import OpenedFilm, ShownFrame
from annotator.gui.player.player import Player
from annotator.gui.player.sound_output import SoundError
from annotator.model import SECOND, ZERO, Micros
from tests.support.films import number_on, open_clip
from tests.support.sounds import write_tone
from tests.support.timing_clips import ClipKind, TimingClip, paint_number

ClipOf = Callable[[ClipKind], TimingClip]
HALF = SECOND // 2
KINDS = (
    ClipKind.FPS_120,
    ClipKind.HEVC_10_BIT,
    ClipKind.WEBM_VP9,
    ClipKind.MPEG_PROGRAM,
    ClipKind.AVI_DV,
    ClipKind.AVI_MJPEG,
    ClipKind.AVI_B_FRAMES,
    ClipKind.OPEN_GOP,
    ClipKind.PHONE,
    ClipKind.VIDEO_CALL,
    ClipKind.NEGATIVE_EDIT,
)
HOURS, EVERY = 8, 8  # hours of the long film, and seconds from one frame of it to the next


@pytest.fixture
def player(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Player]:
    """A player on a machine without a sound output."""

    def refuse(*_: object) -> None:
        raise SoundError("There is no sound output here.")

    monkeypatch.setattr(film_sound, "open_sound_output", refuse)
    made = Player()
    yield made
    made.shut_down()
    assert qtbot is not None


def clip_or_skip(clip_of: ClipOf, kind: ClipKind) -> TimingClip:
    """Give a clip; skip where nothing here writes films of its kind."""
    try:
        return clip_of(kind)
    except UnknownCodecError as error:
        pytest.skip(f"the installed PyAV cannot write {kind}: {error}")


class Shown:
    """The frames that a player shows, and whether each is the one that it says."""

    def __init__(self, qtbot: QtBot, player: Player, clip: TimingClip) -> None:
        self.frames: list[ShownFrame] = []
        self.said: list[str] = []
        self._qtbot, self._player, self._clip = qtbot, player, clip
        player.frame_changed.connect(self.frames.append)
        player.notice.connect(self.said.append)

    def check(self, index: int) -> None:
        """Wait for a frame, and hold its number, time and picture against the truth."""
        self._qtbot.wait_until(lambda: not self._player.is_pending)
        clip, frame = self._clip, self.frames[-1]
        assert (self._player.frame_index, frame.index) == (index, index)
        assert self._player.position == frame.time == clip.frame_times[index]
        assert number_on(frame.image) == clip.numbers[index]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_opens_steps_jumps_and_plays(
    qtbot: QtBot, player: Player, clip_of: ClipOf, kind: ClipKind
) -> None:
    clip = clip_or_skip(clip_of, kind)
    shown = Shown(qtbot, player, clip)
    open_clip(qtbot, player, clip)
    shown.check(0)
    for expected, step in ((1, 1), (2, 1), (1, -1), (6, 5)):
        player.step(step)
        shown.check(expected)
    last = len(clip.numbers) - 1
    for index in (last, last - 1, last // 2, 1, last // 3, 0):
        player.seek_frame(index)
        shown.check(index)
    shown.frames.clear()
    start = player.clock_position
    player.play()
    qtbot.wait_until(lambda: player.clock_position >= start + HALF)
    player.pause()
    qtbot.wait_until(lambda: not player.is_pending)
    played = [frame.index for frame in shown.frames]
    assert len(played) >= 4
    assert played == sorted(played)
    assert [number_on(one.image) for one in shown.frames] == [clip.numbers[at] for at in played]
    shown.check(played[-1])
    assert shown.said == []


@pytest.mark.parametrize(
    ("suffix", "codec"), [(".wav", "pcm_s16le"), (".mp3", "libmp3lame"), (".m4a", "aac")]
)
def test_sound_alone_opens_steps_jumps_and_plays(
    qtbot: QtBot, player: Player, tmp_path: Path, suffix: str, codec: str
) -> None:
    path = write_sound(tmp_path, suffix, codec)
    opened: list[OpenedFilm] = []
    player.opened.connect(opened.append)
    with qtbot.wait_signal(player.opened, timeout=10_000):
        player.open(path, ZERO)
    assert (player.frame_index, player.position, player.is_pending) == (-1, 0, False)
    assert player.end == pytest.approx(3_000_000, abs=60_000)
    assert opened[0].sound is not None
    assert not opened[0].sound_problem
    for step, expected in ((1, 40_000), (2, 120_000), (-1, 80_000)):
        player.step(step)
        assert player.position == expected
    player.seek(SECOND)
    assert player.position == SECOND
    player.play()
    qtbot.wait_until(lambda: player.position >= SECOND + HALF)
    player.pause()
    assert SECOND + HALF <= player.position < player.end
    player.seek(player.end)
    assert player.position == player.end


def write_sound(folder: Path, suffix: str, codec: str) -> Path:
    """Write three seconds of a tone."""
    wav = write_tone(folder / "tone.wav", 440, 3, 44_100)
    if suffix == ".wav":
        return wav
    path = folder / f"tone{suffix}"
    with av.open(wav) as source, av.open(path, "w") as target:
        try:
            stream = target.add_stream(codec, rate=44_100, layout="mono")
        except UnknownCodecError as error:
            pytest.skip(f"the installed PyAV cannot write {suffix}: {error}")
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def eight_hours(tmp_path_factory: pytest.TempPathFactory) -> TimingClip:
    """Write a film of eight hours with few pictures."""
    path = tmp_path_factory.mktemp("long") / "long.mp4"
    numbers = range(HOURS * 3600 // EVERY)
    with av.open(path, "w") as container:
        options = {"preset": "ultrafast", "g": "50", "bf": "2", "threads": "1"}
        stream = container.add_stream("libx264", rate=1, options=options)
        stream.width, stream.height, stream.pix_fmt = 80, 64, "yuv420p"
        stream.codec_context.time_base = Fraction(1)
        for number in numbers:
            frame = VideoFrame.from_ndarray(paint_number(number, 80, 64), format="rgb24")
            frame.pts, frame.time_base = number * EVERY, Fraction(1)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    times = tuple(Micros(number * EVERY * SECOND) for number in numbers)
    return TimingClip(ClipKind.NO_AUDIO, path, times, tuple(numbers), (), 80, 64)


def test_a_film_of_eight_hours_is_stepped_through_at_both_ends(
    qtbot: QtBot, player: Player, eight_hours: TimingClip
) -> None:
    shown = Shown(qtbot, player, eight_hours)
    open_clip(qtbot, player, eight_hours)
    assert player.end >= 3600 * (HOURS * SECOND) - EVERY * SECOND
    last = len(eight_hours.numbers) - 1
    for index in (last, last - 1, 0, 1, last // 2, last // 2 - 1, 17):
        player.seek_frame(index)
        shown.check(index)
    at_seven = 7 * 3600 // EVERY
    player.seek(Micros(7 * 3600 * SECOND + 5))
    shown.check(at_seven)
    player.step(-1)
    shown.check(at_seven - 1)
    player.skip(Micros(EVERY * SECOND - SECOND // 4))
    shown.check(at_seven - 1)
    player.play()
    qtbot.wait_until(lambda: player.frame_index == at_seven)
    player.pause()
    shown.check(at_seven)
    assert 0 <= player.clock_position - 7 * 3600 * SECOND < SECOND
