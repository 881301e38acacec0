"""What to propose for a new code: an id, and a colour that all eyes can tell apart.

The colours are those of Okabe and Ito ("Color Universal Design", 2008) and of Paul Tol's schemes
"bright", "vibrant" and "muted" ("Colour Schemes", SRON/EPS/TN/09-002, 2021), as far as they stand
out in the light and in the dark window alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from colorsys import hls_to_rgb
from dataclasses import dataclass
from functools import lru_cache

from annotator.model.book_advice import NEAR
from annotator.model.codebook import Codebook
from annotator.model.colours import (
    DARK_GROUND,
    LEAST_CONTRAST,
    LIGHT_GROUND,
    contrast,
    is_colour,
    least_difference,
)
from annotator.model.formula import can_be_named
from annotator.model.naming import unused_name

OKABE_ITO = "Okabe and Ito"
TOL = "Paul Tol"


@dataclass(frozen=True, slots=True)
class PaletteColour:
    """A colour that can be chosen, with a name for people and who proposed it."""

    colour: str
    name: str
    source: str


PALETTE = (
    PaletteColour("#0072b2", "blue", OKABE_ITO),
    PaletteColour("#d55e00", "vermillion", OKABE_ITO),
    PaletteColour("#009e73", "bluish green", OKABE_ITO),
    PaletteColour("#cc79a7", "reddish purple", OKABE_ITO),
    PaletteColour("#aa4499", "purple", TOL),
    PaletteColour("#999933", "olive", TOL),
    PaletteColour("#cc6677", "rose", TOL),
    PaletteColour("#4477aa", "steel blue", TOL),
    PaletteColour("#228833", "green", TOL),
    PaletteColour("#cc3311", "red", TOL),
    PaletteColour("#ee3377", "magenta", TOL),
    PaletteColour("#ee6677", "light red", TOL),
    PaletteColour("#009988", "teal", TOL),
)
"""In the order in which they are proposed; each has a contrast of 3 with both grounds."""


def stands_out(colour: str) -> bool:
    """Tell whether a colour can be seen in the light and in the dark window."""
    return all(contrast(colour, ground) >= LEAST_CONTRAST for ground in (LIGHT_GROUND, DARK_GROUND))


def next_colour(book: Codebook) -> str:
    """Propose the colour for one more code: the one least like those in use, to any eyes.

    The palette comes first, as long as it has a colour that can be told from all others; after
    that any colour that stands out. The same book is always given the same colour.
    """
    used = [code.colour for code in book.codes_in_use if is_colour(code.colour)]
    return next_colour_beside(used)


def next_colour_beside(used: Collection[str]) -> str:
    """Propose a colour beside those in use, as `next_colour` does."""
    if not used:
        return PALETTE[0].colour
    apart = {one.colour: _least_beside(one.colour, used) for one in PALETTE}
    best = max(apart, key=lambda colour: apart[colour])
    if apart[best] >= NEAR:
        return best
    return max((best, *_many_colours()), key=lambda colour: _least_beside(colour, used))


def _least_beside(colour: str, used: Iterable[str]) -> float:
    return min(least_difference(colour, other)[0] for other in used)


@lru_cache(maxsize=1)
def _many_colours() -> tuple[str, ...]:
    """Give colours of every hue, of several shades, as far as they stand out."""
    colours = (
        hls_to_rgb(hue / 24, lightness / 20, fullness)
        for hue in range(24)
        for lightness in range(5, 14)
        for fullness in (0.3, 0.65, 1.0)
    )
    written = (
        f"#{round(255 * red):02x}{round(255 * green):02x}{round(255 * blue):02x}"
        for red, green, blue in colours
    )
    return tuple(colour for colour in dict.fromkeys(written) if stands_out(colour))


def next_id(name: str, taken: Collection[str]) -> str:
    """Make an id of a name, such as "open_question", that none of these is and formulas can name.

    Where it is taken a number follows it.
    """
    stem = re.sub(r"[^0-9a-z]+", "_", _plain(name)).strip("_") or "code"
    if not can_be_named(stem):
        stem = f"code_{stem}"
    return unused_name(stem, taken, "_{}")


def _plain(text: str) -> str:
    """Write a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
