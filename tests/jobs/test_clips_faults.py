"""What goes wrong while clips are made: no half file anywhere, and log and manifests tell so."""

from __future__ import annotations

import contextlib
import errno
import os
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from annotator.errors import StorageError
from annotator.jobs import clip_keeping, clips
from annotator.jobs.clip_planning import plan_clips
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip
from annotator.jobs.processes import Done, Errand
from annotator.jobs.progress import CancelledError, Progress, Silent
from annotator.media.clips.wishes import CutResult
from annotator.model import ConsentScope, Interval, Micros, Session
from annotator.model.clipping import Stretch
from annotator.model.export_record import ExportRecord, Logged
from annotator.storage.export_log import log_export, read_log
from tests.support import errands
from tests.support.clip_sessions import clip_session
from tests.support.clip_truth import clips_in, require_truth, require_whole
from tests.support.cut_clips import write_noise_film
from tests.support.disks import Disk, disk_error, full
from tests.support.errands_here import run_here
from tests.support.small_disk import fill, no_file_larger_than, small_disk, used_kilobytes

FRAME = 40_000
WISH_NOW = "2026-03-01T09:00:00Z"


@dataclass
class Shop:
    """A session of one noisy film of 3 s, and where its clips go."""

    session: Session
    path: Path
    folder: Path

    @property
    def film(self) -> Path:
        return self.path.with_name("film.mp4")

    def plan(self, stretches: Sequence[tuple[int, int]]) -> tuple[PlannedClip, ...]:
        """Plan clips from frame to frame, the last not among them."""
        spans = [Interval(Micros(a * FRAME), Micros(b * FRAME)) for a, b in stretches]
        return plan_clips(self.session, [Stretch(span) for span in spans], self.wish)

    @property
    def wish(self) -> ClipsWish:
        day = date(2026, 3, 1)
        return ClipsWish(ConsentScope.PRIVATE, self.folder, "test", WISH_NOW, day)

    def make(self, planned: Sequence[PlannedClip], watcher: Progress) -> Iterator[MadeClip]:
        return clips.make_clips(self.session, self.path, planned, self.wish, watcher)

    def made(self, stretches: Sequence[tuple[int, int]]) -> list[MadeClip]:
        """Make clips to the end, and see to it that the truth is told of each."""
        found = list(self.make(self.plan(stretches), Silent()))
        require_truth(self.folder, self.path, found)
        return sorted(found, key=lambda one: one.planned.name)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    film = write_noise_film(tmp_path / "film.mp4", 3)
    path = tmp_path / "talk.session.json"
    return Shop(clip_session(path, [(film, 0)], ()), path, tmp_path / "out")


def failures(made: Sequence[MadeClip]) -> list[str]:
    return [one.failure for one in made if one.failure]


def test_what_another_run_puts_there_meanwhile_is_left_as_it_is(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    (planned,) = shop.plan([(0, 10)])
    theirs = shop.folder / f"{planned.name}.manifest.json"

    def log_and_be_late(path: Path, record: ExportRecord) -> Logged:
        theirs.write_text("theirs", encoding="utf-8")
        return log_export(path, record)

    monkeypatch.setattr(clip_keeping, "log_export", log_and_be_late)
    (made,) = shop.make([planned], Silent())
    assert theirs.name in made.failure
    assert theirs.read_text(encoding="utf-8") == "theirs"
    assert [one.name for one in shop.folder.iterdir()] == [theirs.name]
    assert all(one.given_up for one in read_log(shop.path).exports)


def test_a_file_that_may_not_grow_is_given_up_and_the_others_are_made(shop: Shop) -> None:
    with no_file_larger_than(60_000):
        made = shop.made([(0, 2), (0, 70), (10, 12)])
    assert [bool(one.files) for one in made] == [True, False, True]
    assert "could not be written" in made[1].failure
    for one in (made[0], made[2]):
        require_whole(one.files[0], 2)


def test_a_disk_that_is_full_in_the_middle(shop: Shop, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 160) as disk:
        shop.folder = disk / "out"
        made = shop.made([(0, 2), (0, 70), (10, 12), (5, 75)])
        assert [bool(one.files) for one in made] == [True, False, True, False]
        assert all("full" in one for one in failures(made))
        before = used_kilobytes(disk)
        shop.made([(0, 75)])
        assert used_kilobytes(disk) <= before + 4  # no hidden file holds on to room


def test_a_session_on_a_full_disk_makes_no_clip_that_is_not_logged(
    shop: Shop, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", 256) as disk:
        film = shop.film.rename(tmp_path / "film2.mp4")
        shop.session = clip_session(disk / "talk.session.json", [(film, 0)], ())
        shop.path = disk / "talk.session.json"
        fill(disk)
        shop.folder = tmp_path / "out"
        made = list(shop.make(shop.plan([(0, 2)]), Silent()))
        assert "full" in made[0].failure
        assert clips_in(shop.folder) == []
        assert read_log(shop.path).exports == ()


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, Path, CutResult]:
    """Give a shop, and a clip that was cut already."""
    folder = tmp_path_factory.mktemp("ready")
    film = write_noise_film(folder / "film.mp4", 1)
    path = folder / "talk.session.json"
    shop = Shop(clip_session(path, [(film, 0)], ()), path, folder / "out")
    (made,) = shop.make(shop.plan([(0, 5)]), Silent())
    assert made.result is not None
    return shop, made.files[0], made.result


@dataclass
class Ready:
    """Stands in for the processes: what it gives was cut before."""

    clip: Path
    result: CutResult

    def __call__(
        self, errands: Sequence[Errand[CutResult]], watcher: Progress
    ) -> Iterator[Done[CutResult]]:
        assert watcher is not None
        for number, errand in enumerate(errands):
            target = errand.leftovers[0]
            target.write_bytes(self.clip.read_bytes())
            yield Done(number, replace(self.result, target=target))


def kept_with(
    ready: tuple[Shop, Path, CutResult],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails_at: int,
) -> tuple[Shop, list[MadeClip], bool]:
    """Put a clip in its place on a disk whose call of that number fails; whether it came so far."""
    old, clip, result = ready
    path = tmp_path / "talk.session.json"
    shop = Shop(clip_session(path, [(old.film, 0)], ()), path, tmp_path / "out")
    planned = shop.plan([(0, 5)])
    monkeypatch.setattr(clips, "run_apart", Ready(clip, result))
    made: list[MadeClip] = []
    with monkeypatch.context() as patch:
        disk = Disk(patch)
        disk.fail_at(fails_at, full())
        with contextlib.suppress(StorageError):
            made += shop.make(planned, Silent())
        came = len(disk.calls) > fails_at
        disk.heal()
    return shop, made, came


@pytest.mark.parametrize("fails_at", range(40))
def test_a_disk_that_is_full_for_a_moment_at_any_call(
    ready: tuple[Shop, Path, CutResult],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fails_at: int,
) -> None:
    shop, made, _ = kept_with(ready, tmp_path, monkeypatch, fails_at)
    require_truth(shop.folder, shop.path, made)


def test_the_calls_that_fail_one_after_another_reach_to_the_end(
    ready: tuple[Shop, Path, CutResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, made, came = kept_with(ready, tmp_path, monkeypatch, 39)
    assert not came
    assert made[0].files


def test_where_the_log_cannot_be_mended_it_is_said(
    ready: tuple[Shop, Path, CutResult], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, clip, result = ready
    path = tmp_path / "talk.session.json"
    shop = Shop(clip_session(path, [(old.film, 0)], ()), path, tmp_path / "out")
    planned = shop.plan([(0, 5)])
    monkeypatch.setattr(clips, "run_apart", Ready(clip, result))
    real, count = os.fsync, [0]

    def fail_later(descriptor: int) -> None:
        count[0] += 1
        if count[0] > 2:
            raise disk_error(errno.ENOSPC)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fail_later)
    (made,) = shop.make(planned, Silent())
    monkeypatch.undo()
    assert clips_in(shop.folder) == []
    if any(not one.given_up for one in read_log(path).exports):
        assert "The export log names" in made.failure
    else:
        assert made.failure


@pytest.mark.parametrize(
    ("work", "why"),
    [
        (errands.cut_while_the_film_goes, "not in its place any more"),
        (errands.cut_while_the_film_changes, "was changed while it was cut"),
        (errands.cut_while_the_film_shrinks, "film.mp4"),
    ],
)
def test_a_film_that_goes_or_changes_while_it_is_cut(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, work: Callable[..., CutResult], why: str
) -> None:
    monkeypatch.setattr(clips, "cut_one", work)
    (made,) = shop.made([(0, 70)])
    assert why in made.failure
    assert clips_in(shop.folder) == []
    assert read_log(shop.path).exports == ()


def test_a_film_that_is_another_one_by_the_second_clip(shop: Shop) -> None:
    """The hash in a manifest is that of the film which the clip was cut from."""
    made = shop.make(shop.plan([(0, 2), (10, 60)]), Silent())
    first = next(made)
    os.utime(shop.film, (1, 1))
    rest = list(made)
    assert first.files
    assert [bool(one.files) for one in rest] == [False]
    assert "was changed" in rest[0].failure
    require_truth(shop.folder, shop.path, [first, *rest])


def test_an_encoder_that_is_killed_takes_no_other_clip_with_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips, "cut_one", errands.cut_but_die_at_the_second)
    made = shop.made([(0, 3), (0, 70), (20, 24)])
    assert [bool(one.files) for one in made] == [True, False, True]
    assert "ended all of a sudden" in made[1].failure
    require_whole(made[0].files[0], 3)
    require_whole(made[2].files[0], 4)


@dataclass
class StopsAt:
    """Asks to stop once it was asked so often whether to."""

    count: int
    asked: int = 0
    texts: list[str] = field(default_factory=list)

    def progress(self, fraction: float, text: str) -> None:
        assert 0 <= fraction <= 1
        self.texts.append(text)

    def cancelled(self) -> bool:
        self.asked += 1
        return self.asked > self.count


def test_two_hundred_clips_that_are_cancelled_again_and_again(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clips, "run_apart", run_here)
    dice = random.Random(20_260_301)
    starts = [dice.randrange(70) for _ in range(200)]
    wanted = list(shop.plan([(at, at + dice.randrange(1, 3)) for at in starts]))
    lengths = {one.name: one.stretch.interval.length // FRAME for one in wanted}
    made: dict[str, MadeClip] = {}
    cancels = 0
    while wanted:
        try:
            for one in shop.make(wanted, StopsAt(dice.randrange(300))):
                made[one.planned.name] = one
        except CancelledError:
            cancels += 1
        require_truth(shop.folder, shop.path, made.values())
        wanted = [one for one in wanted if one.name not in made]
    assert cancels > 8
    assert not failures([*made.values()])
    assert len(clips_in(shop.folder)) == 200
    for path in dice.sample(clips_in(shop.folder), 20):
        require_whole(path, lengths[path.name])


def test_clips_in_processes_of_their_own_that_are_cancelled(shop: Shop) -> None:
    dice = random.Random(7)
    for round_ in range(4):
        shop.folder = shop.path.with_name(f"out{round_}")
        planned = shop.plan([(at, at + 3) for at in range(0, 24, 4)])
        made: list[MadeClip] = []
        with pytest.raises(CancelledError):
            made += shop.make(planned, StopsAt(dice.randrange(60)))
        names = {one.planned.name for one in made}
        assert {one.name for one in clips_in(shop.folder)} == names
        for one in made:
            require_whole(one.files[0], 3)
        if shop.folder.is_dir():
            assert not [one for one in shop.folder.iterdir() if one.name.startswith(".")]
