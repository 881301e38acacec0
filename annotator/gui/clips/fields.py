"""All that is chosen of clips: for whom they are first of all, and the rest under four tabs."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.gui.clips.choices import ClipsChoice, Writes
from annotator.gui.clips.how_tab import HowTab
from annotator.gui.clips.pieces import list_field
from annotator.gui.clips.what_tab import WhatTab
from annotator.gui.clips.where_tab import WhereTab
from annotator.gui.clips.whom_tab import WhomTab
from annotator.gui.dialogs.tabs import Tabs
from annotator.gui.panels.labels import dress_heading
from annotator.gui.theme import Theme
from annotator.model.participant import ConsentScope

CHOOSE = "Choose…"


class ClipsFields(QWidget):
    """Tells whenever something else is chosen."""

    changed = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.level = list_field("For whom the clips are")
        self.what, self.whom = WhatTab(theme), WhomTab(theme)
        self.how, self.where = HowTab(theme), WhereTab(theme)
        self.tabs, self._heading = Tabs(theme), QLabel("Clips for")
        self._fill(theme)
        self.set_theme(theme)

    @property
    def choice(self) -> ClipsChoice | None:
        """What is chosen; None where it is not said for whom."""
        level = self.level.currentData()
        if not level:
            return None
        parts = (self.what.choice, self.whom.choice, self.how.choice, self.where.choice)
        return ClipsChoice(ConsentScope(level), *parts)

    def choose_level(self, level: ConsentScope) -> None:
        """Choose for whom the clips are."""
        self.level.setCurrentIndex(self.level.findData(level.value))

    def forget(self, folder: Path) -> None:
        """Choose nobody and nothing, as at first; clips go to this folder."""
        self.level.setCurrentIndex(0)
        for tab in (self.what, self.whom, self.how, self.where):
            tab.forget()
        self.where.take_folder(folder)
        self.tabs.setCurrentIndex(0)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for part in (self.what, self.whom, self.how, self.where, self.tabs):
            part.set_theme(theme)
        dress_heading(self._heading, theme)

    def _follow_kind(self) -> None:
        """Let that be chosen which what is written can hold; a reel is always a film."""
        form, writes = self.how.form_chosen, self.where.choice.writes
        is_reel = writes is not Writes.EACH
        has_picture, has_sound = form.has_picture or is_reel, form.has_sound or is_reel
        for part in (self.how.view, self.whom):
            part.follow_kind(has_picture=has_picture, has_sound=has_sound)

    def _fill(self, theme: Theme) -> None:
        self.level.addItem(CHOOSE, "")
        for level in ConsentScope:
            self.level.addItem(f"{level.told[:1].upper()}{level.told[1:]}", level.value)
        self._heading.setBuddy(self.level)
        self.tabs.setAccessibleName("What, for whom, how and where")
        for one in (self.how, self.where):  # before whoever listens to `changed` asks for choices
            one.changed.connect(self._follow_kind)
        self.what.source_shown.connect(lambda: self.where.follow_source(self.what.choice.source))
        for tab, words in (
            (self.what, "What"),
            (self.whom, "For whom"),
            (self.how, "How"),
            (self.where, "Where"),
        ):
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setAccessibleName(words)
            self.tabs.addTab(scroll, words)
            scroll.setWidget(tab)  # last, since what is in it is styled anew wherever it comes
            tab.changed.connect(self.changed)
        self.level.currentIndexChanged.connect(lambda _at: self.changed.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        for part in (self._heading, self.level):
            column.addWidget(part)
        column.addWidget(self.tabs, 1)
