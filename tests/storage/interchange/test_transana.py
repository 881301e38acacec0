"""Transana's databases become a session for each episode, with clips as tags."""

from __future__ import annotations

from annotator.model.coding import UNNAMED
from annotator.model.session import Session
from annotator.storage.interchange.rtf_text import plain_text
from tests.support.foreign import lost, places
from tests.support.spoilt import is_even, read_as

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE TransanaData [\n'
    "  <!ELEMENT TransanaXMLVersion (#PCDATA)>\n  <!ELEMENT Num (#PCDATA)>\n"
    "  <!ELEMENT Num (#PCDATA)>\n]>\n\n"
)
RTF = (
    "{\\rtf1\\ansi{\\fonttbl{\\f0 Courier New;}}{\\*\\generator x;}\\f0\\fs24 \\'a4<0> "
    "Therapist: How are you?\\par\n\\'a4<2500> Client: Fine \\'e4h\\u8230?.\\par }"
)
RICH = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<richtext version="1.0.0.0" xmlns="http://www.wxwidgets.org"><paragraphlayout>'
    "<paragraph><text>above</text></paragraph><paragraph><text>\xa4</text>"
    '<text>"&lt;1000&gt; "</text><text>hello</text><symbol>8230</symbol></paragraph>'
    "<paragraph><text>\xa4&lt;2000&gt; </text></paragraph></paragraphlayout></richtext>"
)


def record(name: str, **told: object) -> str:
    """Write a record as Transana does, its values on lines of their own."""
    lines = "".join(
        f"      <{key}>\n        {value}\n      </{key}>\n" for key, value in told.items()
    )
    return f"    <{name}>\n{lines}    </{name}>\n"


def database(**lists: str) -> str:
    parts = "".join(f"  <{name}>\n{text}  </{name}>\n" for name, text in lists.items() if text)
    version = "  <TransanaXMLVersion>\n    2.0\n  </TransanaXMLVersion>\n"
    return f"{HEAD}<Transana>\n{version}{parts}</Transana>\n"


EPISODE = record(
    "Episode", Num=1, ID="First", SeriesNum=1, MediaFile="C:\\films\\talk.mp4", Length=60000
)
CLIP = record(
    "Clip", Num=5, ID="start", CollectNum=2, EpisodeNum=1, ClipStart=1000, ClipStop=4500,
    Comment="a &amp; b",
)  # fmt: skip
COLLECTIONS = record("Collection", Num=1, ID="All") + record(
    "Collection", Num=2, ID="Moments", ParentCollectNum=1, Owner="Ann"
)
KEYWORD = record(
    "KeywordRec", KeywordGroup="Talk", Keyword="reflection", Definition="says back",
    ColorDef="#FF0000",
)  # fmt: skip
ON_CLIP = record("ClipKeyword", ClipNum=5, KeywordGroup="Talk", Keyword="reflection")
WHOLE = database(
    SeriesFile=record("Series", Num=1, ID="Demo"),
    EpisodeFile=EPISODE,
    CollectionFile=COLLECTIONS,
    ClipFile=CLIP,
    TranscriptFile=record("Transcript", Num=1, ID="T1", EpisodeNum=1, RTFText=RTF)
    + record("Transcript", Num=2, ID="T2", EpisodeNum=1, RTFText=RICH)
    + record("Transcript", Num=3, ID="T3", EpisodeNum=1, ClipNum=5, RTFText=RTF),
    KeywordFile=KEYWORD,
    ClipKeywordFile=ON_CLIP,
    NoteFile=record("Note", Num=1, ID="N", ClipNum=5, NoteText="look")
    + record("Note", Num=2, ID="M", EpisodeNum=1, NoteText="later"),
    FilterFile=record("Filter", ReportType=1, FilterData="(lp1\n<&\np2"),
)


def tags(session: Session) -> list[tuple[int, int, str, str]]:
    found = [one for each in session.passes for one in each.tags]
    return [(one.start, one.end, one.code, one.note) for one in found]


def test_keywords_of_clips_are_tags_of_their_collections_owner() -> None:
    found = read_as(WHOLE, "talk.tra")
    (session,) = found.sessions
    assert (found.format.id, session.title) == ("transana", "First")
    assert tags(session) == [(1_000_000, 4_500_000, "reflection", "start: a & b\nlook")]
    assert [one.coder for one in session.passes] == ["Ann"]
    assert session.passes[0].tags[0].extra == {
        "transana": {"clip": "start", "collection": "All > Moments"}
    }
    (code,) = session.codebook.codes
    assert (code.name, code.definition, code.colour) == ("reflection", "says back", "#ff0000")
    assert [one.name for one in session.codebook.groups] == ["Talk"]
    (film,) = session.recordings
    assert (film.path, film.duration) == ("C:\\films\\talk.mp4", 60_000_000)


def test_time_codes_make_cues_of_rtf_and_of_xml() -> None:
    (session,) = read_as(WHOLE, "talk.tra").sessions
    first, second = session.transcripts
    assert [(cue.start, cue.end, cue.speaker, cue.text) for cue in first.cues] == [
        (0, 2_500_000, "Therapist", "How are you?"),
        (2_500_000, 60_000_000, "Client", "Fine äh…."),
    ]
    assert [(cue.start, cue.end, cue.text) for cue in second.cues] == [
        (1_000_000, 2_000_000, "hello…")
    ]
    assert (first.source, second.source) == ("T1", "T2")


def test_what_has_no_place_is_told() -> None:
    found = read_as(WHOLE, "talk.tra")
    assert lost(found.report) == {
        "a note on something else than a clip",
        "text above the first time code",
        "the transcript of a clip, which is a copy out of its episode's",
    }
    assert (found.report.counted_in, found.report.counted_out) == (7, 4)
    assert is_even(found)


def test_clips_without_a_keyword_wait_for_a_code() -> None:
    found = read_as(database(EpisodeFile=EPISODE, ClipFile=CLIP), "talk.tra", coder="Me")
    (session,) = found.sessions
    assert [one[2] for one in tags(session)] == [UNNAMED]
    assert session.passes[0].coder == "Me"
    assert places(found.report, "waits for a code") == ("clip “start”",)


def test_keywords_of_whole_episodes_are_on_all_of_it() -> None:
    on_all = record("ClipKeyword", EpisodeNum=1, KeywordGroup="Talk", Keyword="calm")
    found = read_as(database(EpisodeFile=EPISODE, ClipKeywordFile=on_all), "talk.tra")
    assert tags(found.sessions[0]) == [(0, 60_000_000, "calm", "")]
    bare = EPISODE.replace("60000", "0")
    other = database(EpisodeFile=bare, ClipKeywordFile=on_all)
    assert "a keyword of a whole episode whose length is not told" in lost(
        read_as(other, "talk.tra").report
    )


def test_pictures_that_stand_for_a_while_are_tags() -> None:
    shots = record(
        "Snapshot", Num=3, ID="shot", EpisodeNum=1, SnapshotTimeCode=2000, SnapshotDuration=500
    ) + record("Snapshot", Num=4, ID="loose")
    on_shot = record("ClipKeyword", SnapshotNum=3, KeywordGroup="Talk", Keyword="smile")
    text = database(EpisodeFile=EPISODE, SnapshotFile=shots, ClipKeywordFile=on_shot)
    found = read_as(text, "talk.tra")
    assert tags(found.sessions[0]) == [(2_000_000, 2_500_000, "smile", "shot")]
    assert places(found.report, "stands at no time") == ("“loose”",)


def test_texts_without_a_time_are_told() -> None:
    text = database(
        EpisodeFile=EPISODE,
        DocumentFile=record("Document", Num=1, ID="letter", XMLText="<p>raw & odd"),
        QuoteFile=record("Quote", Num=1, ID="word"),
        ClipKeywordFile=record("ClipKeyword", QuoteNum=1, KeywordGroup="Talk", Keyword="x"),
    )
    found = read_as(text, "talk.tra")
    assert len(lost(found.report)) == 3
    assert is_even(found)


def test_the_same_keyword_in_two_groups_is_two_codes() -> None:
    both = KEYWORD + KEYWORD.replace("Talk", "Face")
    on_clip = ON_CLIP + ON_CLIP.replace("Talk", "Face")
    text = database(EpisodeFile=EPISODE, ClipFile=CLIP, KeywordFile=both, ClipKeywordFile=on_clip)
    (session,) = read_as(text, "talk.tra").sessions
    assert [one.name for one in session.codebook.codes] == [
        "Talk : reflection",
        "Face : reflection",
    ]
    assert len({one[2] for one in tags(session)}) == 2


def test_films_side_by_side_count_from_the_first_that_begins() -> None:
    films = record("AddVid", Num=1, EpisodeNum=1, MediaFile="a.mp4", Length=50000, Offset=-2000)
    films += record("AddVid", Num=2, EpisodeNum=1, MediaFile="b.mp4", Length=50000, Offset=500)
    (session,) = read_as(
        database(EpisodeFile=EPISODE, AdditionalVidsFile=films), "talk.tra"
    ).sessions
    assert [(one.path, one.offset) for one in session.recordings] == [
        ("C:\\films\\talk.mp4", 2_000_000),
        ("a.mp4", 0),
        ("b.mp4", 2_500_000),
    ]


def test_clips_of_no_episode_are_a_session_of_their_own() -> None:
    found = read_as(database(ClipFile=CLIP, ClipKeywordFile=ON_CLIP), "talk.tra")
    (session,) = found.sessions
    assert (session.title, len(tags(session))) == ("talk", 1)
    assert places(found.report, "clips of no episode") == ("talk",)


def test_episodes_of_one_name_stay_apart() -> None:
    series = record("Series", Num=1, ID="One") + record("Series", Num=2, ID="Two")
    other = EPISODE.replace("        1\n      </Num>", "        2\n      </Num>")
    other = other.replace("        1\n      </SeriesNum>", "        2\n      </SeriesNum>")
    found = read_as(database(SeriesFile=series, EpisodeFile=EPISODE + other), "talk.tra")
    assert [one.title for one in found.sessions] == ["First", "Two: First"]


def test_old_files_may_be_in_latin_1_whatever_they_say() -> None:
    text = WHOLE.replace("reflection", "Rückmeldung").replace("\xa4", "&#164;")
    found = read_as(text.encode("cp1252"), "talk.tra")
    assert tags(found.sessions[0])[0][2] == "Rückmeldung"
    assert any("Windows-1252" in line for line in found.report.lines())


def test_rtf_is_read_as_people_see_it() -> None:
    rtf = "{\\rtf1{\\info{\\title no}}a\\tab b\\line{\\b c}\\~d\\{e\\}\\\\ \\emdash\\'80\\u-10179?}"
    assert plain_text(rtf) == "a\tb\nc\N{NO-BREAK SPACE}d{e}\\ —€\N{REPLACEMENT CHARACTER}"


def test_a_number_longer_than_that_of_any_letter_is_left_out() -> None:
    long = WHOLE.replace("<symbol>8230<", f"<symbol>{'9' * 5000}<")
    (session,) = read_as(long, "talk.tra").sessions
    assert [cue.text for cue in session.transcripts[1].cues] == ["hello"]
