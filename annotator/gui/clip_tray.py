"""The tab of the clip tray, whose parts are made when somebody first wants them."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QVBoxLayout, QWidget

from annotator.gui.actions import Need
from annotator.gui.actions.clip_actions import CLIP_ACTIONS
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.passing import Passing
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.theme import Theme
from annotator.model.participant import ConsentScope

if TYPE_CHECKING:
    from annotator.gui.tray.working import TrayWork

MAKING = "make_kept_clips"
"""The one action about the tray that is not its own."""

BEFORE = (
    *("open", "open_sample", "save", "save_as", "close", "quit"),
    *("undo", "redo", "make_clips", MAKING),
)
"""What is being typed is kept before any of these acts."""


class TrayTab(QWidget):
    """Holds the page; tells when it is looked at for the first time."""

    first_shown = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def hold(self, page: QWidget) -> None:
        """Show a page."""
        self._column.addWidget(page)
        page.show()

    def showEvent(self, event: QShowEvent | None) -> None:
        super().showEvent(event)
        if self._column.isEmpty():
            self.first_shown.emit()


class ClipTray(QObject):
    """Serves the open session, if there is one; those who only code never wait for the tray."""

    refused = pyqtSignal(str)
    changed = pyqtSignal()  # what there is to act on

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        passing: Passing,
        questions: Questions,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._player, self._passing = window, player, passing
        self._questions = questions
        self._desk: Desk | None = None
        self._level = ConsentScope.PRIVATE
        self._work: TrayWork | None = None
        self._tab = TrayTab()
        self._tab.first_shown.connect(self._make)
        window.parts.side.add_page(self._tab, "Clips")
        for action_id in BEFORE:  # these are connected before whatever they do
            window.actions_table.by_id[action_id].triggered.connect(self._keep_typed)
        window.close_asked.connect(self._keep_typed)
        for spec in CLIP_ACTIONS:
            if spec.id != MAKING:
                window.actions_table.bind(spec.id, partial(self._act, spec.id))

    @property
    def work(self) -> TrayWork:
        """The tray at work, made when it is first wanted."""
        if self._work is None:
            working = import_module("annotator.gui.tray.working")
            parts = (self._window, self._player, self._passing, self._questions)
            made: TrayWork = working.TrayWork(*parts, self)
            self._work = made
            made.refused.connect(self.refused)
            made.changed.connect(self.changed)
            made.consents.set_level(self._level)
            self._tab.hold(made.page)
            made.follow(self._desk)
        return self._work

    @property
    def need(self) -> Need:
        """What there is to act on."""
        have = self._work.need if self._work is not None else Need.NOTHING
        document = self._desk.document if self._desk is not None else None
        if document is not None and not document.read_only_reason:
            have |= Need.CLIP_CHANGES
        return have

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._desk = desk
        if desk is not None:
            desk.document.changed.connect(self._make_for_clips)
        if self._work is not None:
            self._work.follow(desk)
        self._make_for_clips()

    def judge_for(self, level: ConsentScope) -> None:
        """Say for whom the clips are, so that what consent bars is marked."""
        self._level = level
        if self._work is not None:
            self._work.consents.set_level(level)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        if self._work is not None:
            self._work.set_theme(theme)

    def close(self) -> None:
        """End the background threads."""
        if self._work is not None:
            self._work.close()

    def _act(self, action_id: str) -> None:
        self.work.act(action_id)

    def _make(self) -> None:
        """Make the parts, where they are not there yet."""
        _ = self.work

    def _make_for_clips(self) -> None:
        """Make the parts as soon as there are clips, which the timeline shows."""
        if self._work is None and self._desk is not None and self._desk.document.session.clips:
            self._make()

    def _keep_typed(self) -> None:
        if self._work is not None:
            self._work.page.form.flush()
