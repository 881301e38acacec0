"""What goes in and out of the window: imports, exports, clips, consent, and what is dropped."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.gui.clipping import Clipping
from annotator.gui.consenting import Consenting
from annotator.gui.document import Document
from annotator.gui.exporting import Exporting
from annotator.gui.importing import Importing
from annotator.gui.main_window import MainWindow
from annotator.gui.passing import Passing
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.showing import Showing
from annotator.gui.theme import Theme


class Exchanging(QObject):
    """Holds the hands of the exchange together for the program."""

    open_asked = pyqtSignal(object)  # Path of a film or a session
    spoken_dropped = pyqtSignal(object)  # Path of a transcript for the open session

    def __init__(
        self,
        window: MainWindow,
        questions: Questions,
        showing: Showing,
        passing: Passing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.importing = Importing(window, questions, passing, self)
        self.exporting = Exporting(window, questions, passing, self)
        self.clipping = Clipping(window, questions, passing, self)
        self.consenting = Consenting(window, questions, self)
        for part in (self.importing, self.exporting, self.clipping, self.consenting):
            part.said.connect(showing.tell)
            part.refused.connect(showing.refuse)
        self.clipping.made.connect(self.consenting.read_log)
        actions = window.actions_table.by_id
        for told in (actions["close"].triggered, actions["quit"].triggered, window.close_asked):
            told.connect(lambda _on=False: self.consenting.commit())
        self.importing.doing.connect(showing.show_doing)
        self.importing.open_asked.connect(self.open_asked)
        self.importing.spoken_dropped.connect(self.spoken_dropped)

    def look_through(self, player: Player) -> None:
        """Show moments of the session in this player."""
        self.consenting.look_through(player)

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self.importing.follow(document)
        self.exporting.follow(document)
        self.clipping.follow(document)
        self.consenting.follow(document)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.importing.set_theme(theme)
        self.exporting.set_theme(theme)
        self.clipping.set_theme(theme)
        self.consenting.set_theme(theme)

    def offer(self, path: Path) -> None:
        """Take a file that was dropped on the window."""
        self.importing.offer(path)

    def close(self) -> None:
        """End the background threads."""
        self.importing.close()
        self.exporting.close()
        self.clipping.close()
        self.consenting.close()
