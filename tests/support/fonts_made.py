"""Makes small fonts with letters that no usual font has, to find them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation


def make_font(path: Path, letters: Iterable[str]) -> Path:
    """Write a font in which each of the letters is a black square."""
    names = {ord(one): f"u{ord(one):04X}" for one in letters}
    _begun(path, names, 600).save(path)
    return path


def make_font_of_all_weights(path: Path, letter: str) -> Path:
    """Write a font in which a letter is a bar, broader the heavier it is; by itself it is thin."""
    builder = _begun(path, {ord(letter): "bar"}, 100)
    builder.setupFvar([("wght", 100, 100, 900, "Weight")], [])
    broader = [(0, 0), (0, 0), (400, 0), (400, 0), (0, 0), (0, 0), (0, 0), (0, 0)]
    builder.setupGvar({"bar": [TupleVariation({"wght": (0, 1.0, 1.0)}, broader)], ".notdef": []})
    builder.save(path)
    return path


def _begun(path: Path, names: Mapping[int, str], width: int) -> FontBuilder:
    order = [".notdef", *names.values()]
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((100, 700), (100 + width, 700), (100 + width, 0)):
        pen.lineTo(point)
    pen.closePath()
    shape = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(names)
    builder.setupGlyf({name: copy(shape) for name in order})
    builder.setupHorizontalMetrics(dict.fromkeys(order, (800, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": path.stem, "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    return builder
