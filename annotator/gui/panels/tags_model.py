"""The tags of the shown pass as rows, following each change without reading all of them again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from enum import IntEnum

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal

from annotator.editing.many import change_many
from annotator.errors import AnnotatorError
from annotator.gui.document import Document
from annotator.gui.panels.tag_cells import (
    Column,
    Names,
    cell_edit,
    cell_spoken,
    cell_text,
    cell_tip,
    cell_value,
)
from annotator.gui.panels.tag_rows import Key, TagRows
from annotator.model.change import Change, CueChange, FieldChange, Member, MemberChange, TagChange
from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass, Tag
from annotator.model.search import Query, TagTexts, query_of
from annotator.model.stamps import now
from annotator.model.time import Micros

MANY_CHANGES = 400  # beyond this, telling the view row by row is slower than starting afresh
COLUMNS = tuple(Column)
SHARED = frozenset({Column.CODE, Column.PARTICIPANT, Column.NOTE})
COMPUTED = frozenset({Column.LENGTH, Column.ATTRIBUTES})
TIMES = frozenset({Column.START, Column.END, Column.LENGTH})
NO_PARENT = QModelIndex()
TO_THE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Role(IntEnum):
    """What the delegates ask for beside Qt's own roles."""

    TAG = Qt.ItemDataRole.UserRole + 1
    CODE = Qt.ItemDataRole.UserRole + 2
    AT_PLAYHEAD = Qt.ItemDataRole.UserRole + 3


# Put together once: a repaint asks for them several times a cell.
_FIXED = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_EDITABLE = _FIXED | Qt.ItemFlag.ItemIsEditable


class TagsModel(QAbstractTableModel):
    """One row a tag, in order of time; cells that are edited become edits of the document.

    `together` gives the tags that share what is typed or chosen for one of them.
    """

    refused = pyqtSignal(str)  # why a typed value was not taken, in plain words

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self.together: Callable[[Tag], Sequence[Tag]] = lambda tag: (tag,)
        self._rows = TagRows()
        self._query = Query()
        self._texts: TagTexts | None = None
        self._named_by: Codebook | None = None
        self._sorted: tuple[Column, bool] | None = None
        self._names = Names()
        self._position = Micros(-1)
        self._marked = -1

    @property
    def document(self) -> Document | None:
        """The document whose tags these are; None where no session is open."""
        return self._document

    @property
    def names(self) -> Names:
        """How the codes and participants of the session are called."""
        return self._names

    @property
    def why_not(self) -> str:
        """Why the tags can be looked at and not changed; empty where they can."""
        if self._document is None:
            return "No session is open."
        return self._document.why_no_tagging

    @property
    def viewing_only(self) -> bool:
        """Whether the tags can be looked at and not changed."""
        return bool(self.why_not)

    @property
    def row_at_playhead(self) -> int:
        """The row of the tag that began last before the playhead; -1 where none did."""
        return self._marked

    def show_document(self, document: Document | None) -> None:
        """Show the tags of another document, or none."""
        if self._document is not None:
            self._document.changed.disconnect(self._follow)
            self._document.pass_changed.disconnect(self._start_afresh)
        self._document, self._texts = document, None
        if document is not None:
            document.changed.connect(self._follow)
            document.pass_changed.connect(self._start_afresh)
        self._start_afresh()

    def set_position(self, position: Micros) -> None:
        """Mark the row of the tag that began last, at or before the position."""
        self._position = position
        self._mark()

    def tag_at(self, row: int) -> Tag | None:
        """Give the tag of a row; None where there is no such row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, tag_id: str) -> int | None:
        """Find a tag's row by id, in logarithmic time; None where it is not shown."""
        tag = self._document.tag(tag_id) if self._document else None
        return self._rows.row_of(tag) if tag is not None else None

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Name a column."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section].value
        return _alignment(COLUMNS[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a role asks for."""
        if role not in _ANSWERED:  # a repaint asks for fonts and brushes, five times a cell
            return None
        tag = self.tag_at(index.row()) if index.isValid() else None
        if tag is None:
            return None
        column = COLUMNS[index.column()]
        if role in _TEXTS:
            return self._text(tag, column, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return self._for_delegate(tag, index.row(), role)

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        """Say what can be done with a cell."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        is_fixed = COLUMNS[index.column()] in COMPUTED or self.viewing_only
        return _FIXED if is_fixed else _EDITABLE

    def setData(
        self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Turn a typed or chosen value into an edit; False where nothing changed."""
        tag = self.tag_at(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or tag is None or self._document is None:
            return False
        session, pass_id, time = self._document.session, self._document.pass_id, now()
        column = COLUMNS[index.column()]
        tags = self.together(tag) if column in SHARED else (tag,)
        if column is Column.NOTE:  # a note of its own is not written over
            tags = [one for one in tags if one.note in {"", tag.note}]
        try:
            edit = change_many(
                tags,
                column.value.casefold(),
                lambda one: cell_edit(session, pass_id, one, column, str(value), time),
            )
            if edit is not None:
                self._document.push(edit)
        except AnnotatorError as error:
            self.refused.emit(str(error))
            return False
        return edit is not None

    def _for_delegate(self, tag: Tag, row: int, role: int) -> object:
        match role:
            case Role.TAG:
                return tag
            case Role.CODE:
                return self._names.codes.get(tag.code)
            case Role.AT_PLAYHEAD:
                return row == self._marked
            case _:
                return None

    def _text(self, tag: Tag, column: Column, role: int) -> str:
        match role:
            case Qt.ItemDataRole.EditRole:
                return cell_value(tag, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell_spoken(tag, column, self._names)
            case Qt.ItemDataRole.ToolTipRole:
                return cell_tip(tag, column, self._names)
            case _:
                return cell_text(tag, column, self._names)

    def search(self, line: str) -> str:
        """Show the tags that a typed line asks for; tells what of it was not understood."""
        query = query_of(line)
        if query != self._query:
            self._query = query
            self._start_afresh()
        return query.problem

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by a column; by time where the column is none of the table."""
        descending = order is Qt.SortOrder.DescendingOrder
        by = COLUMNS[column] if 0 <= column < len(COLUMNS) else Column.START
        self._sorted = None if by is Column.START and not descending else (by, descending)
        self._start_afresh()

    def _start_afresh(self) -> None:
        document = self._document
        self.beginResetModel()
        self._names = Names.of(document.session) if document else Names()
        if document is None or self._named_by is not document.session.codebook:
            self._texts = None
        self._shape()
        self._rows.fill(document.tags if document else ())
        self._marked = self._find_playhead()
        self.endResetModel()

    def _shape(self) -> None:
        keep = None
        if self._document is not None and not self._query.is_empty:
            if self._texts is None:
                self._texts = TagTexts(self._document.session)
                self._named_by = self._document.session.codebook
            keep = self._texts.fits(self._query)
        by, descending = self._sorted or (Column.START, False)
        self._rows.shape(_key_of(by, self._names), keep, descending=descending)

    def _follow(self, changes: Sequence[Change]) -> None:
        is_otherwise_said = any(_is_of_speech(one) for one in changes)
        if is_otherwise_said:
            self._texts = None
        if (
            len(changes) > MANY_CHANGES
            or (is_otherwise_said and self._query.is_about_speech)
            or any(self._replaces_tags(one) for one in changes)
        ):
            self._start_afresh()
            return
        for change in changes:
            self._follow_one(change)
        self._mark()

    def _replaces_tags(self, change: Change) -> bool:
        """Tell whether the shown pass itself comes or goes with its tags."""
        if not isinstance(change, MemberChange) or self._document is None:
            return False
        passes = [one for one in (change.before, change.after) if isinstance(one, CodingPass)]
        return any(
            one.id == self._document.pass_id and bool(one.tags or len(self._rows)) for one in passes
        )

    def _follow_one(self, change: Change) -> None:
        if isinstance(change, TagChange):
            if self._document is not None and change.pass_id == self._document.pass_id:
                self._follow_tag(change.before, change.after)
        elif isinstance(change, FieldChange):
            if isinstance(change.after, Codebook):
                self._rename(Column.CODE)
        elif isinstance(change, MemberChange) and change.member is Member.PARTICIPANT:
            self._rename(Column.PARTICIPANT)

    def _follow_tag(self, before: Tag | None, after: Tag | None) -> None:
        shown = self._rows.row_of(before) if before is not None else None
        kept = after is not None and self._rows.keeps(after)
        if shown is None and after is not None and kept:
            row = self._rows.row_for(after)
            self.beginInsertRows(NO_PARENT, row, row)
            self._rows.insert(row, after)
            self.endInsertRows()
        elif shown is not None and after is not None and kept:
            self._replace(shown, after)
        elif shown is not None:
            self.beginRemoveRows(NO_PARENT, shown, shown)
            self._rows.delete(shown)
            self.endRemoveRows()

    def _replace(self, row: int, after: Tag) -> None:
        goal = self._rows.row_for(after)
        if goal in {row, row + 1}:
            self._rows.replace(row, after)
        else:
            self.beginMoveRows(NO_PARENT, row, row, NO_PARENT, goal)
            self._rows.delete(row)
            row = goal if goal < row else goal - 1
            self._rows.insert(row, after)
            self.endMoveRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _rename(self, column: Column) -> None:
        if self._document is None:
            return
        self._texts = None
        if self._sorted is not None or not self._query.is_empty:
            self._start_afresh()  # what they are called decides on what is shown, and where
            return
        self._names = Names.of(self._document.session)
        if len(self._rows):
            place = COLUMNS.index(column)
            self.dataChanged.emit(self.index(0, place), self.index(len(self._rows) - 1, place))

    def _find_playhead(self) -> int:
        if self._rows.is_by_time:
            return bisect_right(self._rows, self._position, key=_start_of) - 1
        tags = self._document.tags if self._document is not None else ()
        place = bisect_right(tags, self._position, key=_start_of) - 1
        row = self._rows.row_of(tags[place]) if place >= 0 else None
        return -1 if row is None else row

    def _mark(self) -> None:
        before, self._marked = self._marked, self._find_playhead()
        if before == self._marked:
            return
        for row in (before, self._marked):
            if 0 <= row < len(self._rows):
                cell = self.index(row, 0)
                self.dataChanged.emit(cell, cell, [Role.AT_PLAYHEAD])


_TEXTS = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.EditRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
    }
)
_ANSWERED = frozenset(map(int, {*_TEXTS, Qt.ItemDataRole.TextAlignmentRole, *Role}))


def _key_of(column: Column, names: Names) -> Key | None:
    """Give by what a column is ordered; None for the time at which tags begin."""
    match column:
        case Column.START:
            return None
        case Column.END:
            return lambda tag: tag.end
        case Column.LENGTH:
            return lambda tag: tag.interval.length
        case Column.CODE | Column.PARTICIPANT | Column.ATTRIBUTES:
            return lambda tag: names.words(tag, column).casefold()
        case Column.NOTE:
            return lambda tag: tag.note.casefold()


def _is_of_speech(change: Change) -> bool:
    return isinstance(change, CueChange) or (
        isinstance(change, MemberChange) and change.member is Member.TRANSCRIPT
    )


def _start_of(tag: Tag) -> Micros:
    return tag.start


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return TO_THE_RIGHT if column in TIMES else TO_THE_LEFT
