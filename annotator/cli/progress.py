"""How far long work is, as a bar in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import TaskID

from annotator.jobs.progress import Progress

MOST_PARTS = 8
"""So many parts have a bar at once, so that no terminal is too low for them."""


@dataclass(frozen=True, slots=True)
class _OnTerminal:
    """Shows a job's progress as a bar, and beneath it a bar for each part that is on its way."""

    bar: Bar
    task: TaskID
    parts: dict[str, TaskID] = field(default_factory=dict)

    def progress(self, fraction: float, text: str) -> None:
        """Move the bar."""
        self.bar.update(self.task, completed=fraction, description=text)

    def part(self, name: str, fraction: float) -> None:
        """Move the bar of a part; it goes where the part has ended."""
        if fraction >= 1:
            if (ended := self.parts.pop(name, None)) is not None:
                self.bar.remove_task(ended)
            return
        if name not in self.parts:
            if len(self.parts) >= MOST_PARTS:
                return
            self.parts[name] = self.bar.add_task("", total=1.0)
        self.bar.update(self.parts[name], completed=fraction, description=f"  {name}")

    def cancelled(self) -> bool:
        """Never: Ctrl+C ends the program instead."""
        return False


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Give a watcher that shows a bar on a terminal, and nothing elsewhere."""
    console = Console(file=sys.stderr)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        yield _OnTerminal(bar, bar.add_task("", total=1.0))
