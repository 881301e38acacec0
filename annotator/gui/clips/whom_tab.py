"""What is masked in clips, who gets them, and what is made although consent refuses it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QLabel, QListView, QWidget

from annotator.gui.clips.choices import WhomChoice
from annotator.gui.clips.pieces import column_of, folded, line_field, list_field, rows_of
from annotator.gui.clips.presets import NO_PICTURE, NO_SOUND
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.dialogs.recordings_pieces import allow, push_button
from annotator.gui.dialogs.ticks import TicksModel, show_ticks
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.media.face_masks import Fill, Fills, WholeFill
from annotator.model.participant import Mask
from annotator.model.sound_plans import NamesAs, SoundWish

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
LOOK = "Look at the masks of faces…"
LOOK_TIP = "See where masks are least certain, draw more, and say whose face is shown"
NO_FACES = "Mask faces in a clip first."
VOICES_HINT = "Whose voices are disguised; none ticked: all of them."
NAMES_TIPS = "Words that are names wherever the transcript has them, parted by commas"
FILLS = (
    ("", "A plain box, or as looked at"),
    (Fill.MOSAIC.value, "A mosaic"),
    (Fill.BLUR.value, "A heavy blur"),
    (Fill.SILHOUETTE.value, "A silhouette"),
)
WHOLE_FILLS = (
    ("", "A heavy blur"),
    (WholeFill.EDGES.value, "Edges: gestures stay"),
    (WholeFill.SILHOUETTE.value, "A silhouette"),
)
NAMES_AS = ((NamesAs.BEEP, "A beep"), (NamesAs.SILENCE, "Silence"))
PEOPLE_HEIGHT = 84
RECIPIENT_TIP = "Kept in the session's log of exports at home, so that clips can be called back"
OVERRIDE = "Make what is refused all the same"
OVERRIDE_HINT = (
    "Clips are then made against what those on the film allowed. Your reason is logged under your "
    "name and stands in the manifest beside each clip. Write it without names."
)


class WhomTab(QWidget):
    """Tells whenever something else is chosen."""

    changed = pyqtSignal()
    look_asked = pyqtSignal()  # at the masks of faces, before clips are made

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.masks = {mask: QCheckBox(words) for mask, words in MASKS}
        self.people, self.people_view = TicksModel(self, starts_ticked=False), QListView()
        self.names = line_field("Words that are names", "Anna, Miller", NAMES_TIPS)
        self.names_as = list_field("In place of names", [(o.value, w) for o, w in NAMES_AS])
        self.fill = list_field("What covers faces", FILLS)
        self.picture_as = list_field("What becomes of the whole picture", WHOLE_FILLS)
        self.named, self._voices_hint = paragraph(""), paragraph(VOICES_HINT)
        self.faces, self._hint = paragraph(LOOKING), paragraph(MASKS_HINT)
        self.look, self.looked = push_button(LOOK), paragraph("")
        self.recipient = line_field("Given to", "A course, a person", RECIPIENT_TIP)
        self.override, self.reason = QCheckBox(OVERRIDE), line_field("Reason", "Why")
        self._faces_trouble, self._has_picture, self._has_sound = LOOKING, True, True
        self._warning, self._heading = paragraph(OVERRIDE_HINT), QLabel("Mask also")
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)

    @property
    def choice(self) -> WhomChoice:
        """What is chosen; an override without a reason is none yet."""
        reason = self.reason.text().strip()
        return WhomChoice(
            frozenset(mask for mask, box in self.masks.items() if box.isChecked()),
            SoundWish(
                self.people.chosen,
                tuple(filter(None, (word.strip() for word in self.names.text().split(",")))),
                NamesAs(self.names_as.currentData()),
            ),
            self.recipient.text().strip(),
            reason if self.override.isChecked() and reason else None,
            Fills.named(self.fill.currentData(), self.picture_as.currentData()),
        )

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer participants, by id and words, whose voices can be disguised."""
        self.people.show_lines(people)

    def show_named(self, researchers: str) -> None:
        """Say which researchers the consents name; nothing where empty."""
        self.named.setText(f"The consents name: {researchers}." if researchers else "")
        self.named.setVisible(bool(researchers))

    def show_faces(self, trouble: str) -> None:
        """Let faces be masked, or say why they cannot be."""
        self._faces_trouble = trouble
        self.faces.setText(trouble)
        self.faces.setVisible(bool(trouble))
        self._allow_masks()

    def follow_kind(self, *, has_picture: bool, has_sound: bool) -> None:
        """Let that alone be masked which what is written can hold."""
        self._has_picture, self._has_sound = has_picture, has_sound
        self._allow_masks()

    def allow_look(self, *, are_faces: bool, looked: str) -> None:
        """Let masks of faces be looked at where there are any; say what was looked at."""
        allow(self.look, LOOK_TIP, "" if are_faces else NO_FACES)
        self.looked.setText(looked)
        self.looked.setVisible(bool(looked))

    def forget(self) -> None:
        """Choose no masks, nobody and no override, as at first."""
        for box in (*self.masks.values(), self.override):
            box.setChecked(False)
        for listed in (self.fill, self.picture_as):
            listed.setCurrentIndex(0)
        self.people.choose(())
        self.names.clear()
        self.recipient.clear()
        self.reason.clear()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for fold in (self._fold, self._fills, self._sound):
            fold.set_theme(theme)
        self.people_view.setFixedHeight(theme.px(PEOPLE_HEIGHT))
        dress_heading(self._heading, theme)
        for label in (self.faces, self.looked, self._hint, self._voices_hint, self.named):
            dress_quiet(label, theme)
        self._warning.setStyleSheet(f"color: {theme.danger.name()};")

    def _allow_masks(self) -> None:
        picture = "" if self._has_picture else NO_PICTURE
        allow(self.masks[Mask.FACES], "", picture or self._faces_trouble)
        allow(self.masks[Mask.PICTURE], "", picture)
        allow(self.masks[Mask.VOICE], "", "" if self._has_sound else NO_SOUND)

    def _lay_out(self, theme: Theme) -> None:
        self._allow_masks()
        self.masks[Mask.NAMES].setToolTip(NAMES_TIP)
        self.reason.setEnabled(False)
        show_ticks(self.people_view, self.people, "Voices")
        self.named.hide()
        self.allow_look(are_faces=False, looked="")
        self._sound = folded(
            theme,
            "Whose voice, and which names",
            ("", self.people_view),
            ("", self._voices_hint),
            ("Names", self.names),
            ("Instead", self.names_as),
        )
        self._fills = folded(
            theme, "Covered with what", ("Faces", self.fill), ("Picture", self.picture_as)
        )
        self._fold = folded(
            theme,
            "If consent refuses",
            ("", self.override),
            ("Reason", self.reason),
            ("", self._warning),
        )
        boxes = self.masks.values()
        given = rows_of(theme, ("Given to", self.recipient))
        looking = (self.look, self.looked)
        masks = (self._heading, *boxes, self.faces, *looking, self._hint, self._fills, self._sound)
        column_of(theme, self, *masks, given, self.named, self._fold)

    def _connect(self) -> None:
        self.override.toggled.connect(self.reason.setEnabled)
        for box in (*self.masks.values(), self.override):
            box.toggled.connect(lambda _on: self.changed.emit())
        self.people.ticked.connect(self.changed)
        self.look.clicked.connect(lambda _on: self.look_asked.emit())
        for listed in (self.names_as, self.fill, self.picture_as):
            listed.currentIndexChanged.connect(lambda _at: self.changed.emit())
        for line in (self.recipient, self.reason, self.names):
            line.textChanged.connect(lambda _text: self.changed.emit())
