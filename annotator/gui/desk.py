"""One open session at work: connects its document, the player and the parts of the window."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal

from annotator import editing
from annotator.editing import reshaping
from annotator.errors import AnnotatorError
from annotator.gui.actions import Need
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.gui.tagging import Tagging
from annotator.gui.timeline.selecting import Selection, hull
from annotator.model.change import Change
from annotator.model.coding import UNNAMED, Tag, tag_after, tag_before
from annotator.model.stamps import now
from annotator.model.time import Interval, Micros


class Desk(QObject):
    """Lives as long as its session is open; gone, the window is as it was before."""

    refused = pyqtSignal(str)
    possible_changed = pyqtSignal()

    def __init__(self, document: Document, player: Player, window: MainWindow) -> None:
        super().__init__(window)
        self.document = document
        self.tagging = Tagging(document, self)
        self._player = player
        self._window = window
        self._selection = Selection()
        self._show()
        self._connect_document()
        self._connect_tagging()
        self._connect_parts()

    @property
    def possible(self) -> Need:
        """What there is to act on."""
        have = Need.SESSION
        selected = self._selection.tags
        have |= Need.SELECTED if selected else Need(0)
        have |= Need.TAG if selected and not self.document.why_no_tagging else Need(0)
        have |= Need.UNDO if self.document.undo_stack.canUndo() else Need(0)
        have |= Need.REDO if self.document.undo_stack.canRedo() else Need(0)
        have |= Need.RUNNING if self.tagging.running else Need(0)
        return have

    @property
    def selected(self) -> tuple[Tag, ...]:
        """The selected tags of the shown pass."""
        found = (self.document.tag(tag_id) for tag_id in self._selection.tags)
        return tuple(tag for tag in found if tag is not None)

    @property
    def stretch(self) -> Interval | None:
        """The time that is selected, or that the selected tags cover; None where none is."""
        return self._selection.stretch or hull(self.selected)

    def press_code(self, code_id: str) -> None:
        """Tag the frame on screen."""
        player = self._player
        self.tagging.press(code_id, player.position, playing=player.is_playing)

    def name_selected(self, code_id: str) -> bool:
        """Give a code to the selected tags where none of them has a name; tell whether it did.

        The next tag without a name is selected then.
        """
        tags = self.selected
        if code_id == UNNAMED or not tags or any(tag.code != UNNAMED for tag in tags):
            return False
        session, pass_id, time = self.document.session, self.document.pass_id, now()
        self._push(
            lambda: editing.joined(
                f"name {len(tags)} tags" if len(tags) > 1 else "name tag",
                *(editing.recode_tag(session, pass_id, tag, code_id, time) for tag in tags),
            )
        )
        self._go_to_unnamed(after=tags[-1])
        return True

    def _go_to_unnamed(self, after: Tag) -> None:
        if self._player.is_playing:
            return
        found = next(
            (tag for tag in self.document.tags if tag.code == UNNAMED and tag.start > after.start),
            None,
        )
        if found is not None:
            self.go_to(found.id)

    def delete_selected(self) -> None:
        """Delete the selected tags in one step."""
        if tags := self.selected:
            session, pass_id = self.document.session, self.document.pass_id
            self._push(lambda: editing.delete_tags(session, pass_id, tags))

    def retime_selected(self, *, start: bool) -> None:
        """Let the selected tags start or end at the frame on screen."""
        make, moment = reshaping.start_at if start else reshaping.end_at, self._player.position
        self.reshape(lambda where: make(where, self.selected, moment))

    def retime(self, times: tuple[tuple[str, Micros, Micros], ...]) -> None:
        """Move tags, each told by its id with its new start and end, in one step."""
        known = [(self.document.tag(tag_id), start, end) for tag_id, start, end in times]
        tags = [(tag, start, end) for tag, start, end in known if tag is not None]
        if any((start, end) != (tag.start, tag.end) for tag, start, end in tags):
            self.reshape(lambda where: reshaping.retime_tags(where, tags))

    def reshape(self, make: Callable[[reshaping.Where], editing.Edit]) -> None:
        """Make an edit of where tags of the shown pass lie, and do it."""
        where = reshaping.Where(self.document.session, self.document.pass_id, now())
        self._push(lambda: make(where))

    def go_to_neighbour(self, find: Callable[..., Tag | None]) -> None:
        """Go to the tag before or after the frame on screen."""
        tag = find(self.document.tags, self._player.position)
        if tag is not None:
            self.select(frozenset({tag.id}))
            self._player.seek(tag.start)

    def go_to(self, tag_id: str) -> None:
        """Select a tag of the shown pass and go to its start; nothing where there is none."""
        tag = self.document.tag(tag_id)
        if tag is not None:
            self.select(frozenset({tag_id}))
            self._player.seek(tag.start)

    def go_to_previous(self) -> None:
        """Go to the tag that starts before the frame on screen."""
        self.go_to_neighbour(tag_before)

    def go_to_next(self) -> None:
        """Go to the tag that starts after the frame on screen."""
        self.go_to_neighbour(tag_after)

    def select(self, tag_ids: frozenset[str]) -> None:
        """Select tags, in the table and on the timeline alike."""
        if tag_ids != self._selection.tags:
            self.choose(Selection(tag_ids))

    def choose(self, selection: Selection) -> None:
        """Select tags or a stretch of time."""
        if selection == self._selection:
            return
        self._selection = selection
        self._window.parts.timeline.set_selection(selection)
        self._window.parts.tags.select(selection.tags)
        self.possible_changed.emit()

    def close(self) -> None:
        """Empty the window and end the document."""
        parts = self._window.parts
        parts.timeline.show_session(None, "")
        parts.tags.set_document(None)
        parts.codes.show_codebook(None, {})
        table = self._window.actions_table
        table.keys_changed.disconnect(self._show_keys)
        table.set_codebook(None)
        stack = self.document.undo_stack
        stack.undoTextChanged.disconnect(self._name_undo)  # it speaks once more when it goes
        stack.redoTextChanged.disconnect(self._name_redo)
        self._name_undo("")
        self._name_redo("")
        self.document.close()
        self.document.deleteLater()
        self.deleteLater()

    def _show(self) -> None:
        document, parts = self.document, self._window.parts
        table = self._window.actions_table
        table.set_codebook(document.session.codebook)
        parts.codes.show_codebook(table.book, table.by_code)
        table.keys_changed.connect(self._show_keys)
        parts.tags.set_document(document)
        self._show_pass()
        parts.status.show_session(document.session.title)

    def _show_keys(self) -> None:
        """Show the codes with the keys that were chosen for them."""
        table, parts = self._window.actions_table, self._window.parts
        parts.codes.show_codebook(table.book, table.by_code)
        parts.codes.show_counts(self.document.tags)
        parts.codes.set_running(self.tagging.running, self._player.position)

    def _show_pass(self) -> None:
        document, parts = self.document, self._window.parts
        parts.timeline.show_session(document.session, document.pass_id)
        parts.codes.show_counts(document.tags)
        parts.status.show_coder(document.coder)
        self.select(frozenset())

    def _connect_document(self) -> None:
        document = self.document
        document.changed.connect(self._follow)
        document.pass_changed.connect(self._show_pass)
        document.pass_leaving.connect(lambda: self.tagging.finish(self._player.position))
        stack = document.undo_stack
        stack.canUndoChanged.connect(self.possible_changed)
        stack.canRedoChanged.connect(self.possible_changed)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)

    def _name_undo(self, what: str) -> None:
        self._window.actions_table.say_what("undo", what)

    def _name_redo(self, what: str) -> None:
        self._window.actions_table.say_what("redo", what)

    def _connect_tagging(self) -> None:
        self.tagging.running_changed.connect(self._show_running)
        self.tagging.tagged.connect(lambda tag_id: self.select(frozenset({tag_id})))
        self.tagging.said.connect(self._window.parts.status.flash)
        self.tagging.refused.connect(self.refused)

    def _connect_parts(self) -> None:
        parts = self._window.parts
        parts.timeline.tags_retimed.connect(self.retime)
        parts.timeline.selection_asked.connect(self.choose)
        parts.tags.selection_changed.connect(self.select)
        parts.tags.tag_activated.connect(self._seek_to_tag)
        parts.tags.refused.connect(self.refused)
        self._player.position_changed.connect(self._show_position)

    def _follow(self, changes: tuple[Change, ...]) -> None:
        parts, session = self._window.parts, self.document.session
        parts.timeline.apply_changes(session, changes)
        parts.codes.apply_changes(changes, self.document.pass_id)
        selected = self._selection.tags
        gone = frozenset(one for one in selected if self.document.tag(one) is None)
        if gone:
            self.select(selected - gone)

    def _seek_to_tag(self, tag_id: str) -> None:
        tag = self.document.tag(tag_id)
        if tag is not None:
            self._player.seek(tag.start)

    def _show_running(self) -> None:
        parts = self._window.parts
        parts.timeline.set_running(self.tagging.running)
        parts.codes.set_running(self.tagging.running, self._player.position)
        self.possible_changed.emit()

    def _show_position(self, position: Micros) -> None:
        parts = self._window.parts
        parts.timeline.set_position(position)
        parts.tags.show_position(position)
        if self.tagging.running:
            parts.codes.set_running(self.tagging.running, position)

    def _push(self, make: Callable[[], editing.Edit]) -> None:
        if why_not := self.document.why_no_tagging:
            self.refused.emit(why_not)
            return
        try:
            self.document.push(make())
        except AnnotatorError as error:
            self.refused.emit(str(error))
