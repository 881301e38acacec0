"""The differences of two passes as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from annotator.model.comparison import Difference, DifferenceKind
from annotator.model.matching import Decision, Verdict
from annotator.model.time import to_clock

HEADS = ("At", "Difference", "First", "Second", "Settled")
NO_PARENT = QModelIndex()
KIND_WORDS: Mapping[DifferenceKind, str] = {
    DifferenceKind.BOUNDARY: "↔ other times",
    DifferenceKind.DETAIL: "≈ other detail",
    DifferenceKind.OTHER_CODE: "≠ other code",
    DifferenceKind.ONLY_FIRST: "◐ only first",
    DifferenceKind.ONLY_SECOND: "◑ only second",
}
VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.FIRST: "first",
    Verdict.SECOND: "second",
    Verdict.BOTH: "both",
    Verdict.NEITHER: "neither",
    Verdict.OWN: "instead",
}


class DifferencesModel(QAbstractTableModel):
    """One row a difference, in order of time; all of them, one kind, or those still open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Difference, ...] = ()
        self._rows: tuple[Difference, ...] = ()
        self._names: Mapping[str, str] = {}
        self._decisions: Mapping[tuple[str, ...], Decision] = {}
        self._kind: DifferenceKind | None = None
        self._only_open = False

    def show_differences(self, rows: Sequence[Difference], names: Mapping[str, str]) -> None:
        """Show these differences; `names` has what codes are called, by id."""
        self._all, self._names = tuple(rows), names
        self._fill()

    def show_decisions(self, decisions: Sequence[Decision]) -> None:
        """Show which of them are settled, and how."""
        self._decisions = {one.sources: one for one in decisions}
        if self._only_open:
            self._fill()
        elif self._rows:
            last = len(HEADS) - 1
            self.dataChanged.emit(self.index(0, last), self.index(len(self._rows) - 1, last))

    def narrow(self, kind: DifferenceKind | None, *, only_open: bool) -> None:
        """List one kind alone, or what is still open; everything where None and not."""
        self._kind, self._only_open = kind, only_open
        self._fill()

    def difference_at(self, row: int) -> Difference | None:
        """Give the difference of a row; None where there is no such row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, sources: tuple[str, ...]) -> int:
        """Find the row of a difference by its tags; -1 where it is not listed."""
        found = (row for row, one in enumerate(self._rows) if one.sources == sources)
        return next(found, -1)

    def is_settled(self, row: int) -> bool:
        """Tell whether the difference of a row is settled."""
        one = self.difference_at(row)
        return one is not None and one.sources in self._decisions

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        """Count the columns."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Name a column."""
        is_head = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return HEADS[section] if is_head and 0 <= section < len(HEADS) else None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give the words of a cell."""
        one = self.difference_at(index.row()) if index.isValid() else None
        if one is None or role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return None
        return self._words(one)[index.column()]

    def _fill(self) -> None:
        self.beginResetModel()
        self._rows = tuple(one for one in self._all if self._is_listed(one))
        self.endResetModel()

    def _is_listed(self, one: Difference) -> bool:
        if self._only_open and one.sources in self._decisions:
            return False
        return self._kind is None or one.kind is self._kind

    def _words(self, one: Difference) -> tuple[str, ...]:
        decision = self._decisions.get(one.sources)
        return (
            to_clock(one.interval.start),
            KIND_WORDS[one.kind],
            self._names.get(one.first.code, one.first.code) if one.first else "–",
            self._names.get(one.second.code, one.second.code) if one.second else "–",
            VERDICT_WORDS[decision.verdict] if decision is not None else "",
        )
