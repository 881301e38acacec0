"""Sessions become BORIS projects, and what does not come back is told exactly."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from annotator.model.codebook import Choice, Code, Codebook, CodeKind
from annotator.model.coding import UNNAMED, CodingPass, Purpose, Rating
from annotator.model.recording import Recording, RecordingRole, VideoFacts
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.storage.interchange.exchange import form_named, render
from annotator.storage.interchange.interface import Wishes
from tests.storage.interchange.test_boris import DEPTH, MEDIA, POINT, STATE, observation, project
from tests.support.foreign import (
    BOOK,
    END,
    FILM,
    NOW,
    PEOPLE,
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

ALWAYS_LOST = {"a code's abbreviation", "the codebook's version"}
RICH_LOST = ALWAYS_LOST | {
    "a note on a rating",
    "the evidence of a rating",
    "the part of a time below a millisecond",
    "what was said",
}


def written(session: Session) -> dict[str, Any]:
    """Write a session and read the file as plain JSON."""
    made: dict[str, Any] = json.loads(write(session, "x.boris").data)
    return made


def of_tags(*tags: object, book: Codebook = BOOK) -> Session:
    """Make a session of one pass with these tags."""
    one = CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags)
    return session_of(one, codebook=book)


def events(session: Session) -> list[list[object]]:
    """Give the events that the first observation of a written session has."""
    first = next(iter(written(session)["observations"].values()))
    found: list[list[object]] = first["events"]
    return found


@settings(max_examples=60, deadline=None)
@given(session=coded_sessions())
def test_all_tags_of_all_coders_come_back(session: Session) -> None:
    made = write(session, "talk.boris")
    assert lost(made.report) - {"the ids of tags"} == ALWAYS_LOST
    again = read(made.data, "talk.boris").sessions[0]
    assert [one.coder for one in again.passes] == [one.coder for one in session.passes]
    for before, after in zip(session.passes, again.passes, strict=True):
        assert sorted(
            (t.start, t.end, t.code, t.participant, t.note, tuple(t.attributes.items()))
            for t in before.tags
        ) == sorted(
            (t.start, t.end, t.code, t.participant, t.note, tuple(t.attributes.items()))
            for t in after.tags
        )


def test_a_rich_session_loses_what_boris_has_no_place_for() -> None:
    made = write(rich_session(), "talk.boris")
    assert lost(made.report) == RICH_LOST
    assert made.report.counted_in - made.report.counted_out == 2
    again = read(made.data, "talk.boris").sessions[0]
    assert (again.id, again.title) == ("s1", "talk")
    assert again.passes[0].ratings == (Rating("empathy", 4),)
    assert again.codebook.ratings == BOOK.ratings
    second = write(again, "talk.boris")
    assert lost(second.report) == set()
    assert json.loads(second.data)["observations"] == json.loads(made.data)["observations"]


def test_the_project_has_what_boris_requires() -> None:
    made = written(rich_session())
    assert made["project_format_version"] == "7.0"
    assert list(made["observations"]) == ["talk @A", "talk @B"]
    one = made["observations"]["talk @A"]
    assert list(one["file"]) == [str(number) for number in range(1, 9)]
    assert one["media_info"]["length"] == {"talk.mp4": 3600.0}
    assert set(one["media_info"]["fps"]) == {"talk.mp4"}
    assert one["time offset"] == 0.0
    assert one["independent_variables"] == {
        "coder": "A",
        "annotator session": "s1",
        "rating empathy": "4",
    }
    for behaviour in made["behaviors_conf"].values():
        assert {"code", "type", "modifiers"} <= behaviour.keys()
    assert write(rich_session(), "x.boris").data.isascii()


def test_events_stand_in_order_with_six_items() -> None:
    session = of_tags(
        tag(1, "silence", 1000, 3000, participant="client", note="n"),
        tag(2, "reflection", 2000, 2000, attributes={"depth": "deep"}),
    )
    assert events(session) == [
        [1.0, "Client", "Silence", "", "n", "NA"],
        [2.0, "", "Reflection", "Deep", "", "NA"],
        [3.0, "Client", "Silence", "", "", "NA"],
    ]


def test_frames_are_counted_where_the_rate_is_known() -> None:
    facts = VideoFacts("h264", 4, 4, "30000/1001", constant=True, frames=9)
    film = replace(FILM, video=facts)
    session = replace(of_tags(tag(1, "reflection", 1001, 1001)), recordings=(film,))
    assert events(session)[0][5] == 30
    loose = replace(film, video=replace(facts, constant=False))
    assert events(replace(session, recordings=(loose,)))[0][5] == "NA"


def test_a_code_with_moments_and_stretches_is_two_behaviours_and_one_again() -> None:
    session = of_tags(tag(1, "reflection", 1000, 1000), tag(2, "reflection", 1500, 2000))
    made = write(session, "x.boris")
    behaviours = json.loads(made.data)["behaviors_conf"].values()
    assert [(one["code"], one["type"]) for one in behaviours][:2] == [
        ("Reflection", "Point event"),
        ("Reflection [lasting]", "State event"),
    ]
    assert any("has moments and stretches" in one.message for one in made.report.remarks)
    codes = read(made.data, "x.boris").sessions[0].codebook.codes
    assert [one.id for one in codes] == [one.id for one in BOOK.codes]


def test_no_two_events_share_time_subject_and_behaviour() -> None:
    session = of_tags(
        tag(1, "silence", 1000, 3000),
        tag(2, "silence", 2000, 4000),
        tag(3, "silence", 4000, 5000),
        tag(4, "reflection", 7000, 7000),
        tag(5, "reflection", 7000, 7000, note="twice"),
    )
    made = write(session, "x.boris")
    rows = next(iter(json.loads(made.data)["observations"].values()))["events"]
    assert len({tuple(row[:3]) for row in rows}) == len(rows) == 8
    assert lost(made.report) == ALWAYS_LOST
    told = [one.message for one in made.report.remarks if "overlap" in one.message]
    assert len(told) == 2


def test_stretches_below_a_millisecond_last_one() -> None:
    short = replace(tag(1, "silence", 1000, 1000), end=Micros(1_000_100))
    made = write(of_tags(short), "x.boris")
    rows = next(iter(json.loads(made.data)["observations"].values()))["events"]
    assert [row[0] for row in rows] == [1.0, 1.001]
    assert repaired(made.report) == {
        "a stretch shorter than a millisecond lasts one now": ("tag at 0:00:01.000",)
    }


def test_signs_that_boris_forbids_are_replaced_and_told() -> None:
    odd = replace(BOOK.codes[0].attributes[0], choices=(Choice("deep", "very (deep), so|~`"),))
    code = replace(BOOK.codes[0], name="a, b|c", attributes=(odd,))
    book = replace(BOOK, codes=(code, *BOOK.codes[1:]))
    session = of_tags(tag(1, "reflection", 1, 1, attributes={"depth": "deep"}), book=book)
    made = write(session, "x.boris")
    row = next(iter(json.loads(made.data)["observations"].values()))["events"][0]
    assert (row[2], row[3]) == ("a; b/c", "very [deep]; so/-'")
    assert set(repaired(made.report)) == {
        "a code's name has “,” or “|”, which BORIS cannot have; other signs stand there",
        "a choice has signs that BORIS cannot have in modifiers; others stand there",
    }
    assert lost(made.report) == ALWAYS_LOST | {"a code's name", "a code's attributes"}


def test_marks_without_a_code_come_back_as_such() -> None:
    made = write(of_tags(tag(1, UNNAMED, 1000, 1000), tag(2, UNNAMED, 2000, 3000)), "x.boris")
    assert lost(made.report) == ALWAYS_LOST
    again = read(made.data, "x.boris").sessions[0]
    assert [one.code for one in again.passes[0].tags] == [UNNAMED, UNNAMED]


def test_each_recording_has_a_player_and_the_clock_begins_with_the_first() -> None:
    second = Recording("r2", "face.mp4", RecordingRole.CLIENT, Micros(2_500_000), END, "")
    session = replace(
        of_tags(tag(1, "reflection", 9000, 9000)),
        recordings=(replace(FILM, offset=Micros(1_000_000)), second),
        region=Interval(Micros(0), Micros(3_602_500_000)),
    )
    made = write(session, "x.boris")
    one = next(iter(json.loads(made.data)["observations"].values()))
    assert (one["file"]["1"], one["file"]["2"]) == (["talk.mp4"], ["face.mp4"])
    assert one["media_info"]["offset"]["2"] == 1.5
    assert one["events"][0][0] == 8.0
    assert lost(made.report) == ALWAYS_LOST | {"what a recording shows"}


def test_more_than_eight_recordings_are_told() -> None:
    films = tuple(replace(FILM, id=f"r{n}", path=f"{n}.mp4") for n in range(10))
    made = write(replace(of_tags(), recordings=films), "x.boris")
    assert places(made.report, "a recording") == ("8.mp4", "9.mp4")


def test_a_region_is_an_interval() -> None:
    session = replace(of_tags(), region=Interval(Micros(5_000_000), Micros(65_000_000)))
    made = write(session, "x.boris")
    one = next(iter(json.loads(made.data)["observations"].values()))
    assert one["observation time interval"] == [5.0, 65.0]
    assert lost(made.report) == ALWAYS_LOST


def test_several_sessions_are_one_project() -> None:
    first = of_tags(tag(1, "silence", 1000, 2000))
    second = replace(
        rich_session(), id="s2", title="other", codebook=replace(BOOK, codes=BOOK.codes[:2])
    )
    made = render([first, second, second], form_named("boris"), "x.boris", Wishes(now=NOW))
    names = list(json.loads(made.data)["observations"])
    assert names == ["talk", "other @A", "other @B", "other @A 2", "other @B 2"]
    again = read(made.data, "x.boris")
    assert [(one.id, len(one.passes)) for one in again.sessions][:1] == [("s1", 1)]


@pytest.mark.parametrize("kind", ["MEDIA", "LIVE", "IMAGES"])
def test_what_came_from_boris_goes_back_as_it_was(kind: str) -> None:
    rows: dict[str, list[list[object]]] = {
        "MEDIA": [
            [10.5, "", "reflection", "", "", 5],
            [11.0, "Client", "silence", "", "start", "NA"],
            [12.25, "Client", "silence", "", "stop", 31],
            [13.0, "Client", "silence", "", "open", 75],
        ],
        "LIVE": [[11.0, "Therapist", "reflection", "None", "a"]],
        "IMAGES": [[11.0, "Therapist", "reflection", "deep", "a", 4, "p/4.png"]],
    }
    one = observation(*rows[kind], type=kind, **{"time offset": 10.0})
    one |= {"description": "as it was", "independent_variables": {"age": "4"}, "zoomed": [1, 2.5]}
    one["media_info"] = MEDIA | {"offset": {"1": 0.0}, "zoom level": {"1": {"0": 2.5}}}
    if kind != "MEDIA":
        one["file"] = []
        del one["media_info"]
    text = project(
        one,
        behaviors_conf={"0": POINT, "1": STATE | {"coding map": "", "color": ""}},
        behavioral_categories=["Talk", "Rest"],
        independent_variables={"0": {"label": "age", "type": "numeric"}},
        coding_map={"m": {"bitmap": "…"}},
    )
    found = read(text, "x.boris")
    made = render(found.sessions, form_named("boris"), "x.boris", Wishes(now=NOW))
    assert lost(made.report) == set()
    before, after = json.loads(text), json.loads(made.data)
    for key in ("project_name", "subjects_conf", "behavioral_categories", "coding_map"):
        assert after[key] == before[key]
    assert after["independent_variables"] == before["independent_variables"]
    for number, behaviour in before["behaviors_conf"].items():
        assert behaviour.items() <= after["behaviors_conf"][number].items()
    kept = after["observations"]["o1"]
    assert {key: kept[key] for key in before["observations"]["o1"]} == before["observations"]["o1"]


def test_dates_are_written_as_they_were() -> None:
    one = observation([1_700_000_001.25, "", "reflection", "None", ""], type="LIVE", file=[])
    made = write(read(project(one), "x.boris").sessions[0], "x.boris")
    row = json.loads(made.data)["observations"]["o1"]["events"][0]
    assert row == [1_700_000_001.25, "", "reflection", "None", ""]


AT_1 = [1_000_000, 1_000_000]


@pytest.mark.parametrize(
    "kept",
    [
        [7, *AT_1],
        [[7, "p/7.png"], *AT_1],
        {"more": [7], "at": AT_1},
        {"more": [[7]], "at": AT_1},
        {"more": [[7, "p/7.png"]], "at": AT_1},
    ],
)
def test_frames_are_written_whichever_way_a_session_keeps_them(kept: object) -> None:
    one = tag(1, "reflection", 1000, 1000, extra={"boris": kept})
    assert events(of_tags(one))[0][5] == 7
    moved = replace(one, start=Micros(2_000_000), end=Micros(2_000_000))
    assert events(of_tags(moved))[0][5] == "NA"


NO_FRAME: list[object] = [None, 7, "7", [None], [[]], [{"a": 1}], {"a": 1}]
NO_FRAMES: list[object] = [
    *([], [1], AT_1, [None, *AT_1], [{"a": 1}, *AT_1], [[], *AT_1]),
    *({"more": more, "at": AT_1} for more in NO_FRAME),
]


@pytest.mark.parametrize("kept", NO_FRAMES)
def test_what_is_kept_and_is_no_frame_is_passed_over(kept: object) -> None:
    one = tag(1, "reflection", 1000, 1000, extra={"boris": kept})
    assert events(of_tags(one))[0][5] == "NA"


def test_a_changed_coder_and_changed_films_are_written() -> None:
    one = observation(
        [1.0, "", "reflection", "deep", "", 25], independent_variables={"observer": "Anna"}
    )
    session = read(project(one), "x.boris").sessions[0]
    changed = replace(
        session,
        passes=(replace(session.passes[0], coder="Ben"),),
        recordings=(replace(session.recordings[0], path="../films/b.mp4"),),
    )
    made = write(changed, "x.boris")
    kept = json.loads(made.data)["observations"]["o1"]
    assert kept["independent_variables"] == {"observer": "Anna", "coder": "Ben"}
    assert kept["file"]["1"] == ["../films/b.mp4"]
    assert kept["media_info"]["length"] == {"../films/b.mp4": 60.0}
    assert "a tag" not in lost(made.report)


def test_old_sets_keep_their_values_and_new_choices_join_them() -> None:
    sets = {"0": DEPTH | {"type": 1}, "1": {"name": "Speed", "type": 2, "values": []}}
    behaviour = POINT | {"modifiers": sets}
    rows = observation([1.0, "", "reflection", "simple,deep|3", "", 25], [2.0, "", "x", "", "", 50])
    text = project(rows, behaviors_conf={"0": behaviour})
    session = read(text, "x.boris").sessions[0]
    made = json.loads(write(session, "x.boris").data)
    assert made["behaviors_conf"]["0"]["modifiers"] == sets
    assert made["observations"]["o1"]["events"][0][3] == "simple,deep|3"
    assert made["behaviors_conf"]["1"]["code"] == "x"


def test_a_book_alone_is_a_project_without_observations() -> None:
    made = write(session_of(recordings=()), "x.boris")
    assert json.loads(made.data)["observations"] == {}
    assert [one.id for one in read(made.data, "x.boris").sessions[0].codebook.codes] == [
        one.id for one in BOOK.codes
    ]


def test_two_people_of_one_label_keep_apart() -> None:
    people = (*PEOPLE, replace(PEOPLE[1], id="other", label="Client"))
    tags = (
        tag(1, "reflection", 1, 1, participant="client"),
        tag(2, "reflection", 1, 1, participant="other"),
    )
    made = write(replace(of_tags(*tags), participants=people), "x.boris")
    assert lost(made.report) == ALWAYS_LOST | {"a participant's label", "a participant's role"}


def test_codes_that_only_mark_stretches_are_states_without_tags() -> None:
    codes = (Code("rest", "rest", kind=CodeKind.SPAN), Code("move", "move"))
    made = written(of_tags(book=replace(BOOK, codes=codes)))
    assert [one["type"] for one in made["behaviors_conf"].values()] == [
        "State event",
        "Point event",
    ]


def test_events_that_shared_a_time_in_boris_still_do() -> None:
    rows: list[list[object]] = [
        [1.0, "", "silence", "", "", 25],
        [2.0, "", "silence", "", "", 50],
        [2.0, "", "silence", "", "", 50],
        [3.0, "", "silence", "", "", 75],
        [4.0, "", "reflection", "deep", "", 100],
        [4.0, "", "reflection", "deep", "again", 100],
    ]
    made = write(read(project(observation(*rows)), "x.boris").sessions[0], "x.boris")
    assert json.loads(made.data)["observations"]["o1"]["events"] == rows
    assert made.report.remarks == ()


def test_blanks_in_the_names_of_behaviours_stay() -> None:
    rows = observation([1.0, "", "reflection ", "None", "", 25])
    text = project(rows, behaviors_conf={"0": POINT | {"code": "reflection "}})
    made = write(read(text, "x.boris").sessions[0], "x.boris")
    assert json.loads(made.data)["behaviors_conf"]["0"]["code"] == "reflection "
    assert made.report.remarks == ()
