"""Work in processes of their own: done, failed, dead or told to stop, and nothing left behind."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest

from annotator.errors import MediaError
from annotator.jobs import processes
from annotator.jobs.processes import Done, Errand, Line, run_apart
from annotator.jobs.progress import CancelledError, Part, Silent
from tests.support import errands
from tests.support.watching import Watcher


def test_each_gives_its_result_in_whatever_order() -> None:
    row = [Errand(f"sum {n}", partial(errands.add, n, n)) for n in range(3)]
    watcher = Watcher()
    done = sorted(run_apart(row, watcher, 2), key=lambda one: one.number)
    assert done == [Done(0, 0), Done(1, 2), Done(2, 4)]
    assert watcher.fractions == sorted(watcher.fractions)
    assert watcher.fractions[-1] == 1


@dataclass
class PartsWatcher(Watcher):
    """Hears of each errand too."""

    parts: list[tuple[str, float]] = field(default_factory=list)

    def part(self, name: str, fraction: float) -> None:
        self.parts.append((name, fraction))


def test_how_far_each_is_is_told_to_those_who_hear_of_it() -> None:
    row = [Errand(f"sum {n}", partial(errands.add, n, n)) for n in range(2)]
    row.append(Errand("bad", errands.fail))
    watcher = PartsWatcher()
    for done in run_apart(row, Part(watcher, 0.0, 0.5), 2):
        assert (row[done.number].name, 1.0) in watcher.parts
    for one in row:
        heard = [fraction for name, fraction in watcher.parts if name == one.name]
        assert heard == sorted(heard)
        assert heard.count(1.0) == 1
    assert watcher.fractions[-1] == 0.5


def test_one_that_fails_or_dies_does_not_stop_the_others(tmp_path: Path) -> None:
    half = tmp_path / "clip.part"
    row = [
        Errand("first", errands.fail),
        Errand("second", partial(errands.die, half), (half,)),
        Errand("third", partial(errands.add, 1, 2)),
    ]
    done = sorted(run_apart(row, Silent(), 2), key=lambda one: one.number)
    assert isinstance(done[0].failure, MediaError)
    assert str(done[0].failure) == "It is broken. Mend it. False"
    assert done[1].failure is not None
    assert "second: the process" in done[1].failure.what
    assert done[2] == Done(2, 3)
    assert not half.exists()


def test_a_cancel_lets_what_runs_tidy_up(tmp_path: Path) -> None:
    half = tmp_path / "clip.part"
    row = [Errand("long", partial(errands.go_on_until_told, half))]
    with pytest.raises(CancelledError):
        list(run_apart(row, Watcher(enough=0.2), 1))
    assert not half.exists()


def test_one_that_does_not_listen_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_PATIENCE", 0.2)
    half = tmp_path / "clip.part"
    row = [Errand("deaf", partial(errands.hear_nothing, half), (half,))]
    with pytest.raises(CancelledError):
        list(run_apart(row, Watcher(enough=0.3), 1))
    assert not half.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts are another thing there")
def test_what_is_typed_to_stop_the_program_reaches_the_work_by_its_line_alone() -> None:
    assert list(run_apart([Errand("one", errands.interrupted)], Silent())) == [Done(0, True)]


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(run_apart([], Silent())) == []


def test_work_that_nobody_waits_for_any_more_shall_stop() -> None:
    """Where the program was killed, what it had started must not go on for hours."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    with sender:
        line = Line(sender, context.Event())
        line.progress(0.1)
        assert not line.cancelled()
        receiver.close()
        line.progress(0.2)
        assert line.cancelled()
