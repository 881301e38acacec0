"""The system's own dialogs for a codebook's file."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QWidget

from annotator.storage.books import BOOK_SUFFIX, with_suffix

FILTERS = f"Codebooks (*{BOOK_SUFFIX});;JSON files (*.json);;All files (*)"


def choose_codebook(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for a codebook's file; None where none was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, "Import a codebook", str(start), FILTERS)
    return Path(name) if name else None


def choose_codebook_place(parent: QWidget | None, start: Path) -> Path | None:
    """Ask where a codebook shall be written; None where no place was chosen."""
    name, _ = QFileDialog.getSaveFileName(parent, "Export the codebook", str(start), FILTERS)
    return with_suffix(Path(name)) if name else None
