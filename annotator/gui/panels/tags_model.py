"""The tags of the shown pass as rows, following each change without reading all of them again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from enum import IntEnum

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.document import Document, now
from annotator.gui.panels.tag_cells import (
    Column,
    Names,
    cell_edit,
    cell_spoken,
    cell_text,
    cell_tip,
    cell_value,
)
from annotator.model.change import Change, FieldChange, Member, MemberChange, TagChange
from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass, Tag, tag_order
from annotator.model.time import Micros

MANY_CHANGES = 400  # beyond this, telling the view row by row is slower than starting afresh
COLUMNS = tuple(Column)
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
    """One row a tag, in order of time; cells that are edited become edits of the document."""

    refused = pyqtSignal(str)  # why a typed value was not taken, in plain words

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._tags: list[Tag] = []
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
        self._document = document
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
        return self._tags[row] if 0 <= row < len(self._tags) else None

    def row_of(self, tag_id: str) -> int | None:
        """Find a tag's row by id, in logarithmic time; None where it is not shown."""
        tag = self._document.tag(tag_id) if self._document else None
        if tag is None:
            return None
        row = self._row_for(tag)
        return row if row < len(self._tags) and self._tags[row].id == tag_id else None

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._tags)

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
        is_fixed = COLUMNS[index.column()] is Column.LENGTH or self.viewing_only
        return _FIXED if is_fixed else _EDITABLE

    def setData(
        self, index: QModelIndex, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Turn a typed or chosen value into an edit; False where nothing changed."""
        tag = self.tag_at(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or tag is None or self._document is None:
            return False
        session, pass_id = self._document.session, self._document.pass_id
        column = COLUMNS[index.column()]
        try:
            edit = cell_edit(session, pass_id, tag, column, str(value), now())
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

    def _row_for(self, tag: Tag) -> int:
        return bisect_left(self._tags, tag_order(tag), key=tag_order)

    def _start_afresh(self) -> None:
        self.beginResetModel()
        self._tags = list(self._document.tags) if self._document else []
        self._names = Names.of(self._document.session) if self._document else Names()
        self._marked = self._find_playhead()
        self.endResetModel()

    def _follow(self, changes: Sequence[Change]) -> None:
        if len(changes) > MANY_CHANGES or any(self._replaces_tags(one) for one in changes):
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
            one.id == self._document.pass_id and bool(one.tags or self._tags) for one in passes
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
        if before is None and after is not None:
            row = self._row_for(after)
            self.beginInsertRows(NO_PARENT, row, row)
            self._tags.insert(row, after)
            self.endInsertRows()
        elif before is not None and after is None:
            row = self._row_for(before)
            self.beginRemoveRows(NO_PARENT, row, row)
            del self._tags[row]
            self.endRemoveRows()
        elif before is not None and after is not None:
            self._replace(before, after)

    def _replace(self, before: Tag, after: Tag) -> None:
        row, goal = self._row_for(before), self._row_for(after)
        if goal in {row, row + 1}:
            self._tags[row] = after
        else:
            self.beginMoveRows(NO_PARENT, row, row, NO_PARENT, goal)
            del self._tags[row]
            row = goal if goal < row else goal - 1
            self._tags.insert(row, after)
            self.endMoveRows()
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(COLUMNS) - 1))

    def _rename(self, column: Column) -> None:
        if self._document is None:
            return
        self._names = Names.of(self._document.session)
        if self._tags:
            place = COLUMNS.index(column)
            self.dataChanged.emit(self.index(0, place), self.index(len(self._tags) - 1, place))

    def _find_playhead(self) -> int:
        return bisect_right(self._tags, self._position, key=_start_of) - 1

    def _mark(self) -> None:
        before, self._marked = self._marked, self._find_playhead()
        if before == self._marked:
            return
        for row in (before, self._marked):
            if 0 <= row < len(self._tags):
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


def _start_of(tag: Tag) -> Micros:
    return tag.start


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return TO_THE_RIGHT if column in TIMES else TO_THE_LEFT
