"""Frames that nothing can decode are found out quickly, wherever in the film they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from annotator.errors import MediaError
from annotator.media.frame_cache import FrameCache
from annotator.media.frame_reader import FrameReader, open_reader
from annotator.media.picture_decoder import Decoded, PictureDecoder
from annotator.media.reel import Reel
from annotator.media.survey import survey
from tests.support.damage import spoil
from tests.support.timing_clips import WITH_FRAMES, ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]
KEYFRAME = 60  # of the clip with a keyframe every 12 frames


class Work:
    """Counts what is decoded, and how often that begins at the film's start."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.turns = self.starts = 0
        turn, start = Reel.turn, PictureDecoder.from_start

        def turned(reel: Reel) -> object:
            self.turns += 1
            return turn(reel)

        def started(decoder: PictureDecoder) -> Iterator[Decoded | None]:
            self.starts += 1
            return start(decoder)

        monkeypatch.setattr(Reel, "turn", turned)
        monkeypatch.setattr(PictureDecoder, "from_start", started)


def scratched(clip: TimingClip, folder: Path, first: int, last: int) -> FrameReader:
    """Open a copy of a clip whose frames from first to last are damaged, without a cache."""
    start, end = (clip.frame_times[at] / 1_000_000 - 0.001 for at in (first, last + 1))
    film = spoil(clip.path, folder / clip.path.name, start, end, picture=True)
    return open_reader(survey(film), FrameCache(0))


@pytest.mark.parametrize(
    ("first", "last"),
    [(62, 68), (KEYFRAME, 75), (54, KEYFRAME + 2)],
    ids=["within-a-group", "from-a-keyframe-past-the-next", "round-a-keyframe"],
)
def test_a_damaged_frame_is_not_sought_from_the_films_start(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, last: int
) -> None:
    reader = scratched(clip_of(ClipKind.FPS_60), tmp_path, first, last)
    work = Work(monkeypatch)
    with pytest.raises(MediaError, match="is damaged"):
        reader.frame((first + last) // 2)
    assert work.starts == 0
    assert work.turns < 150
    reader.close()


def test_what_was_found_damaged_is_not_decoded_again(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = scratched(clip_of(ClipKind.FPS_60), tmp_path, 62, 68)
    with pytest.raises(MediaError):
        reader.frame(65)
    work = Work(monkeypatch)
    for index in (65, 66, 64, 67):
        with pytest.raises(MediaError, match="is damaged"):
            reader.frame(index)
    assert work.turns == 0
    for index in (40, 100, 47, 72):
        assert read_number(reader.frame(index).to_rgb()) == index
    reader.close()


def test_reading_ahead_leaves_off_where_all_is_damaged(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = clip_of(ClipKind.FPS_60)
    film = spoil(clip.path, tmp_path / clip.path.name, 0.999, 1.45, picture=True)
    reader = open_reader(survey(film), FrameCache())
    reader.frame(40)
    work = Work(monkeypatch)
    while reader.fill():
        assert work.turns < 600
    assert work.starts <= 1
    assert all(at in reader.cache for at in (*range(55), *range(96, 120)))
    assert not any(at in reader.cache for at in range(64, 80))
    reader.close()


@pytest.mark.parametrize("kind", WITH_FRAMES)
def test_no_frame_of_a_whole_film_is_taken_for_damaged(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    reader = open_reader(survey(clip.path), FrameCache(0))
    count = len(reader.index)
    for index in (*range(count - 1, max(count - 15, 0), -1), *range(0, count, 7), count // 2):
        assert read_number(reader.frame(index).to_rgb()) == clip.numbers[index]
    assert not +reader._passed
    reader.close()
