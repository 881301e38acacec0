"""How Qt's own controls are drawn, where a style sheet cannot tell: boxes, marks and outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSpinBox,
    QWidget,
)

if TYPE_CHECKING:
    from annotator.gui.theme import Theme

_Metric, _Primitive = QStyle.PixelMetric, QStyle.PrimitiveElement
_SCALED = frozenset(
    {
        _Metric.PM_IndicatorWidth,
        _Metric.PM_IndicatorHeight,
        _Metric.PM_ExclusiveIndicatorWidth,
        _Metric.PM_ExclusiveIndicatorHeight,
        _Metric.PM_SmallIconSize,
        _Metric.PM_LineEditIconSize,
        _Metric.PM_CheckBoxLabelSpacing,
    }
)
_BOXES = frozenset({_Primitive.PE_IndicatorCheckBox, _Primitive.PE_IndicatorItemViewItemCheck})
_OUTLINED = frozenset({QStyle.ComplexControl.CC_SpinBox, QStyle.ComplexControl.CC_ComboBox})
_MARK = ((0.22, 0.52), (0.43, 0.72), (0.78, 0.28))
"""The check mark, in parts of its box."""


class Style(QProxyStyle):
    """Fusion, with outlines that can be seen in both themes and controls of the theme's size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Fusion")
        self._theme = theme

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        size = super().pixelMetric(metric, option, widget)
        return round(size * self._theme.scale) if metric in _SCALED else size

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption | None,
        painter: QPainter | None,
        widget: QWidget | None = None,
    ) -> None:
        if option is None or painter is None:
            return
        if element in _BOXES:
            self._draw_box(option, painter)
        elif element is _Primitive.PE_IndicatorRadioButton:
            self._draw_round(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex | None,
        painter: QPainter | None,
        widget: QWidget | None = None,
    ) -> None:
        super().drawComplexControl(control, option, painter, widget)
        if control not in _OUTLINED or option is None or painter is None:
            return
        has_frame = not isinstance(option, QStyleOptionSpinBox) or option.frame
        if has_frame:
            self._draw_outline(option, painter)

    def _draw_outline(self, option: QStyleOption, painter: QPainter) -> None:
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        width = 2 if has_focus else 1
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._ink(option) if not has_focus else self._theme.focus, width))
        box = QRectF(option.rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, 3, 3)
        painter.restore()

    def _draw_box(self, option: QStyleOption, painter: QPainter) -> None:
        theme = self._theme
        is_on = bool(option.state & QStyle.StateFlag.State_On)
        is_between = bool(option.state & QStyle.StateFlag.State_NoChange)
        box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._ink(option), 1))
        painter.setBrush(theme.accent if is_on and self._is_enabled(option) else theme.surface)
        painter.drawRoundedRect(box, 3, 3)
        ink = theme.accent_text if self._is_enabled(option) else theme.line_strong
        painter.setPen(QPen(ink if is_on else theme.text, max(1.8, box.width() / 8)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if is_on:
            painter.drawPolyline(_placed(_MARK, box))
        elif is_between:
            painter.drawPolyline(_placed(((0.25, 0.5), (0.75, 0.5)), box))
        painter.restore()

    def _draw_round(self, option: QStyleOption, painter: QPainter) -> None:
        theme, is_on = self._theme, bool(option.state & QStyle.StateFlag.State_On)
        mark = theme.accent if self._is_enabled(option) else theme.line_strong
        box = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(mark if is_on else self._ink(option), 1.6))
        painter.setBrush(theme.surface)
        painter.drawEllipse(box)
        if is_on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mark)
            painter.drawEllipse(box.center(), box.width() / 4, box.height() / 4)
        painter.restore()

    def _ink(self, option: QStyleOption) -> QColor:
        return self._theme.line_strong if self._is_enabled(option) else self._theme.line

    def _is_enabled(self, option: QStyleOption) -> bool:
        return bool(option.state & QStyle.StateFlag.State_Enabled)


def _placed(points: tuple[tuple[float, float], ...], box: QRectF) -> QPolygonF:
    return QPolygonF(
        [QPointF(box.left() + x * box.width(), box.top() + y * box.height()) for x, y in points]
    )
