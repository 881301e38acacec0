"""The bar above the timeline in which proposed silences are accepted or rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.panels.bar_fields import ElidedLabel, ListField, NumberField
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.panels.proposals_words import (
    count_words,
    nothing_words,
    place_words,
    proposal_words,
)
from annotator.gui.panels.tag_choosers import CHIP_SIZE, Chips
from annotator.gui.proposal_list import Decision, ProposalList
from annotator.gui.theme import Theme
from annotator.model.codebook import Code
from annotator.model.time import SECOND, Micros

SHORTEST_S, LONGEST_S, STEP_S = 0.5, 60.0, 0.5
QUIETEST_DB, LOUDEST_DB, USUAL_DB = -80, -10, -40
OWN_LIMIT, AUTO = "own", "auto"
LISTENING = "Listening to the sound…"
PROGRESS_SIZE = (180, 8)
THOUSAND = 1000
LEVEL_TIP = "Up to which loudness it is quiet: told by the recording's own noise, or by you"
BUTTONS = {
    "accept_proposal": "Accept",
    "reject_proposal": "Reject",
    "previous_proposal": "Previous",
    "next_proposal": "Next",
    "play_proposal": "Play it",
    "accept_all": "Accept all…",
    "end_proposals": "Done",
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be looked for; `level` is in dBFS, None for the recording's own limit."""

    minimum: Micros
    level: float | None
    code: str


class ProposalsBar(QFrame):
    """Shows where one is among the proposals; its buttons press the window's actions."""

    wishes_changed = pyqtSignal(object)  # Wishes
    field_left = pyqtSignal()

    def __init__(
        self, actions: Mapping[str, QAction], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("proposals")
        self.setAccessibleName("Proposed silences")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.count, self.place = QLabel(), QLabel()
        self.what, self.hint = ElidedLabel(), ElidedLabel(whole_or_none=True)
        self.progress = QProgressBar()
        self.minimum = NumberField("At least", " s", (SHORTEST_S, LONGEST_S), STEP_S)
        self.level_kind, self.code = ListField("Level"), ListField("Tag as")
        self.level = NumberField("dBFS", " dBFS", (QUIETEST_DB, LOUDEST_DB), 1)
        self.buttons = {name: _button(actions[name], text) for name, text in BUTTONS.items()}
        self._heading = QLabel("Silences")
        self._captions = [QLabel("Tag as"), QLabel("At least"), QLabel("Level")]
        self._theme = theme
        self._codes: Sequence[Code] = ()
        self._fill()
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)
        self.hide()

    @property
    def wishes(self) -> Wishes:
        """What is chosen now; the code is empty until one is chosen."""
        minimum = Micros(round(self.minimum.value() * THOUSAND) * (SECOND // THOUSAND))
        level = self.level.value() if self.level_kind.currentData() == OWN_LIMIT else None
        return Wishes(minimum, level, str(self.code.currentData() or ""))

    def offer(self, codes: Sequence[Code], wishes: Wishes) -> None:
        """Let the coder choose among these codes, beginning with these wishes."""
        self._codes = codes
        with QSignalBlocker(self):
            self.minimum.setValue(wishes.minimum / SECOND)
            self.level_kind.setCurrentIndex(0 if wishes.level is None else 1)
            self.level.setValue(USUAL_DB if wishes.level is None else wishes.level)
            self._fill_codes(wishes.code)

    def show_listening(self, fraction: float) -> None:
        """Show how much of the sound has been heard, from 0 to 1."""
        self._set_listening(listening=True)
        self.count.setText(LISTENING)
        self.progress.setValue(round(fraction * THOUSAND))

    def show_proposals(self, listed: ProposalList, hint: str, limits: str) -> None:
        """Show which proposal is looked at, how many there are, and what else is to be known."""
        self._set_listening(listening=False)
        current = listed.current
        self.count.setText(count_words(listed))
        self.place.setText(place_words(listed))
        self.place.setVisible(bool(current))
        words = proposal_words(current) if current is not None else nothing_words(listed)
        self.what.setText(words)
        self.what.setToolTip(self.what.text())
        self.hint.setText(hint)
        self.hint.setToolTip(hint)
        self.level_kind.setToolTip(limits or LEVEL_TIP)
        self._enable(listed)

    def suggest_level(self, level: float) -> None:
        """Begin with this level, in dBFS, when the coder comes to set one herself."""
        if self.level_kind.currentData() == AUTO:
            with QSignalBlocker(self.level):
                self.level.setValue(round(level))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.setStyleSheet(
            f"#proposals {{ background: {theme.surface_raised.name()};"
            f" border-top: 1px solid {theme.line.name()};"
            f" border-left: 4px solid {theme.accent.name()}; }}"
            "QPushButton { padding: 3px 12px; } QPushButton:focus { padding: 2px 11px; }"
            f'QPushButton[primary="true"]:disabled {{ background: {theme.surface_raised.name()};'
            f" color: {theme.line_strong.name()}; border-color: {theme.line.name()}; }}"
        )
        for label in (self._heading, self.place):
            dress_heading(label, theme)
        for label in (*self._captions, self.count, self.hint):
            dress_quiet(label, theme)
        digits = theme.digits(self.font())
        for label in (self.place, self.what):
            label.setFont(digits)
        self._fill_codes(self.wishes.code)

    def _fill(self) -> None:
        self.level_kind.addItem("automatic", AUTO)
        self.level_kind.addItem("by hand", OWN_LIMIT)
        self.level.setValue(USUAL_DB)
        self.level.hide()
        self.code.setPlaceholderText("Choose a code")
        self.code.setIconSize(CHIP_SIZE)
        self.progress.setRange(0, THOUSAND)
        self.progress.setTextVisible(False)
        self.progress.setFixedSize(*PROGRESS_SIZE)
        self.buttons["accept_proposal"].setProperty("primary", "true")

    def _fill_codes(self, chosen: str) -> None:
        chips = Chips(self._theme)
        with QSignalBlocker(self.code):
            self.code.clear()
            for code in self._codes:
                self.code.addItem(chips.icon(code), code.name, code.id)
            self.code.setCurrentIndex(self.code.findData(chosen))

    def _lay_out(self, theme: Theme) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.spacing, theme.spacing_small, theme.spacing_small, 8)
        rows.setSpacing(theme.spacing_small)
        rows.addLayout(self._upper_row(theme))
        rows.addLayout(self._lower_row(theme))

    def _upper_row(self, theme: Theme) -> QHBoxLayout:
        row = _row(theme)
        for widget in (self._heading, self.count, self.progress):
            row.addWidget(widget)
        row.addSpacing(theme.spacing_small)
        row.addWidget(self.hint, 1)
        fields = ((self.code,), (self.minimum,), (self.level_kind, self.level))
        for caption, members in zip(self._captions, fields, strict=True):
            row.addSpacing(theme.spacing_small)
            row.addWidget(caption)
            for field in members:
                row.addWidget(field)
            caption.setBuddy(members[0])
        return row

    def _lower_row(self, theme: Theme) -> QHBoxLayout:
        row = _row(theme)
        row.addWidget(self.place)
        row.addWidget(self.what, 1)
        for name, button in self.buttons.items():
            if name in {"previous_proposal", "accept_all"}:
                row.addSpacing(theme.spacing)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.minimum.valueChanged.connect(self._tell)
        self.level.valueChanged.connect(self._tell)
        self.code.currentIndexChanged.connect(self._tell)
        self.level_kind.currentIndexChanged.connect(self._change_kind)
        for field in (self.minimum, self.level):
            field.entered.connect(self.field_left)
        for chooser in (self.code, self.level_kind):
            chooser.activated.connect(lambda _index: self.field_left.emit())

    def _change_kind(self) -> None:
        self.level.setVisible(self.level_kind.currentData() == OWN_LIMIT)
        self._tell()

    def _tell(self) -> None:
        self.wishes_changed.emit(self.wishes)

    def _set_listening(self, *, listening: bool) -> None:
        self.progress.setVisible(listening)
        for widget in (self.place, self.what, self.hint):
            widget.setText("")
        for name, button in self.buttons.items():
            if name != "end_proposals":
                button.setEnabled(not listening)
        self.buttons["end_proposals"].setText("Cancel" if listening else "Done")

    def _enable(self, listed: ProposalList) -> None:
        current, last = listed.current, len(listed.shown)
        decision = current.decision if current is not None else None
        may = {
            "accept_proposal": decision in {Decision.OPEN, Decision.REJECTED},
            "reject_proposal": decision in {Decision.OPEN, Decision.ACCEPTED},
            "previous_proposal": last > 0 and listed.number != 1,
            "next_proposal": 0 < listed.number < last,
            "play_proposal": current is not None,
            "accept_all": bool(listed.open),
        }
        for name, is_possible in may.items():
            self.buttons[name].setEnabled(is_possible)


def _row(theme: Theme) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.spacing_small)
    return row


def _button(action: QAction, text: str) -> QPushButton:
    """Make a button that presses an action, and names its key where it has one."""
    button = QPushButton()
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they were
    button.setAutoRepeat(action.autoRepeat())
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: _name_key(button, action, text))
    _name_key(button, action, text)
    return button


def _name_key(button: QPushButton, action: QAction, text: str) -> None:
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    button.setText(f"{text} ({key})" if len(key) == 1 else text)
    button.setToolTip(f"{action.text()} ({key})" if key else action.text())
