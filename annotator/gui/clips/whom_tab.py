"""What is masked in clips, who gets them, and what is made although consent refuses it."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QLabel, QWidget

from annotator.gui.clips.choices import WhomChoice
from annotator.gui.clips.pieces import column_of, folded, line_field, rows_of
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.model.participant import Mask

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
RECIPIENT_TIP = "Kept in the session's log of exports at home, so that clips can be called back"
OVERRIDE = "Make what is refused all the same"
OVERRIDE_HINT = (
    "Clips are then made against what those on the film allowed. Your reason is logged under your "
    "name and stands in the manifest beside each clip. Write it without names."
)


class WhomTab(QWidget):
    """Tells whenever something else is chosen."""

    changed = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.masks = {mask: QCheckBox(words) for mask, words in MASKS}
        self.faces, self._hint = paragraph(LOOKING), paragraph(MASKS_HINT)
        self.recipient = line_field("Given to", "A course, a person", RECIPIENT_TIP)
        self.override, self.reason = QCheckBox(OVERRIDE), line_field("Reason", "Why")
        self._warning, self._heading = paragraph(OVERRIDE_HINT), QLabel("Masked besides")
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)

    @property
    def choice(self) -> WhomChoice:
        """What is chosen; an override without a reason is none yet."""
        reason = self.reason.text().strip()
        return WhomChoice(
            frozenset(mask for mask, box in self.masks.items() if box.isChecked()),
            self.recipient.text().strip(),
            reason if self.override.isChecked() and reason else None,
        )

    def show_faces(self, trouble: str) -> None:
        """Let faces be masked, or say why they cannot be."""
        box = self.masks[Mask.FACES]
        box.setEnabled(not trouble)
        box.setToolTip(trouble)
        self.faces.setText(trouble)
        self.faces.setVisible(bool(trouble))

    def forget(self) -> None:
        """Choose no masks, nobody and no override, as at first."""
        for box in (*self.masks.values(), self.override):
            box.setChecked(False)
        self.recipient.clear()
        self.reason.clear()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._fold.set_theme(theme)
        dress_heading(self._heading, theme)
        for label in (self.faces, self._hint):
            dress_quiet(label, theme)
        self._warning.setStyleSheet(f"color: {theme.danger.name()};")

    def _lay_out(self, theme: Theme) -> None:
        self.masks[Mask.FACES].setEnabled(False)
        self.masks[Mask.NAMES].setToolTip(NAMES_TIP)
        self.reason.setEnabled(False)
        self._fold = folded(
            theme,
            "If consent refuses",
            ("", self.override),
            ("Reason", self.reason),
            ("", self._warning),
        )
        boxes = self.masks.values()
        given = rows_of(theme, ("Given to", self.recipient))
        column_of(theme, self, self._heading, *boxes, self.faces, self._hint, given, self._fold)

    def _connect(self) -> None:
        self.override.toggled.connect(self.reason.setEnabled)
        for box in (*self.masks.values(), self.override):
            box.toggled.connect(lambda _on: self.changed.emit())
        for line in (self.recipient, self.reason):
            line.textChanged.connect(lambda _text: self.changed.emit())
