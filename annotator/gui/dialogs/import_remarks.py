"""What did not come through a foreign file, was put right or noticed, with all its places."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PyQt6.QtGui import QColor, QResizeEvent
from PyQt6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.import_choosing import PickTable
from annotator.gui.dialogs.import_words import OUTCOMES, count_of, shortened
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.storage.interchange.report import Outcome, Remark, Report

HEADINGS = ("", "What", "Times", "Where")
NO_PARENT = QModelIndex()
PLACES_SHOWN, NARROW, WHERE = 400, 420, 3
_LONGEST_PLACE = 24
_Role = Qt.ItemDataRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RemarksModel(QAbstractTableModel):
    """One row a remark, those of loss first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.remarks: tuple[Remark, ...] = ()
        self._colours: dict[Outcome, QColor] = {}

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show remarks."""
        worst = list(Outcome)
        self.beginResetModel()
        self.remarks = tuple(sorted(remarks, key=lambda one: worst.index(one.outcome)))
        self.endResetModel()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._colours = {
            Outcome.NOT_CARRIED: theme.danger,
            Outcome.REPAIRED: theme.warning,
            Outcome.NOTICED: theme.info,
        }

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.remarks)

    def columnCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        is_ours = orientation is Qt.Orientation.Horizontal and 0 <= section < len(HEADINGS)
        if is_ours and role == _Role.TextAlignmentRole and HEADINGS[section] == "Times":
            return _RIGHT
        return HEADINGS[section] if is_ours and role == _Role.DisplayRole else None

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.remarks):
            return None
        one = self.remarks[index.row()]
        if role == _Role.ForegroundRole and index.column() == 0:
            return self._colours.get(one.outcome)
        if role == _Role.TextAlignmentRole and HEADINGS[index.column()] == "Times":
            return _RIGHT
        if role == _Role.AccessibleTextRole:
            return ". ".join(part for part in _cells(one) if part)
        is_text = role in {_Role.DisplayRole, _Role.ToolTipRole}
        return _cells(one)[index.column()] if is_text else None


def _cells(one: Remark) -> tuple[str, str, str, str]:
    count = count_of(one)
    where = shortened(one.places[0], _LONGEST_PLACE) if one.places else ""
    if count > 1 and where:
        where += ", …"
    return (OUTCOMES[one.outcome], _sentence(one.message), f"{count:,}", where)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


class RemarksView(QWidget):
    """The remarks as a table, beneath it every place of the chosen one; all can be copied."""

    def __init__(self, theme: Theme, name: str, empty: str, *, is_loss: bool = False) -> None:
        """Show `empty` where there are no remarks; with `is_loss`, loss goes without saying."""
        super().__init__()
        self._is_loss, self._narrow = is_loss, 0
        self.model = RemarksModel(self)
        self.table, self.places = PickTable(name, 1), QPlainTextEdit()
        self.copy_button = QPushButton("Copy all")
        self.empty = QLabel(empty)
        self.more = QLabel()
        self._report = Report(0, 0)
        self._body = QSplitter(Qt.Orientation.Vertical)
        self._prepare()
        self._lay_out(theme)
        self.set_theme(theme)
        self.show_report(self._report)

    def show_report(self, report: Report) -> None:
        """Show the remarks of a report."""
        self._report = report
        self.model.show_remarks(report.remarks)
        are_losses = all(one.outcome is Outcome.NOT_CARRIED for one in report.remarks)
        self.table.setColumnHidden(0, self._is_loss and are_losses)
        self._body.setVisible(bool(report.remarks))
        self.copy_button.setVisible(bool(report.remarks))
        self.empty.setVisible(not report.remarks)
        more = f"And {report.unlisted:,} more of other kinds, which are not listed."
        self.more.setText(more if report.unlisted else "")
        if report.remarks:
            self.table.selectRow(0)
        self._show_places()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.model.set_theme(theme)
        for label in (self.empty, self.more):
            dress_quiet(label, theme)
        self.places.setMinimumHeight(theme.px(48))
        self._narrow = theme.px(NARROW)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        # what happened is worth more room than where; that stands beneath as well
        self.table.setColumnHidden(WHERE, self.width() < self._narrow)
        super().resizeEvent(event)

    def as_text(self) -> str:
        """Write all remarks with their places, as they are copied."""
        return "\n".join(_lines(one) for one in self.model.remarks)

    def copy(self) -> None:
        """Put all of it on the clipboard."""
        if (clipboard := QApplication.clipboard()) is not None:
            clipboard.setText(self.as_text())

    def _prepare(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(PickTable.SelectionBehavior.SelectRows)
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda _now, _before: self._show_places())
        self.places.setReadOnly(True)
        self.places.setTabChangesFocus(True)
        self.places.setAccessibleName("All places of the chosen line")
        self.copy_button.setAutoDefault(False)
        self.copy_button.setToolTip("Copy every line with all its places")
        self.copy_button.clicked.connect(self.copy)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def _lay_out(self, theme: Theme) -> None:
        self._body.setChildrenCollapsible(False)
        self._body.addWidget(self.table)
        self._body.addWidget(self.places)
        self._body.setStretchFactor(0, 3)
        self._body.setStretchFactor(1, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.more, 1)
        foot.addWidget(self.copy_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self._body, 1)
        column.addWidget(self.empty, 1)
        column.addLayout(foot)

    def _show_places(self) -> None:
        row = self.table.currentIndex().row()
        chosen = self.model.remarks[row] if 0 <= row < len(self.model.remarks) else None
        self.places.setPlainText(_shown(chosen) if chosen is not None else "")


def _shown(one: Remark) -> str:
    if not one.places:
        return f"{_sentence(one.message)}: it concerns the file as a whole."
    more = len(one.places) + one.unplaced - PLACES_SHOWN
    rest = f"\nand {more:,} more, which “Copy all” and the report have" if more > 0 else ""
    return f"{_sentence(one.message)}:\n{', '.join(one.places[:PLACES_SHOWN])}{rest}"


def _lines(one: Remark) -> str:
    count = count_of(one)
    times = f" ({count:,} times)" if count > 1 else ""
    more = f", and {one.unplaced:,} more" if one.unplaced else ""
    where = f": {', '.join(one.places)}{more}" if one.places else ""
    return f"{OUTCOMES[one.outcome]}: {one.message}{times}{where}"
