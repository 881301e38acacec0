"""Shows the first and the last frame of the chosen clip side by side."""

from __future__ import annotations

from functools import partial

from PyQt6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.gui.clips.frame_view import FrameView
from annotator.gui.clips.frames import Ends, Shot
from annotator.gui.clips.large import FIRST, LAST, LargeFrames
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.time import to_clock

HEIGHT, LEAST_HEIGHT = 168, 44
AS_WRITTEN = "Both are shown as they will be in the clip."
BARE = "Faces are not covered here; in the clip they will be."
SEARCHING = "Faces are not covered here yet; they are being looked for"
HINT = "Click one to see it larger."
_HUNDRED = 100


class EndsView(QWidget):
    """The two frames, under each when it comes and which it is; either can be shown larger."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first, self.last = (FrameView(one, theme, grows=True) for one in (FIRST, LAST))
        self.first_words, self.last_words = QLabel(), QLabel()
        self.told = paragraph("")
        self.told.setAccessibleName("About the frames")
        self.large: LargeFrames | None = None
        self._theme, self._count, self._about = theme, "", ""
        self._lay_out(theme)
        self.set_theme(theme)
        self.clear()

    @property
    def _pairs(self) -> tuple[tuple[FrameView, QLabel], ...]:
        return (self.first, self.first_words), (self.last, self.last_words)

    def show_ends(self, ends: Ends) -> None:
        """Show the ends of a clip."""
        self._show(self.first, self.first_words, "First", ends.first)
        self._show(self.last, self.last_words, "Last", ends.last)
        self._count = "1 frame" if ends.count == 1 else f"{ends.count:,} frames"
        self._tell(BARE if ends.to_search else AS_WRITTEN)

    def show_search(self, fraction: float) -> None:
        """Tell how far the search for faces is, from 0 to 1."""
        self._tell(f"{SEARCHING}: {round(fraction * _HUNDRED)} %.")

    def show_search_trouble(self, text: str) -> None:
        """Tell why faces could not be looked for."""
        self._tell(f"Faces are not covered here. {text}")

    def clear(self, told: str = "") -> None:
        """Show no frames, and say why."""
        for view, words in self._pairs:
            view.show_image(None)
            words.clear()
        self.told.setText(told)
        if self.large is not None:
            self.large.hide()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        for view in (self.first, self.last):
            view.set_theme(theme)
            view.setMaximumHeight(theme.px(HEIGHT))
            view.setMinimumHeight(theme.px(LEAST_HEIGHT))
            view.updateGeometry()
        for label in (self.first_words, self.last_words, self.told):
            dress_quiet(label, theme)
        if self.large is not None:
            self.large.set_theme(theme)

    def _show(self, view: FrameView, words: QLabel, which: str, shot: Shot) -> None:
        view.show_image(shot.image)
        number = "" if shot.number is None else f" · frame {shot.number:,}"
        words.setText(f"{which}: {to_clock(shot.time)}{number}")
        view.setAccessibleDescription(words.text())

    def _tell(self, text: str) -> None:
        """Say something of the frames, and how many there are."""
        self._about = f"{self._count}. {text}"
        self.told.setText(f"{self._about} {HINT}")
        self._renew_large()

    def _enlarge(self, place: int) -> None:
        if self.large is None:
            self.large = LargeFrames(self._theme, self)
        self._renew_large()
        self.large.choose(place)
        self.large.open()

    def _renew_large(self) -> None:
        """Let the large pictures be those that are shown here."""
        if self.large is not None:
            pages = [(one.image, words.text()) for one, words in self._pairs]
            self.large.show_frames(pages, self._about)

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.spacing)
        for place, (view, words) in enumerate(self._pairs):
            words.setWordWrap(True)
            view.asked_larger.connect(partial(self._enlarge, place))
            column = QVBoxLayout()
            column.setSpacing(theme.spacing_tiny)
            column.addWidget(view)
            column.addWidget(words)
            row.addLayout(column)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.spacing_tiny)
        rows.addLayout(row)
        rows.addWidget(self.told)
