"""Pictures and sound can be changed on their way into a clip, and a clip can be made small."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import MediaError
from annotator.media import open_video, probe
from annotator.media.clips.cutting import cut
from annotator.media.clips.effort import Effort, next_effort
from annotator.media.clips.formats import FORMATS
from annotator.media.clips.wishes import Changes, CutWish, Fades, Form, Quality, Size
from annotator.media.frame import Picture
from annotator.media.sound_frames import Planes
from annotator.model import Micros
from tests.support.cut_clips import contents, heard, must_cut, write_noise_film
from tests.support.sounds import write_tone, write_wav
from tests.support.timing_clips import ClipKind, TimingClip, paint_number, read_number

ClipOf = Callable[[ClipKind], TimingClip]


@dataclass(frozen=True)
class AddsThousand:
    """Paints another number over each picture, and looks at what it was given."""

    times: tuple[Micros, ...]

    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        assert read_number(picture) == index
        assert self.times[index] == time
        return paint_number(index + 1000, picture.shape[1], picture.shape[0])


@dataclass(frozen=True)
class Upside:
    """Turns the sound over, and looks at what it was given."""

    first: int
    samples: int

    def changed(self, start: int, planes: Planes, rate: int) -> Planes:
        assert (start, planes.shape, rate) == (self.first, (1, self.samples), 48_000)
        return -planes


@pytest.mark.parametrize("kind", [ClipKind.FPS_25, ClipKind.PHONE, ClipKind.ODD_WIDTH])
@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_pictures_are_changed_on_the_way(
    clip_of: ClipOf, kind: ClipKind, form: Form, tmp_path: Path
) -> None:
    clip = clip_of(kind)
    changes = Changes(pictures=AddsThousand(clip.frame_times))
    target = tmp_path / f"clip.{form}"
    start, end = clip.frame_times[20], clip.frame_times[30]
    must_cut(CutWish(clip.path, start, end, target, form, changes=changes))
    assert contents(target).numbers == tuple(number + 1000 for number in clip.numbers[20:30])


def test_pictures_are_changed_at_full_size_and_then_made_smaller(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    target = tmp_path / "clip.mp4"
    changes, size = Changes(pictures=AddsThousand(clip.frame_times)), Size(most_height=64)
    must_cut(CutWish(clip.path, Micros(0), Micros(400_000), target, size=size, changes=changes))
    assert contents(target).numbers == tuple(range(1000, 1010))
    video = probe(target).video
    assert video is not None
    assert (video.width, video.height) == (96, 64)


def test_sound_is_changed_on_the_way(clip_of: ClipOf, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.FPS_25)
    start, end = Micros(clip.clicks[0][1] - 100_000), Micros(clip.clicks[0][1] + 200_000)
    wish = CutWish(clip.path, start, end, tmp_path / "clip.wav", Form.WAV)
    sound = Upside(start * 48 // 1000, 14_400)
    must_cut(replace(wish, changes=Changes(sound=sound)))
    assert np.allclose(heard(wish.target, 0, 300_000), -heard(clip.path, start, end), atol=1e-4)


def test_a_wish_goes_to_another_process_and_its_result_comes_back(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    changes = Changes(AddsThousand(clip.frame_times), Upside(0, 19_200), Fades(Micros(1000)))
    wish = CutWish(clip.path, Micros(0), Micros(400_000), tmp_path / "clip.mp4", changes=changes)
    assert pickle.loads(pickle.dumps(wish)) == wish  # noqa: S301 our own
    plain = replace(wish, changes=Changes())
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        result = pool.submit(cut, plain).result()
    assert result is not None
    assert result.target == wish.target
    assert result.bytes == wish.target.stat().st_size
    assert contents(wish.target).numbers == tuple(range(10))


@pytest.mark.parametrize("form", [Form.WAV, Form.M4A])
def test_fades_at_both_ends(tmp_path: Path, form: Form) -> None:
    tone = write_tone(tmp_path / "tone.wav", 1000, 3)
    fades = Fades(Micros(200_000), Micros(400_000))
    target = tmp_path / f"clip.{form}"
    changes = Changes(fades=fades)
    must_cut(CutWish(tone, Micros(500_000), Micros(2_500_000), target, form, changes=changes))
    sound = np.abs(heard(target, 0, 2_000_000)[:, 0]).reshape(-1, 480).max(axis=1)  # each 10 ms
    assert sound[0] < 0.02
    assert sound[-1] < 0.02
    assert np.all(np.diff(sound[:20]) > -0.01)
    assert np.all(np.diff(sound[-40:]) < 0.01)
    assert np.allclose(sound[22:158], 0.5, atol=0.03)
    assert 0.2 < sound[10] < 0.3


@pytest.mark.parametrize(("come_in", "go_out", "loudest"), [(5, 5, 45), (6, 3, 60), (5, 0, 89)])
def test_fades_longer_than_the_clip_leave_it_heard(
    tmp_path: Path, come_in: int, go_out: int, loudest: int
) -> None:
    tone = write_tone(tmp_path / "tone.wav", 1000, 1)
    fades = Fades(Micros(come_in * 1_000_000), Micros(go_out * 1_000_000))
    target, changes = tmp_path / "clip.wav", Changes(fades=fades)
    must_cut(CutWish(tone, Micros(0), Micros(900_000), target, Form.WAV, changes=changes))
    sound = np.abs(heard(target, 0, 900_000)[:, 0]).reshape(-1, 480).max(axis=1)  # each 10 ms
    assert sound[0] < 0.02
    assert abs(int(np.argmax(sound)) - loudest) <= 1
    assert sound.max() == pytest.approx(0.5, abs=0.01)


def test_a_wav_file_that_would_be_too_large_is_refused(tmp_path: Path) -> None:
    tone = write_tone(tmp_path / "tone.wav", 1000, 1)
    target = tmp_path / "clip.wav"
    exact = must_cut(CutWish(tone, Micros(0), Micros(900_000), target, Form.WAV)).bytes
    target.unlink()
    small, large = Size(most_bytes=exact - 1), Size(most_bytes=exact)
    with pytest.raises(MediaError, match="cannot be made as small") as told:
        cut(CutWish(tone, Micros(0), Micros(900_000), target, Form.WAV, size=small))
    assert "m4a" in told.value.remedy
    assert not target.exists()
    must_cut(CutWish(tone, Micros(0), Micros(900_000), target, Form.WAV, size=large))


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM, Form.MP3])
@pytest.mark.parametrize("rate", [8000, 44_100])
def test_sound_of_other_rates(tmp_path: Path, rate: int, form: Form) -> None:
    tone = write_tone(tmp_path / "tone.wav", 500, 2, rate)
    target = tmp_path / f"clip.{form}"
    result = must_cut(CutWish(tone, Micros(250_001), Micros(1_750_000), target, form))
    assert result.sound is not None
    length = Fraction(result.sound.samples, result.sound.rate)
    assert abs(length - Fraction(1_499_999, 1_000_000)) <= Fraction(
        1, 2 * result.sound.rate
    ) + Fraction(1, 2 * rate)
    there = heard(target, 100_000, 1_400_000)[:, 0]
    moments = np.arange(len(there)) / result.sound.rate + 0.350001
    assert np.corrcoef(there, np.sin(2 * np.pi * 500 * moments))[0, 1] > 0.99


def test_many_channels_become_one_in_which_all_are_heard(tmp_path: Path) -> None:
    moments = np.arange(48_000) / 48_000
    tones = [300, 500, 700, 900]
    four = np.stack([np.sin(2 * np.pi * tone * moments) for tone in tones], axis=1)
    film = write_wav(tmp_path / "four.wav", 0.5 * four, 48_000)
    result = must_cut(CutWish(film, Micros(0), Micros(1_000_000), tmp_path / "c.m4a", Form.M4A))
    assert result.sound is not None
    assert result.sound.channels == 1
    spectrum = np.abs(np.fft.rfft(heard(result.target, 0, 1_000_000)[:, 0]))
    assert all(spectrum[tone] > 1000 for tone in tones)


@pytest.fixture(scope="module")
def noise_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_noise_film(tmp_path_factory.mktemp("noise") / "film.mp4", 3, size=(320, 240))


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
@pytest.mark.parametrize("most", [200_000, 120_000])
def test_no_more_than_so_many_bytes(
    noise_film: Path, form: Form, most: int, tmp_path: Path
) -> None:
    wish = CutWish(noise_film, Micros(0), Micros(1_000_000), tmp_path / f"clip.{form}", form)
    result = must_cut(replace(wish, size=Size(most_bytes=most)))
    assert 10_000 < result.bytes <= most
    assert wish.target.stat().st_size == result.bytes


def test_qualities_are_in_order(noise_film: Path, tmp_path: Path) -> None:
    sizes = []
    for quality in Quality:
        wish = CutWish(noise_film, Micros(0), Micros(400_000), tmp_path / f"{quality}.mp4")
        sizes.append(must_cut(replace(wish, size=Size(quality))).bytes)
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


@settings(max_examples=200)
@given(
    st.integers(20, 2160),
    st.integers(1000, 10**9),
    st.floats(0.01, 0.99),
    st.integers(15, 30),
)
def test_trying_again_always_presses_harder(
    height: int, written: int, share: float, factor: int
) -> None:
    code = FORMATS[Form.MP4].picture
    assert code is not None
    effort = Effort(factor, None, 64_000)
    for _ in range(80):
        following = next_effort(effort, code, height, written, int(written * share))
        if following is None:
            break
        smaller = following.most_height is not None and following.most_height < height
        assert smaller or following.factor > effort.factor
        assert following.factor <= code.worst
        height = following.most_height or height
        effort = following
    else:
        pytest.fail("it never comes to an end")


def film_of(path: Path, codec: str, pixels: str, size: tuple[int, int], aspect: Fraction) -> Path:
    """Write ten frames, each in its own colour."""
    with av.open(str(path), "w") as output:
        stream = output.add_stream(codec, rate=25)
        stream.width, stream.height = size
        stream.pix_fmt = pixels
        stream.codec_context.sample_aspect_ratio = aspect
        for number in range(10):
            rgb = np.full(
                (size[1], size[0], 3), (200 - 10 * number, 60, 20 + 20 * number), np.uint8
            )
            frame = av.VideoFrame.from_ndarray(rgb, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("codec", "pixels", "name"),
    [
        ("ffv1", "yuv422p10le", "film.mkv"),
        ("ffv1", "yuv444p", "film.mkv"),
        ("ffv1", "gray", "film.mkv"),
        ("ffv1", "bgr0", "film.mkv"),
        ("libx264", "yuv420p", "film.mp4"),
        ("mjpeg", "yuvj422p", "film.avi"),
        ("png", "rgba", "film.mov"),
    ],
)
@pytest.mark.parametrize("size", [(160, 120), (320, 580)])  # as standard and high definition
def test_colours_and_shape_of_pixels_are_kept(
    tmp_path: Path, codec: str, pixels: str, name: str, size: tuple[int, int]
) -> None:
    film = film_of(tmp_path / name, codec, pixels, size, Fraction(16, 15))
    target = tmp_path / "clip.mp4"
    wish = CutWish(film, Micros(0), Micros(400_000), target, size=Size(Quality.BEST))
    must_cut(wish)
    with open_video(film) as theirs, open_video(target) as ours:
        assert ours.facts.pixel_format == "yuv420p"
        assert ours.pixel_aspect == theirs.pixel_aspect
        for at in (0, 5, 9):
            far = theirs.frame(at).to_rgb().astype(int) - ours.frame(at).to_rgb()
            assert np.abs(far.mean(axis=(0, 1))).max() <= 4
