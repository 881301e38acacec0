"""How words look on pictures: captions, badges, watermarks, and questions over a still picture."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.media.lettering.fonts import Weight
from annotator.media.lettering.letters import UndrawableError
from annotator.media.lettering.patches import Canvas, Colour, Patch, Sheet
from annotator.media.lettering.typesetting import Block, Style, set_in
from annotator.media.lettering.words import Look

INK: Colour = (12, 14, 18)
PAPER: Colour = (250, 250, 247)
ACCENT: Colour = (255, 196, 84)

_SMALLEST = 9.0
"""Smaller letters, in pixels, cannot be read."""

_MOST_SHOWN = 40
_SAFE = 5.0
"""Hundredths of the picture's height are kept free along its edges."""


def drawn(text: str, look: Look, canvas: Canvas) -> Patch:
    """Draw a tidied text for a picture.

    Raises UndrawableError where the picture has no room for it.
    """
    draw = {
        Look.CAPTION: _caption,
        Look.BADGE: _badge,
        Look.WATERMARK: _watermark,
        Look.QUESTION: _question,
    }[look]
    return draw(text, canvas)


def fitting(
    text: str, sizes: tuple[float, float], room: tuple[float, float], weight: Weight
) -> Block:
    """Set a text as large as the room (width, height) lets it be, between two sizes in pixels.

    Raises UndrawableError where there is no room for it at all.
    """
    for size in _sizes(*sizes):
        block = set_in(text, Style(size, weight), room[0])
        if block.height <= room[1] and block.width <= room[0]:
            return block
    shown = text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
    raise UndrawableError(f"The text “{shown}” has no room on the picture.", "Write less.")


def _sizes(most: float, least: float) -> Iterator[float]:
    size, smallest = most, max(min(most, least), _SMALLEST)
    while size > smallest:
        yield size
        size *= 0.92
    yield smallest


def _caption(text: str, canvas: Canvas) -> Patch:
    """Set what is said low in the middle, in a dark box."""
    unit, wide = canvas.unit, canvas.shown_width
    room = (wide - 4 * _SAFE * unit, canvas.height * 0.5)
    block = fitting(text, (5.0 * unit, 2.4 * unit), room, Weight.REGULAR)
    side, above = 0.62 * block.style.size, 0.34 * block.style.size
    bottom = canvas.height - _SAFE * unit
    left, top = (wide - block.width) / 2, bottom - above - block.height
    area = (left - side, top - above, left + block.width + side, bottom)
    sheet = Sheet(canvas, _grown(area))
    sheet.box(area, 0.28 * block.style.size, INK, 0.78)
    sheet.words(block, (left, top), PAPER, centred=True)
    return sheet.patch()


def _badge(text: str, canvas: Canvas) -> Patch:
    """Name a tag in the upper left corner, behind a small mark."""
    unit = canvas.unit
    room = (canvas.shown_width * 0.5 - 3 * _SAFE * unit, canvas.height * 0.3)
    block = fitting(text, (3.1 * unit, 2.0 * unit), room, Weight.BOLD)
    size = block.style.size
    side, above, mark = 0.7 * size, 0.42 * size, 0.2 * size
    left = top = _SAFE * unit
    right = left + 2 * side + mark + 0.45 * size + block.width
    area = (left, top, right, top + block.height + 2 * above)
    sheet = Sheet(canvas, _grown(area))
    sheet.box(area, 0.4 * size, INK, 0.68)
    bar = (left + side, top + above + 0.12 * size)
    low = top + above + block.height - 0.12 * size
    sheet.box((bar[0], bar[1], bar[0] + mark, low), mark / 2, ACCENT, 1)
    sheet.words(block, (bar[0] + mark + 0.45 * size, top + above), PAPER)
    return sheet.patch()


def _watermark(text: str, canvas: Canvas) -> Patch:
    """Write quietly in the upper right corner; a shade keeps it readable on any ground."""
    unit = canvas.unit
    room = (canvas.shown_width * 0.5 - 2 * _SAFE * unit, canvas.height * 0.3)
    block = fitting(text, (3.0 * unit, 1.9 * unit), room, Weight.BOLD)
    left, top = canvas.shown_width - _SAFE * unit - block.width, _SAFE * unit
    spread = block.style.size
    area = (left - spread, top - spread, left + block.width + spread, top + block.height + spread)
    sheet = Sheet(canvas, area)
    sheet.halo(block, (left, top), 0.85)
    sheet.words(block, (left, top), PAPER)
    return sheet.patch(0.82)


def _question(text: str, canvas: Canvas) -> Patch:
    """Ask over a picture that stands: a broad panel low in it, with a mark at its side."""
    unit, wide = canvas.unit, canvas.shown_width
    edge = _SAFE * unit
    inside = (wide - 4 * edge - 3 * unit, canvas.height * 0.62)
    block = fitting(text, (6.2 * unit, 2.6 * unit), inside, Weight.REGULAR)
    size = block.style.size
    above = 0.8 * size
    bottom = canvas.height - edge
    top = bottom - block.height - 2 * above
    area = (edge, top, wide - edge, bottom)
    sheet = Sheet(canvas, _grown(area))
    sheet.box(area, 0.3 * size, INK, 0.86)
    leftward = any(line.leftward for line in block.lines)
    bar = wide - 2 * edge - 0.8 * unit if leftward else 2 * edge
    ends = (top + above + 0.1 * size, bottom - above - 0.1 * size)
    sheet.box((bar, ends[0], bar + 0.8 * unit, ends[1]), 0.4 * unit, ACCENT, 1)
    left = bar - 2.2 * unit - block.width if leftward else bar + 3 * unit
    sheet.words(block, (left, top + above), PAPER)
    return sheet.patch()


def _grown(area: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    left, top, right, bottom = area
    return left - 2, top - 2, right + 2, bottom + 2
