"""Files of Datavyu come in and go out, and what they cannot hold is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model.codebook import Attribute, Choice, Code
from annotator.model.coding import UNNAMED, CodingPass, Purpose
from annotator.model.recording import Recording, RecordingRole
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.datavyu_table import guarded, pieces, plain
from annotator.storage.interchange.exchange import Imported, form_of
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.source import Source
from tests.support.foreign import (
    BOOK,
    FILM,
    LOST_ON_TIERS,
    LOST_WITHOUT_TAGS,
    NOW,
    coded_sessions,
    lost,
    places,
    read,
    repaired,
    rich_session,
    session_of,
    tag,
    told_apart,
    write,
)

PROJECT = """!project
dbFile: test.opf
name: baby 16
origpath: /Users/lab/Desktop
version: 5
viewerSettings:
- !vs
  classifier: datavyu.video
  feed: C:\\films\\baby.mov
  plugin: f13f226e-df7e-31dc-8bba-f35c71e53479
  settingsId: '1'
  trackSettings: !ts
    bookmark: '1500'
    bookmarks: [1500]
    locked: true
    version: 2
  version: 3
"""
SETTINGS = "#Mon Mar 01 09:00:00 CET 2026\noffset=2500\nvolume=0.5\nframesPerSecond=29.97\n"
TABLE = """#4
look (MATRIX,true,)-direction|NOMINAL,who|NOMINAL
00:00:07:059,00:00:09:000,(l,mum)
00:00:09:500,00:00:09:500,(<direction>,)
01:00:00:000,01:00:01:001,(a\\,b\\-c,\\(d\\)\\|\\\\)
hidden (TEXT,false,)
00:00:00:000,00:00:01:000,two\\
lines\\, and a \\-
"""
FOUND = [
    ("hidden", 0, 1_000_000, "two\nlines, and a -", {}),
    ("look", 7_059_000, 9_000_000, "", {"direction": "l", "who": "mum"}),
    ("look", 9_500_000, 9_500_000, "", {}),
    ("look", 3_600_000_000, 3_601_001_000, "", {"direction": "a,b-c", "who": "(d)|\\"}),
]
LOST = LOST_ON_TIERS | {
    "a participant",
    "a participant's label",
    "the part of a time below a millisecond",
    "the region that is coded",
}
"""What a file of Datavyu has no place for; all else is the same when it is read again."""

LOST_AT_TIMES = LOST_WITHOUT_TAGS | {"a participant"}
"""Of these, what is lost where there are no tags of a code, of a pass, or about a person."""


def packed(members: Mapping[str, str | bytes]) -> bytes:
    """Pack members into an archive."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def unpacked(data: bytes) -> dict[str, str]:
    """Give the members of an archive as texts."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def opened(table: str | bytes, **wishes: object) -> Imported:
    """Read a table as a file of Datavyu."""
    return read(packed({"db": table, "project": PROJECT, "1": SETTINGS}), "baby.opf", **wishes)


def found_in(session: Session) -> list[tuple[str, int, int, str, Mapping[str, str]]]:
    tags = (one for each in session.passes for one in each.tags)
    return [(one.code, one.start, one.end, one.note, one.attributes) for one in tags]


def cues_of(session: Session) -> list[tuple[int, int, str, str]]:
    cues = (cue for one in session.transcripts for cue in one.cues)
    return [(one.start, one.end, one.text, one.speaker) for one in cues]


def test_a_file_is_read() -> None:
    imported = opened(TABLE, tier_uses={"hidden": TierUse.CODE})
    (session,) = imported.sessions
    assert found_in(session) == FOUND
    assert session.title == "baby 16"
    assert (imported.report.counted_in, imported.report.counted_out) == (4, 4)
    assert imported.unit == "cells"
    assert [(one.name, one.count) for one in imported.tiers] == [("look", 3), ("hidden", 1)]


def test_films_begin_where_their_settings_say() -> None:
    (session,) = opened(TABLE).sessions
    (film,) = session.recordings
    assert (film.path, film.offset) == ("C:/films/baby.mov", 2_500_000)
    assert film.extra["datavyu"] == {
        "feed": "C:\\films\\baby.mov",
        "properties": {"volume": "0.5", "framesPerSecond": "29.97"},
        "plugin": "f13f226e-df7e-31dc-8bba-f35c71e53479",
        "classifier": "datavyu.video",
        "bookmarks": [1500],
    }


@pytest.mark.parametrize(
    ("films", "paths"),
    [
        ("viewerSettings: []", []),
        (
            "viewerSettings:\n- !vs\n  feed: /a b/c.mov\n  offset: '-40'\n",
            [("/a b/c.mov", -40_000)],
        ),
        ("viewerSettings:\n  x: !vs\n    feed: c.mov\n    offset: '7'\n", [("c.mov", 7000)]),
        ('viewerSettings:\n- !vs\n  feed: "\\u00fc\\ud83d\\ude00.mov"\n', [("ü😀.mov", 0)]),
        ("viewerSettings:\n- !vs\n  feed: c.mov\n  offset: soon\n", [("c.mov", 0)]),
        ("viewerSettings:\n- 1\n- !vs\n  feed: null\n", []),
    ],
)
def test_projects_of_all_versions_are_read(films: str, paths: list[tuple[str, int]]) -> None:
    project = f"!project\ndbFile: null\nname: Project1\nversion: 3\n{films}"
    imported = read(packed({"db": TABLE, "project": project}), "baby.opf")
    (session,) = imported.sessions
    assert [(one.path, one.offset) for one in session.recordings] == paths
    assert session.title == "baby"
    assert bool(repaired(imported.report)) == ("soon" in films)


@pytest.mark.parametrize(
    ("head", "hidden"),
    [
        ("#4\nlook (MATRIX,true,)-a|NOMINAL,b|NOMINAL", False),
        ("#4\nlook (MATRIX,false,by Ann)-a|NOMINAL,b|NOMINAL", True),
        ("#3\nlook (MATRIX,true)-a|NOMINAL,b|NOMINAL", False),
        ("#3\nlook (MATRIX,false)-a|NOMINAL,b|NOMINAL", True),
        ("#2\nlook (MATRIX)-a|NOMINAL,b|INTEGER", False),
        ("look (MATRIX)-a|NOMINAL,b|NOMINAL", False),
        ("#2\nlook(matrix)-a,b", False),
    ],
)
def test_tables_of_all_versions_are_read(head: str, *, hidden: bool) -> None:
    (session,) = opened(head + "\n00:00:01:000,00:00:02:000,(x,1)\n").sessions
    assert found_in(session) == [("look", 1_000_000, 2_000_000, "", {"a": "x", "b": "1"})]
    kept = session.extra["datavyu"]
    assert isinstance(kept, dict)
    assert kept["columns"][0].get("hidden", False) is hidden


def test_old_tables_know_no_backslashes() -> None:
    (session,) = opened("note (TEXT)\n00:00:01:000,00:00:02:000,a\\b, c\\\n").sessions
    assert found_in(session)[0][3] == "a\\b, c\\"


def test_predicates_of_old_are_kept_and_written_again() -> None:
    imported = opened("#2\n0:test0-float|FLOAT,int|INTEGER\n" + TABLE.partition("\n")[2])
    assert places(imported.report, "a predicate is kept") == ("line 2",)
    written = write(imported.sessions[0], "baby.opf")
    assert "0:test0-float|FLOAT,int|INTEGER\n" in unpacked(written.data)["db"]


def test_free_texts_become_notes_and_few_choices_attributes() -> None:
    long = "he looked at the ball and at nothing else at all"
    rows = f"00:00:01:000,00:00:02:000,(l,{long})\n00:00:03:000,00:00:04:000,(r,)\n"
    (session,) = opened(f"#4\nlook (MATRIX,true,)-side|NOMINAL,why|NOMINAL\n{rows}").sessions
    assert [one[3:] for one in found_in(session)] == [(long, {"side": "l"}), ("", {"side": "r"})]
    more = rows.replace("(l,", f"({long} too,").replace("(r,)", "(r,b)")
    (session,) = opened(f"#4\nlook (MATRIX,true,)-side|NOMINAL,why|NOMINAL\n{more}").sessions
    assert found_in(session)[0][3] == f"side: {long} too\nwhy: {long}"


def test_values_that_are_too_few_or_too_many_are_told() -> None:
    table = "#4\nlook (MATRIX,true,)-a|NOMINAL,b|NOMINAL\n"
    table += "00:00:01:000,00:00:02:000,(x)\n00:00:03:000,00:00:04:000,(x,y,z)\n"
    imported = opened(table)
    assert [one[4] for one in found_in(imported.sessions[0])] == [
        {"a": "x"},
        {"a": "x", "b": "y", "code03": "z"},
    ]
    assert places(imported.report, "1 values for 2") == ("line 3",)
    assert places(imported.report, "3 values for 2") == ("line 4",)


def test_lines_that_mean_nothing_are_told() -> None:
    table = "#4\n00:00:01:000,00:00:02:000,x\nlook (TEXT,true,)\nrubbish\n00:00:xx:000,1,y\n"
    imported = opened(table + "99999:99:99:999,00:00:00:000,y\n999999:00:00:000,00:00:00:000,y\n")
    assert imported.report.counted_in == 5
    assert imported.report.counted_out == 1
    assert places(imported.report, "above all columns") == ("line 2",)
    assert places(imported.report, "neither a column nor a cell: “rubbish”") == ("line 4",)
    assert places(imported.report, "a cell cannot be read") == ("line 5", "line 7")
    assert places(imported.report, "the end lay before the start") == ("line 6",)


def test_columns_of_one_name_are_told_apart() -> None:
    imported = opened("#4\na (TEXT,true,)\na (TEXT,true,)\n00:00:01:000,00:00:02:000,x\n")
    assert [one.name for one in imported.tiers] == ["a", "a (2)"]
    assert places(imported.report, "two columns are called") == ("line 3",)


def test_folders_and_what_macs_leave_in_archives_do_not_count() -> None:
    data = packed(
        {
            "__MACOSX/Baby/._db": b"\0\0",
            "__MACOSX/db": "#4\n",
            "../db": TABLE,
            "Baby/project": PROJECT,
            "Baby/deeper/db": "#4\n",
            "Baby/.DS_Store": b"\0",
        }
    )
    imported = read(data, "baby.opf", tier_uses={"hidden": TierUse.CODE})
    assert len(found_in(imported.sessions[0])) == 4
    assert any("a second “db”" in line for line in imported.report.lines())
    assert len(imported.sessions[0].recordings) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "mac_roman", "utf-16"])
def test_encodings_are_found_out(encoding: str) -> None:
    table = "#4\na (TEXT,true,)\n00:00:01:000,00:00:02:000,schön, è\n"
    assert found_in(opened(table.encode(encoding)).sessions[0])[0][3] == "schön, è"


def test_a_bare_table_is_read_too() -> None:
    assert form_of(Source("db", TABLE.encode())).id == "datavyu"
    assert form_of(Source("x.opf", packed({"db": TABLE}))).id == "datavyu"
    imported = read(TABLE, "baby.opf", tier_uses={"hidden": TierUse.CODE})
    assert found_in(imported.sessions[0]) == FOUND


def test_columns_can_be_taken_for_something_else() -> None:
    values = opened(TABLE, tier_uses={"look": TierUse.VALUES}).sessions[0]
    assert {one.code for each in values.passes for one in each.tags} >= {"l", "?"}
    speech = opened(TABLE, tiers=TierUse.TRANSCRIPT).sessions[0]
    assert (7_059_000, 9_000_000, "l mum", "look") in cues_of(speech)
    left = opened(TABLE, tiers=TierUse.LEAVE)
    assert left.report.counted_out == 0


def test_columns_of_a_speaker_and_a_content_are_what_was_said() -> None:
    table = "#4\nSPEECH (MATRIX,true,)-speaker|NOMINAL,content|NOMINAL\n"
    table += "00:00:05:000,00:00:10:000,(MRX,first line)\n00:00:10:001,00:00:20:000,(MSY,second)\n"
    imported = opened(table)
    assert cues_of(imported.sessions[0]) == [
        (5_000_000, 10_000_000, "first line", "MRX"),
        (10_001_000, 20_000_000, "second", "MSY"),
    ]
    assert [(one.name, one.count) for one in imported.tiers] == [("SPEECH", 2)]


def test_a_file_of_others_is_written_as_it_stood() -> None:
    rows = "".join(f"00:00:0{n}:000,00:00:0{n}:900,{'ab'[n % 2]}\n" for n in range(1, 9))
    table = TABLE + f"kind (NOMINAL,true,)\n{rows}empty (MATRIX,true,)-x|NOMINAL\n"
    table += "SPEECH (MATRIX,true,)-speaker|NOMINAL,content|NOMINAL\n"
    table += "00:00:05:000,00:00:10:000,(MRX,first line)\n"
    table = table.replace("<direction>", "")
    table = table.replace(
        "\nlines\\, and a \\-", "\nlines\\, and a \\-\n00:00:03:000,00:00:04:000,x"
    )
    (session,) = opened(table).sessions
    written = write(session, "baby.opf")
    assert lost(written.report) == set()
    members = unpacked(written.data)
    assert members["db"] == table
    assert members["1"] == "#\nvolume=0.5\nframesPerSecond=29.97\noffset=2500\n"
    assert "C:\\\\films\\\\baby.mov" in members["project"]
    again = read(written.data, "baby.opf").sessions[0]
    assert replace(again, codebook=session.codebook) == session


def test_a_session_loses_what_is_told_and_nothing_else() -> None:
    session = rich_session()
    written = write(session, "talk.opf")
    assert lost(written.report) == LOST - LOST_AT_TIMES
    (again,) = read(written.data, "talk.opf").sessions
    for one, other in zip(session.passes, again.passes, strict=True):
        assert [(t.code, t.start, t.participant, t.note, t.attributes) for t in one.tags[:5]] == [
            (t.code, t.start, t.participant, t.note, t.attributes) for t in other.tags[:5]
        ] or one.coder == "B"
    assert cues_of(again) == cues_of(session)
    assert [one.path for one in again.recordings] == ["talk.mp4"]


@settings(max_examples=60, deadline=None)
@given(session=coded_sessions())
def test_all_tags_come_back(session: Session) -> None:
    count = told_apart(session)
    written = write(session, "talk.opf")
    assert lost(written.report) <= LOST
    assert written.report.counted_out == count
    again = read(written.data, "talk.opf").sessions[0]
    assert sorted(map(str, found_in(again))) == sorted(map(str, found_in(session)))


def test_names_are_made_safe_for_datavyu_which_is_told() -> None:
    codes = (
        Code("a", "(a) b", attributes=(Attribute("how", "how"), Attribute("note", "note"))),
        Code("Größe", "Größe"),
        Code("c", "c", attributes=(Attribute("x y", "x y", (Choice("1", "1"),)),)),
    )
    tags = (
        tag(1, "a", 0, 1, attributes={"how": "so", "note": "odd"}, note="<note>"),
        tag(2, "Größe", 0, 0),
        tag(3, UNNAMED, 5, 5),
        tag(4, "c", 6, 7, attributes={"x y": "1"}),
    )
    passes = (CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags),)
    session = session_of(*passes, codebook=replace(BOOK, codes=codes))
    written = write(session, "talk.opf")
    heads = [one for one in unpacked(written.data)["db"].splitlines() if "MATRIX" in one]
    end = "participant|NOMINAL,note|NOMINAL,coder|NOMINAL"
    assert heads == [
        f"a (MATRIX,true,)-how|NOMINAL,note_|NOMINAL,{end}",
        f"Gr__e (MATRIX,true,)-code|NOMINAL,{end}",
        f"c (MATRIX,true,)-x_y|NOMINAL,{end}",
        f"unnamed (MATRIX,true,)-code|NOMINAL,{end}",
    ]
    assert repaired(written.report) == {
        "the code “Größe” is called so in the file": ("“Gr__e”",),
        "the attribute “x y” is called so in the file": ("“x_y”",),
    }
    assert {"attributes", "a note"} <= lost(written.report)
    again = read(written.data, "talk.opf").sessions[0]
    assert [one[0] for one in found_in(again)] == ["Größe", "a", UNNAMED, "c"]


def test_two_coders_have_columns_of_their_own() -> None:
    table = unpacked(write(rich_session(), "talk.opf").data)["db"]
    heads = [line.partition(" ")[0] for line in table.splitlines() if "(MATRIX" in line]
    assert heads == [
        "reflection_A",
        "reflection_B",
        "silence_A",
        "silence_B",
        "open_question",
        "transcript",
    ]


def test_films_and_odd_times_are_written_as_datavyu_has_them() -> None:
    film = Recording("r1", 'Grüße 😀 "x".mp4', RecordingRole.ROOM, Micros(-1500), Micros(0), "")
    tags = (tag(1, "silence", -500, 400), tag(2, "silence", 360_000_000, 360_000_001))
    session = session_of(
        CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags), recordings=(FILM, film)
    )
    written = write(session, "talk.opf")
    members = unpacked(written.data)
    assert list(members) == ["db", "project", "1", "2"]
    assert members["1"].endswith("offset=0\n")
    assert members["2"].endswith("offset=-2\n")
    assert members["project"].isascii()
    lines = written.report.lines()
    assert any("began before the film" in line for line in lines)
    assert any("after 100 hours" in line for line in lines)
    again = read(written.data, "talk.opf").sessions[0]
    assert [one.path for one in again.recordings] == ["talk.mp4", 'Grüße 😀 "x".mp4']


def test_the_project_that_is_written_is_yaml_of_three_tags() -> None:
    class Loader(yaml.SafeLoader):
        pass

    seen = []
    for name in ("!project", "!vs", "!ts"):

        def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[object, object]:
            seen.append(node.tag)
            return loader.construct_mapping(node, deep=True)

        Loader.add_constructor(name, mapping)
    text = unpacked(write(rich_session(), "talk.opf").data)["project"]
    told = yaml.load(text, Loader=Loader)  # noqa: S506 a safe one
    assert seen == ["!project", "!vs", "!ts"]
    assert (told["version"], told["name"], told["dbFile"]) == (5, "talk", "db")
    film = told["viewerSettings"][0]
    assert (film["feed"], film["settingsId"], film["version"]) == ("talk.mp4", "1", 3)
    assert film["trackSettings"] == {
        "bookmark": "-1",
        "bookmarks": [],
        "locked": False,
        "version": 2,
    }


@given(values=st.lists(st.text("ab\\,()-|\n ", max_size=8), min_size=1, max_size=5))
def test_what_is_guarded_is_read_again(values: list[str]) -> None:
    assert [plain(one) for one in pieces(",".join(map(guarded, values)))] == values


def test_transcripts_of_odd_speakers_come_back() -> None:
    cues = (
        Cue("c0001", Micros(0), Micros(2_000_000), "One,\n(two)", "Mother"),
        Cue("c0002", Micros(1_000_000), Micros(3_000_000), "three"),
    )
    session = session_of(transcripts=(Transcript("t", cues),))
    written = write(session, "talk.opf")
    assert written.report.counted_out == 2
    assert cues_of(read(written.data, "talk.opf").sessions[0]) == cues_of(session)
