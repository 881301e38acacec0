"""The fields in which one member of a codebook is changed, each for one kind of value."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QSignalBlocker, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QIcon, QPixmap
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.codebook.models import CodesModel, RowsModel
from annotator.gui.codebook.rows import Row, number_of, rows_of
from annotator.gui.theme import Theme
from annotator.model.codebook import Codebook
from annotator.model.colours import is_colour
from annotator.model.proposing import PALETTE

Options = Sequence[tuple[object, str]]
TEXT_LINES = 3
LIST_HEIGHT = 120


class Field(QWidget):
    """One value on screen; `changed` comes when a person changed it."""

    changed = pyqtSignal()

    def __init__(self, control: QWidget, name: str) -> None:
        super().__init__()
        control.setAccessibleName(name)
        self.setFocusProxy(control)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(control, 1)

    def show_value(self, value: object, book: Codebook) -> None:
        """Show a value of a member of this book."""
        raise NotImplementedError

    def value(self) -> object:
        """Give what is shown."""
        raise NotImplementedError

    def is_readable(self) -> bool:
        """Tell whether what was typed is a value at all."""
        return True


class LineField(Field):
    """A line of text."""

    def __init__(self, name: str) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, name)
        self.line.textEdited.connect(self.changed)

    def show_value(self, value: object, _book: Codebook) -> None:
        if self.line.text() != str(value):
            self.line.setText(str(value))

    def value(self) -> object:
        return self.line.text()


class NumberField(Field):
    """A number, or none where that is allowed."""

    def __init__(self, name: str, *, needed: bool, whole: bool = False) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, name)
        self._needed, self._whole = needed, whole
        self.line.textEdited.connect(self.changed)

    def show_value(self, value: object, _book: Codebook) -> None:
        text = f"{value:.15g}" if isinstance(value, int | float) else ""
        if not self.is_readable() or self.value() != value or not text:
            self.line.setText(text)

    def value(self) -> object:
        number = number_of(self.line.text())
        return int(number) if self._whole and number is not None else number

    def is_readable(self) -> bool:
        text = self.line.text().strip()
        return number_of(text) is not None if text else not self._needed


class TextField(Field):
    """Several lines of text; Tab leaves it."""

    def __init__(self, name: str) -> None:
        self.text = QPlainTextEdit()
        super().__init__(self.text, name)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(TEXT_LINES * self.text.fontMetrics().lineSpacing() + 16)
        self.text.textChanged.connect(self.changed)

    def show_value(self, value: object, _book: Codebook) -> None:
        if self.text.toPlainText() != str(value):
            blocker = QSignalBlocker(self.text)
            self.text.setPlainText(str(value))
            blocker.unblock()

    def value(self) -> object:
        return self.text.toPlainText()


class CheckField(Field):
    """Yes or no."""

    def __init__(self, name: str) -> None:
        self.box = QCheckBox(name)
        super().__init__(self.box, name)
        self.box.clicked.connect(self.changed)

    def show_value(self, value: object, _book: Codebook) -> None:
        self.box.setChecked(bool(value))

    def value(self) -> object:
        return self.box.isChecked()


class ChoiceField(Field):
    """One of several, which may depend on the book."""

    def __init__(self, name: str, options: Callable[[Codebook], Options]) -> None:
        self.box = QComboBox()
        super().__init__(self.box, name)
        self._options = options
        self._shown: list[tuple[object, str]] = []
        self.box.activated.connect(self.changed)

    def show_value(self, value: object, book: Codebook) -> None:
        options = list(self._options(book))
        if value not in [one for one, _ in options]:
            options.append((value, str(value)))
        if options != self._shown:
            self._shown = options
            self.box.clear()
            self.box.addItems([text for _, text in options])
        self.box.setCurrentIndex([one for one, _ in options].index(value))

    def value(self) -> object:
        return self._shown[self.box.currentIndex()][0]


class ColourField(Field):
    """A colour, typed or chosen from those that all eyes can tell apart."""

    def __init__(self, name: str) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, name)
        self.box = QComboBox()
        self.box.setAccessibleName("Colours that all eyes can tell apart")
        self.box.setIconSize(QSize(16, 16))
        self.box.addItem("Palette…")
        for one in PALETTE:
            self.box.addItem(_swatch(one.colour), one.name.capitalize(), one.colour)
        self.row.addWidget(self.box)
        self.line.textEdited.connect(self._show_swatch)
        self.line.textEdited.connect(self.changed)
        self.box.activated.connect(self._take)

    def show_value(self, value: object, _book: Codebook) -> None:
        self.line.setText(str(value))
        self._show_swatch()

    def value(self) -> object:
        return self.line.text().strip()

    def _take(self, place: int) -> None:
        if place > 0:
            self.line.setText(str(self.box.itemData(place)))
            self._show_swatch()
            self.changed.emit()

    def _show_swatch(self) -> None:
        colour = self.line.text().strip()
        place = self.box.findData(colour)
        self.box.setCurrentIndex(max(0, place))
        shown = _swatch(colour) if is_colour(colour) else QIcon()
        for action in self.line.actions():
            self.line.removeAction(action)
        self.line.addAction(shown, QLineEdit.ActionPosition.LeadingPosition)


class TicksField(Field):
    """Some of the book's codes."""

    def __init__(self, name: str) -> None:
        self.list = QListView()
        super().__init__(self.list, name)
        self.model = CodesModel(self)
        self.list.setModel(self.model)
        self.list.setMaximumHeight(LIST_HEIGHT)
        self.model.ticked.connect(self.changed)

    def show_value(self, value: object, book: Codebook) -> None:
        codes = [(code.id, code.name) for code in book.codes if not code.retired]
        ticked = tuple(str(one) for one in value) if isinstance(value, tuple) else ()
        self.model.show_codes(codes, ticked)

    def value(self) -> object:
        return self.model.kept


class RowsField(Field):
    """A small table; its rows are added and removed by buttons beneath."""

    def __init__(
        self, name: str, headings: tuple[str, ...], read: Callable[[Sequence[Row]], object]
    ) -> None:
        self.table = QTableView()
        super().__init__(self.table, name)
        self._read = read
        self.model = RowsModel(headings, self)
        self.table.setModel(self.model)
        self.table.setFixedHeight(LIST_HEIGHT)
        self.table.setTabKeyNavigation(False)
        if (header := self.table.horizontalHeader()) is not None:
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if (side := self.table.verticalHeader()) is not None:
            side.hide()
        self._add_buttons(name)
        self.model.edited.connect(self.changed)

    def _add_buttons(self, name: str) -> None:
        self.add_button, self.remove_button = QPushButton("Add"), QPushButton("Remove")
        column = QVBoxLayout()
        for button in (self.add_button, self.remove_button):
            button.setAutoDefault(False)
            button.setAccessibleName(f"{button.text()} a row of {name.lower()}")
            column.addWidget(button)
        column.addStretch(1)
        self.row.addLayout(column)
        self.add_button.clicked.connect(self._add)
        self.remove_button.clicked.connect(self._remove)

    def show_value(self, value: object, _book: Codebook) -> None:
        if value != self._read(self.model.rows):
            self.model.show_rows(rows_of(value) if isinstance(value, tuple) else ())

    def value(self) -> object:
        return self._read(self.model.rows)

    def forget(self) -> None:
        """Let go of rows that say nothing yet."""
        self.model.show_rows(())

    def _add(self) -> None:
        place = self.table.currentIndex().row() + 1 or self.model.rowCount()
        self.model.insert(place)
        column = 1 if self.model.rows[place].cells[0] else 0
        self.table.setCurrentIndex(self.model.index(place, column))
        self.table.edit(self.model.index(place, column))

    def _remove(self) -> None:
        if (row := self.table.currentIndex().row()) >= 0:
            self.model.remove(row)


def _swatch(colour: str) -> QIcon:
    pixmap = QPixmap(16, 16)
    pixmap.fill(QColor(colour) if is_colour(colour) else Qt.GlobalColor.transparent)
    return QIcon(pixmap)


def fit_to(theme: Theme, fields: Sequence[Field]) -> None:
    """Let lists and tables be as high as type of this size asks for."""
    for one in fields:
        if isinstance(one, TicksField):
            one.list.setMaximumHeight(theme.px(LIST_HEIGHT))
        elif isinstance(one, RowsField):
            one.table.setFixedHeight(theme.px(LIST_HEIGHT))
        elif isinstance(one, TextField):
            lines = one.text.fontMetrics().lineSpacing() * TEXT_LINES
            one.text.setFixedHeight(lines + theme.px(16))
