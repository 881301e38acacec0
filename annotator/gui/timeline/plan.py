"""Where on the widget everything stands: gutter, ruler, and a band for each lane."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotator.gui.timeline.geometry import Viewport

RULER_HEIGHT = 40
ROOMY_ROW = 28
COMPACT_ROW = 22
BAND_PADDING = 3
NARROWEST_GUTTER = 96
WIDEST_GUTTER = 176


@dataclass(frozen=True, slots=True)
class Band:
    """The strip of one lane; `top` counts from the top of the first lane."""

    top: int
    rows: int
    row_height: int

    @property
    def height(self) -> int:
        """The height with the padding above and below the rows."""
        return self.rows * self.row_height + 2 * BAND_PADDING

    @property
    def bottom(self) -> int:
        """Where the next lane begins."""
        return self.top + self.height

    def row_top(self, row: int) -> int:
        """Give where a row begins."""
        return self.top + BAND_PADDING + row * self.row_height

    def row_at(self, y: float) -> int:
        """Give the row at a height, the first or last where it is above or below them all."""
        row = int((y - self.top - BAND_PADDING) // self.row_height)
        return min(max(row, 0), self.rows - 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """The places on the widget: x and y in its own pixels; `scroll` is how far lanes went up."""

    gutter: int
    viewport: Viewport
    bands: tuple[Band, ...]
    scroll: int = 0
    height: int = 0

    def to_strip(self, x: float) -> float:
        """Convert an x of the widget to one of the viewport."""
        return x - self.gutter

    def lane_y(self, y: float) -> float:
        """Convert a y of the widget to one counted from the top of the first lane."""
        return y - RULER_HEIGHT + self.scroll

    def lane_at(self, y: float) -> int | None:
        """Give the number of the lane at a height; None below the last and on the ruler."""
        if y < RULER_HEIGHT:
            return None
        inside = self.lane_y(y)
        return next(
            (number for number, band in enumerate(self.bands) if band.top <= inside < band.bottom),
            None,
        )


def bands_of(row_counts: Sequence[int], available: int) -> tuple[Band, ...]:
    """Stack the lanes: roomy rows where they fit the height, else compact ones that may scroll."""
    rows = [max(1, count) for count in row_counts]
    roomy = sum(rows) * ROOMY_ROW + 2 * BAND_PADDING * len(rows)
    row_height = ROOMY_ROW if roomy <= available else COMPACT_ROW
    bands: list[Band] = []
    for count in rows:
        bands.append(Band(bands[-1].bottom if bands else 0, count, row_height))
    return tuple(bands)
