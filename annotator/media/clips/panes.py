"""Where the pictures of several recordings stand in the picture of a clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from annotator.errors import MediaError
from annotator.media.clips.composition import USUAL_INSET, Corner, Inset, Layout

MOST_BESIDE, _MOST_IN_ROW = 4, 2
SMALLEST_SHARE, LARGEST_SHARE = 0.1, 0.5
_BOX = (1920, 1080)
"""Pictures side by side become no larger than this together: every classroom shows it."""

_GAP_SHARE = 90
_MARGIN_SHARE = 40
_LINE_SHARE = 240
"""The gap is this part of the height, so is the room about a small picture, and its line."""

PixelSize = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pane:
    """A field of a picture: all four are even numbers of pixels."""

    left: int
    top: int
    width: int
    height: int

    def grown(self, by: int) -> Pane:
        """Give the field with so many pixels more on each side, as far as there are any."""
        left, top = max(self.left - by, 0), max(self.top - by, 0)
        right, bottom = self.left + self.width + by, self.top + self.height + by
        return Pane(left, top, right - left, bottom - top)

    def around(self, size: tuple[float | Fraction, float | Fraction]) -> Pane:
        """Give the largest field of that shape within this one, in its middle."""
        scale = min(self.width / size[0], self.height / size[1])
        width = min(even(size[0] * scale), self.width)
        height = min(even(size[1] * scale), self.height)
        left = self.left + (self.width - width) // 4 * 2
        return Pane(left, self.top + (self.height - height) // 4 * 2, width, height)


@dataclass(frozen=True, slots=True)
class Board:
    """The size of the whole picture, and the field of each recording in the order drawn.

    Round each field that is drawn over another there is a line of so many pixels.
    """

    width: int
    height: int
    panes: tuple[Pane, ...]
    line: int = 0


def board_of(layout: Layout, sizes: Sequence[PixelSize], inset: Inset = USUAL_INSET) -> Board:
    """Lay out pictures of these sizes, in pixels as wide as high; the first one leads.

    Raises MediaError where there are too few or too many of them for the layout.
    """
    require_fitting(layout, len(sizes))
    if layout is Layout.SIDE:
        return _row(sizes) if len(sizes) <= _MOST_IN_ROW else _grid(sizes)
    width, height = even(sizes[0][0]), even(sizes[0][1])
    whole = Pane(0, 0, width, height)
    if layout is Layout.ONE:
        return Board(width, height, (whole,))
    line = even(height / _LINE_SHARE)
    return Board(width, height, (whole, _small(whole, sizes[1], inset)), line)


def require_fitting(layout: Layout, count: int) -> None:
    """See to it that so many recordings go into a layout; raises MediaError where they do not."""
    least, most, told = {
        Layout.ONE: (1, 1, "One recording fills the picture"),
        Layout.SIDE: (2, MOST_BESIDE, f"Side by side stand 2 to {MOST_BESIDE} recordings"),
        Layout.INSET: (2, 2, "A picture in the picture takes 2 recordings"),
    }[layout]
    if not least <= count <= most:
        told = f"{told}, but {count or 'none'} {'is' if count == 1 else 'are'} chosen."
        raise MediaError(told, "Choose others, or another layout.")


def _row(sizes: Sequence[PixelSize]) -> Board:
    """Put pictures in a row, all as high as the first one, each as wide as it then is."""
    ratios = [width / height for width, height in sizes]
    height = min(sizes[0][1], _BOX[1], _BOX[0] / sum(ratios))
    high, gap = even(height), _gap(height)
    panes: list[Pane] = []
    left = 0
    for ratio in ratios:
        panes.append(Pane(left, 0, even(height * ratio), high))
        left += panes[-1].width + gap
    return Board(left - gap, high, tuple(panes))


def _grid(sizes: Sequence[PixelSize]) -> Board:
    """Put three or four pictures in two rows, each in a field of the first one's shape."""
    width, height = sizes[0]
    scale = min(1.0, _BOX[0] / (2 * width), _BOX[1] / (2 * height))
    wide, high, gap = even(width * scale), even(height * scale), _gap(height * scale)
    across, down = wide * 2 + gap, high * 2 + gap
    places = [(0, 0), (wide + gap, 0), (0, high + gap), (wide + gap, high + gap)]
    if len(sizes) < MOST_BESIDE:
        places[2] = ((across - wide) // 4 * 2, high + gap)
    cells = [Pane(*place, wide, high) for place in places]
    panes = (cell.around(size) for cell, size in zip(cells, sizes, strict=False))
    return Board(across, down, tuple(panes))


def _small(whole: Pane, size: PixelSize, inset: Inset) -> Pane:
    """Give the field of a small picture in a corner of a large one, no higher than half of it."""
    share = min(max(inset.share, SMALLEST_SHARE), LARGEST_SHARE)
    room = Pane(0, 0, even(whole.width * share), even(whole.height / 2))
    own = room.around(size)
    spare = (whole.width - own.width) // 4 * 2
    margin = min(even(whole.height / _MARGIN_SHARE), spare)
    is_left = inset.corner in (Corner.TOP_LEFT, Corner.BOTTOM_LEFT)
    is_top = inset.corner in (Corner.TOP_LEFT, Corner.TOP_RIGHT)
    left = margin if is_left else whole.width - own.width - margin
    top = margin if is_top else whole.height - own.height - margin
    return Pane(max(left, 0), max(top, 0), own.width, own.height)


def even(length: float | Fraction) -> int:
    """Round a side to an even number of pixels, of which there are some."""
    return max(round(length / 2) * 2, 2)


def _gap(height: float) -> int:
    return even(height / _GAP_SHARE)
