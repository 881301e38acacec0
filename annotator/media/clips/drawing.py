"""Draws over pictures that are ready to be encoded, which spares them a way through colours."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from av.video.frame import VideoFrame

from annotator.media.encoder_picture import EncoderPicture, copied
from annotator.media.frame import Frame
from annotator.model import Micros


@runtime_checkable
class PictureDrawing(Protocol):
    """Draws over some of the pictures of a clip, for example to mask faces; can be pickled."""

    def draws_at(self, time: Micros) -> bool:
        """Tell whether anything is drawn on the picture of a moment."""

    def draw(self, index: int, time: Micros, picture: EncoderPicture) -> None:
        """Draw over a picture, which may be smaller than the recording's.

        `index` numbers the frame in the recording, `time` is when it comes on screen there.
        """


def drawn(drawing: PictureDrawing, frame: Frame, ready: VideoFrame, matrix: int) -> VideoFrame:
    """Give a frame's picture for the encoder with what is drawn over it.

    `ready` is that picture, upright, its colours made as `matrix` tells. It is left as it is, since
    the decoder may still lean on it, and is given back where nothing is drawn.
    """
    if not drawing.draws_at(frame.time):
        return ready
    made = copied(ready)
    drawing.draw(frame.index, frame.time, EncoderPicture.of(made, matrix))
    return made
