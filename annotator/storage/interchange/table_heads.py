"""Where the headings of a table stand, and what its columns are called."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.model.naming import unused_name
from annotator.storage.interchange.columns import Column
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.table_headings import heard
from annotator.storage.interchange.table_rows import MOST_COLUMNS
from annotator.storage.interchange.table_times import is_number, is_smpte, read_clock

Cells = Sequence[str]

_HEAD_WITHIN = 50
_HALF = 0.5


def no_rows() -> ForeignFileError:
    """Make the failure that tells of a table in which nothing stands."""
    return ForeignFileError("The table has no rows.", "Choose a file with rows in it.")


def head_of(sample: Sequence[Cells], *, is_headed: bool | None) -> tuple[int, bool]:
    """Find the row of the headings, or of the first data, and whether it holds headings.

    `is_headed` is what is known of that, None for nothing. Raises ForeignFileError where all rows
    are empty.
    """
    first = _first(sample)
    if is_headed is False:
        return first, False
    for place, cells in enumerate(sample[:_HEAD_WITHIN]):
        if is_head(cells):
            return place, True
    if is_headed is None:
        return first, not any(_is_time(cell.strip()) for cell in sample[first])
    return first, True


def _first(sample: Sequence[Cells]) -> int:
    """Find the first row that is neither empty nor a remark above the table.

    A row of one cell is such a remark where those below have more.
    """
    places = [place for place, cells in enumerate(sample) if any(cells) and not _is_remark(cells)]
    if not places:
        raise no_rows()
    first, *others = places
    is_title = _filled(sample[first]) == 1 and not _is_time(sample[first][0].strip())
    if is_title and others and min(_filled(sample[place]) for place in others[:3]) > 1:
        return others[0]
    return first


def _filled(cells: Cells) -> int:
    return sum(1 for cell in cells if cell.strip())


def _is_remark(cells: Cells) -> bool:
    return cells[0].lstrip(' "').startswith("#") and not is_head(cells)


def is_head(cells: Cells) -> bool:
    """Tell whether a row holds headings, one of which is that of a start."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    numbers = sum(_is_time(cell) for cell in filled)
    if not filled or numbers > _HALF * len(filled):
        return False
    roles = {heard(cell).role for cell in filled if not _is_time(cell)} - {None}
    return Column.START in roles and (len(roles) > 1 or not numbers) and len(filled) > 1


def _is_time(cell: str) -> bool:
    return is_number(cell) or read_clock(cell) is not None or is_smpte(cell)


def headings_below(
    sample: Sequence[Cells], place: int, *, is_headed: bool
) -> tuple[tuple[str, ...], list[Cells]]:
    """Give a name of its own to each column, and the rows below that hold anything.

    A column without a heading is called by its number.
    """
    below = [cells for cells in sample[place + is_headed :] if any(cells)]
    words = [cell.strip(" \t\n#\ufeff") for cell in sample[place]] if is_headed else []
    if words and _has_row_names(words, below):
        words.insert(0, "")
    width = min(MOST_COLUMNS, max(len(words), _usual_width(below)))
    while width > 1 and width <= len(words) and not words[width - 1] and _is_blank(below, width):
        width -= 1
    taken: dict[str, None] = {}
    for index in range(width):
        word = (words[index] if index < len(words) else "") or f"column {index + 1}"
        taken[unused_name(word, taken, " ({})")] = None
    return tuple(taken), below


def _has_row_names(words: Cells, below: Sequence[Cells]) -> bool:
    """Tell whether the first column has no heading at all, as R writes tables with row names."""
    return (
        len(words) > 1
        and bool(below)
        and all(words)
        and all(len(cells) == len(words) + 1 for cells in below)
        and sum(1 for cells in below if cells[-1]) > _HALF * len(below)
        and len({cells[0] for cells in below}) == len(below)
    )


def _usual_width(rows: Sequence[Cells]) -> int:
    """Give how many columns most rows have something in."""
    widths = sorted(_end(cells) for cells in rows)
    return widths[(len(widths) - 1) // 2] if widths else 0


def _end(cells: Cells) -> int:
    return next((place for place in range(len(cells), 0, -1) if cells[place - 1]), 0)


def _is_blank(rows: Sequence[Cells], width: int) -> bool:
    return not any(len(cells) >= width and cells[width - 1] for cells in rows)
