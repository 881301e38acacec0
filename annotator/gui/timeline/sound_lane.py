"""The lane below the ruler in which the sound is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from PyQt6.QtCore import QLineF, QPoint, QRectF, Qt
from PyQt6.QtGui import QColor, QImage, QPainter, QPen

from annotator.gui.timeline import ground
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.ticks import Tick
from annotator.model.time import ZERO, Micros

if TYPE_CHECKING:
    from annotator.gui.timeline.scene import Scene

SOUND_HEIGHT = 44
PAD_PX = 3
NAME = "Sound"


class SoundState(Enum):
    """How far the drawing of the sound is."""

    ABSENT = "absent"
    READING = "reading"
    DRAWN = "drawn"
    STOPPED = "stopped"
    FAILED = "failed"


class Wave(Protocol):
    """A sound that can be drawn."""

    def image(
        self, start: Micros, end: Micros, size: tuple[int, int], colour: QColor, line: float
    ) -> QImage:
        """Draw the stretch between two moments of the recording, so many pixels wide and high.

        `line` is how thick, in pixels, silence is.
        """


@dataclass(frozen=True, slots=True)
class SoundLane:
    """What the lane shows: a wave, or `text` while or why there is none.

    `offset` is the session time at which the recording begins, `owner` its name where that is
    in doubt.
    """

    state: SoundState = SoundState.ABSENT
    text: str = ""
    wave: Wave | None = None
    offset: Micros = ZERO
    owner: str = ""


def paint_sound(painter: QPainter, scene: Scene, made: Sequence[Tick], look: Look) -> None:
    """Paint the lane with its upper edge at 0."""
    scale, session, theme = scene.scale, scene.session, look.theme
    painter.fillRect(QRectF(0, 0, scale.right, SOUND_HEIGHT), theme.surface)
    _paint_name(painter, scale.left, scene.sound.owner, look)
    painter.setClipRect(
        QRectF(scale.left, 0, scale.width, SOUND_HEIGHT), Qt.ClipOperation.IntersectClip
    )
    ground.paint_grid(painter, scale, made, SOUND_HEIGHT, look)
    if session is not None:
        ground.paint_excluded(painter, session, scale, SOUND_HEIGHT, look)
    _paint_wave(painter, scene, look)
    if session is not None:
        ground.paint_outside(painter, session, scale, SOUND_HEIGHT, look)
    painter.setPen(QPen(theme.line, 1))
    painter.drawLine(QLineF(0, SOUND_HEIGHT - 0.5, scale.right, SOUND_HEIGHT - 0.5))


def _paint_name(painter: QPainter, width: int, owner: str, look: Look) -> None:
    painter.setFont(look.small)
    painter.setPen(look.theme.text_muted)
    room = QRectF(ground.NAME_LEFT, 0, width - ground.NAME_LEFT - 8, SOUND_HEIGHT)
    metrics = painter.fontMetrics()
    named = metrics.elidedText(owner, Qt.TextElideMode.ElideMiddle, int(room.width()))
    text = "\n".join(filter(None, (NAME, named)))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)


def _paint_wave(painter: QPainter, scene: Scene, look: Look) -> None:
    scale, lane = scene.scale, scene.sound
    if lane.wave is None:
        return
    size = round(scale.width * look.ratio), round((SOUND_HEIGHT - 2 * PAD_PX) * look.ratio)
    start, end = Micros(scale.start - lane.offset), Micros(scale.end - lane.offset)
    image = lane.wave.image(start, end, size, look.theme.line_strong, look.ratio)
    image.setDevicePixelRatio(look.ratio)
    painter.drawImage(QPoint(scale.left, PAD_PX), image)
