"""The clock of the film, which turns into a field to type where to go."""

from __future__ import annotations

from PyQt6 import sip
from PyQt6.QtCore import QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PyQt6.QtWidgets import QApplication, QSizePolicy, QWidget

from annotator.gui.player.buttons import on_bar
from annotator.gui.player.go_to import WHAT_TO_TYPE, FrameTarget, TimeTarget, read_target
from annotator.gui.player.go_to_field import GoToField
from annotator.gui.player.words import frame_words, no_such_frame, position_tip
from annotator.gui.theme import READOUT_PX, Theme
from annotator.model.time import ZERO, Micros, to_clock

CLOCK_HEIGHT, SMALL_HEIGHT = 30, 22
PADDING = 6
WIDEST_CLOCK = "0:00:00.000"
_LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Readout(QWidget):
    """Shows the time and the frame; clicked, it asks where to go."""

    time_requested = pyqtSignal(object)  # Micros
    frame_requested = pyqtSignal(int)

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self._time, self._index = ZERO, -1
        self._count, self._duration = 0, ZERO
        self._playing = False
        self._problem = ""
        self._came_from: QWidget | None = None
        self._field = GoToField(self)
        self._field.hide()
        self._field.returnPressed.connect(self._go)
        self._field.textEdited.connect(self._forget_problem)
        self._field.given_up.connect(self.give_up)
        self._field.focus_lost.connect(self._put_away)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)
        self.set_film(0, ZERO)

    @property
    def clock_text(self) -> str:
        """The large line."""
        return to_clock(self._time)

    @property
    def small_text(self) -> str:
        """The small line: what is wrong, what to type, or which frame this is."""
        if self.is_asking:
            words = self._problem or WHAT_TO_TYPE
            return self._fitting((words, words.removeprefix("Type ")))
        return self._fitting(frame_words(self._index, self._count, self._duration))

    @property
    def is_asking(self) -> bool:
        """Whether the field to type in is shown."""
        return not self._field.isHidden()

    @property
    def field(self) -> GoToField:
        """The field to type in."""
        return self._field

    def show_position(self, time: Micros, index: int) -> None:
        """Show a time and the number of its frame, -1 where there is none."""
        self._time, self._index = time, index
        if not self._playing:
            self._say()
        self.update()

    def set_film(self, count: int, duration: Micros) -> None:
        """Take up how many frames there are and how long the film lasts; both 0 without a film."""
        self._count, self._duration = count, duration
        if not count and not duration:
            self._time, self._index = ZERO, -1
        self.updateGeometry()
        self.setToolTip(position_tip(count, duration, self._key))
        self._say()
        self.update()

    def show_key(self, key: str) -> None:
        """Name the key that begins going to a time; empty where there is none."""
        self._key = key
        self.setToolTip(position_tip(self._count, self._duration, key))

    def set_playing(self, *, playing: bool) -> None:
        """Be quiet to screen readers while the film plays."""
        self._playing = playing
        if not playing:
            self._say()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self._field.setFont(self._clock_font())
        self._field.setStyleSheet(_field_sheet(theme))
        self.updateGeometry()
        self.update()

    def begin(self) -> None:
        """Ask where to go."""
        if not self.isEnabled():
            return
        if not self.is_asking:
            self._came_from = QApplication.focusWidget()
            self._problem = ""
            self._field.setText(self.clock_text)
            self._field.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()
        self.update()

    def give_up(self) -> None:
        """Show the clock again, and put the focus back to where it was."""
        if not self.is_asking:
            return
        before, self._came_from = self._came_from, None
        if before is not None and not sip.isdeleted(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._field.clearFocus()
        self._put_away()

    def minimumSizeHint(self) -> QSize:
        clock = QFontMetrics(self._clock_font()).horizontalAdvance(WIDEST_CLOCK)
        return QSize(clock + 2 * PADDING, self._clock_height() + self._theme.px(SMALL_HEIGHT))

    def sizeHint(self) -> QSize:
        least = self.minimumSizeHint()
        metrics = QFontMetrics(self._small_font())
        longest = frame_words(max(self._count - 1, 0), self._count, self._duration)[0]
        widest = max(metrics.horizontalAdvance(text) for text in (longest, WHAT_TO_TYPE))
        return QSize(max(least.width(), widest + 2 * PADDING), least.height())

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        self._field.setGeometry(0, 0, self.width(), self._clock_height() + 2)

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.begin()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.begin()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter, clock_height = QPainter(self), self._clock_height()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.is_asking:
            self._paint_ground(painter)
            painter.setFont(self._clock_font())
            painter.setPen(self._theme.text if self.isEnabled() else self._theme.line_strong)
            clock = QRect(PADDING, 2, self.width(), clock_height - 2)
            painter.drawText(clock, _LINE, self.clock_text)
        painter.setFont(self._small_font())
        painter.setPen(self._theme.danger if self._problem else self._theme.text_muted)
        small_height = self._theme.px(SMALL_HEIGHT) - 4
        small = QRect(PADDING, clock_height, self.width(), small_height)
        painter.drawText(small, _LINE, self.small_text)

    def _paint_ground(self, painter: QPainter) -> None:
        """Show that the clock can be pressed, or that Enter would press it."""
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._theme.focus, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        hovered = self.underMouse() and self.isEnabled()
        painter.setBrush(self._theme.hover if hovered else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, self._theme.radius, self._theme.radius)

    def _go(self) -> None:
        target = read_target(self._field.text())
        if target is None:
            self._refuse(WHAT_TO_TYPE)
        elif isinstance(target, TimeTarget):
            self.give_up()
            self.time_requested.emit(target.time)
        elif not self._has(target):
            self._refuse(no_such_frame(self._count))
        else:
            self.give_up()
            self.frame_requested.emit(target.index)

    def _has(self, target: FrameTarget) -> bool:
        return target.index < self._count

    def _refuse(self, problem: str) -> None:
        self._problem = problem
        self._field.setAccessibleDescription(problem)
        self._field.selectAll()
        self.update()

    def _forget_problem(self) -> None:
        self._problem = ""
        self._field.setAccessibleDescription("")
        self.update()

    def _put_away(self) -> None:
        self._forget_problem()
        self._field.hide()

    def _fitting(self, texts: tuple[str, ...]) -> str:
        metrics = QFontMetrics(self._small_font())
        room = self.width() - 2 * PADDING
        return next((text for text in texts if metrics.horizontalAdvance(text) <= room), texts[-1])

    def _clock_font(self) -> QFont:
        return self._theme.readout(self.font(), on_bar(self._theme, READOUT_PX))

    def _clock_height(self) -> int:
        return on_bar(self._theme, CLOCK_HEIGHT)

    def _small_font(self) -> QFont:
        return self._theme.digits(self._theme.small(self.font()))

    def _say(self) -> None:
        words = frame_words(self._index, self._count, self._duration)[0]
        self.setAccessibleName(f"Position {self.clock_text}, {words}")


def _field_sheet(theme: Theme) -> str:
    return (
        f"QLineEdit {{ background: {theme.surface.name()}; color: {theme.text.name()};"
        f" border: 2px solid {theme.focus.name()}; border-radius: {theme.radius}px;"
        f" padding: 0 {PADDING - 4}px; selection-background-color: {theme.selection.name()};"
        f" selection-color: {theme.text.name()}; }}"
    )
