"""Paints tags: stretches as rounded bars, instants as diamonds, crowds as columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from math import log2

from PyQt6.QtCore import QPointF, QRect, QRectF, Qt
from PyQt6.QtGui import QPainter, QPen, QPixmap, QStaticText

from annotator.gui.timeline.bands import Band
from annotator.gui.timeline.crowding import Crowd, Single, drawn
from annotator.gui.timeline.geometry import Scale
from annotator.gui.timeline.lanes import Lane, Row
from annotator.gui.timeline.look import BAR_LENGTH, BAR_ROUNDING, CAP_PX, STRIPE_PX, Look, diamond
from annotator.model.coding import Tag

SOLID_BELOW_PX = 7
PLAIN_BELOW_PX = 20
TEXT_GAP = 8.0
TIGHT_GAP = 3.0
LONGEST_LABEL_PX = 220
SELECTION_PX = 2.0
NEEDLE_PX, NEEDLE_SHARE = 2, 0.7
BEYOND_PX = 40.0
MOST_SHOWN = 16
SAMPLED = 8
"""Of a larger crowd three are asked whether they are selected."""

Asked = Callable[[str], bool]
"""Tells something of a tag by its id."""


@dataclass(slots=True)
class Layers:
    """What is painted of a lane, gathered by kind since much of a kind is quick to paint."""

    blocks: dict[str, list[QRect]] = field(default_factory=lambda: defaultdict(list))
    columns: dict[str, list[QRect]] = field(default_factory=lambda: defaultdict(list))
    pins: list[tuple[QPointF, QPixmap]] = field(default_factory=list)
    inner: list[tuple[QPointF, QStaticText]] = field(default_factory=list)
    beside: list[tuple[QPointF, QStaticText]] = field(default_factory=list)
    chosen: list[QRect] = field(default_factory=list)


class LanePainter:
    """Paints the tags of lanes between two pixels; `selected` are outlined, `wanted` are shown."""

    def __init__(
        self,
        painter: QPainter,
        scale: Scale,
        look: Look,
        selected: AbstractSet[str] = frozenset(),
        wanted: Asked | None = None,
    ) -> None:
        self._painter = painter
        self._look = look
        self._selected = selected
        self._wanted = wanted
        self._all_chosen = wanted is not None and wanted == selected.__contains__
        self._layers = Layers()
        self._scale = scale
        self._first, self._last = scale.left, scale.right
        self._per_micro = scale.width / scale.length
        self._zero = scale.left - scale.start * self._per_micro

    def paint(self, lane: Lane, band: Band, first: int, last: int) -> None:
        """Paint the tags of a lane that stand between two pixels."""
        self._first, self._last = first, last
        self._painter.setFont(self._look.font_for(band.row_height))
        seen = self._painter.clipBoundingRect()
        for number, row in enumerate(lane.rows):
            top, height = band.row_top(number), band.row_height
            if top <= seen.bottom() and top + height >= seen.top():
                self._gather(row, top, height)
        self._flush()

    def paint_one(self, tag: Tag, top: int, height: int) -> None:
        """Paint one tag by itself, and outlined."""
        self._painter.setFont(self._look.font_for(height))
        self._single(Single(tag, tag.start), top, height)
        self._flush()
        paint_selection(self._painter, tag, top, height, self._scale, self._look)

    def _gather(self, row: Row, top: int, height: int) -> None:
        shown = drawn(row, self._scale, self._first - LONGEST_LABEL_PX, self._last)
        self._crowds(row, shown.crowds, top, height)
        wanted, columns = self._wanted, self._layers.columns
        high = round(height * NEEDLE_SHARE)
        low = top + (height - high) // 2
        for tag in shown.needles:
            if wanted is None or wanted(tag.id):
                x = int(self._zero + tag.start * self._per_micro)
                rect = QRect(x, low, NEEDLE_PX, high)
                columns[tag.code].append(rect)
                if tag.id in self._selected:
                    self._layers.chosen.append(rect)
        for single in shown.singles:
            if wanted is None or wanted(single.tag.id):
                self._single(single, top, height)

    def _crowds(self, row: Row, crowds: Sequence[Crowd], top: int, height: int) -> None:
        """Add the columns of crowds: the higher the more tags they stand for."""
        zero, per_micro, columns = self._zero, self._per_micro, self._layers.columns
        wanted, selected, tags = self._wanted, self._selected, row.tags
        heights = _column_heights(height)
        for start, end, first, stop, code in crowds:
            if wanted is not None and not _any_of(tags, first, stop, wanted):
                continue
            low, high = heights[min(stop - first, MOST_SHOWN)]
            left = int(zero + start * per_micro)
            width = int(zero + end * per_micro) - left - 1
            rect = QRect(left, top + low, width if width > 1 else 2, high)
            columns[code].append(rect)
            if selected and (self._all_chosen or _any_of(tags, first, stop, selected.__contains__)):
                self._layers.chosen.append(rect)

    def _single(self, single: Single, top: int, height: int) -> None:
        tag = single.tag
        if tag.start == tag.end:
            self._instant(tag, single.room_until, top, height)
            return
        left = self._zero + tag.start * self._per_micro
        right = self._zero + tag.end * self._per_micro
        if right < self._first:
            return
        wide = right - left
        if wide < SOLID_BELOW_PX:
            rect = QRect(int(left), top, max(3, int(wide) - 1), height)
            self._layers.columns[tag.code].append(rect)
        elif wide < PLAIN_BELOW_PX:
            rect = QRect(round(left), top, round(wide) - 1, height)
            self._layers.blocks[tag.code].append(rect)
            self._layers.columns[tag.code].append(QRect(round(left), top, STRIPE_PX, height))
        else:
            rect = self._bar(tag, (left, right), top, height)
        if tag.id in self._selected:
            self._layers.chosen.append(rect)

    def _bar(self, tag: Tag, ends: tuple[float, float], top: int, height: int) -> QRect:
        """Paint a bar, its ends on whole pixels, and note what text there is room for."""
        look, painter = self._look, self._painter
        left = round(max(ends[0], self._scale.left - BEYOND_PX))
        width = max(3, round(min(ends[1], self._scale.right + BEYOND_PX)) - left - 1)
        code = look.code(tag.code)
        if width > BAR_LENGTH:
            look.paint_bar(painter, code, QRectF(left, top, width, height))
        else:
            pixmap, ratio = look.bar(tag.code, height), look.ratio
            high, body, cap = height * ratio, (width - CAP_PX) * ratio, CAP_PX * ratio
            painter.drawPixmap(QPointF(left, top), pixmap, QRectF(0, 0, body, high))
            end = QRectF(BAR_LENGTH * ratio - cap, 0, cap, high)
            painter.drawPixmap(QPointF(left + width - CAP_PX, top), pixmap, end)
        start = max(left, self._scale.left) + STRIPE_PX
        room = left + width - start
        if code.name_width <= room - 2 * TEXT_GAP:
            self._write(self._layers.inner, start + TEXT_GAP, top, height, code.name)
        elif code.short_width <= room - 2 * TIGHT_GAP:
            self._write(self._layers.inner, start + TIGHT_GAP, top, height, code.short)
        return QRect(left, top, width, height)

    def _instant(self, tag: Tag, until: int | None, top: int, height: int) -> None:
        """Paint a diamond, and note what of its name there is room for beside it."""
        look = self._look
        x = self._zero + tag.start * self._per_micro
        code = look.code(tag.code)
        beyond = self._zero + until * self._per_micro if until is not None else self._scale.right
        half = min(height, 15) / 2
        room = min(LONGEST_LABEL_PX, beyond - x) - 2 * half - 8
        words = code.name if code.name_width <= room else code.short
        is_written = min(code.name_width, code.short_width) <= room
        pin = look.pin(tag.code, height, lettered=not is_written)
        self._layers.pins.append((QPointF(x - half, top + height / 2 - half), pin))
        if is_written:
            self._write(self._layers.beside, x + half + 4, top, height, words)
        if tag.id in self._selected:
            size = round(2 * half)
            rect = QRect(round(x - half), top + (height - size) // 2, size, size)
            self._layers.chosen.append(rect)

    def _write(
        self,
        where: list[tuple[QPointF, QStaticText]],
        x: float,
        top: int,
        height: int,
        words: str,
    ) -> None:
        text = self._look.text(words, height)
        where.append((QPointF(x, top + (height - text.size().height()) // 2), text))

    def _flush(self) -> None:
        """Paint what was gathered: columns colour by colour, diamonds, words, then outlines."""
        painter, look, layers = self._painter, self._look, self._layers
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(Qt.PenStyle.NoPen)
        for code, rects in layers.blocks.items():
            painter.setBrush(look.code(code).fill)
            painter.drawRects(*rects)
        for code, rects in layers.columns.items():
            painter.setBrush(look.code(code).stripes)
            painter.drawRects(*rects)
        for place, pin in layers.pins:
            painter.drawPixmap(place, pin)
        for colour, texts in (
            (look.theme.text, layers.inner),
            (look.theme.text_muted, layers.beside),
        ):
            painter.setPen(colour)
            for place, text in texts:
                painter.drawStaticText(place, text)
        if layers.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.theme.text, SELECTION_PX))
            painter.drawRects(*layers.chosen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._layers = Layers()


def paint_selection(
    painter: QPainter, tag: Tag, top: int, height: int, scale: Scale, look: Look
) -> None:
    """Outline a tag, with a line of the ground's colour between tag and outline."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pens = ((look.theme.surface, SELECTION_PX * 2), (look.theme.text, SELECTION_PX))
    for colour, width in pens:
        pen = QPen(colour, width)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        if tag.is_instant:
            reach = min(height, 15.0) / 2 + 0.5
            painter.drawPolygon(diamond(scale.x_of(tag.start), top + height / 2, reach))
        else:
            painter.drawRoundedRect(bar_of(tag, top, height, scale), BAR_ROUNDING, BAR_ROUNDING)


def bar_of(tag: Tag, top: int, height: int, scale: Scale) -> QRectF:
    """Give the bar of a stretch: never narrower than can be seen, never much beyond the view."""
    left = round(max(scale.x_of(tag.start), scale.left - BEYOND_PX))
    right = round(min(scale.x_of(tag.end), scale.right + BEYOND_PX))
    return QRectF(left, top, max(3.0, right - left - 1), height)


def _column_heights(height: int) -> list[tuple[int, int]]:
    """Give the top and height of a crowd's column by how many tags it stands for."""
    highs = [
        max(3, round(height * min(1.0, 0.4 + 0.15 * log2(max(1, count)))))
        for count in range(MOST_SHOWN + 1)
    ]
    return [((height - high) // 2, high) for high in highs]


def _any_of(tags: Sequence[Tag], first: int, stop: int, asked: Asked) -> bool:
    """Tell whether any tag of a crowd fits; of a large one three are asked."""
    if stop - first <= SAMPLED:
        return any(asked(tag.id) for tag in tags[first:stop])
    return any(asked(tags[place].id) for place in (first, (first + stop) // 2, stop - 1))
