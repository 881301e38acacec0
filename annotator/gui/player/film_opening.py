"""Opens a film for the player; loads the decoders, so it is imported in the background alone."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QSize
from PyQt6.QtGui import QImage

from annotator.errors import MediaError
from annotator.gui.player.film import OpenedFilm
from annotator.gui.player.images import ImagePool
from annotator.media.audio import open_audio
from annotator.media.facts import recording_facts
from annotator.media.survey import survey
from annotator.media.video import first_picture, open_video


def open_film(path: Path, memory: int, track: int) -> OpenedFilm:
    """Open a film as `film.open_film` says."""
    known = survey(path)
    has_picture = known.video is not None or not known.audio
    video = open_video(path, known, memory) if has_picture else None
    sound, problem = None, ""
    heard = max(min(track, len(known.audio) - 1), 0)
    try:
        sound = open_audio(path, heard, known) if known.audio else None
    except MediaError as error:
        problem = f"The film plays without sound. {error}"
    facts = video.recording if video else recording_facts(known, None)
    return OpenedFilm(path, facts, video, sound, problem, track=heard)


def glimpse_film(path: Path) -> QImage:
    """Decode the first picture as `film.glimpse_film` says."""
    frame, size = first_picture(path)
    return ImagePool().image(frame.to_screen(), QSize(*size))
