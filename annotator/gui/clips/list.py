"""The clips that will be made, how far each is, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QPainter
from PyQt6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.import_choosing import PickTable
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.dialogs.tabs import give_rows_room
from annotator.gui.theme import Theme

HEADINGS = ("From – to", "File", "Masked", "State")
FILE, MASKED, STATE = 1, 2, 3
FRACTION_ROLE = Qt.ItemDataRole.UserRole
NO_PARENT = QModelIndex()
BAR, PADDING, BEFORE_WORDS = 6, 8, 11
"""The last is where words begin in other cells."""

WAITING, FINISHING, JOINED = "Waiting", "Finishing", "In the reel"
_Role, _Mode = Qt.ItemDataRole, QHeaderView.ResizeMode


@dataclass(frozen=True, slots=True)
class ClipLine:
    """A clip in words; `trouble` says why there is none, `told` what it is where there is.

    Where `is_refused` is off, nobody forbids it: it cannot be made.
    """

    when: str
    name: str
    masks: str
    told: str
    trouble: str = ""
    is_refused: bool = True

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands under each heading."""
        name = "–" if self.trouble else self.name
        masks = "–" if self.trouble or not self.masks else self.masks
        return (self.when, name, masks, self.trouble or self.told)


class ClipsModel(QAbstractTableModel):
    """One row a clip; while clips are made, each has a fraction from 0 to 1.

    A clip that was made and goes into a reel after that has one anew.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[ClipLine, ...] = ()
        self._fractions: dict[str, float] | None = None
        self._settled: set[str] = set()
        self._is_joining = False
        self._danger = QColor()

    def show_lines(self, lines: Sequence[ClipLine]) -> None:
        """Show clips, none of which is being made."""
        self.beginResetModel()
        self.lines, self._fractions = tuple(lines), None
        self.endResetModel()

    def begin(self, *, joining: bool = False) -> None:
        """Show that the clips are about to be made, or to be joined into a reel at once."""
        self._fractions, self._settled, self._is_joining = {}, set(), joining
        self._tell_all()

    def advance(self, name: str, fraction: float) -> None:
        """Show how far the clip of that name is."""
        if self._fractions is None:
            return
        self._fractions[name] = fraction
        for row, line in enumerate(self.lines):
            if line.name == name:
                at = self.index(row, STATE)
                self.dataChanged.emit(at, at)

    def settle(self, line: ClipLine) -> None:
        """Show what became of the clip of that name, while others are still being made."""
        self._settled.add(line.name)
        if self._fractions is not None:
            self._fractions.pop(line.name, None)
        self.lines = tuple(line if one.name == line.name else one for one in self.lines)
        self._tell_all()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._danger = theme.danger
        self._tell_all()

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
        line, column = self.lines[index.row()], index.column()
        fraction = self._fraction(line) if column == STATE else None
        if role == FRACTION_ROLE:
            return fraction
        if role == _Role.ForegroundRole and column == STATE and line.trouble:
            return self._danger
        words = self._state(line) if column == STATE else line.cells[column]
        if role == _Role.AccessibleTextRole:
            return f"{HEADINGS[column]}: {words}"
        return words if role in {_Role.DisplayRole, _Role.ToolTipRole} else None

    def _fraction(self, line: ClipLine) -> float | None:
        """How far a clip is; None where none is being made, or this one is not, or no more."""
        if self._fractions is None or line.trouble or line.name in self._settled:
            return None
        return self._fractions.get(line.name, 0.0)

    def _state(self, line: ClipLine) -> str:
        """What stands under “State” of a clip."""
        fraction = self._fraction(line)
        if fraction is not None:
            return _fraction_words(fraction, JOINED if self._is_joining else FINISHING)
        joined = (self._fractions or {}).get(line.name, 0.0)
        if line.trouble or joined <= 0:
            return line.cells[STATE]
        how_far = "" if joined >= 1 else f": {joined:.0%}"
        return f"{line.told} · {JOINED.lower()}{how_far}"

    def _tell_all(self) -> None:
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, STATE))


def _fraction_words(fraction: float, whole: str) -> str:
    if fraction <= 0:
        return WAITING
    return whole if fraction >= 1 else f"{fraction:.0%}"


class StateDelegate(QStyledItemDelegate):
    """Draws a bar beside the words of a clip that is being made."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        fraction = index.data(FRACTION_ROLE)
        if painter is None or not isinstance(fraction, float) or not 0 < fraction < 1:
            super().paint(painter, option, index)
            return
        theme, box = self._theme, option.rect.adjusted(BEFORE_WORDS, 0, -PADDING, 0)
        words = str(index.data())
        room = option.fontMetrics.horizontalAdvance("100%") + PADDING
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.text)
        painter.setFont(option.font)
        side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side.value), words)
        thick = theme.px(BAR)
        bar = QRectF(box.left() + room, box.center().y() - thick / 2 + 1, box.width() - room, thick)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.line)
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        painter.setBrush(theme.accent)
        bar.setWidth(max(float(thick), bar.width() * fraction))
        painter.drawRoundedRect(bar, thick / 2, thick / 2)
        painter.restore()


class ClipsView(QWidget):
    """The clips as a table, beneath it in full why the chosen one is not made."""

    chosen_changed = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model, self.table = ClipsModel(self), PickTable("Clips", FILE, STATE)
        self.reason, self._delegate = paragraph(""), StateDelegate(theme, self)
        self._has_files = True
        self.table.setModel(self.model)
        self.table.setItemDelegateForColumn(STATE, self._delegate)
        self.table.setSelectionBehavior(PickTable.SelectionBehavior.SelectRows)
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self.table, 1)
        column.addWidget(self.reason)
        self.set_theme(theme)
        self.show_lines(())

    @property
    def chosen(self) -> int:
        """Which row is chosen, -1 where none is."""
        row = self.table.currentIndex().row()
        return row if row < len(self.model.lines) else -1

    def name_files(self, *, has_files: bool) -> None:
        """Say whether each clip becomes a file of its own."""
        self._has_files = has_files

    def show_lines(self, lines: Sequence[ClipLine]) -> None:
        """Show clips; chosen is the one that was, or the first that is not made, or the first."""
        before = self.chosen
        same = [one.when for one in lines] == [one.when for one in self.model.lines]
        self.model.show_lines(lines)
        self._give_room(lines)
        troubled = [row for row, line in enumerate(lines) if line.trouble]
        if lines:
            first = troubled[0] if troubled else 0
            self.table.selectRow(before if same and before >= 0 and not troubled else first)
        self._show_chosen()

    def begin(self) -> None:
        """Show a bar for each clip."""
        self.model.begin(joining=not self._has_files)
        if (heads := self.table.horizontalHeader()) is not None:
            heads.setSectionResizeMode(STATE, _Mode.Stretch)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.model.set_theme(theme)
        self._delegate.set_theme(theme)
        give_rows_room(self.table, theme)
        self.reason.setStyleSheet(f"color: {theme.danger.name()};")

    def _give_room(self, lines: Sequence[ClipLine]) -> None:
        """Hide columns that would be empty, and give reasons the room that they need."""
        clips = [one for one in lines if not one.trouble]
        self.table.setColumnHidden(FILE, bool(lines) and not (clips and self._has_files))
        self.table.setColumnHidden(MASKED, not any(one.masks for one in clips))
        if (heads := self.table.horizontalHeader()) is not None:
            has_reasons = len(clips) < len(lines) or not self._has_files
            heads.setSectionResizeMode(
                STATE, _Mode.Stretch if has_reasons else _Mode.ResizeToContents
            )

    def _show_chosen(self) -> None:
        text = self.model.lines[self.chosen].trouble if self.chosen >= 0 else ""
        self.reason.setText(text)
        self.reason.setVisible(bool(text))
        self.chosen_changed.emit()
