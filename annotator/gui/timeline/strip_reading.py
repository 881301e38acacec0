"""Decodes the pictures of the film strip; loads the decoders, so it is imported in the background.

Nothing of them is written anywhere.
"""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtGui import QImage

from annotator.gui.rgb_image import image_of
from annotator.media.frame_index import FrameIndex, Keyframe
from annotator.media.key_pictures import KeyPictures
from annotator.model.recording import Look


class StripReader:
    """A film for its strip; only the background thread may use it.

    Raises MediaError where it cannot be opened.
    """

    def __init__(self, path: Path, index: FrameIndex) -> None:
        self._pictures = KeyPictures(path, index)

    def image(self, keyframe: Keyframe, look: Look, height: int) -> QImage | None:
        """Decode a keyframe, so many pixels high; None where it is damaged."""
        rgb = self._pictures.picture(keyframe, look, height)
        if rgb is None:
            return None
        return image_of(rgb)

    def close(self) -> None:
        """Let go of the film."""
        self._pictures.close()
