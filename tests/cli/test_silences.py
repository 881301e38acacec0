"""`annotator silences`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.model import Origin
from annotator.storage.codec import decode_session
from annotator.storage.sample import copy_sample
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine
from tests.support.talks import noise, talk, write_sound
from tests.support.timing_clips import ClipKind, TimingClip

FILM = Path(__file__).parents[2] / "samples" / "first-session" / "first-session.mp4"
FOUND = [(35.547, 39.047), (45.692, 51.692)]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return copy_sample(tmp_path)


def test_table(annotator: CommandLine) -> None:
    said = annotator("silences", FILM)
    assert said.code == 0
    rows = [line.split() for line in said.out.splitlines() if line.startswith("  0:")]
    assert [row[0][:7] for row in rows] == ["0:00:35", "0:00:45"]
    assert [float(row[2]) for row in rows] == pytest.approx([3.5, 6.0], abs=0.05)
    assert "2 silences of 3.0 s or longer. Quiet is what is no louder than -4" in said.out
    assert "Before" not in said.out


def test_json_of_film_and_session(annotator: CommandLine, sample: Path) -> None:
    for source in (FILM, sample):
        told = json.loads(annotator("silences", source, "--json").out)
        for one, (start, end) in zip(told["silences"], FOUND, strict=True):
            assert (one["start"], one["end"]) == pytest.approx((start, end), abs=0.05)
            assert one["length"] == pytest.approx(one["end"] - one["start"], abs=1e-6)
            assert (one["before"], one["after"]) == (None, None)
        assert told["minimum"] == 3.0
        assert told["level"] is None
        assert told["tracks"][0]["floor"] == pytest.approx(-60, abs=1)


def test_minimum_and_level(annotator: CommandLine) -> None:
    more = json.loads(annotator("silences", FILM, "--json", "--min", "1").out)["silences"]
    assert len(more) == 5
    words = ("silences", FILM, "--level", "-40")
    assert "no louder than -40 dBFS" in annotator(*words).out
    told = json.loads(annotator(*words, "--json").out)
    assert (told["level"], len(told["silences"])) == (-40, 2)


def test_listing_changes_nothing(annotator: CommandLine, sample: Path) -> None:
    before = sample.read_bytes()
    assert annotator("silences", sample).code == 0
    assert sample.read_bytes() == before


def test_add_puts_proposals_into_the_coders_pass_once(annotator: CommandLine, sample: Path) -> None:
    words = ("silences", sample, "--add", "--coder", "Zed")
    assert "Added 2 as proposals to the pass of Zed." in annotator(*words).out
    session = decode_session(sample.read_bytes())
    own = session.pass_of("Zed")
    assert own is not None
    assert {(tag.code, tag.origin) for tag in own.tags} == {("silence", Origin.PROPOSAL)}
    assert "Added 0 as proposals to the pass of Zed; 2 tagged already." in annotator(*words).out
    assert decode_session(sample.read_bytes()) == session
    assert annotator("check", sample).code == 0


def test_add_with_json_keeps_the_output_json(annotator: CommandLine, sample: Path) -> None:
    said = annotator("silences", sample, "--add", "--coder", "Zed", "--json")
    assert len(json.loads(said.out)["silences"]) == 2
    assert "Added 2" in said.err


def test_voices_of_two_channels(annotator: CommandLine, tmp_path: Path) -> None:
    left, right = talk(30, [(10, 30)], seed=1), talk(30, [(0, 14)], seed=2)
    film = write_sound(tmp_path / "a.wav", left + noise(30, -60), right + noise(30, -60, 2))
    said = annotator("silences", film, "--voices", "therapist,client")
    (row,) = [line.split() for line in said.out.splitlines() if line.startswith("  0:")]
    assert row == ["0:00:10.000", "0:00:14.000", "4.00", "therapist", "client"]
    alone = json.loads(annotator("silences", film, "--channel", "1", "--json").out)
    assert [(one["start"], one["end"]) for one in alone["silences"]] == [(10, 30)]


def test_no_silence_is_no_failure(annotator: CommandLine, tmp_path: Path) -> None:
    film = write_sound(tmp_path / "a.wav", talk(20, []) + noise(20, -60))
    said = annotator("silences", film)
    assert said.code == 0
    assert said.out.startswith("No silence of 3.0 s or longer.")


def test_nothing_is_added_where_nobody_is_heard(annotator: CommandLine, tmp_path: Path) -> None:
    film = write_sound(tmp_path / "a.wav", noise(20, -50))
    path = tmp_path / "a.session.json"
    annotator("new", film, "-o", path)
    said = annotator("silences", path, "--add", "--coder", "A")
    assert said.code == 0
    assert "Nobody is heard" in said.err
    assert "Added 0 as proposals" in said.out
    assert decode_session(path.read_bytes()).passes == ()


def test_session_open_elsewhere_is_left_alone(annotator: CommandLine, sample: Path) -> None:
    opened = SessionStore.open(sample, "Maria")
    before = sample.read_bytes()
    try:
        said = annotator("silences", sample, "--add", "--coder", "A")
        assert annotator("silences", sample).code == 0
    finally:
        opened.store.close()
    assert said.code == 2
    assert "Maria" in said.err
    assert sample.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--min", "0"), "--min more than 0"),
        (("--level", "loud"), "neither auto nor a loudness"),
        (("--level", "3"), "neither auto nor a loudness"),
        (("--level", "nan"), "neither auto nor a loudness"),
        (("--padding", "-1"), "--padding 0 seconds or more"),
        (("--voices", "A"), "two names"),
        (("--voices", "A,A"), "two names"),
        (("--track", "2"), "no sound track 2; it has 1"),
        (("--channel", "2"), "no channel 2; it has 1"),
        (("--recording", "client"), "for sessions"),
        (("--add",), "needs --coder"),
        (("--add", "--coder", "A"), "needs a session"),
    ],
)
def test_a_wish_that_makes_no_sense(
    annotator: CommandLine, words: tuple[str, ...], told: str
) -> None:
    said = annotator("silences", FILM, *words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_a_code_that_the_book_lacks(annotator: CommandLine, sample: Path) -> None:
    before = sample.read_bytes()
    said = annotator("silences", sample, "--add", "--coder", "A", "--code", "pause")
    assert said.code == 2
    assert 'The codebook has no code "pause".' in said.err
    assert sample.read_bytes() == before
    assert not list(sample.parent.glob("*.lock"))


def test_a_recording_that_is_not_there(annotator: CommandLine, sample: Path) -> None:
    said = annotator("silences", sample, "--recording", "client")
    assert said.code == 2
    assert "It has: first-session.mp4." in said.err


def test_missing_film(annotator: CommandLine, session_file: Path, tmp_path: Path) -> None:
    assert "has sound" in annotator("silences", session_file).err
    gone = annotator("silences", tmp_path / "gone.mp4")
    assert gone.code == 2
    assert "There is no film “gone.mp4”" in gone.err


def test_film_without_sound(
    annotator: CommandLine, clip_of: Callable[[ClipKind], TimingClip]
) -> None:
    said = annotator("silences", clip_of(ClipKind.NO_AUDIO).path)
    assert said.code == 2
    assert "has no sound" in said.err
