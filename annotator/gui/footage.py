"""Sound and pictures of the film on the timeline: whether they are shown, and what is kept."""

from __future__ import annotations

from dataclasses import replace

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.stripping import Stripping
from annotator.gui.waving import Waving
from annotator.storage.cache import Cache
from annotator.storage.cache_words import emptied, kept
from annotator.storage.settings import Settings


class Footage(QObject):
    """Binds the actions of the sound's lane and the film strip."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)

    def __init__(
        self, window: MainWindow, player: Player, questions: Questions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._questions = questions
        self._waving = Waving(player, window.parts.timeline, self)
        self._stripping = Stripping(player, window.parts.timeline, self)
        table = window.actions_table
        self._sound_action = table.by_id["show_sound"]
        self._strip_action = table.by_id["show_strip"]
        self._sound_action.toggled.connect(self._waving.set_wanted)
        self._strip_action.toggled.connect(self._stripping.set_wanted)
        table.bind("forget_sound", self.forget_sound)

    def take_up(self, settings: Settings) -> None:
        """Show what was shown last time."""
        for action, shown in (
            (self._sound_action, settings.show_sound),
            (self._strip_action, settings.show_strip),
        ):
            action.setChecked(not shown)  # so that setting it tells
            action.setChecked(shown)

    def remembered(self, settings: Settings) -> Settings:
        """Give the settings with what is shown now."""
        return replace(
            settings,
            show_sound=self._sound_action.isChecked(),
            show_strip=self._strip_action.isChecked(),
        )

    def forget_sound(self) -> None:
        """Delete the kept drawings of sound, if that is wanted; what is on screen stays there."""
        cache = Cache()
        if not self._questions.may_forget_sound(kept(cache.folder, cache.size())):
            return
        try:
            self.said.emit(emptied(cache))
        except AnnotatorError as error:
            self.refused.emit(str(error))

    def close(self) -> None:
        """Stop all that goes on in the background."""
        self._waving.close()
        self._stripping.close()
