"""`annotator transcript`: in, shown, and out again; a bad file changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.storage.codec import decode_session
from annotator.storage.store import SessionStore
from tests.support.commands import CommandLine

VTT = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Client>I do not know.

00:00:03.500 --> 00:00:06.000
<v T>You are not sure yet.
And it weighs on you.

00:01:10.000 --> 00:01:11.000
<v T>Bye.
"""


@pytest.fixture
def spoken(annotator: CommandLine, session_file: Path, tmp_path: Path) -> Path:
    film_text = tmp_path / "talk.vtt"
    film_text.write_text(VTT, encoding="utf-8")
    said = annotator("transcript", "import", session_file, film_text)
    assert said.code == 0, said.err
    return session_file


def test_import_tells_who_speaks_and_what_is_odd(
    annotator: CommandLine, session_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.vtt").write_text(VTT, encoding="utf-8")
    said = annotator("transcript", "import", session_file, tmp_path / "a.vtt", "--language", "en")
    assert said.out == "Imported 3 cues from a.vtt: Client 1 (client), T 2 (not assigned)\n"
    assert "1 cue lies beyond the film's end (kept)" in said.err
    (only,) = decode_session(session_file.read_bytes()).transcripts
    assert [cue.participant for cue in only.cues] == ["client", "", ""]
    assert (only.language, only.source) == ("en", "a.vtt")


def test_roles_say_who_a_speaker_is(
    annotator: CommandLine, session_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.vtt").write_text(VTT, encoding="utf-8")
    words = ("transcript", "import", session_file, tmp_path / "a.vtt", "--roles")
    assert "T 2 (client)" in annotator(*words, "T=client").out
    before = session_file.read_bytes()
    for roles, why in (
        ("T=nobody", 'no participant "nobody"'),
        ("X=client", 'called "X"'),
        ("T", 'has no "="'),
    ):
        said = annotator(*words, roles)
        assert said.code == 2
        assert why in said.err
        assert session_file.read_bytes() == before


def test_a_second_import_adds_or_replaces(
    annotator: CommandLine, spoken: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.srt"
    again.write_text("1\n00:00:05,000 --> 00:00:06,000\nHm.\n", encoding="utf-8")
    assert annotator("transcript", "import", spoken, again).code == 0
    first, second = decode_session(spoken.read_bytes()).transcripts
    assert (len(first.cues), len(second.cues)) == (3, 1)
    assert "Hm." in annotator("transcript", "show", spoken).out
    assert "You are not sure yet." in annotator("transcript", "show", spoken, "--number", "1").out
    assert "has 2 transcripts" in annotator("transcript", "show", spoken, "--number", "3").err
    assert annotator("transcript", "import", spoken, again, "--replace").code == 0
    kept = decode_session(spoken.read_bytes()).transcripts
    assert [one.id for one in kept] == [first.id, second.id]


def test_show_and_json_agree(annotator: CommandLine, spoken: Path) -> None:
    shown = annotator("transcript", "show", spoken)
    assert shown.out.startswith("0:00:01.000 C07: I do not know.\n")
    assert "0:00:01.000 client:" in annotator("transcript", "show", spoken, "--codes").out
    tree = json.loads(annotator("transcript", "show", spoken, "--json").out)
    assert [cue["start"] for cue in tree["cues"]] == [1.0, 3.5, 70.0]
    assert tree["cues"][0]["participant"] == "client"


@pytest.mark.parametrize("ending", ["vtt", "srt"])
def test_what_went_out_comes_in_again(
    annotator: CommandLine, spoken: Path, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"out.{ending}"
    said = annotator("transcript", "export", spoken, out)
    assert (said.code, said.out) == (0, f"Wrote {out}: 3 cues\n")
    assert "which participant speaks" in said.err
    assert annotator("transcript", "import", spoken, out).code == 0
    first, again = decode_session(spoken.read_bytes()).transcripts
    assert [(one.start, one.end, one.text) for one in again.cues] == [
        (one.start, one.end, one.text) for one in first.cues
    ]


def test_plain_text_is_for_reading(annotator: CommandLine, spoken: Path, tmp_path: Path) -> None:
    assert annotator("transcript", "export", spoken, tmp_path / "out.txt").code == 0
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert "0:00:03.500 T: You are not sure yet. And it weighs on you.\n" in text


def test_nothing_is_overwritten_and_the_name_says_the_format(
    annotator: CommandLine, spoken: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept.vtt"
    kept.write_text("mine", encoding="utf-8")
    assert annotator("transcript", "export", spoken, kept).code == 2
    assert kept.read_text(encoding="utf-8") == "mine"
    said = annotator("transcript", "export", spoken, tmp_path / "out.docx")
    assert (said.code, "Endings are" in said.err) == (2, True)


def test_a_session_without_one_says_how_to_get_one(
    annotator: CommandLine, session_file: Path, tmp_path: Path
) -> None:
    for words in (("show", session_file), ("export", session_file, tmp_path / "a.vtt")):
        said = annotator("transcript", *words)
        assert said.code == 2
        assert "Import one with" in said.err


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing like it\n", b"\x00\xff\xfe" * 50, b"WEBVTT\n\nsoon --> later\nHm\n"],
)
def test_a_bad_file_changes_nothing(
    annotator: CommandLine, session_file: Path, tmp_path: Path, content: bytes
) -> None:
    bad, before = tmp_path / "bad.vtt", session_file.read_bytes()
    bad.write_bytes(content)
    said = annotator("transcript", "import", session_file, bad)
    assert (said.code, said.out) == (2, "")
    assert said.err
    assert session_file.read_bytes() == before


def test_a_session_open_elsewhere_is_left_alone(
    annotator: CommandLine, session_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.vtt").write_text(VTT, encoding="utf-8")
    opened = SessionStore.open(session_file, "B")
    try:
        before = session_file.read_bytes()
        said = annotator("transcript", "import", session_file, tmp_path / "a.vtt")
        assert said.code == 2
        assert session_file.read_bytes() == before
    finally:
        opened.store.close()


def test_missing_files_are_told(annotator: CommandLine, session_file: Path) -> None:
    assert annotator("transcript", "import", session_file, "gone.vtt").code == 2
    assert annotator("transcript", "show", "gone.session.json").code == 2


def test_speakers_are_assigned_in_all_transcripts(
    annotator: CommandLine, spoken: Path, tmp_path: Path
) -> None:
    assert annotator("transcript", "import", spoken, tmp_path / "talk.vtt").code == 0
    said = annotator("transcript", "assign", spoken, "T=C07")
    assert (said.code, said.out) == (0, "“T” is C07: 4 cues changed.\n")
    session = decode_session(spoken.read_bytes())
    assert {cue.participant for one in session.transcripts for cue in one.cues} == {"client"}


def test_whoever_is_not_in_the_session_yet_is_added_with_a_role(
    annotator: CommandLine, spoken: Path
) -> None:
    said = annotator("transcript", "assign", spoken, "T=T01", "Client=client", "--new", "therapist")
    assert said.out == "“T” is T01: 2 cues changed.\n“Client” is C07: 0 cues changed.\n"
    session = decode_session(spoken.read_bytes())
    added = session.participants[-1]
    assert (added.label, added.role.value) == ("T01", "therapist")
    assert [cue.participant for cue in session.transcripts[0].cues] == [
        "client",
        added.id,
        added.id,
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("T",), "“T” is not such as T=therapist"),
        (("T=",), "not such as T=therapist"),
        (("X=client",), "Nobody in the transcript is called “X”.\nIt has: Client, T."),
        (("T=T01",), "No one participant is called “T01”."),
        (("T=client", "X=client"), "called “X”"),
    ],
)
def test_what_cannot_be_assigned_changes_nothing(
    annotator: CommandLine, spoken: Path, words: tuple[str, ...], why: str
) -> None:
    before = spoken.read_bytes()
    said = annotator("transcript", "assign", spoken, *words)
    assert said.code == 2
    assert why in said.err
    assert spoken.read_bytes() == before
