"""The system's dialog for where a file of a foreign format shall go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QWidget


def choose_export_place(
    parent: QWidget | None, start: Path, title: str, suffixes: Sequence[str]
) -> Path | None:
    """Ask where to write; None where nowhere.

    A name without the format's ending gets it; where there is a file of that name then, the
    system is let ask about that one.
    """
    filters = f"{title} ({' '.join(f'*{one}' for one in suffixes)})"
    while True:
        name, _ = QFileDialog.getSaveFileName(parent, f"Export as {title}", str(start), filters)
        if not name:
            return None
        chosen = Path(name)
        path = with_ending(chosen, suffixes)
        if path == chosen or not path.exists():
            return path
        start = path


def with_ending(path: Path, suffixes: Sequence[str]) -> Path:
    """Give the path with the first of these endings, unless it has one of them."""
    if path.name.lower().endswith(tuple(suffixes)):
        return path
    return path.with_name(path.name + suffixes[0])
