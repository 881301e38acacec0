"""Covers faces, or whole pictures, as a plan says, on the way into an exported file."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor
from secrets import randbits

import numpy as np

from annotator.media.cover_fills import NOISE_SIDE, Noise, cover_box, cover_whole
from annotator.media.face_masks import Fill, MaskPlan, Region
from annotator.media.frame import Picture
from annotator.model import Micros


def _drawn_by_lot() -> int:
    return randbits(64)


@dataclass(frozen=True, slots=True)
class Cover:
    """Covers each picture of a film as a plan says; it can be pickled and sent to a process.

    `lot` is drawn anew for each export and kept nowhere: the noise in a mosaic hangs on it, and
    is the same in every frame, so that it cannot be averaged away.
    """

    plan: MaskPlan
    lot: int = field(default_factory=_drawn_by_lot, repr=False)

    def __call__(self, index: int, time: Micros, picture: Picture) -> Picture:
        """Give a covered copy of a picture; the one given is left as it is."""
        return self.changed(index, time, picture.copy())

    def changed(self, index: int, time: Micros, picture: Picture) -> Picture:
        """Cover a picture of shape (height, width, 3), upright, drawing into it.

        `time` is when the frame comes on screen in its own film; its `index` does not matter. The
        picture may be of another size than the film's: masks are scaled. Raises ValueError where
        it is turned, as masks would stand in the wrong place.
        """
        del index
        across, down = self._scale(picture)
        if self.plan.is_whole_at(time):
            known = self.plan.largest_face if self.plan.watched.contains(time) else 0.0
            face = known * max(across, down)
            return cover_whole(picture, self.plan.whole_fill, face)
        for region in self.plan.regions_at(time):
            self._cover(region, picture, (across, down))
        return picture

    def _scale(self, picture: Picture) -> tuple[float, float]:
        height, width = picture.shape[:2]
        own_width, own_height = self.plan.size
        if (width, height) == (own_height, own_width) != (own_width, own_height):
            raise ValueError("the picture is turned against the plan")
        return width / own_width, height / own_height

    def _cover(self, region: Region, picture: Picture, scale: tuple[float, float]) -> None:
        height, width = picture.shape[:2]
        box = region.box.scaled(*scale)
        left, right = max(floor(box.left), 0), min(ceil(box.right), width)
        top, bottom = max(floor(box.top), 0), min(ceil(box.bottom), height)
        if left < right and top < bottom:
            area = picture[top:bottom, left:right]
            noise = self._noise(region.key) if self.plan.fill is Fill.MOSAIC else None
            cover_box(area, self.plan.fill, region.face * max(scale), noise)

    def _noise(self, key: int) -> Noise:
        dice = np.random.default_rng([self.lot, key + (1 << 32)])
        return dice.uniform(-1, 1, (NOISE_SIDE, NOISE_SIDE, 3)).astype(np.float32)
