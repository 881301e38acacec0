"""Tables of tags as sessions, wherever their rows come from."""

from __future__ import annotations

from annotator.storage.interchange.columns import Column, Layout
from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.report import Notes, excerpt
from annotator.storage.interchange.table_cells import Cells
from annotator.storage.interchange.table_headings import heard
from annotator.storage.interchange.table_moments import MomentRows
from annotator.storage.interchange.table_plan import Plan, named_in_vain, plan_of
from annotator.storage.interchange.table_reading import TagRows
from annotator.storage.interchange.table_rooms import Rooms
from annotator.storage.interchange.table_rows import Grid


def read_table(grid: Grid, wishes: Wishes, notes: Notes, name: str) -> Found:
    """Read a table of tags as a person wishes, or as it seems to be; `name` is the session's.

    Where no row can be taken there is an empty session, so that the columns can be chosen anew.
    Raises ForeignFileError where there are no rows, or more of anything than a table has.
    """
    plan = plan_of(grid, wishes, notes)
    for heading in named_in_vain(plan, wishes):
        notes.noticed(f"the mapping names a column “{heading}”, which the table does not have")
    name = _tell_above(plan, notes) or name
    rooms = Rooms(name, notes, wishes.now)
    if plan.columns.layout is Layout.CODES:
        return _of_moments(plan, wishes, notes, rooms)
    return _of_tags(plan, wishes, notes, rooms)


def _of_tags(plan: Plan, wishes: Wishes, notes: Notes, rooms: Rooms) -> Found:
    taken = TagRows(plan, wishes, notes, rooms)
    counted = 0
    for number, cells in plan.rows():
        counted += 1
        taken.take(number, cells)
    taken.finish()
    _tell_left(plan, taken.cells, notes)
    sessions = tuple(one.session() for one in rooms.drafts())
    return Found(sessions, counted, taken.carried, "rows", table=plan.preview())


def _of_moments(plan: Plan, wishes: Wishes, notes: Notes, rooms: Rooms) -> Found:
    taken = MomentRows(plan, wishes, notes, rooms)
    for number, cells in plan.rows():
        taken.take(number, cells)
    taken.finish()
    _tell_left(plan, taken.cells, notes)
    sessions = tuple(one.session() for one in rooms.drafts())
    return Found(sessions, taken.counted, taken.carried, "cells", table=plan.preview())


def _tell_above(plan: Plan, notes: Notes) -> str:
    """Note the lines above the table, but for one that names the session, which is given."""
    name = ""
    for number, cells in plan.above():
        says_session = len(cells) > 1 and heard(cells[0]).role is Column.SESSION
        if says_session and cells[1].strip() and not name:
            name = cells[1].strip()
            continue
        told = f"a line above the table: {excerpt(' '.join(cells))}"
        notes.not_carried(told, plan.grid.place(number, -1))
    return name


def _tell_left(plan: Plan, cells: Cells, notes: Notes) -> None:
    """Note the columns that were left, those with times aside, which tell the same once more."""
    for index, count in cells.left.items():
        if not count:
            continue
        name = plan.headings[index]
        if index in plan.spare:
            notes.noticed(f"the column “{name}” tells times in another way and was left")
        else:
            notes.not_carried(f"the column “{name}”")
