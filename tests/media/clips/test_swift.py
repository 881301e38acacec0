"""Swift clips hold what exact ones do, and most of their pictures are the recording's own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from shutil import copy

import av
import numpy as np
import pytest

from annotator.media import open_audio, open_video, probe
from annotator.media.clips import swift as swift_making
from annotator.media.clips.wishes import CutResult, CutWish, Mode
from annotator.model import Micros
from tests.support.coded_films import Coding, slices_of, times_of, write_coded
from tests.support.cut_clips import contents, heard, lag, must_cut, shown_numbers
from tests.support.timing_clips import (
    WITH_FRAMES,
    ClipKind,
    TimingClip,
    read_matrix,
    read_number,
    write_matrix,
)

ClipOf = Callable[[ClipKind], TimingClip]
FilmOf = Callable[..., Path]

COPIED = frozenset(
    {
        ClipKind.FPS_23_976,
        ClipKind.FPS_25,
        ClipKind.FPS_29_97,
        ClipKind.FPS_60,
        ClipKind.FPS_120,
        ClipKind.FPS_240,
        ClipKind.VARIABLE,
        ClipKind.LATE_VIDEO,
        ClipKind.LATE_AUDIO,
        ClipKind.NEGATIVE_EDIT,
        ClipKind.LONG_GOP,
        ClipKind.MATROSKA,
        ClipKind.NO_AUDIO,
        ClipKind.TWO_TRACKS,
        ClipKind.PCM_SOUND,
        ClipKind.ROTATED_90,
        ClipKind.ROTATED_180,
        ClipKind.ROTATED_270,
        ClipKind.PHONE,
    }
)
ONE, W = 1 << 16, 1 << 30
TURNS = {
    "not": (ONE, 0, 0, 0, ONE, 0, 0, 0, W),
    "right": (0, ONE, 0, -ONE, 0, 0, 128 << 16, 0, W),
    "round": (-ONE, 0, 0, 0, -ONE, 0, 192 << 16, 128 << 16, W),
    "left": (0, -ONE, 0, ONE, 0, 0, 0, 192 << 16, W),
    "mirrored": (-ONE, 0, 0, 0, ONE, 0, 192 << 16, 0, W),
    "mirrored and right": (0, -ONE, 0, -ONE, 0, 0, 128 << 16, 192 << 16, W),
    "mirrored and round": (ONE, 0, 0, 0, -ONE, 0, 0, 128 << 16, W),
    "mirrored and left": (0, ONE, 0, ONE, 0, 0, 0, 0, W),
}
SECOND = {"g": "25", "sc_threshold": "0"}
CODINGS = {
    "b-pyramid": Coding(
        options=SECOND | {"bf": "5", "b-pyramid": "normal", "b_strategy": "0", "refs": "4"}
    ),
    "no b-frames": Coding(options=SECOND | {"bf": "0"}),
    "full range": Coding(pixels="yuvj420p", options=SECOND, colours=(2, 1, 1, 1)),
    "baseline": Coding(options=SECOND | {"profile": "baseline"}),
    "main": Coding(options=SECOND | {"profile": "main"}),
    "slices": Coding(options=SECOND | {"slices": "4"}),
    "sets of another number": Coding(options=SECOND, parameters="sps-id=1"),
    "scaling lists": Coding(options=SECOND, parameters="cqm=jvt"),
    "wide pixels": Coding(options=SECOND, aspect=Fraction(4, 3)),
}


def swift(film: Path, start: Micros, end: Micros, target: Path) -> CutResult:
    return must_cut(CutWish(film, start, end, target, mode=Mode.SWIFT))


def decodes_cleanly(path: Path) -> bool:
    """Decode all, hidden or not, with every complaint of the decoder counted."""
    with av.logging.Capture() as complaints:
        av.logging.set_level(av.logging.WARNING)
        try:
            with av.open(str(path), options={"ignore_editlist": "1"}) as container:
                stream = container.streams.video[0]
                stream.codec_context.options = {"err_detect": "explode+crccheck+bitstream"}
                frames = [*container.decode(stream)]
        finally:
            av.logging.set_level(None)
    return not complaints and not any(frame.is_corrupt for frame in frames)


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> FilmOf:
    """Give films by the name of their coding, each written once when first asked for."""

    @cache
    def film(name: str, suffix: str = "mp4") -> Path:
        folder = tmp_path_factory.mktemp("coded")
        return write_coded(folder / f"film.{suffix}", 100, CODINGS[name])

    return film


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "clip.mp4"


@pytest.mark.parametrize("kind", WITH_FRAMES)
def test_no_other_frame_is_in_the_file_and_each_is_at_its_time(
    clip_of: ClipOf, kind: ClipKind, target: Path
) -> None:
    clip = clip_of(kind)
    first, after = len(clip.numbers) // 3, len(clip.numbers) * 2 // 3
    result = swift(clip.path, clip.frame_times[first], clip.frame_times[after], target)
    asked = clip.numbers[first:after]
    found = contents(target)
    assert found.numbers == asked
    assert found.packets == len(asked)
    times = clip.frame_times[first:after]
    with open_video(target) as video:
        shown = [video.frame(at) for at in range(len(video.frame_times))]
        assert tuple(read_number(frame.to_rgb()) for frame in shown) == asked
        assert max(abs(a.time - (b - times[0])) for a, b in zip(shown, times, strict=True)) <= 100
    assert decodes_cleanly(target)
    assert (result.copied > 0) == (kind in COPIED)
    assert (result.note == "") == (kind in COPIED)


@pytest.mark.parametrize("suffix", ["mp4", "ts", "mkv"])
@pytest.mark.parametrize("name", CODINGS)
def test_films_of_many_codings(coded: FilmOf, name: str, suffix: str, target: Path) -> None:
    film = coded(name, suffix)
    times = times_of(film)
    result = swift(film, times[13], times[91], target)
    assert contents(target).numbers == shown_numbers(target) == tuple(range(13, 91))
    assert decodes_cleanly(target)
    ours, theirs = slices_of(target), set(slices_of(film))
    frames = result.copied // 40_000
    a_frame = 4 if name == "slices" else 1
    assert sum(one in theirs for one in ours) == frames * a_frame
    assert frames >= 63  # all from the second keyframe on, but for a few pictures at the end
    assert probe(target).video == probe_as(film, target)


def probe_as(film: Path, clip: Path) -> object:
    """Give what a clip should tell of its picture: what the film does, but for its length."""
    ours, theirs = probe(clip).video, probe(film).video
    assert ours is not None
    assert theirs is not None
    with open_video(film) as video, open_video(clip) as other:
        assert video.pixel_aspect == other.pixel_aspect
        before, after = video.frame(20).picture, other.frame(7).picture
        assert (before.format.name, before.color_range) == (after.format.name, after.color_range)
        assert np.abs(video.frame(40).to_rgb() - other.frame(27).to_rgb().astype(int)).max() == 0
    assert (ours.width, ours.height) == (theirs.width, theirs.height)
    return ours


@pytest.mark.parametrize("turn", TURNS)
def test_a_turned_film_is_turned_as_much_and_not_moved(
    coded: FilmOf, turn: str, tmp_path: Path, target: Path
) -> None:
    film = Path(copy(coded("b-pyramid"), tmp_path))
    write_matrix(film, TURNS[turn])
    times = times_of(film)
    result = swift(film, times[13], times[91], target)
    assert result.copied > 2_000_000
    *turning, _, _, whole = TURNS[turn]
    assert read_matrix(target) == (*turning, 0, 0, whole)
    with open_video(film) as video, open_video(target) as clip:
        assert len(clip.frame_times) == 78
        for at in (0, 11, 12, 40, 77):  # encoded, copied, and the last of all
            theirs, ours = video.frame(at + 13).to_rgb(), clip.frame(at).to_rgb()
            assert ours.shape == theirs.shape
            assert np.abs(ours - theirs.astype(int)).mean() < 2
        assert result.picture is not None
        assert (result.picture.width, result.picture.height) == ours.shape[1::-1]
    assert decodes_cleanly(target)


def test_a_film_turned_askew_is_turned_as_we_show_it(
    coded: FilmOf, tmp_path: Path, target: Path
) -> None:
    film = Path(copy(coded("b-pyramid"), tmp_path))
    write_matrix(film, (9000, 64000, 0, -64000, 9000, 0, 1234, 5678, W))
    times = times_of(film)
    assert swift(film, times[13], times[91], target).copied > 0
    assert read_matrix(target) == (0, ONE, 0, -ONE, 0, 0, 0, 0, W)


@pytest.mark.parametrize(
    ("first", "after"),
    [(24, 76), (25, 75), (26, 74), (25, 100), (0, 100), (1, 99), (25, 26), (24, 27), (0, 51)],
)
@pytest.mark.parametrize("name", ["b-pyramid", "no b-frames"])
def test_both_ends_may_be_anywhere(
    coded: FilmOf, name: str, first: int, after: int, target: Path
) -> None:
    film = coded(name)
    times = [*times_of(film), Micros(4_000_000)]
    result = swift(film, times[first], times[after], target)
    asked = tuple(range(first, after))
    assert contents(target).numbers == shown_numbers(target) == asked
    assert contents(target).packets == len(asked)
    assert decodes_cleanly(target)
    assert abs(probe(target).duration - 40_000 * len(asked)) <= 1000
    if (first, after) in {(25, 75), (25, 100), (0, 100), (25, 26)}:
        assert set(slices_of(target)) <= set(slices_of(film)) or name == "b-pyramid"
        assert result.copied > 0


def test_a_clip_may_begin_and_end_amid_frames(coded: FilmOf, tmp_path: Path, target: Path) -> None:
    film = coded("b-pyramid")
    result = swift(film, Micros(1_010_000), Micros(3_970_001), target)
    assert contents(target).numbers == tuple(range(25, 100))
    with open_video(target) as video:
        assert video.frame_times[1] == 30_000
    exact = tmp_path / "exact.mp4"
    must_cut(CutWish(film, Micros(1_010_000), Micros(3_970_001), exact))
    assert probe(target).duration == probe(exact).duration
    assert result.copied > 2_000_000


def test_a_long_clip_is_decoded_at_its_joins_and_known_by_its_bytes_between(
    tmp_path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = write_coded(tmp_path / "film.mp4", 300, CODINGS["b-pyramid"])
    times = times_of(film)
    swift(film, times[13], times[291], target)
    assert contents(target).numbers == shown_numbers(target) == tuple(range(13, 291))
    assert decodes_cleanly(target)
    with monkeypatch.context() as patch:
        patch.setattr(swift_making, "digest", lambda data: data[:16].ljust(16))
        note = swift(film, times[13], times[291], tmp_path / "again.mp4").note
    assert "did not come out right" in note


@pytest.mark.parametrize(
    "kind",
    [ClipKind.FPS_25, ClipKind.LATE_AUDIO, ClipKind.LATE_VIDEO, ClipKind.NEGATIVE_EDIT],
)
def test_sound_is_exact_to_the_sample(clip_of: ClipOf, kind: ClipKind, target: Path) -> None:
    clip = clip_of(kind)
    click = next(at for at in clip.clicks[0] if at > 1_000_000)
    start, end = Micros(click - 300_017), Micros(click + 800_023)
    result = swift(clip.path, start, end, target)
    assert result.copied > 0
    with open_audio(target) as reader:
        assert result.sound is not None
        assert (reader.start, reader.end) == (0, result.sound.samples)
        ours = reader.read_samples(0, reader.end)[:, 0]
    theirs = heard(clip.path, start, end)[:, 0]
    assert len(theirs) == len(ours)
    assert lag(ours, theirs) == 0


def test_no_sound_from_outside_is_hidden(clip_of: ClipOf, target: Path) -> None:
    clip = clip_of(ClipKind.FPS_29_97)
    before, after = clip.clicks[0][1:3]
    result = swift(clip.path, Micros(before + 60_000), Micros(after - 1000), target)
    assert result.copied > 0
    assert np.abs(heard(clip.path, before, after)).max() > 0.5
    assert np.abs(contents(target).sound).max() < 0.01
