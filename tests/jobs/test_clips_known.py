"""A film is read through once, however many clips are made of it in other processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import cast

import pytest

from annotator.jobs import clips
from annotator.jobs.clip_cutting import CutJob, cut_one
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_wishes import ClipsWish
from annotator.jobs.processes import Done, Errand, Line
from annotator.jobs.progress import SILENT, Progress
from annotator.media.clips import source
from annotator.media.clips.wishes import CutResult, CutWish, Mode
from annotator.media.survey import survey
from annotator.model import Micros
from annotator.model.clipping import Room, stretches_of
from annotator.model.participant import ConsentScope
from annotator.storage.recovery import found_on_disk
from tests.support.coded_sessions import AFTER, FIRST, coded_session
from tests.support.cut_clips import contents


def work_of(errand: Errand[CutResult]) -> CutJob:
    work = cast("partial[CutResult]", errand.work)
    return cast("CutJob", work.args[0])


def test_each_clip_is_told_what_is_known_of_its_film_and_how_to_be_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = coded_session(tmp_path)
    session = found_on_disk(path, may_write=False).session
    wish = ClipsWish(
        ConsentScope.LEARNING,
        tmp_path / "out",
        "coder",
        "2026-02-01T10:00:00Z",
        date(2026, 2, 1),
        mode=Mode.SWIFT,
    )
    tags = [one for each in session.passes for one in each.tags]
    planned = plan_clips(session, stretches_of(tags, Room(), session.region), wish)
    asked: list[CutJob] = []

    def run(errands: Sequence[Errand[CutResult]], watcher: Progress) -> Iterator[Done[CutResult]]:
        del watcher
        asked.extend(map(work_of, errands))
        return iter(())

    monkeypatch.setattr(clips, "run_apart", run)
    assert [*clips.make_clips(session, path, planned, wish, SILENT)] == []
    (job,) = asked
    assert job.known == survey(tmp_path / "talk.mp4")
    assert job.wish.mode is Mode.SWIFT


@pytest.mark.parametrize("mode", Mode)
def test_what_is_known_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: Mode
) -> None:
    coded_session(tmp_path)
    film, target = tmp_path / "talk.mp4", tmp_path / "clip.mp4"
    known = survey(film)
    span = Micros(FIRST * 40_000), Micros(AFTER * 40_000)
    job = CutJob(CutWish(film, *span, target, track=None, mode=mode), known=known, threads=1)
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)

    def again(path: Path) -> None:
        raise AssertionError(f"{path} was read through once more")

    monkeypatch.setattr(source, "survey", again)
    cut_one(job, Line(sender, context.Event()))
    receiver.close()
    assert contents(target).numbers == tuple(range(FIRST, AFTER))
