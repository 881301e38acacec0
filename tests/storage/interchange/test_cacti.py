"""CACTI's files of all versions are read as they were meant, each oddity of theirs told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing

import pytest

from annotator.model.codebook import CodeKind, Speaker
from annotator.model.coding import UNNAMED, Rating
from annotator.model.participant import ParticipantRole
from annotator.model.session import Session
from annotator.storage.interchange.exchange import Imported, read_foreign
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import Outcome
from annotator.storage.interchange.source import Source, nothing_beside
from tests.support.foreign import NOW, lost, places, read, repaired

S = 1_000_000
SCHEMA = """
PRAGMA user_version=1;
create table speakers (speaker_id integer primary key not null,
  speaker_name string not null unique);
create table codes (code_id integer primary key not null, code_name string not null unique,
  speaker_id integer, foreign key (speaker_id) references speakers (speaker_id));
create table utterances (utterance_id TEXT primary key not null unique,
  time_marker string not null, code_id integer, annotation string);
create table ratings (rating_id integer primary key not null, rating_name string not null unique,
  response_value integer not null);
create table utterances_ratings (utterance_id TEXT, rating_id integer);
create table attributes ( name, value );
insert into speakers values (0, 'Therapist'), (1, 'Client');
insert into codes values (20, 'SR+', 0), (34, 'D+', 1);
insert into attributes values ('AUDIO_FILE_PATH', 'C:\\audio\\s1.wav'), ('GLOBAL_NOTES', '');
"""
CONFIGURATION = """<userConfiguration>
<codes><!-- Therapist codes --><code name="SR+" value="20"/><code name="Z" value="100"/></codes>
<codeControls panel="left" label="Therapist codes"><row><button code="SR+"/><button code="no"/>
<group label="More"><button code="Z" key="z"/></group></row></codeControls>
<codes><code name="D+" value="34"/><code name="D+" value="35"/><code value="36"/></codes>
<codeControls panel="right" label="Client"><row><button code="D+"/></row></codeControls>
<globals><global name="EMPATHY" label="Empathy" value="1"/>
<global name="SELF" label="Self" value="6" defaultRating="3" minRating="0" maxRating="7"/></globals>
<globalControls panel="left"><slider global="EMPATHY"/><spacer/></globalControls>
</userConfiguration>"""


def casaa(*statements: str) -> bytes:
    """Make a database as CACTI does, with more statements run on it."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCHEMA)
        for one in statements:
            database.execute(one)
        database.commit()
        return database.serialize()


def beside(files: Mapping[str, str]) -> Callable[[str], bytes | None]:
    """Give files by their names."""
    return lambda name: files[name].encode() if name in files else None


def read_with(data: bytes | str, name: str, files: Mapping[str, str]) -> Imported:
    """Read a file that has others beside it."""
    raw = data.encode() if isinstance(data, str) else data
    return read_foreign(Source(name, raw, beside(files)), Wishes(now=NOW))


def only(found: Imported) -> Session:
    """Give the one session that was found."""
    (session,) = found.sessions
    return session


def spans(session: Session) -> list[tuple[str, int, int]]:
    """Give the tags as a code's name and whole milliseconds."""
    names = {code.id: code.name for code in session.codebook.codes} | {UNNAMED: UNNAMED}
    return [(names[t.code], t.start // 1000, t.end // 1000) for t in session.passes[0].tags]


def test_utterances_are_moments_of_their_codes_speakers() -> None:
    data = casaa(
        "insert into utterances values ('000012334', '00:00:12.3', 34, 'warm')",
        "insert into utterances values ('010203420', '01:02:03.4', 20, '')",
    )
    found = read(data, "s1.casaa", coder="Ann")
    session = only(found)
    assert spans(session) == [("D+", 12_300, 12_300), ("SR+", 3_723_400, 3_723_400)]
    first, second = session.passes[0].tags
    assert (first.participant, first.note, first.extra) == ("Client", "warm", {})
    assert second.participant == "Therapist"
    assert session.passes[0].coder == "Ann"
    assert [(one.id, one.role) for one in session.participants] == [
        ("Therapist", ParticipantRole.THERAPIST),
        ("Client", ParticipantRole.CLIENT),
    ]
    assert [
        (one.name, one.abbreviation, one.speaker, one.kind) for one in session.codebook.codes
    ] == [
        ("SR+", "SR+", Speaker.THERAPIST, CodeKind.POINT),
        ("D+", "D+", Speaker.CLIENT, CodeKind.POINT),
    ]
    assert [one.path for one in session.recordings] == ["C:/audio/s1.wav"]
    assert (found.report.counted_in, found.report.counted_out) == (2, 2)
    assert found.report.lines() == []


def test_ratings_have_their_notes_and_evidence() -> None:
    found = read(
        casaa(
            "insert into utterances values ('000001020', '00:00:01.0', 20, '')",
            "insert into utterances values ('000002020', '00:00:02.0', 20, '')",
            "insert into ratings values (1, 'EMPATHY', 4), (2, 'AUTONOMY', 1)",
            "insert into utterances_ratings values ('000002020', 1), ('000002020', 1), ('9', 1)",
            "update attributes set value = 'good\nEMPATHY: warm\nEMPATHY: twice'"
            " where name = 'GLOBAL_NOTES'",
        ),
        "s1.casaa",
    )
    session = only(found)
    assert session.passes[0].ratings == (
        Rating("EMPATHY", 4, "warm", ("t2",)),
        Rating("AUTONOMY", 1),
    )
    assert [(one.id, one.minimum, one.maximum) for one in session.codebook.ratings] == [
        ("EMPATHY", 1, 5),
        ("AUTONOMY", 1, 5),
    ]
    assert session.extra["cacti"] == {"notes": "good\nEMPATHY: twice"}
    assert (found.report.counted_in, found.report.counted_out) == (4, 4)
    assert places(found.report, "an utterance that there is not") == ("utterance 9",)
    told = {one.message for one in found.report.remarks}
    assert "a rating that was never given cannot be told from one at what it is at first" in told
    assert "the notes on the whole session are kept, for CACTI alone" in told


def test_scales_labels_and_panels_are_taken_from_the_configuration_beside() -> None:
    data = casaa(
        "insert into ratings values (1, 'EMPATHY', 4), (6, 'SELF', 7)",
        "insert into codes values (70, 'SU', null)",
    )
    found = read_with(data, "s1.casaa", {"userConfiguration.xml": CONFIGURATION})
    session = only(found)
    empathy, other = session.codebook.ratings
    assert (empathy.name, empathy.default, empathy.maximum) == ("Empathy", 1, 5)
    assert (other.name, other.default, other.minimum, other.maximum) == ("Self", 3, 0, 7)
    groups = {one.id: one.name for one in session.codebook.groups}
    assert [groups.get(one.group) for one in session.codebook.codes] == [
        "Therapist codes",
        "Client",
        None,
    ]
    assert any("“userConfiguration.xml” beside" in one.message for one in found.report.remarks)
    broken = read_with(data, "s1.casaa", {"userConfiguration.xml": "<no"})
    assert any("could not be read" in one.message for one in broken.report.remarks)


def test_numbers_in_texts_are_told() -> None:
    found = read(
        casaa("insert into utterances values ('000001020', '00:00:01.0', 20, '007')"), "s1.casaa"
    )
    assert only(found).passes[0].tags[0].note == "7"
    assert places(found.report, "annotation is a number") == ("utterance 000001020",)


def test_utterances_without_a_code_or_with_an_unknown_one_are_told() -> None:
    found = read(
        casaa(
            "insert into utterances values ('1', '00:00:01.0', null, 'what?')",
            "insert into utterances values ('2', '00:00:02.0', 99, '')",
            "insert into utterances values ('3', '00:00:03.0', 99, '')",
        ),
        "s1.casaa",
    )
    assert spans(only(found)) == [
        (UNNAMED, 1000, 1000),
        ("code 99", 2000, 2000),
        ("code 99", 3000, 3000),
    ]
    assert places(found.report, "no code; it waits") == ("utterance 1",)
    assert repaired(found.report) == {
        "there is no code with the number 99; it was made": ("utterance 2",)
    }
    assert only(found).passes[0].tags[0].extra == {"cacti": {"id": "1"}}


def test_what_has_no_time_or_number_is_not_carried() -> None:
    found = read(
        casaa(
            "insert into utterances values ('1', 'soon', 20, '')",
            "insert into utterances values ('2', '00:00:60.0', 20, '')",
            "insert into utterances values ('3', '00:01:01,5', 20, '')",
            "insert into ratings values (1, 'EMPATHY', 'high')",
            "insert into ratings values (2, ' ', 3)",
        ),
        "s1.casaa",
    )
    assert spans(only(found)) == [("SR+", 60_000, 60_000), ("SR+", 61_500, 61_500)]
    assert places(found.report, "time of an utterance") == ("utterance 1",)
    assert places(found.report, "no name, or no number") == ("rating “EMPATHY”", "rating “”")
    told = (one for one in found.report.remarks if one.outcome is Outcome.NOT_CARRIED)
    assert found.report.counted_in - found.report.counted_out == sum(
        len(one.places) for one in told
    )


def test_a_database_that_was_in_use_is_read() -> None:
    data = bytearray(casaa("insert into utterances values ('1', '00:00:01.0', 20, '')"))
    data[18:20] = b"\2\2"  # as SQLite marks files beside which a "-wal" lies
    found = read_with(bytes(data), "s1.casaa", {"s1.casaa-wal": "newer"})
    assert spans(only(found)) == [("SR+", 1000, 1000)]
    assert any("“-wal” file" in one.message for one in found.report.remarks)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("00:00:05.1\t20\tSR+", ("SR+", 5100, 5100)),
        ("3\t00:00:05.1\t20\tSR+", ("SR+", 5100, 5100)),
        ("0\t0:00:05\t0:00:09\t800\t1600\t20\tSR+", ("SR+", 5000, 9000)),
        ("0\t0:00:05\tnull\t800\t-1\t20\tSR+", ("SR+", 5000, 5000)),
        ("0\t0:00:00\t0:00:00\t0\t0\t20\tSR+", ("SR+", 0, 0)),
        ("0\t0:00:05\t0:00:09\t800\t1600", (UNNAMED, 5000, 9000)),
        ("00:00:05.1 SR+", ("SR+", 5100, 5100)),
    ],
)
def test_text_forms(line: str, expected: tuple[str, int, int]) -> None:
    found = read(f"Audio File:\t/a/s1.wav\n{line}\n", "s1.casaa")
    session = only(found)
    assert found.format.id == "cacti"
    assert spans(session) == [expected]
    assert [one.path for one in session.recordings] == ["/a/s1.wav"]
    assert (found.report.counted_in, found.report.counted_out) == (1, 1)


def test_what_is_odd_in_text_forms_is_told_with_its_line() -> None:
    found = read(
        "Audio Filename:\ts1.wav\n"
        "0\t0:00:05\tnull\t1\t2\t20\tSR+\n"
        "\n"
        "nothing to see\n"
        "1\t0:00:00\t0:00:00\t1\t2\t20\tSR+\n"
        "2\t0:00:07\t0:00:08\t1\t2\n",
        "s1.casaa",
    )
    assert repaired(found.report) == {
        "the end of an utterance is not told; it is a moment now": ("line 2",)
    }
    assert places(found.report, "at 0, where later versions") == ("line 5",)
    assert places(found.report, "waits for one") == ("line 6",)
    assert places(found.report, "a line is no utterance") == ("line 4",)
    assert any("since 0.30" in one.message for one in found.report.remarks)
    assert (found.report.counted_in, found.report.counted_out) == (4, 3)


def test_an_exported_list_is_read_with_the_speakers_of_the_configuration() -> None:
    text = "Audio File:\ts1.wav\n00:00:01.0 SR+\n00:00:02.0 D+\n00:00:03.0 D+\n00:00:04.0 OTHER\n"
    found = read_with(text, "exported_codelist_s1.txt", {"userConfiguration.xml": CONFIGURATION})
    session = only(found)
    assert [tag.participant for tag in session.passes[0].tags] == [
        "Therapist",
        "Client",
        "Client",
        "",
    ]


@pytest.mark.parametrize(
    "notes",
    ["Notes:\ttwo\nlines", "Notes: two\nlines", "NOTES:\n two\nlines", "Notes:\ntwo\nlines"],
)
def test_ratings_in_a_file_of_their_own(notes: str) -> None:
    told = "EMPATHY:\t4\nEMPATHY:\t5\nhm\nSELF:\t1\n"
    text = f"Global Ratings\n\nAudio File:\ts1.wav\n{told}\n{notes}\n"
    found = read(text, "s1.globals")
    session = only(found)
    assert session.passes[0].ratings == (Rating("EMPATHY", 4), Rating("SELF", 1))
    kept = session.extra["cacti"]
    assert isinstance(kept, dict)
    assert [line.strip() for line in kept["notes"].split("\n")] == ["two", "lines"]
    assert (found.report.counted_in, found.report.counted_out) == (4, 2)
    assert places(found.report, "stands twice") == ("line 5",)
    assert places(found.report, "a line is no rating") == ("line 6",)


def test_ratings_beside_an_old_file_join_it() -> None:
    files = {"s1.globals": "Global Ratings\nAudio File:\ts1.wav\nEMPATHY:\t4\nNOTES:\tEMPATHY: x\n"}
    found = read_with("Audio File:\ts1.wav\n00:00:01.0\t20\tSR+\n", "s1.casaa", files)
    session = only(found)
    assert session.passes[0].ratings == (Rating("EMPATHY", 4, "x"),)
    assert len(session.recordings) == 1
    assert (found.report.counted_in, found.report.counted_out) == (2, 2)


def test_a_configuration_is_a_codebook() -> None:
    found = read(CONFIGURATION, "userConfiguration.xml")
    session = only(found)
    assert found.format.id == "cacti_config"
    groups = {one.id: one.name for one in session.codebook.groups}
    assert [
        (one.name, one.speaker, groups.get(one.group), one.key) for one in session.codebook.codes
    ] == [
        ("SR+", Speaker.THERAPIST, "Therapist codes", ""),
        ("Z", Speaker.THERAPIST, "More", "z"),
        ("D+", Speaker.CLIENT, "Client", ""),
    ]
    assert [(one.id, one.name, one.default) for one in session.codebook.ratings] == [
        ("EMPATHY", "Empathy", 1),
        ("SELF", "Self", 3),
    ]
    assert (found.report.counted_in, found.report.counted_out) == (7, 5)
    assert places(found.report, "without a name") == ("code “D+”", "code “”")
    assert places(found.report, "a button is for a code") == ("button “no”",)


def test_the_oldest_configuration_has_other_words() -> None:
    text = """<!-- all --><userCodes><codes><code label="A" value="1"/><code label="B" value="1"/>
    </codes><controls panel="therapist"><row><code label="A"/></row></controls>
    <controls panel="stage"><row><code label="B"/></row></controls></userCodes>"""
    found = read(text, "userCodes.xml")
    assert [(one.name, one.speaker) for one in only(found).codebook.codes] == [
        ("A", Speaker.THERAPIST),
        ("B", Speaker.NONE),
    ]
    assert places(found.report, "neither “Therapist” nor “Client”") == ("panel “stage”",)
    assert places(found.report, "number of a code") == ("code “B”",)


def test_scales_that_cannot_be_are_put_right() -> None:
    text = """<userConfiguration><codes><code name="A" value="1"/></codes><globals>
    <global name="X" label="x" value="1" minRating="9" maxRating="2" defaultRating="40"/>
    <global name="X" label="x" value="2"/></globals></userConfiguration>"""
    found = read(text, "c.xml")
    (item,) = only(found).codebook.ratings
    assert (item.minimum, item.maximum, item.default) == (2, 9, 2)
    assert lost(found.report) == {"a rating without a name, or with another's"}
    assert places(found.report, "code is on no button") == ("code “A”",)
    assert set(repaired(found.report)) == {
        "a rating's scale was upside down; its ends were exchanged",
        "what a rating is at first lies beyond its scale; it is its lowest",
    }


def test_a_database_is_known_by_its_tables() -> None:
    data = casaa("insert into utterances values ('1', '00:00:01.0', 20, '')")
    source = Source("copy.db", data, nothing_beside)
    assert read_foreign(source, Wishes(now=NOW)).format.id == "cacti"
