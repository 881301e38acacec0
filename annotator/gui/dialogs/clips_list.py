"""The clips that will be made, with what is masked in them, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt6.QtGui import QColor
from PyQt6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from annotator.gui.dialogs.import_choosing import PickTable
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.theme import Theme

HEADINGS = ("From – to", "File", "Masked", "State")
FILE, MASKED, WHAT = 1, 2, 3
NO_PARENT = QModelIndex()
_Role, _Mode = Qt.ItemDataRole, QHeaderView.ResizeMode


@dataclass(frozen=True, slots=True)
class ClipLine:
    """A clip in words; `trouble` says why there is none, `told` what it is where there is."""

    when: str
    name: str
    masks: str
    told: str
    trouble: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands under each heading."""
        name = "–" if self.trouble else self.name
        masks = "–" if self.trouble or not self.masks else self.masks
        return (self.when, name, masks, self.trouble or self.told)


class ClipsModel(QAbstractTableModel):
    """One row a clip."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ClipLine, ...] = ()
        self._danger = QColor()

    def show_lines(self, lines: Sequence[ClipLine]) -> None:
        """Show clips."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._danger = theme.danger
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, WHAT))

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        is_ours = orientation is Qt.Orientation.Horizontal and 0 <= section < len(HEADINGS)
        return HEADINGS[section] if is_ours and role == _Role.DisplayRole else None

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.lines):
            return None
        line = self.lines[index.row()]
        if role == _Role.ForegroundRole and index.column() == WHAT and line.trouble:
            return self._danger
        if role == _Role.AccessibleTextRole:
            return f"{HEADINGS[index.column()]}: {line.cells[index.column()]}"
        return (
            line.cells[index.column()] if role in {_Role.DisplayRole, _Role.ToolTipRole} else None
        )


class ClipsView(QWidget):
    """The clips as a table, beneath it in full why the chosen one is not made."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model, self.table = ClipsModel(self), PickTable("Clips", FILE, WHAT)
        self.reason = paragraph("")
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(PickTable.SelectionBehavior.SelectRows)
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda _now, _before: self._show_reason())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self.table, 1)
        column.addWidget(self.reason)
        self.set_theme(theme)
        self.show_lines(())

    def show_lines(self, lines: Sequence[ClipLine]) -> None:
        """Show clips, the first of which nothing comes chosen, so that its reason is read."""
        self.model.show_lines(lines)
        self._give_room(lines)
        troubled = [row for row, line in enumerate(lines) if line.trouble]
        if troubled:
            self.table.selectRow(troubled[0])
        self._show_reason()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.model.set_theme(theme)
        self.reason.setStyleSheet(f"color: {theme.danger.name()};")

    def _give_room(self, lines: Sequence[ClipLine]) -> None:
        """Hide columns that would be empty, and give reasons the room that they need."""
        clips = [one for one in lines if not one.trouble]
        self.table.setColumnHidden(FILE, bool(lines) and not clips)
        self.table.setColumnHidden(MASKED, not any(one.masks for one in clips))
        if (heads := self.table.horizontalHeader()) is not None:
            has_reasons = len(clips) < len(lines)
            heads.setSectionResizeMode(
                WHAT, _Mode.Stretch if has_reasons else _Mode.ResizeToContents
            )

    def _show_reason(self) -> None:
        row = self.table.currentIndex().row()
        text = self.model.lines[row].trouble if 0 <= row < len(self.model.lines) else ""
        self.reason.setText(text)
        self.reason.setVisible(bool(text))
