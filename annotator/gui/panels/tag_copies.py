"""Tags as text that pastes into a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.gui.panels.tag_cells import Column, Names, cell_text
from annotator.model.coding import Tag

RISKY = ("=", "+", "-", "@")
"""What a spreadsheet takes for the start of a formula."""


def as_table(tags: Iterable[Tag], columns: Iterable[Column], names: Names) -> str:
    """Write tags as lines with tabs between the cells, below a line with the columns' names."""
    shown = list(columns)
    lines = [[column.value for column in shown]]
    lines += [[cell_text(tag, column, names) for column in shown] for tag in tags]
    return "".join("\t".join(map(_cell, line)) + "\n" for line in lines)


def _cell(text: str) -> str:
    """Quote what would break a line or a cell, and keep a spreadsheet from computing with it."""
    safe = f"'{text}" if text.startswith(RISKY) else text
    if any(sign in safe for sign in '\t\n\r"'):
        return '"' + safe.replace('"', '""') + '"'
    return safe
