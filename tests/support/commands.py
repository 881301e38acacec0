"""Runs the command line in this process, with doors to a window that is not there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from annotator.cli.app import run
from annotator.cli.window import Window


@dataclass
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass
class WindowStandIn:
    """Keeps what it was asked to open."""

    opened: list[Path | None] = field(default_factory=list)
    samples: int = 0
    fault: ImportError | None = None

    def open(self, path: Path | None) -> int:
        self._fail()
        self.opened.append(path)
        return 0

    def open_sample(self) -> int:
        self._fail()
        self.samples += 1
        return 0

    def tour(self, folder: Path) -> Toured:
        self._fail()
        return Toured(folder / "x.session.json", (folder / "1.png",))

    def doors(self) -> Window:
        return Window(self.open, self.open_sample, self.tour, "annotator.gui.health")

    def _fail(self) -> None:
        if self.fault is not None:
            raise self.fault


@dataclass
class Toured:
    """What a tour leaves behind."""

    session: Path
    pictures: tuple[Path, ...]


@dataclass
class CommandLine:
    """Runs commands and catches what they say."""

    capture: pytest.CaptureFixture[str]
    window: WindowStandIn = field(default_factory=WindowStandIn)

    def __call__(self, *words: object) -> Said:
        code = run([str(word) for word in words], self.window.doors())
        captured = self.capture.readouterr()
        return Said(code, captured.out, captured.err)
