"""A sound that cannot be read says why, and can be tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.errors import MediaError
from annotator.gui.player.decks import Source
from annotator.gui.player.player import Player
from annotator.gui.theme import light
from annotator.gui.timeline.sound_lane import SoundState
from annotator.gui.timeline.view import TimelineView
from annotator.gui.waving import Waving
from annotator.jobs import sound_shape
from annotator.model import ZERO
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]


@pytest.fixture
def view(qtbot: QtBot) -> TimelineView:
    made = TimelineView(light())
    qtbot.addWidget(made)
    return made


@pytest.fixture
def player(view: TimelineView) -> Iterator[Player]:
    made = Player()
    waving = Waving(made, view, made)
    yield made
    waving.close()
    made.shut_down()


def test_a_film_that_vanished_meanwhile(
    qtbot: QtBot,
    player: Player,
    view: TimelineView,
    clip_of: ClipOf,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sound_shape, "shape_of", _gone)
    with qtbot.wait_signal(player.opened, timeout=10_000):
        player.decks.open(Source(clip_of(ClipKind.FPS_25).path, ZERO, "a"))
    qtbot.wait_until(lambda: view.sound.state is SoundState.FAILED, timeout=10_000)
    assert view.sound.text == "The sound cannot be drawn. It is gone. Bring it back."
    monkeypatch.undo()
    view.sound_button_pressed.emit()
    qtbot.wait_until(lambda: view.sound.state is SoundState.DRAWN, timeout=10_000)
    assert view.sound.wave is not None


def _gone(*_args: object, **_more: object) -> None:
    raise MediaError("It is gone.", "Bring it back.")
