"""Skips, with the reason, the tests for which this machine lacks a system library.

PyQt6 and OpenCV come from pip, but need libraries of the system (libEGL, libGL and others), which
a bare server does not have. pytest-qt ends the whole run where Qt does not load, so it is loaded
here, and only where it can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import pytest

NEEDS_QT = re.compile(r"^\s*(from|import) (PyQt6|annotator\.gui)\b|\b(qtbot|qapp)\b", re.MULTILINE)
NEEDS_OPENCV = re.compile(
    r"^\s*import (cv2|annotator\.media\.picture)\b"
    r"|^\s*from annotator\.media(\.picture import|.* import .*\bpicture)\b",
    re.MULTILINE,
)


def fault_of(module: str) -> str:
    """Say why a module does not load; empty where it does."""
    try:
        import_module(module)
    except ImportError as error:
        return str(error)
    return ""


QT_FAULT = fault_of("PyQt6.QtWidgets")
PICTURE_FAULT = fault_of("annotator.media.picture")

pytest_plugins = [] if QT_FAULT else ["pytestqt.plugin"]

PATIENCE_MS = 30_000


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait longer for what must come true: a busy machine is no fault of the program."""
    if not QT_FAULT:
        waiting = import_module("pytestqt.qtbot").QtBot.waitUntil
        monkeypatch.setitem(waiting.__kwdefaults__, "timeout", PATIENCE_MS)


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """Let go of the windows of a test: those that pile up make every later one slower to dress."""
    if QT_FAULT:
        return
    widgets, core = import_module("PyQt6.QtWidgets"), import_module("PyQt6.QtCore")
    if (application := widgets.QApplication.instance()) is not None:
        application.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Know pytest-qt's settings where it is not loaded, so that they count as no mistake."""
    if QT_FAULT:
        for name in ("qt_api", "qt_default_raising", "qt_log_ignore", "qt_log_level_fail"):
            parser.addini(name, "Not used on this machine: Qt does not load.")


def reason_to_skip(source: str) -> str:
    """Say why a test module cannot run on this machine; empty where it can."""
    if QT_FAULT and NEEDS_QT.search(source):
        return f"Qt does not load here: {QT_FAULT}"
    if PICTURE_FAULT and NEEDS_OPENCV.search(source):
        return f"OpenCV does not load here: {PICTURE_FAULT}"
    return ""


class SkippedModule(pytest.Module):
    """A test module that is not even imported."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        skip_for(self.path)


class SkippedFolder(pytest.Collector):
    """A folder of tests; no `pytest.Dir`, whose conftest.py would be imported."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        skip_for(self.path / "conftest.py")


def skip_for(path: Path) -> NoReturn:
    """Skip with the reason for which a file cannot run."""
    pytest.skip(reason_to_skip(path.read_text(encoding="utf-8")), allow_module_level=True)


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Leave alone what can run, and skip the rest with the reason."""
    if not reason_to_skip(module_path.read_text(encoding="utf-8")):
        return None
    skipped: pytest.Module = SkippedModule.from_parent(parent, path=module_path)
    return skipped


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Skip a folder whose tests all share what cannot run here."""
    shared = path / "conftest.py"
    if not shared.is_file() or not reason_to_skip(shared.read_text(encoding="utf-8")):
        return None
    skipped: pytest.Collector = SkippedFolder.from_parent(parent, name=path.name, path=path)
    return skipped
