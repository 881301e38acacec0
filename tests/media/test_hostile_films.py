"""Films as life leaves them: damaged inside, still being written, gone, or eight hours long."""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.packet import Packet
from av.video.frame import VideoFrame

from annotator.errors import MediaError
from annotator.media import Video, open_audio, open_video, probe
from annotator.media.audio import AudioReader
from annotator.media.frame_cache import FrameCache
from annotator.media.frame_reader import open_reader
from annotator.media.survey import survey
from annotator.model import Micros
from tests.support.damage import spoil
from tests.support.shapes import peaks_of
from tests.support.sounds import write_tone
from tests.support.timing_clips import ClipKind, TimingClip, paint_number, read_number

ClipOf = Callable[[ClipKind], TimingClip]
HOURS = 8
HOUR = Micros(3_600_000_000)
EVERY = 4  # seconds from one frame of the long film to the next


def number_or_words(video: Video, index: int) -> int | str:
    """Read a frame's number, or what is said where it cannot be shown."""
    try:
        return read_number(video.frame(index).to_rgb())
    except MediaError as error:
        return str(error)


def loud_at(sound: AudioReader, moment: int) -> bool:
    """Tell whether a click is heard right there."""
    return bool(np.abs(sound.read(moment, moment + 2000)).max() > 0.2)


@pytest.mark.parametrize(
    "kind", [ClipKind.FPS_60, ClipKind.MATROSKA, ClipKind.HEVC_10_BIT, ClipKind.AVI_MJPEG]
)
@pytest.mark.parametrize("backwards", [False, True])
def test_pictures_before_and_after_damage_are_right(
    clip_of: ClipOf, tmp_path: Path, kind: ClipKind, *, backwards: bool
) -> None:
    clip = clip_of(kind)
    film = spoil(clip.path, tmp_path / clip.path.name, 0.6, 0.8, picture=True)
    count = len(clip.numbers)
    with open_video(film) as video:
        assert tuple(video.frame_times) == clip.frame_times
        order = range(count - 1, -1, -1) if backwards else range(count)
        seen = {index: number_or_words(video, index) for index in order}
    before = [at for at, time in enumerate(clip.frame_times) if time < 400_000]
    after = [at for at, time in enumerate(clip.frame_times) if time > 1_900_000]
    assert len(before) > 8
    assert len(after) > 2
    for index in (*before, *after):
        assert seen[index] == index


@pytest.mark.parametrize("kind", [ClipKind.FPS_25, ClipKind.MATROSKA, ClipKind.WEBM])
def test_sound_before_and_after_damage_is_in_its_place(
    clip_of: ClipOf, tmp_path: Path, kind: ClipKind
) -> None:
    clip = clip_of(kind)
    film = spoil(clip.path, tmp_path / clip.path.name, 1.0, 2.0)
    first, _, last = clip.clicks[0][:3]
    with open_audio(film) as sound:
        assert loud_at(sound, last)  # first of all, so that nothing before it was decoded
        assert loud_at(sound, first)
        assert loud_at(sound, last)
    finest = peaks_of(film).finest
    heard = np.flatnonzero(finest[1] > 8000) * 5000
    assert any(abs(heard - first) <= 5000)
    assert any(abs(heard - last) <= 5000)


@pytest.mark.parametrize("kind", [ClipKind.OPEN_GOP, ClipKind.MATROSKA, ClipKind.WEBM])
def test_a_film_that_is_being_written(clip_of: ClipOf, tmp_path: Path, kind: ClipKind) -> None:
    clip = clip_of(kind)
    whole = clip.path.read_bytes()
    film = tmp_path / clip.path.name
    film.write_bytes(whole[: len(whole) * 3 // 5])
    with open_video(film) as video, open_audio(film) as sound:
        count = len(video.frame_times)
        assert 20 < count < len(clip.numbers)
        with film.open("ab") as file:
            file.write(whole[len(whole) * 3 // 5 :])
        sure = [at for at in range(count) if clip.frame_times[at] < 1_200_000]
        assert [video.frame_times[at] for at in sure] == list(clip.frame_times[: len(sure)])
        assert [number_or_words(video, at) for at in reversed(sure)] == sure[::-1]
        assert loud_at(sound, clip.clicks[0][0])
        with pytest.raises(IndexError):
            video.frame(count)
    with open_video(film) as video:
        assert tuple(video.frame_times) == clip.frame_times


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps an open film where it is")
def test_a_folder_that_goes_away_while_its_film_is_open(clip_of: ClipOf, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    film = tmp_path / "stick" / "talk.mp4"
    film.parent.mkdir()
    film.write_bytes(clip.path.read_bytes())
    with open_video(film) as video, open_audio(film) as sound:
        assert number_or_words(video, 300) == 300
        film.parent.rename(tmp_path / "elsewhere")
        os.truncate(tmp_path / "elsewhere" / "talk.mp4", 0)
        assert number_or_words(video, 300) == 300  # kept
        for index in (599, 0, 301, 120):
            told = number_or_words(video, index)
            assert told == index or "damaged" in str(told) or "no film" in str(told)
        assert sound.read(20_000_000, 20_100_000).shape == (4800, 1)
        for _ in range(2):
            with pytest.raises(MediaError, match="There is no film"):
                sound.read(0, 100_000)
    with pytest.raises(MediaError, match="There is no film"):
        open_video(film)


@pytest.fixture(scope="module")
def eight_hours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a film of eight hours with a picture every 4 s, and a tone."""
    path = tmp_path_factory.mktemp("long") / "long.mp4"
    with av.open(path, "w") as container:
        picture = container.add_stream(
            "libx264", rate=1, options={"preset": "ultrafast", "g": "30"}
        )
        picture.width, picture.height, picture.pix_fmt = 80, 64, "yuv420p"
        picture.codec_context.time_base = Fraction(1)
        sound = container.add_stream("aac", rate=8000, layout="mono")
        container.start_encoding()
        block = _tone_packet(sound)
        for number in range(HOURS * 3600 // EVERY):
            frame = VideoFrame.from_ndarray(paint_number(number, 80, 64), format="rgb24")
            frame.pts, frame.time_base = number * EVERY, Fraction(1)
            container.mux(picture.encode(frame))
        container.mux(picture.encode(None))
        for number in range(HOURS * 3600 * 8000 // 1024):
            packet = Packet(block)
            packet.pts = packet.dts = number * 1024
            packet.duration, packet.time_base, packet.stream = 1024, Fraction(1, 8000), sound
            container.mux(packet)
    return path


def _tone_packet(stream: av.AudioStream) -> bytes:
    """Encode a tone and give one packet out of its middle."""
    packets = []
    for number in range(8):
        wave = 0.5 * np.sin(np.arange(1024 * number, 1024 * (number + 1)) * np.pi / 8)
        frame = AudioFrame.from_ndarray(wave.astype(np.float32)[np.newaxis], "fltp", "mono")
        frame.sample_rate, frame.pts, frame.time_base = 8000, number * 1024, Fraction(1, 8000)
        packets += stream.encode(frame)
    return bytes(packets[4])


def test_eight_hours_from_end_to_end(eight_hours: Path) -> None:
    known = survey(eight_hours)
    count = HOURS * 3600 // EVERY
    facts = probe(eight_hours)
    assert facts.duration == pytest.approx(HOURS * HOUR, abs=5_000_000)
    assert facts.video is not None
    assert facts.video.frames == count
    reader = open_reader(known, FrameCache(0))
    assert [*reader.index.times] == [at * EVERY * 1_000_000 for at in range(count)]
    for index in (count - 1, 0, count // 2, count // 2 - 1, 6789, 17, count - 2):
        assert read_number(reader.frame(index).to_rgb()) == index
    reader.close()
    with open_audio(eight_hours, known=known) as sound:
        for moment in (HOURS * HOUR - 2_000_000, 5 * HOUR + 1, 1_000_000):
            heard = sound.read(moment, moment + 1_000_000)
            assert heard.shape == (8000, 1)
            assert np.abs(heard).max() > 0.3


@pytest.mark.parametrize(
    ("suffix", "codec"), [(".mp3", "libmp3lame"), (".m4a", "aac"), (".flac", "flac")]
)
def test_sound_files_alone(tmp_path: Path, suffix: str, codec: str) -> None:
    wav = write_tone(tmp_path / "tone.wav", 440, 7.5, 44_100)
    path = tmp_path / f"tone{suffix}"
    with av.open(wav) as source, av.open(path, "w") as target:
        stream = target.add_stream(codec, rate=44_100, layout="mono")
        for frame in source.decode(audio=0):
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    for one in (wav, path):
        facts = probe(one)
        assert facts.video is None
        assert [track.rate for track in facts.tracks] == [44_100]
        assert facts.duration == pytest.approx(7_500_000, abs=60_000)
        with open_audio(one) as sound:
            heard = sound.read(5_000_000, 6_000_000)[:, 0]
            spectrum = np.abs(np.fft.rfft(heard))
            assert np.argmax(spectrum) == 440
            assert sound.duration == facts.duration
        with pytest.raises(MediaError, match="holds sound only"):
            open_video(one)
