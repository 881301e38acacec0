"""A player to drive."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.player.player import Player


@pytest.fixture
def player(qtbot: QtBot) -> Iterator[Player]:
    made = Player()
    yield made
    made.shut_down()
    assert not made.is_open
    assert qtbot is not None
