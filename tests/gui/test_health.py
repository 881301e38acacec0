"""What the doctor hears of Qt, from a process of its own."""

from __future__ import annotations

import os

import pytest

from annotator.cli.findings import Level, ask_qt, find_fonts, find_window
from annotator.cli.libraries import System

pytest.importorskip("PyQt6.QtGui", exc_type=ImportError)


def test_qt_tells_of_itself() -> None:
    report = ask_qt("annotator.gui.health", os.environ, on_screen=False)
    assert report.error == ""
    assert report.text("platform") == "offscreen"
    assert report.text("qt").startswith("6.")
    assert find_window(report, (), System.APT).level is Level.OK
    assert find_fonts(report, System.APT).level in set(Level)
    assert isinstance(report.sound_outputs, tuple)


def test_an_unknown_platform_is_told_and_ends_nothing() -> None:
    environ = {**os.environ, "QT_QPA_PLATFORM": "nonsense"}
    report = ask_qt("annotator.gui.health", environ, on_screen=True)
    assert find_window(report, (), System.APT).level is Level.MISSING
