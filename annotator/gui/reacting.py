"""Has the coder's reaction time measured, and chooses what was found."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from annotator.gui.choosing import Choosing
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.storage.settings import Settings


class Reacting(QObject):
    """Pauses the film and asks; a delay that is to be used is kept as any other setting."""

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        questions: Questions,
        choosing: Choosing,
        now: Callable[[], Settings],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._player = player
        self._questions = questions
        self._choosing = choosing
        self._now = now
        window.actions_table.bind("measure_reaction", self.measure)

    def measure(self) -> None:
        """Go through the exercise, and use what it found where that is wanted."""
        self._player.pause()
        settings = self._now()
        volume = 0.0 if settings.muted else settings.volume
        found = self._questions.measure_reaction(
            self._window.theme, settings.reaction_delay, settings.sound_output, volume
        )
        if found is not None:
            self._choosing.choose("reaction_delay", found)
