"""The large picture on which masks are seen, drawn with the mouse, moved and resized."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt6.QtCore import QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.masks.geometry import Fit, Grip, between, dragged, grip_at
from annotator.gui.theme import Theme
from annotator.media.face_boxes import Box
from annotator.media.mask_pictures import Outline, OutlineKind

REACH = 8.0
_KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_FAR = 10
_SHAPES = {
    Grip.ALL: Qt.CursorShape.SizeAllCursor,
    Grip.LEFT: Qt.CursorShape.SizeHorCursor,
    Grip.RIGHT: Qt.CursorShape.SizeHorCursor,
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Grip.TOP_LEFT: Qt.CursorShape.SizeFDiagCursor,
    Grip.BOTTOM_RIGHT: Qt.CursorShape.SizeFDiagCursor,
    Grip.TOP_RIGHT: Qt.CursorShape.SizeBDiagCursor,
    Grip.BOTTOM_LEFT: Qt.CursorShape.SizeBDiagCursor,
}
COLOURS = {
    OutlineKind.FACE: QColor(255, 196, 0),
    OutlineKind.SHOWN: QColor(255, 82, 82),
    OutlineKind.DRAWN: QColor(77, 182, 255),
}


@dataclass(slots=True)
class _Drag:
    """What the mouse is at: a new box where `number` is None, else one that was drawn before."""

    number: int | None
    grip: Grip
    begun: tuple[float, float]
    before: Box
    now: Box | None = None


class MaskCanvas(QWidget):
    """Tells what is drawn, moved and chosen; boxes are in pixels of the film."""

    drawn = pyqtSignal(object)  # Box
    keyed = pyqtSignal(int, object)  # number of a drawn mask, and its Box
    chosen = pyqtSignal(object)  # Outline, or None
    stepped = pyqtSignal(int)  # so many frames on or back
    removed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._size = (16, 9)
        self._outlines: tuple[Outline, ...] = ()
        self._selected: tuple[OutlineKind, int] | None = None
        self._drag: _Drag | None = None
        self._surround = self._focus = QColor(0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("The picture with its masks")

    @property
    def fit(self) -> Fit:
        """Where the picture lies."""
        return Fit.of(self._size, (self.width(), self.height()))

    @property
    def selected(self) -> Outline | None:
        """The box that is chosen, where it stands in this picture."""
        found = (one for one in self._outlines if (one.kind, one.number) == self._selected)
        return next(found, None)

    @property
    def image(self) -> QImage | None:
        """The picture that is shown."""
        return self._image

    def show_size(self, size: tuple[int, int]) -> None:
        """Say how large the film's picture is, which boxes are measured in."""
        self._size = size
        self.update()

    def show_image(self, image: QImage | None) -> None:
        """Show another picture."""
        self._image = image
        self.update()

    def show_outlines(self, outlines: Sequence[Outline]) -> None:
        """Show the boxes of this moment."""
        self._outlines = tuple(outlines)
        self.update()

    def select(self, kind: OutlineKind | None, number: int = 0) -> None:
        """Choose a box, or none."""
        self._selected = None if kind is None else (kind, number)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._surround = theme.film_surround
        self._focus = theme.focus
        self.setMinimumSize(320, 200)
        self.update()

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        if event is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        place = self.fit.to_picture(event.position().x(), event.position().y())
        outline, grip = self._under(event.position().x(), event.position().y())
        if outline is None:
            self._drag = _Drag(None, Grip.NOTHING, place, Box(*place, *place))
            self._choose(None)
            return
        self._choose(outline)
        if outline.kind is OutlineKind.DRAWN:
            self._drag = _Drag(outline.number, grip, place, outline.box)

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        if event is None:
            return
        x, y = event.position().x(), event.position().y()
        if self._drag is None:
            outline, grip = self._under(x, y)
            is_drawn = outline is not None and outline.kind is OutlineKind.DRAWN
            cross, hand = Qt.CursorShape.CrossCursor, Qt.CursorShape.PointingHandCursor
            self.setCursor(cross if outline is None else _SHAPES[grip] if is_drawn else hand)
            return
        self._drag.now = self._dragged(self._drag, self.fit.to_picture(x, y))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        drag, self._drag = self._drag, None
        if drag is None or event is None:
            return
        if drag.now is not None and drag.now != drag.before:
            if drag.number is None:
                self.drawn.emit(drag.now)
            else:
                self.keyed.emit(drag.number, drag.now)
        self.update()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is None:
            return
        modifiers = event.modifiers()
        is_far = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        across, down = _KEYS.get(Qt.Key(event.key()), (0, 0))
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif not across and not down:
            super().keyPressEvent(event)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._nudge(across, down, resizes=is_far)
        elif across:
            self.stepped.emit(across * (_FAR if is_far else 1))

    def _nudge(self, across: int, down: int, *, resizes: bool) -> None:
        """Move the chosen mask by a little, or its right and lower side."""
        one = self.selected
        if one is not None and one.kind is OutlineKind.DRAWN:
            step = max(self._size[1] // 100, 1)
            grip = Grip.BOTTOM_RIGHT if resizes else Grip.ALL
            self.keyed.emit(one.number, dragged(one.box, grip, across * step, down * step))

    def _dragged(self, drag: _Drag, place: tuple[float, float]) -> Box | None:
        if drag.number is None:
            return between(drag.begun, place)
        across, down = place[0] - drag.begun[0], place[1] - drag.begun[1]
        return dragged(drag.before, drag.grip, across, down)

    def _under(self, x: float, y: float) -> tuple[Outline | None, Grip]:
        """Find the box under a place: the chosen one first, then masks, then the smallest face."""
        fit = self.fit
        held = [(one, grip_at(fit.to_screen(one.box), x, y, REACH)) for one in self._outlines]
        held = [pair for pair in held if pair[1] is not Grip.NOTHING]
        held.sort(
            key=lambda pair: (
                (pair[0].kind, pair[0].number) != self._selected,
                pair[0].kind is not OutlineKind.DRAWN,
                pair[0].box.area,
            )
        )
        return held[0] if held else (None, Grip.NOTHING)

    def _choose(self, outline: Outline | None) -> None:
        self._selected = None if outline is None else (outline.kind, outline.number)
        self.chosen.emit(outline)
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._surround)
        fit = self.fit
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            whole = fit.to_screen(Box(0, 0, *fit.size))
            painter.drawImage(_rect(whole), self._image)
        for one in self._outlines:
            is_chosen = (one.kind, one.number) == self._selected
            moved = self._drag is not None and self._drag.number == one.number and is_chosen
            box = self._drag.now if moved and self._drag and self._drag.now else one.box
            _outline(painter, fit.to_screen(box), COLOURS[one.kind], is_chosen=is_chosen)
        if self._drag is not None and self._drag.number is None and self._drag.now is not None:
            new = fit.to_screen(self._drag.now)
            _outline(painter, new, COLOURS[OutlineKind.DRAWN], is_chosen=True)
        if self.hasFocus():
            painter.setPen(QPen(self._focus, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def _outline(painter: QPainter, box: Box, colour: QColor, *, is_chosen: bool) -> None:
    """Draw a box that is seen on any picture; the chosen one has handles."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 160), 5 if is_chosen else 4))
    painter.drawRect(_rect(box))
    painter.setPen(QPen(colour, 3 if is_chosen else 2))
    painter.drawRect(_rect(box))
    if is_chosen:
        for x in (box.left, box.right):
            for y in (box.top, box.bottom):
                painter.fillRect(QRectF(x - 5, y - 5, 10, 10), QColor(0, 0, 0, 160))
                painter.fillRect(QRectF(x - 4, y - 4, 8, 8), colour)


def _rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
