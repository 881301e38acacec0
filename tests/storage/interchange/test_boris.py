"""BORIS projects are read as they were meant, each oddity of theirs told."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import cast

import pytest

from annotator.model.codebook import CodeKind
from annotator.model.coding import UNNAMED
from annotator.model.recording import RecordingRole
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.storage.interchange.exchange import Imported
from annotator.storage.interchange.report import Outcome
from tests.support.foreign import lost, places, read, repaired

S = 1_000_000
DEPTH = {"name": "Depth", "description": "", "type": 0, "values": ["simple (s)", "deep"]}
POINT: dict[str, object] = {
    "type": "Point event",
    "key": "r",
    "code": "reflection",
    "description": "Says back.",
    "color": "#4477aa",
    "category": "Talk",
    "modifiers": {"0": DEPTH},
    "excluded": "",
}
STATE: dict[str, object] = {
    "type": "State event",
    "key": "s",
    "code": "silence",
    "description": "",
    "category": "",
    "modifiers": {},
    "excluded": "reflection",
}
MEDIA: dict[str, object] = {"length": {"a.mp4": 60.0}, "fps": {"a.mp4": 25.0}}


def observation(*events: list[object], **more: object) -> dict[str, object]:
    """Make an observation of one film with these events."""
    made: dict[str, object] = {
        "type": "MEDIA",
        "file": {"1": ["a.mp4"], "2": []},
        "time offset": 0.0,
        "media_info": MEDIA,
        "events": list(events),
    }
    return made | more


def project(*observations: Mapping[str, object], **more: object) -> str:
    """Make a project of two behaviours and two subjects with observations o1, o2, …"""
    made: dict[str, object] = {
        "time_format": "s",
        "project_name": "Our study",
        "project_format_version": "7.0",
        "subjects_conf": {
            "0": {"key": "t", "name": "Therapist", "description": "one"},
            "1": {"key": "c", "name": "Client", "description": ""},
        },
        "behaviors_conf": {"0": POINT, "1": STATE},
        "observations": {f"o{n}": one for n, one in enumerate(observations, 1)},
    }
    return json.dumps(made | more)


def only(found: Imported) -> Session:
    """Give the one session that was found."""
    (session,) = found.sessions
    return session


def spans(session: Session) -> list[tuple[str, int, int]]:
    """Give the tags of the first pass as a code and whole milliseconds."""
    return [(tag.code, tag.start // 1000, tag.end // 1000) for tag in session.passes[0].tags]


def lost_events(found: Imported) -> int:
    """Count the events that are told as not carried."""
    told = (one for one in found.report.remarks if one.outcome is Outcome.NOT_CARRIED)
    return sum(len(one.places) for one in told if any("event" in each for each in one.places))


def test_states_are_paired_by_subject_code_and_modifiers() -> None:
    found = read(
        project(
            observation(
                [1.0, "Therapist", "silence", "", "a", 25],
                [2.0, "Client", "silence", "", "", 50],
                [3.0, "Therapist", "silence", "", "b", 75],
                [4.5, "Client", "silence", "", "", 112],
                [5.0, "Therapist", "reflection", "deep", "warm", 125],
            )
        ),
        "x.boris",
    )
    session = only(found)
    assert spans(session) == [
        ("silence", 1000, 3000),
        ("silence", 2000, 4500),
        ("reflection", 5000, 5000),
    ]
    first, second, third = session.passes[0].tags
    assert (first.participant, first.note) == ("Therapist", "a\nb")
    assert second.participant == "Client"
    assert (third.attributes, third.note) == ({"Depth": "deep"}, "warm")
    assert (found.report.counted_in, found.report.counted_out, found.unit) == (5, 5, "events")
    assert found.report.lines() == []


def test_modifiers_keep_two_states_of_a_kind_apart() -> None:
    state = STATE | {"modifiers": {"0": DEPTH}, "excluded": ""}
    rows: list[list[object]] = [
        [1, "", "silence", "deep", ""],
        [2, "", "silence", "simple", ""],
        [3, "", "silence", "deep", ""],
        [4, "", "silence", "simple", ""],
    ]
    session = only(read(project(observation(*rows), behaviors_conf={"0": state}), "x.boris"))
    assert spans(session) == [("silence", 1000, 3000), ("silence", 2000, 4000)]
    assert [tag.attributes for tag in session.passes[0].tags] == [
        {"Depth": "deep"},
        {"Depth": "simple"},
    ]


def test_a_state_without_an_end_is_a_moment_and_its_place_is_told() -> None:
    rows: list[list[object]] = [
        [1.0, "", "silence", "", "", 1],
        [2.0, "", "silence", "", "", 2],
        [7.0, "", "silence", "", "late", 3],
    ]
    found = read(project(observation(*rows)), "x.boris")
    assert spans(only(found)) == [("silence", 1000, 2000), ("silence", 7000, 7000)]
    assert places(found.report, "beginning and no end") == ("observation “o1”, event 3",)
    assert (found.report.counted_in, found.report.counted_out) == (3, 3)


def test_what_behaviours_tell_is_in_the_codebook() -> None:
    session = only(read(project(observation()), "x.boris"))
    reflection, silence = session.codebook.codes
    assert session.codebook.name == "Our study"
    assert (reflection.key, reflection.colour, reflection.kind) == ("r", "#4477aa", CodeKind.POINT)
    assert (reflection.definition, reflection.group) == ("Says back.", "Talk")
    (depth,) = reflection.attributes
    assert [(one.id, one.name, one.key) for one in depth.choices] == [
        ("simple", "simple", "s"),
        ("deep", "deep", ""),
    ]
    assert (silence.kind, silence.exclusive_with) == (CodeKind.SPAN, ("reflection",))
    assert [(one.id, one.role.value) for one in session.participants] == [
        ("Therapist", "therapist"),
        ("Client", "client"),
    ]


def test_every_observation_is_a_session_with_a_safe_id() -> None:
    told = {"talk 1/a": observation(), "talk 1?a": observation(), "..": observation()}
    found = read(project(observations=told), "x.boris")
    assert [(one.title, one.id) for one in found.sessions] == [
        ("talk 1/a", "talk-1-a"),
        ("talk 1?a", "talk-1-a-2"),
        ("..", "observation"),
    ]


@pytest.mark.parametrize("version", ["1.6", "3.0"])
def test_modifiers_were_one_text_before_4_0(version: str) -> None:
    old = POINT | {"modifiers": "simple,deep|glad,sad"}
    rows = observation([1.0, "", "reflection", "deep|None", ""])
    text = project(rows, behaviors_conf={"0": old}, project_format_version=version)
    session = only(read(text, "x.boris"))
    sets = session.codebook.codes[0].attributes
    assert [(one.name, [each.name for each in one.choices]) for one in sets] == [
        ("modifier 1", ["simple", "deep"]),
        ("modifier 2", ["glad", "sad"]),
    ]
    assert session.passes[0].tags[0].attributes == {"modifier_1": "deep"}


def test_projects_without_a_version_are_read() -> None:
    old = observation([1, "P1", "reflection", "", ""], type="VIDEO", file=["a.avi", "b.avi"])
    told = {
        "subjects_conf": {"0": ["k", "P1"]},
        "behaviors_conf": {"0": POINT},
        "observations": {"o1": old | {"media_info": None, "replace audio": ""}},
    }
    session = only(read(json.dumps(told), "x.boris"))
    assert [one.path for one in session.recordings] == ["a.avi", "b.avi"]
    assert [one.label for one in session.participants] == ["P1"]


def test_the_second_player_had_its_offset_elsewhere_before_7_0() -> None:
    old = observation(file={"1": ["a.mp4"], "2": ["b.mp4"]})
    session = only(read(project(old | {"time offset second player": -2.5}), "x.boris"))
    assert [one.offset for one in session.recordings] == [0, -2.5 * S]


def test_lengths_were_told_by_a_checksum_before_7_0() -> None:
    old = observation(media_file_info={"0cc1": {"video_length": 90_500, "nframe": 9}})
    del old["media_info"]
    assert only(read(project(old), "x.boris")).recordings[0].duration == 90.5 * S


def test_players_have_offsets_and_files_follow_each_other() -> None:
    info = {
        "length": {"a.mp4": 10.0, "b.mp4": 20.5, "c.wav": 30.0},
        "fps": {"a.mp4": 25, "b.mp4": 25, "c.wav": 0},
        "hasVideo": {"a.mp4": True, "b.mp4": True, "c.wav": False},
        "offset": {"1": 0.0, "3": 2.25},
    }
    files = {"1": ["a.mp4", "b.mp4"], "3": ["c.wav"]}
    made = observation([29.0, "", "reflection", "", "", 475], file=files, media_info=info)
    session = only(read(project(made), "x.boris"))
    assert [(one.path, one.offset, one.duration, one.role) for one in session.recordings] == [
        ("a.mp4", 0, 10 * S, RecordingRole.ROOM),
        ("b.mp4", 10 * S, 20.5 * S, RecordingRole.ROOM),
        ("c.wav", 2.25 * S, 30 * S, RecordingRole.SOUND),
    ]
    assert session.region == Interval(Micros(0), Micros(32_250_000))


def test_a_length_that_is_not_told_is_told() -> None:
    made = observation(file={"1": ["a.mp4", "b.mp4"]}, media_info={})
    found = read(project(made), "x.boris")
    assert places(found.report, "length of a film") == ("observation “o1”, player 1",)


def test_the_time_offset_is_taken_off_so_that_the_film_begins_at_0() -> None:
    made = observation([3601.5, "", "reflection", "", "", 37], **{"time offset": 3600.0})
    session = only(read(project(made), "x.boris"))
    assert spans(session) == [("reflection", 1500, 1500)]
    assert session.recordings[0].offset == 0


def test_times_that_are_dates_count_from_when_films_were_made() -> None:
    info = {
        "length": {"a.mp4": 10, "b.mp4": 10},
        "fps": {},
        "media_creation_time": {"a.mp4": 1_700_000_000, "b.mp4": 1_700_000_060},
    }
    made = observation(
        [1_700_000_001.25, "", "reflection", "", "", 1],
        [1_700_000_061.5, "", "reflection", "", "", 1],
        file={"1": ["a.mp4", "b.mp4"]},
        media_info=info,
        media_creation_date_as_offset=True,
    )
    session = only(read(project(made), "x.boris"))
    assert [tag.start for tag in session.passes[0].tags] == [1.25 * S, 61.5 * S]
    assert [one.offset for one in session.recordings] == [0, 60 * S]


def test_live_times_that_are_dates_begin_with_the_first_event() -> None:
    made = observation([1_700_000_001.25, "", "reflection", "", ""], type="LIVE", file=[])
    found = read(project(made), "x.boris")
    assert spans(only(found)) == [("reflection", 250, 250)]
    assert places(found.report, "times are dates") == ("observation “o1”",)


def test_the_interval_of_an_observation_is_the_region() -> None:
    made = observation(**{"observation time interval": [10, 50.5], "time offset": 5.0})
    session = only(read(project(made), "x.boris"))
    assert session.region == Interval(Micros(10 * S), Micros(int(50.5 * S)))
    beyond = observation(**{"observation time interval": [10, 500]})
    assert only(read(project(beyond), "x.boris")).region.end == 60 * S


def test_who_coded_is_taken_from_a_variable() -> None:
    made = observation(independent_variables={"Observer name": "Anna", "age": "4"})
    found = read(project(made), "x.boris", coder="somebody")
    assert only(found).passes[0].coder == "Anna"
    assert places(found.report, "“Observer name”") == ("observation “o1”",)
    assert only(read(project(observation()), "x.boris", coder="Ben")).passes[0].coder == "Ben"
    assert only(read(project(observation()), "x.boris")).passes[0].coder == "unknown"


def test_unknown_behaviours_and_subjects_are_made() -> None:
    found = read(
        project(
            observation(
                [1.0, "Nobody", "yawn", "", "", 1],
                [2.0, "Nobody", "yawn", "", "", 2],
            )
        ),
        "x.boris",
    )
    session = only(found)
    assert spans(session) == [("yawn", 1000, 1000), ("yawn", 2000, 2000)]
    assert [tag.participant for tag in session.passes[0].tags] == ["Nobody", "Nobody"]
    where = ("observation “o1”, event 1",)
    assert repaired(found.report) == {
        "“yawn” is no behaviour of the project; it is one now": where,
        "“Nobody” is no subject of the project; it is one now": where,
    }


def test_events_without_a_time_are_not_carried() -> None:
    images = observation(type="IMAGES")
    images["events"] = [[None, "", "reflection", "", "", 3, "a/3.png"]]
    made = observation([True, "", "reflection", "", ""], ["x"], [2, "", "", "", ""], type="LIVE")
    text = project(images, made).replace("null", "NaN")
    found = read(text, "x.boris")
    assert places(found.report, "no time but the number of a picture") == (
        "observation “o1”, event 1",
    )
    assert places(found.report, "an event has no time") == (
        "observation “o1”, event 1",
        "observation “o2”, event 1",
        "observation “o2”, event 2",
    )
    assert places(found.report, "no behaviour") == ("observation “o2”, event 3",)
    assert places(found.report, "a number is NaN") == ()
    assert found.report.counted_in == found.report.counted_out + lost_events(found) == 4


def test_pictures_with_times_are_carried() -> None:
    images = observation([2.5, "", "reflection", "", "", 3, "a/3.png"], type="IMAGES", file={})
    assert spans(only(read(project(images), "x.boris"))) == [("reflection", 2500, 2500)]


def test_several_choices_of_a_set_are_one() -> None:
    many = POINT | {"modifiers": {"0": DEPTH | {"type": 1}}}
    rows = observation([1.0, "", "reflection", "simple,deep", "", 1])
    found = read(project(rows, behaviors_conf={"0": many}), "x.boris")
    assert only(found).passes[0].tags[0].attributes == {"Depth": "simple,deep"}
    assert places(found.report, "several were chosen") == ("observation “o1”, event 1",)


def test_numbers_and_outer_data_are_choices() -> None:
    sets = {
        "0": {"name": "How many", "type": 2, "values": []},
        "1": {"name": "Speed", "type": 3, "values": []},
    }
    rows = observation([1.0, "", "reflection", "3|0.25", "", 1], [2.0, "", "reflection", "None|NA"])
    found = read(project(rows, behaviors_conf={"0": POINT | {"modifiers": sets}}), "x.boris")
    first, second = only(found).passes[0].tags
    assert first.attributes == {"how_many": "3", "Speed": "0.25"}
    assert second.attributes == {}
    assert found.report.lines() == []


def test_modifiers_that_no_set_lists_are_added_and_told() -> None:
    rows = observation([1.0, "", "reflection", "shallow|loud", "", 1])
    found = read(project(rows), "x.boris")
    assert only(found).passes[0].tags[0].attributes == {"Depth": "shallow", "modifier_2": "loud"}
    assert set(repaired(found.report)) == {
        "“shallow” is none of the modifiers “Depth”; it is one now",
        "an event has more modifiers than its behaviour; one more attribute was made",
    }


def test_blanks_at_the_ends_of_modifiers_mean_nothing() -> None:
    blank = DEPTH | {"values": ["simple    (s)", "deep  "]}
    rows = observation([1.0, "", "reflection", "simple   ", "", 1])
    found = read(
        project(rows, behaviors_conf={"0": POINT | {"modifiers": {"0": blank}}}), "x.boris"
    )
    assert only(found).passes[0].tags[0].attributes == {"Depth": "simple"}
    assert found.report.lines() == []


def test_paths_of_windows_get_forward_slashes() -> None:
    path = "C:\\films\\a.mp4"
    info = {"length": {path: 5.0}, "fps": {path: 25}}
    session = only(read(project(observation(file={"1": [path]}, media_info=info)), "x.boris"))
    assert (session.recordings[0].path, session.recordings[0].duration) == (
        "C:/films/a.mp4",
        5 * S,
    )


def test_packed_projects_are_unpacked() -> None:
    text = project(observation([1.0, "", "reflection", "", "", 25]))
    half = len(text) // 2
    parts = gzip.compress(text[:half].encode()) + gzip.compress(text[half:].encode())
    for data in (gzip.compress(text.encode()), parts):
        found = read(data, "x.boris.gz")
        assert found.format.id == "boris"
        assert spans(only(found)) == [("reflection", 1000, 1000)]


def test_a_project_is_known_by_what_stands_in_it() -> None:
    assert read(project(observation()), "whatever.json").format.id == "boris"
    assert read(gzip.compress(project(observation()).encode()), "b.gz").format.id == "boris"


def test_programs_in_a_project_are_left_behind() -> None:
    plots = {"0": {"file_path": "d.csv", "converters": {"1": "hhmm"}}}
    code = {"hhmm": {"name": "hhmm", "description": "", "code": "import os; os.abort()"}}
    found = read(project(observation(plot_data=plots), converters=code), "x.boris")
    assert lost(found.report) == {
        "converters, which are programs; they are never run, and not kept",
        "data shown beside the film, which converters read",
    }
    assert places(found.report, "converters, which are programs") == ("“hhmm”",)
    assert "os.abort" not in repr(found.sessions)


def test_a_project_without_observations_is_a_codebook() -> None:
    session = only(read(project(), "x.boris"))
    assert (session.title, session.passes) == ("Our study", ())
    assert [code.id for code in session.codebook.codes] == ["reflection", "silence"]


def test_oddities_of_an_ethogram_are_told() -> None:
    twice = {"name": "Depth", "type": 0, "values": ["deep", "deep (d)", ""]}
    odd = {
        "0": POINT | {"key": "Ctrl+A", "excluded": "gone,reflection", "modifiers": {"0": twice}},
        "10": STATE | {"key": "s"},
        "9": STATE | {"code": "pause", "excluded": "", "key": "s"},
        "11": POINT,
        "12": {"type": "Point event"},
    }
    found = read(project(observation(), behaviors_conf=odd), "x.boris")
    codes = only(found).codebook.codes
    assert [(one.id, one.key) for one in codes] == [
        ("reflection", ""),
        ("pause", "s"),
        ("silence", ""),
    ]
    assert codes[0].exclusive_with == ()
    assert lost(found.report) == {
        "a second behaviour is called “reflection”",
        "a behaviour has no code",
    }
    assert set(repaired(found.report)) == {
        "“reflection” excludes “gone”, which there is not; it does not now",
        "a modifier of “reflection” stood twice; it stands once: “deep”",
        "the key “s” of “silence” is another code's; it has none",
    }
    assert places(found.report, "behaviour has no code") == ("behaviour 5",)
    assert any("“Ctrl+A”" in one.message for one in found.report.remarks)


def test_newer_formats_are_read_and_told() -> None:
    found = read(project(observation(), project_format_version="9.1"), "x.boris")
    assert any("format 9.1, newer" in one.message for one in found.report.remarks)
    assert (
        read(project(observation(), project_format_version="8.6"), "x.boris").report.remarks == ()
    )


def test_a_time_stands_to_the_microsecond() -> None:
    text = project(observation([1.0, "", "reflection", "", "", 1])).replace("[1.0,", "[0.1000014,")
    assert only(read(text, "x.boris")).passes[0].tags[0].start == 100_001


def test_marks_without_a_code_wait_for_one() -> None:
    told = {"same": {"?": "?"}}
    unnamed = POINT | {"code": "?", "modifiers": {}}
    text = project(
        observation([1.0, "", "?", "", "", 1]), behaviors_conf={"0": unnamed}, annotator=told
    )
    session = only(read(text, "x.boris"))
    assert (session.passes[0].tags[0].code, session.codebook.codes) == (UNNAMED, ())


def test_extras_are_small_where_nothing_is_odd() -> None:
    rows = observation([1.0, "", "reflection", "deep", "", 25], [2.0, "", "reflection", "deep", ""])
    session = only(read(project(rows), "x.boris"))
    assert [tag.extra for tag in session.passes[0].tags] == [{}, {}]
    odd = observation([1.0, "", "reflection", "", "", 7])
    extra = cast("dict[str, object]", only(read(project(odd), "x.boris")).passes[0].tags[0].extra)
    assert extra == {"boris": {"modifier": "", "more": [7], "at": [S, S]}}
    frames = observation(
        [1.0, "", "silence", "", "", 7],
        [2.0, "", "silence", "", "", 50],
        [3.0, "", "reflection", "None", "", 7],
    )
    tags = only(read(project(frames), "x.boris")).passes[0].tags
    assert [one.extra for one in tags] == [
        {"boris": [7, 50, S, 2 * S]},
        {"boris": [7, 3 * S, 3 * S]},
    ]


def test_nobody_has_a_name_in_boris() -> None:
    rows = observation(
        [1.0, "No focal subject", "silence", "", ""], [2.0, "", "silence", "", ""], type="LIVE"
    )
    found = read(project(rows), "x.boris")
    assert spans(only(found)) == [("silence", 1000, 2000)]
    assert only(found).passes[0].tags[0].participant == ""
    assert places(found.report, "means nobody") == ("observation “o1”, event 1",)


def test_a_modifier_with_its_key_behind_it_is_the_modifier() -> None:
    found = read(project(observation([1.0, "", "reflection", "simple (s)", "", 25])), "x.boris")
    assert only(found).passes[0].tags[0].attributes == {"Depth": "simple"}
    assert places(found.report, "had its key behind it") == ("observation “o1”, event 1",)


def test_all_sessions_of_a_project_have_the_choices_of_all() -> None:
    first = observation([1.0, "", "reflection", "odd", "", 25])
    found = read(project(observation(), first), "x.boris")
    names = [
        [choice.name for choice in one.codebook.codes[0].attributes[0].choices]
        for one in found.sessions
    ]
    assert names == [["simple", "deep", "odd"]] * 2
