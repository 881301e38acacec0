"""The keys of codes in the window: how they mark, held and let go, and what is named later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QApplication

from annotator.editing.ways import ShortHold, Way, Ways
from annotator.gui.actions import Need
from annotator.gui.desk import Desk
from annotator.gui.letting_go import LettingGo
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.code_button import CodeButton
from annotator.gui.player.player import Player
from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED, Tag
from annotator.model.time import Micros, in_micros
from annotator.storage.settings import MarkChoices, Settings
from annotator.storage.settings_words import BY_KIND

NO_CODE = "Select a tag first, or use a code; then its meaning can be shown."
LAST_FRAME = Micros(60_000)
"""Standing so near the film's end, it has played to it: the last frame begins before that."""

Choose = Callable[[str, object], None]


class Marking(QObject):
    """Acts on the open session, if there is one, as the settings say."""

    def __init__(self, window: MainWindow, player: Player, choose: Choose, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._player = player
        self._choose = choose
        self._settings = Settings()
        self._desk: Desk | None = None
        self.letting_go = LettingGo(window, lambda: player.position)
        self._bind()
        self._connect()

    @property
    def need(self) -> Need:
        """What there is to act on because of how one marks."""
        return Need.SEGMENTING if self._action("segmenting").isChecked() else Need.NOTHING

    def follow(self, desk: Desk | None) -> None:
        """Act on this session from now on; on none where None."""
        self._desk = desk
        self._action("segmenting").setChecked(False)
        self._window.parts.codes.definition.dismiss()
        if desk is not None:
            desk.possible_changed.connect(self._show_definition)
            desk.tagging.tagged.connect(self._follow_tag)
            desk.tagging.rewound.connect(self._player.seek)
        self._set_ways()

    def take_up(self, settings: Settings) -> None:
        """Mark as was chosen."""
        self._settings = settings
        self._action("pause_on_tag").setChecked(settings.pause_on_tag)
        self._set_ways()

    def press(self, code_id: str) -> None:
        """Mark with a code whose key was pressed, or name what is selected and has no name."""
        desk = self._desk
        if desk is None or desk.name_selected(code_id):
            return
        if not self.letting_go.is_waiting(code_id):
            desk.tagging.run_on(code_id)  # it was held, and has been undone or redone since
        desk.press_code(code_id)
        action = self._window.actions_table.by_code.get(code_id)
        if desk.tagging.is_held(code_id) and not self.letting_go.hold(code_id, action):
            desk.tagging.run_on(code_id)

    def _bind(self) -> None:
        bind = self._window.actions_table.bind
        bind("take_back", self._take_back)
        bind("mark_unnamed", lambda: self.press(UNNAMED))
        bind("segment", lambda: self.press(UNNAMED))
        bind("pause_on_tag", self._choose_pause)
        bind("definition", self._turn_definition)
        bind("segmenting", self._change_segmenting)

    def _connect(self) -> None:
        self.letting_go.let_go.connect(self._release)
        self._player.position_changed.connect(self._end_at_region)
        self._player.playing_changed.connect(self._end_with_film)
        codes = self._window.parts.codes
        codes.way_asked.connect(self._choose_way)
        codes.exclusive_asked.connect(self._turn_exclusive)

    def _action(self, action_id: str) -> QAction:
        return self._window.actions_table.by_id[action_id]

    def _take_back(self) -> None:
        if self._desk is not None:
            self._desk.tagging.take_back()

    def _turn_definition(self) -> None:
        """Show what the code means that was used last, or close that."""
        card = self._window.parts.codes.definition
        if card.isVisible():
            card.dismiss()
        elif (code := self._meant()) is not None:
            card.show_code(code)
        elif self._desk is not None:
            self._desk.refused.emit(NO_CODE)

    def _show_definition(self) -> None:
        card, code = self._window.parts.codes.definition, self._meant()
        if card.isVisible() and code is not None:
            card.show_code(code)

    def _meant(self) -> Code | None:
        """Find the code to be told of: in focus, of the selected tag, running, or used last."""
        desk, focus = self._desk, QApplication.focusWidget()
        if isinstance(focus, CodeButton):
            return focus.code
        if desk is None:
            return None
        target = desk.tagging.target
        ids = [tag.code for tag in desk.selected]
        if target is not None:
            ids.append(target.code if isinstance(target, Tag) else target.code_id)
        return desk.document.session.codebook.code(ids[0]) if ids else None

    def _release(self, code_id: str, moment: Micros) -> None:
        if self._desk is not None:
            self._desk.tagging.release(code_id, moment)

    def _choose_pause(self) -> None:
        self._choose("pause_on_tag", self._action("pause_on_tag").isChecked())

    def _follow_tag(self, _tag_id: str) -> None:
        if self._settings.pause_on_tag and self._player.is_playing:
            self._player.pause()

    def _end_at_region(self, position: Micros) -> None:
        desk = self._desk
        if desk is None or not desk.tagging.running or not self._player.is_playing:
            return
        if position >= desk.document.session.region.end:
            desk.tagging.finish_region()

    def _end_with_film(self) -> None:
        """End what runs where the film has played to its end, which is the region's as well."""
        desk, player = self._desk, self._player
        if desk is None or player.is_playing or player.end - player.position > LAST_FRAME:
            return
        if desk.tagging.running and desk.document.session.region.end >= player.end:
            desk.tagging.finish_region()

    def _change_segmenting(self) -> None:
        if self._desk is not None:
            self._desk.tagging.finish_code(UNNAMED, self._player.position)
        self._set_ways()
        if self._desk is not None:
            self._desk.possible_changed.emit()

    def _set_ways(self) -> None:
        if self._desk is not None:
            ways = self._ways(self._desk.document.session.codebook.id)
            self._desk.tagging.ways = ways
            self._window.parts.codes.show_ways(ways)

    def _ways(self, book: str) -> Ways:
        settings, is_segmenting = self._settings, bool(self.need)
        by_code = dict(settings.marks.ways.get(book, {}))
        by_code[UNNAMED] = Way.SEQUENCE if is_segmenting else Way.PRESSES
        return Ways(
            usual=_way(settings.usual_way),
            by_code=by_code,
            exclusive_groups=frozenset(settings.marks.exclusive.get(book, ())),
            delay=in_micros(settings.reaction_delay),
            on_short_hold=ShortHold(settings.short_hold),
            rewind=in_micros(settings.rewind_seconds),
        )

    def _choose_way(self, code_id: str, way: str) -> None:
        if self._desk is None:
            return
        marks, book = self._settings.marks, self._desk.document.session.codebook.id
        own = {one: kept for one, kept in marks.ways.get(book, {}).items() if one != code_id}
        if (chosen := _way(way)) is not None:
            own[code_id] = chosen
        self._keep(replace(marks, ways={**marks.ways, book: own}))

    def _turn_exclusive(self, group_id: str) -> None:
        """Let the codes of a group end each other, or no longer."""
        if self._desk is None:
            return
        marks, book = self._settings.marks, self._desk.document.session.codebook.id
        groups = marks.exclusive.get(book, ())
        others = tuple(one for one in groups if one != group_id)
        turned = others if group_id in groups else (*others, group_id)
        self._keep(replace(marks, exclusive={**marks.exclusive, book: turned}))

    def _keep(self, marks: MarkChoices) -> None:
        self._choose("marks", marks)


def _way(value: str) -> Way | None:
    """Read a chosen way; None where the codebook is to decide."""
    return Way(value) if value in set(Way) and value != BY_KIND else None
