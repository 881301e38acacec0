"""The window in which a session is moved to another codebook, with what becomes of each code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QWidget,
)

from annotator.editing.book_move import Move, MoveChoices, MoveLine
from annotator.editing.fates import DELETED, RETIRED, Lengths, TagsGo, recoded
from annotator.editing.move_words import summary
from annotator.gui.codebook.move_model import MoveModel
from annotator.gui.codebook.rows import number_of
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.book_compare import Part
from annotator.model.codebook import Codebook
from annotator.model.time import SECOND, Micros

SIZE = (860, 620)


class MoveWindow(QDialog):
    """Asks for a plan whenever something is chosen, and shows the one it is given."""

    plan_asked = pyqtSignal(object, object)  # Codebook, MoveChoices
    file_asked = pyqtSignal()
    move_asked = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._books: list[Codebook] = []
        self._own = Codebook("", "", "")
        self._choices = MoveChoices()
        self._ids: list[TagsGo] = []
        self.plan: Move | None = None
        self.book_box, self.file_button = QComboBox(), QPushButton("From a file…")
        self.notice, self.summary, self.trouble = paragraph(""), paragraph(""), paragraph("")
        self.table, self.model = QTableView(), MoveModel(self)
        self.goes, self.length = QComboBox(), QLineEdit()
        self.move_button, self.back = QPushButton("Move the session"), QPushButton("Cancel")
        self._prepare()
        self._lay_out()
        self.set_theme(theme)
        self._connect()
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))

    def offer(self, own: Codebook, books: Sequence[Codebook], chosen: Codebook | None) -> None:
        """Offer books to move to, from the session's own; `chosen` is the one shown first."""
        self._own, self._books = own, list(books)
        if chosen is not None and chosen not in self._books:
            self._books.append(chosen)
        self.book_box.clear()
        self.book_box.addItems([f"{one.name}, version {one.version}" for one in self._books])
        if self._books:
            self.book_box.setCurrentIndex(self._books.index(chosen or self._books[0]))
        self._choose_book()

    def show_plan(self, plan: Move | None, trouble: str = "") -> None:
        """Show what would become of everything, or why it cannot be."""
        self.plan = plan
        names = {one.id: one.name for one in self._own.codes}
        names |= {one.id: one.name for one in self._own.ratings}
        self.model.show_move(plan, names)
        self.summary.setText(summary(plan) if plan else "")
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self.move_button.setEnabled(plan is not None)
        if plan and plan.lines and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self._show_line()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_quiet(self.notice, theme)
        self.trouble.setStyleSheet(f"color: {theme.danger.name()};")

    @property
    def _book(self) -> Codebook | None:
        place = self.book_box.currentIndex()
        return self._books[place] if 0 <= place < len(self._books) else None

    @property
    def _line(self) -> MoveLine | None:
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    def _prepare(self) -> None:
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.setAccessibleName("What becomes of each code and rating")
        if (header := self.table.horizontalHeader()) is not None:
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        if (side := self.table.verticalHeader()) is not None:
            side.hide()
        self.book_box.setAccessibleName("Codebook to move to")
        self.goes.setAccessibleName("What the chosen line becomes")
        self.length.setAccessibleName("Seconds given to moments whose code marks stretches")
        self.length.setPlaceholderText("none")
        for button in (self.file_button, self.back):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        rows = prepare(self, "Move to another codebook", "codebooks")
        first, last = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.book_box, 1)
        first.addWidget(self.file_button)
        last.addWidget(QLabel("The chosen line becomes"))
        last.addWidget(self.goes, 2)
        last.addWidget(QLabel("Moments get, in s"))
        last.addWidget(self.length, 1)
        rows.addLayout(first)
        rows.addWidget(self.notice)
        rows.addWidget(self.table, 1)
        rows.addLayout(last)
        rows.addWidget(self.summary)
        rows.addWidget(self.trouble)
        rows.addLayout(button_row((self.back,), self.move_button))

    def _connect(self) -> None:
        self.book_box.activated.connect(self._choose_book)
        self.file_button.clicked.connect(self.file_asked)
        self.goes.activated.connect(self._choose_fate)
        self.length.editingFinished.connect(self._choose_length)
        self.move_button.clicked.connect(self.move_asked)
        self.back.clicked.connect(self.reject)
        if (selection := self.table.selectionModel()) is not None:
            selection.currentRowChanged.connect(self._show_line)

    def _choose_book(self) -> None:
        book = self._book
        self._choices = MoveChoices()
        self.length.clear()
        self.notice.setText(book.notice if book else "")
        self._ask()

    def _ask(self) -> None:
        self.move_button.setEnabled(False)
        if (book := self._book) is not None:
            self.plan_asked.emit(book, self._choices)

    def _show_line(self) -> None:
        line, plan, book = self._line, self.plan, self._book
        self.goes.clear()
        self.goes.setEnabled(line is not None)
        if line is None or plan is None or book is None:
            return
        listed = book.ratings_in_use if line.part is Part.RATING else book.codes_in_use
        self._ids = [*(recoded(one.id) for one in listed), RETIRED, DELETED]
        self.goes.addItems([*(one.name for one in listed), "Keep, retired", "Delete"])
        self.goes.setCurrentIndex(self._ids.index(self._now(line)))

    def _now(self, line: MoveLine) -> TagsGo:
        now = TagsGo(line.fate) if line.fate in {DELETED.fate, RETIRED.fate} else None
        wanted = now or recoded(line.new_id)
        return wanted if wanted in self._ids else RETIRED

    def _choose_fate(self, place: int) -> None:
        if (line := self._line) is None:
            return
        mine = {line.old_id: self._ids[place]}
        if line.part is Part.RATING:
            self._choices = replace(self._choices, ratings={**self._choices.ratings, **mine})
        else:
            self._choices = replace(self._choices, codes={**self._choices.codes, **mine})
        self._ask()

    def _choose_length(self) -> None:
        seconds = number_of(self.length.text())
        given = Micros(round(seconds * SECOND)) if seconds and seconds > 0 else None
        if given != self._choices.lengths.of_instants:
            self._choices = replace(self._choices, lengths=Lengths(given))
            self._ask()
