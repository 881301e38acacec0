"""The program's two doors: the console command and the window."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from annotator.cli.app import run
from annotator.cli.window import Toured, Window


def main() -> None:
    """Run the console command `annotator` and end with its exit code."""
    sys.exit(run(sys.argv[1:], _window()))


def main_window() -> None:
    """Open the window, with the file that a file manager hands over if there is one."""
    sys.exit(run(sys.argv[1:2], _window()))


def _window() -> Window:
    return Window(
        open=_open,
        open_sample=_open_sample,
        tour=_tour,
        health_module="annotator.gui.health",
    )


def _open(path: Path | None) -> int:
    """Show the window; Qt is loaded here and not before, so that help stays quick."""
    code: int = _window_module().open_window(path)
    return code


def _open_sample() -> int:
    """Show the reader's own copy of the sample session, as its first coder."""
    sample = import_module("annotator.storage.sample").sample_copy()
    code: int = _window_module().open_window(sample, "A")
    return code


def _window_module() -> ModuleType:
    """Load the window without looking for garbage on the way: there is none, only time to lose."""
    gc.disable()
    try:
        return import_module("annotator.gui.starting")
    finally:
        gc.freeze()  # modules stay; later collections need not look through them
        gc.enable()


def _tour(folder: Path) -> Toured:
    """Drive the window through its tour, writing into the folder."""
    result: Toured = import_module("annotator.gui.tour").run_tour(folder)
    return result


if __name__ == "__main__":
    main()
