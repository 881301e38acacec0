"""Every action and code with its keys, as rows that can be searched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from PyQt6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from annotator.gui.actions import ActionSpec, KeyMap, key_words, written
from annotator.gui.actions.clashes import Target, target_of
from annotator.gui.palette.ranking import folded
from annotator.model.codebook import Code, Codebook
from annotator.storage.settings import KeyChoices

NO_PARENT = QModelIndex()


class Column(Enum):
    """The columns, left to right; the value is what they are called."""

    NAME = "What it does"
    KEYS = "Keys"
    GROUP = "Where"
    NOTE = "To know"


COLUMNS = tuple(Column)


@dataclass(frozen=True, slots=True)
class KeyRow:
    """What one row shows; `note` tells of keys that others have, in few words."""

    target: Target
    group: str
    keys: tuple[str, ...]
    is_changed: bool = False
    note: str = ""

    @property
    def keys_text(self) -> str:
        """The keys as people read them."""
        return " or ".join(key_words(key) for key in self.keys)

    def text(self, column: Column) -> str:
        """Give what stands in a cell."""
        match column:
            case Column.NAME:
                return self.target.name
            case Column.KEYS:
                return self.keys_text
            case Column.GROUP:
                return self.group
            case Column.NOTE:
                return self.note

    def fits(self, search: str) -> bool:
        """Tell whether all words of a folded search are in the row."""
        text = folded(f"{self.target.name} {self.group} {self.keys_text} {' '.join(self.keys)}")
        return all(word in text for word in search.split())


def key_rows(
    specs: Sequence[ActionSpec], book: Codebook | None, choices: KeyChoices, keys: KeyMap
) -> tuple[KeyRow, ...]:
    """List the actions in the order of their menus, then the codes of the book."""
    names = {key: one.name for one, key in _code_keys(book, keys)}
    owners = {key: spec.plain_text for spec in specs for key in keys.of_action(spec.id)}
    actions = [
        KeyRow(
            target_of(spec),
            spec.menu.value.replace("&", ""),
            keys.of_action(spec.id),
            spec.id in choices.actions,
            _note(spec, keys, names, owners),
        )
        for spec in specs
    ]
    return (*actions, *_code_rows(book, choices, keys))


class KeysModel(QAbstractTableModel):
    """The rows that fit the search; made afresh with each change, since they are few."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[KeyRow, ...] = ()
        self._rows: tuple[KeyRow, ...] = ()
        self._search = ""

    def show_rows(self, rows: Sequence[KeyRow]) -> None:
        """Show other rows; where they differ only in what they say, none is moved."""
        same = [one.target for one in rows] == [one.target for one in self._all]
        self._all = tuple(rows)
        fitting = self._fitting()
        if same and [one.target for one in fitting] == [one.target for one in self._rows]:
            self._rows = fitting
            if fitting:
                last = self.index(len(fitting) - 1, len(COLUMNS) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
        else:
            self._show(fitting)

    def search(self, text: str) -> None:
        """Show only rows in which all words of a text are."""
        self._search = folded(text)
        self._show(self._fitting())

    def row_at(self, row: int) -> KeyRow | None:
        """Give a row; None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def place_of(self, target: Target) -> int:
        """Find the row of an action or code; -1 where it is not shown."""
        return next((at for at, one in enumerate(self._rows) if one.target == target), -1)

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
        is_name = role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(COLUMNS)
        if orientation is Qt.Orientation.Horizontal and is_name:
            return COLUMNS[section].value
        return None

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give what a role asks for."""
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = COLUMNS[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            changed = " *" if row.is_changed and column is Column.KEYS else ""
            return row.text(column) + changed
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(row, column)
        return None

    def _fitting(self) -> tuple[KeyRow, ...]:
        return tuple(row for row in self._all if row.fits(self._search))

    def _show(self, rows: tuple[KeyRow, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def _spoken(row: KeyRow, column: Column) -> str:
    if column is Column.KEYS:
        changed = ", changed by you" if row.is_changed else ""
        return f"{row.keys_text or 'no key'}{changed}"
    return row.text(column)


def _code_keys(book: Codebook | None, keys: KeyMap) -> Iterator[tuple[Code, str]]:
    for code in book.codes if book is not None else ():
        for key in keys.of_code(code.id):
            yield code, key


def _code_rows(book: Codebook | None, choices: KeyChoices, keys: KeyMap) -> Iterator[KeyRow]:
    if book is None:
        return
    own = choices.codes.get(book.id, {})
    for code in book.codes:
        if not code.retired:
            target = Target(code.id, code.name, is_code=True)
            yield KeyRow(target, f"Code of {book.name}", keys.of_code(code.id), code.id in own)


def _note(
    spec: ActionSpec, keys: KeyMap, codes: Mapping[str, str], owners: Mapping[str, str]
) -> str:
    """Tell which of an action's keys are a code's now, and which went to another action."""
    own = keys.of_action(spec.id)
    shaded = [] if spec.goes_first else [key for key in own if key in codes]
    said = [f"{key_words(key)} tags “{codes[key]}” now" for key in shaded]
    gone = [key for key in map(written, spec.keys) if key not in own and key in owners]
    said += [f"{key_words(key)} does “{owners[key]}”" for key in gone]
    return "; ".join(said)
