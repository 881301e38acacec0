"""Paints the timeline: a page that is kept, and what moves over it at each repaint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from PyQt6.QtCore import QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QPainter, QPen, QPixmap, QRegion

from annotator.gui.theme import Theme
from annotator.gui.timeline import ground, overlay
from annotator.gui.timeline.bands import total_height
from annotator.gui.timeline.crowding import Single
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.overview import BAR_HEIGHT, handle
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.sound_lane import SOUND_HEIGHT, paint_sound
from annotator.gui.timeline.strip import paint_shown, paint_strip
from annotator.gui.timeline.tags_painting import paint_lane, paint_selection, paint_tag
from annotator.gui.timeline.ticks import Tick, ticks
from annotator.model.coding import Tag
from annotator.model.time import ZERO, Micros

HINT = "Press a code's key to tag the moment on screen"
NOTHING_OPEN = "Open a film to see its timeline here"
OUTLINED_AT_MOST = 500


@dataclass(slots=True)
class Moving:
    """What changes too often to be part of the page; `preview` is the dragged tag as it lies."""

    position: Micros = ZERO
    selected: frozenset[str] = frozenset()
    preview: Tag | None = None
    edge: Micros | None = None
    focused: bool = False
    sliding: bool = False


class Painting:
    """Keeps the page of one scene; lanes that changed are painted afresh, the rest is copied."""

    def __init__(self, theme: Theme, font: QFont, ratio: float) -> None:
        self.look = Look(theme, font, ratio)
        self._page: QPixmap | None = None
        self._dirty: set[int] = set()
        self._strip_is_old = False

    def forget(self, lanes: Iterable[int] | None = None) -> None:
        """Have these lanes painted afresh at the next repaint; None means all there is."""
        if lanes is None:
            self._page = None
        else:
            self._dirty.update(lanes)

    def forget_strip(self) -> None:
        """Have the film strip painted afresh at the next repaint."""
        self._strip_is_old = True

    def paint(
        self, painter: QPainter, clip: QRect, size: QSize, scene: Scene, moving: Moving
    ) -> None:
        """Paint a part of the timeline."""
        self.look.set_codebook(scene.session.codebook if scene.session else None)
        page = self._fresh_page(size, scene, moving)
        ratio = page.devicePixelRatio()
        source = QRectF(
            clip.x() * ratio, clip.y() * ratio, clip.width() * ratio, clip.height() * ratio
        )
        painter.drawPixmap(QRectF(clip), page, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(clip)
        if scene.session is None or not (len(scene.lanes) or scene.running):
            self._paint_hint(painter, size, scene)
        if scene.session is not None:
            self._paint_moving(painter, scene, moving)
        if moving.focused:
            overlay.paint_focus(painter, QRectF(0, 0, size.width(), size.height()), self.look)

    def _fresh_page(self, size: QSize, scene: Scene, moving: Moving) -> QPixmap:
        page = self._page
        if page is None:
            page = QPixmap(size * self.look.ratio)
            page.setDevicePixelRatio(self.look.ratio)
            painter = QPainter(page)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_all(painter, size, scene, moving)
            painter.end()
            self._page = page
        elif self._dirty:
            painter = QPainter(page)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_lanes(painter, size, scene, moving, sorted(self._dirty))
            self._paint_frame(painter, size, scene)
            painter.end()
        if self._strip_is_old:
            painter = QPainter(page)
            self._paint_strip(painter, size, scene)
            painter.end()
        self._dirty.clear()
        self._strip_is_old = False
        return page

    def _paint_all(self, painter: QPainter, size: QSize, scene: Scene, moving: Moving) -> None:
        painter.fillRect(QRect(0, 0, size.width(), size.height()), self.look.theme.surface)
        if scene.session is None:
            return
        self._paint_lanes(painter, size, scene, moving, range(len(scene.bands)))
        made = self._ticks(scene)
        painter.setClipRect(QRect(scene.scale.left, 0, scene.scale.width, RULER_HEIGHT))
        ground.paint_ruler(painter, scene.scale, made, self.look)
        self._paint_sound(painter, size, scene, made)
        self._paint_strip(painter, size, scene)
        self._paint_frame(painter, size, scene)

    def _ticks(self, scene: Scene) -> list[Tick]:
        """Choose the ruler's ticks: larger type has them further apart."""
        width = round(scene.scale.width / self.look.theme.scale)
        return ticks(replace(scene.scale, width=width), scene.frame_times)

    def _paint_sound(
        self, painter: QPainter, size: QSize, scene: Scene, made: Sequence[Tick]
    ) -> None:
        if scene.shows_sound:
            painter.save()
            painter.setClipRect(QRect(0, RULER_HEIGHT, size.width(), SOUND_HEIGHT))
            painter.translate(0, RULER_HEIGHT)
            paint_sound(painter, scene, made, self.look)
            painter.restore()

    def _paint_strip(self, painter: QPainter, size: QSize, scene: Scene) -> None:
        if scene.shows_strip:
            painter.save()
            painter.setClipRect(QRect(0, scene.foot, size.width(), scene.height - scene.foot))
            painter.translate(0, scene.foot)
            paint_strip(painter, scene, self.look)
            painter.restore()

    def _paint_frame(self, painter: QPainter, size: QSize, scene: Scene) -> None:
        """Part the names of the lanes and the ruler from the lanes."""
        painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QPen(self.look.theme.line, 1))
        left, foot = scene.scale.left - 1, scene.foot
        painter.drawLine(left, 0, left, foot)
        painter.drawLine(0, RULER_HEIGHT - 1, size.width(), RULER_HEIGHT - 1)

    def _paint_lanes(
        self,
        painter: QPainter,
        size: QSize,
        scene: Scene,
        moving: Moving,
        numbers: Iterable[int],
    ) -> None:
        shown = [number for number in numbers if number < len(scene.bands)]
        room = QRect(0, scene.top, size.width(), scene.room)
        made = self._ticks(scene)
        for number in shown:
            band = scene.bands[number]
            top = scene.top - scene.scroll + band.top
            rect = QRect(0, top, size.width(), band.height) & room
            if rect.isEmpty():
                continue
            painter.setClipRegion(QRegion(rect))
            painter.save()
            painter.translate(0, scene.top - scene.scroll)
            self._paint_lane(painter, scene, moving, number, made)
            painter.restore()

    def _paint_lane(
        self, painter: QPainter, scene: Scene, moving: Moving, number: int, made: list[Tick]
    ) -> None:
        scale, look, session = scene.scale, self.look, scene.session
        band, lanes = scene.bands[number], scene.lanes.lanes
        ground.paint_band(painter, number, band, scale.right, look)
        if session is None or number >= len(lanes):
            return
        ground.paint_name(painter, lanes[number], band, scale.left, look)
        painter.setClipRect(
            QRectF(scale.left, band.top, scale.width, band.height),
            Qt.ClipOperation.IntersectClip,
        )
        ground.paint_grid(painter, scale, made, band.bottom, look)
        ground.paint_excluded(painter, session, scale, band.bottom, look)
        hidden = moving.preview.id if moving.preview else ""
        paint_lane(painter, lanes[number], band, scale, look, hidden)
        self._outline(painter, scene, moving, number)
        ground.paint_outside(painter, session, scale, band.bottom, look)

    def _outline(self, painter: QPainter, scene: Scene, moving: Moving, number: int) -> None:
        """Paint the selected tags of a lane once more, by themselves and outlined."""
        if len(moving.selected) > OUTLINED_AT_MOST:
            return
        band = scene.bands[number]
        for tag_id in moving.selected:
            place = scene.lanes.place(tag_id)
            if place is None or place.lane != number:
                continue
            if moving.preview is None or moving.preview.id != tag_id:
                self._paint_outlined(painter, scene, place.tag, band.row_top(place.row), number)

    def _paint_outlined(
        self, painter: QPainter, scene: Scene, tag: Tag, top: int, number: int
    ) -> None:
        if tag.end < scene.scale.start or tag.start > scene.scale.end:
            return
        height = scene.bands[number].row_height
        painter.setFont(self.look.font_for(height))
        paint_tag(painter, Single(tag, tag.start), top, height, scene.scale, self.look)
        paint_selection(painter, tag, top, height, scene.scale, self.look)

    def _paint_moving(self, painter: QPainter, scene: Scene, moving: Moving) -> None:
        scale, look = scene.scale, self.look
        foot = scene.foot
        painter.save()
        lanes = QRect(scale.left, scene.top, scale.width, scene.room)
        painter.setClipRect(lanes, Qt.ClipOperation.IntersectClip)
        painter.translate(0, scene.top - scene.scroll)
        for span in scene.running:
            lane, row = scene.running_rows[span.code_id]
            times = (span.start, moving.position)
            overlay.paint_running(
                painter, span.code_id, times, (scene.bands[lane], row), scale, look
            )
        place = scene.lanes.place(moving.preview.id) if moving.preview else None
        if moving.preview is not None and place is not None:
            top = scene.bands[place.lane].row_top(place.row)
            self._paint_outlined(painter, scene, moving.preview, top, place.lane)
        painter.restore()
        x = scale.x_of(moving.position)
        if scale.left - 1 <= x <= scale.right:
            overlay.paint_playhead(painter, x, foot, look)
        if moving.edge is not None:
            overlay.paint_time(painter, moving.edge, scale.x_of(moving.edge), look, scale)
        held = handle(scale, scene.whole)
        if scene.shows_strip:
            painter.translate(0, foot)
            paint_shown(painter, scene, moving.position, look)
        elif held is not None:
            rect = QRectF(held[0] + 2, foot + 3, held[1] - 4, BAR_HEIGHT - 6)
            overlay.paint_handle(painter, rect, look, held=moving.sliding)

    def _paint_hint(self, painter: QPainter, size: QSize, scene: Scene) -> None:
        left = scene.scale.left if scene.session else 0
        shown = min(scene.room, max(40, total_height(scene.bands)))
        rect = QRectF(left, scene.top, size.width() - left, shown)
        painter.setFont(self.look.theme.body(self.look.small))
        painter.setPen(self.look.theme.text_muted)
        text = HINT if scene.session else NOTHING_OPEN
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
