"""Shows the first or the last frame of a clip as large as the window allows."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QDialog, QLabel, QPushButton, QTabBar, QWidget

from annotator.gui.clips.frame_view import FrameView
from annotator.gui.dialogs.pieces import button_row, paragraph, prepare, resize_within
from annotator.gui.dialogs.tabs import bar_style
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme

FIRST, LAST = "First frame", "Last frame"
SIZE = (1120, 820)


class LargeFrames(QDialog):
    """One of the two at a time; the arrow keys change between them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.view = QTabBar(), FrameView("The frame", theme)
        self.words, self.told = QLabel(), paragraph("")
        self._pages: Sequence[tuple[QImage | None, str]] = ()
        rows = prepare(self, "The ends of the clip", "clips")
        for name in (FIRST, LAST):
            self.bar.addTab(name)
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        rows.addWidget(self.bar)
        rows.addWidget(self.view, 1)
        rows.addWidget(self.words)
        rows.addWidget(self.told)
        close = QPushButton("Close")
        close.clicked.connect(lambda _on: self.accept())
        rows.addLayout(button_row((), close))
        self.bar.currentChanged.connect(lambda _place: self._show())
        self.set_theme(theme)
        resize_within(self, theme.px(SIZE[0]), theme.px(SIZE[1]))

    def show_frames(self, pages: Sequence[tuple[QImage | None, str]], told: str) -> None:
        """Have both frames, each with words of its own, and words about both."""
        self._pages = pages
        self.told.setText(told)
        self._show()

    def choose(self, place: int) -> None:
        """Show the first frame at 0, the last at 1."""
        self.bar.setCurrentIndex(place)
        self.bar.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.view.set_theme(theme)
        self.bar.setStyleSheet(bar_style(theme))
        for label in (self.words, self.told):
            dress_quiet(label, theme)

    def _show(self) -> None:
        image, words = self._pages[self.bar.currentIndex()] if self._pages else (None, "")
        self.view.show_image(image)
        self.view.setAccessibleDescription(words)
        self.words.setText(words)
