"""How the columns of the tags table share its width."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from annotator.gui.panels.tag_cells import Column

SAMPLES = {
    Column.START: "00:00.000",
    Column.END: "00:00.000",
    Column.LENGTH: "00.000 s",
    Column.CODE: "Reflection (complex)",
    Column.PARTICIPANT: "Participant",
    Column.ATTRIBUTES: "Depth: feeling",
    Column.NOTE: "Note on the tag",
}
"""What each column should have room for."""
HOURS = "0:"
"""What stands before these times in a session that lasts an hour or more."""
PADDING = 17
BESIDE = {Column.START: 12, Column.CODE: 22}
"""Room for what stands beside the text: the pencil, the chip."""
LEAST = {Column.CODE: 126, Column.PARTICIPANT: 48, Column.ATTRIBUTES: 60, Column.NOTE: 50}
"""What columns can shrink to when there is little room; names are cut with dots then."""


def natural_widths(measure: Callable[[str], int], *, hours: bool) -> dict[Column, int]:
    """Give the width in pixels that each column likes, from the width of its sample.

    `hours` says whether times may need room for the hours.
    """
    longer = {Column.START, Column.END} if hours else set()
    return {
        column: measure(f"{HOURS if column in longer else ''}{text}")
        + PADDING
        + BESIDE.get(column, 0)
        for column, text in SAMPLES.items()
    }


def narrowest(natural: Mapping[Column, int], type_scale: float = 1.0) -> int:
    """Give the room below which the table scrolls."""
    least = _least(type_scale)
    return natural[Column.START] + least[Column.CODE] + least[Column.NOTE]


CHOSEN_FROM = (Column.END, Column.LENGTH, Column.PARTICIPANT, Column.ATTRIBUTES)
"""The columns that can be left out; the others are always there."""
USUALLY_HIDDEN = frozenset({Column.ATTRIBUTES})


def fitted(
    room: int,
    natural: Mapping[Column, int],
    type_scale: float = 1.0,
    hidden: Collection[Column] = USUALLY_HIDDEN,
) -> dict[Column, int]:
    """Share `room` pixels: the length goes first, since the end says it too, then columns shrink.

    Where even that is too much the end goes as well, and then the participant: the timeline
    shows both. Columns that are left out are missing from the answer. The note takes what is
    over. Below the `narrowest` width the sum exceeds the room, and the table scrolls. `hidden`
    columns are wanted by nobody.
    """
    widths = {column: width for column, width in natural.items() if column not in hidden}
    if sum(widths.values()) > room:
        widths.pop(Column.LENGTH, None)
    least = _least(type_scale)
    for column in (Column.END, Column.PARTICIPANT):
        if sum(least.get(one, width) for one, width in widths.items()) > room:
            widths.pop(column, None)
    for column in (Column.NOTE, Column.ATTRIBUTES, Column.PARTICIPANT, Column.CODE):
        over = sum(widths.values()) - room
        if over > 0 and column in widths:
            widths[column] = max(least[column], widths[column] - over)
    widths[Column.NOTE] += max(0, room - sum(widths.values()))
    return widths


def _least(type_scale: float) -> dict[Column, int]:
    return {column: round(width * type_scale) for column, width in LEAST.items()}
