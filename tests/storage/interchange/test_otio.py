"""Markers of OpenTimelineIO become tags at the times that its own library finds, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from opentimelineio.opentime import RationalTime, TimeRange

from annotator.model.coding import UNNAMED, CodingPass, Origin, Purpose, Tag
from annotator.model.recording import AudioFacts, VideoFacts
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript, Word
from annotator.storage.interchange.exchange import Imported, form_named, form_of, render
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.otio_tree import Times, exact_rate
from annotator.storage.interchange.report import Outcome
from annotator.storage.interchange.source import Source
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

NAME = "cut.otio"
RATE = 25


def at(value: float, rate: float = RATE) -> RationalTime:
    return RationalTime(value, rate)


def span(start: float, length: float, rate: float = RATE) -> TimeRange:
    return TimeRange(at(start, rate), at(length, rate))


def marker(name: str, start: float, length: float = 0, **more: object) -> otio.schema.Marker:
    return otio.schema.Marker(name, span(start, length), **more)


def clip(
    url: str, shown: TimeRange | None = None, whole: TimeRange | None = None
) -> otio.schema.Clip:
    media = otio.schema.ExternalReference(url, whole or span(0, 1000))
    return otio.schema.Clip(url, media, shown)


def timeline(*children: object, kind: str = "Video", name: str = "V1") -> otio.schema.Timeline:
    made = otio.schema.Timeline("a cut")
    made.tracks.append(otio.schema.Track(name, list(children), kind=kind))
    return made


def taken(whole: otio.core.SerializableObject, **wishes: object) -> Imported:
    found = read(whole.to_json_string(), NAME, **wishes)
    gone = [one for one in found.report.remarks if one.outcome is Outcome.NOT_CARRIED]
    left = sum(len(one.places) for one in gone)
    assert found.report.counted_in == found.report.counted_out + left
    return found


def tags(found: Imported) -> list[tuple[str, int, int, str]]:
    passes = found.sessions[0].passes
    return [(one.code, one.start, one.end, one.note) for each in passes for one in each.tags]


def test_markers_of_a_clip_stand_where_its_picture_is_shown() -> None:
    second = clip("b.mp4", shown=span(90_100, 200), whole=span(90_000, 1000))
    second.markers.append(marker("Laughs", 90_125, 25, comment="loud", color="PINK"))
    second.markers.append(marker("Laughs", 90_110))
    found = taken(timeline(clip("a.mp4", span(0, 250)), second))
    assert tags(found) == [
        ("Laughs", 10_400_000, 10_400_000, ""),
        ("Laughs", 11_000_000, 12_000_000, "loud"),
    ]
    (session,) = found.sessions
    assert session.codebook.codes[0].name == "Laughs"
    assert [(one.path, one.offset, one.duration) for one in session.recordings] == [
        ("a.mp4", 0, 40_000_000),
        ("b.mp4", 6_000_000, 40_000_000),
    ]
    assert (session.id, session.title, found.unit) == ("cut", "a cut", "markers")
    assert places(found.report, "a part of its film") == ("a.mp4", "b.mp4")


def test_markers_of_a_timeline_stand_on_its_own_time() -> None:
    made = timeline(otio.schema.Gap(source_range=span(0, 100)), clip("a.mp4"))
    made.tracks.markers.append(marker("Start", 50, 10))
    made.tracks[0].markers.append(marker("Start", 75))
    assert [one[1:3] for one in tags(taken(made))] == [
        (2_000_000, 2_400_000),
        (3_000_000, 3_000_000),
    ]


def test_transitions_take_no_time_and_speeds_are_told() -> None:
    fast = clip("a.mp4", span(0, 50))
    fast.effects.append(otio.schema.LinearTimeWarp(time_scalar=2.0))
    fast.markers.append(marker("x", 10))
    cross = otio.schema.Transition(in_offset=at(5), out_offset=at(5))
    off = clip("b.mp4", span(0, 50))
    off.enabled = False
    off.markers.append(marker("x", 60))
    found = taken(timeline(fast, cross, off))
    assert [one[1] for one in tags(found)] == [400_000, 4_400_000]
    assert places(found.report, "another speed") == ("clip “a.mp4”",)
    assert places(found.report, "switched off") == ("clip “b.mp4”",)
    assert places(found.report, "is not shown") == ("marker 2 “x”",)


@pytest.mark.parametrize(
    ("rate", "meant"),
    [("29.97", "30000/1001"), ("23.976", "24000/1001"), ("23.98", "24000/1001"),
     ("59.94", "60000/1001"), ("23.976023976023978", "24000/1001"), ("24", "24"), ("25.0", "25"),
     ("1000000", "1000000"), ("12.5", "12.5"), ("29.5", "29.5"), ("44100", "44100")],
)  # fmt: skip
def test_rates_of_television_are_exact(rate: str, meant: str) -> None:
    assert exact_rate(Fraction(rate)) == Fraction(meant)


def test_a_rounded_rate_is_told() -> None:
    made = otio.schema.Timeline()
    made.tracks.markers.append(otio.schema.Marker("x", span(107_892, 0, 29.97)))
    found = taken(made)
    assert tags(found)[0][1] == 3_599_996_400
    assert any("a rate of 29.97" in line for line in found.report.lines())


SCHEMAS = some.sampled_from(["clip", "gap", "stack", "track"])
FRAMES = some.integers(0, 400)


@some.composite
def items(draw: some.DrawFn, depth: int = 0) -> object:
    """Make a part of a timeline, with markers on it and its parts."""
    kind = draw(SCHEMAS) if depth < 2 else draw(some.sampled_from(["clip", "gap"]))
    shown = draw(some.none() | some.tuples(FRAMES, FRAMES))
    part = span(*shown) if shown else None
    made: object
    if kind == "clip":
        first = draw(some.sampled_from([0, 86_400]))
        made = clip("a.mp4", part, span(first, draw(FRAMES)))
    elif kind == "gap":
        made = otio.schema.Gap(source_range=part or span(0, 10))
    else:
        parts = draw(some.lists(items(depth=depth + 1), max_size=3))
        schema = otio.schema.Stack if kind == "stack" else otio.schema.Track
        made = schema(children=parts, source_range=part)
    for start, length in draw(some.lists(some.tuples(FRAMES, FRAMES), max_size=2)):
        made.markers.append(marker("x", start, length))
    return made


def in_the_whole(made: otio.schema.Timeline) -> list[tuple[int, int]]:
    """Let the library itself find where all markers stand."""
    found = []
    waiting = [made.tracks]
    while waiting:
        one = waiting.pop()
        for each in one.markers:
            placed = one.transformed_time_range(each.marked_range, made.tracks)
            start, end = placed.start_time, placed.end_time_exclusive()
            found.append((round(start.to_seconds() * 1e6), round(end.to_seconds() * 1e6)))
        waiting += (
            [each for each in one if isinstance(each, otio.core.Item)]
            if isinstance(one, otio.core.Composition)
            else []
        )
    return sorted(found)


@settings(max_examples=80, deadline=None)
@given(some.lists(items(), max_size=4))
def test_the_library_finds_the_same_times(parts: list[object]) -> None:
    made = timeline(*parts)
    expected = in_the_whole(made)
    if not expected:
        return
    found = sorted((start, end) for _, start, end, _ in tags(taken(made)))
    assert found == expected


def test_names_that_recur_are_codes_and_others_notes() -> None:
    made = timeline(clip("a.mp4"), name="Review")
    for number, name in enumerate(["Good", "Bad", "Good", "Good"]):
        made.tracks[0].markers.append(marker(name, number * 10, color="RED"))
    assert [one[0] for one in tags(taken(made))] == ["Good", "Bad", "Good", "Good"]
    odd = timeline(clip("a.mp4"), name="Review")
    odd.tracks[0].markers.append(marker("mend this hum here", 5, comment="left channel"))
    found = taken(odd)
    assert tags(found) == [("Review", 200_000, 200_000, "mend this hum here\nleft channel")]
    assert (found.tiers[0].name, found.tiers[0].use) == ("Review", TierUse.CODE)
    said = taken(odd, tier_uses={"Review": TierUse.TRANSCRIPT})
    assert said.sessions[0].transcripts[0].cues[0].text == "mend this hum here\nleft channel"
    left = taken(odd, tier_uses={"Review": TierUse.LEAVE})
    assert lost(left.report) == {"a marker of a track that was left out"}
    assert taken(odd, coder="AB").sessions[0].passes[0].coder == "AB"


def test_markers_without_names_have_their_colours_for_codes() -> None:
    made = timeline(clip("a.mp4"))
    for number in range(3):
        made.tracks[0].markers.append(marker("", number, color="GREEN"))
    found = taken(made, tiers=TierUse.VALUES)
    assert [one[0] for one in tags(found)] == ["GREEN"] * 3
    assert found.sessions[0].codebook.codes[0].colour == "#00ff00"


def test_newer_colours_and_notes_of_other_programs_are_read() -> None:
    text = timeline(clip("a.mp4")).to_json_string()
    told = json.loads(text)
    told["tracks"]["children"][0]["markers"] = [
        {
            "OTIO_SCHEMA": "Marker.3",
            "name": "Marker 1",
            "color": {"OTIO_SCHEMA": "Color.1", "r": 1.0, "name": "Red"},
            "marked_range": {
                "start_time": {"value": 5, "rate": 25},
                "duration": {"value": 0, "rate": 25},
            },
            "metadata": {"Resolve_OTIO": {"Note": "too dark", "Gain": 1.5}},
        }
    ]
    found = read(json.dumps(told), NAME)
    (made,) = found.sessions[0].passes[0].tags
    assert made.note == "Marker 1\ntoo dark"
    assert made.extra == {
        "otio": {"color": "RED", "metadata": {"Resolve_OTIO": {"Note": "too dark", "Gain": "1.5"}}}
    }


def test_a_timeline_that_does_not_begin_at_0_keeps_its_clock() -> None:
    made = timeline(clip("a.mp4"))
    made.global_start_time = at(90_000)
    made.tracks.markers.append(marker("x", 25))
    found = taken(made)
    assert tags(found)[0][1] == 1_000_000
    assert any("clock" in line for line in found.report.lines())
    again = otio.adapters.read_from_string(
        write(found.sessions[0], NAME).data.decode(), "otio_json"
    )
    assert again.global_start_time == at(90_000)


def test_films_of_sound_and_of_the_web_are_recordings() -> None:
    made = otio.schema.Timeline()
    both = "file:///films/a%20b.mp4"
    made.tracks.append(otio.schema.Track("V1", [clip(both)]))
    made.tracks.append(
        otio.schema.Track("A1", [clip(both), clip("https://x.org/c.wav?x=1")], kind="Audio")
    )
    found = taken(made)
    assert [(one.path, one.role) for one in found.sessions[0].recordings] == [
        ("/films/a b.mp4", "room"),
        ("c.wav", "sound"),
    ]


def test_infinite_numbers_as_the_library_writes_them_are_passed_over() -> None:
    made = timeline(clip("a.mp4"))
    made.tracks.markers.append(marker("x", 25, metadata={"far": 17, "near": [18]}))
    text = made.to_json_string().replace("17", "Inf").replace("18", "-Inf")
    assert otio.adapters.read_from_string(text, "otio_json").name == "a cut"
    assert tags(read(text, NAME))[0][1] == 1_000_000


def test_collections_hold_several_sessions_and_parts_stand_alone() -> None:
    one, other = timeline(clip("a.mp4")), timeline(clip("b.mp4"))
    one.tracks.markers.append(marker("x", 25))
    both = otio.schema.SerializableCollection("both", [one, other])
    assert [each.id for each in taken(both).sessions] == ["cut-1", "cut-2"]
    alone = clip("a.mp4", span(100, 50))
    alone.markers.append(marker("x", 125))
    assert tags(taken(alone)) == [("markers", 1_000_000, 1_000_000, "x")]


def test_a_marker_without_a_time_is_told() -> None:
    told = json.loads(timeline(clip("a.mp4")).to_json_string())
    told["tracks"]["markers"] = [{"OTIO_SCHEMA": "Marker.2", "name": "x", "marked_range": None}]
    found = read(json.dumps(told), NAME)
    assert places(found.report, "no time") == ("marker 1 “x”",)
    assert form_of(Source("any.json", json.dumps(told).encode())).id == "otio"


def test_a_session_comes_back_as_it_was() -> None:
    session = rich_session()
    assert came_back(session, NAME) == session


@settings(max_examples=30, deadline=None)
@given(session=coded_sessions(), rate=some.sampled_from(["30000/1001", "25", "24000/1001", ""]))
def test_any_session_comes_back_as_it_was(session: Session, rate: str) -> None:
    facts = VideoFacts("h264", 4, 4, rate, constant=True, frames=9) if rate else None
    session = replace(session, recordings=(replace(FILM, video=facts),))
    assert came_back(session, NAME) == session


def test_odd_tags_words_and_films_come_back_too() -> None:
    marks = (
        Tag(
            "t1",
            UNNAMED,
            Micros(-5),
            Micros(-5),
            origin=Origin.PROPOSAL,
            created=NOW,
            modified="2027",
        ),
        replace(tag(2, "silence", 1, 2), sources=("t1",), extra={"elan": {"x": 1}}),
        tag(3, "elsewhere", 3_600_000, 3_600_001, attributes={"unknown": "x"}),
    )
    one = CodingPass("p", "A", Purpose.CONSENSUS, NOW, marks)
    words = (Word("Hm.", Micros(0), Micros(9)),)
    talk = Transcript("t", (Cue("c0001", Micros(0), Micros(9), "Hm.", words=words),), "en", "x")
    sound = replace(FILM, id="r2", path="sub/die Tür.wav", offset=Micros(-1_500_001),
                    audio=AudioFacts("pcm", 48_000, 1))  # fmt: skip
    late = replace(FILM, id="r3", path="late.mp4", offset=Micros(7))
    session = session_of(one, recordings=(FILM, sound, late), transcripts=(talk,))
    (again,) = read(write(session, NAME).data, NAME).sessions
    assert again.passes == session.passes
    assert again.recordings == session.recordings
    assert again.transcripts == session.transcripts


def test_the_library_opens_what_is_written_and_finds_our_times() -> None:
    sound = replace(FILM, id="r2", path="die Tür.wav", offset=Micros(2_500_000),
                    audio=AudioFacts("pcm", 48_000, 1))  # fmt: skip
    film = replace(FILM, video=VideoFacts("h264", 4, 4, "30000/1001", constant=True, frames=9))
    session = replace(rich_session(), recordings=(film, sound))
    made = otio.adapters.read_from_string(write(session, NAME).data.decode(), "otio_json")
    assert made.name == "talk"
    tracks = {one.name: one for one in made.tracks}
    assert set(tracks) == {"room", "A", "B"}
    for one in session.passes:
        track = tracks[one.coder]
        placed = [
            track.transformed_time_range(each.marked_range, made.tracks) for each in track.markers
        ]
        assert [round(each.start_time.to_seconds() * 1e6) for each in placed] == [
            each.start for each in one.tags
        ]
        assert [round(each.end_time_exclusive().to_seconds() * 1e6) for each in placed] == [
            each.end for each in one.tags
        ]
        assert [each.name for each in track.markers][:1] == ["Reflection"]
    first = tracks["A"].markers[2]
    assert (first.comment, first.color) == ('she says "no"\nand goes', "PURPLE")
    clips = list(made.find_clips())
    assert [one.media_reference.target_url for one in clips] == ["talk.mp4", "die%20T%C3%BCr.wav"]
    assert clips[1].transformed_time(at(0), made.tracks).to_seconds() == pytest.approx(2.5)


def test_markers_moved_renamed_and_added_by_others_are_read_again() -> None:
    made = otio.adapters.read_from_string(write(rich_session(), NAME).data.decode(), "otio_json")
    track = next(one for one in made.tracks if one.name == "A")
    track.markers[0].marked_range = span(50, 25)
    track.markers[0].comment = "moved"
    track.markers[1].name = "Interrupts"
    track.markers.append(marker("new", 100))
    del track.markers[2]
    found = taken(made)
    by_id = {one.id: one for each in found.sessions[0].passes for one in each.tags}
    assert (by_id["t1"].start, by_id["t1"].end, by_id["t1"].note) == (2_000_000, 3_000_000, "moved")
    assert by_id["t2"].code == "Interrupts"
    assert "t3" not in by_id
    (new,) = (one for one in by_id.values() if one.origin is Origin.IMPORT and one.code == "A")
    assert (new.start, new.note) == (4_000_000, "new")


def test_several_sessions_stand_in_one_collection() -> None:
    one, other = rich_session(), replace(rich_session(), id="s2", title="later")
    made = render([one, other], form_named("otio"), NAME, Wishes(now=NOW))
    assert made.report.is_lossless
    assert read(made.data, NAME).sessions == (one, other)


def test_foreign_markers_written_again_keep_colour_and_metadata() -> None:
    whole = timeline(clip("a.mp4"))
    whole.tracks[0].markers.append(
        marker("x", 5, 7, color="CYAN", metadata={"cmx": {"reel": "A1"}})
    )
    first = taken(whole)
    made = write(first.sessions[0], NAME)
    assert made.report.is_lossless
    assert read(made.data, NAME).sessions == first.sessions
    again = otio.adapters.read_from_string(made.data.decode(), "otio_json")
    (only,) = again.tracks[1].markers
    assert (only.color, only.metadata["cmx"]["reel"]) == ("CYAN", "A1")


def test_times_are_exact_by_either_way_of_reading() -> None:
    told = {"start_time": {"value": 1, "rate": 3}, "duration": {"value": 1, "rate": 7}}
    times = Times()
    found = times.span_of(told)
    assert found is not None
    assert times.within(told, Fraction(1, 9)) == (444_444, 587_302)
    assert found.end == Fraction(10, 21)
