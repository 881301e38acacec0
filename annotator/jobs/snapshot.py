"""Saves one frame of a recording as a picture beside its session."""

from __future__ import annotations

from pathlib import Path

from annotator.errors import MediaError
from annotator.media.lens import shown_pixels
from annotator.media.png import encode_png
from annotator.media.video import Video
from annotator.model import Look, Micros
from annotator.model.naming import numbered
from annotator.model.time import to_clock
from annotator.storage.atomic import write_atomically


def save_snapshot(
    video: Video | None, index: int, look: Look, moment: Micros, session_path: Path
) -> Path:
    """Save the whole frame as the look shows it, and give the picture's path.

    It lies in the session's folder and is named after the film and the session's time, as in
    `talk 0-01-23.480.png`; a picture that is there already stays, and the new one is numbered.
    Raises MediaError where the frame cannot be decoded, StorageError where the picture cannot be
    written.
    """
    if video is None:
        raise MediaError("This recording has sound only.")
    frame, size = video.seen(index, look)
    stem = f"{video.survey.path.stem} {to_clock(moment).replace(':', '-')}"
    path = _free(session_path.parent, stem)
    write_atomically(path, encode_png(shown_pixels(frame, size)))
    return path


def _free(folder: Path, stem: str) -> Path:
    """Find a name that is not taken."""
    paths = (folder / one for one in numbered(stem, " ({})", ".png"))
    return next(one for one in paths if not one.exists())
