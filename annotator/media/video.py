"""A film as exact frames: which there are, when each is shown, and any of them decoded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Self

from annotator.errors import MediaError
from annotator.media.facts import PictureFacts, RecordingFacts, recording_facts
from annotator.media.frame import Frame, orientation_of
from annotator.media.frame_cache import DEFAULT_BYTES, FrameCache
from annotator.media.frame_index import FrameIndex
from annotator.media.frame_reader import FrameReader, never, open_reader
from annotator.media.hdr_pictures import Toning
from annotator.media.lens import looked, shown_size
from annotator.media.picture_decoder import PictureDecoder
from annotator.media.survey import Survey, survey
from annotator.model import ZERO, Look, Micros, VideoFacts

_SHARE_OF_DECODERS = 6
"""One part in so many of the memory is left to the decoders' own pictures."""

_SHARE_OF_SHOWN = 5
"""One part in so many of the rest may be left to pictures that are made for the screen."""


class Video:
    """An open film; one thread at a time may use it. Close it, or use it in a `with`.

    `recording` tells all facts of the file, `survey` what its packets say, which `open_audio`
    takes over so that the file is read through only once. `pixel_aspect` is the width of a
    pixel by its height, as shown; 1 for nearly all films.
    """

    def __init__(self, known: Survey, reader: FrameReader) -> None:
        self.survey = known
        self._reader = reader
        first = reader.frame(0)
        rotation = reader.orientation.rotation
        facts = PictureFacts(reader.index, first.width, first.height, rotation)
        self.recording: RecordingFacts = recording_facts(known, facts)
        self.pixel_aspect: Fraction = reader.pixel_aspect

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; frames already given stay valid."""
        self._reader.close()

    @property
    def facts(self) -> VideoFacts:
        """What is known of the picture."""
        video = self.recording.video
        if video is None:
            raise ValueError("a film has a picture")
        return video

    @property
    def duration(self) -> Micros:
        """From time 0 to the end of picture or sound, whichever ends last."""
        return self.recording.duration

    @property
    def index(self) -> FrameIndex:
        """Which frames there are and where decoding can begin."""
        return self._reader.index

    @property
    def frame_times(self) -> Sequence[Micros]:
        """When each frame comes on screen, in showing order."""
        return self._reader.index.times

    def index_at(self, time: Micros | int) -> int:
        """Number the frame on screen at a moment: the last one shown by then.

        Before the first frame it is the first, after the last the last.
        """
        return self._reader.index.index_at(Micros(time))

    def frame(self, index: int) -> Frame:
        """Give a frame by number, counted from 0 in showing order.

        Raises IndexError where there is no such frame, MediaError where it is damaged.
        """
        return self._reader.frame(index)

    def seen(
        self, index: int, look: Look, is_given_up: Callable[[], bool] = never
    ) -> tuple[Frame, tuple[int, int]]:
        """Decode one frame as a look asks, and tell at which width and height it is to be shown.

        Raises as `frame` does, and GivenUpError where it was given up meanwhile.
        """
        return self._seen(self._reader.frame(index, is_given_up), look)

    def nearest(self, index: int, look: Look) -> tuple[Frame, tuple[int, int]] | None:
        """Do as `seen` with a frame, or where it takes long, with one near it that does not.

        None where that is damaged.
        """
        frame = self._reader.nearest(index)
        return None if frame is None else self._seen(frame, look)

    def glance(self, index: int, look: Look) -> tuple[Frame, tuple[int, int]] | None:
        """Do as `seen` with a frame that lies ready; None where it does not."""
        frame = self._reader.glance(index)
        return None if frame is None else self._seen(frame, look)

    def look_at(self, index: int) -> None:
        """Say which frame is on screen: what lies near it is kept ready from now on."""
        self._reader.cache.look_at(index)

    def fill(self) -> bool:
        """Decode a little of what may be asked for next, so that it lies ready.

        Takes about as long as one frame; False where nothing is left to do.
        """
        return self._reader.fill()

    def approach(self, index: int) -> bool:
        """Decode a little on the way to a frame that playing will soon go on from.

        Takes about as long as one frame; False once it is near.
        """
        return self._reader.approach(index)

    def _seen(self, frame: Frame, look: Look) -> tuple[Frame, tuple[int, int]]:
        return looked(frame, look), shown_size(frame, self.pixel_aspect, look)

    def leave_memory(self, size: int, most: int) -> int:
        """Keep fewer decoded pictures, so that whoever shows them may keep some of so many bytes.

        Gives how many that may be: `most` of them, fewer where memory is short.
        """
        cache = self._reader.cache
        count = min(cache.budget // _SHARE_OF_SHOWN // size, most)
        cache.budget -= count * size
        return count

    def frame_at(self, time: Micros | int) -> Frame:
        """Give the frame on screen at a moment, as `index_at` numbers it.

        Raises MediaError where it is damaged.
        """
        return self._reader.frame(self.index_at(time))


def open_video(path: Path | str, known: Survey | None = None, memory: int = DEFAULT_BYTES) -> Video:
    """Open a film for its frames; `known` saves reading it through again.

    `memory` is the most bytes of decoded pictures that may be kept; what the decoders need for
    themselves counts.

    Raises MediaError where it cannot be opened, has no picture or cannot be decoded.
    """
    read = known or survey(path)
    return Video(read, open_reader(read, FrameCache(memory - memory // _SHARE_OF_DECODERS)))


def first_picture(path: Path | str) -> tuple[Frame, tuple[int, int]]:
    """Decode a film's first picture without reading it through, and tell the size to show it at.

    Its time is not known yet, and told as 0. Raises MediaError where there is none.
    """
    decoder = PictureDecoder(Path(path), hastens=True)
    try:
        picture = decoder.first()
        if picture is None:
            raise MediaError(f"No picture of “{Path(path).name}” can be decoded.")
        frame = Toning().toned(Frame(0, ZERO, picture, orientation_of(picture)))
        return frame, shown_size(frame, decoder.pixel_aspect(frame.orientation), Look())
    finally:
        decoder.close()


def probe(path: Path | str) -> RecordingFacts:
    """Tell what a film or sound file holds.

    Raises MediaError where it cannot be opened, or holds neither picture nor sound.
    """
    read = survey(path)
    if read.video is None and read.audio:
        return recording_facts(read, None)
    with open_video(path, read) as video:
        return video.recording
