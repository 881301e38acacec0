"""Interval coding in the window: bin after bin is played, and a code's key answers it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from PyQt6.QtCore import QModelIndex, QObject, QTimer, pyqtSignal

from annotator.editing.bins import set_bin, tick
from annotator.editing.hand import Hand
from annotator.errors import AnnotatorError
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.intervals import IntervalsPage, micros_of
from annotator.gui.player.player import Player
from annotator.gui.theme import Theme
from annotator.model.bins import Bin, bin_states, bins_of, next_empty
from annotator.model.stamps import new_id, now
from annotator.model.time import Micros

NO_BIN = "Choose a bin first."
ALL_ANSWERED = "Every bin has an answer."
SOON_MS = 100


class Intervals(QObject):
    """While it is on, the keys of codes answer bins; else they go on to `otherwise`."""

    refused = pyqtSignal(str)
    said = pyqtSignal(str)

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        otherwise: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._player, self._otherwise = window, player, otherwise
        self._desk: Desk | None = None
        self.is_on = False
        self.page = IntervalsPage(window.theme)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._show)
        window.parts.side.add_page(self.page, "Intervals")
        window.actions_table.bind("interval_coding", self.turn)
        window.actions_table.bind("next_bin", self.go_on)
        self.page.turn.clicked.connect(self.turn)
        self.page.next.clicked.connect(self.go_on)
        self.page.length.currentIndexChanged.connect(self._show)
        self.page.own.valueChanged.connect(self._show)
        self.page.view.activated.connect(self._play_at)
        player.position_changed.connect(self._follow_position)

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._soon.stop()
        self._desk, self.is_on = desk, False
        self.page.show_on(on=False)
        if desk is not None:
            desk.document.changed.connect(self._soon.start)
            desk.document.pass_changed.connect(self._show)
        self._show()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.page.set_theme(theme)

    def turn(self) -> None:
        """Let the keys of codes answer bins, or mark as ever again."""
        if self._desk is None:
            return
        self.is_on = not self.is_on
        self.page.show_on(on=self.is_on)
        self._window.actions_table.by_id["interval_coding"].setChecked(self.is_on)
        if self.is_on:
            self._desk.tagging.finish(self._player.position)
            self._window.parts.side.show_page(self.page)
            self.go_on()

    def press(self, code_id: str) -> None:
        """Answer the chosen bin with a code, where bins are coded."""
        if not self.is_on or self._desk is None:
            self._otherwise(code_id)
            return
        one = self._chosen()
        if one is None:
            self.refused.emit(NO_BIN)
        elif self._answer(one, code_id) and not self.page.several.isChecked():
            self.go_on()

    def go_on(self) -> None:
        """Choose the next bin without an answer and play it."""
        desk, states = self._desk, self.page.model.states
        if desk is None or not states:
            return
        chosen = self._chosen()
        moment = chosen.cell.start if chosen is not None else self._player.position
        found = next_empty(states, moment)
        if found is None:
            self.said.emit(ALL_ANSWERED)
            return
        self._play([state.bin for state in states].index(found))

    def _answer(self, one: Bin, code_id: str) -> bool:
        desk = self._desk
        if desk is None:
            return False
        document = desk.document
        if why_not := document.why_no_tagging:
            self.refused.emit(why_not)
            return False
        hand = Hand(document.session, document.pass_id, document.coder, new_id, now)
        several = self.page.several.isChecked()
        try:
            edit = tick(hand, one, code_id) if several else set_bin(hand, one, code_id)
            if edit.changes:
                document.push(edit)
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return False
        self._show()
        return True

    def _chosen(self) -> Bin | None:
        states, row = self.page.model.states, self.page.row
        return states[row].bin if 0 <= row < len(states) else None

    def _play_at(self, index: QModelIndex) -> None:
        self._play(index.row())

    def _play(self, row: int) -> None:
        self.page.choose_row(row)
        one = self._chosen()
        if one is not None:
            self._player.play_stretch(one.interval)

    def _show(self) -> None:
        """Lay the grid over the region as it is now, and read what the shown pass says of it."""
        desk, page = self._desk, self.page
        if desk is None:
            page.model.show_states((), {})
            page.show_progress(0, 0)
            return
        session = desk.document.session
        names = {code.id: code.name for code in session.codebook.codes}
        bins = bins_of(session, Micros(max(1, micros_of(page.seconds))))
        states = bin_states(bins, desk.document.tags)
        page.model.show_states(states, names)
        page.show_progress(sum(bool(state.tags) for state in states), len(states))

    def _follow_position(self, position: Micros) -> None:
        """Choose the bin that is played; standing still, the chosen one stays."""
        states = self.page.model.states
        if not self.is_on or not self._player.is_playing or not states:
            return
        row = bisect_right(states, position, key=lambda state: state.bin.cell.start) - 1
        if row >= 0 and states[row].bin.cell.contains(position):
            self.page.choose_row(row)
