"""Which moments become clips: tags by what they say, what is selected, a list, or the tray."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QListView, QWidget

from annotator.gui.clips.choices import Source, WhatChoice
from annotator.gui.clips.pieces import column_of, folded, line_field, list_field, offer, rows_of
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.dialogs.recordings_pieces import push_button
from annotator.gui.dialogs.ticks import TicksModel, show_ticks
from annotator.gui.panels.bar_fields import NumberField
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.panels.search_field import SEARCH_TIP
from annotator.gui.theme import Theme
from annotator.model.clipping import Choice, Room
from annotator.model.time import in_micros

ANYBODY = ""
NONE_TICKED = "None ticked: tags of every code."
LIST_HINT = "A CSV file in UTF-8 with the columns start and end, as 12.48 or 1:23.48."
NO_LIST = "No file chosen."
USUAL_S, MOST_S, STEP_S = 2.0, 600.0, 0.5
CODES_HEIGHT = 150


@dataclass(frozen=True, slots=True)
class Offer:
    """What a session has to make clips of; values with their words.

    `selected` and `kept` are how many tags are selected and clips are in the tray, `stretch` says
    which time is selected, empty where none is.
    """

    codes: tuple[tuple[str, str], ...] = ()
    participants: tuple[tuple[str, str], ...] = ()
    coders: tuple[tuple[str, str], ...] = ()
    selected: int = 0
    kept: int = 0
    stretch: str = ""
    hidden: int = 0


class WhatTab(QWidget):
    """Tells whenever something else is chosen, and when a list is wanted."""

    changed = pyqtSignal()
    list_asked = pyqtSignal()
    source_shown = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.source = list_field("Clips of")
        self.codes, self.codes_view = TicksModel(self, starts_ticked=False), QListView()
        self.participant, self.coder = list_field("Participant"), list_field("Coder")
        self.note = line_field("Note", "Words in the note")
        self.search = line_field("Search", "reflection who:C07", SEARCH_TIP)
        self.lead = NumberField("Seconds before each tag", " s", (0.0, MOST_S), STEP_S)
        self.tail = NumberField("Seconds after each tag", " s", (0.0, MOST_S), STEP_S)
        self.joins = QCheckBox("Join clips that overlap")
        self.list_button, self.list_name = push_button("Choose a file…"), QLabel(NO_LIST)
        self.hidden = paragraph("")
        self._listed: Path | None = None
        self._codes_hint, self._list_hint = paragraph(NONE_TICKED), paragraph(LIST_HINT)
        self._fill()
        self._lay_out(theme)
        self._connect()
        self.set_theme(theme)

    @property
    def choice(self) -> WhatChoice:
        """What is chosen."""
        return WhatChoice(
            Source(self.source.currentData() or Source.TAGS.value),
            Choice(
                frozenset(self.codes.chosen),
                _one(self.participant.currentData()),
                _one(self.coder.currentData()),
                self.note.text().strip(),
                self.search.text().strip(),
            ),
            Room(
                in_micros(self.lead.value()), in_micros(self.tail.value()), self.joins.isChecked()
            ),
            self._listed,
        )

    def offer(self, offered: Offer) -> None:
        """Offer what a session has; what was chosen stays so where it is still there."""
        lines = [(Source.TAGS.value, "Tags")]
        if offered.selected:
            lines.append((Source.SELECTED.value, _many("selected tag", offered.selected)))
        if offered.stretch:
            lines.append((Source.STRETCH.value, f"The selected time, {offered.stretch}"))
        if offered.kept:
            lines.append((Source.KEPT.value, f"{_many('clip', offered.kept)} of the tray"))
        offer(self.source, [*lines, (Source.LIST.value, "A list from a file")])
        self.codes.show_lines(offered.codes)
        offer(self.participant, ((ANYBODY, "Anybody"), *offered.participants))
        offer(self.coder, ((ANYBODY, "Any coder"), *offered.coders))
        hidden = offered.hidden
        many = "1 pass of another coder is" if hidden == 1 else f"{hidden} passes of others are"
        self.hidden.setText(f"{many} hidden from you; no clips are made of their tags.")
        self.hidden.setVisible(bool(hidden))
        self._follow_source()

    def choose(self, source: Source, codes: Sequence[str] = ()) -> None:
        """Choose what becomes clips, and of tags these codes."""
        self.codes.choose(codes)
        self.source.setCurrentIndex(max(0, self.source.findData(source.value)))

    def take_list(self, path: Path) -> None:
        """Take the stretches of this file."""
        self._listed = path
        self.list_name.setText(path.name)
        self.list_name.setToolTip(str(path))
        self.changed.emit()

    def forget(self) -> None:
        """Choose what is chosen at first."""
        self._listed = None
        self.list_name.setText(NO_LIST)
        self.codes.choose(())
        self.note.clear()
        self.search.clear()
        for field in (self.source, self.participant, self.coder):
            field.setCurrentIndex(0)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._more.set_theme(theme)
        for label in (self.hidden, self._codes_hint, self._list_hint, self.list_name):
            dress_quiet(label, theme)
        self.codes_view.setFixedHeight(theme.px(CODES_HEIGHT))

    def _fill(self) -> None:
        for field in (self.lead, self.tail):
            field.setValue(USUAL_S)
        self.joins.setChecked(True)
        show_ticks(self.codes_view, self.codes, "Codes")
        self.hidden.hide()

    def _lay_out(self, theme: Theme) -> None:
        self._more = folded(
            theme,
            "More to choose by",
            ("Participant", self.participant),
            ("Coder", self.coder),
            ("Note", self.note),
            ("Search", self.search),
        )
        listing = QWidget()
        row = QHBoxLayout(listing)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.list_button)
        row.addWidget(self.list_name, 1)
        self._of_tags: tuple[QWidget, ...] = (self.codes_view, self._codes_hint, self._more)
        self._of_list: tuple[QWidget, ...] = (listing, self._list_hint)
        self._room = QWidget()
        self._room.setLayout(
            rows_of(theme, ("Lead-in", self.lead), ("Tail", self.tail), ("", self.joins))
        )
        parts = (*self._of_tags, *self._of_list, self._room, self.hidden)
        column_of(theme, self, rows_of(theme, ("Clips of", self.source)), *parts)

    def _connect(self) -> None:
        self.source.currentIndexChanged.connect(lambda _row: self._follow_source())
        for listed in (self.source, self.participant, self.coder):
            listed.currentIndexChanged.connect(lambda _row: self.changed.emit())
        for field in (self.lead, self.tail):
            field.valueChanged.connect(lambda _value: self.changed.emit())
        for line in (self.note, self.search):
            line.textChanged.connect(lambda _text: self.changed.emit())
        self.joins.toggled.connect(lambda _on: self.changed.emit())
        self.codes.ticked.connect(self.changed)
        self.list_button.clicked.connect(lambda _on: self.list_asked.emit())

    def _follow_source(self) -> None:
        """Show what belongs to the source: kept clips and lists stand as they are."""
        source = self.choice.source
        for part in self._of_tags:
            part.setVisible(source is Source.TAGS)
        for part in self._of_list:
            part.setVisible(source is Source.LIST)
        self._room.setVisible(source in {Source.TAGS, Source.SELECTED})
        self.source_shown.emit()


def _one(value: object) -> frozenset[str]:
    return frozenset({str(value)}) if value else frozenset()


def _many(noun: str, count: int) -> str:
    return f"The {noun}" if count == 1 else f"The {count:,} {noun}s"
