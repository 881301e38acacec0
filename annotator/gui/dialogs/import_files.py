"""The system's dialogs for foreign files: which to import, and where sessions shall go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QWidget

from annotator.gui.dialogs.files import EVERYTHING, as_session_file
from annotator.storage.paths import SESSION_ENDING

Kind = tuple[str, tuple[str, ...]]
"""What a kind of file is called, and its endings with their dots."""


_AS_WRITTEN = {".textgrid": ".TextGrid"}
"""Endings that their own programs write in letters of both kinds."""


def import_filters(kinds: Sequence[Kind]) -> str:
    """Write the kinds of files as the system's dialog wants them: all, each, and everything."""
    endings = dict.fromkeys(one for _, suffixes in kinds for one in suffixes)
    endings[SESSION_ENDING] = None
    everything = f"All that can be imported ({_patterns(tuple(endings))})"
    each = [f"{title} ({_patterns(suffixes)})" for title, suffixes in kinds]
    ours = f"Sessions of annotator (*{SESSION_ENDING})"
    return ";;".join((everything, *each, ours, EVERYTHING))


def _patterns(suffixes: Sequence[str]) -> str:
    """Write endings as patterns, in small and in large letters, since some systems tell these."""
    written = dict.fromkeys(
        form for one in suffixes for form in (one, one.upper(), _AS_WRITTEN.get(one, one))
    )
    return " ".join(f"*{one}" for one in written)


def choose_import(parent: QWidget | None, start: Path, kinds: Sequence[Kind]) -> Path | None:
    """Ask for a file to import; None where none was chosen."""
    filters = import_filters(kinds)
    name, _ = QFileDialog.getOpenFileName(parent, "Import", str(start), filters)
    return Path(name) if name else None


def choose_new_session(parent: QWidget | None, start: Path) -> Path | None:
    """Ask where a new session shall go; None where nowhere. One that is there is not replaced."""
    name, _ = QFileDialog.getSaveFileName(
        parent,
        "Make a new session",
        str(start),
        f"Sessions (*{SESSION_ENDING})",
        options=QFileDialog.Option.DontConfirmOverwrite,
    )
    return as_session_file(Path(name)) if name else None


def choose_sessions_folder(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for the folder in which new sessions shall go; None where nowhere."""
    name = QFileDialog.getExistingDirectory(parent, "Make new sessions in", str(start))
    return Path(name) if name else None
