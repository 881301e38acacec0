"""The editor of the codebook: lists at the left, one member's fields at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import QModelIndex, QTimer, pyqtSignal
from PyQt6.QtWidgets import QDialog, QWidget

from annotator.editing.fates import TagsGo
from annotator.errors import AnnotatorError
from annotator.gui.codebook.form import Form
from annotator.gui.codebook.layout import PARTS, EditorParts
from annotator.gui.codebook.working import Working, place_of
from annotator.gui.theme import Theme
from annotator.model.book_compare import Part
from annotator.model.codebook import Code, Codebook, Group, RatingItem, Score

AskToDiscard = Callable[[], bool]
"""Ask whether what was changed and not applied may be lost."""

AskFate = Callable[[str, str, int, Sequence[tuple[str, str]]], TagsGo | None]
"""Ask where so many tags or answers (the second word) of something go; None for nowhere yet."""

ADVICE_AFTER_MS = 250


class CodebookWindow(QDialog):
    """Works on a draft; nothing is changed before `apply_asked`."""

    apply_asked = pyqtSignal()
    move_asked = pyqtSignal()
    import_asked = pyqtSignal()
    export_asked = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        ask_fate: AskFate,
        ask_to_discard: AskToDiscard,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._ask_to_discard = ask_to_discard
        self.setProperty("helpPage", "codebooks")
        self._ask_fate = ask_fate
        self._read_only = ""
        self._busy = False
        self.working = Working(Codebook("", "", ""), {}, {})
        self.parts = EditorParts(self, theme)
        self._advising = QTimer(self)
        self._advising.setSingleShot(True)
        self._advising.setInterval(ADVICE_AFTER_MS)
        self._advising.timeout.connect(self.show_problems)
        self._connect()

    @property
    def part(self) -> Part | None:
        """The list that is shown; None for what the book says of itself."""
        return PARTS[self.parts.tabs.currentIndex()][0]

    @property
    def row(self) -> int:
        """Which member is chosen; below 0 where none is."""
        return self.parts.list.currentIndex().row()

    def edit(self, working: Working, read_only: str) -> None:
        """Work on a book; `read_only` says why it can only be looked at, or is empty."""
        self.working, self._read_only = working, read_only
        self.parts.show_book(working.before, read_only)
        self.tell("")
        self.set_busy(busy=False)
        self._show_list(0)
        self.show_problems()
        self.parts.list.setFocus()

    def may_leave(self) -> bool:
        """Whether nothing would be lost by closing, or that was agreed to; it asks in between."""
        unapplied = self.isVisible() and self.working.is_changed and not self._read_only
        return not unapplied or self._ask_to_discard()

    def reject(self) -> None:
        """Close, unless something would be lost that shall not be."""
        if self.may_leave():
            super().reject()

    def tell(self, text: str) -> None:
        """Tell what went wrong; nothing where empty."""
        self.parts.trouble.setText(text)
        self.parts.trouble.setVisible(bool(text))

    def set_busy(self, *, busy: bool) -> None:
        """Wait until what was asked is done."""
        self._busy = busy
        self.parts.body.setEnabled(not busy)
        self.parts.apply.setText("Working…" if busy else "Apply")
        self._allow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.parts.set_theme(theme)

    def show_problems(self) -> None:
        """List what is wrong, then what could be better."""
        self._advising.stop()
        found = [*self.working.problems(), *self.working.advice()]
        self.parts.show_problems(self.working.worded(found))
        self._allow()

    def _connect(self) -> None:
        parts = self.parts
        parts.tabs.currentChanged.connect(lambda _tab: self._show_list(0))
        selection = parts.list.selectionModel()
        if selection is not None:
            selection.currentChanged.connect(self._show_row)
        parts.add.clicked.connect(self._add)
        parts.up.clicked.connect(lambda: self._shift(-1))
        parts.down.clicked.connect(lambda: self._shift(1))
        parts.remove.clicked.connect(self._remove)
        parts.problems.activated.connect(self._go_to_problem)
        parts.problems.clicked.connect(self._go_to_problem)
        for part, form in parts.forms.items():
            form.edited.connect(self._take_member if part is not None else self._take_details)
        parts.other.clicked.connect(self.move_asked)
        parts.read.clicked.connect(self.import_asked)
        parts.write.clicked.connect(self.export_asked)
        parts.apply.clicked.connect(self.apply_asked)
        parts.cancel.clicked.connect(self.reject)

    def _show_list(self, row: int) -> None:
        part = self.part
        self.parts.show_part(part)
        if part is None:
            form = self.parts.forms[None]
            form.show_member(self.working.book, self.working.book, anew=True)
        else:
            self.parts.members.show_members(self.working.listed(part))
            self._choose(row)
        self._show_row()

    def _choose(self, row: int) -> None:
        count = self.parts.members.rowCount()
        if count:
            self.parts.list.setCurrentIndex(self.parts.members.index(min(row, count - 1)))

    def _show_row(self) -> None:
        part, row = self.part, self.row
        if part is not None:
            listed = self.working.listed(part)
            is_one = 0 <= row < len(listed)
            self.parts.show_form(part if is_one else None, is_one=is_one)
            if is_one:
                form = self.parts.forms[part]
                form.show_member(listed[row], self.working.book, anew=True)
        self._allow()

    def _allow(self) -> None:
        free = not self._read_only and not self._busy
        part, row = self.part, self.row
        count = self.parts.members.rowCount() if part is not None else 0
        self.parts.add.setEnabled(free and part is not None)
        self.parts.remove.setEnabled(free and 0 <= row < count)
        self.parts.up.setEnabled(free and 0 < row < count)
        self.parts.down.setEnabled(free and 0 <= row < count - 1)
        self.parts.other.setEnabled(free)
        self.parts.read.setEnabled(free)
        self.parts.apply.setEnabled(free and self.working.is_changed)

    def _add(self) -> None:
        if (part := self.part) is None:
            return
        row = self.row + 1
        self.working.add(part, row)
        self._show_list(row)
        self._focus_name(part)
        self._note_change()

    def _focus_name(self, part: Part) -> None:
        form = self.parts.forms[part]
        form.focus("name")
        form.select("name")

    def _shift(self, by: int) -> None:
        if (part := self.part) is not None and self.row >= 0:
            self._show_list(self.working.shift(part, self.row, by))
            self._note_change()

    def _remove(self) -> None:
        part, row = self.part, self.row
        if part is None or row < 0:
            return
        goes: TagsGo | None = None
        if count := self.working.uses(part, row):
            one = self.working.listed(part)[row]
            noun = "answers" if part is Part.RATING else "tags"
            goes = self._ask_fate(one.name, noun, count, self._targets(part, row))
            if goes is None:
                return
        try:
            self.working.remove(part, row, goes)
        except AnnotatorError as error:
            self.tell(str(error))
            return
        self._show_list(row)
        self._note_change()

    def _targets(self, part: Part, row: int) -> list[tuple[str, str]]:
        return [
            (one.id, one.name)
            for place, one in enumerate(self.working.listed(part))
            if place != row and not (isinstance(one, Code | RatingItem) and one.retired)
        ]

    def _take_member(self, new: object) -> None:
        part, row = self.part, self.row
        if part is None or row < 0 or not isinstance(new, Group | Code | RatingItem | Score):
            return
        shown = self.working.change(part, row, new)
        self.parts.members.show_members(self.working.listed(part))
        if shown != new:
            self.parts.forms[part].show_member(shown, self.working.book, anew=False)
        self._note_change()

    def _take_details(self, new: object) -> None:
        if isinstance(new, Codebook):
            self.working.change_details(new)
            self._note_change()

    def _note_change(self) -> None:
        """Tell of problems at once, and of advice when the hand rests: it takes longer."""
        self.tell("")
        kept = [one for one in self.parts.listed.problems if one[0].is_warning]
        self.parts.show_problems([*self.working.worded(self.working.problems()), *kept])
        self._advising.start()
        self._allow()

    def _go_to_problem(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        part, row, name = place_of(self.parts.listed.problems[index.row()][0])
        tabs = [one for one, _ in PARTS]
        self.parts.tabs.setCurrentIndex(tabs.index(part))
        if part is not None and row is not None:
            self._choose(row)
        form: Form = self.parts.forms[part]
        form.focus(name)
