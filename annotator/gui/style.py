"""How Qt's own controls are drawn, where a style sheet cannot tell: boxes, marks and outlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QPointF, QRectF, Qt
from PyQt6.QtGui import QColor, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import (
    QAbstractSpinBox,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionSlider,
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
        _Metric.PM_SliderLength,
        _Metric.PM_SliderThickness,
        _Metric.PM_SliderControlThickness,
    }
)
_BOXES = frozenset({_Primitive.PE_IndicatorCheckBox, _Primitive.PE_IndicatorItemViewItemCheck})
_FIELDS = (QStyleOptionComboBox, QStyleOptionSpinBox)
_ARROWS = {
    QStyle.ComplexControl.CC_ComboBox: ((QStyle.SubControl.SC_ComboBoxArrow, False),),
    QStyle.ComplexControl.CC_SpinBox: (
        (QStyle.SubControl.SC_SpinBoxUp, True),
        (QStyle.SubControl.SC_SpinBoxDown, False),
    ),
}
"""The arrows of fields that have some, and whether they lead up."""

_ARROW = 4
"""Half the width of an arrow at usual type, in pixels."""

_Step = QAbstractSpinBox.StepEnabledFlag
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
        is_slider = control is QStyle.ComplexControl.CC_Slider
        if is_slider and painter is not None and isinstance(option, QStyleOptionSlider):
            self._draw_slider(option, painter, widget)
            return
        if painter is None or not isinstance(option, _FIELDS) or not option.frame:
            super().drawComplexControl(control, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_field(option, painter)
        for part, is_up in _ARROWS[control]:
            if option.subControls & part:
                box = QRectF(self.subControlRect(control, option, part, widget))
                self._draw_arrow(painter, box, self._arrow_ink(option, is_up=is_up), is_up=is_up)
        painter.restore()

    def _draw_slider(
        self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None
    ) -> None:
        theme, part = self._theme, QStyle.SubControl.SC_SliderHandle
        box = QRectF(self.subControlRect(QStyle.ComplexControl.CC_Slider, option, part, widget))
        side = min(box.width(), box.height()) - 2
        groove = QRectF(option.rect).adjusted(1, 0, -1, 0)
        groove.setTop(box.center().y() - side / 8)
        groove.setHeight(side / 4)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._ink(option))
        painter.drawRoundedRect(groove, side / 8, side / 8)
        painter.setPen(QPen(theme.text if has_focus else theme.background, 2))
        painter.setBrush(theme.accent if self._is_enabled(option) else theme.line_strong)
        painter.drawEllipse(box.center(), side / 2, side / 2)
        painter.restore()

    def _draw_field(self, option: QStyleOption, painter: QPainter) -> None:
        theme, state = self._theme, option.state
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        width = 2 if has_focus else 1
        painter.setBrush(theme.surface)  # as the line in which a number is written has it
        if isinstance(option, QStyleOptionComboBox):
            hovered = bool(state & QStyle.StateFlag.State_MouseOver)
            ground = theme.hover if hovered else theme.surface
            painter.setBrush(ground if self._is_enabled(option) else theme.background)
        painter.setPen(QPen(theme.focus if has_focus else self._ink(option), width))
        box = QRectF(option.rect).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        radius = min(theme.radius, box.height() / 4)
        painter.drawRoundedRect(box, radius, radius)

    def _draw_arrow(self, painter: QPainter, box: QRectF, ink: QColor, *, is_up: bool) -> None:
        """Draw a flat angle into the middle of a box."""
        half = min(_ARROW * self._theme.scale, box.width() / 3, box.height() / 2)
        drop = half / 2 if is_up else -half / 2
        middle, cap, join = box.center(), Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(ink, 1.5 * self._theme.scale, Qt.PenStyle.SolidLine, cap, join))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = ((-half, drop), (0, -drop), (half, drop))
        painter.drawPolyline(QPolygonF([middle + QPointF(x, y) for x, y in points]))

    def _arrow_ink(self, option: QStyleOption, *, is_up: bool) -> QColor:
        """Tell the colour of an arrow, which is faint where it leads no further."""
        can = self._is_enabled(option)
        if isinstance(option, QStyleOptionSpinBox):
            step = _Step.StepUpEnabled if is_up else _Step.StepDownEnabled
            can = can and bool(option.stepEnabled & step)
        return self._theme.text_muted if can else self._theme.line_strong

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
