"""Covers faces, or whole pictures, as a plan says, on the way into an exported file."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from secrets import randbits
from typing import Protocol

import numpy as np

from annotator.media.cover_fills import (
    NOISE_SIDE,
    Beneath,
    Noise,
    Tones,
    covering,
    covering_whole,
)
from annotator.media.encoder_picture import Area, EncoderPicture, Means, Spread, area_of
from annotator.media.face_masks import Fill, MaskPlan, Region
from annotator.media.frame import Picture
from annotator.media.picture import cv2
from annotator.model import Micros


def _drawn_by_lot() -> int:
    return randbits(64)


class _Canvas(Protocol):
    """What masks are drawn on."""

    @property
    def whole(self) -> Area: ...

    def means(self, area: Area, columns: int, rows: int) -> Means: ...

    def paint(self, area: Area, tones: Picture, spread: Spread) -> None: ...


@dataclass(frozen=True, slots=True)
class Cover:
    """Covers each picture of a film as a plan says; it can be pickled and sent to a process.

    `lot` is drawn anew for each export and kept nowhere: the noise in a mosaic hangs on it, and
    is the same in every frame, so that it cannot be averaged away.
    """

    plan: MaskPlan
    lot: int = field(default_factory=_drawn_by_lot, repr=False)

    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        """Cover a picture of shape (height, width, 3), upright, drawing into it.

        `time` is when the frame comes on screen in its own film; its `index` does not matter. The
        picture may be of another size than the film's: masks are scaled. Raises ValueError where
        it is turned, as masks would stand in the wrong place.
        """
        del index
        self._cover(time, _Colours(picture))
        return picture

    def draws_at(self, time: Micros) -> bool:
        """Tell whether there is anything to cover in the picture of a moment."""
        return self.plan.is_masked_at(time)

    def draw(self, index: int, time: Micros, picture: EncoderPicture) -> None:
        """Do as `changed` with a picture that is ready to be encoded."""
        del index
        self._cover(time, picture)

    def _cover(self, time: Micros, canvas: _Canvas) -> None:
        across, down = self._scale(canvas.whole)
        larger = max(across, down)
        if self.plan.is_whole_at(time):
            known = self.plan.largest_face if self.plan.watched.contains(time) else 0.0
            beneath = _beneath(canvas, canvas.whole, known * larger)
            _lay(canvas, canvas.whole, covering_whole(self.plan.whole_fill, beneath))
            return
        for region in self.plan.regions_at(time):
            box = region.box.scaled(across, down)
            area = area_of(box, canvas.whole.width, canvas.whole.height)
            if area is not None:
                beneath = _beneath(canvas, area, region.face * larger, self._noise(region))
                _lay(canvas, area, covering(self.plan.fill, beneath))

    def _scale(self, whole: Area) -> tuple[float, float]:
        width, height = whole.width, whole.height
        own_width, own_height = self.plan.size
        if (width, height) == (own_height, own_width) != (own_width, own_height):
            raise ValueError("the picture is turned against the plan")
        return _ratio(width, own_width), _ratio(height, own_height)

    def _noise(self, region: Region) -> Noise | None:
        if self.plan.fill is not Fill.MOSAIC:
            return None
        dice = np.random.default_rng([self.lot, region.key + (1 << 32)])
        return dice.uniform(-1, 1, (NOISE_SIDE, NOISE_SIDE, 3)).astype(np.float32)


def _ratio(shown: int, own: int) -> float:
    """Tell how many times as long a side is; one line more, to make it even, moves nothing."""
    return 1.0 if shown == own + 1 else shown / own


def _beneath(canvas: _Canvas, area: Area, face: float, noise: Noise | None = None) -> Beneath:
    return Beneath(area.width, area.height, face, partial(canvas.means, area), noise)


def _lay(canvas: _Canvas, area: Area, tones: Tones) -> None:
    canvas.paint(area, tones.picture, tones.spread)


@dataclass(frozen=True, slots=True)
class _Colours:
    """A picture in red, green and blue that is drawn over."""

    picture: Picture

    @property
    def whole(self) -> Area:
        height, width = self.picture.shape[:2]
        return Area(0, 0, width, height)

    def means(self, area: Area, columns: int, rows: int) -> Means:
        part = area.part_of(self.picture)
        small = cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA)
        return np.asarray(small, np.float32).reshape(rows, columns, 3)

    def paint(self, area: Area, tones: Picture, spread: Spread) -> None:
        area.part_of(self.picture)[:] = Tones(tones, spread).over(area.width, area.height)
