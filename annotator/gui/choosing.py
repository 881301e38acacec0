"""What people choose in the settings acts at once, and what they choose elsewhere shows there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.gui import dialogs
from annotator.gui.actions import ACTIONS
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.gui.player.sound_output import sound_devices
from annotator.gui.theme import Theme
from annotator.storage.settings import KeyChoices, Settings, with_value

if TYPE_CHECKING:
    from annotator.gui.dialogs import SettingsWindow

SYSTEMS_OWN = ("", "The system's choice")
PLAYING, KEYS = "Playing", "Keys"


class Choosing(QObject):
    """The window of settings, made when it is first wanted.

    `now` gives the settings as they are; `changed` tells of others, with the name of the one
    that was chosen.
    """

    changed = pyqtSignal(object, str)  # Settings, name of the field

    def __init__(
        self, window: MainWindow, player: Player, now: Callable[[], Settings], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._now = now
        self._shown: SettingsWindow | None = None
        bind = window.actions_table.bind
        bind("settings", self.show)
        bind("key_settings", lambda: self.show(KEYS))
        bind("playing_choices", lambda: self.show(PLAYING))
        bind("reset_layout", window.reset_layout)
        window.actions_table.keys_changed.connect(self._show_keys)
        player.sound.volume_changed.connect(lambda _volume, _muted: self.refresh())
        player.speed_changed.connect(lambda _speed: self.refresh())

    def choose(self, name: str, value: object) -> None:
        """Choose the value of one setting."""
        settings = with_value(self._now(), name, value)
        if settings != self._now():
            self.changed.emit(settings, name)
        self.refresh()

    def show(self, page: str = "") -> None:
        """Show the settings, at a page where one is named."""
        shown = self._made()
        shown.show_settings(self._now())
        if page:
            shown.show_page(page)
        shown.show()
        shown.raise_()
        shown.activateWindow()

    def show_setting(self, name: str) -> None:
        """Show the settings with one of them ready to be changed."""
        self.show()
        self._made().show_setting(name)

    def refresh(self) -> None:
        """Show in the window what was chosen elsewhere."""
        if self._shown is not None and self._shown.isVisible():
            self._shown.show_settings(self._now())

    def set_theme(self, theme: Theme) -> None:
        """Take up another look."""
        if self._shown is not None:
            self._shown.set_theme(theme)

    def _made(self) -> SettingsWindow:
        if self._shown is None:
            outputs = [SYSTEMS_OWN, *((one.id, one.name) for one in sound_devices())]
            self._shown = dialogs.SettingsWindow(
                self._window.theme,
                ACTIONS,
                self._now(),
                {"sound_output": outputs},
                parent=self._window,
            )
            self._shown.chosen.connect(self.choose)
            self._shown.keys_chosen.connect(self._choose_keys)
            self._shown.layout_reset_asked.connect(self._window.reset_layout)
            self._show_keys()
        return self._shown

    def _choose_keys(self, keys: KeyChoices) -> None:
        self.choose("keys", keys)

    def _show_keys(self) -> None:
        if self._shown is not None:
            self._shown.show_keys(self._now(), self._window.actions_table.plain_book)
