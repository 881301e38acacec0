"""Where everything stands in the editor of the codebook, and how it looks."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.codebook.form import BOOK_SPECS, SPECS, Form
from annotator.gui.codebook.models import MembersModel, ProblemsModel
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.book_compare import Part
from annotator.model.codebook import Codebook
from annotator.model.problem import Problem

PARTS: tuple[tuple[Part | None, str], ...] = (
    (Part.CODE, "Codes"),
    (Part.GROUP, "Groups"),
    (Part.RATING, "Ratings"),
    (Part.SCORE, "Scores"),
    (None, "The book"),
)
SIZE = (920, 760)
LIST_WIDTH = 270
PROBLEMS_HEIGHT = 96


class EditorParts:
    """The widgets of the editor."""

    def __init__(self, dialog: QDialog, theme: Theme) -> None:
        self._theme = theme
        rows = prepare(dialog, "Codebook")
        self.about = paragraph("")
        self.tabs = QTabBar()
        self.list = QListView()
        self.members = MembersModel(dialog)
        self.forms: dict[Part | None, Form] = {
            part: Form(SPECS[part] if part else BOOK_SPECS, theme) for part, _ in PARTS
        }
        self.pages = QStackedWidget()
        self.empty = QLabel("Nothing is here yet. “Add” makes the first one.")
        self.heading = QLabel()
        self.problems = QListView()
        self.listed = ProblemsModel(dialog)
        self.trouble = paragraph("")
        self.body = QWidget()
        self._make_buttons()
        self._prepare()
        rows.addWidget(self.about)
        rows.addWidget(self.body, 1)
        rows.addWidget(self.trouble)
        rows.addLayout(self._foot())
        self._lay_out()
        self.set_theme(theme)
        dialog.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))

    def show_book(self, book: Codebook, read_only: str) -> None:
        """Name the book that is worked on."""
        version = f", version {book.version}" if book.version else ""
        self.about.setText(f"{read_only} {book.name}{version}. {book.notice}".strip())
        for form in self.forms.values():
            form.set_read_only(read_only=bool(read_only))

    def show_part(self, part: Part | None) -> None:
        """Show a list and the form beside it."""
        self.side.setVisible(part is not None)
        self.show_form(part, is_one=True)

    def show_form(self, part: Part | None, *, is_one: bool) -> None:
        """Show the fields of a kind of member, or that there is none."""
        places = [one for one, _ in PARTS]
        self.pages.setCurrentIndex(places.index(part) if is_one else len(places))

    def show_problems(self, problems: Sequence[tuple[Problem, str]]) -> None:
        """List problems, and say above how many there are."""
        self.listed.show_problems(problems)
        wrong = sum(not one.is_warning for one, _ in problems)
        better = len(problems) - wrong
        told = f"{wrong} wrong, {better} could be better" if problems else "Nothing is wrong"
        self.heading.setText(told)
        self.problems.setVisible(bool(problems))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        dress_quiet(self.about, theme)
        self.heading.setStyleSheet(f"color: {theme.text_muted.name()};")
        self.trouble.setStyleSheet(f"color: {theme.danger.name()};")
        self.problems.setFixedHeight(theme.px(PROBLEMS_HEIGHT))
        self.list.setMinimumWidth(theme.px(LIST_WIDTH) - theme.px(60))
        for form in self.forms.values():
            form.set_theme(theme)

    def _make_buttons(self) -> None:
        self.add, self.up = QPushButton("Add"), QPushButton("Up")
        self.down, self.remove = QPushButton("Down"), QPushButton("Remove")
        self.other = QPushButton("Other codebooks…")
        self.read, self.write = QPushButton("Import…"), QPushButton("Export…")
        self.apply, self.cancel = QPushButton("Apply"), QPushButton("Close")
        for button in (self.add, self.up, self.down, self.remove, self.other, self.read):
            button.setAutoDefault(False)
        self.write.setAutoDefault(False)
        for button, key in ((self.add, "Ins"), (self.up, "Alt+Up"), (self.down, "Alt+Down")):
            button.setShortcut(key)
            button.setToolTip(f"{button.text()} ({key})")
        self.apply.setToolTip("Change the session's codebook in one step that can be undone")

    def _prepare(self) -> None:
        for _, name in PARTS:
            self.tabs.addTab(name)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Parts of the codebook")
        self.list.setModel(self.members)
        self.list.setAccessibleName("Codes, groups, ratings or scores")
        self.problems.setModel(self.listed)
        self.problems.setAccessibleName("Problems; Return goes to the field")
        self.problems.setToolTip("Return or a click goes to the field")
        self.problems.setWordWrap(True)
        self.trouble.setVisible(False)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for form in self.forms.values():
            area = QScrollArea()
            area.setWidget(form)
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.pages.addWidget(area)
        self.pages.addWidget(self.empty)

    def _lay_out(self) -> None:
        self.side = QWidget()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list, 1)
        for pair in ((self.add, self.remove), (self.up, self.down)):
            row = QHBoxLayout()
            for button in pair:
                row.addWidget(button, 1)
            column.addLayout(row)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.side)
        split.addWidget(self.pages)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([self._theme.px(LIST_WIDTH), self._theme.px(SIZE[0] - LIST_WIDTH)])
        rows = QVBoxLayout(self.body)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.tabs)
        rows.addWidget(split, 1)
        rows.addWidget(self.heading)
        rows.addWidget(self.problems)

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        for button in (self.other, self.read, self.write):
            foot.addWidget(button)
        foot.addLayout(button_row((self.cancel,), self.apply), 1)
        return foot
