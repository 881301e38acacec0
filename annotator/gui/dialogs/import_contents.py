"""What comes out of a file: which passes are wanted, and what becomes of each code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.editing.importing import ImportChoices, ImportPlan
from annotator.gui.dialogs.import_choosing import PickDelegate, PickTable
from annotator.gui.dialogs.import_models import NEW_CODE, CodesModel
from annotator.gui.dialogs.import_words import (
    pass_words,
    session_words,
    shift_text,
    speech_words,
    told_words,
)
from annotator.gui.dialogs.pieces import LARGE_TYPE, paragraph
from annotator.gui.dialogs.recordings_words import read_offset
from annotator.gui.dialogs.ticks import TicksModel, show_ticks
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.model.session import Session

SPEECH = "(speech)"
"""The key of what was said among the passes; no pass has an id like it."""

CODES_NAME = "What becomes of each code; Return opens the choice"
BECOMES = 2
WIDTHS = (300, 560)


class ContentsPage(QWidget):
    """Passes at the left, codes at the right; tells whenever something is chosen."""

    changed = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.passes, self.ticks = QListView(), TicksModel(self)
        self.codes, self.lines = PickTable(CODES_NAME, 0, BECOMES), CodesModel(self)
        self.passes_heading, self.codes_heading = QLabel(), QLabel("Codes")
        self.told = paragraph("")
        self.shift_label, self.shift = QLabel("Move all times by, in s"), QLineEdit()
        self._names: Mapping[str, str] = {}
        self._takes = False
        self._mapped: dict[str, str] = {}
        self._typed = ""
        self._delegate = PickDelegate("Becomes", self._offered, theme, self.codes)
        self._prepare()
        self._lay_out(theme)
        self.set_theme(theme)

    def choices(self, source: str) -> ImportChoices:
        """Give what is chosen, for a session that takes it over."""
        chosen = set(self.ticks.chosen)
        passes = None if self.ticks.are_all else frozenset(chosen - {SPEECH})
        shift = read_offset(self._typed) if self._typed else None
        return ImportChoices(
            passes, dict(self._mapped), SPEECH in chosen or self.ticks.are_all, shift, source
        )

    def forget(self) -> None:
        """Forget what was chosen for another file."""
        self._mapped.clear()
        self._typed = ""
        self.lines.show_counts(())
        self.told.hide()
        self.shift.clear()
        self.ticks.show_lines(())

    def show_sessions(self, sessions: Sequence[Session]) -> None:
        """Show all sessions of a file, of which some may be made."""
        self.passes_heading.setText("Sessions in the file")
        lines = [(str(place), session_words(one)) for place, one in enumerate(sessions)]
        self.ticks.show_lines(lines)
        self._show_counts(sessions)

    def show_session(self, session: Session) -> None:
        """Show one session."""
        self.passes_heading.setText("What comes along")
        lines = [(one.id, pass_words(one)) for one in session.passes]
        lines += [(SPEECH, speech_words(session))] if session.transcripts else []
        self.ticks.show_lines(lines)
        if not self._takes:
            self._show_counts([session])  # else a plan comes, and tells more

    def show_names(self, names: Mapping[str, str] | None) -> None:
        """Offer codes by id and name for those of the file; None where no session takes them."""
        self._names, self._takes = names or {}, names is not None
        self.codes.setColumnHidden(BECOMES, names is None)
        for part in (self.shift_label, self.shift):
            part.setVisible(names is not None)

    def show_plan(self, plan: ImportPlan | None) -> None:
        """Show what would become of everything; nothing new where None."""
        told = told_words(plan.told) if plan is not None else ""
        self.told.setText(told)
        self.told.setVisible(bool(told))
        if plan is None:
            return
        self.lines.show_codes(plan.lines, self._names)
        if not self.shift.hasFocus() or not self.shift.isModified():
            self.shift.setText(shift_text(plan.shift))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._delegate.set_theme(theme)
        for heading in (self.passes_heading, self.codes_heading):
            dress_heading(heading, theme)
        dress_quiet(self.told, theme)
        self.shift.setMaximumWidth(theme.px(110))
        self.passes.setMinimumWidth(theme.px(180))
        self.codes.setMinimumWidth(theme.px(260))

    def _offered(self) -> Sequence[tuple[str, str]]:
        return [(NEW_CODE, "A new code"), *self._names.items()]

    def _show_counts(self, sessions: Sequence[Session]) -> None:
        counts: Counter[str] = Counter()
        for one in sessions:
            names = {code.id: code.name for code in one.codebook.codes}
            for coding_pass in one.passes:
                counts.update(names.get(tag.code, tag.code) for tag in coding_pass.tags)
        self.lines.show_counts(counts.most_common())

    def _prepare(self) -> None:
        show_ticks(self.passes, self.ticks, "What is taken over")
        self.passes.setUniformItemSizes(True)
        self.passes.setWordWrap(False)
        self.codes.setModel(self.lines)
        self.codes.setItemDelegateForColumn(BECOMES, self._delegate)
        self.shift_label.setBuddy(self.shift)
        self.shift.setAccessibleName("Move all times by so many seconds")
        self.shift.setToolTip("Where the file was coded on a film that begins elsewhere")
        self.shift.setPlaceholderText("0")
        self.ticks.ticked.connect(self.changed)
        self.lines.picked_for.connect(self._pick)
        self.shift.editingFinished.connect(self._take_shift)

    def _lay_out(self, theme: Theme) -> None:
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        for heading, part in ((self.passes_heading, self.passes), (self.codes_heading, self.codes)):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(theme.spacing_tiny)
            column.addWidget(heading)
            column.addWidget(part, 1)
            split.addWidget(side)
        split.setStretchFactor(1, 1)
        split.setHandleWidth(theme.spacing)
        split.setSizes([theme.px(one) for one in WIDTHS])
        moved = QHBoxLayout()
        moved.setSpacing(theme.spacing_small)
        moved.addWidget(self.shift_label)
        moved.addWidget(self.shift)
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setVerticalSpacing(theme.spacing_small)
        rows.setRowStretch(0, 1)
        rows.setColumnStretch(0, 1)
        rows.addWidget(split, 0, 0, 1, 2)
        is_large = theme.scale >= LARGE_TYPE
        rows.addWidget(self.told, 2 if is_large else 1, 0, 1, 2 if is_large else 1)
        rows.addLayout(moved, 1, 1, Qt.AlignmentFlag.AlignTop)

    def _pick(self, foreign: str, own: str) -> None:
        self._mapped[foreign] = own
        self.changed.emit()

    def _take_shift(self) -> None:
        typed = self.shift.text().strip()
        if not self.shift.isModified() or typed == self._typed:
            return
        self.shift.setModified(False)
        self._typed = typed if read_offset(typed) is not None else ""
        self.changed.emit()
