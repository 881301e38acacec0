"""An open film as the player's background thread uses it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage

from annotator.errors import MediaError
from annotator.media.audio import AudioReader, open_audio
from annotator.media.facts import RecordingFacts, recording_facts
from annotator.media.frame_index import FrameIndex
from annotator.media.survey import survey
from annotator.media.video import Video, open_video
from annotator.model.time import Micros


@dataclass(frozen=True, slots=True)
class ShownFrame:
    """A decoded frame ready to paint; `time` is the recording's."""

    image: QImage
    index: int
    time: Micros


@dataclass(frozen=True, slots=True)
class OpenedFilm:
    """An open recording; `video` or `sound` is None where it has no picture or no sound.

    `sound_problem` says why the sound cannot be played although there is some.
    """

    path: Path
    facts: RecordingFacts
    video: Video | None
    sound: AudioReader | None
    sound_problem: str = ""

    @property
    def index(self) -> FrameIndex | None:
        """The frames there are; None for sound alone."""
        return self.video.index if self.video else None

    def decode(self, index: int) -> ShownFrame:
        """Decode one frame; raises MediaError where it is damaged."""
        if self.video is None:
            raise MediaError("This recording has sound only.")
        frame = self.video.frame(index)
        image = _image(self.video, frame.to_rgb().tobytes(), frame.width, frame.height)
        return ShownFrame(image, frame.index, frame.time)

    def close(self) -> None:
        """Let go of the file."""
        if self.video is not None:
            self.video.close()
        if self.sound is not None:
            self.sound.close()


def open_film(path: Path) -> OpenedFilm:
    """Open a film, or a recording of sound alone; raises MediaError where it cannot be read."""
    known = survey(path)
    video = open_video(path, known) if known.video is not None or not known.audio else None
    sound, problem = None, ""
    try:
        sound = open_audio(path, known=known) if known.audio else None
    except MediaError as error:
        problem = f"The film plays without sound. {error}"
    facts = video.recording if video else recording_facts(known, None)
    return OpenedFilm(path, facts, video, sound, problem)


def _image(video: Video, pixels: bytes, width: int, height: int) -> QImage:
    image = QImage(pixels, width, height, 3 * width, QImage.Format.Format_RGB888)
    # A copy of its own, since the bytes go away with this call; in the screen's own format, which
    # the window paints several times faster.
    ready = image.convertToFormat(QImage.Format.Format_RGB32)
    if video.pixel_aspect == 1:
        return ready
    return ready.scaled(
        round(width * video.pixel_aspect),
        height,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
