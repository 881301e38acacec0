"""Work over the sessions of a study, one after another or on every core."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from annotator.analysis.summary import Named
from annotator.errors import AnnotatorError
from annotator.jobs.processes import pool_of
from annotator.jobs.progress import Progress, advance
from annotator.model.coding import CodingPass, Purpose
from annotator.model.session import Session
from annotator.model.study import Study, StudySession
from annotator.storage.recovery import found_on_disk

T = TypeVar("T")

FEW = 40
"""So many sessions are read sooner than other processes have started."""

THIS_ONE = 1
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one session: a result, or words why there is none; and what to know."""

    name: str
    result: T | None
    failure: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passes:
    """Which passes are counted: those of these coders, or of these purposes; empty for all.

    Training passes only where their purpose is asked for.
    """

    coders: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = ()

    def of(self, session: Session) -> tuple[CodingPass, ...]:
        """Choose from a session, in the order of the coders that were named."""
        kept = [
            one
            for one in session.passes
            if (not self.coders or one.coder in self.coders or one.id in self.coders)
            and (one.purpose in self.purposes if self.purposes else not _is_training(one))
        ]
        order = {coder: place for place, coder in enumerate(self.coders)}
        last = len(order)
        return tuple(
            sorted(kept, key=lambda one: order.get(one.coder, order.get(one.id, last)))
            if order
            else kept
        )


ALL_PASSES = Passes()


def _is_training(one: CodingPass) -> bool:
    return one.purpose is Purpose.TRAINING


def over_sessions(
    study: Study, work: Callable[[Named], T], watcher: Progress, workers: int | None = None
) -> Iterator[Outcome[T]]:
    """Do work with each session, in the study's order; one that fails is told and left out.

    `work` goes to other processes where sessions are many, so it must be a function of a module,
    or a partial of one. Raises CancelledError where the watcher asks to stop.
    """
    count = len(study.sessions)
    with _mapped(partial(_done, work), study, workers) as outcomes:
        for number, outcome in enumerate(outcomes):
            advance(watcher, number / count, f"Reading {outcome.name}")
            yield outcome


@contextmanager
def _mapped(
    task: Callable[[StudySession], Outcome[T]], study: Study, workers: int | None
) -> Iterator[Iterator[Outcome[T]]]:
    """Do a task with each session in this process, or in as many as there are cores."""
    cores = workers if workers is not None else (os.cpu_count() or 1)
    if cores <= THIS_ONE or (workers is None and len(study.sessions) < FEW):
        yield map(task, study.sessions)
        return
    with pool_of(cores) as pool:
        yield pool.map(task, study.sessions, chunksize=_AT_ONCE)


def _done(work: Callable[[Named], T], one: StudySession) -> Outcome[T]:
    notices: tuple[str, ...] = ()
    try:
        session = one.loaded
        if session is None:
            found = found_on_disk(Path(one.path), may_write=False)
            session, notices = found.session, found.notices
        result = work(Named(one.name, session, Path(one.path)))
    except AnnotatorError as error:
        return Outcome(one.name, None, str(error))
    return Outcome(one.name, result, notices=notices)
