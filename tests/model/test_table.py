from __future__ import annotations

import pytest

from annotator.model import Interval, Micros
from annotator.model.table import Column, Place, Table, stacked, widened

COLUMNS = (Column("who", "Who"), Column("what", "What"), Column("n", "N"))
PLACE = Place("s", Interval(Micros(1), Micros(2)), ("t",))
TABLE = Table(
    "t",
    "A table",
    COLUMNS,
    (("a", "x", 1), ("a", "y", None), ("b", "x", 2.5)),
    ("a note",),
    {(0, -1): (PLACE,), (2, 2): (PLACE,)},
)


def test_a_row_must_fit_its_columns() -> None:
    with pytest.raises(ValueError, match="does not have a cell"):
        Table("t", "A table", COLUMNS, (("a", "x"),))


def test_cells_are_found_by_name() -> None:
    assert TABLE.values("n") == [1, None, 2.5]
    assert TABLE.records()[1] == {"who": "a", "what": "y", "n": None}
    with pytest.raises(KeyError):
        TABLE.index("nothing")


def test_places_of_a_cell_or_else_of_its_row() -> None:
    assert TABLE.places(0, 2) == (PLACE,)
    assert TABLE.places(2, 2) == (PLACE,)
    assert TABLE.places(2, 0) == ()


def test_stacking_keeps_rows_notes_and_places() -> None:
    both = stacked([TABLE, TABLE])
    assert both.rows == TABLE.rows * 2
    assert both.notes == ("a note",)
    assert both.places(3, 0) == (PLACE,)
    assert both.places(5, 2) == (PLACE,)
    with pytest.raises(ValueError, match="same columns"):
        stacked([TABLE, Table("u", "Other", COLUMNS[:1], ())])
    with pytest.raises(ValueError, match="same columns"):
        stacked([])


def test_widening_gives_a_column_a_value_and_nothing_where_none_was() -> None:
    wide = widened(TABLE, ("who",), ("what",), "n")
    assert [column.id for column in wide.columns] == ["who", "x", "y"]
    assert wide.rows == (("a", 1, None), ("b", 2.5, None))
    assert wide.places(0, 1) == (PLACE,)
    assert wide.places(1, 1) == (PLACE,)
    assert wide.places(0, 2) == ()
