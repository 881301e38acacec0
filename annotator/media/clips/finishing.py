"""Makes frames of a clip what those see who get it: masked, turned, with the words over them."""

from __future__ import annotations

from dataclasses import dataclass

from av.video.frame import VideoFrame

from annotator.media.clips.overlaying import Overlayer
from annotator.media.clips.shaping import Shape, Shaper, shape_of
from annotator.media.clips.source_frames import ClipFrames
from annotator.media.clips.stretch import Stretch
from annotator.media.clips.wishes import Changes
from annotator.media.frame import Frame
from annotator.media.lettering.words import Overlay


@dataclass(frozen=True, slots=True)
class Finisher:
    """Finishes the pictures of one clip, all in one shape."""

    shape: Shape
    _stretch: Stretch
    _shaper: Shaper
    _overlayer: Overlayer

    @classmethod
    def of(cls, frames: ClipFrames, changes: Changes, most_height: int | None) -> Finisher:
        """Get ready for the pictures of a clip, no higher than `most_height` pixels.

        Raises MediaError where its first frame is damaged, UndrawableError where the pictures
        have no room for its words.
        """
        shape = shape_of(frames.first, most_height)
        words = changes.overlay or Overlay()
        overlayer = Overlayer(words, shape, float(frames.pixel_aspect))
        overlayer.require_room()
        return cls(shape, frames.stretch, Shaper(shape, changes.pictures), overlayer)

    def finished(self, place: int, frame: Frame) -> VideoFrame:
        """Give the frame at a place of the clip as an encoder takes it.

        Raises MediaError where a change does not give what it must.
        """
        moment = self._stretch.ticks[place] * self._stretch.base
        return self._overlayer.over(self._shaper.shaped(frame), moment)
