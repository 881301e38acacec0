"""A player to drive, and a sound output that any machine has."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtCore import QThread
from pytestqt.qtbot import QtBot

from annotator.gui.player import film_sound
from annotator.gui.player.player import Player
from annotator.gui.player.sound_output import SoundError
from tests.support.fake_sound import FakeOutput

NO_OUTPUT = "There is no sound output here."


@pytest.fixture
def output() -> FakeOutput:
    """The sound output of the player."""
    return FakeOutput()


@pytest.fixture
def player(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Player]:
    """A player, silent unless the test asks for `output` as well."""
    found = request.getfixturevalue("output") if "output" in request.fixturenames else None

    def open_output(_rate: int, _channels: int, _device: str) -> FakeOutput:
        if found is None or found.is_gone:
            raise SoundError(NO_OUTPUT)
        assert isinstance(found, FakeOutput)
        return found

    monkeypatch.setattr(film_sound, "open_sound_output", open_output)
    made = Player()
    yield made
    made.shut_down()
    assert not made.is_open
    assert not any(thread.isRunning() for thread in made.findChildren(QThread))
    assert qtbot is not None
