"""Shows the first and the last frame of the chosen clip side by side."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QImage, QPainter, QPaintEvent
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from annotator.gui.clips.frames import Ends, Shot
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.model.time import to_clock

HEIGHT, LEAST_HEIGHT = 132, 44
MASKS_NOT_SHOWN = "Masks and words on the picture are not shown here."
WORKING = "Looking at the film…"


class FrameView(QWidget):
    """One picture in its own shape, on the ground of a film."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._image: QImage | None = None
        self.set_theme(theme)

    @property
    def image(self) -> QImage | None:
        """What is shown; None for nothing."""
        return self._image

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or none."""
        self._image = image
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._ground, self._empty = theme.film_surround, theme.surface
        self.setMaximumHeight(theme.px(HEIGHT))
        self.setMinimumHeight(theme.px(LEAST_HEIGHT))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(HEIGHT * 16 // 9, self.maximumHeight())

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._empty if self._image is None else self._ground)
        if self._image is None:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawImage(self.rect().adjusted(left, top, -left, -top), self._image)


class EndsView(QWidget):
    """The two frames, under each when it comes and which it is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first, self.last = FrameView("First frame", theme), FrameView("Last frame", theme)
        self.first_words, self.last_words = QLabel(), QLabel()
        self.told = paragraph("")
        self.told.setAccessibleName("About the frames")
        row = QHBoxLayout()
        row.setSpacing(theme.spacing)
        for view, words in ((self.first, self.first_words), (self.last, self.last_words)):
            words.setWordWrap(True)
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
        self.set_theme(theme)
        self.clear()

    def show_ends(self, ends: Ends) -> None:
        """Show the ends of a clip."""
        self._show(self.first, self.first_words, "First", ends.first)
        self._show(self.last, self.last_words, "Last", ends.last)
        frames = "1 frame" if ends.count == 1 else f"{ends.count:,} frames"
        self.told.setText(f"{frames}. {MASKS_NOT_SHOWN}")

    def clear(self, told: str = "") -> None:
        """Show no frames, and say why."""
        for view, words in ((self.first, self.first_words), (self.last, self.last_words)):
            view.show_image(None)
            words.clear()
        self.told.setText(told)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        for view in (self.first, self.last):
            view.set_theme(theme)
        for label in (self.first_words, self.last_words, self.told):
            dress_quiet(label, theme)

    def _show(self, view: FrameView, words: QLabel, which: str, shot: Shot) -> None:
        view.show_image(shot.image)
        number = "" if shot.number is None else f" · frame {shot.number:,}"
        words.setText(f"{which}: {to_clock(shot.time)}{number}")
        view.setAccessibleDescription(words.text())
