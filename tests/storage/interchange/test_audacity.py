"""Audacity's labels become tags and come back as the same tags."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as some

from annotator.model.coding import UNNAMED, CodingPass, Purpose
from annotator.model.session import Session
from annotator.storage.interchange.interface import TierUse
from tests.storage.interchange.test_subtitles_tags import ALWAYS, BEYOND_WEBVTT, said
from tests.support.foreign import (
    NOW,
    coded_sessions,
    lost,
    read,
    rich_session,
    session_of,
    tag,
    write,
)
from tests.support.spoilt import read_as

NAME = "talk.labels.txt"
STANDARD = "1.500000\t2.500000\thello\n3.000000\t3.000000\tpoint\n4\t5\thello\n"


def times(session: Session) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.code) for each in session.passes for one in each.tags]


def test_regions_and_points_become_tags_of_their_text() -> None:
    found = read(STANDARD, "talk.txt", coder="Ann")
    (session,) = found.sessions
    assert found.format.id == "audacity"
    assert session.passes[0].coder == "Ann"
    assert times(session) == [
        (1_500_000, 2_500_000, "hello"),
        (3_000_000, 3_000_000, "point"),
        (4_000_000, 5_000_000, "hello"),
    ]
    assert (found.report.counted_in, found.report.counted_out, found.unit) == (3, 3, "labels")


def test_frequencies_stand_on_a_line_of_their_own_and_come_back() -> None:
    text = "1.000000\t2.000000\tcall\n\\\t100.500000\t2000.000000\n3.000000\t4.000000\tcall\n"
    found = read(text, "talk.txt")
    first, second = found.sessions[0].passes[0].tags
    assert first.extra == {"audacity": {"low": "100.500000", "high": "2000.000000"}}
    assert second.extra == {}
    exported = write(found.sessions[0], NAME)
    assert "\n\\\t100.500000\t2000.000000\n" in exported.data.decode()
    assert "what was kept of an earlier file" not in lost(exported.report)


def test_a_comma_may_stand_for_the_point() -> None:
    found = read("1,5\t2,25\tja\n3,0\t3,0\tnein\n", "talk.txt")
    assert times(found.sessions[0])[0][:2] == (1_500_000, 2_250_000)


def test_labels_of_old_versions_have_one_time() -> None:
    found = read_as("1.5\tstart\n2.5\tend\n", "talk.txt", "audacity")
    assert times(found.sessions[0]) == [
        (1_500_000, 1_500_000, "start"),
        (2_500_000, 2_500_000, "end"),
    ]


def test_labels_without_a_text_wait_for_a_code() -> None:
    found = read("1.0\t2.0\t\n3.0\t4.0\tx\n", "talk.txt")
    assert [one[2] for one in times(found.sessions[0])] == [UNNAMED, "x"]


def test_labels_that_are_speech_are_a_transcript() -> None:
    text = "".join(f"{n}\t{n + 1}\tand then somebody said sentence {n} of it\n" for n in range(80))
    found = read(text, "talk.txt")
    assert len(found.sessions[0].transcripts[0].cues) == 80
    assert found.tiers[0].use is TierUse.TRANSCRIPT


def test_a_person_says_what_labels_are() -> None:
    found = read(STANDARD, "talk.txt", tiers=TierUse.TRANSCRIPT)
    assert [cue.text for cue in found.sessions[0].transcripts[0].cues] == [
        "hello",
        "point",
        "hello",
    ]


def test_times_are_written_with_six_decimals() -> None:
    lines = write(rich_session(), NAME).data.decode().splitlines()
    assert lines[0] == "1.000000\t1.000000\t[A -> therapist] reflection: Grüße, 沉默"
    assert lines[5] == "5.000123\t10.900000\t[B] silence"


def test_a_bit_of_everything_comes_back_or_is_told() -> None:
    exported = write(rich_session(), NAME)
    assert lost(exported.report) <= ALWAYS | BEYOND_WEBVTT | {"a rating", "what was said"}
    assert (exported.report.counted_in, exported.report.counted_out) == (10, 7)


@settings(max_examples=40, deadline=None)
@given(session=coded_sessions())
def test_tags_come_back(session: Session) -> None:
    exported = write(session, NAME)
    if not any(one.tags for one in session.passes):
        assert lost(exported.report) == {"a session is not in the file"}
        return
    assert lost(exported.report) <= ALWAYS | BEYOND_WEBVTT | {"a coding pass without tags"}
    (again,) = read(exported.data, NAME).sessions
    assert sorted(said(again), key=repr) == sorted(said(session), key=repr)


@given(note=some.text(max_size=30))
def test_any_note_comes_back(note: str) -> None:
    if any(letter in note for letter in "\0\ufeff") or any("\ud800" <= x < "\ue000" for x in note):
        return
    one = CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag(1, "silence", 1000, 2000, note=note),))
    (again,) = read(write(session_of(one), NAME).data, NAME).sessions
    assert [each.note for each in again.passes[0].tags] == [note]
