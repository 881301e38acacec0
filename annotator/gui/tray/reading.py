"""Decodes frames of a film for the tray; loads the decoders, so it is imported in the background.

Nothing of them is written anywhere.
"""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtGui import QImage

from annotator.gui.rgb_image import image_of
from annotator.media.survey import Survey
from annotator.media.video import open_video
from annotator.model.recording import Look

_MEMORY = 48 << 20


class ClipReader:
    """A film opened once more for the tray; only the background thread may use it.

    Raises MediaError where it cannot be opened.
    """

    def __init__(self, path: Path, known: Survey) -> None:
        self._video = open_video(path, known, _MEMORY)

    def image(self, index: int, height: int) -> QImage:
        """Decode a frame by number, so many pixels high; raises MediaError where it is damaged."""
        frame, (width, full) = self._video.seen(index, Look())
        rgb = frame.to_small(max(round(width * height / full), 1), height)
        return image_of(rgb)

    def close(self) -> None:
        """Let go of the film."""
        self._video.close()
