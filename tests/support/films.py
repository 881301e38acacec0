"""Films for tests of the window, whose frames carry their numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PyQt6.QtGui import QImage
from pytestqt.qtbot import QtBot

from annotator.gui.player.deck import Deck
from annotator.gui.player.decks import Source
from annotator.gui.player.player import Player
from annotator.model import ZERO, Micros
from tests.support.timing_clips import TimingClip, read_number


def open_clip(qtbot: QtBot, player: Player, clip: TimingClip, offset: Micros = ZERO) -> None:
    """Open a clip and wait for its first frame."""
    with qtbot.wait_signal(player.frame_changed, timeout=10_000):
        player.open(clip.path, offset)


def number_on(image: QImage) -> int:
    """Read the number that a frame carries in its picture."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    pointer = rgb.constBits()
    assert pointer is not None
    rows = np.frombuffer(pointer.asarray(rgb.sizeInBytes()), np.uint8)
    rows = rows.reshape(rgb.height(), rgb.bytesPerLine())[:, : rgb.width() * 3]
    return read_number(rows.reshape(rgb.height(), rgb.width(), 3))


def join(qtbot: QtBot, player: Player, path: Path, offset: int, key: str) -> Deck:
    """Open another recording beside the first and wait for it."""
    with qtbot.wait_signal(player.decks.joined, timeout=10_000) as joined:
        player.decks.join(Source(path, Micros(offset), key), 2)
    deck = joined.args[0]
    assert isinstance(deck, Deck)
    return deck


def settled(qtbot: QtBot, player: Player, *decks: Deck) -> None:
    """Wait until every frame that was asked for has come."""
    qtbot.wait_until(
        lambda: (
            not any(deck.is_pending or deck.shown is None for deck in decks)
            and not player.is_pending
        )
    )
