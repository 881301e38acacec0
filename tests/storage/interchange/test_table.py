from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import StorageError
from annotator.model.coding import UNNAMED, CodingPass, Origin, Purpose, Tag
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.interchange.columns import Column, Layout, TableColumns, TimeForm
from annotator.storage.interchange.exchange import (
    Imported,
    form_for,
    form_named,
    read_foreign,
    render,
)
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError, Outcome
from annotator.storage.interchange.source import Source
from annotator.storage.tables import attributes_of, tag_rows, to_csv
from tests.support.foreign import (
    NOW,
    coded_sessions,
    lost,
    places,
    read,
    repaired,
    rich_session,
    session_of,
    tag,
    write,
)

C = Column
OF_CODES = {
    "a code's abbreviation",
    "a code's colour",
    "a code's key",
    "a code's definition and examples",
    "a code's attributes",
    "whether a code marks stretches",
    "a code without tags",
}
OF_THE_SESSION = {
    "the session's title",
    "the region that is coded",
    "a recording",
    "a participant",
    "a participant's label",
    "the codebook's name",
    "the codebook's version",
    "a rating's question and scale",
    "a coding pass without tags",
    "the ids of passes",
    "what a pass is for",
    "a session is not in the file",
}
"""Lost on the way through a table; of passes, only those without tags are."""

OF_OTHERS = {"a rating", "what was said"}
MARKS = {"csv": ",", "tsv": "\t"}


def tags(session: Session) -> list[tuple[str, str, Purpose, Tag]]:
    return [(one.id, one.coder, one.purpose, each) for one in session.passes for each in one.tags]


def imported(data: str, **wishes: object) -> Imported:
    """Read a table whatever other format may claim it, and check that all of it is counted."""

    asked = Wishes(now=NOW, **wishes)
    found = read_foreign(Source("t.csv", data.encode()), asked, "csv")
    gone = sum(
        len(one.places) + one.unplaced
        for one in found.report.remarks
        if one.outcome is Outcome.NOT_CARRIED and not one.message.startswith(BESIDE)
    )
    assert found.report.counted_in == found.report.counted_out + gone
    return found


BESIDE = (
    "the column “",
    "a line above",
    "cells beyond",
    "the end was left out",
    "the duration was left out",
    "attributes of a mark",
)
"""What is not carried though its row is."""


def short(found: Imported) -> list[tuple[str, int, int]]:
    return [(each.code, each.start, each.end) for one in found.sessions for *_, each in tags(one)]


@pytest.mark.parametrize("form", MARKS)
@given(session=coded_sessions())
@settings(max_examples=40, deadline=None)
def test_all_that_is_said_of_tags_comes_back(form: str, session: Session) -> None:
    exported = write(session, f"t.{form}")
    assert lost(exported.report) <= OF_CODES | OF_THE_SESSION
    if not tags(session):
        with pytest.raises(ForeignFileError, match="no rows"):
            read(exported.data, f"t.{form}")
        return
    again = read(exported.data, f"t.{form}")
    assert [one for each in again.sessions for one in tags(each)] == tags(session)
    assert again.report.remarks == ()


@pytest.mark.parametrize("form", MARKS)
def test_what_a_rich_session_loses_is_told(form: str) -> None:
    session = rich_session()
    exported = write(session, f"t.{form}")
    (again,) = read(exported.data, f"t.{form}").sessions
    assert tags(again) == tags(session)
    assert lost(exported.report) == {
        *(OF_CODES - {"whether a code marks stretches", "a code without tags"}),
        "the session's title",
        "the region that is coded",
        "a recording",
        "a participant's label",
        "the codebook's name",
        "the codebook's version",
        "a rating's question and scale",
        *OF_OTHERS,
    }
    assert [(one.id, one.name, one.group) for one in again.codebook.codes] == [
        (one.id, one.name, one.group) for one in session.codebook.codes
    ]
    assert exported.report.counted_in == 7 + 1 + 2
    assert exported.report.counted_out == 7


@pytest.mark.parametrize("form", MARKS)
def test_a_table_written_and_read_twice_is_the_same(form: str) -> None:
    first = write(rich_session(), f"t.{form}").data
    (session,) = read(first, f"t.{form}").sessions
    assert write(session, f"t.{form}").data == first


@pytest.mark.parametrize("form", MARKS)
def test_another_reader_of_tables_sees_the_same(form: str) -> None:
    data = write(rich_session(), f"t.{form}").data.decode()
    rows = list(csv.DictReader(io.StringIO(data, newline=""), delimiter=MARKS[form]))
    assert [row["tag"] for row in rows] == ["t1", "t2", "t3", "t4", "t5", "t6", "t7"]
    assert [row["start"] for row in rows][-1] == "5.000123"
    assert rows[2]["note"] == 'she says "no"\nand goes'
    assert rows[1]["depth"] == "deep"


def test_the_columns_are_those_of_the_other_table_and_more() -> None:
    session = rich_session()
    ours = write(session, "t.csv").data.decode()
    theirs = to_csv(tag_rows(session), attributes_of(session))
    ours_head, theirs_head = ours.partition("\n")[0], theirs.partition("\n")[0]
    assert ours_head == f"{theirs_head},created,modified"


def test_the_table_of_the_command_line_is_understood_wholly() -> None:
    session = rich_session()
    found = imported(to_csv(tag_rows(session), attributes_of(session)))
    (again,) = found.sessions
    assert sorted((one.id, one.start, one.end, one.note) for *_, one in tags(again)) == sorted(
        (one.id, one.start, one.end, one.note) for *_, one in tags(session)
    )
    assert found.report.remarks == ()


def test_several_sessions_stand_in_one_table() -> None:
    one = rich_session()
    other = replace(one, id="s2", title="s2", passes=one.passes[:1])
    exported = render([one, other], form_for("t.csv"), "t.csv", Wishes(now=NOW))
    found = read(exported.data, "t.csv")
    assert [each.id for each in found.sessions] == ["s1", "s2"]
    assert [tags(each) for each in found.sessions] == [tags(one), tags(other)]
    (only,) = read(exported.data, "t.csv", only="s2").sessions
    assert tags(only) == tags(other)


WIDE = "\N{FULLWIDTH EQUALS SIGN}"
FORMULAS = ["=1+1", "'=1+1", "''=x", "@SUM(A1)", "+1", "-1", "\t=1", f"{WIDE}1", "'plain", "'", "="]


@pytest.mark.parametrize("note", FORMULAS)
def test_no_spreadsheet_takes_a_note_for_a_formula(note: str) -> None:
    session = session_of(
        CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag(1, "silence", 0, 500, note=note),))
    )
    data = write(session, "t.csv").data.decode()
    (row,) = csv.DictReader(io.StringIO(data, newline=""))
    assert not row["note"].startswith(("=", "+", "-", "@", "\t", WIDE))
    (again,) = read(data, "t.csv").sessions
    assert tags(again) == tags(session)


def test_times_below_a_millisecond_and_before_the_film_come_back() -> None:
    fine = replace(tag(1, "silence", 0, 0), start=Micros(-1), end=Micros(3_600_000_001))
    session = session_of(CodingPass("p", "A", Purpose.DOUBLE, NOW, (fine,)))
    (again,) = read(write(session, "t.csv").data, "t.csv").sessions
    assert tags(again) == tags(session)


def test_unnamed_marks_and_where_tags_came_from_come_back() -> None:
    marks = (
        tag(1, UNNAMED, 0, 0, note="what?"),
        tag(2, "silence", 10, 90, origin=Origin.BIN, created="2025-01-01T00:00:00Z"),
    )
    session = session_of(CodingPass("p", "A", Purpose.CONSENSUS, NOW, marks))
    (again,) = read(write(session, "t.tsv").data, "t.tsv").sessions
    assert tags(again) == tags(session)
    assert [one.id for one in again.codebook.codes] == ["silence"]


def test_attributes_called_like_columns_come_back() -> None:
    odd = {"note": "a", "created": "b", "origin": "c", "depth": "deep"}
    session = session_of(
        CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag(1, "reflection", 0, 0, attributes=odd),))
    )
    (again,) = read(write(session, "t.csv").data, "t.csv").sessions
    assert tags(again) == tags(session)


def test_a_table_is_written_in_the_encoding_that_is_wished() -> None:
    exported = write(rich_session(), "t.csv", encoding="utf-16")
    assert exported.data.startswith((b"\xff\xfe", b"\xfe\xff"))
    assert exported.report.counted_out == 7
    poor = write(rich_session(), "t.csv", encoding="cp1252")
    assert "a note" in lost(poor.report)
    with pytest.raises(StorageError, match="no encoding"):
        write(rich_session(), "t.csv", encoding="nothing")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_encodings_and_ends_of_lines_are_found_out(encoding: str, ends: str) -> None:
    text = f"start;code{ends}1,5;Größe{ends}2,5;Grüße{ends}"
    found = read(text.encode(encoding), "t.csv")
    assert [code.name for code in found.sessions[0].codebook.codes] == ["Größe", "Grüße"]


def test_another_encoding_can_be_wished() -> None:
    data = "start,code\n1.5,沉默\n".encode("gb18030")
    (session,) = read(data, "t.csv", encoding="gb18030").sessions
    assert [code.name for code in session.codebook.codes] == ["沉默"]
    (again,) = read(
        data,
        "t.csv",
        columns=TableColumns({"start": C.START, "code": C.CODE}, encoding="gb18030"),
    ).sessions
    assert again == session


@pytest.mark.parametrize("word", ["沉默", "שתיקה", "صمت", "тишина", "침묵", "🙂", "naïve"])
def test_names_stand_in_every_script(word: str) -> None:
    found = imported(f"start,code,coder,participant\n1.5,{word},{word},{word}\n")
    (session,) = found.sessions
    assert [code.name for code in session.codebook.codes] == [word]
    assert session.passes[0].coder == word
    assert session.participants[0].label == word


def test_a_start_and_a_stop_are_found_for_each_participant_and_code() -> None:
    found = imported(
        "time,who,code,type\n"
        "1.5,a,x,start\n2,b,x,start\n3,a,x,stop\n4,b,x,stop\n5,a,y,stop\n6,b,z,start\n7,a,p,point\n"
    )
    assert short(found) == [
        ("x", 1_500_000, 3_000_000),
        ("x", 2_000_000, 4_000_000),
        ("z", 6_000_000, 6_000_000),
        ("p", 7_000_000, 7_000_000),
    ]
    assert places(found.report, "a stop has no start") == ("line 6",)
    assert repaired(found.report) == {"a start has no stop; it became a moment": ("line 7",)}
    assert (found.report.counted_in, found.report.counted_out) == (7, 6)


def test_stops_choose_the_start_with_the_same_attributes() -> None:
    found = imported(
        "time,code,Modifier #1,Behavior type\n"
        "1.5,x,left,START\n2,x,right,START\n3,x,right,STOP\n4,x,left,STOP\n"
    )
    assert [(each.start, dict(each.attributes)) for *_, each in tags(found.sessions[0])] == [
        (1_500_000, {"modifier_1": "left"}),
        (2_000_000, {"modifier_1": "right"}),
    ]


def test_rows_that_cannot_be_taken_are_told_with_their_lines() -> None:
    found = imported(
        "start,end,code\n1.5,2.5,a\n,3,a\nsoon,3,a\n4,late,a\n5,6,\n9,8,a\n7.5,8,a\n\n10,11,a\n"
    )
    assert lost(found.report) == {
        "a row has no start",
        "the start cannot be read as a time",
        "the end was left out: it cannot be read as a time",
        "a row has no code",
    }
    assert places(found.report, "a row has no start") == ("line 3",)
    assert places(found.report, "the start cannot") == ("line 4",)
    assert places(found.report, "the end was left out") == ("line 5",)
    assert places(found.report, "a row has no code") == ("line 6",)
    assert repaired(found.report) == {
        "the end lay before the start; the two were exchanged": ("line 7",)
    }
    assert short(found) == [
        ("a", 1_500_000, 2_500_000),
        ("a", 4_000_000, 4_000_000),
        ("a", 7_500_000, 8_000_000),
        ("a", 8_000_000, 9_000_000),
        ("a", 10_000_000, 11_000_000),
    ]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    found = imported('start,code,note\n1.5,a,"two\nlines"\nx,a,\n2,b,\n')
    assert places(found.report, "the start cannot") == ("line 4",)
    assert found.sessions[0].passes[0].tags[0].note == "two\nlines"


def test_a_note_without_a_code_waits_for_one() -> None:
    found = imported("start,code,note\n1.5,,look here\n2.5,a,\n")
    assert short(found)[0] == (UNNAMED, 1_500_000, 1_500_000)
    assert places(found.report, "waits for one") == ("line 2",)


def test_a_duration_that_differs_from_start_and_end_is_noticed() -> None:
    found = imported("start,end,duration,code\n1.5,2.5,1.0,a\n3,4,7,a\n5,,2,a\n")
    assert places(found.report, "the duration is not that") == ("line 3",)
    assert short(found)[2] == ("a", 5_000_000, 7_000_000)


def test_rows_of_different_lengths() -> None:
    found = imported("start,code,note\n1.5,a\n2.5,b,n,too,much\n3.5,c,,\n")
    assert places(found.report, "fewer cells") == ("line 2",)
    assert places(found.report, "cells beyond the last heading") == ("line 3",)
    assert len(short(found)) == 3


def test_columns_that_are_left_are_told_by_name() -> None:
    found = imported("start,code,weather,empty\n1.5,a,12.25,\n2.5,b,13.75,\n")
    assert lost(found.report) == {"the column “weather”"}


def test_a_mapping_is_followed() -> None:
    data = "a;b;c;d;e\n1:05,5;12;x;y;z\n2:00;13;x;y2;z2\n"
    columns = TableColumns(
        {"a": C.START, "B ": C.DURATION, "column 3": C.CODER, "d": C.NOTE, "gone": C.CODE},
        times=TimeForm.GUESSED,
    )
    found = imported(data, columns=columns)
    assert [(one, each.note) for _, one, _, each in tags(found.sessions[0])] == [
        ("x", "y"),
        ("x", "y2"),
    ]
    assert short(found)[0] == (UNNAMED, 65_500_000, 77_500_000)
    assert lost(found.report) == {"the column “e”"}
    assert any("“gone”" in one.message for one in found.report.remarks)


def test_wished_forms_of_times_are_followed_where_they_can_be() -> None:
    data = "start,code\n10,a\n20,b\n"
    ms = TableColumns({"start": C.START, "code": C.CODE}, times=TimeForm.MILLISECONDS)
    assert short(imported(data, columns=ms))[0] == ("a", 10_000, 10_000)
    frames = replace(ms, times=TimeForm.FRAMES, rate="29.97")
    assert short(imported(data, columns=frames))[0] == ("a", 333_667, 333_667)
    clocks = imported("start,code\n0:10,a\n0:20,b\n", columns=ms)
    assert short(clocks)[0] == ("a", 10_000_000, 10_000_000)


SMPTE = "timecode in,timecode out,label\n00:00:01:00,00:00:02:12,a\n00:01:00;02,00:01:01;00,b\n"


def test_frames_without_a_rate_are_not_guessed() -> None:
    found = imported(SMPTE)
    assert short(found) == []
    assert places(found.report, "give their rate") == ("line 2", "line 3")
    assert found.table is not None
    assert found.table.columns.times is TimeForm.SMPTE


@pytest.mark.parametrize(
    "wishes", [{"rate": "29.97"}, {"columns": TableColumns(rate="30000/1001")}]
)
def test_frames_with_a_rate_are_exact(wishes: dict[str, object]) -> None:
    found = imported(SMPTE, **wishes)
    assert short(found) == [("a", 1_001_000, 2_402_400), ("b", 60_060_000, 60_994_267)]
    assert found.table is not None
    assert found.table.columns.rate in {"29.97", "30000/1001"}


def test_a_column_that_needs_no_rate_is_preferred() -> None:
    found = imported("start frame,start (s),code\n10,0.5,a\n20,1.0,b\n")
    assert short(found)[0] == ("a", 500_000, 500_000)


def test_a_row_a_moment_with_a_column_a_code() -> None:
    found = imported("onset;offset;smile;nod;note\n1,5;2;1;0;both\n3;4,5;;x;\n5;6;0;0;\n")
    assert short(found) == [("nod", 3_000_000, 4_500_000), ("smile", 1_500_000, 2_000_000)] or (
        short(found) == [("smile", 1_500_000, 2_000_000), ("nod", 3_000_000, 4_500_000)]
    )
    assert found.unit == "cells"
    assert found.sessions[0].passes[0].tags[0].note == "both"


def test_bins_that_hold_the_same_are_one_tag_up_to_the_next() -> None:
    found = imported("second,smile,nod\n0,1,0\n1,1,0\n2,0,1\n3,1,1\n4,0,1\n")
    assert short(found) == [
        ("smile", 0, 2_000_000),
        ("nod", 2_000_000, 5_000_000),
        ("smile", 3_000_000, 4_000_000),
    ]
    assert (found.report.counted_in, found.report.counted_out) == (6, 6)
    assert any("1 s apart" in one.message for one in found.report.remarks)


def test_a_gap_between_bins_ends_a_tag() -> None:
    rows = "".join(f"{n},1,0\n" for n in (*range(10), *range(50, 60)))
    assert short(imported("second,smile,nod\n" + rows)) == [
        ("smile", 0, 10_000_000),
        ("smile", 50_000_000, 60_000_000),
    ]


def test_moments_that_stand_unevenly_stay_moments() -> None:
    found = imported("onset,smile,nod\n0.5,1,0\n7,1,0\n9.1,0,1\n")
    assert short(found) == [
        ("smile", 500_000, 500_000),
        ("smile", 7_000_000, 7_000_000),
        ("nod", 9_100_000, 9_100_000),
    ]


def test_numbers_of_frames_stand_before_ticks_without_a_heading() -> None:
    data = ",swim,float\n" + "".join(f"{n},{int(n < 3)},{int(n > 5)}\n" for n in range(9))
    assert short(imported(data)) == []
    assert short(imported(data, rate="25")) == [("swim", 0, 120_000), ("float", 240_000, 360_000)]


def test_more_than_a_tick_is_kept_as_an_attribute_or_a_note() -> None:
    columns = TableColumns(
        {"onset": C.START, "warmth": C.CODE, "said": C.CODE}, layout=Layout.CODES
    )
    rows = "".join(f"{n * n}.5,{n % 3},what was said {n}\n" for n in range(20))
    found = imported("onset,warmth,said\n" + rows, columns=columns)
    by_code = {each.code: each for *_, each in tags(found.sessions[0])}
    assert dict(by_code["warmth"].attributes) == {"value": "1"}
    assert by_code["said"].note == "what was said 19"
    assert found.report.counted_in == found.report.counted_out == 13 + 20


def test_cells_of_a_moment_without_a_start_are_told_each() -> None:
    found = imported("onset,smile,nod\n0.5,1,0\nsoon,1,1\n9.1,0,1\n")
    assert found.report.counted_in == 4
    assert found.report.counted_out == 2


def test_coders_sessions_and_films_are_kept_apart() -> None:
    found = imported(
        "session,rater,file,start,code\n"
        "one,A,a.mp4,1.5,x\none,B,a.mp4,1.6,x\ntwo,A,b.mp4,1.7,y\none,A,a.mp4,2.5,x\n"
    )
    first, second = found.sessions
    assert [(one.coder, len(one.tags)) for one in first.passes] == [("A", 2), ("B", 1)]
    assert [one.purpose for one in first.passes] == [Purpose.PRIMARY, Purpose.DOUBLE]
    assert [one.path for one in second.recordings] == ["b.mp4"]


def test_a_coder_can_be_wished_where_the_table_tells_none() -> None:
    found = imported("start,code\n1.5,x\n", coder="Ana")
    assert found.sessions[0].passes[0].coder == "Ana"


def test_formats_tell_what_they_lose() -> None:
    for one in ("csv", "tsv", "xlsx"):
        assert "ratings and transcripts" in form_named(one).loses


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_words_come_back_as_notes(notes: list[str]) -> None:
    made = tuple(tag(n, "silence", n, n + 2, note=note) for n, note in enumerate(notes))
    session = session_of(CodingPass("p", "A", Purpose.PRIMARY, NOW, made))
    (again,) = read(write(session, "t.csv").data, "t.csv").sessions
    assert tags(again) == tags(session)
