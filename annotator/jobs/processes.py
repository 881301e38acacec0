"""The one place where other processes are started: work that may take this one down does not."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Generic, TypeVar

from annotator.errors import AnnotatorError, MediaError
from annotator.jobs.progress import CancelledError, Progress, tell_part

T = TypeVar("T")

_TICK = 0.05  # seconds between two looks at whether the work shall stop
_PATIENCE = 5.0  # seconds that a process is given to tidy up
_SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Line:
    """The way from a process back to whoever started it: how far it is, and whether to stop."""

    sender: Connection
    stop: Event

    def progress(self, fraction: float) -> None:
        """Tell how far the work is, from 0 to 1; where nobody listens any more it shall stop."""
        try:
            self.sender.send(("progress", fraction))
        except OSError:
            self.stop.set()

    def cancelled(self) -> bool:
        """Tell whether the work should stop."""
        return self.stop.is_set()


@dataclass(frozen=True, slots=True)
class Errand(Generic[T]):
    """Work for a process of its own: a function of a module, or a partial of one.

    `leftovers` are files that it may leave half written where it dies; they are deleted then.
    """

    name: str
    work: Callable[[Line], T]
    leftovers: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """How an errand ended: by its number in the row, with a result or the failure."""

    number: int
    result: T | None
    failure: AnnotatorError | None = None


@dataclass(slots=True)
class _Running:
    number: int
    process: BaseProcess
    receiver: Connection
    stop: Event
    fraction: float = 0.0
    told: float = -1.0  # how far its watcher was told that it is


@dataclass(slots=True)
class _Row(Generic[T]):
    """Errands of which a few run at once."""

    errands: Sequence[Errand[T]]
    most: int
    running: list[_Running] = field(default_factory=list)
    begun: int = 0
    ended: int = 0

    def fill(self) -> None:
        """Start as many as may run."""
        while len(self.running) < self.most and self.begun < len(self.errands):
            errand = self.errands[self.begun]
            receiver, sender = _SPAWN.Pipe(duplex=False)
            with _deaf_to_interrupts():  # it may start Python's own process that tidies up
                stop = _SPAWN.Event()
            line = Line(sender, stop)
            process = _SPAWN.Process(target=_serve, args=(errand.work, line), daemon=True)
            with _deaf_to_interrupts():
                process.start()
                self.running.append(_Running(self.begun, process, receiver, stop))
            sender.close()
            self.begun += 1

    def hear(self) -> Iterator[Done[T]]:
        """Wait a moment for what the processes say, and give those that ended."""
        ready = wait([one.receiver for one in self.running], timeout=_TICK)
        for one in [one for one in self.running if one.receiver in ready]:
            done = self._heard(one)
            if done is not None:
                self._put_away(one)
                yield done

    def _heard(self, one: _Running) -> Done[T] | None:
        try:
            kind, value = one.receiver.recv()
        except (EOFError, OSError):
            self._clear(one)
            return Done(one.number, None, _died(self.errands[one.number].name))
        if kind == "progress":
            one.fraction = float(value)
            return None
        if kind == "failed":
            return Done(one.number, None, value)
        return Done(one.number, value)

    def fraction(self) -> float:
        """Tell how far the whole row is."""
        return (self.ended + sum(one.fraction for one in self.running)) / len(self.errands)

    def tell(self, watcher: Progress) -> None:
        """Tell how far the whole row is, and each that runs where it has come further."""
        current = ", ".join(self.errands[one.number].name for one in self.running)
        watcher.progress(self.fraction(), current or "Ready")
        for one in self.running:
            if one.fraction != one.told:
                one.told = one.fraction
                tell_part(watcher, self.errands[one.number].name, one.fraction)

    def end(self) -> None:
        """Ask all to stop, and end those that do not."""
        for one in self.running:
            one.stop.set()
        for one in list(self.running):
            one.process.join(_PATIENCE)
            if one.process.is_alive():
                one.process.kill()
            self._clear(one)
            self._put_away(one)

    def _clear(self, one: _Running) -> None:
        """Delete what a process that died has left half written."""
        one.process.join(_PATIENCE)
        for path in self.errands[one.number].leftovers:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)

    def _put_away(self, one: _Running) -> None:
        one.receiver.close()
        one.process.join(_PATIENCE)
        self.running.remove(one)
        self.ended += 1


def run_apart(
    errands: Sequence[Errand[T]], watcher: Progress, most: int | None = None
) -> Iterator[Done[T]]:
    """Run errands in processes of their own, at most so many at once, and give each as it ends.

    `most` is as many as there are processors where it is None. One that fails, or whose process
    dies, does not keep the others from being done. Raises CancelledError where the watcher asks
    to stop; those that run are then ended, and what they left half written is deleted. A watcher
    that hears of parts is told how far each is, by its name.
    """
    row = _Row(errands, max(1, most or os.cpu_count() or 1))
    try:
        while row.ended < len(errands):
            if watcher.cancelled():
                raise CancelledError
            row.fill()
            for done in row.hear():
                tell_part(watcher, errands[done.number].name, 1.0)
                yield done
            row.tell(watcher)
    finally:
        row.end()


def _serve(work: Callable[[Line], object], line: Line) -> None:
    """Do an errand in this process and send what came of it, if anybody still wants to hear."""
    with contextlib.suppress(BrokenPipeError), contextlib.closing(line.sender):
        try:
            result = work(line)
        except AnnotatorError as failure:
            line.sender.send(("failed", failure))
        else:
            line.sender.send(("done", result))


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let a process that is started meanwhile not hear what ends all of a terminal's.

    That is what is typed to stop this one, and that the terminal was closed. It is told to stop
    by its line, and can tidy up.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _died(name: str) -> MediaError:
    return MediaError(
        f"{name}: the process that did the work ended all of a sudden.",
        "The film may be damaged there, or memory was short. The rest went on.",
    )


@contextmanager
def pool_of(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Give so many processes for many small pieces of work; those not begun are dropped at the end.

    What is done there must not be able to take a process down.
    """
    pool = ProcessPoolExecutor(workers, mp_context=_SPAWN)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
