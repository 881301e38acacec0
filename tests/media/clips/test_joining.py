"""In a reel each clip has its own frames and samples, where they should be, and no others."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.media import open_audio, open_video, probe
from annotator.media.clips.chapters import Chapter
from annotator.media.clips.composition import Composition, Heard, Layout, Take
from annotator.media.clips.joining import join
from annotator.media.clips.reel_wishes import Part, ReelWish, Scene, Still
from annotator.media.clips.subtitles import Subtitle, read
from annotator.media.clips.wishes import Changes, CutResult, CutWish, Form, Quality, Size
from annotator.media.frame import Picture
from annotator.media.lettering.cards import CardKind, CardText
from annotator.media.lettering.words import Look, Overlay, Words
from annotator.media.timebase import samples_at
from annotator.model import Micros
from tests.support.cut_clips import contents, heard, lag, write_noise_film
from tests.support.timing_clips import ClipKind, TimingClip, paint_number, read_number

ClipOf = Callable[[ClipKind], TimingClip]
CARD = Still(CardText(CardKind.TITLE, "A card", "1"), Micros(400_000))
NOWHERE = Path("nowhere.mp4")


def scene(clip: TimingClip, first: int, after: int, stands: int = 0, asked: str = "") -> Scene:
    times = clip.frame_times
    return Scene(CutWish(clip.path, times[first], times[after], NOWHERE), Micros(stands), asked)


def must_join(wish: ReelWish) -> CutResult:
    return join(wish, threads=1)  # other tests run beside, some of which play films


def runs(numbers: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Part what was read into stretches of pictures that carry a number; a card's is 0 or -1."""
    found: list[list[int]] = []
    before = -1
    for number in numbers:
        if number > 0 and before <= 0:
            found.append([])
        if number > 0:
            found[-1].append(number)
        before = number
    return [tuple(one) for one in found]


@pytest.mark.parametrize("kind", [ClipKind.FPS_25, ClipKind.FPS_29_97, ClipKind.PHONE])
@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_each_clip_has_its_frames_and_no_other(
    clip_of: ClipOf, tmp_path: Path, kind: ClipKind, form: Form
) -> None:
    clip, target = clip_of(kind), tmp_path / f"reel.{form}"
    cuts = [(5, 15), (30, 37), (16, 28)]
    parts: list[Part] = [
        part for first, after in cuts for part in (CARD, scene(clip, first, after))
    ]
    result = must_join(ReelWish(tuple(parts), target, form))
    asked = [clip.numbers[first:after] for first, after in cuts]
    found = contents(target)
    assert runs(found.numbers) == asked
    assert result.picture is not None
    assert found.packets == result.picture.frames == len(found.numbers)
    with open_video(target) as video:
        shown = tuple(read_number(video.frame(at).to_rgb()) for at in range(len(video.frame_times)))
        assert runs(shown) == asked
        starts = [video.frame_times[at] for at in _first_places(shown)]
        assert abs(video.duration - result.length) <= 8000
    lengths = [part.length for part in parts]
    meant = [sum(lengths[: 2 * at + 1]) for at in range(3)]
    assert max(abs(a - b) for a, b in zip(starts, meant, strict=True)) <= 1000


def _first_places(numbers: tuple[int, ...]) -> list[int]:
    return [at for at, one in enumerate(numbers) if one > 0 and (not at or numbers[at - 1] <= 0)]


def test_frames_keep_their_own_times_within_a_reel(clip_of: ClipOf, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.VARIABLE), tmp_path / "reel.mp4"
    must_join(ReelWish((scene(clip, 4, 20), scene(clip, 30, 44)), target))
    times = clip.frame_times
    second = times[20] - times[4]
    meant = [times[at] - times[4] for at in range(4, 20)]
    meant += [times[at] - times[30] + second for at in range(30, 44)]
    with open_video(target) as video:
        assert len(video.frame_times) == len(meant)
        assert max(abs(a - b) for a, b in zip(video.frame_times, meant, strict=True)) <= 100


def test_a_film_whose_sound_ends_first_is_joined_up_to_its_end(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    clip, target = clip_of(ClipKind.LATE_VIDEO), tmp_path / "reel.mp4"
    wish = CutWish(clip.path, clip.frame_times[50], probe(clip.path).duration, NOWHERE)
    must_join(ReelWish((CARD, Scene(wish)), target))
    assert runs(contents(target).numbers) == [clip.numbers[50:]]


def test_nothing_of_the_clip_before_stays_where_a_picture_comes_late(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    clip, late = clip_of(ClipKind.FPS_25), clip_of(ClipKind.LATE_VIDEO)
    wish = CutWish(late.path, Micros(100_000), Micros(1_100_000), NOWHERE)
    target = tmp_path / "reel.mp4"
    must_join(ReelWish((scene(clip, 10, 15), Scene(wish)), target))
    with open_video(target) as video:
        shown = [
            (time, read_number(video.frame(at).to_rgb()))
            for at, time in enumerate(video.frame_times)
        ]
    assert shown[4:6] == [(160_000, 14), (200_000, 0)]
    assert shown[6][0] == 200_000 + late.frame_times[1] - 100_000


def test_a_clip_is_joined_though_what_is_heard_in_it_begins_later(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    film, sound = clip_of(ClipKind.FPS_25), clip_of(ClipKind.AUDIO_ONLY)
    late = Composition(
        (Take(film.path, Micros(0)),), (Heard(sound.path, Micros(1_000_000)),), Layout.ONE
    )
    wish = CutWish(film.path, Micros(600_000), Micros(1_400_000), NOWHERE, composition=late)
    target = tmp_path / "reel.mp4"
    must_join(ReelWish((Scene(wish),), target))
    assert runs(contents(target).numbers) == [film.numbers[15:35]]
    assert np.abs(heard(target, 0, 380_000)).max() < 0.02


@pytest.fixture(scope="module")
def noise(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_noise_film(tmp_path_factory.mktemp("noise") / "noise.mp4", 8)


def noise_scenes(path: Path, count: int) -> list[Scene]:
    """Cut at moments between samples and frames, so that any rounding would add up."""
    starts = [123_457 + at * 650_017 for at in range(count)]
    return [Scene(CutWish(path, Micros(at), Micros(at + 500_013), NOWHERE)) for at in starts]


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_sound_does_not_drift_over_ten_clips(noise: Path, tmp_path: Path, form: Form) -> None:
    target = tmp_path / f"reel.{form}"
    scenes = noise_scenes(noise, 10)
    parts = tuple(part for one in scenes for part in (CARD, one))
    result = must_join(ReelWish(parts, target, form, Size(Quality.BEST)))
    assert result.sound is not None
    starts = [0, *accumulate(part.length for part in parts)]
    with open_audio(target) as reader:
        assert (
            reader.end - reader.start == result.sound.samples == samples_at(result.length, 48_000)
        )
        assert abs(reader.start) <= (48 if form is Form.WEBM else 0)
        for at, one in enumerate(scenes):
            first = samples_at(Micros(starts[2 * at + 1]), 48_000) + reader.start
            theirs = heard(noise, one.wish.start, one.wish.end)[:, 0]
            ours = reader.read_samples(first, first + len(theirs))[:, 0]
            assert lag(ours, theirs) == 0
            assert abs(lag(ours[-4800:], theirs[-4800:])) == 0


def test_no_sound_from_outside_a_clip_is_in_a_reel(clip_of: ClipOf, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.LONG_GOP), tmp_path / "reel.mp4"
    before, after = clip.clicks[0][3:5]
    quiet = CutWish(clip.path, Micros(before + 60_000), Micros(after - 1000), NOWHERE)
    must_join(ReelWish((CARD, Scene(quiet), CARD, Scene(quiet, Micros(300_000))), target))
    assert np.abs(heard(clip.path, before, after)).max() > 0.5
    assert np.abs(contents(target).sound).max() < 0.01


def test_a_picture_stands_with_its_question_and_then_moves_on(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    clip, target = clip_of(ClipKind.FPS_25), tmp_path / "reel.mp4"
    must_join(
        ReelWish((scene(clip, 5, 15), scene(clip, 15, 25, 400_000, "What would you say?")), target)
    )
    with open_video(target) as video:
        pictures = [video.frame(at).to_rgb().astype(float) for at in range(len(video.frame_times))]
    assert len(pictures) == 10 + 10 + 10
    moving = pictures[:10] + pictures[20:]
    numbers = tuple(read_number(one.astype(np.uint8)) for one in moving)
    assert numbers == clip.numbers[5:25]
    bare = pictures[20]
    top = slice(0, bare.shape[0] // 4)
    for standing in pictures[10:20]:
        assert np.abs(standing[top] - bare[top]).mean() < 3
        assert np.abs(standing[-top.stop :] - bare[-top.stop :]).mean() > 4
    quiet = heard(target, 420_000, 780_000)
    assert np.abs(quiet).max() < 0.02


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_clips_of_other_sizes_and_rates_are_brought_to_one(
    clip_of: ClipOf, tmp_path: Path, form: Form
) -> None:
    kinds = [ClipKind.FPS_29_97, ClipKind.ROTATED_90, ClipKind.FPS_60, ClipKind.NO_AUDIO]
    target = tmp_path / f"reel.{form}"
    wishes = [
        CutWish(clip_of(kind).path, Micros(200_000), Micros(1_200_000), NOWHERE) for kind in kinds
    ]
    result = must_join(ReelWish(tuple(map(Scene, wishes)), target, form))
    assert result.picture is not None
    with open_video(target) as video:
        times, length = video.frame_times, video.duration
        steps = {round((b - a) / 1000) for a, b in pairwise(times)}
        upright = video.frame(90).to_rgb()
    assert abs(length - 4_000_000) <= 8000
    assert abs(len(times) - 240) <= 2
    assert steps <= {16, 17}
    assert upright.shape[:2] == (result.picture.height, result.picture.width)
    edges = np.r_[upright[:, :8].ravel(), upright[:, -8:].ravel()]
    assert edges.max() < 20  # black beside a picture that is higher than wide
    with open_audio(target) as sound:
        assert sound.end - sound.start == 4 * 48_000
        assert np.abs(sound.read(Micros(3_050_000), Micros(3_950_000))).max() < 0.02


def test_each_picture_of_a_slower_clip_is_the_one_on_screen_then(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    slow, quick = clip_of(ClipKind.FPS_25), clip_of(ClipKind.FPS_60)
    target = tmp_path / "reel.mp4"
    must_join(ReelWish((scene(slow, 10, 20), scene(quick, 10, 22)), target))
    numbers = contents(target).numbers
    meant = [slow.numbers[10 + at * 25 // 60] for at in range(24)]
    assert numbers == (*meant, *quick.numbers[10:22])


class _AddsThousand:
    """Paints another number over each picture."""

    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        assert time >= 0
        return paint_number(index + 1000, picture.shape[1], picture.shape[0])


def test_pictures_are_masked_and_words_laid_over_them(clip_of: ClipOf, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.FPS_25), tmp_path / "reel.mp4"
    words = Words("Reflection", Look.BADGE, Micros(0), Micros(200_000))
    changes = Changes(_AddsThousand(), overlay=Overlay((words,)))
    wish = CutWish(clip.path, clip.frame_times[10], clip.frame_times[20], NOWHERE, changes=changes)
    must_join(pickle.loads(pickle.dumps(ReelWish((Scene(wish),), target))))  # noqa: S301 as our own
    with open_video(target) as video:
        pictures = [video.frame(at).to_rgb() for at in range(10)]
    bare = [paint_number(1010 + at, one.shape[1], one.shape[0]) for at, one in enumerate(pictures)]
    unlike = [
        float(np.abs(a.astype(float) - b).mean()) for a, b in zip(pictures, bare, strict=True)
    ]
    assert min(unlike[:5]) > max(unlike[5:]) * 1.2
    assert [read_number(one) for one in pictures[5:]] == list(range(1015, 1020))


def test_a_watermark_stands_on_every_picture(clip_of: ClipOf, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.FPS_25)
    parts = (CARD, scene(clip, 10, 20, 200_000))
    bare, marked = tmp_path / "bare.mp4", tmp_path / "marked.mp4"
    must_join(ReelWish(parts, bare))
    must_join(ReelWish(parts, marked, watermark="Course A, copy 3"))
    with open_video(bare) as theirs, open_video(marked) as ours:
        assert len(ours.frame_times) == len(theirs.frame_times)
        for at in range(len(ours.frame_times)):
            a, b = (one.frame(at).to_rgb().astype(float) for one in (theirs, ours))
            high, wide = a.shape[0] // 5, a.shape[1] // 2
            assert np.abs(a[:high, wide:] - b[:high, wide:]).mean() > 1.5
            assert np.abs(a[high * 3 :] - b[high * 3 :]).mean() < 1.5


def test_subtitles_and_nothing_else_stand_beside(clip_of: ClipOf, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.FPS_25), tmp_path / "reel.mp4"
    said = (Subtitle(Micros(500_000), Micros(700_000), "Client: [name]"),)
    must_join(ReelWish((CARD, scene(clip, 10, 20)), target, subtitles=said))
    with av.open(f"file:{target}") as container:
        assert [one.type for one in container.streams] == ["video", "audio", "subtitle"]
        assert not container.chapters()
        stream = container.streams.subtitles[0]
        assert [one for packet in container.demux(stream) if (one := read(packet))] == [
            (500, 700, "Client: [name]")
        ]


TITLES = ("Öffnung – “Reflection”", "Clip 2", "רגע של שתיקה, 静かな時間" * 30)


@pytest.mark.parametrize("kind", [ClipKind.FPS_25, ClipKind.FPS_29_97, ClipKind.VARIABLE])
@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_chapters_begin_where_they_should_and_tell_their_titles_alone(
    clip_of: ClipOf, tmp_path: Path, kind: ClipKind, form: Form
) -> None:
    clip, target = clip_of(kind), tmp_path / f"reel.{form}"
    scenes = [scene(clip, *one) for one in ((5, 15), (30, 37), (16, 28))]
    parts = [part for one in scenes for part in (CARD, one)]
    starts = [0, *accumulate(CARD.length + one.length for one in scenes)]
    chapters = tuple(
        Chapter(Micros(start), title) for start, title in zip(starts[:3], TITLES, strict=True)
    )
    said = (Subtitle(Micros(500_000), Micros(700_000), "Client: [name]"),)
    subtitles = said if form.has_subtitles else ()
    must_join(ReelWish(tuple(parts), target, form, subtitles=subtitles, chapters=chapters))
    with av.open(f"file:{target}") as container:
        found = container.chapters()
        kinds = [one.type for one in container.streams]
    assert [one["metadata"] for one in found] == [{"title": title} for title in TITLES]
    for one, start, end in zip(found, starts, starts[1:], strict=False):
        assert one["time_base"] is not None
        assert abs(one["start"] * one["time_base"] * 1_000_000 - start) <= 1000
        assert abs(one["end"] * one["time_base"] * 1_000_000 - end) <= 1000
    texts = ["subtitle", "data"] if form is Form.MP4 else []
    assert kinds == ["video", "audio", *texts], "MP4 keeps chapters in a track that is not shown"


def test_as_many_chapters_as_there_are_clips(clip_of: ClipOf, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.FPS_25), tmp_path / "reel.mp4"
    one = Still(CardText(CardKind.TITLE, "A card"), Micros(40_000))
    parts: list[Part] = [one] * 299
    chapters = [Chapter(Micros(at * 40_000), f"Clip {at + 1}") for at in range(300)]
    must_join(ReelWish((*parts, scene(clip, 3, 9)), target, chapters=tuple(chapters)))
    with av.open(f"file:{target}") as container:
        found = container.chapters()
    assert [one["metadata"]["title"] for one in found] == [one.title for one in chapters]
    assert b"chpl" not in target.read_bytes(), "the older list ends after 255"


def test_a_reel_is_pressed_until_it_is_small(noise: Path, tmp_path: Path) -> None:
    parts = (CARD, *noise_scenes(noise, 3))
    large, small = tmp_path / "large.mp4", tmp_path / "small.mp4"
    whole = must_join(ReelWish(parts, large))
    most = whole.bytes // 2
    assert must_join(ReelWish(parts, small, size=Size(most_bytes=most))).bytes <= most
    lower = must_join(ReelWish(parts, tmp_path / "low.mp4", size=Size(most_height=64)))
    assert lower.picture is not None
    assert lower.picture.height == 64


def whole_sound(path: Path) -> NDArray[np.float32]:
    with open_audio(path) as reader:
        sound: NDArray[np.float32] = reader.read_samples(reader.start, reader.end)
    return sound


def test_one_channel_and_two_become_two(clip_of: ClipOf, noise: Path, tmp_path: Path) -> None:
    clip, target = clip_of(ClipKind.FPS_25), tmp_path / "reel.mp4"
    result = must_join(ReelWish((scene(clip, 10, 20), *noise_scenes(noise, 1)), target))
    sound = whole_sound(target)
    assert sound.shape[1] == 2
    first = sound[: int(0.38 * 48_000)]
    assert np.abs(first[:, 0] - first[:, 1]).max() < 0.05
    assert len(sound) == samples_at(result.length, 48_000)
