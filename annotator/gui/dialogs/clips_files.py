"""The system's dialog for the folder that clips go into."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QWidget


def choose_clips_folder(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for the folder that clips go into; None where into none."""
    name = QFileDialog.getExistingDirectory(parent, "Make clips in", str(start))
    return Path(name) if name else None
