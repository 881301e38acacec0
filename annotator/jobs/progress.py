"""How long work tells how far it is, and is told to stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from annotator.errors import AnnotatorError


class CancelledError(AnnotatorError):
    """The work was stopped because the user asked for it; nothing half-done is left behind."""

    def __init__(self) -> None:
        super().__init__("Stopped, as you asked.", "Nothing was changed.")


class Progress(Protocol):
    """Whoever watches a job."""

    def progress(self, fraction: float, text: str) -> None:
        """Hear how far the work is, from 0 to 1, and what it is doing in words."""

    def cancelled(self) -> bool:
        """Tell whether the work should stop."""


@runtime_checkable
class HearsParts(Protocol):
    """A watcher that also wants to hear of each of the errands that a job is made of."""

    def part(self, name: str, fraction: float) -> None:
        """Hear how far the errand of that name is, from 0 to 1; 1 once it has ended."""


def tell_part(watcher: Progress, name: str, fraction: float) -> None:
    """Tell how far one errand is, to a watcher that hears of such."""
    if isinstance(watcher, HearsParts):
        watcher.part(name, fraction)


@dataclass(frozen=True, slots=True)
class Silent:
    """Watches without a word and never stops the work."""

    def progress(self, fraction: float, text: str) -> None:
        """Take no notice."""

    def cancelled(self) -> bool:
        """Never stop the work."""
        return False


SILENT = Silent()


def advance(watcher: Progress, fraction: float, text: str) -> None:
    """Tell how far the work is; raises CancelledError where it should stop instead."""
    if watcher.cancelled():
        raise CancelledError
    watcher.progress(fraction, text)


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a longer job, told as if it were a whole one."""

    whole: Progress
    start: float
    end: float

    def progress(self, fraction: float, text: str) -> None:
        """Pass on where the part's progress lies in the whole."""
        self.whole.progress(self.start + (self.end - self.start) * fraction, text)

    def part(self, name: str, fraction: float) -> None:
        """Pass on how far an errand is."""
        tell_part(self.whole, name, fraction)

    def cancelled(self) -> bool:
        """Tell whether the whole should stop."""
        return self.whole.cancelled()
