"""The film's picture: one frame, letterboxed, or a word where there is none."""

from __future__ import annotations

from PyQt6.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QFocusEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PyQt6.QtWidgets import QWidget

from annotator.gui.player.framing import moved, seen_part, zoomed
from annotator.gui.player.picture_paint import (
    paint_caption,
    paint_focus,
    paint_speed,
    paint_words,
)
from annotator.gui.player.scaling import FrameScaler, letterbox
from annotator.gui.theme import Theme
from annotator.model.recording import Look

NOTCH = 120  # what a wheel's click counts in Qt's units
ZOOM_A_NOTCH = 1.25
SMALLEST = QSize(320, 180)
USUAL = QSize(770, 480)
_BY_KEYBOARD = frozenset(
    {
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
    }
)
_RETURNING = frozenset({Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason})


class PictureView(QWidget):
    """Shows what it is given; takes the focus but no key.

    The wheel asks for frames, with Ctrl it zooms about the pointer; a zoomed picture is moved by
    dragging it. `look_changed` tells a zoom or place that a hand chose.
    """

    jogged = pyqtSignal(int)  # frames, back where negative
    look_changed = pyqtSignal(object)  # Look
    double_clicked = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._frame = QImage()
        self._words = ("", "", "")  # icon, title, what stands below
        self._caption = ""
        self._speed = 1.0
        self._playing = False
        self._marked = False
        self._look = Look()
        self._rolled = 0
        self._grip: QPointF | None = None
        self._scaler = FrameScaler()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(SMALLEST)
        self.setAccessibleName("Film")

    @property
    def message(self) -> str:
        """The words shown in place of a frame; empty where a frame or nothing is shown."""
        return " ".join(part for part in self._words[1:] if part)

    @property
    def frame(self) -> QImage:
        """The frame shown, as it was given; null where none is."""
        return self._frame

    def show_frame(self, image: QImage) -> None:
        """Show a frame whose pixels are square."""
        self._show(image, ("", "", ""))

    def set_look(self, look: Look) -> None:
        """Show the part that the look asks for; its other wishes are for whoever makes frames."""
        self._look = look
        self.setCursor(
            Qt.CursorShape.OpenHandCursor if look.zoom > 1 else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._show(QImage(), ("", "", ""))

    def show_message(self, text: str) -> None:
        """Show words in place of the film."""
        self._show(QImage(), ("", "", text))

    def show_sound_only(self, title: str) -> None:
        """Show that the recording has no picture."""
        self._show(QImage(), ("sound", title, "Sound only: this recording has no picture."))

    def set_caption(self, caption: str) -> None:
        """Write which recording this is into a corner; nothing where empty."""
        if caption != self._caption:
            self._caption = caption
            self.update()

    def set_speed(self, speed: float) -> None:
        """Show the speed in the corner, unless it is 1."""
        if speed != self._speed:
            self._speed = speed
            self.update()

    def set_playing(self, *, playing: bool) -> None:
        """Paint fast while playing, and as well as can be while not."""
        if playing != self._playing:
            self._playing = playing
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return USUAL

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        if event is not None and event.reason() not in _RETURNING:
            self._marked = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        super().focusOutEvent(event)
        self.update()

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is None or self._frame.isNull():
            return
        event.accept()
        turned = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = ZOOM_A_NOTCH ** (turned / NOTCH)
            size = self._frame.size()
            self._choose(zoomed(self._look, factor, event.position(), size, self.size()))
            return
        self._rolled += turned
        notches = int(self._rolled / NOTCH)
        self._rolled -= notches * NOTCH
        if notches:
            self.jogged.emit(-notches)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        is_left = event is not None and event.button() == Qt.MouseButton.LeftButton
        if event is not None and is_left and self._look.zoom > 1:
            self._grip = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None or self._grip is None or self._frame.isNull():
            return
        by = event.position() - self._grip
        self._grip = event.position()
        self._choose(moved(self._look, by, self._frame.size(), self.size()))

    def mouseReleaseEvent(self, _event: QMouseEvent | None) -> None:
        if self._grip is not None:
            self._grip = None
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.film_surround)
        box = QRectF(self.rect())
        if not self._frame.isNull():
            self._paint_frame(painter)
        elif any(self._words):
            paint_words(painter, box, *self._words)
        if self._speed != 1 and not self._frame.isNull():
            paint_speed(painter, box, self._speed)
        if self._caption:
            paint_caption(painter, box, self._caption)
        if self._marked and self.hasFocus():
            paint_focus(painter, box, self._theme)

    def _paint_frame(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        if self._look.zoom > 1:
            source, target = seen_part(self._frame.size(), self.size(), ratio, self._look)
            on_screen = QRectF(target.topLeft() / ratio, target.size() / ratio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(on_screen, self._frame, source)
            return
        place = letterbox(self._frame.size(), self.size(), ratio)
        self._scaler.paint(painter, self._frame, place, ratio, fast=self._playing)

    def _choose(self, look: Look) -> None:
        if look != self._look:
            self.set_look(look)
            self.look_changed.emit(look)

    def _show(self, image: QImage, words: tuple[str, str, str]) -> None:
        self._frame = image
        self._words = words
        self._scaler.forget()
        self.setAccessibleDescription(self.message)
        self.update()
