"""Clips hold the frames and the samples that were asked for, and not one more anywhere."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from annotator.media import open_audio, open_video, probe
from annotator.media.clips.wishes import CutWish, Form, Size
from annotator.media.timebase import samples_at
from annotator.model import Micros
from tests.support.cut_clips import contents, heard, lag, must_cut, shown_numbers
from tests.support.sounds import write_wav
from tests.support.timing_clips import WITH_FRAMES, ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]
every_clip = pytest.mark.parametrize("kind", WITH_FRAMES)
WEBM_KINDS = (
    ClipKind.FPS_29_97,
    ClipKind.PHONE,
    ClipKind.VIDEO_CALL,
    ClipKind.NEGATIVE_EDIT,
    ClipKind.OPEN_GOP,
    ClipKind.NO_AUDIO,
)
CLOCK = 1000


def thirds(clip: TimingClip) -> tuple[int, int]:
    """Number a first frame, and the one after a last."""
    count = len(clip.numbers)
    return count // 3, count * 2 // 3


def between(clip: TimingClip, target: Path, first: int, after: int, form: Form) -> CutWish:
    return CutWish(clip.path, clip.frame_times[first], clip.frame_times[after], target, form)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "clip.mp4"


@every_clip
def test_no_other_frame_is_in_the_file_and_each_is_at_its_time(
    clip_of: ClipOf, kind: ClipKind, target: Path
) -> None:
    clip = clip_of(kind)
    first, after = thirds(clip)
    result = must_cut(between(clip, target, first, after, Form.MP4))
    asked = clip.numbers[first:after]
    found = contents(target)
    assert found.numbers == asked
    assert found.packets == len(asked)
    with open_video(target) as video:
        shown = [video.frame(at) for at in range(len(video.frame_times))]
        assert tuple(read_number(frame.to_rgb()) for frame in shown) == asked
    times = clip.frame_times[first:after]
    assert len(shown) == len(times)
    assert max(abs(a.time - (b - times[0])) for a, b in zip(shown, times, strict=True)) <= 100
    assert result.picture is not None
    assert (result.picture.first, result.picture.last) == (first, after - 1)
    assert (result.picture.frames, result.picture.lost) == (len(asked), ())


@pytest.mark.parametrize("kind", WEBM_KINDS)
def test_no_other_frame_in_webm(clip_of: ClipOf, kind: ClipKind, tmp_path: Path) -> None:
    clip = clip_of(kind)
    first, after = thirds(clip)
    target = tmp_path / "clip.webm"
    must_cut(between(clip, target, first, after, Form.WEBM))
    asked = clip.numbers[first:after]
    assert contents(target).numbers == shown_numbers(target) == asked


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM, Form.M4A, Form.MP3, Form.WAV])
@pytest.mark.parametrize(
    "kind",
    [
        ClipKind.FPS_25,
        ClipKind.LATE_AUDIO,
        ClipKind.LATE_VIDEO,
        ClipKind.NEGATIVE_EDIT,
        ClipKind.OPEN_GOP,
        ClipKind.WEBM,
    ],
)
def test_sound_is_exact_to_the_sample(
    clip_of: ClipOf, kind: ClipKind, form: Form, tmp_path: Path
) -> None:
    clip = clip_of(kind)
    click = next(at for at in clip.clicks[0] if at > 1_000_000)
    start, end = Micros(click - 300_017), Micros(click + 500_023)
    target = tmp_path / f"clip.{form}"
    result = must_cut(CutWish(clip.path, start, end, target, form))
    with open_audio(target) as reader:
        assert result.sound is not None
        assert reader.end - reader.start == result.sound.samples
        assert abs(reader.start) <= (reader.rate // 1000 if form is Form.WEBM else 0)
        ours = reader.read_samples(reader.start, reader.end)[:, 0]
    theirs = heard(clip.path, start, end)[:, 0]
    assert len(theirs) == len(ours) == result.sound.samples
    assert lag(ours, theirs) == 0


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM, Form.M4A, Form.MP3, Form.WAV])
def test_no_sound_from_outside_is_hidden(clip_of: ClipOf, form: Form, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    before, after = clip.clicks[0][3:5]
    start, end = Micros(before + 60_000), Micros(after - 1000)
    target = tmp_path / f"clip.{form}"
    must_cut(CutWish(clip.path, start, end, target, form))
    assert np.abs(heard(clip.path, before, after)).max() > 0.5
    assert np.abs(contents(target).sound).max() < 0.01


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_a_clip_may_begin_and_end_amid_frames(clip_of: ClipOf, form: Form, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.VIDEO_CALL)
    times = clip.frame_times
    gap = max(range(len(times) - 1), key=lambda at: times[at + 1] - times[at])
    start, end = Micros(times[gap + 1] - 2_000_001), Micros(times[gap + 3] + 1)
    target = tmp_path / f"clip.{form}"
    result = must_cut(CutWish(clip.path, start, end, target, form))
    assert contents(target).numbers == clip.numbers[gap : gap + 4]
    with open_video(target) as video:
        assert abs(video.frame_times[1] - 2_000_001) <= CLOCK
        assert abs(video.duration - (end - start)) <= 8 * CLOCK
    assert result.length == end - start


def test_a_silent_clip_may_begin_just_before_a_frame_and_end_just_after_one(
    clip_of: ClipOf, target: Path
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    must_cut(CutWish(clip.path, Micros(639_000), Micros(1_810_000), target, track=None))
    assert contents(target).numbers == shown_numbers(target) == clip.numbers[15:46]


@pytest.mark.parametrize("kind", [ClipKind.FPS_29_97, ClipKind.VARIABLE])
def test_every_single_frame_can_be_a_clip(clip_of: ClipOf, kind: ClipKind, tmp_path: Path) -> None:
    clip = clip_of(kind)
    for at, (start, end) in list(enumerate(pairwise(clip.frame_times)))[::9]:
        target = tmp_path / f"{at}.mp4"
        must_cut(CutWish(clip.path, start, end, target))
        assert contents(target).numbers == (clip.numbers[at],)


def test_the_whole_film_is_a_clip(clip_of: ClipOf, target: Path) -> None:
    clip = clip_of(ClipKind.LONG_GOP)
    whole = probe(clip.path).duration
    must_cut(CutWish(clip.path, Micros(0), whole, target))
    assert contents(target).numbers == clip.numbers
    assert abs(probe(target).duration - whole) <= CLOCK


def test_pictures_that_come_late_come_late_in_the_clip(clip_of: ClipOf, target: Path) -> None:
    clip = clip_of(ClipKind.LATE_VIDEO)
    must_cut(CutWish(clip.path, Micros(250_000), Micros(1_000_000), target))
    with open_video(target) as video:
        assert video.frame_times[0] == 250_000
    assert contents(target).numbers == clip.numbers[: len(contents(target).numbers)]


@pytest.mark.parametrize("form", [Form.WAV, Form.M4A, Form.MP3])
def test_sound_alone_may_go_on_as_long_as_the_picture(
    clip_of: ClipOf, form: Form, tmp_path: Path
) -> None:
    clip, target = clip_of(ClipKind.LATE_VIDEO), tmp_path / f"clip.{form}"
    whole = probe(clip.path)
    assert whole.tracks[0].end == whole.duration - 500_000
    must_cut(CutWish(clip.path, Micros(2_000_000), whole.duration, target, form))
    assert abs(probe(target).duration - 1_500_000) <= CLOCK
    assert np.abs(heard(target, 1_100_000, 1_500_000)).max() < 0.01


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM, Form.M4A, Form.MP3, Form.WAV])
@pytest.mark.parametrize("rate", [8000, 22_050, 48_000])
def test_two_channels_may_last_two_thousandths_of_a_second(
    tmp_path: Path, form: Form, rate: int
) -> None:
    both = np.full((rate, 2), 0.25)
    sound, target = write_wav(tmp_path / "both.wav", both, rate), tmp_path / f"clip.{form}"
    result = must_cut(CutWish(sound, Micros(100_000), Micros(102_000), target, form))
    assert result.sound is not None
    assert result.sound.samples == samples_at(Micros(2000), result.sound.rate)


def test_the_other_sound_track(clip_of: ClipOf, target: Path) -> None:
    clip = clip_of(ClipKind.TWO_TRACKS)
    click = clip.clicks[1][1]
    start, end = Micros(click - 40_000), Micros(click + 40_000)
    must_cut(CutWish(clip.path, start, end, target, track=1))
    assert lag(heard(target, 0, 80_000)[:, 0], heard(clip.path, start, end, 1)[:, 0]) == 0
    assert np.abs(heard(target, 0, 80_000)).max() > 0.5
    assert len(probe(target).tracks) == 1


def test_a_clip_without_sound_by_choice(clip_of: ClipOf, target: Path) -> None:
    clip = clip_of(ClipKind.FPS_25)
    result = must_cut(CutWish(clip.path, Micros(0), Micros(400_000), target, track=None))
    assert result.sound is None
    assert probe(target).audio is None


def test_an_mp4_of_a_sound_recording_has_sound_alone(clip_of: ClipOf, target: Path) -> None:
    clip = clip_of(ClipKind.AUDIO_ONLY)
    result = must_cut(CutWish(clip.path, Micros(1_000_000), Micros(2_000_000), target))
    assert result.picture is None
    assert probe(target).video is None


@pytest.mark.parametrize(
    ("kind", "size"), [(ClipKind.ROTATED_90, (64, 96)), (ClipKind.FPS_25, (144, 96))]
)
def test_a_limit_of_the_height(
    clip_of: ClipOf, kind: ClipKind, size: tuple[int, int], target: Path
) -> None:
    clip = clip_of(kind)
    result = must_cut(
        CutWish(clip.path, Micros(0), Micros(400_000), target, size=Size(most_height=96))
    )
    assert result.picture is not None
    assert (result.picture.width, result.picture.height) == size
    assert contents(target).numbers == clip.numbers[:10]
