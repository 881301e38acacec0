"""Whatever a coder does in whatever order, the right frames are shown and nothing piles up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QThread
from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.player import film_sound
from annotator.gui.player.sound_output import SoundError
from tests.benchmarks.walk import KINDS, MEMORY, Walk, threads
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
OPENINGS, STEPS = 6, 25


def test_a_short_random_walk(
    qtbot: QtBot, qapp: QApplication, clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise SoundError("There is no sound output here.")

    monkeypatch.setattr(film_sound, "open_sound_output", refuse)
    walker = Walk(qapp, [clip_of(kind) for kind in KINDS])
    running, held = [], []
    for _ in range(OPENINGS):
        walker.open()
        for _ in range(STEPS):
            walker.step()
            decks = walker.player.decks.all
            videos = [one.film.video for one in decks if one.film.video]
            held.append(sum(video._reader.cache.held for video in videos))
        walker.let_go()
        running.append(threads())
    walker.close()
    assert (walker.steps, walker.wrong) == (OPENINGS * STEPS, 0)
    assert walker.shown > OPENINGS * STEPS // 3
    assert 0 < max(held) <= MEMORY
    assert max(running[OPENINGS // 2 :]) <= max(running[: OPENINGS // 2]), running
    assert not any(one.isRunning() for one in walker.player.findChildren(QThread))
    assert qtbot is not None
