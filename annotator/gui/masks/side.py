"""What can be done with masks, beside the picture: faces, masks drawn by hand, fills, wholes."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QLabel, QListWidget, QListWidgetItem, QWidget

from annotator.gui.clips.pieces import column_of, list_field, offer, rows_of
from annotator.gui.dialogs.pieces import LARGE_TYPE, paragraph
from annotator.gui.dialogs.recordings_pieces import allow, push_button
from annotator.gui.masks.draft import MaskDraft
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.theme import Theme
from annotator.media.face_masks import Fill
from annotator.media.mask_pictures import Outline, OutlineKind
from annotator.model.time import Micros, to_clock

FILLS = (
    (Fill.SOLID, "A plain box"),
    (Fill.MOSAIC, "A mosaic"),
    (Fill.BLUR, "Blurred"),
    (Fill.SILHOUETTE, "A silhouette"),
)
FACES, DRAWN, WHOLE = "Faces found", "Masks drawn by hand", "The whole picture"
FACES_HINT = "Ticked faces are covered. No search finds every face: look through the clip."
SHOWN_WARNING = "Whoever sees this clip can know {} whose face is not covered."
DRAW_HINT = (
    "Draw on the picture with the mouse. Moved or resized at another frame, a mask moves evenly "
    "in between."
)
NOBODY = "Not told"
WHOSE_TIP = "Who must be masked can be shown in no clip: tell whose face is not covered"
NONE_CHOSEN = "Choose a mask that was drawn by hand, on the picture."
WHOLE_HERE, WHOLE_TO = "Cover from here…", "…up to here"
LIST_HEIGHT, BETWEEN_FACES = 92, 3


class MaskSide(QWidget):
    """Tells what is asked for; what it shows follows the draft."""

    track_ticked = pyqtSignal(int, bool)  # number of a track, and whether it is covered
    track_chosen = pyqtSignal(int)
    whose_chosen = pyqtSignal(int, str)  # number of a track, and a participant's id or nothing

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.faces, self.warning = QListWidget(), paragraph("")
        self.fill = list_field("What masks are filled with", [(f.value, w) for f, w in FILLS])
        self.whose = list_field("Whose face it is")
        self.through = QCheckBox("See through the masks")
        self.add = push_button("Add a mask", "Add a mask in the middle of the picture")
        self.remove = push_button("Delete", "Delete the chosen mask")
        self.unkey = push_button("Forget this frame", "Forget the mask's box at this frame")
        self.begin, self.end = push_button("Begins here"), push_button("Ends here")
        self.whole, self.no_whole = push_button(WHOLE_HERE), push_button("Not covered here")
        self.told = paragraph("")
        self._people: dict[str, str] = {}
        self._track: int | None = None
        self._headings = [QLabel(FACES), QLabel(DRAWN), QLabel(WHOLE)]
        self._hints = [paragraph(FACES_HINT), paragraph(DRAW_HINT), self.told]
        self._lay_out(theme)
        self.faces.itemChanged.connect(self._tick)
        self.whose.currentIndexChanged.connect(lambda _at: self._assign())
        self.faces.itemClicked.connect(lambda item: self.track_chosen.emit(_number(item)))
        self.set_theme(theme)

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer participants, by id and words, whose face a found one can be."""
        self._people = dict(people)
        offer(self.whose, [("", NOBODY), *people])

    def show_draft(self, draft: MaskDraft, time: Micros, selected: Outline | None) -> None:
        """Show what is covered, and allow what can be done at a moment with what is chosen."""
        plan = draft.plan
        with QSignalBlocker(self.faces):
            self.faces.clear()
            for track in plan.tracks:
                when = f"{to_clock(track.first.time)} – {to_clock(track.last.time)}"
                who = self._people.get(plan.participants.get(track.number, ""), "")
                words = f"Face {track.number + 1}{f' ({who})' if who else ''}: {when}"
                item = QListWidgetItem(words, self.faces)
                item.setToolTip(words)
                item.setData(Qt.ItemDataRole.UserRole, track.number)
                is_shown = track.number in draft.shown
                item.setCheckState(Qt.CheckState.Unchecked if is_shown else Qt.CheckState.Checked)
                if selected is not None and selected.kind is not OutlineKind.DRAWN:
                    item.setSelected(selected.number == track.number)
        count = len(draft.shown)
        whom = "the person" if count == 1 else f"the {count} people"
        self.warning.setText(SHOWN_WARNING.format(whom) if count else "")
        self.warning.setVisible(bool(count))
        with QSignalBlocker(self.fill):
            self.fill.setCurrentIndex(self.fill.findData(plan.fill.value))
        self._show_whose(draft, selected)
        self._allow(draft, time, selected)

    def show_whole(self, begun: Micros | None) -> None:
        """Show whether a stretch of whole pictures was begun."""
        self.whole.setText(WHOLE_HERE if begun is None else WHOLE_TO)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.faces.setFixedHeight(theme.px(LIST_HEIGHT))
        self.faces.setSpacing(theme.px(BETWEEN_FACES))
        for label in self._headings:
            dress_heading(label, theme)
        for label in self._hints:
            dress_quiet(label, theme)
        self.warning.setStyleSheet(f"color: {theme.danger.name()};")

    def _show_whose(self, draft: MaskDraft, selected: Outline | None) -> None:
        is_face = selected is not None and selected.kind is not OutlineKind.DRAWN
        self._track = selected.number if selected is not None and is_face else None
        who = "" if self._track is None else draft.plan.participants.get(self._track, "")
        with QSignalBlocker(self.whose):
            self.whose.setCurrentIndex(max(self.whose.findData(who), 0))
        allow(
            self.whose, WHOSE_TIP, "" if is_face else "Choose a face, in the list or the picture."
        )

    def _assign(self) -> None:
        if self._track is not None:
            self.whose_chosen.emit(self._track, str(self.whose.currentData()))

    def _allow(self, draft: MaskDraft, time: Micros, selected: Outline | None) -> None:
        is_drawn = selected is not None and selected.kind is OutlineKind.DRAWN
        why = "" if is_drawn else NONE_CHOSEN
        allow(self.remove, "Delete the mask from all frames (Del)", why)
        allow(self.begin, "Nothing is covered by it before this frame", why)
        allow(self.end, "Nothing is covered by it from this frame on", why)
        keys: tuple[Micros, ...] = ()
        if selected is not None and is_drawn:
            keys = tuple(key[0] for key in draft.plan.drawn[selected.number].keys)
        why_not = why or ("" if time in keys else "The mask was not placed at this frame.")
        allow(self.unkey, "Let the mask move through this frame evenly", why_not)
        is_whole = draft.plan.is_whole_at(time)
        self.told.setText("Here the whole picture is covered." if is_whole else "")
        self.told.setVisible(is_whole)
        allow(
            self.no_whole, "Show the picture here again", "" if is_whole else "It is not covered."
        )

    def _tick(self, item: QListWidgetItem) -> None:
        is_covered = item.checkState() is Qt.CheckState.Checked
        self.track_ticked.emit(_number(item), is_covered)

    def _lay_out(self, theme: Theme) -> None:
        self.faces.setAccessibleName("Faces found; the space bar ticks a line")
        self.faces.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.warning.hide()
        pairs = QGridLayout()
        pairs.setHorizontalSpacing(theme.spacing_small)
        pairs.setVerticalSpacing(theme.spacing_small)
        across = 1 if theme.scale >= LARGE_TYPE else 2
        for place, button in enumerate((self.add, self.remove, self.begin, self.end)):
            pairs.addWidget(button, place // across, place % across)
        pairs.addWidget(self.unkey, 4, 0, 1, across)
        wholes = QGridLayout()
        wholes.setHorizontalSpacing(theme.spacing_small)
        wholes.addWidget(self.whole, 0, 0)
        wholes.setVerticalSpacing(theme.spacing_small)
        wholes.addWidget(self.no_whole, 2 - across, across - 1)
        faces, drawn, whole = self._headings
        hints = self._hints
        chosen = rows_of(theme, ("Whose", self.whose), ("Filled", self.fill))
        found = (faces, self.faces, hints[0], self.warning, chosen, self.through)
        column_of(theme, self, *found, drawn, hints[1], pairs, whole, wholes, self.told)
        if (column := self.layout()) is not None:
            column.setContentsMargins(0, 0, theme.spacing_small, 0)


def _number(item: QListWidgetItem) -> int:
    return int(item.data(Qt.ItemDataRole.UserRole))
