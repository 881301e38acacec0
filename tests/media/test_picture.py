"""Pictures are scaled and saved; OpenCV leaves no trace in the environment."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from annotator.media.picture import scaled
from tests.support.timing_clips import paint_number, read_number

_REPORT = """
import json, os
import annotator.media.picture
names = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
print(json.dumps({name: os.environ[name] for name in names if name in os.environ}))
"""
_WINDOW = """
import annotator.media.picture
from PyQt6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("hello")
label.show()
app.processEvents()
print(app.platformName(), label.isVisible())
"""


def run(script: str, command: tuple[str, ...] = (), **changes: str) -> str:
    root = Path(__file__).parents[2]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("QT_QPA_")}
    result = subprocess.run(
        [*command, sys.executable, "-c", script],
        env=environment | {"PYTHONPATH": str(root)} | changes,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return result.stdout


def test_the_environment_stays_as_it_was() -> None:
    assert json.loads(run(_REPORT)) == {}


def test_the_users_own_values_stay() -> None:
    own = {"QT_QPA_PLATFORM_PLUGIN_PATH": "/own/plugins", "QT_QPA_FONTDIR": "/own/fonts"}
    assert json.loads(run(_REPORT, **own)) == own


@pytest.mark.xvfb
@pytest.mark.skipif(shutil.which("xvfb-run") is None, reason="Xvfb is not installed")
def test_a_window_opens_on_x11_after_opencv() -> None:
    shown = run(_WINDOW, ("xvfb-run", "--auto-servernum"), QT_QPA_PLATFORM="xcb")
    assert shown.split() == ["xcb", "True"]


def test_scaling_keeps_what_is_seen() -> None:
    small = scaled(paint_number(421, 192, 128), 96, 63)
    assert small.shape == (63, 96, 3)
    assert read_number(small) == 421
    assert read_number(scaled(small, 400, 300)) == 421
