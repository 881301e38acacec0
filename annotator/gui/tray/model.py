"""The clips of the tray as rows of a list, in the order of showing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QImage

from annotator.gui.tray.words import spoken, tip_of, title_words
from annotator.model.clip import Clip

CLIP_ROLE = Qt.ItemDataRole.UserRole
NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class ClipRow:
    """A clip as it stands in the list: `number` counts from 1, `trouble` says what consent bars."""

    clip: Clip
    number: int
    trouble: str = ""
    picture: QImage | None = None


class ClipsModel(QAbstractListModel):
    """Follows what it is shown by the smallest steps, so that what is chosen stays chosen."""

    titled = pyqtSignal(str, str)  # clip id, title

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clips: list[tuple[Clip, int]] = []
        self._pictures: Mapping[str, QImage] = {}
        self._troubles: Mapping[str, str] = {}
        self.is_writable = True

    @property
    def clips(self) -> tuple[Clip, ...]:
        """The clips that are shown."""
        return tuple(clip for clip, _ in self._clips)

    def show_clips(self, clips: Sequence[tuple[Clip, int]]) -> None:
        """Show these clips, each with its number."""
        wanted = {clip.id for clip, _ in clips}
        for row in range(len(self._clips) - 1, -1, -1):
            if self._clips[row][0].id not in wanted:
                self.beginRemoveRows(NO_PARENT, row, row)
                del self._clips[row]
                self.endRemoveRows()
        for row, one in enumerate(clips):
            self._put(row, one)
        changed = [row for row, one in enumerate(clips) if self._clips[row] != one]
        self._clips = list(clips)
        for row in changed:
            self._tell(row)

    def show_pictures(self, pictures: Mapping[str, QImage]) -> None:
        """Show the first frames that are known, by the ids of clips."""
        before, self._pictures = self._pictures, dict(pictures)
        for row, (clip, _) in enumerate(self._clips):
            if before.get(clip.id) is not self._pictures.get(clip.id):
                self._tell(row)

    def show_troubles(self, troubles: Mapping[str, str]) -> None:
        """Mark the clips that consent bars, with the reasons, by their ids."""
        before, self._troubles = self._troubles, dict(troubles)
        for row, (clip, _) in enumerate(self._clips):
            if before.get(clip.id) != self._troubles.get(clip.id):
                self._tell(row)

    def row_of(self, clip_id: str) -> int:
        """Find the row of a clip; -1 where it is not shown."""
        return next((row for row, (one, _) in enumerate(self._clips) if one.id == clip_id), -1)

    def row_at(self, row: int) -> ClipRow | None:
        """Give what stands in a row; None where there is no such row."""
        if not 0 <= row < len(self._clips):
            return None
        clip, number = self._clips[row]
        trouble, picture = self._troubles.get(clip.id, ""), self._pictures.get(clip.id)
        return ClipRow(clip, number, trouble, picture)

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._clips)

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == _Role.ToolTipRole:
            return tip_of(row.clip, row.number, row.trouble)
        if role == _Role.AccessibleTextRole:
            return spoken(row.clip, row.number, row.trouble)
        known = {
            _Role.DisplayRole: title_words(row.clip, row.number),
            _Role.EditRole: row.clip.title,
            CLIP_ROLE: row,
        }
        return known.get(_Role(role))

    def setData(self, index: QModelIndex, value: object, role: int = _Role.EditRole) -> bool:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None or role != _Role.EditRole or not self.is_writable:
            return False
        self.titled.emit(row.clip.id, str(value))
        return True

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        found = super().flags(index)
        can_edit = self.is_writable and index.isValid()
        return found | Qt.ItemFlag.ItemIsEditable if can_edit else found

    def _put(self, row: int, one: tuple[Clip, int]) -> None:
        """Have a clip stand in a row, above which all stand rightly."""
        here = self.row_of(one[0].id)
        if here == row:
            return
        if here < 0:
            self.beginInsertRows(NO_PARENT, row, row)
            self._clips.insert(row, one)
            self.endInsertRows()
        else:
            self.beginMoveRows(NO_PARENT, here, here, NO_PARENT, row)
            self._clips.insert(row, self._clips.pop(here))
            self.endMoveRows()

    def _tell(self, row: int) -> None:
        index = self.index(row)
        self.dataChanged.emit(index, index)
