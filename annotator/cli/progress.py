"""How far long work is, as a bar in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import TaskID

from annotator.jobs.progress import Progress


@dataclass(frozen=True, slots=True)
class _OnTerminal:
    """Shows a job's progress as a bar."""

    bar: Bar
    task: TaskID

    def progress(self, fraction: float, text: str) -> None:
        """Move the bar."""
        self.bar.update(self.task, completed=fraction, description=text)

    def cancelled(self) -> bool:
        """Never: Ctrl+C ends the program instead."""
        return False


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a watcher that shows a bar on a terminal, and nothing elsewhere."""
    console = Console(file=sys.stderr)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        yield _OnTerminal(bar, bar.add_task("", total=1.0))
