"""One picture in its own shape, on the ground of a film; a click or a key asks for it larger."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.theme import Theme

LARGER = "Show it larger"
_WIDTH = 240
_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FrameView(QWidget):
    """Fills its room with a picture, as far as its shape allows.

    One that `grows` is small, as high as it may be at most, and can be asked for larger.
    """

    asked_larger = pyqtSignal()

    def __init__(self, name: str, theme: Theme, *, grows: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        down = QSizePolicy.Policy.Preferred if grows else QSizePolicy.Policy.Expanding
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)
        self._grows = grows
        self._image: QImage | None = None
        self._fitted: QImage | None = None
        self.set_theme(theme)
        self.show_image(None)

    @property
    def image(self) -> QImage | None:
        """What is shown; None for nothing."""
        return self._image

    def show_image(self, image: QImage | None) -> None:
        """Show a picture, or none; only what shows one can be asked for it larger."""
        self._image, self._fitted = image, None
        can_grow = self._grows and image is not None
        policy = Qt.FocusPolicy.StrongFocus if can_grow else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self.setToolTip(LARGER if can_grow else "")
        shape = Qt.CursorShape.PointingHandCursor if can_grow else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._ground, self._empty = theme.film_surround, theme.surface
        self._ring, self._ink = theme.focus, theme.text_muted
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, self.maximumHeight() if self._grows else _WIDTH)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() is Qt.MouseButton.LeftButton:
            self._ask()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in _KEYS:
            self._ask()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._empty if self._image is None else self._ground)
        if self._image is None:
            painter.setPen(self._ink)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.accessibleName())
        else:
            fitted = self._fitting(self._image)
            size = fitted.size() / fitted.devicePixelRatio()
            left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
            painter.drawImage(left, top, fitted)
        if self.hasFocus():
            painter.setPen(QPen(self._ring, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _ask(self) -> None:
        if self._grows and self._image is not None:
            self.asked_larger.emit()

    def _fitting(self, image: QImage) -> QImage:
        """Give the picture in the size that it has room for, made once by averaging."""
        ratio = self.devicePixelRatioF()
        room = QSize(round(self.width() * ratio), round(self.height() * ratio))
        size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._fitted is None or self._fitted.size() != size:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._fitted = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._fitted.setDevicePixelRatio(ratio)
        return self._fitted
