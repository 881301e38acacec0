"""Reads a sound to be drawn; loads the decoders, so it is imported in the background."""

from __future__ import annotations

from pathlib import Path

from annotator.gui.timeline.wave import SoundWave
from annotator.jobs.progress import Progress
from annotator.jobs.sound_shape import find_shape


def read_wave(path: Path, track: int, watcher: Progress) -> SoundWave:
    """Give the drawing of a sound track; raises as `find_shape` does."""
    return SoundWave(find_shape(path, track=track, watcher=watcher))
