"""Rows of a table, held in hardly more room than their letters need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_CELL, _ROW = "\0", "\1"
_AT_ONCE = 200
_BARE = str.maketrans({_CELL: "\N{REPLACEMENT CHARACTER}", _ROW: "\N{REPLACEMENT CHARACTER}"})


class PackedRows:
    """Rows with their numbers, of which many are one text each; no cell of them may be missing.

    The two control characters that set them apart can stand in no cell, and become U+FFFD.
    """

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._last: list[str] = []

    def add(self, number: int, cells: Sequence[str]) -> None:
        """Add a row."""
        packed = _CELL.join(cells)
        if packed.count(_CELL) != len(cells) - 1 or _ROW in packed:
            packed = _CELL.join(one.translate(_BARE) for one in cells)
        self._last.append(f"{number}{_CELL}{packed}")
        if len(self._last) == _AT_ONCE:
            self._blocks.append(_ROW.join(self._last))
            self._last.clear()

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        for block in (*self._blocks, _ROW.join(self._last)):
            for packed in block.split(_ROW) if block else ():
                number, *cells = packed.split(_CELL)
                yield int(number), cells
