"""Segments of VIA projects become tags and cues, and sessions become projects that VIA opens."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from annotator.model.codebook import CodeKind
from annotator.model.coding import UNNAMED, CodingPass, Origin, Purpose, Tag
from annotator.model.participant import Consent, ConsentStatus
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript, Word
from annotator.storage.interchange.exchange import Imported, form_named, form_of, render
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.report import Outcome
from annotator.storage.interchange.source import Source
from tests.support.foreign import (
    NOW,
    came_back,
    coded_sessions,
    lost,
    places,
    read,
    rich_session,
    session_of,
    tag,
    write,
)

NAME = "kitchen.via.json"
TEXT, CHECKBOX, RADIO, SELECT = 1, 2, 3, 4


def attribute(name: str, kind: int, anchor: str = "FILE1_Z2_XY0", **options: str) -> object:
    return {
        "aname": name,
        "anchor_id": anchor,
        "type": kind,
        "desc": "",
        "options": {key.removeprefix("o"): label for key, label in options.items()},
        "default_option_id": "",
    }


def segment(z: list[object], av: object = None, vid: str = "1", xy: object = ()) -> object:
    return {"vid": vid, "flg": 0, "z": z, "xy": list(xy), "av": av or {}}


def project(attributes: object, metadata: object, **more: object) -> dict[str, object]:
    return {
        "project": {
            "pid": "__VIA_PROJECT_ID__",
            "rev": "__VIA_PROJECT_REV_ID__",
            "rev_timestamp": "__VIA_PROJECT_REV_TIMESTAMP__",
            "pname": "",
            "creator": "VGG Image Annotator (http://www.robots.ox.ac.uk/~vgg/software/via)",
            "created": 1588343615019,
            "vid_list": ["1"],
        },
        "config": {"file": {"loc_prefix": {"1": "", "2": "", "3": "/films/", "4": ""}}},
        "attribute": attributes,
        "file": {
            "1": {"fid": "1", "fname": "a.mp4", "type": 4, "loc": 1, "src": ""},
            "2": {"fid": 2, "fname": "b.wav", "type": 8, "loc": 3, "src": "x/b.wav"},
        },
        "view": {"1": {"fid_list": ["1", 2]}},
        "metadata": metadata,
    } | more


def taken(told: object, name: str = NAME, **wishes: object) -> Imported:
    found = read(json.dumps(told), name, **wishes)
    gone = [one for one in found.report.remarks if one.outcome is Outcome.NOT_CARRIED]
    left = sum(len(one.places) for one in gone)
    assert found.report.counted_in == found.report.counted_out + left
    return found


def tags(found: Imported) -> list[tuple[str, int, int, str]]:
    passes = found.sessions[0].passes
    return [(one.code, one.start, one.end, one.note) for each in passes for one in each.tags]


DOES = attribute("Does", SELECT, o1="Talks", o2="Is silent")
TIME: list[object] = [2, 6.5]


def test_options_are_codes_and_ids_are_kept() -> None:
    found = taken(
        project(
            {"1": DOES}, {"1_a": segment(TIME, {"1": "2"}), "1_b": segment([9, 20], {"1": "1"})}
        )
    )
    assert tags(found) == [
        ("is_silent", 2_000_000, 6_500_000, ""),
        ("Talks", 9_000_000, 20_000_000, ""),
    ]
    (one,) = found.sessions[0].passes
    assert ([each.id for each in one.tags], one.coder) == (["1_a", "1_b"], "unknown")
    assert (found.sessions[0].id, found.sessions[0].title, found.unit) == (
        "kitchen",
        "kitchen",
        "segments",
    )
    assert found.sessions[0].codebook.codes[0].kind is CodeKind.SPAN


def test_a_coder_is_whom_one_wishes() -> None:
    found = taken(project({"1": DOES}, {"1_a": segment(TIME, {"1": "2"})}), coder="AB")
    assert found.sessions[0].passes[0].coder == "AB"


def test_one_time_is_a_moment() -> None:
    found = taken(project({"1": DOES}, {"1_a": segment([2.436121], {"1": "1"})}))
    assert tags(found) == [("Talks", 2_436_121, 2_436_121, "")]


def test_every_box_that_is_ticked_is_a_tag() -> None:
    boxes = attribute("Does", CHECKBOX, o0="Nods", o1="Smiles", o2="Sighs")
    found = taken(project({"1": boxes}, {"1_a": segment(TIME, {"1": "0,2"})}))
    assert [one[0] for one in tags(found)] == ["Nods", "Sighs"]
    assert found.report.counted_in == found.report.counted_out == 1


def test_other_choices_are_attributes_and_texts_are_notes() -> None:
    found = taken(
        project(
            {
                "1": DOES,
                "2": attribute("Depth", RADIO, oa="low", ob="high"),
                "3": attribute("Why", TEXT),
            },
            {"1_a": segment(TIME, {"1": "1", "2": "b", "3": "she laughs"})},
        )
    )
    (made,) = found.sessions[0].passes[0].tags
    code = found.sessions[0].codebook.codes[0]
    assert (made.code, made.note, dict(made.attributes)) == (
        "Talks",
        "she laughs",
        {"Depth": "high"},
    )
    assert [one.name for one in code.attributes[0].choices] == ["high"]


def test_a_value_that_is_no_option_is_taken_as_it_stands_and_told() -> None:
    found = taken(project({"1": DOES}, {"1_a": segment(TIME, {"1": "4CV"})}))
    assert found.sessions[0].codebook.codes[0].name == "4CV"
    assert places(found.report, "none of its options") == ("1_a",)


def test_a_list_without_options_is_a_list_of_codes() -> None:
    bare = attribute("TEMPORAL-SEGMENTS", SELECT)
    found = taken(project({"1": bare}, {"1_a": segment(TIME, {"1": "hug"})}))
    assert tags(found)[0][0] == "hug"
    assert (found.tiers[0].name, found.tiers[0].use, found.tiers[0].values) == (
        "TEMPORAL-SEGMENTS",
        TierUse.VALUES,
        ("hug",),
    )


def test_long_texts_are_what_was_said_by_whom_an_attribute_of_speakers_tells() -> None:
    told = project(
        {"1": attribute("Speaker", TEXT), "2": attribute("Utterance", TEXT)},
        {
            "1_a": segment([0, 5.5], {"1": "Pilot", "2": "we have a drone on our right"}),
            "1_b": segment([6, 11], {"1": "Tower", "2": "do you have a colour and type"}),
            "1_c": segment([12, 13], {"1": "Pilot", "2": "it is dark green"}),
        },
    )
    found = taken(told)
    (transcript,) = found.sessions[0].transcripts
    assert [(one.text, one.speaker, one.start) for one in transcript.cues] == [
        ("we have a drone on our right", "Pilot", 0),
        ("do you have a colour and type", "Tower", 6_000_000),
        ("it is dark green", "Pilot", 12_000_000),
    ]
    assert tags(found) == []
    as_codes = taken(told, tier_uses={"Utterance": TierUse.CODE})
    assert [one[0] for one in tags(as_codes)] == ["Pilot", "Tower", "Pilot"]
    assert tags(as_codes)[0][3] == "we have a drone on our right"


def test_texts_that_vary_are_notes_of_the_code_that_their_attribute_is() -> None:
    found = taken(project({"1": attribute("Odd", TEXT)}, {"1_a": segment(TIME, {"1": "sneezes"})}))
    assert tags(found) == [("Odd", 2_000_000, 6_500_000, "sneezes")]


def test_what_is_left_out_by_wish_is_told() -> None:
    found = taken(
        project(
            {"1": DOES, "2": attribute("Why", TEXT)},
            {"1_a": segment(TIME, {"1": "1"}), "1_b": segment(TIME, {"2": "because"})},
        ),
        tier_uses={"Does": TierUse.LEAVE},
    )
    assert places(found.report, "left out") == ("1_a",)
    assert len(tags(found)) == 1


def test_segments_without_a_value_wait_for_a_code() -> None:
    found = taken(project({"1": DOES}, {"1_a": segment(TIME)}))
    assert tags(found) == [(UNNAMED, 2_000_000, 6_500_000, "")]
    assert places(found.report, "waits for a code") == ("1_a",)


def test_what_has_no_place_is_told_with_its_id() -> None:
    found = taken(
        project(
            {"1": DOES},
            {
                "1_box": segment([0.917], {"1": "1"}, xy=[2, 263, 184, 17, 13]),
                "1_odd": segment(["soon", 3], {"1": "1"}),
                "9_far": segment(TIME, {"1": "1"}, vid="9"),
                "1_many": segment([1, 2, 3], {"1": "1"}),
                "1_back": segment([4, 3], {"1": "1"}),
                "1_gone": segment([5, 6], {"1": "1", "77": "x"}),
            },
        )
    )
    assert places(found.report, "a region in the picture") == ("1_box",)
    assert places(found.report, "a time that cannot be read") == ("1_odd",)
    assert places(found.report, "a view that is not in the file") == ("9_far",)
    assert places(found.report, "more than two times") == ("1_many",)
    assert places(found.report, "exchanged") == ("1_back",)
    assert places(found.report, "not in the file") == ("9_far", "1_gone")
    assert (found.report.counted_in, found.report.counted_out) == (6, 3)


def test_what_is_said_of_a_whole_film_is_kept() -> None:
    told = project(
        {"1": DOES, "2": attribute("Quality", TEXT, "FILE1_Z0_XY0")},
        {"1_w": segment([], {"2": "noisy"}), "1_a": segment(TIME, {"1": "1"})},
    )
    found = taken(told)
    assert found.sessions[0].extra["via"] == {"of_whole": {"1_w": {"2": "noisy"}}}
    assert places(found.report, "whole film") == ("1_w",)
    written = json.loads(write(found.sessions[0], NAME).data)
    assert written["metadata"]["1_w"] == segment([], {"2": "noisy"})


def test_films_are_recordings() -> None:
    found = taken(project({"1": DOES}, {"1_a": segment(TIME, {"1": "1"})}))
    assert [(one.path, one.role) for one in found.sessions[0].recordings] == [
        ("a.mp4", "room"),
        ("/films/x/b.wav", "sound"),
    ]


def test_each_view_is_a_session_of_its_own() -> None:
    told = project(
        {"1": DOES},
        {"1_a": segment(TIME, {"1": "1"}), "2_a": segment(TIME, {"1": "2"}, vid="2")},
        view={"1": {"fid_list": ["1"]}, "2": {"fid_list": [2]}, "3": {"fid_list": []}},
    )
    found = taken(told)
    assert [(one.id, one.title) for one in found.sessions] == [
        ("kitchen-1", "a.mp4"),
        ("kitchen-2", "b.wav"),
    ]
    assert [one.passes[0].tags[0].code for one in found.sessions] == ["Talks", "is_silent"]
    assert places(found.report, "without segments") == ("view 3",)
    assert len(taken(told, only="b.wav").sessions) == 1


def test_projects_are_known_by_their_keys_alone() -> None:
    data = json.dumps(project({"1": DOES}, {}) | {"note": "x" * 9000}).encode()
    assert form_of(Source("via_project_25Nov2026.json", data)).id == "via"
    assert form_of(Source("any.json", b"x" * 0 + json.dumps(project({}, {})).encode())).id == "via"


def test_a_session_comes_back_as_it_was() -> None:
    session = rich_session()
    again = came_back(session, NAME)
    assert again.passes == session.passes
    assert again.codebook == session.codebook
    assert (again.recordings, again.participants) == (session.recordings, session.participants)
    assert again.transcripts[0].language == "en"


@settings(max_examples=30, deadline=None)
@given(session=coded_sessions())
def test_any_session_comes_back_as_it_was(session: Session) -> None:
    assert came_back(session, NAME) == session


def test_consent_and_times_of_words_are_told_to_be_lost() -> None:
    session = rich_session()
    people = tuple(
        replace(one, consent=Consent(ConsentStatus.GIVEN)) for one in session.participants
    )
    words = (Word("Hm.", Micros(0), Micros(9)),)
    cues = (Cue("c0001", Micros(0), Micros(9), "Hm.", words=words),)
    made = write(replace(session, participants=people, transcripts=(Transcript("t", cues),)), NAME)
    assert lost(made.report) == {"what a participant consented to", "the times of single words"}
    assert b"given" not in made.data


def test_what_a_pass_knows_beside_its_tags_comes_back() -> None:
    mark = Tag(
        "t1", UNNAMED, Micros(5), Micros(5), origin=Origin.PROPOSAL, created=NOW, modified="2027"
    )
    taken_over = replace(tag(2, "silence", 1, 2), sources=("t1",), extra={"elan": {"x": 1}})
    strange = tag(3, "elsewhere", 3, 4, attributes={"unknown": "x"})
    one = CodingPass("p", "A", Purpose.CONSENSUS, NOW, (mark, taken_over, strange))
    (again,) = read(write(session_of(one), NAME).data, NAME).sessions
    assert again.passes[0].tags == one.tags


def test_a_written_project_has_what_via_asks_for() -> None:
    told = json.loads(write(rich_session(), NAME).data)
    assert list(told)[:6] == ["project", "config", "attribute", "file", "metadata", "view"]
    assert told["project"]["vid_list"] == ["1"]
    assert told["project"]["pid"] == "__VIA_PROJECT_ID__"
    assert told["file"]["1"] == {"fid": "1", "fname": "talk.mp4", "type": 4, "loc": 1, "src": ""}
    names = {one["aname"]: aid for aid, one in told["attribute"].items()}
    options = told["attribute"][names["Code (A)"]]["options"]
    assert options == {
        "reflection": "Reflection",
        "silence": "Silence",
        "open_question": "Open question",
    }
    moment = told["metadata"]["1_t1"]
    assert moment["z"] == [1.0, 1.0]  # VIA draws nothing that has a single time
    assert moment["av"][names["Code (A)"]] == "reflection"
    assert moment["av"][names["Note"]] == "Grüße, 沉默"
    assert told["metadata"]["1_t2"]["av"][names["Depth"]] == "deep"


def test_segments_added_and_changed_in_via_are_read_again() -> None:
    told = json.loads(write(rich_session(), NAME).data)
    names = {one["aname"]: aid for aid, one in told["attribute"].items()}
    told["attribute"][names["Code (B)"]]["options"]["1"] = "Interrupts"
    told["metadata"]["1_xY"] = segment([7, 8], {names["Code (B)"]: "1"})
    told["metadata"]["1_t1"]["z"] = [1.25, 1.5]
    del told["metadata"]["1_t2"]
    (again,) = taken(told).sessions
    by_id = {one.id: (each.coder, one) for each in again.passes for one in each.tags}
    assert by_id["1_xY"][0] == "B"
    assert by_id["1_xY"][1].code == "Interrupts"
    assert by_id["t1"][1].start == 1_250_000
    assert "t2" not in by_id


def test_several_sessions_stand_in_one_project() -> None:
    one, other = rich_session(), replace(rich_session(), id="s2", title="later")
    made = render([one, other], form_named("via"), NAME, Wishes(now=NOW))
    assert made.report.is_lossless
    again = read(made.data, NAME)
    assert [each.id for each in again.sessions] == ["s1", "s2"]
    assert again.sessions[1].passes == other.passes


def test_foreign_segments_written_again_are_the_same() -> None:
    first = taken(
        project(
            {"1": DOES, "2": attribute("Why", TEXT)},
            {
                "1_a": segment([2, 6.123456], {"1": "1", "2": "laughs"}),
                "1_b": segment(TIME, {"1": "2"}),
            },
        )
    )
    made = write(first.sessions[0], NAME)
    assert made.report.is_lossless
    assert read(made.data, NAME).sessions == first.sessions
    assert json.loads(made.data)["metadata"]["1_a"]["z"] == [2.0, 6.123456]


def test_ids_that_look_alike_stay_apart() -> None:
    marks = tuple(
        tag(n, "silence", n, n + 1, id=name) for n, name in enumerate(("1_a", "a", "1_1_a"))
    )
    session = session_of(CodingPass("p", "A", Purpose.PRIMARY, NOW, marks))
    (again,) = read(write(session, NAME).data, NAME).sessions
    assert again.passes[0].tags == marks


@pytest.mark.parametrize("broken", [{"version": 1}, {"version": 999}, 7, {"id": "x", "region": []}])
def test_a_part_of_ours_that_was_broken_is_passed_over(broken: object) -> None:
    told = json.loads(write(rich_session(), NAME).data)
    told["annotator"]["sessions"]["1"]["session"] = broken
    found = taken(told)
    assert len(tags(found)) == 7
    assert found.sessions[0].title == "talk"
