"""What the command line is handed of the window, which it may not import itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Toured(Protocol):
    """What a tour leaves behind."""

    @property
    def session(self) -> Path:
        """The session file with the tags that the tour made."""

    @property
    def pictures(self) -> Sequence[Path]:
        """The pictures it took, in order."""


@dataclass(frozen=True, slots=True)
class Window:
    """The doors to the window.

    `open` shows a film or a session, or the welcome page for None, until the window is closed,
    and gives the exit code; `open_sample` does so with the reader's copy of the sample session.
    `tour` drives the window through a short tour and writes the session and pictures of the
    window into a folder. All raise ImportError where Qt cannot be loaded. `health_module` is
    the module that, run by Python on its own, writes one JSON object about screens, sound
    outputs and fonts.
    """

    open: Callable[[Path | None], int]
    open_sample: Callable[[], int]
    tour: Callable[[Path], Toured]
    health_module: str
