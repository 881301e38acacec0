"""Hands that look at the masks of a clip, moment by moment, as somebody does who reviews."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.gui.mask_reviewing import MaskReviewing

PATIENCE_MS = 60_000


def look_at_all(qtbot: QtBot, reviewing: MaskReviewing) -> None:
    """Go to each moment of the strip of the recording that is shown, and wait for its picture."""
    window = reviewing.window
    assert window is not None
    for row in range(window.strip.count()):
        item = window.strip.item(row)
        assert item is not None
        if item.data(Qt.ItemDataRole.UserRole) != window.frame:
            with qtbot.wait_signal(reviewing.shown, timeout=PATIENCE_MS):
                window.strip.setCurrentRow(row)
