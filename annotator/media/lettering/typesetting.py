"""Sets a text in lines: broken evenly, each part in a font that has its letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from PIL import Image, ImageDraw, ImageFont

from annotator.media.lettering.direction import in_place, levels
from annotator.media.lettering.fonts import FontFile, Weight, can_shape, font_for, opened, own_font
from annotator.media.lettering.letters import clusters, needed, runs_right_to_left, words_of

ASCENT, DESCENT = 0.93, 0.24
"""How far letters reach over and under the line on which they stand, by their size."""

_SMOOTH = 96
"""Letters are drawn at this size at least and made smaller, so that they stand evenly."""

_MOST_SMOOTH = 4
_ROOM_AROUND = 0.5
"""Some scripts' marks reach further than others; so much more is drawn on every side."""


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look: size in pixels, how strong, and the way from line to line by the size."""

    size: float
    weight: Weight = Weight.REGULAR
    leading: float = 1.32


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `leftward` where its paragraph runs from right to left."""

    text: str
    leftward: bool
    width: float


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under each other; `width` and `height` are in pixels, without what marks reach over."""

    lines: tuple[Line, ...]
    style: Style

    @property
    def width(self) -> float:
        """How wide the widest line is."""
        return max((line.width for line in self.lines), default=0.0)

    @property
    def height(self) -> float:
        """From the top of the first line to the bottom of the last."""
        between = self.style.leading * max(len(self.lines) - 1, 0)
        return self.style.size * (ASCENT + DESCENT + between)

    @property
    def around(self) -> int:
        """How many pixels `mask` has more on every side."""
        return int(self.style.size * _ROOM_AROUND) + 1

    def mask(self, *, centred: bool) -> Image.Image:
        """Draw the letters as grey on black; lines begin at their side where not centred."""
        around, size = self.around, self.style.size
        fine = max(1, min(_MOST_SMOOTH, round(_SMOOTH / size)))
        wide, high = int(self.width) + 1 + 2 * around, int(self.height) + 1 + 2 * around
        image = Image.new("L", (wide * fine, high * fine))
        for number, line in enumerate(self.lines):
            left = (self.width - line.width) * (0.5 if centred else float(line.leftward))
            base = size * (ASCENT + number * self.style.leading)
            place = ((around + left) * fine, (around + base) * fine)
            _draw(ImageDraw.Draw(image), line, self.style, place, fine)
        return image if fine == 1 else image.resize((wide, high), Image.Resampling.BOX)


def set_in(text: str, style: Style, room: float) -> Block:
    """Set a tidied text in lines no wider than `room` pixels, as even as can be.

    A word that is wider is broken.
    """
    lines = [line for part in text.split("\n") for line in _broken(part, style, room)]
    return Block(tuple(lines), style)


def _broken(text: str, style: Style, room: float) -> Iterator[Line]:
    """Break a paragraph into as few lines as fit, then make them alike."""
    leftward = runs_right_to_left(text)
    words = [part for word in words_of(text) for part in _pieces(word, style, room)]
    widths = [width_of(word, style) for word in words]
    low, high = max(widths, default=0.0), room
    fewest = len(_filled(words, widths, room))
    for _ in range(12 if fewest > 1 else 0):
        middle = (low + high) / 2
        if len(_filled(words, widths, middle)) == fewest:
            high = middle
        else:
            low = middle
    for line in _filled(words, widths, high):
        yield Line(line, leftward, width_of(line, style))


def _filled(words: list[str], widths: list[float], room: float) -> list[str]:
    lines, used = list[str](), 0.0
    for word, width in zip(words, widths, strict=True):
        if lines and used + width <= room:
            lines[-1] += word
            used += width
        else:
            lines.append(word.lstrip())
            used = width
    return lines


def _pieces(word: str, style: Style, room: float) -> Iterator[str]:
    """Break a word that fits into no line."""
    if width_of(word, style) <= room:
        yield word
        return
    piece = ""
    for letter in clusters(word):
        if piece and width_of(piece + letter, style) > room:
            yield piece
            piece = ""
        piece += letter
    yield piece


@lru_cache(maxsize=8192)
def width_of(text: str, style: Style) -> float:
    """Measure how wide a text is in one line, in pixels."""
    leftward = runs_right_to_left(text)
    return sum(_length(part, style.size) for part in _parts(text, style.weight, leftward=leftward))


@dataclass(frozen=True, slots=True)
class _Part:
    """Letters that one font draws in one go."""

    text: str
    font: FontFile
    leftward: bool


def _parts(text: str, weight: Weight, *, leftward: bool) -> list[_Part]:
    """Part a line by fonts and directions, from left to right."""
    own = own_font(weight)
    if own.has(text) and can_shape():
        return [_Part(text, own, leftward)]  # the library that shapes it orders it too
    letters = clusters(text)
    depths = levels(letters, leftward=leftward)
    kinds = list(zip(depths, _fonts(letters, weight), strict=True))
    runs = [list(run) for _, run in groupby(range(len(letters)), kinds.__getitem__)]
    parts = [_part([letters[at] for at in run], *kinds[run[0]]) for run in runs]
    return [parts[one] for one in in_place([depths[run[0]] for run in runs])]


def _part(letters: list[str], depth: int, font: FontFile) -> _Part:
    leftward = depth % 2 == 1
    if leftward and not can_shape():
        letters.reverse()
    return _Part("".join(letters), font, leftward)


def _fonts(letters: list[str], weight: Weight) -> list[FontFile]:
    """Choose a font for each letter; blanks and marks stay in the font before, if it has them."""
    own = own_font(weight)
    found: list[FontFile] = []
    for letter in letters:
        before = found[-1] if found else own
        stays = not needed(letter) or (not letter[0].isalpha() and before.has(letter))
        font = before if stays else font_for(letter, weight)
        found.append(font or own)
    return found


def _length(part: _Part, size: float) -> float:
    font = opened(part.font, size)
    return float(font.getlength(part.text, direction=_direction(part)))


def _direction(part: _Part) -> str | None:
    if not can_shape():
        return None
    return "rtl" if part.leftward else "ltr"


def _draw(
    onto: ImageDraw.ImageDraw, line: Line, style: Style, place: tuple[float, float], fine: int
) -> None:
    left, base = place
    for part in _parts(line.text, style.weight, leftward=line.leftward):
        font: ImageFont.FreeTypeFont = opened(part.font, style.size * fine)
        way = _direction(part)
        onto.text((left, base), part.text, 255, font, "ls", direction=way)
        left += float(font.getlength(part.text, direction=way))
