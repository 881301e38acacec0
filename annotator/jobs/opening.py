"""From a path that a person chose, a film or a session, to an open session with its film."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from annotator.jobs.prepare import new_session
from annotator.model.codebook import Codebook
from annotator.model.recording import Recording
from annotator.model.session import Session
from annotator.storage.paths import SESSION_ENDING, recording_path
from annotator.storage.placing import OPEN_IT, require_free
from annotator.storage.store import Opened, SessionStore


@dataclass(frozen=True, slots=True)
class FilmPlace:
    """Where the film of a session should be; `recording` is None in a session without films."""

    recording: Recording | None
    path: Path | None

    @property
    def is_missing(self) -> bool:
        """Whether the session names a film that is not there."""
        return self.path is not None and not self.path.is_file()


def is_session(path: Path) -> bool:
    """Tell a session file from a film by its name."""
    return path.name.endswith(".json")


def session_path_for(film: Path) -> Path:
    """Give the place of a film's session: `talk.session.json` beside `talk.mp4`.

    Where that one is taken by another film of the same stem, `talk.mp4.session.json`.
    """
    plain = film.with_name(film.stem + SESSION_ENDING)
    others = (one for one in film.parent.glob(f"{_escaped(film.stem)}.*") if one != film)
    shared = any(_looks_like_film(one) for one in others)
    full = film.with_name(film.name + SESSION_ENDING)
    return full if full.exists() or (shared and not plain.exists()) else plain


def begin_session(film: Path, session_path: Path, coder: str, book: Codebook) -> Opened:
    """Make the session of a film and write its file.

    Raises MediaError where the film cannot be read, StorageError where the file cannot be
    written.
    """
    require_free(session_path, OPEN_IT)
    session: Session = new_session([film], session_path, book, title=film.stem)
    store = SessionStore.create(session_path, session, coder)
    return Opened(session, store, ())


def film_of(session: Session, session_path: Path) -> FilmPlace:
    """Find the first recording with a picture, or else the first of all."""
    recordings = sorted(session.recordings, key=lambda one: one.video is None)
    if not recordings:
        return FilmPlace(None, None)
    return FilmPlace(recordings[0], recording_path(session_path, recordings[0]))


def _looks_like_film(path: Path) -> bool:
    films = {".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mpg", ".mpeg", ".mts", ".wmv"}
    return path.suffix.lower() in films


def _escaped(stem: str) -> str:
    return "".join(f"[{one}]" if one in "*?[" else one for one in stem)
