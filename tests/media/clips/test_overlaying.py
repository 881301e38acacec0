"""Words are blended into pictures where they are, and every other pixel stays as it was."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.media import open_video
from annotator.media.clips.overlaying import Overlayer
from annotator.media.clips.shaping import Colours, Shape
from annotator.media.clips.wishes import Changes, CutWish, Form
from annotator.media.encoder_picture import PIXELS, copied, pixels_of
from annotator.media.lettering.fonts import Weight, font_for
from annotator.media.lettering.letters import UndrawableError, tidied
from annotator.media.lettering.looks import drawn
from annotator.media.lettering.patches import Canvas
from annotator.media.lettering.words import Look, Overlay, Words
from annotator.model import Micros
from tests.support.cut_clips import contents, must_cut
from tests.support.timing_clips import ClipKind, TimingClip

WIDTH, HEIGHT = 640, 360
SHAPE = Shape(WIDTH, HEIGHT, (WIDTH, HEIGHT), False, Colours(1, 2, 2))
GROUNDS = {"black": 16, "grey": 120, "white": 235}
SAID = {
    "Latin": "Therapist: you seem tired",
    "Greek and Cyrillic": "Ελληνικά Терапевт",
    "Arabic": "المعالج: أرى أنك",
    "Hebrew": "המטפל: מה שלומך",
    "Han": "咨询师：你好吗",  # noqa: RUF001 as Chinese writes
    "Hangul": "상담자: 안녕하세요",
    "Devanagari": "चिकित्सक: आपको कैसा लगा",
    "Thai": "ที่ปรึกษา: นั้น",
}


def plain(value: int) -> VideoFrame:
    return noisy(np.random.default_rng(1), value, value + 1)


def noisy(rng: np.random.Generator, low: int = 0, high: int = 256) -> VideoFrame:
    frame = VideoFrame(WIDTH, HEIGHT, PIXELS)
    for plane in frame.planes:
        lines = pixels_of(plane)
        lines[:] = rng.integers(low, high, lines.shape, np.uint8)
    return frame


def planes(frame: VideoFrame) -> list[NDArray[np.uint8]]:
    return [pixels_of(plane).copy() for plane in frame.planes]


def over(frame: VideoFrame, text: str, look: Look, aspect: float = 1) -> VideoFrame:
    overlay = Overlay((Words(tidied(text), look, Micros(0), Micros(1000)),))
    return Overlayer(overlay, SHAPE, aspect).over(frame, Fraction(0))


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("aspect", [1.0, 16 / 11])
def test_every_other_pixel_is_untouched(look: Look, aspect: float) -> None:
    frame = noisy(np.random.default_rng(7))
    before = planes(frame)
    after = planes(over(frame, "A question?", look, aspect))
    patch = drawn("A question?", look, Canvas(WIDTH, HEIGHT, aspect))
    shown = np.zeros((HEIGHT, WIDTH), bool)
    high, wide = patch.alpha.shape
    shown[patch.top : patch.top + high, patch.left : patch.left + wide] = patch.alpha > 0
    assert 0 < shown.mean() < 0.9
    assert (after[0] != before[0])[~shown].sum() == 0
    assert (after[0] != before[0])[shown].mean() > 0.5
    pairs = shown.reshape(HEIGHT // 2, 2, WIDTH // 2, 2).any(axis=(1, 3))
    for ours, theirs in zip(after[1:], before[1:], strict=True):
        assert (ours != theirs)[~pairs].sum() == 0
    assert all((a == b).all() for a, b in zip(planes(frame), before, strict=True))


@pytest.mark.parametrize(
    ("look", "rows", "columns"),
    [
        (Look.CAPTION, slice(HEIGHT // 2, HEIGHT), slice(0, WIDTH)),
        (Look.BADGE, slice(0, HEIGHT // 2), slice(0, WIDTH // 2)),
        (Look.WATERMARK, slice(0, HEIGHT // 2), slice(WIDTH // 2, WIDTH)),
        (Look.QUESTION, slice(HEIGHT // 3, HEIGHT), slice(0, WIDTH)),
    ],
)
def test_words_stand_in_their_place_off_the_edges(look: Look, rows: slice, columns: slice) -> None:
    changed = planes(over(plain(120), "Words", look))[0] != 120
    changed[rows, columns] = False
    assert not changed.any()
    edged = planes(over(plain(120), "Words", look))[0] != 120
    edged[8:-8, 8:-8] = False
    assert not edged.any()


@pytest.mark.parametrize("look", list(Look))
@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_letters_are_readable_on_any_ground(look: Look, ground: int) -> None:
    light = planes(over(plain(ground), "MMMMM", look))[0].astype(float)
    touched = light[light != ground]
    assert touched.max() > 190
    letters, dark = np.percentile(touched, 99), light[_beside(light > 185)].min()
    assert letters - dark > 85


def _beside(bright: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Find what lies within two pixels of what is bright."""
    near = np.zeros_like(bright)
    for down in range(-2, 3):
        for right in range(-2, 3):
            near |= np.roll(bright, (down, right), (0, 1))
    return near


@pytest.mark.parametrize("script", SAID)
def test_each_scripts_letters_are_drawn(script: str) -> None:
    text = SAID[script]
    if any(font_for(letter, Weight.REGULAR) is None for letter in text):
        pytest.skip(f"no font on this computer has the letters of {script}")
    light = planes(over(plain(16), text, Look.CAPTION))[0]
    columns = (light > 150).any(axis=0)
    starts = np.flatnonzero(np.diff(columns.astype(int)) == 1)
    assert len(starts) >= 4  # several letters or words stand apart
    words = [planes(over(plain(16), word, Look.CAPTION))[0] for word in text.split()]
    assert all((word > 150).sum() > 20 for word in words)


def test_a_mark_is_set_on_its_letter_and_widens_nothing() -> None:
    canvas = Canvas(1280, 720)
    bare, marked = (drawn(tidied(text), Look.CAPTION, canvas) for text in ("qqq", "q\u0323qq"))
    assert bare.alpha.shape == marked.alpha.shape
    assert (bare.rgb != marked.rgb).any()


def test_a_text_that_runs_left_is_another_picture_than_its_mirror() -> None:
    canvas = Canvas(640, 360)
    one, other = (drawn(text, Look.CAPTION, canvas).rgb for text in ("אבגד", "דגבא"))
    assert one.shape == other.shape
    assert (one != other).any()


@pytest.mark.parametrize("look", list(Look))
def test_what_has_no_room_is_refused(look: Look) -> None:
    with pytest.raises(UndrawableError, match="has no room"):
        drawn("word " * 999, look, Canvas(WIDTH, HEIGHT))
    with pytest.raises(UndrawableError, match="has no room"):
        drawn("x" * 5000, look, Canvas(WIDTH, HEIGHT))


def test_a_long_word_is_broken_to_fit() -> None:
    patch = drawn("x" * 120, Look.CAPTION, Canvas(WIDTH, HEIGHT))
    assert patch.left > 0
    assert patch.left + patch.alpha.shape[1] < WIDTH


@pytest.mark.parametrize("size", [(64, 36), (36, 64), (1920, 1080), (1080, 1920), (720, 576)])
def test_words_keep_their_share_of_any_picture(size: tuple[int, int]) -> None:
    if min(size) < 100:
        with pytest.raises(UndrawableError):
            drawn("You seem to have been carrying this", Look.BADGE, Canvas(*size))
        return
    patch = drawn("Client: It was not easy to come here", Look.CAPTION, Canvas(*size))
    high, wide = patch.alpha.shape
    assert 0.02 < high / size[1] < 0.2
    assert wide < size[0] * 0.95


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
def test_a_clip_carries_its_words_while_they_last(
    clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path, form: Form
) -> None:
    clip = clip_of(ClipKind.FPS_25)
    words = Words("Reflection", Look.CAPTION, Micros(200_000), Micros(400_000))
    start, end = clip.frame_times[10], clip.frame_times[30]
    bare, marked = tmp_path / f"bare.{form}", tmp_path / f"marked.{form}"
    must_cut(CutWish(clip.path, start, end, bare, form))
    changes = pickle.loads(pickle.dumps(Changes(overlay=Overlay((words,)))))  # noqa: S301 as our own
    must_cut(CutWish(clip.path, start, end, marked, form, changes=changes))
    assert len(contents(marked).numbers) == 20
    with open_video(bare) as theirs, open_video(marked) as ours:
        unlike: list[float] = []
        for at in range(20):
            a, b = theirs.frame(at).to_rgb(), ours.frame(at).to_rgb()
            low = slice(a.shape[0] * 3 // 4, None)
            unlike.append(float(np.abs(a[low].astype(float) - b[low]).mean()))
    assert [one > 1 for one in unlike] == [5 <= at < 10 for at in range(20)]


def test_a_copy_belongs_to_nobody_else() -> None:
    frame = noisy(np.random.default_rng(3))
    before = planes(frame)
    pixels_of(copied(frame).planes[0])[:] = 0
    assert (planes(frame)[0] == before[0]).all()
