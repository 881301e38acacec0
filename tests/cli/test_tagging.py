"""`annotator tag` and `annotator tags`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from annotator.model import Origin, Purpose
from annotator.storage.codec import decode_session
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine
from tests.support.timing_clips import TimingClip


def test_instant_goes_into_the_coders_pass(annotator: CommandLine, session_file: Path) -> None:
    words = ("--code", "reflection", "--start", "15.2", "--coder", "A", "--participant", "client")
    said = annotator("tag", session_file, *words, "--note", "warm")
    assert (said.code, said.out) == (0, "Added reflection at 0:00:15.200 by A\n")
    (only,) = decode_session(session_file.read_bytes()).passes
    added = only.tags[-1]
    assert (added.code, added.start, added.end) == ("reflection", 15_200_000, 15_200_000)
    assert (added.participant, added.note, added.origin) == ("client", "warm", Origin.COMMAND)
    assert added.created.endswith("Z")


def test_a_new_coder_begins_a_pass(annotator: CommandLine, session_file: Path) -> None:
    words = ("--code", "silence", "--start", "0:20", "--end", "21.000001", "--coder", "B")
    assert annotator("tag", session_file, *words).code == 0
    second = decode_session(session_file.read_bytes()).passes[1]
    assert (second.coder, second.purpose) == ("B", Purpose.DOUBLE)
    assert (second.tags[0].start, second.tags[0].end) == (20_000_000, 21_000_001)


def test_nothing_is_left_behind(annotator: CommandLine, session_file: Path) -> None:
    annotator("tag", session_file, "--code", "reflection", "--start", "1", "--coder", "A")
    names = {one.name for one in session_file.parent.iterdir()}
    assert "talk.session.json.lock" not in names
    assert "talk.session.json.journal" not in names


def test_snap_moves_to_the_frame_on_screen(
    annotator: CommandLine, clip: TimingClip, tmp_path: Path
) -> None:
    path = tmp_path / "clip.session.json"
    annotator("new", clip.path, "-o", path)
    between = (clip.frame_times[5] + clip.frame_times[6]) // 2
    words = ("--code", "reflection", "--start", f"{between / 1_000_000:.6f}", "--coder", "A")
    assert annotator("tag", path, *words, "--snap").code == 0
    assert annotator("tag", path, *words).code == 0
    tags = decode_session(path.read_bytes()).passes[0].tags
    assert [tag.start for tag in tags] == [clip.frame_times[5], between]


def test_table(annotator: CommandLine, session_file: Path) -> None:
    said = annotator("tags", session_file)
    assert said.code == 0
    assert "Talk" in said.out
    line = next(line for line in said.out.splitlines() if "12.480" in line)
    assert line.split() == ["0:00:12.480", "Reflection", "C07", "A", "[b]é"]
    assert said.out.endswith("1 tag\n")


def test_json_has_numbers(annotator: CommandLine, session_file: Path) -> None:
    (row,) = json.loads(annotator("tags", session_file, "--json").out)
    assert (row["code"], row["start"], row["coder"], row["note"]) == (
        "reflection",
        12.48,
        "A",
        "[b]é",
    )


def test_csv_has_seconds(annotator: CommandLine, session_file: Path) -> None:
    said = annotator("tags", session_file, "--csv", "--coder", "A")
    (row,) = csv.DictReader(io.StringIO(said.out))
    assert (row["code"], row["start"], row["end"]) == ("reflection", "12.48", "12.48")


def test_tags_can_be_read_while_the_session_is_open(
    annotator: CommandLine, session_file: Path
) -> None:
    opened = SessionStore.open(session_file, "A")
    try:
        assert annotator("tags", session_file).code == 0
    finally:
        opened.store.close()


def test_tag_of_an_open_session_is_refused(annotator: CommandLine, session_file: Path) -> None:
    opened = SessionStore.open(session_file, "Maria")
    before = session_file.read_bytes()
    try:
        words = ("--code", "reflection", "--start", "1", "--coder", "A")
        said = annotator("tag", session_file, *words)
    finally:
        opened.store.close()
    assert said.code == 2
    assert "Maria" in said.err
    assert session_file.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--code", "reflecton", "--start", "1"), "It has: reflection, silence"),
        (("--code", "silence", "--start", "1"), "needs an end"),
        (("--code", "silence", "--start", "2", "--end", "1"), "cannot end before"),
        (("--code", "reflection", "--start", "61"), "from 0 to 60.0 seconds"),
        (("--code", "reflection", "--start", "-1"), "from 0 to 60.0 seconds"),
        (("--code", "reflection", "--start", "soon"), "is not a time such as"),
        (("--code", "reflection", "--start", "1", "--participant", "Bob"), "It has: client"),
        (("--code", "reflection", "--start", "1", "--snap"), "gone.mp4"),
    ],
)
def test_a_tag_that_does_not_fit(
    annotator: CommandLine, session_file: Path, words: tuple[str, ...], told: str
) -> None:
    before = session_file.read_bytes()
    said = annotator("tag", session_file, *words, "--coder", "A")
    assert said.code == 2
    assert told in said.err
    assert session_file.read_bytes() == before
    assert not list(session_file.parent.glob("*.lock"))


def test_unknown_coder(annotator: CommandLine, session_file: Path) -> None:
    said = annotator("tags", session_file, "--coder", "Z")
    assert (said.code, said.out) == (2, "")
    assert "Coded by: A." in said.err


@pytest.mark.parametrize("command", [("tags",), ("check",)])
def test_missing_session(annotator: CommandLine, tmp_path: Path, command: tuple[str, ...]) -> None:
    said = annotator(*command, tmp_path / "gone.session.json")
    assert said.code == 2
    assert "gone.session.json" in said.err
