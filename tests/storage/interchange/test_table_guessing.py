from __future__ import annotations

import pytest

from annotator.storage.interchange.columns import Column, Layout, TableColumns, TimeForm
from annotator.storage.interchange.exchange import Imported, read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.table_headings import heard
from tests.support.foreign import NOW, lost, places, read, repaired

C = Column
LEFT = "the column “{}”"
Seen = tuple[str, int, int]


def roles(found: Imported) -> dict[str, Column]:
    assert found.table is not None
    return {name: one for name, one in found.table.columns.columns.items() if one is not C.LEAVE}


def tags(found: Imported) -> list[Seen]:
    every = [tag for one in found.sessions for a_pass in one.passes for tag in a_pass.tags]
    return [(tag.code, tag.start, tag.end) for tag in every]


def table(data: str, **wishes: object) -> Imported:
    return read_as("csv", data, **wishes)


def read_as(form: str, data: str, **wishes: object) -> Imported:
    asked = Wishes(now=NOW, **wishes)
    return read_foreign(Source(f"t.{form}", data.encode()), asked, form)


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Start (s)", C.START),
        ("onset", C.START),
        ("Beginn", C.START),
        ("von", C.START),
        ("startTime", C.START),
        ("Time_Relative_sf", C.START),
        ("Temps de départ - hh:mm:ss.ms", C.START),
        ("Début", C.START),
        ("开始时间", C.START),
        ("начало", C.START),
        ("In", C.START),
        ("Stop (s)", C.END),
        ("Temps de fin - ss.msec", C.END),
        ("bis", C.END),
        ("out point", C.END),
        ("end_frame", C.END),
        ("Durée - ss.msec", C.DURATION),
        ("dur_ms", C.DURATION),
        ("Länge", C.DURATION),
        ("Behaviour", C.CODE),
        ("Verhalten", C.CODE),
        ("コード", C.CODE),
        ("Rater ID", C.CODER),
        ("Beobachter", C.CODER),
        ("Speaker", C.PARTICIPANT),
        ("Versuchsperson", C.PARTICIPANT),
        ("Комментарий", C.NOTE),
        ("Comment start", C.NOTE),
        ("Observation id", C.SESSION),
        ("Media file name", C.RECORDING),
        ("Behavioral category", C.GROUP),
        ("Behavior type", C.KIND),
        ("Modifier #2", C.ATTRIBUTE),
        ("Time offset (s)", None),
        ("Media duration (s)", None),
        ("Observation duration", None),
        ("Image index start", None),
        ("Weather", None),
        ("", None),
    ],
)
def test_headings_in_many_words(heading: str, role: Column | None) -> None:
    assert heard(heading).role is role


@pytest.mark.parametrize(
    ("heading", "form"),
    [
        ("Start (ms)", TimeForm.MILLISECONDS),
        ("onsetMs", TimeForm.MILLISECONDS),
        ("Begin Time - msec", TimeForm.MILLISECONDS),
        ("Begin Time - ss.msec", TimeForm.SECONDS),
        ("Begin Time - hh:mm:ss.ms", TimeForm.CLOCK),
        ("Begin Time - hh:mm:ss:ff", TimeForm.SMPTE),
        ("start [s]", TimeForm.SECONDS),
        ("Start Frame", TimeForm.FRAMES),
        ("frame", TimeForm.FRAMES),
        ("start", None),
    ],
)
def test_units_in_headings(heading: str, form: TimeForm | None) -> None:
    assert heard(heading).form is form


TABULAR = """\
Observation id,Observation date,Description,Observation duration,Observation type,Source,\
Time offset (s),Media duration (s),FPS,Arm,Subject,Behavior,Behavioral category,Modifier #1,\
Behavior type,Time,Media file name,Image index,Image file path,Comment
o1,2023-01-01 10:00:00,,20.0,Media file(s),player #1:a.mp4,0.0,20.0,25.0,A,therapist,nod,\
talk,deep,POINT,1.5,a.mp4,37,NA,well
o1,2023-01-01 10:00:00,,20.0,Media file(s),player #1:a.mp4,0.0,20.0,25.0,A,No focal subject,\
silence,,None,START,2.0,a.mp4,50,NA,from
o1,2023-01-01 10:00:00,,20.0,Media file(s),player #1:a.mp4,0.0,20.0,25.0,A,client,silence,,None,\
START,3.0,a.mp4,50,NA,
o1,2023-01-01 10:00:00,,20.0,Media file(s),player #1:a.mp4,0.0,20.0,25.0,A,No focal subject,\
silence,,None,STOP,5.25,a.mp4,131,NA,to
o1,2023-01-01 10:00:00,,20.0,Media file(s),player #1:a.mp4,0.0,20.0,25.0,A,client,silence,,None,\
STOP,6.125,a.mp4,131,NA,
o2,2023-01-02 10:00:00,,9.0,Media file(s),player #1:b.mp4,0.0,9.0,25.0,B,client,nod,\
talk,flat,POINT,0.5,b.mp4,12,NA,
"""


def test_tabular_events_of_boris_are_understood_wholly() -> None:
    found = table(TABULAR)
    assert roles(found) == {
        "Observation id": C.SESSION,
        "Arm": C.ATTRIBUTE,
        "Subject": C.PARTICIPANT,
        "Behavior": C.CODE,
        "Behavioral category": C.GROUP,
        "Modifier #1": C.ATTRIBUTE,
        "Behavior type": C.KIND,
        "Time": C.START,
        "Media file name": C.RECORDING,
        "Comment": C.NOTE,
    }
    first, second = found.sessions
    assert (first.id, second.id) == ("o1", "o2")
    assert tags(found) == [
        ("nod", 1_500_000, 1_500_000),
        ("silence", 2_000_000, 5_250_000),
        ("silence", 3_000_000, 6_125_000),
        ("nod", 500_000, 500_000),
    ]
    nod, silence, of_client = first.passes[0].tags
    assert (nod.participant, nod.note) == ("therapist", "well")
    assert dict(nod.attributes) == {"Arm": "A", "modifier_1": "deep"}
    assert (silence.participant, silence.note) == ("", "from\nto")
    assert dict(silence.attributes) == {"Arm": "A"}
    assert of_client.participant == "client"
    assert [one.name for one in first.codebook.groups] == ["talk"]
    assert [one.path for one in first.recordings] == ["a.mp4"]
    assert (found.report.counted_in, found.report.counted_out) == (6, 6)
    assert lost(found.report) == {
        LEFT.format(name)
        for name in (
            "Observation date",
            "Observation duration",
            "Observation type",
            "Source",
            "Time offset (s)",
            "Media duration (s)",
            "FPS",
            "Image index",
            "Image file path",
        )
    }


OLD = """\
Observation id,first one,,,
,,,,
Media file(s),,,,
Player #1,a.mp4,,,
Time offset (s),0,,,
,,,,
Time,Media file path,Subject,Behavior,Status
3.3,a.mp4,s1,nod,START
7.75,a.mp4,s1,nod,STOP
8.5,a.mp4,s2,smile,POINT
"""


def test_older_events_of_boris_stand_below_other_lines() -> None:
    found = table(OLD)
    assert found.sessions[0].id == "first one"
    assert tags(found) == [("nod", 3_300_000, 7_750_000), ("smile", 8_500_000, 8_500_000)]
    assert places(found.report, "a line above the table") == ("line 3", "line 4", "line 5")


def test_aggregated_events_of_boris_are_understood_wholly() -> None:
    found = read_as(
        "tsv",
        "Observation id\tSubject\tBehavior\tBehavioral category\tModifier #1\tBehavior type\t"
        "Start (s)\tStop (s)\tDuration (s)\tMedia file name\tComment start\tComment stop\n"
        "o1\ttherapist\tnod\ttalk\tdeep\tPOINT\t1.5\t1.5\tNA\ta.mp4\thi\t\n"
        "o1\ttherapist\tnod\ttalk\tflat\tSTATE\t2.5\t4.5\t2.0\ta.mp4\thi\tbye\n",
    )
    assert tags(found) == [("nod", 1_500_000, 1_500_000), ("nod", 2_500_000, 4_500_000)]
    assert [tag.note for tag in found.sessions[0].passes[0].tags] == ["hi", "hi\nbye"]
    assert lost(found.report) == set()
    assert roles(found)["Behavior type"] is C.KIND


ELAN = (
    "Tier\tBegin Time - hh:mm:ss.ms\tBegin Time - ss.msec\tBegin Time - msec\t"
    "End Time - hh:mm:ss.ms\tEnd Time - ss.msec\tEnd Time - msec\tDuration - ss.msec\tAnnotation\n"
)


def test_tab_delimited_text_of_elan_tells_times_several_times() -> None:
    found = read_as(
        "tsv",
        ELAN + "A\t00:00:01.500\t1.5\t1500\t00:00:02.000\t2.0\t2000\t0.5\tQ\n"
        "A\t00:00:03.500\t3.5\t3500\t00:00:04.000\t4.0\t4000\t0.5\tQ\n"
        "B\t00:00:03.500\t3.5\t3500\t00:00:04.250\t4.25\t4250\t0.75\tR\n"
        "B\t00:00:05.500\t5.5\t5500\t00:00:06.000\t6.0\t6000\t0.5\tR\n",
    )
    assert roles(found) == {
        "Tier": C.CODER,
        "Begin Time - ss.msec": C.START,
        "End Time - ss.msec": C.END,
        "Duration - ss.msec": C.DURATION,
        "Annotation": C.CODE,
    }
    assert [one.coder for one in found.sessions[0].passes] == ["A", "B"]
    assert tags(found)[2] == ("R", 3_500_000, 4_250_000)
    assert lost(found.report) == set()
    told = [str(one) for one in found.report.remarks]
    assert any("“Begin Time - msec” tells times in another way" in one for one in told)


def test_a_tier_of_sentences_is_a_code_and_they_are_notes() -> None:
    found = read_as(
        "tsv",
        "Tier\tBegin Time\tEnd Time\tAnnotation\n"
        "laugh\t1.5\t2.0\tas he came in\n"
        "laugh\t3.5\t4.0\tabout the dog\n"
        "cry\t5.5\t6.0\tat the end\n",
    )
    assert roles(found)["Tier"] is C.CODE
    assert roles(found)["Annotation"] is C.NOTE
    assert [tag.note for tag in found.sessions[0].passes[0].tags][1] == "about the dog"


def test_tiers_as_columns_are_codes() -> None:
    found = read_as(
        "tsv",
        "Begin Time - ss.msec\tEnd Time - ss.msec\tlaugh\tcry\n"
        "1.5\t2.0\tloud\t\n3.5\t4.0\tloud\t\n5.5\t6.0\t\tsoft\n7.5\t8.0\tsoft\t\n",
    )
    assert found.table is not None
    assert found.table.columns.layout is Layout.CODES
    assert [one[0] for one in tags(found)] == ["laugh", "laugh", "cry", "laugh"]
    assert dict(found.sessions[0].passes[0].tags[0].attributes) == {"value": "loud"}


def test_tab_delimited_text_of_elan_without_headings() -> None:
    found = read_as(
        "tsv",
        '"#file:///C:/films/one.eaf\n'
        "A\t\t00:00:01.500\t1.5\t00:00:02.000\t2.0\t00:00:00.500\t0.5\tQ\n"
        "A\t\t00:00:03.500\t3.5\t00:00:04.000\t4.0\t00:00:00.500\t0.5\tQ\n"
        "B\t\t00:00:03.500\t3.5\t00:00:04.250\t4.25\t00:00:00.750\t0.75\tR\n",
    )
    assert tags(found) == [
        ("Q", 1_500_000, 2_000_000),
        ("Q", 3_500_000, 4_000_000),
        ("R", 3_500_000, 4_250_000),
    ]
    assert found.table is not None
    assert found.table.columns.is_headed is False
    assert places(found.report, "a line above the table") == ("line 1",)


def test_a_list_of_the_observer_pairs_its_states() -> None:
    found = table(
        "Observation,Time_Relative_hmsf,Time_Relative_sf,Duration_sf,Subject,Behavior,Event_Type\n"
        "o,00:00:01.500,1.5,2.5,Anna,gaze,State start\n"
        "o,00:00:02.000,2.0,0,Anna,nod,Point\n"
        "o,00:00:04.000,4.0,0,Anna,gaze,State stop\n"
        "o,00:00:06.000,6.0,1.0,Anna,gaze,State start\n"
    )
    assert tags(found) == [
        ("gaze", 1_500_000, 4_000_000),
        ("nod", 2_000_000, 2_000_000),
        ("gaze", 6_000_000, 7_000_000),
    ]
    assert (found.report.counted_in, found.report.counted_out) == (4, 4)


def test_cells_exported_for_r_have_their_column_for_a_code() -> None:
    found = table(
        "file,column,ordinal,onset,offset,hand\n"
        "d1,reach,1,100,33000,left\nd1,reach,2,34000,40000,right\nd1,reach,3,41000,42000,left\n"
        "d1,grasp,1,41000,42000,right\n"
    )
    assert tags(found)[0] == ("reach", 100_000, 33_000_000)
    assert roles(found)["hand"] is C.ATTRIBUTE
    assert any(
        "whole numbers and were taken for milliseconds" in str(one) for one in found.report.remarks
    )


@pytest.mark.parametrize(
    ("data", "first"),
    [
        ("start_ms,end_ms,code\n100,200,a\n300,400,b\n", ("a", 100_000, 200_000)),
        ("start,end,code\n10,20,a\n30,40,b\n", ("a", 10_000_000, 20_000_000)),
        ("start,end,code\n10000,20000,a\n300000,400000,b\n", ("a", 10_000_000, 20_000_000)),
        ("start,end (ms),code\n10,20,a\n30,40,b\n", ("a", 10_000, 20_000)),
        ("start,duration,code\n1.5,2,a\n3,4,b\n", ("a", 1_500_000, 3_500_000)),
        ("in,out,code\n0:01:02.5,0:01:03,a\n1:00:00,1:00:01,b\n", ("a", 62_500_000, 63_000_000)),
        ("Beginn;Ende;Kode\n1,5;2,75;a\n3;4,5;b\n", ("a", 1_500_000, 2_750_000)),
        ("onset|offset|label\n1.5|2.5|a\n3|4|b\n", ("a", 1_500_000, 2_500_000)),
        ("start,code,note\n" + "1.5,a,x;y|z\tw\n" * 9, ("a", 1_500_000, 1_500_000)),
        ("sep=;\nstart;code\n1.5;a\n2.5;b\n", ("a", 1_500_000, 1_500_000)),
        ('"start","code"\n"1,5","a"\n"2,25","b"\n', ("a", 1_500_000, 1_500_000)),
        ("1.5,2.5,a\n3.25,4.5,b\n", ("a", 1_500_000, 2_500_000)),
        ("1.5\t0.5\ta\n3.25\t4.5\tb\n3.75\t1\ta\n4.25\t1\ta\n", ("a", 1_500_000, 2_000_000)),
        ("one,1.5,2.5\ntwo,0.25,4.5\n", ("two", 250_000, 4_500_000)),
        ("start code\n", None),
        ("code,start\na,1.5\nb,\n", ("a", 1_500_000, 1_500_000)),
        # as R writes tables with the names of its rows
        ('"onset","code"\n"1",1.5,"a"\n"2",2.5,"b"\n', ("a", 1_500_000, 1_500_000)),
        (",start,code\n0,1.5,a\n1,2.5,b\n", ("a", 1_500_000, 1_500_000)),
    ],
)
def test_times_and_marks_are_found_out(data: str, first: Seen | None) -> None:
    if first is None:
        with pytest.raises(ForeignFileError):
            table(data)
        return
    assert tags(table(data))[0] == first


def test_decimal_commas_are_told() -> None:
    assert "decimals stand after a comma, and were read so" in repaired(
        table("start;code\n1,5;a\n2,75;b\n").report
    )


def test_whole_tables_are_read_as_they_are_shown() -> None:
    for data in (TABULAR, OLD, "start,end (ms),code\n10,20,a\n30,40,b\n", "1,5;a\n2,5;b\n"):
        found = table(data)
        assert found.table is not None
        again = table(data, columns=found.table.columns)
        assert again.sessions == found.sessions
        assert again.table == found.table


def test_the_preview_shows_rows_as_they_stand() -> None:
    rows = "".join(f"{n},' c{n} \n" for n in range(30))
    found = table("start , code\n" + rows)
    assert found.table is not None
    assert found.table.headings == ("start", "code")
    assert len(found.table.rows) == 20
    assert found.table.rows[0] == ("0", "' c0 ")


def test_equal_and_empty_headings_get_names_of_their_own() -> None:
    found = table("start,code,x,x,\n1.5,a,1,2,3\n2.5,b,2,3,4\n")
    assert found.table is not None
    assert found.table.headings == ("start", "code", "x", "x (2)", "column 5")


def test_a_table_without_times_can_still_be_put_right() -> None:
    data = "name,age\nbob,12\nann,13\n"
    found = table(data)
    assert found.report.counted_out == 0
    assert lost(found.report) >= {"no column is known for the start"}
    assert found.table is not None
    right = TableColumns({"name": C.CODE, "age": C.START})
    assert tags(table(data, columns=right)) == [
        ("bob", 12_000_000, 12_000_000),
        ("ann", 13_000_000, 13_000_000),
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.csv", TABULAR),
        ("x.txt", "onset\toffset\tcode\n1.5\t2.5\ta\n"),
        ("x", "Start (s);Behavior\n1;a\n"),
        ("x.csv", "1.5,2.5,a\n3,4,b\n"),
        ("x.csv", "who,when\nbob,12\n"),
        ("x.csv", "session,start,code\ns,1.5,a\n"),
    ],
)
def test_tables_are_known_by_their_headings(name: str, data: str) -> None:
    assert read(data, name).format.id in {"csv", "tsv"}
