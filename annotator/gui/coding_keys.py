"""All that the keys of a coder do while the film plays, put together."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from annotator.gui.actions import Need
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.marking import Choose, Marking
from annotator.gui.player.player import Player
from annotator.gui.second_keys import SecondKeys
from annotator.gui.stepping import Stepping
from annotator.storage.settings import Settings


class CodingKeys:
    """Marks, says more of what was marked, and plays in steps, in the session that is open."""

    def __init__(self, window: MainWindow, player: Player, choose: Choose, parent: QObject) -> None:
        self.marking = Marking(window, player, choose, parent)
        self.second = SecondKeys(window, player, parent)
        self.stepping = Stepping(window, player, parent)

    @property
    def need(self) -> Need:
        """What there is to act on because of how one marks."""
        return self.marking.need

    def follow(self, desk: Desk | None) -> None:
        """Act on this session from now on; on none where None."""
        for part in (self.marking, self.second, self.stepping):
            part.follow(desk)

    def take_up(self, settings: Settings) -> None:
        """Mark and play as was chosen."""
        self.marking.take_up(settings)
        self.stepping.take_up(settings)
