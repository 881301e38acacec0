"""Finds fonts: the one that comes with the program first, then those of this computer."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from PIL import ImageFont, features

from annotator.errors import MediaError
from annotator.media.lettering.coverage import Coverage, coverages
from annotator.media.lettering.letters import UndrawableError, clusters, needed, needs_shaping

_ENDINGS = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_NOT_LETTERS = re.compile(r"last.?resort|blank|emoji|nonuni|dejavu", re.IGNORECASE)
_ODD = re.compile(
    r"bold|black|heavy|medium|semi|ital|obli|mono|cond|light|thin|serif|display|ui|[-_]bd?\b",
    re.IGNORECASE,
)
_BEST = re.compile(r"noto ?sans", re.IGNORECASE)
_GOOD = re.compile(r"sans|regular|gothic|droid|arial", re.IGNORECASE)
_MOST_SHOWN = 6


class Weight(Enum):
    """How strong letters are; the value is the file of the font that comes with the program."""

    REGULAR = "DejaVuSans.ttf"
    BOLD = "DejaVuSans-Bold.ttf"


@dataclass(frozen=True, slots=True)
class FontFile:
    """One font of a file, and which letters it has."""

    path: Path
    coverage: Coverage

    def has(self, text: str) -> bool:
        """Tell whether all letters of a text can be drawn with it."""
        return all(self.coverage.has(letter) for letter in needed(text))


def require_drawable(texts: Iterable[str]) -> None:
    """See to it before anything is written that every letter of tidied texts can be drawn.

    Raises UndrawableError, naming the letters that no font has.
    """
    letters = {one for text in texts for one in clusters(text) if needed(one)}
    missing = sorted(one for one in letters if font_for(one) is None)
    if missing:
        shown = ", ".join(f"“{one}” (U+{ord(one[0]):04X})" for one in missing[:_MOST_SHOWN])
        more = " and others" if len(missing) > _MOST_SHOWN else ""
        raise UndrawableError(
            f"No font on this computer has the letters {shown}{more}.",
            "Install one that has them, for example of the family Noto Sans, or write otherwise.",
        )
    if needs_shaping("".join(letters)) and not can_shape():
        raise UndrawableError(
            "Letters that run from right to left, or join, cannot be drawn on this computer.",
            "Install the library FriBiDi, or leave those words out.",
        )


def can_shape() -> bool:
    """Tell whether letters that join, or run from right to left, can be drawn here."""
    return bool(features.check("raqm"))


def font_for(text: str, weight: Weight = Weight.REGULAR) -> FontFile | None:
    """Find the first font that has all letters of a text; None where there is none."""
    own = own_font(weight)
    if own.has(text):
        return own
    return _elsewhere(frozenset(needed(text)))


@lru_cache(maxsize=4096)
def _elsewhere(letters: frozenset[int]) -> FontFile | None:
    for path in system_fonts():
        for one in covered(path):
            if all(one.has(letter) for letter in letters):
                return FontFile(path, one)
    return None


@lru_cache(maxsize=4096)
def covered(path: Path) -> tuple[Coverage, ...]:
    """Read what the fonts of a file cover, once."""
    return tuple(coverages(path))


@lru_cache
def own_font(weight: Weight) -> FontFile:
    """Give the font that comes with the program.

    Raises MediaError where it is not there.
    """
    found = find_spec("matplotlib")  # it brings fonts; itself it need not be loaded for them
    places = list(found.submodule_search_locations or ()) if found else []
    for place in places:
        path = Path(place, "mpl-data", "fonts", "ttf", weight.value)
        for one in covered(path):
            return FontFile(path, one)
    raise MediaError("The font that comes with the program is missing.", "Install it once more.")


@lru_cache(maxsize=256)
def opened(font: FontFile, size: float) -> ImageFont.FreeTypeFont:
    """Load a font at a size in pixels."""
    engine = ImageFont.Layout.RAQM if can_shape() else ImageFont.Layout.BASIC
    try:
        number = font.coverage.number
        loaded = ImageFont.truetype(str(font.path), size, number, layout_engine=engine)
    except OSError as error:
        told = f"The font {font.path.name} cannot be read."
        raise MediaError(told, "Install it anew.") from error
    if font.coverage.axes:  # some that have all weights begin with the thinnest
        with suppress(OSError, NotImplementedError):
            loaded.set_variation_by_axes([*font.coverage.axes])
    return loaded


@lru_cache
def system_fonts() -> tuple[Path, ...]:
    """List the font files of this computer, plain upright ones first."""
    found = {path for folder in font_folders() for path in _files(folder)}
    return tuple(sorted(found, key=_order))


def _order(path: Path) -> tuple[bool, bool, bool, str]:
    stem = path.stem
    unlike = [kind.search(stem) is None for kind in (_BEST, _GOOD)]
    return _ODD.search(stem) is not None, unlike[0], unlike[1], path.name.casefold()


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            if path.suffix.lower() in _ENDINGS and not _NOT_LETTERS.search(path.stem):
                yield path


def font_folders() -> list[Path]:
    """Name the folders in which this system keeps fonts."""
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if sys.platform == "win32":
        windows = os.environ.get("WINDIR", r"C:\Windows")
        local = os.environ.get("LOCALAPPDATA", str(home))
        return [Path(windows, "Fonts"), Path(local, "Microsoft", "Windows", "Fonts")]
    data = os.environ.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    shared = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    return [home / ".fonts", *(Path(one, "fonts") for one in [data, *shared.split(":")])]
