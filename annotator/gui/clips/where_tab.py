"""Where clips go, what they are called, and whether a pack is made of them."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QWidget

from annotator.gui.clips.choices import PackChoice, Source, WhereChoice, Writes
from annotator.gui.clips.others import OtherSessions, why_none
from annotator.gui.clips.pieces import Fold, column_of, folded, line_field, list_field, rows_of
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.dialogs.recordings_pieces import NameLabel, push_button
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.jobs.clip_pack_keeping import Package
from annotator.jobs.reel_parts import Cards
from annotator.model.export_names import FIELDS, USUAL_TEMPLATE, safe_stem

NAMES_HINT = "May hold {0}; never a name or a title."
PACKAGES = (
    (Package.ZIP, "One file to hand on (ZIP)"),
    (Package.H5P, "For H5P (Interactive Video)"),
    (Package.SCORM, "For learning platforms (SCORM 1.2)"),
)
WRITES = (
    (Writes.EACH, "Each clip as a file"),
    (Writes.REEL, "One film of all (a reel)"),
    (Writes.BOTH, "Both"),
)
CARDS = (
    (Cards.TITLES, "A title before each clip"),
    (Cards.WARNINGS, "Content warnings"),
    (Cards.QUESTIONS, "Questions"),
    (Cards.PAUSES, "Stand still at pauses"),
    (Cards.CHAPTERS, "Chapters, which players list"),
)
PACK = "Make a pack to teach from too"
PACK_HINT = (
    "Pages that any browser opens from disk, without a network: the clips with captions, "
    "transcript and questions, a sheet to print and a page for the teacher."
)
USUAL_TITLE = "Clips"


class WhereTab(QWidget):
    """Tells whenever something else is chosen, and when another folder is wanted."""

    changed = pyqtSignal()
    folder_asked = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._folder = Path()
        self.folder_name, self.folder_button = NameLabel(), push_button("Choose another…")
        self.folder_button.setAccessibleName("Choose the folder")
        self.template = line_field("How files are called")
        self.example, self._hint = paragraph(""), paragraph("")
        self.writes = list_field("What is written", [(one.value, words) for one, words in WRITES])
        self.cards = {card: QCheckBox(words) for card, words in CARDS}
        self.pack = QCheckBox(PACK)
        self.title = line_field("Title of the pack", USUAL_TITLE)
        self.packages = {one: QCheckBox(words) for one, words in PACKAGES}
        self.others, self._source = OtherSessions(theme), Source.TAGS
        self.written, self._pack_hint = paragraph(""), paragraph(PACK_HINT)
        self._is_wrong, self._theme = False, theme
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)
        self.forget()

    @property
    def choice(self) -> WhereChoice:
        """What is chosen."""
        title = self.title.text().strip() or USUAL_TITLE
        kinds = frozenset(one for one, box in self.packages.items() if box.isChecked())
        writes = Writes(self.writes.currentData())
        has_pack = self.pack.isChecked() and writes is not Writes.REEL
        return WhereChoice(
            self._folder,
            self.template.text().strip() or USUAL_TEMPLATE,
            writes,
            frozenset(card for card, box in self.cards.items() if box.isChecked()),
            PackChoice(title, kinds) if has_pack else None,
            self.others.paths if has_pack else (),
        )

    def follow_source(self, source: Source) -> None:
        """Let clips of other sessions come along where they can be of this source."""
        self._source = source
        self.others.offer(why_none(source, Writes(self.writes.currentData())))

    def take_folder(self, folder: Path) -> None:
        """Let the clips go there."""
        self._folder = folder
        self.folder_name.show_name(str(folder))
        self.changed.emit()

    def show_example(self, name: str, reel: str = "") -> None:
        """Show what the first clip and the reel would be called; empty where there is none."""
        self._is_wrong = False
        told = [f"Such as {name}"] if name else []
        told += [f"The reel is {reel}"] if reel else []
        self.example.setText("\n".join(told))
        self.example.setVisible(bool(told))
        self._dress()

    def show_wrong(self, text: str) -> None:
        """Say why files cannot be called so."""
        self._is_wrong = True
        self.example.setText(text)
        self.example.setVisible(True)
        self._dress()

    def forget(self) -> None:
        """Choose what is chosen at first; the folder stays."""
        self.template.setText(USUAL_TEMPLATE)
        self.title.clear()
        self.writes.setCurrentIndex(0)
        for box in self.cards.values():
            box.setChecked(True)
        for box in (self.pack, *self.packages.values()):
            box.setChecked(False)
        self.others.forget()
        self._show_written()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.others.set_theme(theme)
        for label in (self._hint, self._pack_hint, self.written):
            dress_quiet(label, theme)
        for fold in (self._reel, self._naming, self._packing):
            fold.set_theme(theme)
        self._dress()

    def _dress(self) -> None:
        colour = self._theme.danger if self._is_wrong else self._theme.text
        self.example.setStyleSheet(f"color: {colour.name()};")

    def _lay_out(self, theme: Theme) -> None:
        fields = ", ".join(f"{{{field}}}" for field in FIELDS)
        self._hint.setText(NAMES_HINT.format(fields))
        self._naming: Fold = folded(theme, "Names of files", ("", self.template), ("", self._hint))
        self._reel: Fold = folded(
            theme, "Around the clips of a reel", *(("", box) for box in self.cards.values())
        )
        self._packing: Fold = folded(
            theme,
            "Pack",
            ("", self.pack),
            ("Title", self.title),
            ("", self.others),
            *(("", box) for box in self.packages.values()),
            ("", self.written),
            ("", self._pack_hint),
        )
        first = rows_of(
            theme,
            ("Folder", self.folder_name),
            ("", self.folder_button),
            ("Write", self.writes),
        )
        folds = (self._reel, self._naming, self._packing)
        column_of(theme, self, first, self.example, *folds)

    def _connect(self) -> None:
        self.folder_button.clicked.connect(lambda _on: self.folder_asked.emit())
        self.template.textChanged.connect(lambda _text: self.changed.emit())
        self.writes.currentIndexChanged.connect(lambda _at: self._show_written())
        for box in self.cards.values():
            box.toggled.connect(lambda _on: self.changed.emit())
        for box in (self.pack, *self.packages.values()):
            box.toggled.connect(lambda _on: self._show_written())
        self.title.textChanged.connect(lambda _text: self._show_written())
        self.others.changed.connect(self.changed)

    def _show_written(self) -> None:
        """Say what the pack will be, before it is made."""
        pack, writes = self.choice.pack, self.choice.writes
        self._reel.setVisible(writes is not Writes.EACH)
        for fold in (self._naming, self._packing):
            fold.setVisible(writes is not Writes.REEL)
        for part in (self.title, *self.packages.values()):
            part.setEnabled(pack is not None)
        self.others.setVisible(pack is not None)
        self.follow_source(self._source)
        self.written.setVisible(pack is not None)
        if pack is not None:
            self.written.setText(f"Written beside the clips: {', '.join(pack_names(pack))}.")
        self.changed.emit()


def pack_folder(folder: Path, pack: PackChoice) -> Path:
    """Give the folder of a pack: in that of the clips, called after its title."""
    return folder / safe_stem(pack.title)


def pack_names(pack: PackChoice) -> list[str]:
    """Say what a pack is written as, by its usual names."""
    stem = safe_stem(pack.title)
    names = {
        Package.ZIP: f"{stem}.zip",
        Package.H5P: f"{stem}-….h5p, one a clip",
        Package.SCORM: f"{stem}-scorm.zip",
    }
    return [f"{stem}/index.html", *(names[one] for one in Package if one in pack.packages)]
