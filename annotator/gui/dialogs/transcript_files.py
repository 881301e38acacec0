"""The system's dialogs for transcript files."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtWidgets import QFileDialog, QWidget

_KINDS = ("WebVTT (*.vtt)", "SubRip (*.srt)", "Plain text (*.txt)")
_ENDINGS = (".vtt", ".srt", ".txt")


def choose_transcript(parent: QWidget | None, start: Path) -> Path | None:
    """Ask for a transcript to import; None where none was chosen."""
    filters = "Transcripts (*.vtt *.webvtt *.srt);;All files (*)"
    name, _ = QFileDialog.getOpenFileName(parent, "Import a transcript", str(start), filters)
    return Path(name) if name else None


def choose_transcript_place(parent: QWidget | None, start: Path) -> Path | None:
    """Ask where a transcript shall go, and as what; None where nowhere."""
    name, kind = QFileDialog.getSaveFileName(
        parent, "Export the transcript", str(start), ";;".join(_KINDS)
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in _ENDINGS:
        return path
    return path.with_name(path.name + _ENDINGS[_KINDS.index(kind) if kind in _KINDS else 0])
