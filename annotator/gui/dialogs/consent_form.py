"""What one participant allows, to be read and changed: status, levels, masks, days and form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from annotator.gui.dialogs.consent_levels import LevelsGrid
from annotator.gui.dialogs.consent_words import NOT_A_DAY, STATUSES
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.dialogs.recordings_controls import Chooser
from annotator.gui.dialogs.recordings_pieces import dress_hint, make_form
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.model.consent_rules import called, read_date
from annotator.model.participant import Consent, ConsentStatus, Participant

DAYS = ("date", "expires", "withdrawn")
LINES = (
    ("date", "Given on", "2026-03-01"),
    ("expires", "Last day", "No end"),
    ("withdrawn", "Withdrawn on", "2026-03-01"),
    ("form", "Form and version", "Form 3b, May 2025"),
    ("researchers", "Named researchers", "Who they are, by codes"),
    ("note", "Note", "Never a name"),
)
LEVELS_HINT = "What is masked for one is masked for all below it too."
NOT_GIVEN = "Levels count once consent is given. Until then only the team may see the film."
GIVEN = "Tick below each group that may see the film; each counts for itself."
GONE = "Consent was taken back: nothing may be shown. What had been allowed stays written."
NOBODY = "Choose a participant."
_MOVES = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
    | {Qt.Key.Key_Home, Qt.Key.Key_End}
)


class _StatusField(Chooser):
    """A list that keys open, so that none is chosen in passing on the way to another."""

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and (event.key() in _MOVES or event.text().strip()):
            self.showPopup()
            event.accept()
            return
        super().keyPressEvent(event)


class ConsentForm(QWidget):
    """Tells each change as the consent that results; asks before consent is taken back."""

    consent_changed = pyqtSignal(object)  # Consent
    withdrawal_asked = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._person: Participant | None = None
        self._is_open = True
        self.status = _StatusField("Status of the consent", theme)
        self.grid = LevelsGrid(theme)
        self.lines = {name: QLineEdit() for name, _, _ in LINES}
        self.hints = {name: QLabel(NOT_A_DAY) for name in DAYS}
        self._headings = (QLabel(), QLabel("May be shown to, and what must be masked then"))
        for heading in self._headings:
            heading.setWordWrap(True)
        self._told, self._hint = paragraph(""), paragraph(LEVELS_HINT)
        self._form = make_form()
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)
        self.show_person(None)

    @property
    def person(self) -> Participant | None:
        """Whose consent is shown."""
        return self._person

    def show_person(self, person: Participant | None, *, is_open: bool = True) -> None:
        """Show somebody's consent; it can be changed where `is_open`."""
        is_same = person is not None and self._person is not None and person.id == self._person.id
        self._person, self._is_open = person, is_open and person is not None
        consent = person.consent if person is not None else Consent()
        who = f"{called(person)} ({person.role.value})" if person is not None else NOBODY
        self._headings[0].setText(f"Consent of {who}" if person is not None else who)
        for name, field in self.lines.items():
            if not (is_same and field.hasFocus()):  # somebody writes in it
                field.setText(str(getattr(consent, name)))
            field.setEnabled(self._is_open)
        self._show_status(consent)
        can_tick = self._is_open and consent.status is ConsentStatus.GIVEN
        self.grid.show_consent(consent, is_open=can_tick and not consent.is_withdrawn)
        self._form.setRowVisible(self.lines["withdrawn"], consent.is_withdrawn)
        for name in DAYS:
            self._judge_day(name)

    def commit(self) -> None:
        """Tell what was typed and not yet told."""
        person = self._person
        if person is None or not self._is_open:
            return
        changed = self._with_typed(person.consent)
        if changed != person.consent:
            self.consent_changed.emit(changed)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.grid.set_theme(theme)
        self.status.set_theme(theme)
        self.status.setFixedHeight(self.lines["note"].sizeHint().height())  # one row as all
        for heading in self._headings:
            dress_heading(heading, theme)
        dress_quiet(self._told, theme)
        dress_quiet(self._hint, theme)
        for hint in self.hints.values():
            dress_hint(hint, theme, wrong=True)

    def _show_status(self, consent: Consent) -> None:
        status = ConsentStatus.WITHDRAWN if consent.is_withdrawn else consent.status
        with QSignalBlocker(self.status):
            self.status.setCurrentIndex(self.status.findData(status.value))
        self.status.setEnabled(self._is_open)
        told = GIVEN if consent.status is ConsentStatus.GIVEN else NOT_GIVEN
        self._told.setText(GONE if consent.is_withdrawn else told)
        self._told.setVisible(self._person is not None)

    def _choose_status(self) -> None:
        person = self._person
        if person is None:
            return
        status = ConsentStatus(self.status.currentData())
        self.commit()
        person = self._person or person
        if status is ConsentStatus.WITHDRAWN:
            self._show_status(person.consent)  # until it is said to be meant
            if not person.consent.is_withdrawn:
                self.withdrawal_asked.emit()
            return
        changed = replace(person.consent, status=status, withdrawn="")
        if changed != person.consent:
            self.consent_changed.emit(changed)

    def _judge_day(self, name: str) -> None:
        text = self.lines[name].text().strip()
        is_shown = self._form.isRowVisible(self.lines[name])
        wrong = bool(text) and read_date(text) is None
        self._form.setRowVisible(self.hints[name], wrong and is_shown)

    def _lay_out(self, theme: Theme) -> None:
        for status, words in STATUSES:
            self.status.addItem(words, status.value)
        self._form.addRow("Status", self.status)
        for name, words, hint in LINES:
            field = self.lines[name]
            field.setPlaceholderText(hint)
            field.setAccessibleName(words)
            self._form.addRow(words, field)
            if name in DAYS:
                self._form.addRow("", self.hints[name])
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        column = QVBoxLayout(self)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self._headings[0])
        column.addWidget(self._told)
        column.addLayout(self._form)
        column.addSpacing(theme.spacing_small)
        column.addWidget(self._headings[1])
        column.addWidget(self.grid)
        column.addWidget(self._hint)
        column.addStretch(1)

    def _connect(self) -> None:
        self.status.activated.connect(lambda _at: self._choose_status())
        self.grid.ticked.connect(self._tick)
        for name, field in self.lines.items():
            field.editingFinished.connect(self.commit)
            if name in DAYS:
                field.textChanged.connect(lambda _text, name=name: self._judge_day(name))

    def _tick(self, consent: Consent) -> None:
        """Take a tick together with what was typed, as one change."""
        self.consent_changed.emit(self._with_typed(consent))

    def _with_typed(self, consent: Consent) -> Consent:
        make: Callable[..., Consent] = replace
        return make(consent, **{name: field.text().strip() for name, field in self.lines.items()})
