"""The window of consent: who allows what, what that means today, and what was exported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PyQt6.QtCore import QItemSelectionModel, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.consent_exports import ExportsView
from annotator.gui.dialogs.consent_form import ConsentForm
from annotator.gui.dialogs.consent_person import PersonAdding
from annotator.gui.dialogs.consent_words import (
    EXCLUDED_HEADS,
    PEOPLE_HEADS,
    PURPOSE_HEADS,
    excluded_rows,
    people_rows,
    purpose_rows,
)
from annotator.gui.dialogs.import_choosing import PickTable
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare, resize_within
from annotator.gui.dialogs.recordings_pieces import push_button
from annotator.gui.dialogs.rows_model import RowsModel
from annotator.gui.dialogs.tabs import Tabs, give_rows_room
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.model.participant import Participant
from annotator.model.recall import Recall
from annotator.model.session import Session
from annotator.storage.export_log import ExportLog

SIZE, WIDTHS = (1080, 720), (350, 650)
CODE, ROLE, REASON, WHY = 0, 1, 1, 2
NOTHING_EXCLUDED = "No stretch is excluded. Select time on the timeline to exclude it."
EXCLUDED_HINT = "An excluded stretch may be in no export, and is not counted. Return shows it."
ALL_COUNT = "The lowest that anybody on the film allows wins."


class ConsentWindow(QDialog):
    """Shows consents, and tells whatever is changed, opened or asked for in it."""

    consent_changed = pyqtSignal(object, object)  # Participant, Consent
    withdrawal_asked = pyqtSignal(object)  # Participant
    certificate_asked = pyqtSignal(object)  # likewise
    reason_changed = pyqtSignal(int, str)  # number of the excluded span, its new reason
    span_opened = pyqtSignal(int)
    person_added = pyqtSignal(str, object)  # code, ParticipantRole
    person_renamed = pyqtSignal(str, str)  # id, code

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = RowsModel(PEOPLE_HEADS, self, writable=CODE)
        self.purposes = RowsModel(PURPOSE_HEADS, self)
        self.adding = PersonAdding(theme)
        self.excluded = RowsModel(EXCLUDED_HEADS, self, writable=REASON)
        self.people_table = PickTable("Participants", ROLE)
        self.purposes_table = PickTable("What may be shown to whom now", WHY)
        self.excluded_table = PickTable("Excluded stretches", REASON)
        self.form, self.exports, self.tabs = ConsentForm(theme), ExportsView(theme), Tabs(theme)
        self.trouble, self._all, self._spans = paragraph(""), paragraph(ALL_COUNT), paragraph("")
        self.why = paragraph("")
        self.certificate_button = push_button("Certificate of withdrawal…")
        self.close_button = QPushButton("Close")
        self._headings = (QLabel("Participants"), QLabel("What may be shown to whom now"))
        self._session: Session | None = None
        self._is_open = True
        for heading in self._headings:
            heading.setWordWrap(True)
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)
        resize_within(self, theme.px(SIZE[0]), theme.px(SIZE[1]))

    @property
    def person(self) -> Participant | None:
        """Whose consent is shown; None where the session names nobody."""
        return self.form.person

    def show_session(self, session: Session, today: date, *, read_only: str = "") -> None:
        """Show what the people of a session allow, and what that means on a day."""
        row = self.people_table.currentIndex().row()
        chosen = self.people.rows[row].key if 0 <= row < len(self.people.rows) else ""
        self._session, self._is_open = session, not read_only
        self.people.show_rows(people_rows(session))
        self.purposes.show_rows(purpose_rows(session, today))
        self._show_why()
        self.excluded.show_rows(excluded_rows(session))
        for model in (self.people, self.excluded):
            model.set_open(is_open=not read_only)
        self.adding.setEnabled(not read_only)
        self._spans.setText(EXCLUDED_HINT if session.excluded else NOTHING_EXCLUDED)
        self.tabs.setTabText(1, _counted("Excluded", len(session.excluded)))
        self.show_trouble(read_only)
        self.choose(chosen)
        refused = [at for at, one in enumerate(self.purposes.rows) if one.trouble >= 0]
        if not self.purposes_table.currentIndex().isValid():
            self.purposes_table.selectRow(refused[0] if refused else 0)

    def show_log(self, session: Session, log: ExportLog, recalls: Sequence[Recall]) -> None:
        """Show what was exported."""
        self.exports.show_log(session, log, recalls)
        due = f", {len(recalls)} to be called back" if recalls else ""
        self.tabs.setTabText(2, f"{_counted('Exports', len(log.exports))}{due}")

    def show_trouble(self, text: str) -> None:
        """Say what was not done, and why; nothing where empty."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))

    def choose(self, participant: str) -> None:
        """Show the consent of a participant by id; the first one's where there is none."""
        place = max(0, self.people.row_of(participant))
        if (selection := self.people_table.selectionModel()) is not None and self.people.rows:
            flags = QItemSelectionModel.SelectionFlag
            at = self.people.index(place, 0)
            selection.setCurrentIndex(at, flags.ClearAndSelect | flags.Rows)
        self._show_person()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for part in (self.people, self.purposes, self.excluded, self.form, self.exports, self.tabs):
            part.set_theme(theme)
        for table in (self.people_table, self.purposes_table, self.excluded_table):
            give_rows_room(table, theme)
        self.people_table.setMaximumHeight(theme.px(136))
        self.purposes_table.setFixedHeight(theme.px(196))
        for heading in self._headings:
            dress_heading(heading, theme)
        for label in (self._all, self._spans):
            dress_quiet(label, theme)
        self.trouble.setStyleSheet(f"color: {theme.danger.name()};")

    def reject(self) -> None:
        """Leave; what was typed counts."""
        self.form.commit()
        super().reject()

    def _show_person(self) -> None:
        row, session = self.people_table.currentIndex().row(), self._session
        people = session.participants if session is not None else ()
        person = people[row] if 0 <= row < len(people) else None
        self.form.show_person(person, is_open=self._is_open)
        self.certificate_button.setVisible(person is not None and person.consent.is_withdrawn)

    def _show_why(self) -> None:
        """Say in full why the chosen purpose is allowed or refused."""
        row = self.purposes_table.currentIndex().row()
        told = self.purposes.rows[row].cells if 0 <= row < len(self.purposes.rows) else ()
        self.why.setText(": ".join(filter(None, (" – ".join(told[:2]), "".join(told[2:])))))

    def _change_person(self) -> None:
        self.form.commit()
        self._show_person()

    def _lay_out(self, theme: Theme) -> None:
        rows = prepare(self, "Consent", "clips")
        rows.addWidget(self.trouble)
        for table, model in (
            (self.people_table, self.people),
            (self.purposes_table, self.purposes),
            (self.excluded_table, self.excluded),
        ):
            table.setModel(model)
            table.setSelectionBehavior(PickTable.SelectionBehavior.SelectRows)
        triggers = PickTable.EditTrigger
        self.people_table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.people_table.clicked.disconnect(self.people_table.pick)  # a click chooses somebody
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.spacing_large)
        split.addWidget(_scrolled(self._made_people(theme), "People and purposes"))
        split.addWidget(self._made_tabs(theme))
        split.setStretchFactor(1, 1)
        split.setSizes([theme.px(one) for one in WIDTHS])
        rows.addWidget(split, 1)
        rows.addLayout(button_row((self.certificate_button,), self.close_button))
        self.close_button.setDefault(False)  # Return belongs to the fields and tables here
        self.close_button.setAutoDefault(False)

    def _made_people(self, theme: Theme) -> QWidget:
        above = (self._headings[0], self.people_table, self.adding)
        parts = (*above, self._headings[1], self._all)
        return _column(theme, parts, self.purposes_table, self.why)

    def _made_tabs(self, theme: Theme) -> QTabWidget:
        scroll = _scrolled(self.form, "Consent of the chosen participant")
        self.tabs.setAccessibleName("Consent, excluded stretches and exports")
        self.tabs.addTab(scroll, "Consent")
        self.tabs.addTab(self._made_excluded(theme), "Excluded")
        self.tabs.addTab(self.exports, "Exports")
        return self.tabs

    def _made_excluded(self, theme: Theme) -> QWidget:
        page = _column(theme, (self._spans,), self.excluded_table)
        page.setContentsMargins(theme.spacing_small, theme.spacing_small, 0, 0)
        return page

    def _connect(self) -> None:
        if (selection := self.people_table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda _now, _before: self._change_person())
        if (selection := self.purposes_table.selectionModel()) is not None:
            selection.currentRowChanged.connect(lambda _now, _before: self._show_why())
        self.form.consent_changed.connect(
            lambda consent: self.consent_changed.emit(self.form.person, consent)
        )
        self.form.withdrawal_asked.connect(lambda: self.withdrawal_asked.emit(self.form.person))
        self.certificate_button.clicked.connect(
            lambda: self.certificate_asked.emit(self.form.person)
        )
        self.adding.added.connect(self.person_added)
        self.people.written.connect(self.person_renamed)
        self.excluded.written.connect(lambda key, text: self.reason_changed.emit(int(key), text))
        self.excluded_table.activated.connect(lambda at: self.span_opened.emit(at.row()))
        self.close_button.clicked.connect(self.reject)


def _column(
    theme: Theme, parts: tuple[QWidget, ...], last: QWidget, below: QWidget | None = None
) -> QWidget:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.spacing_small)
    for part in parts:
        column.addWidget(part)
    column.addWidget(last, 0 if below is not None else 1)
    if below is not None:
        column.addWidget(below)
        column.addStretch(1)
    return side


def _scrolled(content: QWidget, name: str) -> QScrollArea:
    """Let a part be scrolled where the screen is small for its type."""
    scroll = QScrollArea()
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setAccessibleName(name)
    scroll.setWidget(content)
    return scroll


def _counted(words: str, count: int) -> str:
    return f"{words} ({count:,})" if count else words
