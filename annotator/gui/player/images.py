"""Images for the screen whose memory is used again: fresh memory costs more than the pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import ReferenceType, ref

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 16


@dataclass(slots=True)
class _Lent:
    """An image and what was given away of it, which shares its pixels."""

    image: QImage
    given: ReferenceType[QImage] | None = None

    @property
    def is_free(self) -> bool:
        return self.given is None or self.given() is None


class ImagePool:
    """Makes images, a few of which it takes back once nobody looks at them; for one thread.

    The images may be let go of in any thread. One that was copied keeps its pixels: Qt gives the
    image that is written to other memory then.
    """

    def __init__(self) -> None:
        self._lent: list[_Lent] = []

    def image(self, words: NDArray[np.uint32], size: QSize) -> QImage:
        """Make an image of words 0xffRRGGBB, shape (height, width), scaled to a size.

        It is in the screen's own format, which the window paints several times faster.
        """
        height, width = words.shape
        lent = self._free(QSize(width, height))
        pixels = lent.image.bits()
        pixels.setsize(lent.image.sizeInBytes())
        # a row of 32-bit pixels is never padded, so the picture is one piece of memory
        pixels[:] = words.data.cast("B")
        if lent.image.size() != size:
            return lent.image.scaled(
                size,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        given = QImage(lent.image)
        lent.given = ref(given)
        return given

    def clear(self) -> None:
        """Let go of all memory that is not in use."""
        self._lent.clear()

    def _free(self, size: QSize) -> _Lent:
        self._lent = [one for one in self._lent if one.image.size() == size]
        free = next((one for one in self._lent if one.is_free), None)
        if free is None:
            free = _Lent(QImage(size, QImage.Format.Format_RGB32))
            if len(self._lent) < MOST:
                self._lent.append(free)
        return free
