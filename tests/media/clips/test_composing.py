"""Several recordings in one clip: each shows its own frame of every moment, and no other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from annotator.errors import FilmGoneError, MediaError
from annotator.media import open_video, probe
from annotator.media.audio import open_audio
from annotator.media.clips.composition import Composition, Corner, Heard, Inset, Layout, Take
from annotator.media.clips.cutting import cut
from annotator.media.clips.panes import Pane, board_of
from annotator.media.clips.wishes import Changes, CutResult, CutWish, Form, Size
from annotator.media.covering import Cover
from annotator.media.face_boxes import Box
from annotator.media.face_masks import DrawnMask, MaskPlan
from annotator.media.frame import Frame, Picture
from annotator.media.frame_reader import FrameReader
from annotator.media.mixing import Mix, Voice
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey, survey
from annotator.model import Interval, Look, Micros
from tests.support.cut_clips import heard, lag, must_cut
from tests.support.sounds import write_tone
from tests.support.timing_clips import ClipKind, TimingClip, paint_number, read_number

ClipOf = Callable[[ClipKind], TimingClip]
Placed = tuple[TimingClip, int]
"""A clip and the session time, in microseconds, of its own time 0."""

PLAIN = None
PAIRS = [
    ((ClipKind.FPS_25, 0), (ClipKind.FPS_29_97, 480_013)),
    ((ClipKind.FPS_29_97, 200_000), (ClipKind.FPS_25, 0)),
    ((ClipKind.FPS_25, 0), (ClipKind.VARIABLE, -700_001)),
    ((ClipKind.PHONE, 0), (ClipKind.FPS_60, 1_250_000)),
    ((ClipKind.LATE_VIDEO, 0), (ClipKind.OPEN_GOP, 333_333)),
    ((ClipKind.VIDEO_CALL, 0), (ClipKind.ROTATED_180, 40_001)),
    ((ClipKind.ODD_WIDTH, 0), (ClipKind.NEGATIVE_EDIT, 123_456)),
    ((ClipKind.WEBM, 0), (ClipKind.HEVC_10_BIT, 90_000)),
]


def takes_of(placed: list[Placed]) -> tuple[Take, ...]:
    return tuple(Take(clip.path, Micros(offset)) for clip, offset in placed)


def side_by_side(
    placed: list[Placed], bounds: tuple[int, int], target: Path, form: Form = Form.MP4
) -> CutWish:
    composition = Composition(takes_of(placed), (), Layout.SIDE)
    start, end = map(Micros, bounds)
    return CutWish(placed[0][0].path, start, end, target, form, composition=composition)


@cache
def length_of(path: Path) -> Micros:
    return probe(path).duration


def number_at(placed: Placed, time: int) -> int | None:
    """Tell which number a recording shows at a session time; None where it does not run."""
    clip, offset = placed
    own = time - offset
    at = bisect_right(clip.frame_times, own) - 1
    return clip.numbers[at] if at >= 0 and own < length_of(clip.path) else PLAIN


def field_of(picture: Picture, pane: Pane) -> NDArray[np.uint8]:
    return picture[pane.top : pane.top + pane.height, pane.left : pane.left + pane.width]


def seen(picture: Picture, pane: Pane) -> int | None:
    """Read the number in a field; None where it is plain, -1 where it is neither."""
    found = field_of(picture, pane)
    is_plain = found.std() < 4 and found.mean() > 23  # the number 0 is darker
    return PLAIN if is_plain else read_number(found)


@dataclass(frozen=True)
class Shown:
    """One picture of a clip: how long after the first one it is shown, and numbers by field."""

    time: int
    numbers: tuple[int | None, ...]


def decoded(path: Path, panes: tuple[Pane, ...]) -> list[Shown]:
    """Decode all that stands in a clip, with what players would leave out."""
    found: list[Shown] = []
    zero = Fraction(0)
    with av.open(f"file:{path}", options={"ignore_editlist": "1"}) as container:
        for frame in container.decode(video=0):
            picture = frame.to_ndarray(format="rgb24")
            shown = Fraction(frame.pts or 0) * Fraction(frame.time_base or 1)
            zero = zero if found else shown
            time = round((shown - zero) * 1_000_000)
            found.append(Shown(time, tuple(seen(picture, pane) for pane in panes)))
    return found


def sizes(placed: list[Placed]) -> list[tuple[int, int]]:
    return [(clip.width, clip.height) for clip, _ in placed]


def lead_times(placed: list[Placed], bounds: tuple[int, int]) -> set[int]:
    """List when the frames of the fastest recording come on screen."""
    clip, offset = max(placed, key=lambda one: Fraction(rate_of(one[0])))
    times = (time + offset for time in clip.frame_times)
    return {time - bounds[0] for time in times if bounds[0] <= time < bounds[1]}


def rate_of(clip: TimingClip) -> str:
    video = probe(clip.path).video
    assert video is not None
    return video.rate


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_each_recording_shows_its_frame_of_the_moment_and_no_other(
    clip_of: ClipOf, tmp_path: Path, pair: tuple[tuple[ClipKind, int], ...], form: Form
) -> None:
    placed = [(clip_of(kind), offset) for kind, offset in pair]
    bounds = (610_007, 1_830_011)
    target = tmp_path / f"clip.{form}"
    result = must_cut(side_by_side(placed, bounds, target, form))
    canvas = board_of(Layout.SIDE, sizes(placed))
    found = decoded(target, canvas.panes)
    assert result.picture is not None
    assert (result.picture.width, result.picture.height) == (canvas.width, canvas.height)
    assert len(found) == result.picture.frames
    clock = 1000 if form is Form.WEBM else 100
    lead = lead_times(placed, bounds)
    moments = exact_moments([one.time for one in found], lead, clock)
    for one, moment in zip(found, moments, strict=True):
        unsure = 0 if moment in lead else clock
        known = [
            {number_at(each, bounds[0] + moment + nudge) for nudge in (-unsure, unsure)}
            for each in placed
        ]
        assert all(number in may for number, may in zip(one.numbers, known, strict=True)), moment
    assert lead <= set(moments)


def exact_moments(told: list[int], lead: set[int], clock: int) -> list[int]:
    """Give the true moments of pictures that a file rounds to its clock."""
    return [next((one for one in lead if abs(one - time) <= clock), time) for time in told]


def test_three_and_four_stand_in_two_rows(clip_of: ClipOf, tmp_path: Path) -> None:
    kinds = (ClipKind.FPS_25, ClipKind.FPS_29_97, ClipKind.ROTATED_90, ClipKind.MATROSKA)
    for count in (3, 4):
        placed = [(clip_of(kind), at * 70_000) for at, kind in enumerate(kinds[:count])]
        target = tmp_path / f"{count}.mp4"
        must_cut(side_by_side(placed, (400_000, 700_000), target))
        canvas = board_of(Layout.SIDE, sizes(placed))
        found = decoded(target, canvas.panes)
        assert len(found) >= 8
        for one in found:
            near = [
                {number_at(each, 400_000 + one.time + nudge) for nudge in (-50, 50)}
                for each in placed
            ]
            assert all(number in known for number, known in zip(one.numbers, near, strict=True))


@pytest.mark.parametrize("corner", list(Corner))
def test_a_small_picture_in_a_corner(clip_of: ClipOf, tmp_path: Path, corner: Corner) -> None:
    placed = [(clip_of(ClipKind.AVI_DV), 0), (clip_of(ClipKind.FPS_25), 110_000)]
    inset = Inset(corner, 0.3)
    composition = Composition(takes_of(placed), (), Layout.INSET, inset)
    target = tmp_path / "clip.mp4"
    wish = CutWish(
        placed[0][0].path, Micros(500_000), Micros(900_000), target, composition=composition
    )
    must_cut(wish)
    with open_video(target) as video:
        picture = video.frame(3).to_rgb()
        time = 500_000 + video.frame_times[3]
    height, width = picture.shape[:2]
    small = board_of(Layout.INSET, [(width, height), (192, 128)], inset).panes[1]
    assert seen(picture, small) == number_at(placed[1], time)
    assert abs(small.width - 0.3 * width) <= 2
    assert (small.left < width / 2) == (corner in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT))
    assert (small.top < height / 2) == (corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT))
    assert 0 < small.left < small.left + small.width < width
    assert 0 < small.top < small.top + small.height < height
    above = picture[small.top - 2 : small.top, small.left : small.left + small.width]
    assert above.mean() < 24  # a dark line parts it from what is below


def test_a_recording_that_is_not_there_yet_or_any_more_is_a_plain_field(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    early, late = (clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.FPS_60), 2_500_000)
    target = tmp_path / "clip.mp4"
    must_cut(side_by_side([early, late], (2_000_000, 3_500_000), target))
    panes = board_of(Layout.SIDE, sizes([early, late])).panes
    found = decoded(target, panes)
    ended = probe(early[0].path).duration - 2_000_000
    for one in found:
        assert (one.numbers[0] is PLAIN) == (one.time >= ended - 60)
        assert (one.numbers[1] is PLAIN) == (one.time < 500_000 - 60)
        assert -1 not in one.numbers
    assert {one.numbers[0] for one in found} > {50, 74, PLAIN}
    assert {one.numbers[1] for one in found} >= {PLAIN, 0, 59}
    assert probe(target).duration == pytest.approx(1_500_000, abs=1000)


def test_recordings_that_are_known_are_not_read_through_again(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.TWO_TRACKS), 40_000)]
    wish = side_by_side(placed, (400_000, 600_000), tmp_path / "clip.mp4")
    known = tuple(survey(clip.path) for clip, _ in placed)
    heard_too = (Heard(placed[1][0].path, Micros(40_000), track=1),)
    composition = Composition(takes_of(placed), heard_too, Layout.SIDE, known=known)

    def never(path: Path) -> Survey:
        pytest.fail(f"{path.name} is read through")

    monkeypatch.setattr("annotator.media.clips.composition.survey", never)
    result = must_cut(replace(wish, composition=composition))
    assert result.picture is not None
    assert result.sound is not None


def test_damage_far_from_the_clip_does_not_matter(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.FPS_25), 0)]
    whole = FrameReader.frame

    def spoilt(self: FrameReader, index: int) -> Frame:
        if index == 0:
            raise MediaError("The picture at 0:00:00.000 is damaged.")
        return whole(self, index)

    monkeypatch.setattr(FrameReader, "frame", spoilt)
    result = must_cut(side_by_side(placed, (1_000_000, 1_400_000), tmp_path / "clip.mp4"))
    assert result.picture is not None
    assert result.picture.frames == 10


def test_a_gap_between_recordings_is_plain(clip_of: ClipOf, tmp_path: Path) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.FPS_25), 5_000_000)]
    target = tmp_path / "clip.mp4"
    must_cut(side_by_side(placed, (2_800_000, 5_400_000), target))
    panes = board_of(Layout.SIDE, sizes(placed)).panes
    shown = [one.numbers for one in decoded(target, panes)]
    assert shown[0] == (70, PLAIN)
    assert (PLAIN, PLAIN) in shown
    assert shown[-1] == (PLAIN, 9)


def test_what_was_chosen_must_run_at_both_ends(clip_of: ClipOf, tmp_path: Path) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 100_000), (clip_of(ClipKind.FPS_60), 200_000)]
    for bounds in ((50_000, 400_000), (1_000_000, 9_000_000)):
        with pytest.raises(MediaError, match="what was chosen for it runs from"):
            cut(side_by_side(placed, bounds, tmp_path / "clip.mp4"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("count", [1, 5])
def test_side_by_side_stand_two_to_four(clip_of: ClipOf, tmp_path: Path, count: int) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0)] * count
    with pytest.raises(MediaError, match="2 to 4 recordings"):
        cut(side_by_side(placed, (0, 400_000), tmp_path / "clip.mp4"))


@dataclass(frozen=True)
class Adds:
    """Paints another number over each picture, and looks at what it was given."""

    times: tuple[Micros, ...]
    more: int

    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        assert read_number(picture) == index
        assert self.times[index] == time
        return paint_number(index + self.more, picture.shape[1], picture.shape[0])


def test_each_recording_is_masked_before_they_are_put_together(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0), (clip_of(ClipKind.ROTATED_90), 60_000)]
    changes = Changes(
        takes=(Adds(placed[0][0].frame_times, 1000), Adds(placed[1][0].frame_times, 2000))
    )
    target = tmp_path / "clip.mp4"
    must_cut(replace(side_by_side(placed, (400_000, 800_000), target), changes=changes))
    panes = board_of(Layout.SIDE, sizes(placed)).panes
    for one in decoded(target, panes):
        clear = [number_at(each, 400_000 + one.time + 60) for each in placed]
        assert one.numbers == (1000 + (clear[0] or 0), 2000 + (clear[1] or 0))


@pytest.mark.parametrize(
    ("kind", "look"),
    [
        (ClipKind.FPS_25, Look()),
        (ClipKind.ROTATED_90, Look()),
        (ClipKind.ROTATED_270, Look(turn=90)),
        (ClipKind.FPS_25, Look(turn=270, brightness=0.3)),
    ],
)
def test_a_box_is_covered_where_it_is_in_the_film_however_it_is_turned(
    clip_of: ClipOf, tmp_path: Path, kind: ClipKind, look: Look
) -> None:
    """The box covers the right half of the upright film, in the second recording alone."""
    lead, clip = (clip_of(ClipKind.FPS_25), 0), (clip_of(kind), 120_000)
    whole = Interval(Micros(0), Micros(10_000_000))
    size = clip[0].width, clip[0].height
    box = Box(size[0] / 2, -10, size[0] + 10, size[1] + 10)
    plan = MaskPlan(size, whole, drawn=(DrawnMask(whole, ((Micros(0), box),)),))
    takes = (Take(lead[0].path, Micros(0)), Take(clip[0].path, Micros(clip[1]), look))
    target = tmp_path / "clip.mp4"
    wish = side_by_side([lead, clip], (400_000, 600_000), target)
    composition = Composition(takes, (), Layout.SIDE)
    changes = Changes(takes=(None, Cover(plan)))
    must_cut(replace(wish, composition=composition, changes=changes))
    shown = size[::-1] if look.turn % 180 else size
    first, second = board_of(Layout.SIDE, [(192, 128), shown]).panes
    with open_video(target) as video:
        picture = video.frame(2).to_rgb()
    assert seen(picture, first) == number_at(lead, 400_000 + 80_000)
    upright = np.rot90(field_of(picture, second), look.turn // 90).astype(int)
    width = upright.shape[1]
    assert upright[4:-4, width // 2 + 4 : -4].std() < 6  # solid
    assert upright[4:-4, 4 : width // 2 - 4].std() > 40  # open


def test_a_look_is_followed(clip_of: ClipOf, tmp_path: Path) -> None:
    clip = clip_of(ClipKind.FPS_25)
    shown = []
    for name, look in (
        ("plain", Look()),
        ("turned", Look(turn=90)),
        ("wide", Look(shape="16:9")),
        ("dark", Look(brightness=-0.6, deinterlace=True)),
    ):
        take = Take(clip.path, Micros(0), look)
        target = tmp_path / f"{name}.mp4"
        wish = CutWish(
            clip.path,
            Micros(0),
            Micros(200_000),
            target,
            composition=Composition((take,), ()),
        )
        must_cut(wish)
        with open_video(target) as video:
            shown.append(video.frame(2).to_rgb())
    plain, turned, wide, dark = shown
    assert read_number(plain) == read_number(np.rot90(turned)) == read_number(wide) == 2
    assert turned.shape[:2] == (192, 128)
    assert wide.shape[:2] == (128, 228)
    assert abs(plain.astype(int).mean() - dark.mean()) < 40  # black and white stay
    assert np.abs(plain.astype(int) - dark).max() < 60


@pytest.mark.parametrize("matrix", [Form.MP4, Form.WEBM])
def test_colours_stay_what_they_were(tmp_path: Path, matrix: Form) -> None:
    """A film of high definition beside one of standard definition: other numbers, one colour."""
    films = []
    for at, size in enumerate([(160, 120), (640, 720)]):
        path = tmp_path / f"film-{at}.mp4"
        with av.open(str(path), "w") as output:
            stream = output.add_stream("libx264", rate=25)
            stream.width, stream.height = size
            stream.codec_context.colorspace = 1 if at else 6
            rgb = np.full((size[1], size[0], 3), (190, 60, 40), np.uint8)
            for number in range(10):
                frame = av.VideoFrame.from_ndarray(rgb, "rgb24").reformat(
                    format="yuv420p", dst_colorspace=1 if at else 5
                )
                frame.pts, frame.time_base = number, Fraction(1, 25)
                output.mux(stream.encode(frame))
            output.mux(stream.encode(None))
        films.append(Take(path, Micros(0)))
    target = tmp_path / f"clip.{matrix}"
    wish = CutWish(
        films[0].path,
        Micros(0),
        Micros(300_000),
        target,
        matrix,
        composition=Composition(tuple(films), (), Layout.SIDE),
    )
    must_cut(wish)
    with open_video(target) as video:
        picture = video.frame(3).to_rgb()
    for pane in board_of(Layout.SIDE, [(160, 120), (640, 720)]).panes:
        middle = field_of(picture, pane)[8:-8, 8:-8].mean(axis=(0, 1))
        assert np.abs(middle - (190, 60, 40)).max() <= 5


def test_pixels_that_are_not_square_are_shown_as_wide_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=25)
        stream.width, stream.height = 120, 120
        stream.codec_context.sample_aspect_ratio = Fraction(4, 3)
        for number in range(10):
            frame = av.VideoFrame.from_ndarray(paint_number(number, 120, 120), "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    take = Take(path, Micros(0))
    target = tmp_path / "clip.mp4"
    composition = Composition((take, take), (), Layout.SIDE)
    must_cut(CutWish(path, Micros(0), Micros(300_000), target, composition=composition))
    (pane, _) = board_of(Layout.SIDE, [(160, 120)] * 2).panes
    assert (pane.width, pane.height) == (160, 120)
    with open_video(target) as video:
        assert seen(video.frame(4).to_rgb(), pane) == 4


def mixed(tracks: list[Heard], start: int, end: int) -> NDArray[np.float32]:
    """Mix as the player does."""
    readers = [open_audio(one.path, one.track) for one in tracks]
    try:
        voices = [
            Voice(reader, one.offset, one.gain) for reader, one in zip(readers, tracks, strict=True)
        ]
        return Mix(voices).read(start, end)
    finally:
        for reader in readers:
            reader.close()


@pytest.mark.parametrize("form", [Form.WAV, Form.M4A, Form.MP4])
def test_sounds_are_mixed_by_their_offsets_and_volumes(
    clip_of: ClipOf, tmp_path: Path, form: Form
) -> None:
    film, tone = clip_of(ClipKind.TWO_TRACKS), write_tone(tmp_path / "tone.wav", 700, 3, 44_100)
    tracks = [
        Heard(film.path, Micros(150_000)),
        Heard(film.path, Micros(150_000), track=1, gain=0.25),
        Heard(tone, Micros(700_000), gain=0.1),
    ]
    start, end = 500_000, 1_900_000
    takes = (Take(film.path, Micros(150_000)),)
    target = tmp_path / f"clip.{form}"
    wish = CutWish(
        film.path,
        Micros(start),
        Micros(end),
        target,
        form,
        composition=Composition(takes, tuple(tracks)),
    )
    result = must_cut(wish)
    assert result.sound is not None
    assert result.sound.samples == (end - start) * 48 // 1000
    ours, theirs = heard(target, 0, end - start)[:, 0], mixed(tracks, start, end)[:, 0]
    assert lag(ours, theirs) == 0
    assert np.corrcoef(ours, theirs)[0, 1] > 0.98
    clicks = [at + 150_000 - start for at in film.clicks[0] if start < at + 150_000 < end]
    assert clicks
    for at in clicks:  # the first track's clicks stand where the session has them
        place = at * 48 // 1000
        assert np.abs(ours[place : place + 100]).max() > 0.5
    before = (700_000 - start) * 48 // 1000 - 2000
    assert np.abs(ours[before - 500 : before]).max() < 0.05  # the tone has not begun


def test_the_sound_of_another_recording(clip_of: ClipOf, tmp_path: Path) -> None:
    film = clip_of(ClipKind.NO_AUDIO)
    sound = clip_of(ClipKind.AUDIO_ONLY)
    tracks = (Heard(sound.path, Micros(-250_000)),)
    target = tmp_path / "clip.mp4"
    wish = CutWish(
        film.path,
        Micros(200_000),
        Micros(1_700_000),
        target,
        composition=Composition((Take(film.path, Micros(0)),), tracks),
    )
    must_cut(wish)
    ours, theirs = heard(target, 0, 1_500_000), heard(sound.path, 450_000, 1_950_000)
    assert lag(ours[:, 0], theirs[:, 0]) == 0
    with open_video(target) as video:
        found = [read_number(video.frame(at).to_rgb()) for at in range(len(video.frame_times))]
    assert tuple(found) == film.numbers[5:43]


def test_two_sound_recordings_make_a_clip_of_sound_alone(clip_of: ClipOf, tmp_path: Path) -> None:
    sound, tone = clip_of(ClipKind.AUDIO_ONLY), write_tone(tmp_path / "tone.wav", 700, 3)
    tracks = (Heard(sound.path, Micros(0)), Heard(tone, Micros(100_000)))
    composition = Composition((Take(sound.path, Micros(0)),), tracks)
    bounds = Micros(200_000), Micros(900_000)
    target = tmp_path / "clip.mp4"
    result = must_cut(CutWish(sound.path, *bounds, target, composition=composition))
    assert result.picture is None
    assert lag(heard(target, 0, 700_000)[:, 0], mixed(list(tracks), *bounds)[:, 0]) == 0


def test_a_limit_of_the_height_holds_for_the_whole(clip_of: ClipOf, tmp_path: Path) -> None:
    placed = [(clip_of(ClipKind.FPS_25), 0)] * 2
    wish = side_by_side(placed, (0, 300_000), tmp_path / "clip.mp4")
    result: CutResult = must_cut(replace(wish, size=Size(most_height=96)))
    assert result.picture is not None
    assert result.picture.height == 96


def test_large_films_side_by_side_are_no_larger_than_a_classroom_shows() -> None:
    for count in (2, 3, 4):
        canvas = board_of(Layout.SIDE, [(1920, 1080)] * count)
        assert canvas.width <= 1960
        assert canvas.height <= 1100
        boxes = [(p.left, p.top, p.left + p.width, p.top + p.height) for p in canvas.panes]
        for at, one in enumerate(boxes):
            assert one[2] <= canvas.width
            assert one[3] <= canvas.height
            for other in boxes[at + 1 :]:
                apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1]
                assert apart


def test_one_of_the_films_that_goes_away_meanwhile_is_said(clip_of: ClipOf, tmp_path: Path) -> None:
    second = tmp_path / "second.mp4"
    second.write_bytes(clip_of(ClipKind.FPS_25).path.read_bytes())
    gone = replace(clip_of(ClipKind.FPS_25), path=second)
    placed = [(clip_of(ClipKind.FPS_25), 0), (gone, 0)]

    def take_away(done: float) -> None:
        if done > 0.3:
            second.unlink(missing_ok=True)

    with pytest.raises(FilmGoneError, match=r"second\.mp4"):
        cut(side_by_side(placed, (0, 2_000_000), tmp_path / "clip.mp4"), Watch(take_away))
    assert list(tmp_path.iterdir()) == []
