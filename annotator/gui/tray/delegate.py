"""Draws a clip of the tray: its first frame, its title, from when to when, and what it holds."""

from __future__ import annotations

from PyQt6.QtCore import QAbstractItemModel, QModelIndex, QPoint, QRect, QSize, Qt
from PyQt6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PyQt6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.gui.icons import icon
from annotator.gui.theme import Theme
from annotator.gui.tray.model import CLIP_ROLE, ClipRow
from annotator.gui.tray.words import marks_of, title_words, when_words

HEIGHT, PICTURE_WIDTH, PICTURE_HEIGHT, MARK = 60, 78, 48, 15
_ELIDED = Qt.TextElideMode.ElideRight
_LEFT = int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignVCenter)


class ClipDelegate(QStyledItemDelegate):
    """Draws clips, and lets their titles be written where they stand."""

    def __init__(self, theme: Theme, font: QFont) -> None:
        super().__init__()
        self.set_theme(theme, font)

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Draw with other colours and type."""
        self._theme = theme
        self._bold = theme.body(font)
        self._bold.setWeight(QFont.Weight.DemiBold)
        self._small = theme.digits(theme.small(font))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex) -> QSize:
        return QSize(self._theme.px(180), self._theme.px(HEIGHT))

    def paint(
        self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        row = index.data(CLIP_ROLE)
        if painter is None or not isinstance(row, ClipRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._draw_ground(painter, option)
        self._draw_picture(painter, picture_rect(option.rect, self._theme), row)
        self._draw_words(painter, self._words_rect(option.rect), row)
        painter.restore()

    def createEditor(
        self, parent: QWidget | None, _option: QStyleOptionViewItem, _index: QModelIndex
    ) -> QWidget:
        field = QLineEdit(parent)
        field.setAccessibleName("Title of the clip")
        return field

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole))
            editor.setPlaceholderText(index.data(Qt.ItemDataRole.DisplayRole))
            editor.selectAll()

    def setModelData(
        self, editor: QWidget | None, model: QAbstractItemModel | None, index: QModelIndex
    ) -> None:
        is_new = isinstance(editor, QLineEdit) and editor.text() != index.data(
            Qt.ItemDataRole.EditRole
        )
        if is_new and model is not None and isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget | None, option: QStyleOptionViewItem, _index: QModelIndex
    ) -> None:
        if editor is not None:
            room = self._words_rect(option.rect)
            high = max(editor.sizeHint().height(), room.height() // 2)
            editor.setGeometry(room.left(), room.top(), room.width(), high)

    def _words_rect(self, rect: QRect) -> QRect:
        left = picture_rect(rect, self._theme).right() + self._theme.spacing
        right = rect.right() - self._theme.spacing_small
        tiny = self._theme.spacing_tiny
        return QRect(QPoint(left, rect.top() + tiny), QPoint(right, rect.bottom() - tiny))

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        theme, rect, state = self._theme, option.rect, option.state
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = theme.selection if is_selected else theme.hover if is_hovered else theme.surface
        painter.fillRect(rect, ground)
        painter.setPen(QPen(theme.line, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _draw_picture(self, painter: QPainter, room: QRect, row: ClipRow) -> None:
        theme = self._theme
        painter.fillRect(room, theme.film_surround)
        if row.picture is not None:
            size = row.picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(QPoint(0, 0), size)
            place.moveCenter(room.center())
            painter.drawImage(place, row.picture)
        else:
            shape = QRect(0, 0, theme.px(22), theme.px(22))
            shape.moveCenter(room.center())
            icon("film", theme.line_strong).paint(painter, shape)
        self._draw_number(painter, room, str(row.number))

    def _draw_number(self, painter: QPainter, room: QRect, number: str) -> None:
        theme = self._theme
        painter.setFont(self._small)
        width = QFontMetrics(self._small).horizontalAdvance(number) + theme.px(8)
        plate = QRect(room.left(), room.top(), width, QFontMetrics(self._small).height())
        painter.fillRect(plate, theme.accent)
        painter.setPen(theme.accent_text)
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, number)

    def _draw_words(self, painter: QPainter, room: QRect, row: ClipRow) -> None:
        theme, half = self._theme, room.height() // 2
        upper = QRect(room.left(), room.top(), room.width(), half)
        lower = QRect(room.left(), room.top() + half, room.width(), room.height() - half)
        marks = [*marks_of(row.clip), *(("lock",) if row.trouble else ())]
        upper.setRight(self._draw_marks(painter, upper, marks))
        painter.setFont(self._bold)
        painter.setPen(theme.text if row.clip.title else theme.text_muted)
        name = title_words(row.clip, row.number)
        text = QFontMetrics(self._bold).elidedText(name, _ELIDED, upper.width())
        painter.drawText(upper, _LEFT, text)
        painter.setFont(self._small)
        painter.setPen(theme.text_muted)
        text = QFontMetrics(self._small).elidedText(when_words(row.clip), _ELIDED, lower.width())
        painter.drawText(lower, _LEFT, text)

    def _draw_marks(self, painter: QPainter, room: QRect, marks: list[str]) -> int:
        """Draw icons from the right; gives the last pixel that is left for words."""
        theme, size = self._theme, self._theme.px(MARK)
        right = room.right()
        for name in reversed(marks):
            place = QRect(right - size, room.center().y() - size // 2, size, size)
            colours = {"lock": theme.danger, "warning": theme.warning}
            icon(name, colours.get(name, theme.text_muted)).paint(painter, place)
            right = place.left() - theme.spacing_tiny
        return right


def picture_rect(rect: QRect, theme: Theme) -> QRect:
    """Give where in a row the first frame stands."""
    gap = theme.spacing_tiny + theme.px(2)
    height = rect.height() - 2 * gap
    return QRect(
        rect.left() + theme.spacing_small, rect.top() + gap, theme.px(PICTURE_WIDTH), height
    )
