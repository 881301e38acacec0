"""Where pictures cannot be copied rightly, a clip is cut exactly, and says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import av
import pytest

from annotator.errors import GivenUpError, MediaError
from annotator.media import probe
from annotator.media.clips import swift as swift_making
from annotator.media.clips.cutting import cut
from annotator.media.clips.h264 import (
    ParameterSets,
    parameter_sets,
    sequence_facts,
    to_header,
    units_of,
)
from annotator.media.clips.wishes import (
    Changes,
    CutWish,
    Form,
    Mode,
    Quality,
    Size,
)
from annotator.media.frame import Orientation, Picture
from annotator.media.sound_stream import Watch
from annotator.model import Micros
from tests.support.coded_films import (
    Coding,
    add_colour_profile,
    slices_of,
    times_of,
    write_coded,
)
from tests.support.cut_clips import contents, must_cut
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
SECOND = {"g": "25", "sc_threshold": "0"}
INTERLACED = 1 << 18 | 1 << 29
TURNED_ROUND = Orientation(180).matrix
PLANTED = "Room4DrDoe"
REFUSED = {
    "open groups": (
        Coding(options=SECOND | {"bf": "2", "b_strategy": "0"}, parameters="open-gop=1"),
        "too few pictures",
    ),
    "refreshed bit by bit": (
        Coding(options=SECOND | {"intra-refresh": "1", "bf": "0"}),
        "too few pictures",
    ),
    "one keyframe": (Coding(options={"g": "250", "sc_threshold": "0"}), "too few pictures"),
    "interlaced": (Coding(options=SECOND, flags=INTERLACED), "interlaced"),
    "10 bits": (Coding(pixels="yuv420p10le", options=SECOND), "finer colours"),
    "4:2:2": (Coding(pixels="yuv422p", options=SECOND), "finer colours"),
    "4:4:4": (Coding(pixels="yuv444p", options=SECOND), "finer colours"),
    "HEVC": (
        Coding("libx265", options={"preset": "ultrafast", "x265-params": "keyint=25:log-level=0"}),
        "not H.264",
    ),
    "MPEG-4": (Coding("mpeg4", options={"g": "25"}), "not H.264"),
}


class Leaves:
    """Leaves pictures as they are, but might not."""

    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        del index, time
        return picture


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return write_coded(tmp_path / "film.mp4", 100, Coding(options=SECOND))


@pytest.fixture
def wish(film: Path, tmp_path: Path) -> CutWish:
    times = times_of(film)
    return CutWish(film, times[13], times[91], tmp_path / "clip.mp4", mode=Mode.SWIFT)


@pytest.mark.parametrize("suffix", ["mp4", "ts"])
@pytest.mark.parametrize("name", REFUSED)
def test_films_that_are_not_copied(name: str, suffix: str, tmp_path: Path) -> None:
    coding, why = REFUSED[name]
    film = write_coded(tmp_path / f"film.{suffix}", 100, coding)
    times = times_of(film)
    target = tmp_path / "clip.mp4"
    result = must_cut(CutWish(film, times[13], times[91], target, mode=Mode.SWIFT))
    assert result.copied == 0
    assert result.note.startswith("The clip was cut exactly, as ")
    assert why in result.note
    assert contents(target).numbers == tuple(range(13, 91))


def test_a_clip_that_would_be_shown_lying_is_cut_exactly(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_of(ClipKind.PHONE)
    first, after = clip.frame_times[20], clip.frame_times[60]
    monkeypatch.setattr(Orientation, "matrix", TURNED_ROUND)
    wish = CutWish(clip.path, first, after, tmp_path / "clip.mp4", mode=Mode.SWIFT)
    assert "did not come out right" in must_cut(wish).note
    video = probe(wish.target).video
    assert video is not None
    assert (video.width, video.height, video.rotation) == (clip.width, clip.height, 0)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (lambda wish: replace(wish, changes=Changes(pictures=Leaves())), "masked"),
        (lambda wish: replace(wish, size=Size(Quality.SMALL)), "smaller"),
        (lambda wish: replace(wish, size=Size(most_bytes=10_000_000)), "smaller"),
        (lambda wish: replace(wish, size=Size(most_height=64)), "smaller"),
        (lambda wish: replace(wish, form=Form.WEBM), "MP4 alone"),
        (lambda wish: replace(wish, form=Form.GIF), "MP4 alone"),
        (lambda wish: replace(wish, form=Form.SHEET), "MP4 alone"),
    ],
)
def test_wishes_that_ask_for_other_pictures(
    wish: CutWish, asked: Callable[[CutWish], CutWish], why: str
) -> None:
    result = must_cut(asked(wish))
    assert why in result.note
    assert result.copied == 0


@pytest.mark.parametrize("form", [Form.MP4, Form.M4A, Form.WAV])
def test_of_sound_nothing_is_said_of_pictures(clip_of: ClipOf, tmp_path: Path, form: Form) -> None:
    sound, target = clip_of(ClipKind.AUDIO_ONLY), tmp_path / f"clip.{form}"
    wish = CutWish(sound.path, Micros(0), Micros(500_000), target, form, mode=Mode.SWIFT)
    assert must_cut(wish).note == ""


@pytest.mark.parametrize("size", [Size(most_height=128), Size(Quality.BEST)])
def test_wishes_that_copied_pictures_fulfil(wish: CutWish, size: Size) -> None:
    assert must_cut(replace(wish, size=size)).copied > 0


def test_exact_mode_copies_nothing(wish: CutWish) -> None:
    result = must_cut(replace(wish, mode=Mode.EXACT))
    assert (result.copied, result.note) == (0, "")
    for form in (Form.GIF, Form.SHEET):
        target = wish.target.with_suffix(f".{form}")
        assert must_cut(replace(wish, target=target, form=form, mode=Mode.EXACT)).note == ""
    assert not set(slices_of(wish.target)) & set(slices_of(wish.source))


def test_parameter_sets_that_change_on_the_way(tmp_path: Path) -> None:
    change = ((75, "h264_metadata=sample_aspect_ratio=2/1"),)
    film = write_coded(tmp_path / "film.ts", 100, Coding(options=SECOND, filters=change))
    times = times_of(film)
    target = tmp_path / "clip.mp4"
    result = must_cut(CutWish(film, times[13], times[91], target, mode=Mode.SWIFT))
    assert "changes in it" in result.note
    assert contents(target).numbers == tuple(range(13, 91))
    target.unlink()
    before = must_cut(CutWish(film, times[13], times[74], target, mode=Mode.SWIFT))
    assert before.note == ""
    assert before.copied > 0


def spoil(film: Path, number: int) -> None:
    """Turn over bytes in the middle of a coded picture of a film."""
    piece = slices_of(film)[number]
    data = bytearray(film.read_bytes())
    at = data.index(piece) + len(piece) // 2
    data[at : at + 8] = bytes(255 - one for one in data[at : at + 8])
    film.write_bytes(data)


def test_a_damaged_picture_beside_a_join(film: Path, wish: CutWish) -> None:
    spoil(film, 30)
    try:
        result = must_cut(wish)
    except MediaError as error:
        assert "damaged" in error.what  # noqa: PT017 either is right
        return
    assert result.copied == 0
    assert "did not come out right" in result.note
    assert contents(wish.target).packets <= 78


def test_what_is_written_wrongly_is_cut_exactly(
    wish: CutWish, monkeypatch: pytest.MonkeyPatch
) -> None:
    glimpse = swift_making.glimpse
    monkeypatch.setattr(swift_making, "glimpse", lambda picture: 255 - glimpse(picture))
    told: list[float] = []
    result = cut(wish, Watch(told.append), threads=1)
    assert "did not come out right" in result.note
    assert result.copied == 0
    assert contents(wish.target).numbers == tuple(range(13, 91))
    assert told == sorted(told)  # though all was done twice


@pytest.mark.parametrize("after", [0.1, 0.3, 0.6, 0.95])
def test_cancelled_on_the_way_no_file_is_left(wish: CutWish, after: float) -> None:
    told = [0.0]
    watch = Watch(told.append, lambda: told[-1] >= after)
    with pytest.raises(GivenUpError):
        cut(wish, watch, threads=1)
    assert [one.name for one in wish.target.parent.iterdir()] == ["film.mp4"]


def test_progress_rises_to_the_end(wish: CutWish) -> None:
    told: list[float] = []
    cut(wish, Watch(told.append), threads=1)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 60


def test_nothing_of_the_film_but_its_pictures_is_copied(tmp_path: Path) -> None:
    remark = f"h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+{PLANTED}"
    film = write_coded(tmp_path / "f.mp4", 100, Coding(options=SECOND, filters=((0, remark),)))
    assert film.read_bytes().count(PLANTED.encode()) >= 4
    times = times_of(film)
    target = tmp_path / "clip.mp4"
    result = must_cut(CutWish(film, times[13], times[91], target, mode=Mode.SWIFT))
    assert result.copied > 0
    data = target.read_bytes()
    assert not [one for one in (PLANTED.encode(), b"x264", b"Lavc", b"Lavf6") if one in data]
    with av.open(str(target)) as container:
        stream = container.streams.video[0]
        size = parameter_sets(stream.codec_context.extradata or b"").length_size
        units = [one for packet in container.demux() for one in units_of(bytes(packet), size)]
    assert {one[0] & 31 for one in units} <= {1, 5}


def test_a_colour_profile_which_may_tell_names_does_not_come_along(
    film: Path, wish: CutWish, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_colour_profile(film, "Screen of Zebulonia")
    with av.open(str(film)) as container:
        assert next(container.decode(video=0)).side_data.get("ICC_PROFILE") is not None
    result = must_cut(wish)
    assert result.note == (
        "The clip was cut exactly, as the film has a colour profile, which may tell names."
    )
    assert b"Zebulonia" not in wish.target.read_bytes()
    wish.target.unlink()
    monkeypatch.setattr(swift_making, "has_profile", lambda _picture: False)
    result = must_cut(wish)
    assert result.note.endswith("copies of its pictures did not come out right.")
    assert b"Zebulonia" not in wish.target.read_bytes()


def test_headers_that_cannot_be_read() -> None:
    begun = b"\x01d\x00\x1f\xff\xe1\x00"
    for extra in (b"", b"\x01", b"\x01d\x00\x1f", begun, begun + b"\x20gd", begun + b"\x02gd"):
        with pytest.raises(ValueError, match=r"cut off|no parameter sets"):
            parameter_sets(extra)
    with pytest.raises(ValueError, match="no parameter sets"):
        parameter_sets(b"\x00\x00\x01\x65aa")
    with pytest.raises(ValueError, match="cut off"):
        list(units_of(b"\x00\x00\x00\x09abc", 4))
    with pytest.raises(ValueError, match="cut off"):
        sequence_facts(b"\x67d")


def test_sets_that_do_not_go_together(tmp_path: Path) -> None:
    sets: list[ParameterSets] = []
    for profile in ("main", "high"):
        film = write_coded(tmp_path / f"{profile}.mp4", 2, Coding(options={"profile": profile}))
        with av.open(str(film)) as container:
            extra = container.streams.video[0].codec_context.extradata or b""
        sets.append(parameter_sets(extra))
        assert to_header(sets[-1].sequence, sets[-1].picture) == extra
    with pytest.raises(ValueError, match="several kinds"):
        to_header(sets[0].sequence + sets[1].sequence, sets[0].picture)
