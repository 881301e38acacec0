"""What goes wrong while a clip is cut: no half file is left, and the truth is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame

from annotator.errors import FilmGoneError, GivenUpError, MediaError, StorageError
from annotator.media.clips import cutting, made, making, verifying
from annotator.media.clips.cutting import cut
from annotator.media.clips.verifying import differ, glimpse
from annotator.media.clips.wishes import Changes, CutWish, Form, Size
from annotator.media.frame import Frame, Picture
from annotator.media.sound_frames import Planes
from annotator.media.sound_stream import Watch
from annotator.media.survey import survey
from annotator.model import Micros
from annotator.storage.placing import require_free
from tests.support.cut_clips import contents, must_cut, write_noise_film
from tests.support.disks import an_open_folder, an_ordinary_person, full
from tests.support.small_disk import no_file_larger_than
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
HOSTILE = (
    "-y.mp4",
    'it\'s “so” "so".mp4',
    "$(touch gone).mp4",
    "`id`;rm -rf x.mp4",
    "two\nlines.mp4",
    "a" * 200 + ".mp4",
    "שלום עולם.mp4",
    "http:x.mp4",
    "a:b.mp4",
    "%d %s {}.mp4",
    "back\\slash.mp4",
    " .mp4",
    "file:x.mp4",
    "pipe:1",
)


def wish_of(clip: TimingClip, target: Path, form: Form = Form.MP4) -> CutWish:
    return CutWish(clip.path, Micros(400_000), Micros(1_600_000), target, form)


def left_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_names(clip_of: ClipOf, tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    must_cut(wish_of(clip_of(ClipKind.FPS_25), target))
    assert left_in(tmp_path) == [name]
    assert len(contents(target).numbers) == 30


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_of_films(clip_of: ClipOf, tmp_path: Path, name: str) -> None:
    film = tmp_path / name
    shutil.copy(clip_of(ClipKind.FPS_25).path, film)
    must_cut(CutWish(film, Micros(0), Micros(200_000), tmp_path / "clip.mp4"))
    assert left_in(tmp_path) == sorted([name, "clip.mp4"])


def test_a_name_that_is_too_long(clip_of: ClipOf, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="name is too long") as caught:
        cut(wish_of(clip_of(ClipKind.FPS_25), tmp_path / ("a" * 300 + ".mp4")))
    assert caught.value.remedy
    assert left_in(tmp_path) == []


def test_no_file_is_written_over(clip_of: ClipOf, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    target.write_text("a letter")
    with pytest.raises(MediaError, match="already") as caught:
        cut(wish_of(clip_of(ClipKind.FPS_25), target))
    with pytest.raises(StorageError) as elsewhere:
        require_free(target)
    assert str(caught.value) == str(elsewhere.value), "it is said as wherever files are made"
    assert target.read_text() == "a letter"
    assert left_in(tmp_path) == ["clip.mp4"]


def test_a_link_that_leads_nowhere_is_not_written_through(clip_of: ClipOf, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    target.symlink_to(tmp_path / "elsewhere.mp4")
    with pytest.raises(MediaError, match="already"):
        cut(wish_of(clip_of(ClipKind.FPS_25), target))
    assert left_in(tmp_path) == ["clip.mp4"]


def test_a_file_that_comes_meanwhile_stays(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "clip.mp4"

    def verified(*_: object) -> None:
        target.write_text("a letter")

    monkeypatch.setattr(cutting, "verify", verified)
    with pytest.raises(MediaError, match="already"):
        cut(wish_of(clip_of(ClipKind.FPS_25), target))
    assert target.read_text() == "a letter"
    assert left_in(tmp_path) == ["clip.mp4"]


def test_a_disk_that_knows_no_links(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    must_cut(wish_of(clip_of(ClipKind.FPS_25), tmp_path / "clip.mp4"))
    assert left_in(tmp_path) == ["clip.mp4"]


def test_a_folder_that_is_not_there(clip_of: ClipOf, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="folder is not there"):
        cut(wish_of(clip_of(ClipKind.FPS_25), tmp_path / "none" / "clip.mp4"))


def test_a_folder_that_may_not_be_written(clip_of: ClipOf) -> None:
    with an_open_folder() as folder:
        film = folder / "film.mp4"
        shutil.copy(clip_of(ClipKind.FPS_25).path, film)
        film.chmod(0o644)
        folder.chmod(0o555)
        with an_ordinary_person(), pytest.raises(MediaError, match="may not write"):
            cut(CutWish(film, Micros(0), Micros(400_000), folder / "clip.mp4"))
        assert left_in(folder) == ["film.mp4"]


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("room", [0, 1000, 70_000])
def test_room_that_ends_in_the_middle(
    noise_film: Path, tmp_path: Path, form: Form, room: int
) -> None:
    wish = CutWish(noise_film, Micros(0), Micros(2_900_000), tmp_path / f"clip.{form}", form)
    if form in (Form.M4A, Form.MP3):
        room //= 10
    with no_file_larger_than(room), pytest.raises(MediaError, match="could not be written"):
        cut(wish)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_disk_that_is_full_at_the_last_moment(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> None:
        raise full()

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(MediaError, match="the disk is full"):
        cut(wish_of(clip_of(ClipKind.FPS_25), tmp_path / "clip.mp4"))
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("looks", [0, 3, 12, 33, 40])
def test_cancelling_leaves_nothing(clip_of: ClipOf, tmp_path: Path, form: Form, looks: int) -> None:
    left = [looks]

    def cancelled() -> bool:
        left[0] -= 1
        return left[0] < 0

    watch = Watch(lambda _done: None, cancelled)
    try:
        cut(wish_of(clip_of(ClipKind.FPS_25), tmp_path / f"clip.{form}", form), watch)
    except GivenUpError:
        assert left[0] < 0
        assert left_in(tmp_path) == []
    else:
        assert left[0] >= 0
        assert left_in(tmp_path) == [f"clip.{form}"]


def test_progress_rises_to_the_end(clip_of: ClipOf, tmp_path: Path) -> None:
    told: list[float] = []
    cut(wish_of(clip_of(ClipKind.FPS_25), tmp_path / "clip.mp4"), Watch(told.append))
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 30


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (-1, 500_000, "reach from"),
        (2_000_000, 99_000_000, "reach from"),
        (99_000_000, 99_500_000, "reach from"),
        (500_000, 500_000, "end before it begins"),
        (500_000, 400_000, "end before it begins"),
        (500_000, 500_001, "too short to be seen"),
        (500_000, 501_999, "too short to be seen"),
    ],
)
@pytest.mark.parametrize("form", [Form.MP4, Form.WAV])
def test_bounds_outside_the_film(
    clip_of: ClipOf, tmp_path: Path, start: int, end: int, message: str, form: Form
) -> None:
    film = clip_of(ClipKind.FPS_25).path
    with pytest.raises(MediaError, match=message) as caught:
        cut(CutWish(film, Micros(start), Micros(end), tmp_path / f"clip.{form}", form))
    assert caught.value.remedy
    assert left_in(tmp_path) == []


def test_a_stretch_before_the_first_picture(clip_of: ClipOf, tmp_path: Path) -> None:
    film = clip_of(ClipKind.LATE_VIDEO).path
    with pytest.raises(MediaError, match="no picture before"):
        cut(CutWish(film, Micros(0), Micros(400_000), tmp_path / "clip.mp4"))
    assert left_in(tmp_path) == []


def test_a_film_without_sound_has_no_sound_to_cut(clip_of: ClipOf, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="has no sound"):
        cut(wish_of(clip_of(ClipKind.NO_AUDIO), tmp_path / "clip.wav", Form.WAV))
    film = clip_of(ClipKind.TWO_TRACKS).path
    with pytest.raises(MediaError, match="no sound track 3"):
        cut(CutWish(film, Micros(0), Micros(400_000), tmp_path / "clip.mp4", track=2))
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("kind", [ClipKind.TEXT, ClipKind.EMPTY, ClipKind.TRUNCATED_NO_INDEX])
def test_what_is_no_film(clip_of: ClipOf, tmp_path: Path, kind: ClipKind) -> None:
    with pytest.raises(MediaError, match=kind.value):
        cut(wish_of(clip_of(kind), tmp_path / "clip.mp4"))
    assert left_in(tmp_path) == []


@pytest.fixture(scope="module")
def noise_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_noise_film(tmp_path_factory.mktemp("noise") / "film.mp4", 3)


def test_fine_patterns_are_known_again_though_encoders_smooth_them() -> None:
    dice = np.random.default_rng(3)
    light = dice.integers(0, 256, (1080, 1920), np.uint8)
    smooth = (light // 2 + np.roll(light, 1, 1) // 2).astype(np.uint8)
    seen = [glimpse(VideoFrame.from_ndarray(one, "gray")) for one in (light, smooth)]
    assert not differ(seen[0], seen[1])
    assert np.abs(seen[0] - seen[1]).max() < 2
    light[:540] //= 3
    assert differ(glimpse(VideoFrame.from_ndarray(light, "gray")), seen[0])


@pytest.mark.parametrize("pixels", ["rgb24", "yuv420p", "yuvj420p", "yuv444p", "yuv420p10le"])
@pytest.mark.parametrize("size", [(17, 5), (24, 24), (161, 121)])
def test_a_picture_is_known_again_in_any_kind_of_pixels(pixels: str, size: tuple[int, int]) -> None:
    dice = np.random.default_rng(3)
    rgb = dice.integers(0, 256, (size[1], size[0], 3), np.uint8)
    picture = VideoFrame.from_ndarray(rgb, "rgb24")
    plain = glimpse(picture.reformat(format="yuv420p", dst_color_range=1))
    alike = picture.reformat(format=pixels, threads=1)  # several err in tiny pictures of 10 bits
    assert np.abs(glimpse(alike) - plain).max() < 4


def test_a_film_that_breaks_off_within_the_clip(noise_film: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    shutil.copy(noise_film, film)
    known = survey(film)
    os.truncate(film, film.stat().st_size // 2)
    with pytest.raises(MediaError, match="film"):
        cut(CutWish(film, Micros(0), Micros(2_900_000), tmp_path / "clip.mp4"), known=known)
    assert left_in(tmp_path) == ["film.mp4"]


def test_a_film_that_is_taken_away_meanwhile(noise_film: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    shutil.copy(noise_film, film)

    def take_away(done: float) -> None:
        if done > 0.3:
            film.unlink(missing_ok=True)

    for form in (Form.MP4, Form.M4A):
        shutil.copy(noise_film, film)
        wish = CutWish(film, Micros(0), Micros(2_900_000), tmp_path / f"clip.{form}", form)
        with pytest.raises(FilmGoneError, match="not in its place"):
            cut(wish, Watch(take_away))
        assert left_in(tmp_path) == []


def test_a_film_that_is_changed_meanwhile(noise_film: Path, tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    shutil.copy(noise_film, film)

    def change(done: float) -> None:
        if done > 0.3:
            os.truncate(film, film.stat().st_size // 2)

    with pytest.raises(MediaError, match="film"):
        cut(
            CutWish(film, Micros(0), Micros(2_900_000), tmp_path / "clip.wav", Form.WAV),
            Watch(change),
        )
    assert left_in(tmp_path) == ["film.mp4"]


def damaged(
    clip: TimingClip, target: Path, monkeypatch: pytest.MonkeyPatch, lost: range
) -> CutWish:
    """Let some of a film's frames be damaged."""
    whole = Frame.__init__

    def spoil(self: Frame, index: int, *rest: object, **named: object) -> None:
        named["is_damaged"] = index in lost
        whole(self, index, *rest, **named)

    monkeypatch.setattr(Frame, "__init__", spoil)
    return CutWish(clip.path, clip.frame_times[10], clip.frame_times[70], target)


def test_damaged_frames_within_are_left_out_and_told(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    target = tmp_path / "clip.mp4"
    with monkeypatch.context() as patch:
        result = must_cut(damaged(clip, target, patch, range(30, 33)))
    assert contents(target).numbers == (*range(10, 30), *range(33, 70))
    assert result.picture is not None
    assert result.picture.lost == clip.frame_times[30:33]


@pytest.mark.parametrize("lost", [range(10, 11), range(69, 70), range(12, 66), range(5, 70)])
def test_damage_at_the_ends_or_for_long_is_refused(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: range
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    with monkeypatch.context() as patch, pytest.raises(MediaError, match="damaged"):
        cut(damaged(clip, tmp_path / "clip.mp4", patch, lost))
    assert left_in(tmp_path) == []


def test_a_size_that_cannot_be_reached(noise_film: Path, tmp_path: Path) -> None:
    size = Size(most_bytes=1500)
    with pytest.raises(MediaError, match="cannot be made as small"):
        cut(CutWish(noise_film, Micros(0), Micros(900_000), tmp_path / "clip.mp4", size=size))
    assert left_in(tmp_path) == []


class SmallerPictures:
    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        del index, time
        return picture[::2]


class NoNumbers:
    def changed(self, start: int, planes: Planes, rate: int) -> Planes:
        del start, rate
        return np.full_like(planes, np.nan)


class Shorter:
    def changed(self, start: int, planes: Planes, rate: int) -> Planes:
        del start, rate
        return planes[:, 1:]


@pytest.mark.parametrize(
    "changes",
    [Changes(pictures=SmallerPictures()), Changes(sound=NoNumbers()), Changes(sound=Shorter())],
)
def test_changes_that_do_not_fit(clip_of: ClipOf, tmp_path: Path, changes: Changes) -> None:
    film = clip_of(ClipKind.FPS_25).path
    wish = CutWish(film, Micros(0), Micros(400_000), tmp_path / "clip.mp4", changes=changes)
    with pytest.raises(MediaError, match="no clip was made"):
        cut(wish)
    assert left_in(tmp_path) == []


def test_a_change_that_fails_leaves_no_file(clip_of: ClipOf, tmp_path: Path) -> None:
    class Failing:
        def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
            raise MediaError(f"No face was found at {index}, {time}, {picture.shape}.")

    wish = wish_of(clip_of(ClipKind.FPS_25), tmp_path / "clip.mp4")
    wish = CutWish(wish.source, wish.start, wish.end, wish.target, changes=Changes(Failing()))
    with pytest.raises(MediaError, match="No face was found"):
        cut(wish)
    assert left_in(tmp_path) == []


def refused(wish: CutWish) -> str:
    with pytest.raises(MediaError, match="did not come out right") as caught:
        cut(wish)
    assert left_in(wish.target.parent) == []
    return caught.value.what


def test_what_is_verified(clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written wrongly is found, and thrown away."""
    wish = wish_of(clip_of(ClipKind.FPS_25), tmp_path / "clip.mp4")
    glimpse = verifying.glimpse
    with monkeypatch.context() as patch:
        patch.setattr(made, "glimpse", lambda picture: 255 - glimpse(picture))
        assert "first picture" in refused(wish)
    lose = making.ClipFile.add_picture

    def skip_one(self: making.ClipFile, picture: object, tick: int, duration: int) -> None:
        if tick != 12_800 * 4 // 25:
            lose(self, picture, tick, duration)

    with monkeypatch.context() as patch:
        patch.setattr(making.ClipFile, "add_picture", skip_one)
        assert "29 pictures instead of 30" in refused(wish)
    mute = making.ClipFile.add_sound

    def half(self: making.ClipFile, planes: Planes) -> None:
        mute(self, planes[:, : planes.shape[1] // 2])

    with monkeypatch.context() as patch:
        patch.setattr(making.ClipFile, "add_sound", half)
        assert "its sound has another length" in refused(wish)
