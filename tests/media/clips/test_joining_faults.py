"""Whatever goes wrong with a reel, it is said and no half file is left."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from shutil import copy

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from annotator.errors import FilmGoneError, GivenUpError, MediaError
from annotator.media.clips import joining, reel_pictures
from annotator.media.clips.chapters import NO_CHAPTERS, Chapter, Chapters, are_alike, listed
from annotator.media.clips.joining import join
from annotator.media.clips.reel_wishes import Part, ReelWish, Scene, Still
from annotator.media.clips.verifying import Expected
from annotator.media.clips.wishes import Changes, CutWish, Form, Size
from annotator.media.frame import Picture
from annotator.media.lettering.cards import CardKind, CardText
from annotator.media.lettering.letters import UndrawableError
from annotator.media.sound_stream import Watch
from annotator.model import Micros
from tests.support.disks import an_open_folder, an_ordinary_person, full
from tests.support.small_disk import no_file_larger_than
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
CARD = Still(CardText(CardKind.TITLE, "A card"), Micros(200_000))


@pytest.fixture
def parts(clip_of: ClipOf, tmp_path: Path) -> tuple[Part, ...]:
    clip = clip_of(ClipKind.FPS_25)
    copy(clip.path, tmp_path / "film.mp4")
    times = clip.frame_times
    cut = CutWish(tmp_path / "film.mp4", times[10], times[20], tmp_path)
    return (CARD, Scene(cut), CARD, Scene(replace(cut, start=times[30], end=times[40])))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def must_fail(wish: ReelWish, why: str, kind: type[MediaError] = MediaError) -> None:
    with pytest.raises(kind, match=why):
        join(wish, threads=1)
    assert list(wish.target.parent.iterdir()) == []


@pytest.mark.parametrize("moment", [0.0, 0.03, 0.2, 0.5, 0.85, 0.92, 0.99])
def test_cancelled_at_any_moment_leaves_nothing(
    parts: tuple[Part, ...], out: Path, moment: float
) -> None:
    told: list[float] = []
    watch = Watch(told.append, lambda: bool(told) and told[-1] >= moment)
    with pytest.raises(GivenUpError):
        join(ReelWish(parts, out / "reel.mp4"), watch, threads=1)
    assert list(out.iterdir()) == []
    assert told == sorted(told)


def test_progress_reaches_the_end(parts: tuple[Part, ...], out: Path) -> None:
    told: list[float] = []
    join(ReelWish(parts, out / "reel.mp4"), Watch(told.append), threads=1)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert [one.name for one in out.iterdir()] == ["reel.mp4"]


def test_a_folder_that_may_not_be_written_is_said(parts: tuple[Part, ...]) -> None:
    assert isinstance(parts[1], Scene)
    with an_open_folder() as films, an_open_folder() as folder:
        copy(parts[1].wish.source, films / "film.mp4")
        cut = replace(parts[1].wish, source=films / "film.mp4")
        folder.chmod(0o555)
        with an_ordinary_person():
            must_fail(ReelWish((CARD, Scene(cut)), folder / "reel.mp4"), "may not write there")


def test_a_file_that_is_there_is_left_alone(parts: tuple[Part, ...], out: Path) -> None:
    (out / "reel.mp4").write_bytes(b"mine")
    with pytest.raises(MediaError, match="already"):
        join(ReelWish(parts, out / "reel.mp4"), threads=1)
    assert (out / "reel.mp4").read_bytes() == b"mine"


def test_a_film_that_vanishes_is_said(parts: tuple[Part, ...], out: Path, tmp_path: Path) -> None:
    def look(done: float) -> None:
        if done > 0.3:
            (tmp_path / "film.mp4").unlink(missing_ok=True)

    with pytest.raises(FilmGoneError):
        join(ReelWish(parts, out / "reel.mp4"), Watch(look), threads=1)
    assert list(out.iterdir()) == []


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
@pytest.mark.parametrize("room", [0, 1000, 3000])
def test_room_that_ends_in_the_middle(
    parts: tuple[Part, ...], out: Path, form: Form, room: int
) -> None:
    with no_file_larger_than(room):
        must_fail(ReelWish(parts, out / f"reel.{form}", form), "could not be written")


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_a_disk_that_is_full_at_the_last_moment(
    parts: tuple[Part, ...], out: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> None:
        raise full()

    monkeypatch.setattr(os, call, fail)
    must_fail(ReelWish(parts, out / "reel.mp4"), "the disk is full")


@pytest.mark.parametrize(
    ("form", "why"), [(Form.WAV, "A reel is a film"), (Form.MP3, "A reel is a film")]
)
def test_a_form_without_picture_is_refused(
    parts: tuple[Part, ...], out: Path, form: Form, why: str
) -> None:
    must_fail(ReelWish(parts, out / "reel", form), why)


def test_cards_alone_are_no_reel(out: Path) -> None:
    must_fail(ReelWish((CARD,), out / "reel.mp4"), "no clip")


def test_sound_alone_cannot_be_in_a_reel(clip_of: ClipOf, out: Path) -> None:
    cut = CutWish(clip_of(ClipKind.AUDIO_ONLY).path, Micros(0), Micros(500_000), out)
    must_fail(ReelWish((Scene(cut),), out / "reel.mp4"), "has no picture")


def test_a_clip_beyond_its_film_is_said(parts: tuple[Part, ...], out: Path) -> None:
    assert isinstance(parts[1], Scene)
    beyond = Scene(replace(parts[1].wish, end=Micros(99_000_000)))
    must_fail(ReelWish((*parts, beyond), out / "reel.mp4"), "would reach")


def test_a_clip_of_hardly_any_length_is_said(parts: tuple[Part, ...], out: Path) -> None:
    assert isinstance(parts[1], Scene)
    start = parts[1].wish.start
    short = Scene(replace(parts[1].wish, end=Micros(start + 1)))
    must_fail(ReelWish((*parts, short), out / "reel.mp4"), "too short")


@pytest.mark.parametrize("text", ["word " * 900, "x" * 5000])
def test_a_card_with_too_much_on_it_is_said(parts: tuple[Part, ...], out: Path, text: str) -> None:
    card = Still(CardText(CardKind.BEFORE, text), Micros(200_000))
    must_fail(ReelWish((*parts, card), out / "reel.mp4"), "no room", UndrawableError)


def test_a_reel_that_cannot_be_so_small_is_said(parts: tuple[Part, ...], out: Path) -> None:
    must_fail(ReelWish(parts, out / "reel.mp4", size=Size(most_bytes=1000)), "as small as 1 kB")


class _Shrinks:
    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        assert index >= 0
        assert time >= 0
        return picture[:-2]


def test_a_mask_that_gives_another_size_is_said(parts: tuple[Part, ...], out: Path) -> None:
    assert isinstance(parts[1], Scene)
    masked = Scene(replace(parts[1].wish, changes=Changes(_Shrinks())))
    must_fail(ReelWish((masked,), out / "reel.mp4"), "another size")


def test_a_reel_whose_clips_were_mixed_up_is_thrown_away(
    parts: tuple[Part, ...], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = joining.verify

    def other(path: Path, expected: Expected, watch: Watch) -> None:
        (one, first), *others, (last, end) = expected.inside
        swapped = ((one, end), *others, (last, 255 - first))
        real(path, replace(expected, inside=swapped), watch)

    monkeypatch.setattr(joining, "verify", other)
    must_fail(ReelWish(parts, out / "reel.mp4"), "is another one")


def test_sound_that_lacks_is_found_out(
    parts: tuple[Part, ...], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = joining.verify

    def longer(path: Path, expected: Expected, watch: Watch) -> None:
        real(path, replace(expected, samples=expected.samples + 4800), watch)

    monkeypatch.setattr(joining, "verify", longer)
    must_fail(ReelWish(parts, out / "reel.mp4"), "sound has another length")


def _later(found: Chapters) -> Chapters:
    (start, end, title), *others = found.marks
    late = round(Fraction(3, 1000) / found.base)
    return replace(found, marks=((start, end + late, title), *others))


@pytest.mark.parametrize("form", [Form.MP4, Form.WEBM])
@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda _: NO_CHAPTERS, "chapters are others|not asked for"),
        (lambda found: replace(found, marks=found.marks[:1]), "chapters are others"),
        (
            lambda found: replace(found, marks=tuple((*one[:2], "Two") for one in found.marks)),
            "chapters are others",
        ),
        (_later, "chapters are others"),
    ],
)
def test_chapters_that_are_not_ours_are_found_out(
    parts: tuple[Part, ...],
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: Form,
    spoil: Callable[[Chapters], Chapters],
    why: str,
) -> None:
    real = joining.verify

    def other(path: Path, expected: Expected, watch: Watch) -> None:
        real(path, replace(expected, chapters=spoil(expected.chapters)), watch)

    monkeypatch.setattr(joining, "verify", other)
    chapters = (Chapter(Micros(0), "One"), Chapter(Micros(600_000), "Three"))
    must_fail(ReelWish(parts, out / f"reel.{form}", form, chapters=chapters), why)


def test_a_chapter_that_tells_more_than_its_title_is_none_of_ours(out: Path) -> None:
    path, secret = out / "film.mkv", {"title": "One", "ARTIST": "Anna"}
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        container.set_chapters(
            [{"id": 1, "start": 0, "end": 40, "time_base": Fraction(1, 1000), "metadata": secret}]
        )
        picture = VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), "rgb24")
        stream.width, stream.height = 64, 48
        container.mux([*stream.encode(picture), *stream.encode(None)])
    meant = Chapters(((0, 1, "One"),), Fraction(1, 25)).told()
    with av.open(str(path)) as container:
        found = listed(container)
        assert (found, are_alike(found, meant)) == ([None], False)
        assert are_alike(meant, meant)


def test_a_fault_between_two_clips_leaves_nothing(
    parts: tuple[Part, ...], out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = reel_pictures.card_picture
    calls: list[int] = []

    def fail_later(
        card: CardText, canvas: object
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        calls.append(1)
        if len(calls) == 2:
            raise MediaError("The second card is broken.")
        return real(card, canvas)

    monkeypatch.setattr(reel_pictures, "card_picture", fail_later)
    must_fail(ReelWish(parts, out / "reel.mp4"), "second card")
