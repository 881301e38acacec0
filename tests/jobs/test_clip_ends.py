"""The ends of clips are found anew where a film, a stretch or masks are others, and only then."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from annotator.errors import MediaError
from annotator.jobs import clip_ends
from annotator.jobs.clip_ends import MOST_KEPT, EndsAsk, EndsDesk, find_faces
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_view import ClipView
from annotator.jobs.clip_wishes import ClipsWish
from annotator.jobs.progress import SILENT, Progress
from annotator.media.clips.composition import Layout
from annotator.media.clips.wishes import Form
from annotator.media.face_masks import Fill, MaskPlan
from annotator.media.survey import Survey
from annotator.model import ConsentScope, Interval, Mask, Micros
from annotator.model.clipping import Stretch
from tests.support.clip_sessions import clip_session
from tests.support.timing_clips import ClipKind, TimingClip

SPAN = Interval(Micros(800_000), Micros(1_600_000))
SIZE = (192, 128)


@pytest.fixture
def ask(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path) -> EndsAsk:
    """A clip for learners in which faces are masked, of the first of two films."""
    films = [tmp_path / name for name in ("room.mp4", "close.mp4")]
    for film in films:
        copy(clip_of(ClipKind.FPS_25).path, film)
    path = tmp_path / "talk.session.json"
    session = clip_session(path, [(films[0], 0), (films[1], 200_000)])
    wish = ClipsWish(
        ConsentScope.LEARNING,
        tmp_path / "out",
        "A",
        "2026-03-01T10:00:00Z",
        date(2026, 3, 1),
        frozenset({Mask.FACES}),
    )
    (planned,) = plan_clips(session, [Stretch(SPAN)], wish)
    return EndsAsk(session, path, planned, wish)


def other(ask: EndsAsk, wish: ClipsWish, span: Interval = SPAN) -> EndsAsk:
    (planned,) = plan_clips(ask.session, [Stretch(span)], wish)
    return replace(ask, planned=planned, wish=wish)


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Interval]]:
    """Find nobody anywhere, and tell where somebody was looked for."""
    found: list[tuple[str, Interval]] = []

    def find(path: Path, span: Interval, _watcher: Progress, known: Survey) -> MaskPlan:
        assert known.path == path
        found.append((path.name, span))
        return MaskPlan(SIZE, span, fill=Fill.MOSAIC)

    monkeypatch.setattr(clip_ends, "find_masks", find)
    return found


def look(desk: EndsDesk, ask: EndsAsk) -> tuple[tuple[str, Interval], ...]:
    """Have faces looked for as far as they must be; tell where that was."""
    job = desk.job(ask)
    assert job is not None
    stretches = desk.to_search(job)
    desk.keep(find_faces(stretches, SILENT))
    return tuple((one.path.name, one.span) for one in stretches)


def test_faces_are_looked_for_once_in_each_stretch(
    ask: EndsAsk, searched: list[tuple[str, Interval]]
) -> None:
    desk = EndsDesk()
    assert look(desk, ask) == (("room.mp4", SPAN),)
    assert look(desk, ask) == ()
    inner = Interval(SPAN.start, Micros(SPAN.end - 1))
    assert look(desk, other(ask, ask.wish, inner)) == (("room.mp4", inner),)
    assert len(searched) == 2


def test_of_several_recordings_each_is_searched_in_its_own_time(
    ask: EndsAsk, searched: list[tuple[str, Interval]]
) -> None:
    desk = EndsDesk()
    ids = [one.id for one in ask.session.recordings]
    both = other(ask, replace(ask.wish, view=ClipView(tuple(ids), Layout.SIDE)))
    own = Interval(Micros(600_000), Micros(1_400_000))
    assert look(desk, both) == (("room.mp4", SPAN), ("close.mp4", own))
    assert look(desk, ask) == ()
    before = Interval(Micros(0), Micros(160_000))
    assert look(desk, other(ask, both.wish, before)) == (("room.mp4", before),)
    assert len(searched) == 3


def test_a_film_that_was_changed_is_searched_again(
    ask: EndsAsk, searched: list[tuple[str, Interval]]
) -> None:
    desk = EndsDesk()
    look(desk, ask)
    film = ask.session_path.parent / "room.mp4"
    os.utime(film, ns=(1, 1))
    assert look(desk, ask) == (("room.mp4", SPAN),)
    film.unlink()
    with pytest.raises(MediaError, match=r"room\.mp4 is not there"):
        desk.job(ask)
    assert len(searched) == 2


@pytest.mark.usefixtures("searched")
def test_what_was_found_long_ago_is_forgotten(ask: EndsAsk) -> None:
    desk = EndsDesk()
    ends = [Micros(SPAN.end - 1 - number) for number in range(MOST_KEPT)]
    for end in (SPAN.end, *ends):
        look(desk, other(ask, ask.wish, Interval(SPAN.start, end)))
    assert look(desk, other(ask, ask.wish, Interval(SPAN.start, ends[-1]))) == ()
    assert look(desk, ask) == (("room.mp4", SPAN),)


def test_masks_that_a_person_looked_at_come_first(
    ask: EndsAsk, searched: list[tuple[str, Interval]]
) -> None:
    desk = EndsDesk()
    look(desk, ask)
    film = ask.session_path.parent / "room.mp4"
    seen = FilmMasks(film, MaskPlan(SIZE, Interval(Micros(0), Micros(2_000_000))))
    job = desk.job(other(ask, replace(ask.wish, looked_at=(seen,))))
    assert job is not None
    assert job.looked_at == (seen,)
    assert len(searched) == 1


def test_where_nothing_masks_faces_nobody_is_looked_for(ask: EndsAsk) -> None:
    desk = EndsDesk()
    for masks in (frozenset[Mask](), frozenset({Mask.FACES, Mask.PICTURE})):
        job = desk.job(other(ask, replace(ask.wish, masks=masks)))
        assert job is not None
        assert desk.to_search(job) == ()


def test_sound_alone_has_no_ends(ask: EndsAsk) -> None:
    assert EndsDesk().job(other(ask, replace(ask.wish, form=Form.WAV))) is None
