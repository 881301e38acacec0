"""How a table is read: what each column is, how times are written, and what is kept by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.import_choosing import PickDelegate, PickTable
from annotator.gui.dialogs.import_models import ColumnsModel
from annotator.gui.dialogs.import_words import COLUMNS, DECIMALS, DELIMITERS, LAYOUTS, TIMES
from annotator.gui.dialogs.pieces import LARGE_TYPE
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.storage.interchange.columns import Column, Layout, TableColumns, TimeForm
from annotator.storage.interchange.interface import TablePreview

HINT = "The first row says what each column is: click it, or press Return, to choose another."
TABLE_NAME = "The first rows; Return in the first one opens the choice"
NOT_KEPT = "– none –"
SHEET_LETTERS, FEWEST_LETTERS = 16, 8
_AT_A_RATE = frozenset({TimeForm.FRAMES, TimeForm.SMPTE})

Value = TypeVar("Value")


class NameField(QLineEdit):
    """Keeps Return to itself, which would go on to the main button of the dialog."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        super().keyPressEvent(event)
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()


class TablePage(QWidget):
    """Tells the whole choice whenever a part of it changes."""

    changed = pyqtSignal(object)  # TableColumns
    kept_chosen = pyqtSignal(str)  # name of a choice that was kept
    keep_asked = pyqtSignal(str, object)  # name, TableColumns with every column

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.table, self.model = PickTable(TABLE_NAME), ColumnsModel(self)
        self.columns = TableColumns()
        self.sheet_box, self.sheet_row = QComboBox(), QWidget()
        self.layout_box, self.times_box = QComboBox(), QComboBox()
        self.decimal_box, self.delimiter_box = QComboBox(), QComboBox()
        self.rate, self.headed = QLineEdit(), QCheckBox("First row: headings")
        self.kept_box, self.name = QComboBox(), NameField()
        self.keep_button, self._naming = QPushButton("Keep"), QWidget()
        self.hint = QLabel(HINT)
        self._delegate = PickDelegate("This column is", _offered, theme, self.table)
        self._prepare()
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)

    def show_table(self, table: TablePreview) -> None:
        """Show a table and how it was read."""
        self.columns = table.columns
        self.model.show_table(table)
        self._show_sheets(table.sheets)
        _choose(self.layout_box, table.columns.layout)
        _choose(self.times_box, table.columns.times)
        _choose(self.decimal_box, table.columns.decimal)
        _choose(self.delimiter_box, table.columns.delimiter)
        self.rate.setText(table.columns.rate)
        self.headed.setChecked(table.columns.is_headed is not False)
        self._allow()

    def show_kept(self, names: Sequence[str], chosen: str = "") -> None:
        """Offer choices that were kept by name."""
        self.kept_box.clear()
        self.kept_box.addItem(NOT_KEPT, "")
        for one in names:
            self.kept_box.addItem(one, one)
        self.kept_box.setCurrentIndex(max(0, self.kept_box.findData(chosen)))
        self.kept_box.setEnabled(bool(names))

    def fitted(self, columns: TableColumns) -> TableColumns:
        """Give a choice that was kept for this table: of the sheet that is shown, if it lacks its.

        What was kept of a workbook serves others, whose sheets have other names.
        """
        has_sheet = self.sheet_box.findData(columns.sheet) >= 0
        return columns if has_sheet else replace(columns, sheet=self.columns.sheet)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._delegate.set_theme(theme)
        dress_quiet(self.hint, theme)
        self.rate.setMaximumWidth(theme.px(110))

    @property
    def _boxes(self) -> tuple[QComboBox, ...]:
        asked = (self.layout_box, self.times_box, self.decimal_box, self.delimiter_box)
        return (*asked, self.kept_box)

    def _prepare(self) -> None:
        self.table.setModel(self.model)
        self.table.setItemDelegateForRow(0, self._delegate)
        self.hint.setWordWrap(True)
        _fill(self.layout_box, LAYOUTS)
        _fill(self.times_box, TIMES)
        _fill(self.decimal_box, DECIMALS)
        _fill(self.delimiter_box, DELIMITERS)
        for box in self._boxes:
            _let_shrink(box, FEWEST_LETTERS)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        _let_shrink(self.sheet_box, SHEET_LETTERS)
        self.name.setMinimumWidth(1)  # it takes what room there is
        self.rate.setPlaceholderText("25")
        self.rate.setToolTip("Frames a second, such as 25 or 30000/1001")
        self.name.setPlaceholderText("a name for it")
        self.keep_button.setAutoDefault(False)
        self.keep_button.setEnabled(False)

    def _lay_out(self, theme: Theme) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.spacing)
        fields.setVerticalSpacing(theme.spacing_small)
        pairs = 1 if theme.scale >= LARGE_TYPE else 2
        for place, (text, part) in enumerate(
            (
                ("A row is", self.layout_box),
                ("Times are", self.times_box),
                ("Frames a second", self.rate),
                ("Decimals", self.decimal_box),
                ("Between cells", self.delimiter_box),
                ("", self.headed),
                ("Use a kept choice", self.kept_box),
                ("Keep this one as", self._naming),
            )
        ):
            label = QLabel(text)
            label.setBuddy(self.name if part is self._naming else part)
            row, column = divmod(place, pairs)
            fields.addWidget(label, row, 2 * column)
            fields.addWidget(part, row, 2 * column + 1)
            fields.setColumnStretch(2 * column + 1, 1)
        naming = QHBoxLayout(self._naming)
        naming.setContentsMargins(0, 0, 0, 0)
        naming.setSpacing(theme.spacing_small)
        naming.addWidget(self.name, 1)
        naming.addWidget(self.keep_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.spacing_small)
        rows.addWidget(self._made_sheet_row(theme))
        rows.addWidget(self.hint)
        rows.addWidget(self.table, 1)
        rows.addLayout(fields)

    def _made_sheet_row(self, theme: Theme) -> QWidget:
        label = QLabel("Sheet of the workbook")
        label.setBuddy(self.sheet_box)
        self.sheet_box.setToolTip("One sheet is read at a time; the remarks name the others")
        row = QHBoxLayout(self.sheet_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.spacing)
        row.addWidget(label)
        row.addWidget(self.sheet_box)
        row.addStretch(1)
        return self.sheet_row

    def _show_sheets(self, sheets: Sequence[str]) -> None:
        """Offer the sheets of a workbook, where there is a choice."""
        self.sheet_box.clear()
        for one in sheets:
            self.sheet_box.addItem(one, one)
        self.sheet_box.setCurrentIndex(self.sheet_box.findData(self.columns.sheet))
        self.sheet_row.setVisible(len(sheets) > 1)

    def _connect(self) -> None:
        self.sheet_box.activated.connect(lambda _place: self._take_sheet())
        self.model.picked_for.connect(self._pick)
        for box in (self.layout_box, self.times_box, self.decimal_box, self.delimiter_box):
            box.activated.connect(lambda _place: self._take())
        self.rate.editingFinished.connect(self._take)
        self.headed.clicked.connect(lambda _on: self._take())
        self.kept_box.activated.connect(self._take_kept)
        self.name.textChanged.connect(lambda text: self.keep_button.setEnabled(bool(text.strip())))
        self.name.returnPressed.connect(self.keep_button.click)
        self.keep_button.clicked.connect(self._ask_to_keep)

    def _pick(self, heading: str, column: Column) -> None:
        self._tell(replace(self.columns, columns={**self.columns.columns, heading: column}))

    def _take(self) -> None:
        was_headed = self.columns.is_headed is not False
        is_headed = self.columns.is_headed
        if self.headed.isChecked() != was_headed:
            is_headed = self.headed.isChecked()
        columns, delimiter = self.columns.columns, self.delimiter_box.currentData()
        if is_headed != self.columns.is_headed or delimiter != self.columns.delimiter:
            columns = {}  # other cells have other headings
        self._tell(
            TableColumns(
                columns,
                Layout(self.layout_box.currentData()),
                TimeForm(self.times_box.currentData()),
                self.rate.text().strip(),
                self.decimal_box.currentData(),
                delimiter,
                self.columns.encoding,
                self.columns.sheet,
                is_headed,
            )
        )

    def _take_sheet(self) -> None:
        """Read another sheet, of which nothing is known yet, neither headings nor times."""
        sheet = self.sheet_box.currentData()
        if sheet != self.columns.sheet:
            self._tell(TableColumns(sheet=sheet))

    def _tell(self, columns: TableColumns) -> None:
        if columns != self.columns:
            self.columns = columns
            self.model.show_choice(columns.columns)
            self._allow()
            self.changed.emit(columns)

    def _allow(self) -> None:
        needs_rate = self.columns.times in _AT_A_RATE or bool(self.columns.rate)
        self.rate.setEnabled(needs_rate)
        for box in (self.delimiter_box, self.headed):
            box.setEnabled(not self.columns.sheet or box is self.headed)

    def _ask_to_keep(self) -> None:
        whole = replace(self.columns, columns=self.model.roles)
        self.keep_asked.emit(self.name.text().strip(), whole)

    def _take_kept(self) -> None:
        if name := self.kept_box.currentData():
            self.kept_chosen.emit(name)


def _let_shrink(box: QComboBox, letters: int) -> None:
    """Let a list be as narrow as so many letters, whatever it offers."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(letters)


def _offered() -> Sequence[tuple[str, str]]:
    return [(one.value, words) for one, words in COLUMNS.items()]


def _fill(box: QComboBox, words: Mapping[Value, str]) -> None:
    for value, text in words.items():
        box.addItem(text, value)


def _choose(box: QComboBox, value: str) -> None:
    """Choose a value; one that is not offered is offered from now on."""
    place = next((n for n in range(box.count()) if box.itemData(n) == value), -1)
    if place < 0:
        box.addItem(value, value)
        place = box.count() - 1
    box.setCurrentIndex(place)
