"""Cards that stand between clips: a title with its number, a question, a warning."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from annotator.media.lettering.fonts import Weight
from annotator.media.lettering.looks import ACCENT, PAPER, fitting
from annotator.media.lettering.patches import Canvas, Colour, Sheet
from annotator.media.lettering.typesetting import Block, Style, set_in

GROUND: Colour = (22, 26, 33)
_QUIET: Colour = (164, 171, 182)
_WARNING: Colour = (255, 150, 110)
_MARGIN, _GAP = 11.0, 4.2


class CardKind(Enum):
    """What a card is for; the value stands small above its text, where there is one."""

    TITLE = ""
    WARNING = "Content warning"
    BEFORE = "Before you watch"
    AFTER = "After watching"


@dataclass(frozen=True, slots=True)
class CardText:
    """What stands on a card: `text` large, `number` small above, `below` under it.

    All are tidied, and empty where there is nothing.
    """

    kind: CardKind
    text: str
    number: str = ""
    below: str = ""


def card_picture(card: CardText, canvas: Canvas) -> NDArray[np.uint8]:
    """Draw a card: shape (height, width, 3), red, green, blue.

    Raises UndrawableError where the picture has no room for its text.
    """
    unit = canvas.unit
    left = _MARGIN * unit
    room = canvas.shown_width - 2 * left
    high = canvas.height - 2 * left
    label, below = _label(card, unit, room), _below(card, unit, room)
    used = sum(one.height + _GAP * unit for one in (label, below) if one)
    is_title = card.kind is CardKind.TITLE
    sizes = (9.0 * unit, 3.4 * unit) if is_title else (7.0 * unit, 2.6 * unit)
    weight = Weight.BOLD if is_title else Weight.REGULAR
    text = fitting(card.text, sizes, (room, high - used), weight)
    blocks = [one for one in (label, text, below) if one]
    return _drawn(card, canvas, blocks, text)


def _label(card: CardText, unit: float, room: float) -> Block | None:
    told = "  ·  ".join(part for part in (card.number, card.kind.value) if part)
    return set_in(told, Style(3.4 * unit, Weight.BOLD), room) if told else None


def _below(card: CardText, unit: float, room: float) -> Block | None:
    return set_in(card.below, Style(4.0 * unit), room) if card.below else None


def _drawn(card: CardText, canvas: Canvas, blocks: list[Block], text: Block) -> NDArray[np.uint8]:
    """Set the blocks under each other, in the middle of the height, from one edge."""
    unit, wide = canvas.unit, canvas.shown_width
    sheet = Sheet(canvas, (0, 0, wide, canvas.height))
    sheet.image = Image.new("RGBA", sheet.image.size, (*GROUND, 255))
    mark = _WARNING if card.kind is CardKind.WARNING else ACCENT
    whole = sum(block.height for block in blocks) + _GAP * unit * (len(blocks) - 1)
    top = (canvas.height - whole) / 2
    leftward = any(line.leftward for line in text.lines)
    for block in blocks:
        colour = PAPER if block is text else (mark if block is blocks[0] else _QUIET)
        margin = _MARGIN * unit
        left = wide - margin - block.width if leftward else margin
        sheet.words(block, (left, top), colour)
        top += block.height + _GAP * unit
    patch = sheet.patch()
    whole_card = np.empty((canvas.height, canvas.width, 3), np.uint8)
    whole_card[:] = GROUND
    high, across = patch.alpha.shape
    whole_card[:high, :across] = patch.rgb
    return whole_card
