"""The transcript and the coded session beside the sample film fit the film and each other."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import pytest

from annotator.media import fingerprint
from annotator.model import (
    CodeKind,
    CodingPass,
    ConsentScope,
    ConsentStatus,
    Micros,
    Purpose,
    Session,
)
from annotator.model.rules import session_problems
from annotator.storage.codec import decode_codebook, decode_session, encode_session

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FOLDER = SAMPLES / "first-session"
MADE_WITH = "1.51"
CUE = re.compile(
    r"(\d+)\n(\d\d):(\d\d):(\d\d)\.(\d{3}) --> (\d\d):(\d\d):(\d\d)\.(\d{3})\n<v (\w+)>(.+)"
)


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def session_text() -> str:
    return (FOLDER / "first-session.session.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def session(session_text: str) -> Session:
    return decode_session(session_text)


@pytest.fixture(scope="module")
def frame_times() -> set[int]:
    with av.open(str(FOLDER / "first-session.mp4")) as film:
        stream = film.streams.video[0]
        return {
            round(packet.pts * stream.time_base * 1_000_000)
            for packet in film.demux(stream)
            if packet.pts is not None
        }


def test_transcript_says_what_was_said_when(truth: dict[str, Any]) -> None:
    blocks = (FOLDER / "first-session.vtt").read_text(encoding="utf-8").strip().split("\n\n")
    assert blocks[0] == "WEBVTT"
    cues = []
    for block in blocks[2:]:
        match = CUE.fullmatch(block)
        assert match is not None, block
        hours, minutes, seconds, millis, *rest = map(int, match.groups()[1:9])
        start = (hours * 60 + minutes) * 60 + seconds + millis / 1000
        end = (rest[0] * 60 + rest[1]) * 60 + rest[2] + rest[3] / 1000
        cues.append((match[10].lower(), start, end, html.unescape(match[11])))
    assert [
        (who, pytest.approx(start), pytest.approx(end), text) for who, start, end, text in cues
    ] == [(one["speaker"], one["start"], one["end"], one["text"]) for one in truth["utterances"]]


def test_transcript_is_escaped() -> None:
    text = (FOLDER / "first-session.vtt").read_text(encoding="utf-8")
    rest = re.sub(r"<v (Therapist|Client)>|-->|&(amp|lt|gt);", "", text)
    assert not set("<>&") & set(rest)


def test_talk_holds_what_a_first_lesson_needs(truth: dict[str, Any]) -> None:
    codes = {one["code"] for told in truth["utterances"] for one in told["codes"]}
    assert {
        "open_question",
        "closed_question",
        "reflection_simple",
        "reflection_complex",
        "affirmation",
    } <= codes


def test_intended_codes_stand_inside_their_utterance(truth: dict[str, Any]) -> None:
    placed = [(one, code["at"]) for one in truth["utterances"] for code in one["codes"]]
    assert placed
    assert all(one["start"] <= at < one["end"] for one, at in placed)


def test_session_is_valid_and_written_as_the_program_would(
    session: Session, session_text: str
) -> None:
    assert session_problems(session) == []
    assert encode_session(session) == session_text


def test_session_carries_the_starter_codebook(session: Session) -> None:
    path = SAMPLES / "codebooks" / "starter.codebook.json"
    assert session.codebook == decode_codebook(path.read_text(encoding="utf-8"))


def test_session_knows_its_film(session: Session, truth: dict[str, Any]) -> None:
    (recording,) = session.recordings
    assert recording.path == truth["film"]
    assert abs(recording.duration - truth["duration"] * 1_000_000) <= 40_000
    assert recording.video is not None
    assert recording.audio is not None
    assert (recording.video.width, recording.video.height, recording.video.rate) == (640, 360, "25")
    assert recording.video.frames == round(truth["duration"] * 25)


def test_session_recognises_its_film(session: Session) -> None:
    assert session.recordings[0].fingerprint == fingerprint(FOLDER / "first-session.mp4")


def test_two_coders_have_finished(session: Session) -> None:
    assert [(one.coder, one.purpose) for one in session.passes] == [
        ("A", Purpose.PRIMARY),
        ("B", Purpose.DOUBLE),
    ]
    assert all(25 <= len(one.tags) <= 35 for one in session.passes)


def test_every_tag_is_whole(session: Session) -> None:
    tags = [tag for one in session.passes for tag in one.tags]
    people = {"therapist": "therapist", "client": "client", "none": "", "dyad": ""}
    for tag in tags:
        code = session.codebook.code(tag.code)
        assert code is not None
        assert tag.is_instant == (code.kind is CodeKind.POINT)
        assert tag.participant == people[code.speaker]
        assert re.fullmatch(r"2026-\d\d-\d\dT\d\d:\d\d:\d\dZ", tag.created)
    assert any(tag.note for tag in tags)


def test_attributes_are_choices_of_the_code(session: Session) -> None:
    chosen = [
        (session.codebook.code(tag.code), item)
        for one in session.passes
        for tag in one.tags
        for item in tag.attributes.items()
    ]
    assert chosen
    for code, (attribute, choice) in chosen:
        assert code is not None
        known = {(one.id, each.id) for one in code.attributes for each in one.choices}
        assert (attribute, choice) in known


def test_tags_stand_on_frames_inside_the_region(session: Session, frame_times: set[int]) -> None:
    for one in session.passes:
        for tag in one.tags:
            assert {tag.start, tag.end} <= frame_times
            assert session.region.start <= tag.start <= tag.end <= session.region.end


def test_first_coder_found_all_that_was_meant(session: Session, truth: dict[str, Any]) -> None:
    meant = [(code["code"], code["at"]) for one in truth["utterances"] for code in one["codes"]]
    tags = [(tag.code, tag.start) for tag in session.passes[0].tags]
    for code, at in meant:
        frame = Micros(round(at * 1000) // 40 * 40_000)
        assert (code, frame) in tags


def test_first_coder_tagged_the_silences_that_count(
    session: Session, truth: dict[str, Any]
) -> None:
    found = [(tag.start, tag.end) for tag in session.passes[0].tags if tag.code == "silence"]
    wanted = [one for one in truth["silences"] if one["length"] >= 3]
    assert len(found) == len(wanted) == 2
    for (start, end), one in zip(found, wanted, strict=True):
        assert 0 <= start - one["start"] * 1_000_000 <= 40_000
        assert 0 <= one["end"] * 1_000_000 - end <= 40_000


def code_by_number(one: CodingPass) -> dict[str, str]:
    return {tag.id[1:]: tag.code for tag in one.tags}


def test_second_coder_differs_a_little(session: Session) -> None:
    first, second = (code_by_number(one) for one in session.passes)
    assert len(first) - len(second) == 1
    assert sum(first[number] != code for number, code in second.items()) == 1
    starts = {tag.id[1:]: tag.start for tag in session.passes[0].tags}
    shifts = [abs(tag.start - starts[tag.id[1:]]) for tag in session.passes[1].tags]
    assert max(shifts) <= 500_000
    assert sum(shift >= 100_000 for shift in shifts) >= len(shifts) - 1


def test_everybody_on_the_film_allows_it_to_be_shown(session: Session) -> None:
    assert [one.role for one in session.participants] == ["therapist", "client"]
    for one in session.participants:
        assert one.consent.status is ConsentStatus.GIVEN
        assert one.consent.scope is ConsentScope.PUBLIC
        assert "synthetic voices" in one.consent.note


def espeak_version() -> str:
    program = shutil.which("espeak-ng")
    if program is None:
        return "none"
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return told.stdout.split("text-to-speech:")[-1].split()[0]


def test_making_the_samples_again_changes_nothing(tmp_path: Path) -> None:
    version = espeak_version()
    if version != MADE_WITH:
        pytest.skip(f"the samples were spoken by espeak-ng {MADE_WITH}; here it is {version}")
    shutil.copy(FOLDER / "first-session.mp4", tmp_path)
    command = [sys.executable, str(SAMPLES / "make_samples.py"), "--keep-film", "--out"]
    seen = {**os.environ, "PYTHONPATH": str(SAMPLES.parent)}
    subprocess.run([*command, str(tmp_path)], check=True, env=seen)
    for name in ("first-session.vtt", "truth.json", "first-session.session.json"):
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name
