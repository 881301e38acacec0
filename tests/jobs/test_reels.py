"""A reel that is stopped, or whose process dies, leaves neither a file nor a line in the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from annotator.errors import AnnotatorError
from annotator.jobs import reels
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_view import ClipView
from annotator.jobs.clip_wishes import ClipsWish
from annotator.jobs.prepare import new_session
from annotator.jobs.processes import Line
from annotator.jobs.progress import CancelledError, Silent
from annotator.jobs.reel_cutting import ReelJob
from annotator.jobs.reels import MadeReel, ReelAsk, make_reel
from annotator.media import open_video
from annotator.media.clips.composition import Layout
from annotator.media.clips.wishes import CutResult
from annotator.model import ConsentScope, Interval, Micros, Session
from annotator.model.clipping import Stretch
from annotator.storage.export_log import export_log_path, read_log
from tests.support.foreign import BOOK
from tests.support.timing_clips import ClipKind, TimingClip
from tests.support.watching import Watcher

ClipOf = Callable[[ClipKind], TimingClip]
STRETCHES = [
    Stretch(Interval(Micros(at), Micros(at + 400_000))) for at in (400_000, 1_200_000, 2_000_000)
]
NO_CARDS = frozenset[reels.Cards]()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "out" / "reel.mp4"


@pytest.fixture
def make(clip_of: ClipOf, tmp_path: Path, place: Path) -> Callable[..., MadeReel]:
    copy(clip_of(ClipKind.FPS_25).path, tmp_path / "room.mp4")
    copy(clip_of(ClipKind.FPS_29_97).path, tmp_path / "face.mp4")

    def run(watcher: object = None, *more: str) -> MadeReel:
        films = [tmp_path / name for name in ("room.mp4", *more)]
        path = tmp_path / "talk.session.json"
        session: Session = new_session(films, path, BOOK, title="Talk")
        wish = ClipsWish(
            ConsentScope.PRIVATE, place.parent, "A", "2026-03-01T09:00:00Z", date(2026, 3, 1)
        )
        if more:
            ids = tuple(one.id for one in session.recordings)
            wish = replace(wish, view=ClipView(ids, Layout.SIDE))
        planned = plan_clips(session, STRETCHES, wish)
        ask = ReelAsk(place, NO_CARDS)
        return make_reel(session, path, planned, wish, ask, watcher or Silent())

    return run


@contextmanager
def nothing_left(place: Path, session: Path) -> Iterator[None]:
    yield
    assert list(place.parent.iterdir()) == []
    assert not export_log_path(session).exists()


@pytest.mark.parametrize("stop_at", [0.0, 0.3, 0.95])
def test_cancelled_leaves_nothing(
    make: Callable[..., MadeReel], place: Path, tmp_path: Path, stop_at: float
) -> None:
    with nothing_left(place, tmp_path / "talk.session.json"), pytest.raises(CancelledError):
        make(Watcher(enough=stop_at))


def test_progress_is_told(make: Callable[..., MadeReel], place: Path) -> None:
    watcher = Watcher()
    assert make(watcher).files[0] == place
    assert watcher.fractions == sorted(watcher.fractions)
    assert len(set(watcher.fractions)) > 3


def _die(job: ReelJob, line: Line) -> CutResult:
    job.target.write_bytes(b"half a film")
    line.progress(0.5)
    raise SystemExit(9)


def _fail(job: ReelJob, line: Line) -> CutResult:
    line.progress(0.5)
    raise AnnotatorError(f"The disk is full after {len(job.parts)} parts.")


@pytest.mark.parametrize(("work", "why"), [(_die, "all of a sudden"), (_fail, "disk is full")])
def test_what_failed_is_told_and_nothing_is_left(
    make: Callable[..., MadeReel],
    place: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: Callable[[ReelJob, Line], CutResult],
    why: str,
) -> None:
    monkeypatch.setattr(reels, "join_all", work)
    with nothing_left(place, tmp_path / "talk.session.json"):
        made = make()
        assert why in made.failure
        assert made.files == ()
        assert len(made.clips) == 3


def test_several_recordings_stand_side_by_side_in_a_reel(
    make: Callable[..., MadeReel], place: Path, tmp_path: Path
) -> None:
    made = make(None, "face.mp4")
    assert made.failure == ""
    with open_video(place) as video:
        first = video.frame(0)
        assert first.width > first.height * 2
        length = video.duration
    (exported,) = read_log(tmp_path / "talk.session.json").exports
    assert len({one.name for one in exported.record.sources}) == 2
    spans = exported.record.spans  # out to the frame that is on screen first in either film
    assert [one.end for one in spans] == [800_000, 1_600_000, 2_400_000]
    assert all(400_000 <= one.length < 440_000 for one in spans)
    assert abs(length - sum(one.length for one in spans)) < 8000
