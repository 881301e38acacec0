"""Paints the timeline: a page that is kept, and what moves over it at each repaint."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PyQt6.QtCore import QRect, QRectF, QSize, Qt
from PyQt6.QtGui import QFont, QPainter, QPen, QPixmap, QRegion

from annotator.gui.theme import Theme
from annotator.gui.timeline import ground, overlay
from annotator.gui.timeline.bands import total_height
from annotator.gui.timeline.clips_lane import CLIPS_HEIGHT, paint_lane
from annotator.gui.timeline.frame_painting import paint_frame_marks
from annotator.gui.timeline.geometry import Scale, shifted
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.lanes import Place
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.moving import Moving
from annotator.gui.timeline.overview import BAR_HEIGHT, handle
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.sound_lane import SOUND_HEIGHT, paint_sound
from annotator.gui.timeline.strip import paint_shown, paint_strip
from annotator.gui.timeline.tags_painting import LONGEST_LABEL_PX, LanePainter
from annotator.gui.timeline.ticks import Tick, ticks
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros

HINT = "Press a code's key to tag the moment on screen"
NOTHING_OPEN = "Open a film to see its timeline here"
OUTLINED_ONE_BY_ONE = 60
"""So many selected tags are lifted out of what crowds about them; more are marked where seen."""
BESIDE_PX = 12


class Painting:
    """Keeps the page of one scene; what changed on it is painted afresh, the rest is copied."""

    def __init__(self, theme: Theme, font: QFont, ratio: float) -> None:
        self.look = Look(theme, font, ratio)
        self._page: QPixmap | None = None
        self._stale: dict[int, Interval | None] = {}
        self._strip_is_old = False
        self._ticked: tuple[Scale | None, Sequence[Micros], list[Tick]] = None, (), []

    def forget(self, lanes: Iterable[int] | None = None, span: Interval | None = None) -> None:
        """Have these lanes painted afresh at the next repaint; None means all there is.

        Where a stretch of time is given only what stands in it is painted.
        """
        if lanes is None:
            self._page = None
            return
        for lane in lanes:
            known = self._stale.get(lane, span)
            both = span is not None and known is not None
            self._stale[lane] = _hull(known, span) if both else None

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
        elif self._stale:
            painter = QPainter(page)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_lanes(painter, size, scene, moving, self._stale)
            self._paint_frame(painter, size, scene)
            painter.end()
        if self._strip_is_old:
            painter = QPainter(page)
            self._paint_strip(painter, size, scene)
            painter.end()
        self._stale.clear()
        self._strip_is_old = False
        return page

    def _paint_all(self, painter: QPainter, size: QSize, scene: Scene, moving: Moving) -> None:
        painter.fillRect(QRect(0, 0, size.width(), size.height()), self.look.theme.surface)
        if scene.session is None:
            return
        self._paint_lanes(painter, size, scene, moving, dict.fromkeys(range(len(scene.bands))))
        made = self._ticks(scene)
        painter.setClipRect(QRect(scene.scale.left, 0, scene.scale.width, RULER_HEIGHT))
        ground.paint_ruler(painter, scene.scale, made, self.look)
        if scene.shows_clips:
            painter.setClipRect(QRect(0, RULER_HEIGHT, size.width(), CLIPS_HEIGHT))
            paint_lane(painter, scene, size.width(), self.look)
        self._paint_sound(painter, size, scene, made)
        self._paint_strip(painter, size, scene)
        self._paint_frame(painter, size, scene)

    def _ticks(self, scene: Scene) -> list[Tick]:
        """Choose the ruler's ticks; as long as the page stands still they stay the same."""
        scale, frame_times, made = self._ticked
        if scale != scene.scale or frame_times is not scene.frame_times:
            made = ticks(scene.scale, scene.frame_times)
            self._ticked = (scene.scale, scene.frame_times, made)
        return made

    def _paint_sound(
        self, painter: QPainter, size: QSize, scene: Scene, made: Sequence[Tick]
    ) -> None:
        if scene.shows_sound:
            painter.save()
            painter.setClipRect(QRect(0, scene.sound_top, size.width(), SOUND_HEIGHT))
            painter.translate(0, scene.sound_top)
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
        spans: dict[int, Interval | None],
    ) -> None:
        """Paint lanes by their numbers, each whole or only what stands in a stretch of time."""
        room = QRect(0, scene.top, size.width(), scene.room)
        made = self._ticks(scene)
        for number, span in sorted(spans.items(), key=lambda one: one[0]):
            if number >= len(scene.bands):
                continue
            band = scene.bands[number]
            top = scene.top - scene.scroll + band.top
            first, last = (0, size.width()) if span is None else _pixels(scene, span)
            rect = QRect(first, top, last - first, band.height) & room
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
        seen = painter.clipBoundingRect()
        many = moving.selected if len(moving.selected) > OUTLINED_ONE_BY_ONE else frozenset()
        hidden = moving.hidden
        wanted = (lambda tag_id: tag_id not in hidden) if hidden else None
        tags = LanePainter(painter, scale, look, many - hidden if hidden else many, wanted)
        tags.paint(lanes[number], band, int(seen.left()), int(seen.right()) + 1)
        if not many:
            self._outline(tags, scene, moving, number)
        ground.paint_outside(painter, session, scale, band.bottom, look)

    def _outline(self, tags: LanePainter, scene: Scene, moving: Moving, number: int) -> None:
        """Paint the selected tags of a lane once more, by themselves and outlined."""
        for tag_id in moving.selected - moving.hidden:
            place = scene.lanes.place(tag_id)
            if place is not None and place.lane == number:
                _paint_place(tags, scene, place)

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
        self._paint_lifted(painter, scene, moving)
        painter.restore()
        paint_frame_marks(painter, scene, moving, look)
        x = scale.x_of(moving.position)
        if scale.left - 1 <= x <= scale.right:
            overlay.paint_playhead(painter, x, foot, look)
        if moving.snapped is not None:
            overlay.paint_guide(painter, scale.x_of(moving.snapped), foot, look)
        if moving.edge is not None:
            overlay.paint_time(painter, moving.edge, scale.x_of(moving.edge), look, scale)
        if moving.band is not None:
            overlay.paint_band(painter, moving.band, look)
        held = handle(scale, scene.whole)
        if scene.shows_strip:
            painter.translate(0, foot)
            paint_shown(painter, scene, moving.position, look)
        elif held is not None:
            rect = QRectF(held[0] + 2, foot + 3, held[1] - 4, BAR_HEIGHT - 6)
            overlay.paint_handle(painter, rect, look, held=moving.sliding)

    def _paint_lifted(self, painter: QPainter, scene: Scene, moving: Moving) -> None:
        """Paint what is dragged where it would lie: one tag, or many moved by the same time."""
        one = moving.preview
        if one is not None:
            place = scene.lanes.place(one.id)
            if place is not None and _in_view(scene, one):
                band = scene.bands[place.lane]
                tags = LanePainter(painter, scene.scale, self.look)
                tags.paint_one(one, band.row_top(place.row), band.row_height)
        elif moving.hidden:
            scale = shifted(scene.scale, moving.by)
            tags = LanePainter(painter, scale, self.look, moving.hidden, moving.hidden.__contains__)
            for lane, band in zip(scene.lanes.lanes, scene.bands, strict=False):
                tags.paint(lane, band, scale.left, scale.right)
        tags = LanePainter(painter, scene.scale, self.look)
        for tag_id in moving.touched:
            touched = scene.lanes.place(tag_id)
            if touched is not None:
                _paint_place(tags, scene, touched)

    def _paint_hint(self, painter: QPainter, size: QSize, scene: Scene) -> None:
        left = scene.scale.left if scene.session else 0
        shown = min(scene.room, max(40, total_height(scene.bands)))
        rect = QRectF(left, scene.top, size.width() - left, shown)
        painter.setFont(self.look.theme.body(self.look.small))
        painter.setPen(self.look.theme.text_muted)
        text = HINT if scene.session else NOTHING_OPEN
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


def _paint_place(tags: LanePainter, scene: Scene, place: Place) -> None:
    if _in_view(scene, place.tag):
        band = scene.bands[place.lane]
        tags.paint_one(place.tag, band.row_top(place.row), band.row_height)


def _in_view(scene: Scene, tag: Tag) -> bool:
    return tag.end >= scene.scale.start and tag.start <= scene.scale.end


def _pixels(scene: Scene, span: Interval) -> tuple[int, int]:
    """Give the pixels on which a change within a stretch can be seen, words beside it included."""
    scale = scene.scale
    first = max(scale.pixel_of(span.start) - LONGEST_LABEL_PX, scale.left)
    last = min(scale.pixel_of(span.end) + BESIDE_PX, scale.right)
    return first, max(first, last)


def _hull(one: Interval | None, other: Interval | None) -> Interval | None:
    if one is None or other is None:
        return None
    return Interval(min(one.start, other.start), max(one.end, other.end))
