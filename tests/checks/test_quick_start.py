"""The window loads nothing slow that its first picture can do without."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("PyQt6.QtWidgets", exc_type=ImportError)

ROOT = Path(__file__).parents[2]
SLOW = ("numpy", "av", "cv2", "pydub", "jsonschema", "annotator.gui.dialogs.help")


def test_the_decoders_load_with_the_film_and_not_with_the_window() -> None:
    words = f"import sys, annotator.gui.app; print(*(set({SLOW!r}) & set(sys.modules)))"
    found = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert found.stdout.split() == []
