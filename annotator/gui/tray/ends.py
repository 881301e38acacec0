"""The first and the last frame of a clip side by side, with what moves its bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QPoint, QRect, QSize, Qt
from PyQt6.QtGui import QAction, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.icons import icon
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme
from annotator.gui.tray.pieces import ActionButton

PICTURE = QSize(150, 86)
"""The room of a picture at usual type; it grows with the page."""

NO_FRAME = "no picture"
_Keep = Qt.AspectRatioMode.KeepAspectRatio


@dataclass(frozen=True, slots=True)
class EndShown:
    """A frame at an end of a clip: when it comes on screen, in words, and its picture if made."""

    when: str = ""
    picture: QImage | None = None


class FrameButton(QAbstractButton):
    """Shows a frame; pressed, the film goes there."""

    def __init__(self, theme: Theme, action: QAction) -> None:
        super().__init__()
        self._theme = theme
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(action.toolTip())
        action.changed.connect(lambda: self.setToolTip(action.toolTip()))
        self.clicked.connect(action.trigger)

    @property
    def picture(self) -> QImage | None:
        """What is shown; None while it is not decoded, or cannot be."""
        return self._picture

    def show_picture(self, picture: QImage | None) -> None:
        """Show a picture, or none."""
        self._picture = picture
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.setFixedHeight(theme.px(PICTURE.height()))
        self.update()

    def sizeHint(self) -> QSize:
        return PICTURE * self._theme.scale

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self._theme.px(PICTURE.height()))

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), self._theme.film_surround)
        if self._picture is not None:
            place = QRect(QPoint(0, 0), self._picture.size().scaled(self.size(), _Keep))
            place.moveCenter(self.rect().center())
            painter.drawImage(place, self._picture)
        else:
            shape = QRect(0, 0, self._theme.px(26), self._theme.px(26))
            shape.moveCenter(self.rect().center())
            icon("film", self._theme.line_strong).paint(painter, shape)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.focus, 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif event is not None:
            event.ignore()


class EndBox(QWidget):
    """One end: its frame, when that comes, and buttons that move the end.

    `ids` are those of the actions that go there and that move it: back, here and on.
    """

    def __init__(
        self, name: str, ids: Sequence[str], by_id: Mapping[str, QAction], theme: Theme
    ) -> None:
        super().__init__()
        go, back, here, on = (by_id[one] for one in ids)
        self._name = name
        self.frame, self.when = FrameButton(theme, go), QLabel()
        self.buttons = (
            ActionButton(back, "", "step_back"),
            ActionButton(here, "Set here"),
            ActionButton(on, "", "step_forward"),
        )
        self.when.setTextFormat(Qt.TextFormat.PlainText)
        self.when.setWordWrap(True)
        self._lay_out(theme)

    def show_end(self, shown: EndShown) -> None:
        """Show a frame."""
        when = shown.when or NO_FRAME
        self.when.setText(f"{self._name}\n{when}")
        self.frame.setAccessibleName(f"{self._name}: {when}")
        self.frame.show_picture(shown.picture)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.frame.set_theme(theme)
        dress_quiet(self.when, theme)
        for button in self.buttons:
            button.set_theme(theme)

    def _lay_out(self, theme: Theme) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_tiny)
        row = QHBoxLayout()
        row.setSpacing(theme.spacing_tiny)
        row.addWidget(self.buttons[0])
        row.addStretch(1)
        row.addWidget(self.buttons[1])
        row.addStretch(1)
        row.addWidget(self.buttons[2])
        column.addWidget(self.frame)
        column.addLayout(row)
        column.addWidget(self.when)


class EndsBox(QWidget):
    """Both ends of a clip: what the file will begin and end with."""

    def __init__(self, by_id: Mapping[str, QAction], theme: Theme) -> None:
        super().__init__()
        first = ("clip_first", "clip_start_earlier", "clip_start_here", "clip_start_later")
        last = ("clip_last", "clip_end_earlier", "clip_end_here", "clip_end_later")
        self.first = EndBox("First frame", first, by_id, theme)
        self.last = EndBox("Last frame", last, by_id, theme)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(theme.spacing_small)
        self._both.addWidget(self.first, 1)
        self._both.addWidget(self.last, 1)

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as one of them: where there is no room, one stands below the other."""
        least = super().minimumSizeHint()
        widest = max(one.minimumSizeHint().width() for one in (self.first, self.last))
        return QSize(widest, least.height())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stand side by side where there is room for it."""
        needed = sum(one.minimumSizeHint().width() for one in (self.first, self.last))
        has_room = needed + self._both.spacing() <= self.width()
        ways = QBoxLayout.Direction
        self._both.setDirection(ways.LeftToRight if has_room else ways.TopToBottom)
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.first.set_theme(theme)
        self.last.set_theme(theme)
