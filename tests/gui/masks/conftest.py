"""What looks at masks before clips are made, in a window of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.mask_reviewing import MaskReviewing


@pytest.fixture
def reviewing(qtbot: QtBot) -> Iterator[MaskReviewing]:
    parent = QWidget()
    qtbot.add_widget(parent)
    made = MaskReviewing(parent)
    yield made
    made.close()
