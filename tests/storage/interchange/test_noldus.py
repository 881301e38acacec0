"""Projects and event logs of Noldus' Observer become sessions, an observation each."""

from __future__ import annotations

import pytest

from annotator.model.codebook import CodeKind
from annotator.model.session import Session
from tests.support.foreign import lost, places, repaired
from tests.support.spoilt import is_even, read_as

LOG = """Date_Time_Absolute_dmy_hmsf,Time_Relative_hmsf,Time_Relative_sf,Duration_sf,\
Observation,Event_Log,Subject,Behavior,Modifier_1,Event_Type,Comment,Site,
01-02-2022 10:00:01.5,0:00:01.5,1.5,2.5,One,log,Ann,reflect,deep,State start,well,North,
01-02-2022 10:00:02.0,0:00:02.0,2,0,One,log,Ann,nod,,Point,"a, b",North,
01-02-2022 10:00:04.0,0:00:04.0,4,0,One,log,Ann,reflect,deep,State stop,,North,
01-02-2022 10:00:05.0,0:00:05.0,5,0,One,log,No focal subject,cough,,State point,,North,
01-02-2022 11:00:00.0,0:00:09.0,9,0,Two,log,Ben,reflect,,State start,,South,
01-02-2022 11:00:01.0,0:00:10.0,10,0,Two,log,Ben,laugh,,State stop,,South,
"""
STAMP = "<OBS_EVENT_TIMESTAMP>2022-05-18 {}</OBS_EVENT_TIMESTAMP>"


def event(time: str, state: str, behaviour: str, more: str = "") -> str:
    told = f"<OBS_EVENT_STATE>{state}</OBS_EVENT_STATE>" if state else ""
    return (
        f"<OBS_EVENT>{STAMP.format(time)}<OBS_EVENT_SUBJECT NAME='Ann'/>"
        f"<OBS_EVENT_BEHAVIOR NAME='{behaviour}'>{more}</OBS_EVENT_BEHAVIOR>{told}"
        "<OBS_EVENT_COMMENT>hm</OBS_EVENT_COMMENT></OBS_EVENT>"
    )


def project(*observations: str) -> str:
    return (
        '<?xml version="1.0"?>\n<NXMLINTERCHANGE xmlns="nxmlinterchange" VERSION_MAJOR="0">'
        '<CDS_VOSCODINGSCHEME xmlns="nxmlvoscodingscheme"><CDS_BEHAVIORS>'
        "<CDS_BEHAVIOR><CDS_ELE_NAME>Talk</CDS_ELE_NAME></CDS_BEHAVIOR>"
        "<CDS_BEHAVIOR><CDS_ELE_NAME>reflect</CDS_ELE_NAME>"
        "<CDS_ELE_PARENT_NAME>Talk</CDS_ELE_PARENT_NAME>"
        "<CDS_ELE_START_KEYCODE>r</CDS_ELE_START_KEYCODE>"
        "<CDS_ELE_DESCRIPTION>says back</CDS_ELE_DESCRIPTION></CDS_BEHAVIOR>"
        "<CDS_BEHAVIOR><CDS_ELE_NAME>sigh</CDS_ELE_NAME><CDS_IS_INACTIVE>Y</CDS_IS_INACTIVE>"
        "<CDS_ELE_PARENT_NAME>Talk</CDS_ELE_PARENT_NAME></CDS_BEHAVIOR>"
        '</CDS_BEHAVIORS></CDS_VOSCODINGSCHEME><OBS_OBSERVATIONS xmlns="nxmlvosobservations">'
        f"{''.join(observations)}</OBS_OBSERVATIONS></NXMLINTERCHANGE>"
    )


def observation(name: str, *logs: str) -> str:
    told = "".join(
        f"<OBS_EVENT_LOG CREATION_DATETIME='2022-05-18 10:04:09.4'>{one}</OBS_EVENT_LOG>"
        for one in logs
    )
    return (
        f"<OBS_OBSERVATION NAME='{name}'><OBS_EVENT_LOGS>{told}</OBS_EVENT_LOGS></OBS_OBSERVATION>"
    )


MODIFIER = "<OBS_EVENT_BEHAVIOR_MODIFIER CLASS='depth'>deep</OBS_EVENT_BEHAVIOR_MODIFIER>"
ODX = project(
    observation(
        "One",
        event("10:04:10.5", "1", "reflect", MODIFIER)
        + event("10:04:11.25", "3", "nod")
        + event("10:04:12.25", "2", "reflect"),
    )
)


def tags(session: Session) -> list[tuple[int, int, str, str, str]]:
    found = [one for each in session.passes for one in each.tags]
    return [(one.start, one.end, one.code, one.participant, one.note) for one in found]


def test_states_run_from_start_to_stop_and_points_are_moments() -> None:
    found = read_as(LOG, "log.txt", "observer", coder="Me")
    one, two = found.sessions
    assert (one.id, two.id) == ("One", "Two")
    assert tags(one) == [
        (1_500_000, 4_000_000, "reflect", "Ann", "well"),
        (2_000_000, 2_000_000, "nod", "Ann", "a, b"),
        (5_000_000, 5_000_000, "cough", "", ""),
    ]
    assert [(each.coder, each.extra) for each in one.passes] == [("Me", {"noldus": {"log": "log"}})]
    assert one.passes[0].tags[0].attributes == {"Modifier_1": "deep"}
    assert (found.report.counted_in, found.report.counted_out, found.unit) == (6, 5, "events")


def test_states_without_both_ends_are_told() -> None:
    found = read_as(LOG, "log.txt", "observer")
    assert places(found.report, "stopped that never began") == ("line 7",)
    assert repaired(found.report)["a state is never stopped; it ends with the log"] == ("line 6",)
    assert tags(found.sessions[1]) == [(9_000_000, 10_000_000, "reflect", "Ben", "")]


def test_other_columns_are_kept_with_the_session() -> None:
    one, two = read_as(LOG, "log.txt", "observer").sessions
    assert one.extra == {"noldus": {"variables": {"Site": "North"}}}
    assert two.extra == {"noldus": {"variables": {"Site": "South"}}}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_are_found_out(delimiter: str, encoding: str) -> None:
    text = "Time_Relative_sf,Observation,Subject,Behavior,Event_Type\n1.25,Öl,Änn,nod,Point\n"
    found = read_as(text.replace(",", delimiter).encode(encoding), "log.txt", "observer")
    assert (found.sessions[0].id, tags(found.sessions[0])) == (
        "Öl",
        [(1_250_000, 1_250_000, "nod", "Änn", "")],
    )


def test_a_comma_may_stand_for_the_point() -> None:
    text = "Time_Relative_sf;Observation;Behavior;Event_Type\n1,25;O;nod;Point\n"
    found = read_as(text, "log.txt", "observer")
    assert tags(found.sessions[0])[0][0] == 1_250_000


def test_older_exports_call_things_otherwise() -> None:
    text = (
        "Relative Time (seconds);Observation Name;Event Log File Name;Subject;Behavior;"
        "Event Type;Comment\n0.5;O;L;Ann;nod;State start;\n2;O;L;Ann;nod;State stop;done\n"
    )
    found = read_as(text, "log.txt", "observer")
    assert tags(found.sessions[0]) == [(500_000, 2_000_000, "nod", "Ann", "done")]


def test_a_block_above_the_headings_is_kept() -> None:
    text = (
        '"Number of header lines:";"4"\n"Video file";"C:\\films\\talk.mpg"\n'
        '"Recording time";"Subject";"Behavior";"Event"\n"s";"";"";""\n'
        '"10.04";"Ann";"groom";"state start"\n"12.00";"Ann";"groom";"state stop"\n'
    )
    found = read_as(text, "log.txt", "observer")
    (session,) = found.sessions
    assert tags(session) == [(10_040_000, 12_000_000, "groom", "Ann", "")]
    assert session.extra["noldus"] == {
        "header": {"Number of header lines:": "4", "Video file": "C:\\films\\talk.mpg"}
    }
    assert found.report.counted_in == 2


@pytest.mark.parametrize(
    ("told", "start"),
    [
        ("0:00:12.345", 12_345_000),
        ("00:01:12,5", 72_500_000),
        ("0 days 00:00:12", 12_000_000),
        ("1:00:00", 3_600_000_000),
    ],
)
def test_times_may_be_clocks_alone(told: str, start: int) -> None:
    text = f"Time_Relative_hmsf;Observation;Behavior;Event_Type\n{told};O;nod;Point\n"
    assert tags(read_as(text, "log.txt", "observer").sessions[0])[0][0] == start


def test_times_of_the_day_count_from_the_first_event() -> None:
    text = (
        "Date_Time_Absolute_dmy_hmsf;Observation;Behavior;Event_Type\n"
        "01-02-2022 23:59:59.5;O;nod;Point\n02-02-2022 00:00:01;O;nod;Point\n"
    )
    found = read_as(text, "log.txt", "observer")
    assert [one[0] for one in tags(found.sessions[0])] == [0, 1_500_000]
    assert places(found.report, "times are of the day") == ("O",)


def test_where_stops_were_left_out_lengths_count() -> None:
    text = (
        "Time_Relative_sf;Duration_sf;Observation;Behavior;Event_Type\n"
        "1;2.5;O;nod;State start\n2;1;O;sit;State start\n"
    )
    found = read_as(text, "log.txt", "observer")
    assert [one[:2] for one in tags(found.sessions[0])] == [
        (1_000_000, 3_500_000),
        (2_000_000, 3_000_000),
    ]
    assert not repaired(found.report)
    assert any("no stops" in line for line in found.report.lines())


def test_rows_that_say_too_little_are_told() -> None:
    text = (
        "Time_Relative_sf;Observation;Behavior;Event_Type\n1;O;nod;Point\n2;O;;Point\n"
        "3;O;nod;Interval\nsoon;O;nod;Point\n4;O;nod\n"
    )
    found = read_as(text, "log.txt", "observer")
    assert places(found.report, "names no behaviour") == ("line 3",)
    assert places(found.report, "kind that is not known") == ("line 4", "line 6")
    assert places(found.report, "time of an event") == ("line 5",)
    assert is_even(found)


def test_several_logs_of_an_observation_are_passes_of_their_own() -> None:
    text = (
        "Time_Relative_sf;Observation;Event_Log;Behavior;Event_Type\n"
        "1;O;by Ann;nod;State start\n1.5;O;by Ben;nod;State start\n"
        "2;O;by Ann;nod;State stop\n3;O;by Ben;nod;State stop\n"
    )
    (session,) = read_as(text, "log.txt", "observer", coder="Me").sessions
    assert [(one.coder, [(t.start, t.end) for t in one.tags]) for one in session.passes] == [
        ("by Ann", [(1_000_000, 2_000_000)]),
        ("by Ben", [(1_500_000, 3_000_000)]),
    ]


def test_a_project_becomes_sessions_with_its_scheme() -> None:
    found = read_as(ODX, "talk.odx", coder="Me")
    (session,) = found.sessions
    assert found.format.id == "odx"
    assert tags(session) == [
        (0, 1_750_000, "reflect", "Ann", "hm"),
        (750_000, 750_000, "nod", "Ann", "hm"),
    ]
    assert session.passes[0].tags[0].attributes == {"depth": "deep"}
    codes = {one.id: one for one in session.codebook.codes}
    assert (codes["reflect"].key, codes["reflect"].definition) == ("r", "says back")
    assert (codes["reflect"].kind, codes["nod"].kind) == (CodeKind.SPAN, CodeKind.POINT)
    assert codes["sigh"].retired
    assert [one.name for one in session.codebook.groups] == ["Talk"]
    assert session.extra == {"noldus": {"first": "2022-05-18 10:04:10.500"}}
    assert (found.report.counted_in, found.report.counted_out) == (3, 3)


def test_the_first_event_is_where_the_clock_starts_and_that_is_told() -> None:
    found = read_as(ODX, "talk.odx")
    assert places(found.report, "0 is the first event, at 2022-05-18 10:04:10.500") == (
        "observation “One”",
    )


def test_a_project_in_utf_16_is_read() -> None:
    found = read_as(ODX.encode("utf-16"), "talk.odx")
    assert len(tags(found.sessions[0])) == 2


def test_observations_of_one_name_and_several_logs_stay_apart() -> None:
    both = event("10:04:10.5", "3", "nod"), event("10:04:12.5", "3", "nod")
    first, second = read_as(
        project(observation("One", *both), observation("One", both[0])), "talk.odx"
    ).sessions
    assert (first.id, second.id) == ("One", "One (2)")
    assert [(one.coder, len(one.tags)) for one in first.passes] == [("log 1", 1), ("log 2", 1)]


def test_events_that_say_too_little_are_told() -> None:
    text = project(
        observation(
            "One",
            event("10:04:10.5", "3", "nod"),
            event("noon", "3", "nod") + event("10:04:10.5", "9", "nod"),
            event("10:04:11.5", "3", "") + event("10:04:12.5", "", "nod"),
        ).replace("<OBS_EVENT_LOGS>", "<OBS_MEDIA>x.mpg</OBS_MEDIA><OBS_EVENT_LOGS>")
    )
    found = read_as(text, "talk.odx")
    assert lost(found.report) == {
        "the time of an event cannot be read",
        "an event of a kind that is not known",
        "an event names no behaviour",
        "parts of an observation that are not known here: OBS_MEDIA",
    }
    assert places(found.report, "does not tell its kind") == ("observation “One”, event 6",)
    assert is_even(found)
