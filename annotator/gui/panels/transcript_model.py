"""The cues of a transcript as rows, found by time without walking them all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from PyQt6.QtCore import QAbstractListModel, QModelIndex, Qt

from annotator.model.time import Micros, to_clock
from annotator.model.transcript import Cue

_NO_INDEX = QModelIndex()
CUE_ROLE = Qt.ItemDataRole.UserRole


class CuesModel(QAbstractListModel):
    """Holds cues in their order; what changes is told row by row, so that a reader stays put."""

    def __init__(self) -> None:
        super().__init__()
        self._cues: tuple[Cue, ...] = ()
        self._starts: list[int] = []
        self._people: Mapping[str, str] = {}

    @property
    def cues(self) -> tuple[Cue, ...]:
        """The cues, a row each."""
        return self._cues

    def rowCount(self, parent: QModelIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._cues)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._cues):
            return None
        cue = self._cues[index.row()]
        if role == CUE_ROLE:
            return cue
        if role == Qt.ItemDataRole.DisplayRole:
            return cue.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{to_clock(cue.start)} {self.speaker(cue)} {cue.text}"
        return None

    def speaker(self, cue: Cue) -> str:
        """Give who speaks, as people should read it; empty where not known."""
        return self._people.get(cue.participant, "") or cue.speaker

    def set_people(self, people: Mapping[str, str]) -> None:
        """Call participants, by id, by these names."""
        if people != self._people:
            self._people = people
            self._tell_changed(0, len(self._cues))

    def set_cues(self, cues: tuple[Cue, ...]) -> None:
        """Hold other cues; only the rows that differ change."""
        old = self._cues
        if old is cues:
            return
        head = _same(old, cues)
        tail = _same(old[head:][::-1], cues[head:][::-1])
        gone, come = len(old) - head - tail, len(cues) - head - tail
        kept = min(gone, come)
        if gone > come:
            self.beginRemoveRows(_NO_INDEX, head + come, head + gone - 1)
            self._take(cues)
            self.endRemoveRows()
        elif come > gone:
            self.beginInsertRows(_NO_INDEX, head + gone, head + come - 1)
            self._take(cues)
            self.endInsertRows()
        else:
            self._take(cues)
        self._tell_changed(head, kept)

    def row_at(self, moment: Micros) -> int:
        """Give the last row that begins at a moment or before it; -1 before the first."""
        return bisect_right(self._starts, moment) - 1

    def row_of(self, cue_id: str) -> int:
        """Give the row of a cue; -1 where it is not there."""
        return next((row for row, cue in enumerate(self._cues) if cue.id == cue_id), -1)

    def find(self, words: str, start: int, step: int) -> int:
        """Give the next row from `start` on, around the end, whose text or speaker holds words.

        `step` is 1 or -1; -1 is given where there is none.
        """
        wanted, count = words.casefold(), len(self._cues)
        for number in range(count):
            row = (start + number * step) % count
            cue = self._cues[row]
            if wanted in " ".join(cue.text.split()).casefold():
                return row
            if wanted in cue.speaker.casefold() or wanted in self.speaker(cue).casefold():
                return row
        return -1

    def _take(self, cues: tuple[Cue, ...]) -> None:
        self._cues = cues
        self._starts = [cue.start for cue in cues]

    def _tell_changed(self, first: int, count: int) -> None:
        if count:
            self.dataChanged.emit(self.index(first), self.index(first + count - 1))


def _same(one: tuple[Cue, ...], other: tuple[Cue, ...]) -> int:
    """Count how many cues at the beginning are the very same."""
    pairs = enumerate(zip(one, other, strict=False))
    shortest = min(len(one), len(other))
    return next((n for n, (left, right) in pairs if left is not right), shortest)
