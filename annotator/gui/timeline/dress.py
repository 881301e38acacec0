"""How each code looks on the timeline in a theme: its colours and the words that may fit."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QColor, QFont, QFontMetricsF

from annotator.gui.theme import Theme, readable_on, standing_out, tinted
from annotator.model.codebook import Code, Codebook

TINT = 0.24
DARK_TINT = 0.36
GRAPHIC_CONTRAST = 3.0  # WCAG 2.1 for what is no text


@dataclass(frozen=True, slots=True)
class Dress:
    """The look of one code.

    `fill` is its bar's ground and `ink` the text there; `edge` is its full colour, made to
    stand out from the surface, and `ink_on_edge` the text on that.
    """

    fill: QColor
    edge: QColor
    ink: QColor
    ink_on_edge: QColor
    name: str
    name_width: float
    abbreviation: str
    abbreviation_width: float

    def words_for(self, width: float) -> str:
        """Give the name or the abbreviation, whichever fits the width; empty where neither."""
        if self.name_width <= width:
            return self.name
        return self.abbreviation if self.abbreviation_width <= width else ""


class Wardrobe:
    """The dresses of a codebook's codes; an unknown code is grey and goes by its id."""

    def __init__(self, book: Codebook | None, theme: Theme, font: QFont) -> None:
        self._codes = {code.id: code for code in book.codes} if book else {}
        self._theme = theme
        self._metrics = QFontMetricsF(font)
        self._dresses: dict[str, Dress] = {}

    def dress_of(self, code_id: str) -> Dress:
        """Give the look of a code."""
        dress = self._dresses.get(code_id)
        if dress is None:
            code = self._codes.get(code_id) or Code(code_id, code_id)
            dress = self._dresses[code_id] = self._made(code)
        return dress

    def _made(self, code: Code) -> Dress:
        theme = self._theme
        colour = QColor(code.colour)
        colour = colour if colour.isValid() else theme.line_strong
        edge = standing_out(colour, theme.surface, GRAPHIC_CONTRAST)
        return Dress(
            fill=tinted(edge, theme, DARK_TINT if theme.is_dark else TINT),
            edge=edge,
            ink=theme.text,
            ink_on_edge=readable_on(edge),
            name=code.name,
            name_width=self._metrics.horizontalAdvance(code.name),
            abbreviation=code.abbreviation,
            abbreviation_width=self._metrics.horizontalAdvance(code.abbreviation),
        )
