"""Tables of results: rows of values, what each column means, and the moments behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from annotator.model.time import Interval

Cell: TypeAlias = str | int | float | None
"""A value; None where it is not defined, for which a note or another column gives the reason."""

WHOLE_ROW = -1
"""In place of a column's index: behind every cell of the row that has no places of its own."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what it is called, its unit, what it means, and how many decimals are shown."""

    id: str
    name: str
    unit: str = ""
    definition: str = ""
    decimals: int = 2


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a session that stands behind a value; `tags` are ids."""

    session: str
    interval: Interval
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Results as rows and columns.

    `notes` hold what must be read along: rules, denominators, limits. `behind` gives places by row
    and column, `WHOLE_ROW` for a column that has none of its own.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    behind: Mapping[tuple[int, int], tuple[Place, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of table {self.id} does not have a cell for each column")

    def index(self, column_id: str) -> int:
        """Find a column's index; raises KeyError where there is none of that id."""
        for place, column in enumerate(self.columns):
            if column.id == column_id:
                return place
        raise KeyError(column_id)

    def values(self, column_id: str) -> list[Cell]:
        """Give the cells of a column, in the order of the rows."""
        place = self.index(column_id)
        return [row[place] for row in self.rows]

    def records(self) -> list[dict[str, Cell]]:
        """Give each row as a mapping by columns' ids."""
        names = [column.id for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def places(self, row: int, column: int) -> tuple[Place, ...]:
        """Give the places behind a cell, in order of time; none where there are none."""
        return self.behind.get((row, column)) or self.behind.get((row, WHOLE_ROW), ())


def picked(
    table: Table,
    columns: Sequence[str],
    wanted: Callable[[Mapping[str, Cell]], bool] | None = None,
) -> Table:
    """Give some columns of a table in this order, and the rows that are wanted, None for all."""
    places = [table.index(name) for name in columns]
    kept = [
        number for number, record in enumerate(table.records()) if wanted is None or wanted(record)
    ]
    behind = {
        (row, column): found
        for row, number in enumerate(kept)
        for column, place in enumerate(places)
        if (found := table.places(number, place))
    }
    rows = tuple(tuple(table.rows[number][place] for place in places) for number in kept)
    return replace(
        table, columns=tuple(table.columns[at] for at in places), rows=rows, behind=behind
    )


def stacked(tables: Sequence[Table]) -> Table:
    """Put tables of the same columns under one another; a note that several have comes once.

    Raises ValueError where there is none, or where columns differ.
    """
    if not tables or len({table.columns for table in tables}) > 1:
        raise ValueError("only tables of the same columns can be stacked")
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    above = 0
    for table in tables:
        behind.update({(row + above, at): places for (row, at), places in table.behind.items()})
        above += len(table.rows)
    notes = dict.fromkeys(note for table in tables for note in table.notes)
    rows = tuple(row for table in tables for row in table.rows)
    return replace(tables[0], rows=rows, notes=tuple(notes), behind=behind)


def widened(table: Table, by: Sequence[str], across: Sequence[str], value: str) -> Table:
    """Lay a long table wide: a row for each `by`, a column for each `across`, `value` in the cells.

    Both stand in the order in which they are first met. A cell that no row speaks of is None;
    where several do, the last counts.
    """
    rows: dict[tuple[Cell, ...], int] = {}
    heads: dict[tuple[Cell, ...], int] = {}
    cells: dict[tuple[int, int], Cell] = {}
    behind: dict[tuple[int, int], tuple[Place, ...]] = {}
    at_by, at_across, at_value = (
        [table.index(name) for name in by],
        [table.index(name) for name in across],
        table.index(value),
    )
    for number, row in enumerate(table.rows):
        place = rows.setdefault(tuple(row[at] for at in at_by), len(rows))
        head = heads.setdefault(tuple(row[at] for at in at_across), len(heads))
        cells[place, head] = row[at_value]
        behind[place, len(by) + head] = table.places(number, at_value)
    measured = table.columns[at_value]
    columns = (
        *(table.columns[at] for at in at_by),
        *(replace(measured, id=_joined(head, "_"), name=_joined(head, " · ")) for head in heads),
    )
    laid = tuple(
        (*key, *(cells.get((at, head)) for head in heads.values())) for key, at in rows.items()
    )
    wide = replace(table, id=f"{table.id}-wide", columns=columns, rows=laid)
    return replace(wide, behind={cell: places for cell, places in behind.items() if places})


def _joined(words: Iterable[Cell], between: str) -> str:
    return between.join(str(word) for word in words if word not in {None, ""}) or "all"
