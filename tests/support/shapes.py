"""Measures the sound of files for tests."""

from __future__ import annotations

from pathlib import Path

from annotator.media.levels import STEP, Levels
from annotator.media.peaks import Peaks
from annotator.media.sound_shape import shape_of
from annotator.model import Micros


def levels_of(path: Path, track: int = 0, step: Micros = STEP) -> Levels:
    """Give the levels of a file that can be heard."""
    shape = shape_of(path, track=track, step=step)
    assert shape is not None
    return shape.levels


def peaks_of(path: Path, track: int = 0) -> Peaks:
    """Give the peaks of a file that can be heard."""
    shape = shape_of(path, track=track)
    assert shape is not None
    return shape.peaks
