"""The system's dialogs for clips: the folder they go into, a list of them, and what was made."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QFileDialog, QWidget

from annotator.storage.paths import SESSION_ENDING


def choose_clips_folder(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for the folder that clips go into; None where into none."""
    name = QFileDialog.getExistingDirectory(parent, "Make clips in", str(start))
    return Path(name) if name else None


def choose_clips_list(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for a list of stretches; None where for none."""
    name, _ = QFileDialog.getOpenFileName(
        parent, "A list of moments", str(start), "Tables (*.csv);;All files (*)"
    )
    return Path(name) if name else None


def choose_other_sessions(parent: QWidget | None, start: Path) -> tuple[Path, ...]:
    """Ask for session files whose clips come along; empty where none do."""
    filters = f"Sessions (*{SESSION_ENDING});;All files (*)"
    names, _ = QFileDialog.getOpenFileNames(parent, "Clips of other sessions", str(start), filters)
    return tuple(map(Path, names))


def open_outside(path: Path) -> bool:
    """Have the system show a folder or a page; False where it knows nothing that does."""
    return path.exists() and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
