"""Web Annotations in all the shapes they are exchanged in, and our own back as they were."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings

from annotator.model.coding import UNNAMED, CodingPass, Origin, Purpose, Tag
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript, Word
from annotator.storage.interchange.exchange import Imported, form_named, form_of, render
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.report import Outcome
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.web_times import read_fragment
from tests.support.foreign import (
    FILM,
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

NAME = "film.jsonld"
ANNO = "http://www.w3.org/ns/anno.jsonld"
LDP = "http://www.w3.org/ns/ldp.jsonld"
FRAGS = "http://www.w3.org/TR/media-frags/"


def fragment(value: str) -> dict[str, object]:
    return {"type": "FragmentSelector", "conformsTo": FRAGS, "value": value}


def tagging(
    value: str, target: object = "http://x.org/a%20b.mp4#t=1,2.5", **more: object
) -> object:
    body = {"type": "TextualBody", "purpose": "tagging", "value": value}
    return {"type": "Annotation", "body": body, "target": target} | more


def page(*items: object, **more: object) -> dict[str, object]:
    return {"@context": ANNO, "type": "AnnotationPage", "items": list(items)} | more


def taken(told: object, name: str = NAME, **wishes: object) -> Imported:
    found = read(json.dumps(told), name, **wishes)
    gone = [one for one in found.report.remarks if one.outcome is Outcome.NOT_CARRIED]
    left = sum(len(one.places) for one in gone)
    assert found.report.counted_in == found.report.counted_out + left
    return found


def tags(found: Imported, number: int = 0) -> list[tuple[str, int, int, str]]:
    passes = found.sessions[number].passes
    return [(one.code, one.start, one.end, one.note) for each in passes for one in each.tags]


def elan(label: str, *values: tuple[str, str], creator: str = "AB") -> dict[str, object]:
    """Make a tier as ELAN writes it."""
    return {
        "@context": [ANNO, LDP],
        "type": ["BasicContainer", "AnnotationCollection"],
        "label": label,
        "creator": creator,
        "items": [
            {
                "@context": ANNO,
                "type": "Annotation",
                "creator": creator,
                "body": {
                    "type": "TextualBody",
                    "value": value,
                    "format": "text/plain",
                    "purpose": "transcribing",
                    "language": "nl",
                },
                "target": {
                    "source": "talk.mp4",
                    "format": "video/mp4",
                    "type": "Video",
                    "selector": fragment(time),
                },
            }
            for time, value in values
        ],
    }


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("t=3,7", 3_000_000, 7_000_000),
        ("t=0,9.97", 0, 9_970_000),
        ("t=3", 3_000_000, None),
        ("t=,7", 0, 7_000_000),
        ("t=npt:3,7", 3_000_000, 7_000_000),
        ("t=npt:00:00:03.5,00:01:07", 3_500_000, 67_000_000),
        ("t=1:03,121:01:02.25", 63_000_000, 435_662_250_000),
        ("#t=0.960/1.960", 960_000, 1_960_000),
        ("t=3s,7s", 3_000_000, 7_000_000),
        ("t%3D1%2C2", 1_000_000, 2_000_000),
        ("%74=%6ept:1%2C2", 1_000_000, 2_000_000),
        ("track=audio&t=10,20&id=x", 10_000_000, 20_000_000),
        ("t=1,2&t=3,4", 3_000_000, 4_000_000),
        ("t=1,2&t=,", 1_000_000, 2_000_000),
        ("t=smpte-25:0:00:01:05,0:00:02:00", 1_200_000, 2_000_000),
        ("t=smpte-30:0:00:00:15.50,0:00:01", 516_667, 1_000_000),
        ("t=smpte-30-drop:00:01:00:02,00:10:00:00", 60_060_000, 599_999_400),
        ("t=3,3", 3_000_000, 3_000_000),
        ("t=7,3", 7_000_000, 3_000_000),
    ],
)
def test_fragments_that_tell_a_time(text: str, start: int, end: int | None) -> None:
    read_one = read_fragment(text)
    assert (read_one.start, read_one.end, read_one.fault) == (start, end, "")


@pytest.mark.parametrize(
    "text",
    ["t=,", "t=3,", "t=", "t=1,2,3", "t=x", "t=-1,2", "t=1:60,2", "t=61:60,2", "t=1;2",
     "t=\u0663,7",
     "t=smpte-25:0:00:01:25", "t=clock:2009-07-26T11:19:01Z,2009-07-26T11:20:01Z", "",
     "xywh=1,1,2,2",
     "T=1,2", "t=1e3,2", "t=smpte-25:0:70:00"],
)  # fmt: skip
def test_fragments_that_tell_none(text: str) -> None:
    assert read_fragment(text).fault


def test_a_code_without_frames_rate_is_told() -> None:
    assert read_fragment("t=smpte:0:00:01:15,0:00:02").repairs
    assert read_fragment("t=1,2&xywh=0,0,1,1").is_spatial


def test_a_single_annotation_is_a_session() -> None:
    told = {
        "@context": ANNO,
        "id": "http://example.org/anno38",
        "type": "Annotation",
        "creator": {"type": "Person", "name": "A. B.", "nickname": "AB"},
        "created": "2024-01-02T03:04:05Z",
        "modified": "2024-02-02T03:04:05Z",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": "laughs"},
            {"type": "TextualBody", "purpose": "commenting", "value": "and looks away"},
        ],
        "target": {"source": "http://x.org/a%20b.mp4", "selector": fragment("t=30.123456,60")},
    }
    found = taken(told)
    assert tags(found) == [("laughs", 30_123_456, 60_000_000, "and looks away")]
    (one,) = found.sessions[0].passes
    made = one.tags[0]
    assert (one.coder, made.id) == ("AB", "http://example.org/anno38")
    assert (made.created, made.modified) == ("2024-01-02T03:04:05Z", "2024-02-02T03:04:05Z")
    assert [film.path for film in found.sessions[0].recordings] == ["a b.mp4"]


@pytest.mark.parametrize(
    "whole",
    [
        page(tagging("nods")),
        [tagging("nods", **{"@context": ANNO})],
        {"@context": ANNO, "@graph": [tagging("nods")]},
        {"@context": ANNO, "type": "AnnotationCollection", "first": page(tagging("nods"))},
        {"@context": [ANNO, LDP], "type": "AnnotationCollection", "contains": [tagging("nods")]},
        page({"@type": "oa:Annotation", "oa:hasBody": {"@type": "cnt:ContentAsText",
              "cnt:chars": "nods", "oa:hasPurpose": "oa:tagging"},
              "oa:hasTarget": "http://x.org/a.mp4#t=1,2.5"}),
        {"@context": "http://iiif.io/api/presentation/2/context.json", "resources": [
            {"@type": "oa:Annotation", "motivation": "oa:tagging",
             "resource": {"@type": "dctypes:Text", "chars": "nods"}, "on": "http://x.org/c#t=1,2.5"}]},
        page(tagging("", body="http://tags.org/terms/nods", motivation="tagging")),
        page(tagging("", body={"type": "SpecificResource", "source": "http://tags.org/terms#nods",
                               "purpose": "classifying"})),
        page(tagging("", body={"type": "Choice", "items": [
            {"type": "TextualBody", "value": "nods", "purpose": "tagging"}, {"value": "nickt"}]})),
        page(tagging("", body=None, bodyValue="nods", motivation="identifying")),
        page(tagging("", body={"value": "<b>nods</b>", "format": "text/html",
                               "purpose": "tagging"})),
        page(tagging("nods", {"source": {"id": "http://x.org/a.mp4"}, "selector": "t=1,2.5"})),
        page(tagging("nods", {"id": "http://x.org/a.mp4#t=1,2.5", "type": "Video"})),
        page(tagging("nods", {"source": "http://x.org/a.mp4", "selector": [
            {"type": "TextQuoteSelector", "exact": "x"}, fragment("#t=1,2.5")]})),
    ],
)  # fmt: skip
def test_an_annotation_is_found_in_any_shape(whole: object) -> None:
    assert tags(taken(whole)) == [("nods", 1_000_000, 2_500_000, "")]


def test_tags_and_notes_of_frametrail_are_found_where_it_has_them() -> None:
    told = {
        "@context": [ANNO, "https://frametrail.org/ns/context.jsonld"],
        "creator": {"nickname": "demo", "type": "Person", "id": "1"},
        "created": "2026-10-07T09:30:27.137Z",
        "type": "Annotation",
        "frametrail:tags": ["nods"],
        "target": {"type": "Video", "source": "a.mp4", "selector": fragment("t=2,6")},
        "body": {
            "type": "TextualBody",
            "format": "text/html",
            "value": "",
            "frametrail:name": "Note",
            "frametrail:attributes": {"text": "&lt;p&gt;She &lt;b&gt;laughs&lt;/b&gt;&lt;/p&gt;"},
        },
    }
    found = taken([told])
    assert tags(found) == [("nods", 2_000_000, 6_000_000, "She laughs")]
    assert found.sessions[0].passes[0].coder == "demo"


def test_several_codes_are_several_tags() -> None:
    bodies = [{"value": "nods", "purpose": "tagging"}, {"value": "smiles", "purpose": "tagging"}]
    found = taken(page(tagging("", body=bodies, id="urn:x:1")))
    made = {one.code: one.id for one in found.sessions[0].passes[0].tags}
    assert made == {"nods": "urn:x:1", "smiles": "t2"}


def test_elans_tiers_are_taken_for_what_they_are() -> None:
    told = [
        elan(
            "K-Spch", ("t=1.500,2.000", "so you go out of the institute"), ("t=2,4", "to the right")
        ),
        elan("Nods", ("t=12.345,15.000", "y"), ("t=16,17", "y"), ("t=18,19", "n")),
        elan("Odd", ("#t=0.960/1.960", "sneezes"), creator="CD"),
    ]
    found = taken(told)
    (session,) = found.sessions
    assert [(one.name, one.use) for one in found.tiers] == [
        ("K-Spch", TierUse.TRANSCRIPT),
        ("Nods", TierUse.VALUES),
        ("Odd", TierUse.CODE),
    ]
    assert [one.start for one in session.transcripts[0].cues] == [1_500_000, 2_000_000]
    assert session.transcripts[0].language == "nl"
    assert {one.coder: [each.code for each in one.tags] for one in session.passes} == {
        "AB": ["y", "y", "n"],
        "CD": ["Odd"],
    }
    assert places(found.report, "slash") == ("annotation 6",)
    assert any("origin of the film" in line for line in found.report.lines())


def test_annotations_beside_their_container_are_of_its_tier() -> None:
    tier = elan("Odd", ("t=1,2", "sneezes"))
    items = tier.pop("items")
    assert isinstance(items, list)
    found = taken([tier, *items])
    assert tags(found) == [("Odd", 1_000_000, 2_000_000, "sneezes")]


def test_comments_are_notes_and_captions_are_what_was_said() -> None:
    comment = tagging("", body={"value": "She is moved by this.", "purpose": "commenting"})
    caption = tagging("", body={"value": "Good morning, and welcome.", "language": "en"},
                      motivation="supplementing")  # fmt: skip
    found = taken(page(comment, caption))
    assert tags(found) == [("commenting", 1_000_000, 2_500_000, "She is moved by this.")]
    (transcript,) = found.sessions[0].transcripts
    assert ([one.text for one in transcript.cues], transcript.language) == (
        ["Good morning, and welcome."],
        "en",
    )


def test_a_canvas_stands_for_the_film_that_is_painted_on_it() -> None:
    canvas = {
        "id": "https://e.org/c/1",
        "type": "Canvas",
        "duration": 20.5,
        "items": [
            page(
                {
                    "type": "Annotation",
                    "motivation": "painting",
                    "body": {"id": "https://e.org/x/Poem.mp3?v=1", "type": "Sound"},
                    "target": "https://e.org/c/1",
                }
            )
        ],
        "annotations": [
            page(
                tagging("breath", "https://e.org/c/1#t=12"),
                tagging("breath", "https://e.org/c/1#t=15,70"),
                tagging("breath", "https://e.org/c/1#t=30,70"),
                label={"en": ["Noise"]},
            )
        ],
    }
    found = taken({"@context": "http://iiif.io/api/presentation/3/context.json", "items": [canvas]})
    assert [one[1:3] for one in tags(found)] == [
        (12_000_000, 20_500_000),
        (15_000_000, 20_500_000),
        (30_000_000, 70_000_000),
    ]
    assert places(found.report, "ends with the film now") == ("annotation 2",)
    assert places(found.report, "after the end of the film") == ("annotation 3",)
    (film,) = found.sessions[0].recordings
    assert (film.path, film.role, film.duration) == ("Poem.mp3", "sound", 20_500_000)
    assert found.report.counted_in == 3


def test_a_point_in_time_is_a_moment() -> None:
    point = {"source": "a.mp4", "selector": {"type": "PointSelector", "t": 85.25}}
    assert tags(taken(page(tagging("nods", point)))) == [("nods", 85_250_000, 85_250_000, "")]


def test_an_open_end_is_a_moment_where_the_films_length_is_not_told() -> None:
    found = taken(page(tagging("nods", "a.mp4#t=3", id="x")))
    assert tags(found) == [("nods", 3_000_000, 3_000_000, "")]
    assert places(found.report, "became a moment") == ("x",)


def test_what_has_no_time_and_places_in_the_picture_are_told() -> None:
    found = taken(
        page(
            tagging("a", {"source": "a.mp4", "selector": fragment("t=1,2&xywh=0,0,9,9")},
                    id="both"),
            tagging("b", {"source": "a.mp4", "selector": fragment("xywh=0,0,9,9")}, id="place"),
            tagging("c", {"source": "a.mp4", "selector": {"type": "SvgSelector", "value": "<g/>"}},
                    id="svg"),
            tagging("d", {"source": "a.mp4", "selector": {"type": "RangeSelector"}}, id="range"),
            tagging("e", "a.mp4", id="whole"),
            tagging("f", [], id="nothing"),
            tagging("g", "a.mp4#t=3,", id="broken"),
            tagging("h", "a.mp4#t=7,3", id="back"),
            tagging("i", "a.mp4#t=clock:2009-07-26T11:19:01Z", id="clock"),
        )
    )  # fmt: skip
    assert places(found.report, "a place in the picture") == ("both", "place", "svg")
    assert places(found.report, "RangeSelector") == ("range",)
    assert places(found.report, "no time is told") == ("place", "svg", "range", "whole")
    assert places(found.report, "about nothing") == ("nothing",)
    assert places(found.report, "“t=3,” is no valid time") == ("broken",)
    assert places(found.report, "one of a day") == ("clock",)
    assert places(found.report, "exchanged") == ("back",)
    assert (found.report.counted_in, found.report.counted_out) == (10, 2)


def test_each_target_is_tagged_and_each_film_a_session() -> None:
    found = taken(page(tagging("nods", ["a.mp4#t=1,2", "a.mp4#t=5,6", "b.mp4#t=1,2"], id="x")))
    assert [(one.title, len(one.passes[0].tags)) for one in found.sessions] == [
        ("a.mp4", 2),
        ("b.mp4", 1),
    ]
    both = taken(
        page(tagging("nods", "dir/a.mp4#t=1,2"), tagging("nods", "file:///films/b%20c.mp4#t=1,2"))
    )
    assert [(one.id, one.title) for one in both.sessions] == [
        ("film-1", "a.mp4"),
        ("film-2", "b c.mp4"),
    ]
    assert both.sessions[1].recordings[0].path == "/films/b c.mp4"


def test_claims_ask_for_annotations_of_time() -> None:
    source = Source("export.json", json.dumps({"x": "y" * 9000} | page(tagging("a"))).encode())
    assert form_of(source).id == "web-annotation"


def test_a_session_comes_back_as_it_was() -> None:
    session = rich_session()
    assert came_back(session, NAME) == session


@settings(max_examples=30, deadline=None)
@given(session=coded_sessions())
def test_any_session_comes_back_as_it_was(session: Session) -> None:
    assert came_back(session, NAME) == session


def test_odd_tags_come_back_too() -> None:
    marks = (
        Tag(
            "t1", UNNAMED, Micros(-5), Micros(-5), origin=Origin.PROPOSAL, created=NOW, modified=""
        ),
        replace(tag(2, "silence", 1, 2), sources=("t1",), extra={"elan": {"x": 1}}),
        tag(3, "elsewhere", 3, 4, attributes={"unknown": "x"}, id="urn:x y:ü/1"),
        tag(4, "reflection", 5, 5, id="a/b c%"),
    )
    one = CodingPass("p", "A", Purpose.CONSENSUS, NOW, marks)
    film = replace(FILM, offset=Micros(2_000_000), path="films/the talk#1.mp4")
    session = session_of(one, id="s 1:ü", recordings=(film,))
    (again,) = read(write(session, NAME).data, NAME).sessions
    assert again.passes[0].tags == (replace(marks[0], modified=NOW), *marks[1:])
    assert again.recordings == session.recordings


def test_the_times_of_words_are_told_to_be_lost() -> None:
    words = (Word("Hm.", Micros(0), Micros(9)),)
    cues = (Cue("c0001", Micros(0), Micros(9), "Hm.", words=words),)
    made = write(session_of(transcripts=(Transcript("t", cues),)), NAME)
    assert lost(made.report) == {"the times of single words"}


def test_what_is_written_is_valid_for_others() -> None:
    told = json.loads(write(rich_session(), NAME).data)
    assert told["@context"] == ANNO
    first = told["@graph"][0]
    assert (first["type"], first["label"], first["total"]) == ("AnnotationCollection", "A", 5)
    moment, stretch = first["first"]["items"][:2]
    assert moment["target"] == {
        "source": "talk.mp4",
        "type": "Video",
        "selector": fragment("t=1.0,1.000001") | {"refinedBy": {"type": "PointSelector", "t": 1.0}},
    }
    assert stretch["id"] == "urn:annotator:s1:t2"
    assert [(one["purpose"], one["value"]) for one in stretch["body"]] == [
        ("tagging", "Reflection"),
        ("identifying", "Therapist"),
        ("classifying", "Depth: Deep"),
    ]
    for each in told["@graph"]:
        for item in each["first"]["items"]:
            part = read_fragment(item["target"]["selector"]["value"])
            assert not part.fault
            assert part.end is not None
            assert part.start < part.end
    ids = [item["id"] for each in told["@graph"] for item in each["first"]["items"]]
    assert len(ids) == len(set(ids)) == 9


def test_others_annotations_in_a_file_of_ours_are_a_session_of_their_own() -> None:
    told = json.loads(write(rich_session(), NAME).data)
    told["@graph"].append(tagging("nods", "b.mp4#t=1,2", creator="CD"))
    found = taken(told)
    assert [one.id for one in found.sessions] == ["s1", "film"]
    assert tags(found, 1) == [("nods", 1_000_000, 2_000_000, "")]


def test_several_sessions_stand_in_one_graph() -> None:
    one, other = rich_session(), replace(rich_session(), id="s2", title="later")
    made = render([one, other], form_named("web-annotation"), NAME, Wishes(now=NOW))
    assert made.report.is_lossless
    again = read(made.data, NAME).sessions
    assert [each.id for each in again] == ["s1", "s2"]
    assert (again[0], again[1].passes) == (one, other.passes)


def test_foreign_annotations_written_again_keep_their_ids_and_films() -> None:
    first = taken(
        page(tagging("nods", id="http://example.org/anno38", created="2024-01-02T03:04:05Z"))
    )
    made = write(first.sessions[0], NAME)
    assert made.report.is_lossless
    (item,) = json.loads(made.data)["@graph"][0]["first"]["items"]
    assert (item["id"], item["created"]) == ("http://example.org/anno38", "2024-01-02T03:04:05Z")
    assert item["target"]["source"] == "http://x.org/a%20b.mp4"
    assert read(made.data, NAME).sessions == first.sessions
