"""What is chosen of clips that shall be made: the tags, the room around them, for whom, masks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QSignalBlocker, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.panels.bar_fields import ListField, NumberField
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.model.participant import ConsentScope, Mask
from annotator.model.time import SECOND, Micros

SELECTED = ""
"""Stands for the selected tags where a code could be chosen; no code has an id like it."""

KEPT = "\t"
"""Stands for the clips of the tray where a code could be chosen; no code has an id like it."""

MASKS = (
    (Mask.FACES, "Faces"),
    (Mask.PICTURE, "The whole picture"),
    (Mask.VOICE, "Voices"),
    (Mask.NAMES, "Names"),
)
MASKS_HINT = (
    "What the consents demand is masked without being asked for. A recording can never be wholly "
    "masked: look at each clip before you show it."
)
LOOKING = "Faces: looking whether the model that knows them is installed…"
NAMES_TIP = "A beep stands where tags of the code “name” lie, and [name] in the captions"
USUAL_S, MOST_S, STEP_S = 2.0, 600.0, 0.5
_THOUSAND = 1000
_LENGTH = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


@dataclass(frozen=True, slots=True)
class ClipsChoice:
    """Which clips are wanted: of these tags by id, or where None of all tags with this code.

    Where the code is `KEPT` it is the clips of the tray.
    """

    tags: frozenset[str] | None
    code: str
    lead: Micros
    tail: Micros
    level: ConsentScope
    masks: frozenset[Mask]


class ClipsFields(QWidget):
    """Tells whenever something else is chosen."""

    changed = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.tags, self.level = ListField("Clips of"), ListField("For whom the clips are")
        self.lead = NumberField("Seconds before each tag", " s", (0.0, MOST_S), STEP_S)
        self.tail = NumberField("Seconds after each tag", " s", (0.0, MOST_S), STEP_S)
        self.masks = {mask: QCheckBox(words) for mask, words in MASKS}
        self.faces, self.hidden, self._hint = paragraph(LOOKING), paragraph(""), paragraph("")
        self._headings = [QLabel(words) for words in ("What becomes a clip", "For whom", "Masked")]
        self._selected: frozenset[str] = frozenset()
        self._fill()
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)

    @property
    def choice(self) -> ClipsChoice | None:
        """What is chosen; None where that is not yet enough to make clips."""
        level, code = self.level.currentData(), self.tags.currentData()
        if level is None or code is None:
            return None
        return ClipsChoice(
            self._selected if code == SELECTED else None,
            str(code),
            _micros(self.lead.value()),
            _micros(self.tail.value()),
            ConsentScope(level),
            frozenset(mask for mask, box in self.masks.items() if box.isChecked()),
        )

    def offer(
        self, selected: frozenset[str], codes: Sequence[tuple[str, str]], kept: int = 0
    ) -> None:
        """Offer the selected tags, so many clips of the tray, and codes, each with its words.

        What was chosen before stays chosen, where it is still there.
        """
        before = self.tags.currentData()
        self._selected = selected
        lines = [(SELECTED, _selected_words(len(selected)))] if selected else []
        lines += [(KEPT, _kept_words(kept))] if kept else []
        with QSignalBlocker(self.tags):
            self.tags.clear()
            for value, words in (*lines, *codes):
                self.tags.addItem(words, value)
            self.tags.setCurrentIndex(max(0, self.tags.findData(before)))
        self._follow_tags()

    def forget(self) -> None:
        """Choose nobody for whom clips are, and no masks, as at first."""
        self.level.setCurrentIndex(0)
        for box in self.masks.values():
            box.setChecked(False)

    def choose_tags(self, value: str) -> None:
        """Choose a code, or the selected tags."""
        self.tags.setCurrentIndex(max(0, self.tags.findData(value)))

    def show_hidden(self, count: int) -> None:
        """Say how many passes may not be seen."""
        many = "1 pass of another coder is" if count == 1 else f"{count} passes of others are"
        told = f"{many} hidden from you; no clips are made of their tags."
        self.hidden.setText(told if count else "")
        self.hidden.setVisible(bool(count))

    def show_faces(self, trouble: str) -> None:
        """Let faces be masked, or say why they cannot be."""
        box = self.masks[Mask.FACES]
        box.setEnabled(not trouble)
        box.setToolTip(trouble)
        self.faces.setText(trouble)
        self.faces.setVisible(bool(trouble))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for heading in self._headings:
            dress_heading(heading, theme)
        for label in (self.faces, self.hidden, self._hint):
            dress_quiet(label, theme)

    def _fill(self) -> None:
        self._hint.setText(MASKS_HINT)
        self.level.addItem("Choose…", None)
        for level in ConsentScope:
            self.level.addItem(f"{level.told[:1].upper()}{level.told[1:]}", level.value)
        for field in (self.lead, self.tail):
            field.setValue(USUAL_S)
        self.masks[Mask.FACES].setEnabled(False)
        self.masks[Mask.NAMES].setToolTip(NAMES_TIP)
        for listed in (self.tags, self.level):  # a long name may not push the window apart
            listed.setSizeAdjustPolicy(_LENGTH)
        self.hidden.hide()

    def _lay_out(self, theme: Theme) -> None:
        rows = QGridLayout()
        rows.setHorizontalSpacing(theme.spacing)
        rows.setVerticalSpacing(theme.spacing_small)
        rows.setColumnStretch(1, 1)
        for row, (words, part) in enumerate(
            (("Tags", self.tags), ("Lead-in", self.lead), ("Tail", self.tail))
        ):
            label = QLabel(words)
            label.setBuddy(part)
            rows.addWidget(label, row, 0)
            rows.addWidget(part, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self._headings[0])
        column.addLayout(rows)
        column.addWidget(self.hidden)
        for heading, parts in (
            (self._headings[1], (self.level,)),
            (self._headings[2], (*self.masks.values(), self.faces, self._hint)),
        ):
            column.addSpacing(theme.spacing_small)
            column.addWidget(heading)
            for part in parts:
                column.addWidget(part)
        column.addStretch(1)

    def _connect(self) -> None:
        self.tags.currentIndexChanged.connect(lambda _row: self._follow_tags())
        for listed in (self.tags, self.level):
            listed.currentIndexChanged.connect(lambda _row: self.changed.emit())
        for field in (self.lead, self.tail):
            field.valueChanged.connect(lambda _value: self.changed.emit())
        for box in self.masks.values():
            box.toggled.connect(lambda _on: self.changed.emit())

    def _follow_tags(self) -> None:
        """Ask for room where there are tags to leave it around: kept clips stand as they are."""
        for field in (self.lead, self.tail):
            field.setEnabled(self.tags.currentData() != KEPT)


def _kept_words(count: int) -> str:
    return "The clip of the tray" if count == 1 else f"The {count:,} clips of the tray"


def _selected_words(count: int) -> str:
    return "The selected tag" if count == 1 else f"The {count:,} selected tags"


def _micros(seconds: float) -> Micros:
    return Micros(round(seconds * _THOUSAND) * (SECOND // _THOUSAND))
