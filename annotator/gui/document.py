"""The open session: its one current value, what was done to it, and whether that is on disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Protocol

from PyQt6.QtCore import QObject, QTimer, pyqtSignal
from PyQt6.QtGui import QUndoCommand, QUndoStack

from annotator import editing
from annotator.editing import Edit
from annotator.editing.guarding import why_closed
from annotator.errors import AnnotatorError
from annotator.gui.tasks import Done, Failed, SerialWorker, Work
from annotator.model.change import Change, Member, MemberChange, TagChange
from annotator.model.coding import CodingPass, Origin, Tag
from annotator.model.neighbours import Neighbours
from annotator.model.session import Session
from annotator.model.stamps import new_id, now
from annotator.model.time import Interval
from annotator.storage.paths import relocated
from annotator.storage.store import Opened, SessionStore

SAVE_DELAY_MS = 3000  # the journal holds every change at once; the file itself follows in quiet
RETRY_DELAY_MS = 20_000  # after the disk refused


class SaveState(Enum):
    """How much of the session is safe."""

    SAVED = "saved"  # the session file holds everything
    JOURNALLED = "journalled"  # everything is on disk; the session file follows
    WRITING = "writing"  # on its way to the disk
    FAILED = "failed"  # the disk refused; the work is in this window only
    READ_ONLY = "read-only"


class Beside(Protocol):
    """What is no part of the session and yet taken back and done again with an edit."""

    def undone(self) -> None: ...

    def redone(self) -> None: ...


class Document(QObject):
    """The session on the desk.

    All changes go through `push`; each is applied at once, told by `changed`, and handed to the
    writer, which has it on disk a moment later.
    """

    changed = pyqtSignal(object)  # tuple[Change, ...]
    pass_leaving = pyqtSignal()  # another pass, or coder, comes; what runs ends in this one
    pass_changed = pyqtSignal(str)
    state_changed = pyqtSignal()
    trouble = pyqtSignal(str)  # the disk began to refuse; plain words
    saved = pyqtSignal()
    save_failed = pyqtSignal(str)  # a save that was asked for did not happen; plain words

    def __init__(self, opened: Opened, coder: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.notices = opened.notices
        self.coder = coder
        self.undo_stack = QUndoStack(self)
        self._session = opened.session
        self._on_disk = opened.session
        self._store = opened.store
        self._writer = SerialWorker("writer", self)
        self._failed = False
        self._unwritten = 0
        own = opened.session.pass_of(coder)
        self._pass_id = own.id if own else new_id()
        self._why_not: tuple[Session | None, str, str, str] = (None, "", "", "")
        self._tags: dict[str, Tag] = {}
        self._neighbours = Neighbours()
        self._index_tags()
        self._save_timer = QTimer(self)
        self._save_timer.setSingleShot(True)
        self._save_timer.timeout.connect(self.save)

    @property
    def session(self) -> Session:
        """The session as it is now."""
        return self._session

    @property
    def path(self) -> Path:
        """The session file."""
        return self._store.path

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be changed, in plain words; empty where changes are welcome."""
        return self._store.read_only_reason if self._store.read_only else ""

    @property
    def why_no_tagging(self) -> str:
        """Why the tags shown can be looked at and not changed; empty where they can."""
        session, pass_id, coder, words = self._why_not
        if session is not self._session or (pass_id, coder) != (self._pass_id, self.coder):
            words = self._found_why_not()  # kept, since a table asks for each of its cells
            self._why_not = (self._session, self._pass_id, self.coder, words)
        return words

    @property
    def pass_id(self) -> str:
        """The pass that is shown and coded; of a coder new to the session it is not yet begun."""
        return self._pass_id

    @property
    def coding_pass(self) -> CodingPass | None:
        """The pass that is shown; None until its first tag."""
        return self._session.coding_pass(self._pass_id)

    @property
    def tags(self) -> Sequence[Tag]:
        """The tags of the pass that is shown, in order of time."""
        coding_pass = self.coding_pass
        return coding_pass.tags if coding_pass else ()

    @property
    def state(self) -> SaveState:
        """How much of the session is safe."""
        if self._store.read_only:
            return SaveState.READ_ONLY
        if self._failed:
            return SaveState.FAILED
        if self._session is self._on_disk:
            return SaveState.SAVED
        return SaveState.WRITING if self._unwritten else SaveState.JOURNALLED

    @property
    def unsaved_tags(self) -> int:
        """How many tags of all passes would differ if the program stopped without saving."""
        on_disk = {tag.id: tag for one in self._on_disk.passes for tag in one.tags}
        present = {tag.id: tag for one in self._session.passes for tag in one.tags}
        ids = on_disk.keys() | present.keys()
        return sum(on_disk.get(tag_id) != present.get(tag_id) for tag_id in ids)

    def tag(self, tag_id: str) -> Tag | None:
        """Find a tag of the shown pass by id."""
        return self._tags.get(tag_id)

    def beside(self, stretch: Interval) -> Iterator[Tag]:
        """Find the tags of the shown pass that touch a stretch or its ends, in order."""
        return self._neighbours.beside(self.tags, stretch)

    def show_pass(self, pass_id: str) -> None:
        """Show and code another pass."""
        self.pass_leaving.emit()
        self._show_pass(pass_id)

    def code_as(self, coder: str) -> None:
        """Change who codes; her pass is shown, or a new one begins with her first tag."""
        self.pass_leaving.emit()
        self.coder = coder
        own = self._session.pass_of(coder)
        self._show_pass(own.id if own else new_id())

    def push(self, edit: Edit, beside: Beside | None = None, after: Session | None = None) -> None:
        """Do an edit, so that it can be undone; what is lasting cannot, nor anything before it.

        What stands `beside` it is taken back and done again with it. `after` is the session that
        results, where it is known already. Raises AnnotatorError where the session is read-only
        or the edit does not fit.
        """
        if self._store.read_only:
            raise AnnotatorError(self._store.read_only_reason, "Save a copy elsewhere to go on.")
        after = after or edit.apply(self._session)  # a misfit is told before it enters the history
        if edit.is_lasting:
            self.undo_stack.clear()
            self.apply(edit, after)
        else:
            self.undo_stack.push(_EditCommand(self, edit, after, beside))

    def add_tag(self, code: str, interval: Interval, participant: str = "") -> Tag:
        """Tag a moment or stretch in the shown pass, beginning the pass if need be.

        Raises AnnotatorError as `push` does.
        """
        time = now()
        tag = Tag(
            id=new_id(),
            code=code,
            start=interval.start,
            end=interval.end,
            participant=participant,
            origin=Origin.CODER,
            created=time,
            modified=time,
        )
        self.add_tags((tag,))
        return tag

    def add_tags(self, tags: Sequence[Tag], label: str = "") -> None:
        """Add tags to the shown pass in one step, beginning the pass if need be.

        Without a label the step is called after the first one. Raises AnnotatorError as `push`
        does.
        """
        edits = [editing.add_tag(self._session, self._pass_id, tag) for tag in tags]
        name = label or edits[0].label
        if self.coding_pass is None:
            purpose = editing.usual_purpose(self._session)
            begin = CodingPass(self._pass_id, self.coder, purpose, now())
            edits = [editing.add_pass(self._session, begin), *edits]
        self.push(editing.joined(name, *edits))

    def save(self) -> None:
        """Write the session file in the background."""
        self._save_timer.stop()
        if self._store.read_only:
            return
        session, store = self._session, self._store
        self._submit(
            partial(store.save, session), partial(self._note_saved, session), self._save_failed
        )

    def save_as(self, path: Path) -> None:
        """Write the session elsewhere in the background and go on there."""
        self._save_timer.stop()
        session, store, coder = self._session, self._store, self.coder
        moved = relocated(session, self.path.parent, path.parent)
        self._submit(
            partial(store.save_as, path, moved, coder),
            partial(self._move_to, session, moved),
            self._save_failed,
        )

    def close(self) -> None:
        """End the writer and release the session; unsaved work must have been dealt with."""
        self._save_timer.stop()
        self._writer.submit(self._store.close)
        self._writer.close()

    def apply(self, edit: Edit, after: Session | None = None) -> None:
        """Carry out an edit; for the history alone, everybody else calls `push`.

        `after` is the session that results, where it is known already.
        """
        if not edit.changes:
            return
        self._session = after or edit.apply(self._session)
        for change in edit.changes:
            self._follow(change)
        self.changed.emit(edit.changes)
        self._submit(
            partial(self._store.append, edit.changes),
            self._note_journalled,
            self._note_not_journalled,
        )
        self._save_timer.start(SAVE_DELAY_MS)

    def _show_pass(self, pass_id: str) -> None:
        self._pass_id = pass_id
        self._index_tags()
        self.pass_changed.emit(pass_id)

    def _found_why_not(self) -> str:
        coding_pass = self.coding_pass
        if coding_pass is not None and coding_pass.coder != self.coder:
            return f"These are the tags of coder {coding_pass.coder}: choose your own pass first."
        return self.read_only_reason or why_closed(self._session, self._pass_id)

    def _submit(self, work: Work, done: Done, failed: Failed) -> None:
        self._unwritten += 1
        self._writer.submit(work, partial(self._written, done), partial(self._refused, failed))
        self.state_changed.emit()

    def _written(self, done: Done, result: object) -> None:
        self._unwritten -= 1
        self._failed = False
        done(result)
        self.state_changed.emit()

    def _refused(self, failed: Failed, error: AnnotatorError) -> None:
        self._unwritten -= 1
        first, self._failed = not self._failed, True
        self._save_timer.start(RETRY_DELAY_MS)
        self.state_changed.emit()
        if first:
            self.trouble.emit(str(error))
        failed(error)

    def _save_failed(self, error: AnnotatorError) -> None:
        self.save_failed.emit(str(error))

    def _note_not_journalled(self, _error: AnnotatorError) -> None:
        """Nothing more to do: the state says it, and a save is tried again by and by."""

    def _note_journalled(self, _result: object) -> None:
        """Nothing more to do: the state says it."""

    def _note_saved(self, session: Session, _result: object) -> None:
        self._on_disk = session
        self.saved.emit()

    def _move_to(self, before: Session, moved: Session, store: SessionStore) -> None:
        old_folder = self.path.parent
        self._store = store
        if self._session is before:
            self._session = moved
        else:  # changed in the meantime
            self._session = relocated(self._session, old_folder, store.path.parent)
        self._note_saved(moved, None)

    def _follow(self, change: Change) -> None:
        if isinstance(change, MemberChange) and change.member is Member.PASS:
            self._index_tags()
        if not isinstance(change, TagChange):
            return
        if change.pass_id != self._pass_id:
            return
        if change.before is not None:
            self._tags.pop(change.before.id, None)
        if change.after is not None:
            self._tags[change.after.id] = change.after

    def _index_tags(self) -> None:
        self._tags = {tag.id: tag for tag in self.tags}


class _EditCommand(QUndoCommand):
    """The one adapter between an edit and Qt's history."""

    def __init__(
        self, document: Document, edit: Edit, after: Session, beside: Beside | None
    ) -> None:
        super().__init__(edit.label)
        self._document = document
        self.edit = edit
        self.beside = beside
        self._after: Session | None = after

    def redo(self) -> None:
        after, self._after = self._after, None  # known when it is done for the first time
        self._document.apply(self.edit, after)
        if self.beside is not None and after is None:
            self.beside.redone()

    def undo(self) -> None:
        self._document.apply(self.edit.reversed())
        if self.beside is not None:
            self.beside.undone()

    def id(self) -> int:
        return 1  # Qt asks `mergeWith` of commands with the same number only

    def mergeWith(self, other: QUndoCommand | None) -> bool:
        if not isinstance(other, _EditCommand) or self.beside or other.beside:
            return False
        both = editing.merged(self.edit, other.edit)
        if both is not None:
            self.edit = both
        return both is not None
