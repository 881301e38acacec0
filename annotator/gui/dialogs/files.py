"""The system's own dialogs for choosing files, behind functions that a test can replace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QWidget

from annotator.storage.paths import SESSION_ENDING

FILMS = "*.mp4 *.m4v *.mov *.mkv *.avi *.webm *.mpg *.mpeg *.mts *.m2ts *.wmv *.flv *.3gp *.ogv"
SOUNDS = "*.wav *.mp3 *.m4a *.aac *.flac *.ogg *.opus *.wma *.aif *.aiff"
EVERYTHING = "All files (*)"
OPENED = tuple(one.removeprefix("*") for one in f"{FILMS} {SOUNDS} *{SESSION_ENDING}".split())
"""How the names of files end that are opened, where others are imported."""

ChooseFile = Callable[[QWidget | None, Path], Path | None]
"""Ask for one file, beginning at a folder or file; None where the person changed her mind."""


def choose_to_open(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for a film, a sound file or a session to open; None where none was chosen."""
    everything = f"Films and sessions ({FILMS} {SOUNDS} *{SESSION_ENDING})"
    filters = ";;".join((everything, f"Sessions (*{SESSION_ENDING})", EVERYTHING))
    name, _ = QFileDialog.getOpenFileName(parent, "Open a film or session", str(start), filters)
    return Path(name) if name else None


def choose_film(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for a film or sound file; None where none was chosen."""
    filters = f"Films and sound ({FILMS} {SOUNDS});;{EVERYTHING}"
    name, _ = QFileDialog.getOpenFileName(parent, "Choose the film", str(start), filters)
    return Path(name) if name else None


def choose_recording(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for a film or sound file to add to a session; None where none was chosen."""
    filters = f"Films and sound ({FILMS} {SOUNDS});;{EVERYTHING}"
    name, _ = QFileDialog.getOpenFileName(parent, "Add a recording", str(start), filters)
    return Path(name) if name else None


def choose_session_file(parent: QWidget | None, start: Path) -> Path | None:
    """Ask where a session file should be written; None where no place was chosen."""
    filters = f"Sessions (*{SESSION_ENDING})"
    name, _ = QFileDialog.getSaveFileName(parent, "Save the session", str(start), filters)
    return as_session_file(Path(name)) if name else None


def as_session_file(path: Path) -> Path:
    """Give the path with the ending that a session file has."""
    if path.name.endswith(SESSION_ENDING):
        return path
    stem = path.name.removesuffix(".json").removesuffix(".session")
    return path.with_name(f"{stem}{SESSION_ENDING}")
