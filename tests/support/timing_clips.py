"""Makes small films whose every frame carries its number in its pixels, and whose sound clicks.

Nothing of this is kept in the repository: the clips are made by PyAV when a test asks.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from annotator.model import Micros

ROWS, COLUMNS = 4, 5
CHECK_BITS = 4
NUMBER_BITS = ROWS * COLUMNS - CHECK_BITS
AUDIO_RATE = 48_000
CLICK_SAMPLES = 96
CLICK_EVERY = Micros(1_000_000)
FIRST_CLICK = Micros(250_000)
VARIABLE_STEPS = (3000, 3750, 1500, 9000, 3003, 2997)
"""Ticks of 1/90000 s between the frames of the clip with a variable rate, repeated."""
CALL_STEPS = (*[3600] * 7, 720_000, 3000, 3000, 1_260_000, *[6000] * 5)
"""The same for a video call, which holds a frame for seconds while nothing moves."""


class ClipKind(StrEnum):
    """Every clip that can be made."""

    FPS_23_976 = "fps-23.976"
    FPS_25 = "fps-25"
    FPS_29_97 = "fps-29.97"
    FPS_60 = "fps-60"
    FPS_240 = "fps-240"
    VARIABLE = "variable-rate"
    LATE_VIDEO = "video-starts-late"
    LATE_AUDIO = "audio-starts-late"
    NEGATIVE_EDIT = "edit-list-negative-start"
    LONG_GOP = "b-frames-10-s-between-keyframes"
    OPEN_GOP = "open-gop-transport-stream"
    MATROSKA = "matroska-b-frames"
    WEBM = "webm-vp8-opus"
    AVI = "avi-mpeg4"
    AVI_B_FRAMES = "avi-mpeg4-b-frames"
    MPEG_PROGRAM = "mpeg2-program-stream"
    ROTATED_90 = "rotated-90"
    ROTATED_180 = "rotated-180"
    ROTATED_270 = "rotated-270"
    ODD_WIDTH = "odd-width"
    FPS_120 = "fps-120"
    HEVC_10_BIT = "hevc-10-bit"
    WEBM_VP9 = "webm-vp9-opus"
    AVI_DV = "avi-dv"
    AVI_MJPEG = "avi-mjpeg"
    PHONE = "phone-rotated-variable-rate"
    VIDEO_CALL = "video-call-long-gaps"
    NO_AUDIO = "no-audio"
    AUDIO_ONLY = "audio-only"
    TWO_TRACKS = "two-audio-tracks"
    PCM_SOUND = "pcm-sound"
    TRUNCATED_MP4 = "truncated-mp4"
    TRUNCATED_MKV = "truncated-mkv"
    TRUNCATED_NO_INDEX = "truncated-mp4-without-index"
    TEXT = "text"
    EMPTY = "zero-bytes"


UNPLAYABLE = (ClipKind.TRUNCATED_NO_INDEX, ClipKind.TEXT, ClipKind.EMPTY)
TRUNCATED = (ClipKind.TRUNCATED_MP4, ClipKind.TRUNCATED_MKV)
WITH_FRAMES = tuple(
    kind for kind in ClipKind if kind not in (*UNPLAYABLE, *TRUNCATED, ClipKind.AUDIO_ONLY)
)


@dataclass(frozen=True, slots=True)
class TimingClip:
    """A clip and the truth about it.

    `frame_times` and `numbers` tell when each shown frame comes on screen and which number its
    pixels carry; `clicks` holds the moments, one list a sound track, at which a click begins.
    For a truncated clip they tell of the whole film that was cut.
    """

    kind: ClipKind
    path: Path
    frame_times: tuple[Micros, ...] = ()
    numbers: tuple[int, ...] = ()
    clicks: tuple[tuple[Micros, ...], ...] = ()
    width: int = 192
    height: int = 128
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class _Recipe:
    """How a clip is made.

    `hidden` frames stand before time 0 and are cut by the edit list. `priming` is
    what the sound encoder puts before the sound where nothing tells a player to drop it; `lead`
    delays the frames alone, where the container knows decoding times and no showing times.
    """

    suffix: str = ".mp4"
    rate: Fraction = Fraction(25)
    frames: int = 75
    codec: str = "libx264"
    options: dict[str, str] = field(default_factory=lambda: {"g": "12", "bf": "2"})
    steps: tuple[int, ...] = ()
    delay: Fraction = Fraction(0)
    sound_delay: Fraction = Fraction(0)
    priming: Fraction = Fraction(0)
    lead: Fraction = Fraction(0)
    hidden: int = 0
    width: int = 192
    height: int = 128
    rotation: int = 0
    pixels: str = "yuv420p"
    sound: str = "aac"
    tracks: int = 1
    tick: Fraction | None = None
    muxing: dict[str, str] = field(default_factory=dict)

    def ticks(self) -> tuple[tuple[int, ...], Fraction]:
        """Give the frames' timestamps, as encoded, and the seconds of one tick."""
        if not self.steps:
            return tuple(range(self.frames)), 1 / self.rate
        steps = np.resize(self.steps, self.frames - 1)
        return tuple(int(t) for t in np.concatenate([[0], np.cumsum(steps)])), Fraction(1, 90_000)


_X264 = {"preset": "ultrafast", "crf": "23", "sc_threshold": "0", "threads": "1"}
_RECIPES: dict[ClipKind, _Recipe] = {
    ClipKind.FPS_23_976: _Recipe(rate=Fraction(24_000, 1001)),
    ClipKind.FPS_25: _Recipe(),
    ClipKind.FPS_29_97: _Recipe(rate=Fraction(30_000, 1001), frames=120),
    ClipKind.FPS_60: _Recipe(rate=Fraction(60), frames=120),
    ClipKind.FPS_240: _Recipe(rate=Fraction(240), frames=240),
    ClipKind.VARIABLE: _Recipe(steps=VARIABLE_STEPS),
    ClipKind.LATE_VIDEO: _Recipe(delay=Fraction(1, 2)),
    ClipKind.LATE_AUDIO: _Recipe(suffix=".mov", sound="pcm_s16le", sound_delay=Fraction(1, 2)),
    ClipKind.NEGATIVE_EDIT: _Recipe(hidden=10),
    ClipKind.LONG_GOP: _Recipe(
        frames=600, options={"g": "250", "keyint_min": "250", "bf": "3", "b_strategy": "0"}
    ),
    ClipKind.OPEN_GOP: _Recipe(
        suffix=".ts",
        frames=100,
        options={"g": "12", "bf": "2", "b_strategy": "0", "x264-params": "open-gop=1"},
        priming=Fraction(1024, AUDIO_RATE),
        tick=Fraction(1, 90_000),
    ),
    ClipKind.MATROSKA: _Recipe(
        suffix=".mkv", rate=Fraction(30_000, 1001), sound="flac", tick=Fraction(1, 1000)
    ),
    ClipKind.WEBM: _Recipe(
        suffix=".webm",
        codec="libvpx",
        options={"g": "12", "deadline": "realtime", "cpu-used": "8"},
        sound="libopus",
        tick=Fraction(1, 1000),
    ),
    ClipKind.AVI: _Recipe(suffix=".avi", codec="mpeg4", options={"g": "12"}, sound="pcm_s16le"),
    ClipKind.AVI_B_FRAMES: _Recipe(
        suffix=".avi",
        codec="mpeg4",
        options={"g": "12", "bf": "2"},
        sound="pcm_s16le",
        lead=Fraction(1, 25),
    ),
    ClipKind.MPEG_PROGRAM: _Recipe(
        suffix=".mpg",
        codec="mpeg2video",
        options={"g": "12", "bf": "2"},
        sound="mp2",
        priming=Fraction(481, AUDIO_RATE),
        tick=Fraction(1, 90_000),
    ),
    ClipKind.ROTATED_90: _Recipe(rotation=90),
    ClipKind.ROTATED_180: _Recipe(rotation=180),
    ClipKind.ROTATED_270: _Recipe(rotation=270),
    ClipKind.ODD_WIDTH: _Recipe(width=191, height=129, pixels="yuv444p"),
    ClipKind.FPS_120: _Recipe(rate=Fraction(120), frames=240),
    ClipKind.HEVC_10_BIT: _Recipe(
        codec="libx265",
        pixels="yuv420p10le",
        options={"preset": "ultrafast", "x265-params": "keyint=24:bframes=3:log-level=none"},
    ),
    ClipKind.WEBM_VP9: _Recipe(
        suffix=".webm",
        rate=Fraction(30),
        codec="libvpx-vp9",
        options={"g": "30", "deadline": "realtime", "cpu-used": "8"},
        sound="libopus",
        tick=Fraction(1, 1000),
    ),
    ClipKind.AVI_DV: _Recipe(
        suffix=".avi", codec="dvvideo", options={}, width=720, height=576, sound="pcm_s16le"
    ),
    ClipKind.AVI_MJPEG: _Recipe(
        suffix=".avi", codec="mjpeg", options={}, pixels="yuvj420p", sound="pcm_s16le"
    ),
    ClipKind.PHONE: _Recipe(suffix=".mov", steps=VARIABLE_STEPS, rotation=90),
    ClipKind.VIDEO_CALL: _Recipe(frames=40, steps=CALL_STEPS),
    ClipKind.NO_AUDIO: _Recipe(tracks=0),
    ClipKind.AUDIO_ONLY: _Recipe(suffix=".m4a", frames=0),
    ClipKind.TWO_TRACKS: _Recipe(tracks=2),
    ClipKind.PCM_SOUND: _Recipe(suffix=".mov", sound="pcm_s16le"),
    ClipKind.TRUNCATED_MP4: _Recipe(frames=150, muxing={"movflags": "faststart"}),
    ClipKind.TRUNCATED_MKV: _Recipe(suffix=".mkv", frames=150),
    ClipKind.TRUNCATED_NO_INDEX: _Recipe(),
}


def make_clip(kind: ClipKind, folder: Path) -> TimingClip:
    """Make one clip in a folder; takes a fraction of a second."""
    if kind in (ClipKind.TEXT, ClipKind.EMPTY):
        path = folder / f"{kind}.mp4"
        path.write_text("This is a letter, not a film.\n" * 40 if kind is ClipKind.TEXT else "")
        return TimingClip(kind, path)
    recipe = _RECIPES[kind]
    path = folder / f"{kind}{recipe.suffix}"
    _write(recipe, path)
    if recipe.rotation:
        _patch_rotation(path, recipe)
    if kind in (*TRUNCATED, ClipKind.TRUNCATED_NO_INDEX):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
    return _truth(kind, recipe, path)


def _truth(kind: ClipKind, recipe: _Recipe, path: Path) -> TimingClip:
    ticks, base = recipe.ticks()
    shown = range(recipe.hidden, recipe.frames)
    zero = ticks[recipe.hidden] * base if recipe.frames else Fraction(0)
    late = recipe.delay + recipe.lead + recipe.priming - zero
    seconds = (_to_tick(ticks[n] * base + late, recipe.tick) for n in shown)
    times = tuple(_rounded(second) for second in seconds)
    length = _length(recipe) - recipe.hidden / recipe.rate
    sides = (recipe.width, recipe.height)
    width, height = sides[::-1] if recipe.rotation % 180 else sides
    priming = _rounded(recipe.priming)
    clicks = tuple(
        tuple(Micros(at + priming) for at in _clicks(recipe, track, length))
        for track in range(recipe.tracks)
    )
    return TimingClip(kind, path, times, tuple(shown), clicks, width, height, recipe.rotation)


def _to_tick(seconds: Fraction, tick: Fraction | None) -> Fraction:
    """Round as the container does, half away from zero."""
    return seconds if tick is None else int(seconds / tick + Fraction(1, 2)) * tick


def _rounded(seconds: Fraction) -> Micros:
    return Micros(int(seconds * 1_000_000 + Fraction(1, 2)))


def _length(recipe: _Recipe) -> Fraction:
    ticks, base = recipe.ticks()
    return (ticks[-1] * base + Fraction(1, 25)) if ticks else Fraction(3)


def _clicks(recipe: _Recipe, track: int, length: Fraction) -> tuple[Micros, ...]:
    """Give the moments of a track's clicks; the second track clicks 0.1 s after the first."""
    first = FIRST_CLICK + track * 100_000 + int(recipe.sound_delay * 1_000_000)
    last = int((length + recipe.sound_delay) * 1_000_000) - 100_000
    return tuple(Micros(at) for at in range(first, last, CLICK_EVERY))


def paint_number(number: int, width: int, height: int) -> NDArray[np.uint8]:
    """Paint a picture of shape (height, width, 3) that carries a number as black and white."""
    check = sum((number >> shift) & 15 for shift in range(0, NUMBER_BITS, 4)) & 15
    value = number << CHECK_BITS | check
    bits = [(value >> place) & 1 for place in range(ROWS * COLUMNS)]
    rows, columns = _cells(height, ROWS), _cells(width, COLUMNS)
    picture = np.reshape(bits, (ROWS, COLUMNS))[np.ix_(rows, columns)] * 219 + 18
    return np.repeat(picture[:, :, None], 3, axis=2).astype(np.uint8)


def _cells(length: int, count: int) -> NDArray[np.intp]:
    return np.arange(length) * count // length


def read_number(rgb: NDArray[np.uint8]) -> int:
    """Read the number back from a picture of any size; -1 where the pixels carry none."""
    height, width = rgb.shape[:2]
    rows = (np.arange(ROWS) * 2 + 1) * height // (ROWS * 2)
    columns = (np.arange(COLUMNS) * 2 + 1) * width // (COLUMNS * 2)
    bits = rgb[np.ix_(rows, columns)].mean(axis=2).ravel() > 127
    value = sum(1 << place for place, bit in enumerate(bits) if bit)
    number, check = value >> CHECK_BITS, value & 15
    expected = sum((number >> shift) & 15 for shift in range(0, NUMBER_BITS, 4)) & 15
    return number if check == expected else -1


def _write(recipe: _Recipe, path: Path) -> None:
    with av.open(str(path), "w", options=recipe.muxing) as output:
        picture = _picture_stream(output, recipe) if recipe.frames else None
        tracks = [_sound_stream(output, recipe, track) for track in range(recipe.tracks)]
        if picture is not None:
            _write_pictures(output, picture, recipe)
        for track, stream in enumerate(tracks):
            _write_sound(output, stream, recipe, track)


def _picture_stream(output: OutputContainer, recipe: _Recipe) -> VideoStream:
    _, base = recipe.ticks()
    defaults = _X264 if recipe.codec == "libx264" else {"threads": "1"}
    stream = output.add_stream(recipe.codec, rate=recipe.rate, options=defaults | recipe.options)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = recipe.width, recipe.height, recipe.pixels
    stream.bit_rate = 2_000_000
    stream.codec_context.time_base = base
    return stream


def _write_pictures(output: OutputContainer, stream: VideoStream, recipe: _Recipe) -> None:
    ticks, base = recipe.ticks()
    shift = recipe.delay - ticks[recipe.hidden] * base
    for number, tick in enumerate(ticks):
        frame = VideoFrame.from_ndarray(_stored(number, recipe), format="rgb24")
        frame.pts, frame.time_base = tick, base
        _mux(output, stream, frame, shift)
    _mux(output, stream, None, shift)


def _stored(number: int, recipe: _Recipe) -> NDArray[np.uint8]:
    """Paint a frame the way it lies in the file, so that turning it makes it readable."""
    sides = (recipe.width, recipe.height)
    width, height = sides[::-1] if recipe.rotation % 180 else sides
    picture = np.rot90(paint_number(number, width, height), recipe.rotation // 90)
    return np.ascontiguousarray(picture)


def _mux(
    output: OutputContainer,
    stream: VideoStream | AudioStream,
    frame: VideoFrame | AudioFrame | None,
    shift: Fraction,
) -> None:
    """Encode, and move what comes out by some seconds (also to before time 0)."""
    packets = stream.encode(frame)
    for packet in packets:
        if shift and packet.pts is not None and packet.dts is not None:
            ticks = shift / packet.time_base
            finer = ticks.denominator
            packet.time_base /= finer
            packet.pts = packet.pts * finer + ticks.numerator
            packet.dts = packet.dts * finer + ticks.numerator
            packet.duration = (packet.duration or 0) * finer
        output.mux(packet)


def _sound_stream(output: OutputContainer, recipe: _Recipe, track: int) -> AudioStream:
    stream = output.add_stream(recipe.sound, rate=AUDIO_RATE, layout="mono")
    assert isinstance(stream, AudioStream)
    stream.metadata["language"] = ("eng", "deu")[track]
    return stream


def click_track(clicks: Sequence[Micros], samples: int) -> NDArray[np.float32]:
    """Make a mono track, silent but for a short burst of 3 kHz that begins at each moment."""
    sound = np.zeros(samples, np.float32)
    burst = 0.8 * np.cos(2 * np.pi * 3000 * np.arange(CLICK_SAMPLES) / AUDIO_RATE)
    for moment in clicks:
        at = moment * AUDIO_RATE // 1_000_000
        sound[at : at + CLICK_SAMPLES] = burst[: max(samples - at, 0)]
    return sound


def _write_sound(output: OutputContainer, stream: AudioStream, recipe: _Recipe, track: int) -> None:
    length = _length(recipe)
    hidden = recipe.hidden / recipe.rate
    delay = int(recipe.sound_delay * 1_000_000)
    shown = _clicks(recipe, track, length - hidden)
    clicks = [Micros(at - delay + int(hidden * 1_000_000)) for at in shown]
    sound = click_track(clicks, int(length * AUDIO_RATE))
    for start in range(0, len(sound), 1152):
        piece = np.ascontiguousarray(sound[None, start : start + 1152])
        frame = AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = AUDIO_RATE, start
        frame.time_base = Fraction(1, AUDIO_RATE)
        _mux(output, stream, frame, recipe.sound_delay - hidden)
    _mux(output, stream, None, recipe.sound_delay - hidden)


def _patch_rotation(path: Path, recipe: _Recipe) -> None:
    """Write a display matrix into a film, as a telephone does, which moves the picture too."""
    width, height = recipe.width << 16, recipe.height << 16
    one = 1 << 16
    matrix = {
        90: (0, one, 0, -one, 0, 0, height, 0),
        180: (-one, 0, 0, 0, -one, 0, width, height),
        270: (0, -one, 0, one, 0, 0, 0, width),
    }[recipe.rotation]
    write_matrix(path, (*matrix, 1 << 30))


def write_matrix(path: Path, matrix: Sequence[int]) -> None:
    """Write nine numbers as display matrix into the picture's track header."""
    data = bytearray(path.read_bytes())
    struct.pack_into(_MATRIX, data, _matrix_place(data), *matrix)
    path.write_bytes(data)


def read_matrix(path: Path) -> tuple[int, ...]:
    """Read the display matrix out of the picture's track header."""
    data = path.read_bytes()
    return struct.unpack_from(_MATRIX, data, _matrix_place(data))


_MATRIX = ">9i"


def _matrix_place(data: bytes | bytearray) -> int:
    return data.index(b"tkhd") + 44  # the picture's track is the first
