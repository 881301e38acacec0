from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.storage.interchange import table_rooms, table_rows
from annotator.storage.interchange.columns import Column, Layout, TableColumns, TimeForm
from annotator.storage.interchange.exchange import Imported, read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes, Outcome
from annotator.storage.interchange.source import Source, open_source
from annotator.storage.interchange.table_rows import text_grid
from tests.support.foreign import NOW, lost, places, repaired, rich_session, write

VALID = write(rich_session(), "t.csv").data
FOREIGN = (
    b"Tier;Beginn;Ende;Dauer (ms);Verhalten;Wer;Bemerkung;Typ\n"
    b"a;1,5;2,5;1000;Frage;T;gut;\n"
    b'b;0:03,5;4;500;"Pause; lang";C;"zwei\nZeilen";start\n'
    b"b;5;6;;Pause;C;;stop\n"
)
MOMENTS = b"frame,smile,nod,level\n" + b"".join(
    f"{n},{n % 2},{int(n > 4)},{n % 4}\n".encode() for n in range(9)
)

BESIDE = (
    "the column “",
    "a line above",
    "cells beyond",
    "the end was left out",
    "the duration was left out",
    "attributes of a mark",
)
"""What is not carried though its row is."""


def attempt(data: bytes, **wishes: object) -> Imported:
    """Read a table; what was counted in is carried, or told."""
    asked = Wishes(now=NOW, **wishes)
    found = read_foreign(Source("t.csv", data), asked, "csv")
    told = sum(
        len(one.places) + one.unplaced
        for one in found.report.remarks
        if one.outcome is Outcome.NOT_CARRIED and not one.message.startswith(BESIDE)
    )
    assert found.report.counted_in == found.report.counted_out + told
    assert found.table is not None
    return found


def refused(data: bytes, **wishes: object) -> str:
    with pytest.raises(ForeignFileError) as caught:
        attempt(data, **wishes)
    return str(caught.value)


def starts(found: Imported) -> list[int]:
    return [tag.start for one in found.sessions for a_pass in one.passes for tag in a_pass.tags]


@pytest.mark.parametrize("data", [b"", b"\n\n\n", b"   ", b",,,\n,,,\n", b"#only\n#remarks\n"])
def test_nothing_is_told_as_such(data: bytes) -> None:
    assert "no rows" in refused(data)


def test_headings_alone_are_told_as_such() -> None:
    assert "no rows below" in refused(b"start,code\n")


def test_zero_bytes_are_told() -> None:
    found = attempt(b"start,code\n1.5,a\x00b\n2.5,c\n")
    assert "zero bytes in the text became \N{REPLACEMENT CHARACTER}" in repaired(found.report)
    assert len(starts(found)) == 2


def test_a_quote_that_is_never_closed_costs_its_line_alone() -> None:
    rows = b"".join(b"%d.5,b\n" % n for n in range(2, 3000))
    found = attempt(b'start,code\n1.5,"a\n' + rows)
    assert len(starts(found)) == 2999
    assert repaired(found.report) == {
        "a quote is never closed; the line was read as it stands": ("line 2",)
    }


def test_an_endless_cell_costs_its_line_alone() -> None:
    found = attempt(b'start,code\n1.5,"' + b"a" * 200_000 + b'"\n2.5,b\n')
    assert len(starts(found)) == 2


def test_quotes_in_the_midst_of_a_cell_are_letters() -> None:
    found = attempt(b'start,code,note\n1.5,5" pipe,say "a"\n2.5,b,\n')
    assert found.sessions[0].passes[0].tags[0].note == 'say "a"'
    assert [one.name for one in found.sessions[0].codebook.codes] == ['5" pipe', "b"]


def test_many_quotes_never_closed_take_no_longer_than_few() -> None:
    data = b"start,code\n" + b'1.5,"a\n' * 4000
    assert attempt(data).report.counted_in > 1000


def test_more_columns_than_any_table_has_are_refused() -> None:
    assert "columns" in refused(b"start,code\n" + b"1," * 1_000_000 + b"\n")


def test_more_cells_than_any_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_rows, "MOST_CELLS", 10)
    assert "cells" in refused(VALID)


def test_a_file_larger_than_any_table_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(2 * 1024**3)
    with pytest.raises(ForeignFileError, match="megabytes"):
        open_source(path)


@pytest.mark.parametrize(
    ("name", "column", "words"),
    [
        ("MOST_CODES", "code", "different codes"),
        ("MOST_PEOPLE", "participant", "different participants"),
        ("MOST_CODERS", "coder", "different coders"),
        ("MOST_RECORDINGS", "film", "different films"),
    ],
)
def test_a_column_taken_for_the_wrong_thing_is_told(
    monkeypatch: pytest.MonkeyPatch, name: str, column: str, words: str
) -> None:
    monkeypatch.setattr(table_rooms, name, 3)
    rows = "".join(f"{n}.5,{n if column == 'code' else 'a'},x{n}\n" for n in range(6))
    heads = {"code": "other", "film": "film"}
    columns = {
        "start": Column.START,
        "code": Column.CODE,
        heads.get(column, column): {
            "code": Column.LEAVE,
            "film": Column.RECORDING,
            "coder": Column.CODER,
            "participant": Column.PARTICIPANT,
        }[column],
    }
    data = f"start,code,{heads.get(column, column)}\n{rows}".encode()
    found = attempt(data, columns=TableColumns(columns))
    assert any(words in one for one in lost(found.report))
    assert found.report.counted_out == 3


def test_more_values_of_an_attribute_than_any_has_are_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_rooms, "MOST_CHOICES", 3)
    rows = "".join(f"{n}.5,a,x{n}\n" for n in range(6))
    columns = {"start": Column.START, "code": Column.CODE, "x": Column.ATTRIBUTE}
    found = attempt(f"start,code,x\n{rows}".encode(), columns=TableColumns(columns))
    assert places(found.report, "values of “x”") == ("line 5", "line 6", "line 7")


def test_more_sessions_than_any_table_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_rooms, "MOST_SESSIONS", 3)
    rows = "".join(f"{n}.5,a,x{n}\n" for n in range(6))
    columns = TableColumns({"start": Column.START, "code": Column.CODE, "s": Column.SESSION})
    assert "sessions" in refused(f"start,code,s\n{rows}".encode(), columns=columns)


@pytest.mark.parametrize("rate", ["fast", "0", "25/0", "-1", "1e9"])
def test_a_rate_that_is_none_is_refused(rate: str) -> None:
    assert "frames a second" in refused(VALID, rate=rate)


@pytest.mark.parametrize("mark", ["ab", '"', "\n"])
def test_a_mark_that_cannot_stand_between_cells_is_refused(mark: str) -> None:
    assert "between the cells" in refused(VALID, columns=TableColumns(delimiter=mark))


@pytest.mark.parametrize("encoding", ["nothing", "utf-16"])
def test_a_wrong_encoding_is_refused(encoding: str) -> None:
    assert "encoding" in refused(VALID[:-1], encoding=encoding)


def test_times_of_the_end_of_all_days_are_told() -> None:
    found = attempt(
        b"start,end,code\n1.5,1e30,a\n1e400,2,a\n-5,2,b\n99999999999,3,b\n2,3,b\n4,5,b\n"
    )
    assert len(starts(found)) == 4
    assert places(found.report, "the start cannot be read") == ("line 3", "line 5")
    assert places(found.report, "before the film") == ("line 4",)


def test_a_remark_stands_in_every_message_by_its_line() -> None:
    data = b"start,code\n" + b"soon,a\n" * 4 + b"1.5,a\n" * 6
    assert places(attempt(data).report, "cannot be read") == (
        "line 2",
        "line 3",
        "line 4",
        "line 5",
    )


def test_a_title_above_the_table_is_told() -> None:
    found = attempt(b"My study\n\nstart,code\n1.5,a\n")
    assert places(found.report, "“My study”") == ("line 1",)


def test_lines_are_parted_alike_at_every_reading() -> None:
    grid = text_grid(["a,b", '"c', 'd",e'], Notes())
    assert [list(row) for _, row in grid.rows()] == [["a", "b"], ["c\nd", "e"]]
    assert [number for number, _ in grid.rows()] == [1, 2]


WISHES = st.builds(
    TableColumns,
    st.dictionaries(
        st.sampled_from(
            ["Tier", "Beginn", "start", "frame", "column 1", "column 2", "code", "nod"]
        ),
        st.sampled_from(Column),
        max_size=5,
    ),
    st.sampled_from(Layout),
    st.sampled_from(TimeForm),
    st.sampled_from(["", "25", "29.97"]),
    st.sampled_from(["", ".", ","]),
    st.sampled_from(["", ";", ",", "\t"]),
    is_headed=st.sampled_from([None, True, False]),
)


@given(st.binary(max_size=300), WISHES)
@settings(max_examples=150, deadline=None)
def test_no_bytes_escape(data: bytes, columns: TableColumns) -> None:
    try:
        assert attempt(data, columns=columns).report.counted_in >= 0
    except ForeignFileError as error:
        assert "Error" not in str(error)  # noqa: PT017 either is right


@given(st.text(st.sampled_from("1.5:;,\t\"\n\r ax#'=-0"), max_size=120))
@settings(max_examples=150, deadline=None)
def test_no_text_escapes(text: str) -> None:
    try:
        assert attempt(text.encode()).report.counted_in >= 0
    except ForeignFileError as error:
        assert "Error" not in str(error)  # noqa: PT017 either is right


@given(st.data(), st.sampled_from([VALID, FOREIGN, MOMENTS]), WISHES)
@settings(max_examples=150, deadline=None)
def test_no_change_of_a_table_escapes(
    data: st.DataObject, valid: bytes, columns: TableColumns
) -> None:
    raw = valid
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.integers(0, 60))
        piece = data.draw(
            st.sampled_from([b"", b'"', b",", b"\n", b"\0", b"\xff", raw[at : at + length] * 3])
        )
        raw = raw[:at] + piece + raw[at + length :]
    wished = columns if data.draw(st.booleans()) else None
    try:
        assert attempt(raw, columns=wished).report.counted_in >= 0
    except ForeignFileError as error:
        assert "Error" not in str(error)  # noqa: PT017 either is right
