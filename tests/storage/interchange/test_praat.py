"""TextGrids of Praat come in and go out, and what they cannot hold is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from praatio import textgrid
from pympi.Praat import TextGrid as PympiGrid

from annotator.model.coding import UNNAMED, CodingPass, Purpose
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.exchange import form_of, render
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.source import Source
from tests.support.foreign import (
    END,
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

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0\x20
xmax = 2.5\x20
tiers? <exists>\x20
size = 2\x20
item []:\x20
    item [1]:
        class = "IntervalTier"\x20
        name = "mood"\x20
        xmin = 0\x20
        xmax = 2.5\x20
        intervals: size = 3\x20
        intervals [1]:
            xmin = 0\x20
            xmax = 0.0126\x20
            text = ""\x20
        intervals [2]:
            xmin = 0.0126\x20
            xmax = 1.000001\x20
            text = "she says ""no""\nand goes"\x20
        intervals [3]:
            xmin = 1.000001\x20
            xmax = 2.5\x20
            text = "Grüße, 沉默"\x20
    item [2]:
        class = "TextTier"\x20
        name = "bell"\x20
        xmin = 0\x20
        xmax = 2.5\x20
        points: size = 2\x20
        points [1]:
            number = 0.5\x20
            mark = "ding"\x20
        points [2]:
            number = 1.5\x20
            mark = ""\x20
"""
SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
2.5
<exists>
2
"IntervalTier"
"mood"
0
2.5
3
0
0.0126
""
0.0126
1.000001
"she says ""no""\nand goes"
1.000001
2.5
"Grüße, 沉默"
"TextTier"
"bell"
0
2.5
2
0.5
"ding"
1.5
""
"""
CHRONOLOGICAL = """"Praat chronological TextGrid text file"
0 2.5   ! Time domain.
2   ! Number of tiers.
"IntervalTier" "mood" 0 2.5
"TextTier" "bell" 0 2.5

1 0 0.0126
""
1 0.0126 1.000001
"she says ""no""\nand goes"
2 0.5
"ding"
1 1.000001 2.5
"Grüße, 沉默"
2 1.5
""
"""
FOUND = [
    ("mood", 12_600, 1_000_001, 'she says "no"\nand goes'),
    ("bell", 500_000, 500_000, "ding"),
    ("mood", 1_000_001, 2_500_000, "Grüße, 沉默"),
    ("bell", 1_500_000, 1_500_000, ""),
]
LOST = LOST_ON_TIERS | {"a participant", "a participant's label", "a recording", "attributes"}
"""What a TextGrid has no place for; all else is the same when it is read again."""

LOST_AT_TIMES = LOST_WITHOUT_TAGS | {"a participant"}
"""Of these, what is lost where there are no tags of a code, of a pass, or about a person."""


def whole(tiers: str, size: int = 1) -> str:
    """Make a short TextGrid of two seconds from its tiers."""
    return f'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n2\n<exists>\n{size}\n{tiers}'


def found(session: Session) -> list[tuple[str, int, int, str]]:
    tags = (one for each in session.passes for one in each.tags)
    return [(one.code, one.start, one.end, one.note) for one in tags]


def only(text: bytes | str, **wishes: object) -> Session:
    return read(text, "talk.TextGrid", **wishes).sessions[0]


@pytest.mark.parametrize("text", [LONG, SHORT, CHRONOLOGICAL])
def test_the_three_forms_are_read_alike(text: str) -> None:
    imported = read(text, "talk.TextGrid", tiers=TierUse.CODE)
    assert found(imported.sessions[0]) == FOUND
    assert (imported.report.counted_in, imported.report.counted_out) == (4, 4)
    assert imported.report.remarks == ()
    assert imported.sessions[0].region == Interval(Micros(0), Micros(2_500_000))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_found_out(encoding: str, end: str) -> None:
    mark = "\ufeff" if encoding.endswith("e") else ""
    data = (mark + LONG).replace("\n", end).encode(encoding)
    assert found(only(data, tiers=TierUse.CODE)) == FOUND
    assert form_of(Source("x", data)).id == "praat"


def test_files_of_old_macs_and_windows_are_told_to_be_guesses() -> None:
    text = whole('"IntervalTier"\n"mood"\n0\n2\n1\n0\n2\n"schön, è"\n')
    for encoding, name in (("mac_roman", "MacRoman"), ("cp1252", "Windows-1252")):
        imported = read(text.encode(encoding), "talk.TextGrid", tiers=TierUse.CODE)
        assert found(imported.sessions[0])[0][3] == "schön, è"
        assert f"the encoding is a guess: {name} (noticed)" in imported.report.lines()
    data = text.encode("cp850")
    assert found(only(data, tiers=TierUse.CODE, encoding="cp850"))[0][3] == "schön, è"


def test_elans_way_of_writing_them_is_read() -> None:
    text = LONG.replace("item [1]:", "item[1]:").replace("intervals [2]:", "intervals [2]")
    start = text.index("        intervals [1]:")
    text = text[:start] + text[text.index("        intervals [2]") :]
    text = text.replace("intervals: size = 3", "intervals: size = 2")
    imported = read(text, "talk.TextGrid", tiers=TierUse.CODE)
    assert found(imported.sessions[0]) == FOUND
    assert imported.report.remarks == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xmin = 0 ", "xmin = -0 "),
        ("number = ", "time = "),
        ("xmin = ", "xmin="),
        ("0.0126 ", "1.26e-2 "),
        ("xmax = 2.5 ", 'xmax = 2.5 ! seconds, of "3" \n'),
        ("xmax = 2.5 ", "xmax = 2.5s\t"),
    ],
)
def test_numbers_are_read_as_praat_reads_them(old: str, new: str) -> None:
    assert old in LONG
    assert found(only(LONG.replace(old, new), tiers=TierUse.CODE)) == FOUND


def test_times_are_exact_to_the_decimal() -> None:
    text = whole(
        '"TextTier"\n"bell"\n0\n2\n4\n0.1\n"a"\n0.2000005\n"b"\n0.30000051\n"c"\n0,7\n"d"\n'
    )
    imported = read(text, "talk.TextGrid")
    starts = [one[1] for one in found(imported.sessions[0])]
    assert starts == [100_000, 200_000, 300_001, 700_000]
    assert repaired(imported.report) == {
        "times finer than a microsecond were rounded to it": (),
        "a comma before the decimals was read as a point": ("line 19",),
    }


def test_labels_of_blanks_and_intervals_without_length_are_told() -> None:
    text = whole('"IntervalTier"\n"mood"\n0\n2\n2\n0\n1\n"  "\n1\n1\n"now"\n')
    imported = read(text, "talk.TextGrid")
    assert found(imported.sessions[0]) == [("mood", 1_000_000, 1_000_000, "now")]
    assert places(imported.report, "blanks alone") == ("line 13",)
    assert places(imported.report, "has no length") == ("line 16",)
    assert imported.report.counted_in == imported.report.counted_out == 1


def test_a_quotation_mark_that_was_not_doubled_is_repaired() -> None:
    text = LONG.replace('text = "Grüße, 沉默"', 'text = "she said "no" to it"')
    imported = read(text, "talk.TextGrid", tiers=TierUse.CODE)
    assert found(imported.sessions[0])[2][3] == 'she said "no" to it'
    assert repaired(imported.report) == {
        "a quotation mark within a label stood alone; it was kept": ("line 27",)
    }


def test_times_that_lie_backwards_or_before_the_film_are_told() -> None:
    text = whole('"IntervalTier"\n"mood"\n0\n2\n2\n-1\n0.5\n"a"\n2\n1\n"b"\n')
    imported = read(text, "talk.TextGrid")
    assert found(imported.sessions[0]) == [
        ("mood", -1_000_000, 500_000, "a"),
        ("mood", 1_000_000, 2_000_000, "b"),
    ]
    assert places(imported.report, "before its start") == ()
    assert places(imported.report, "before their start") == ()
    assert places(imported.report, "the end lay before the start") == ("line 16",)
    assert places(imported.report, "before the film") == ("line 13",)


def test_tiers_of_one_name_and_of_none_are_told_apart() -> None:
    tier = '"TextTier"\n"bell"\n0\n2\n1\n1\n"a"\n'
    imported = read(whole(tier * 3 + tier.replace("bell", ""), 4), "talk.TextGrid")
    assert [one.name for one in imported.tiers] == ["bell", "bell (2)", "bell (3)", ""]
    assert places(imported.report, "two tiers") == ("line 16", "line 23")
    assert imported.report.counted_out == 4


def test_the_objects_of_a_collection_become_sessions() -> None:
    grid = '0\n2\n<exists>\n1\n"TextTier"\n"bell"\n0\n2\n1\n1\n"{}"\n'
    text = (
        'File type = "ooTextFile"\n"Collection"\n3\n"TextGrid"\n"one"\n'
        + grid.format("a")
        + '"Sound 2"\n"two"\n0 1 100 0.01 0.005\n1 1 0.5\n"TextGrid"\n"th""ree"\n'
        + grid.format("b")
    )
    imported = read(text, "talks.Collection", tiers=TierUse.CODE)
    assert [one.title for one in imported.sessions] == ["one", 'th"ree']
    assert [found(one)[0][3] for one in imported.sessions] == ["a", "b"]
    assert "the file holds 2 TextGrids; each became a session (noticed)" in imported.report.lines()
    told = "objects of other kinds stand in the file and were passed over: 1 (noticed)"
    assert told in imported.report.lines()
    assert imported.report.counted_in == imported.report.counted_out == 2


def test_what_a_file_says_of_its_sizes_is_held_against_it() -> None:
    text = whole('"TextTier"\n"bell"\n0\n2\n3\n1\n"a"\n', 2)
    lines = read(text, "talk.TextGrid").report.lines()
    assert "line 12: a tier speaks of 3 labels, and has 1 (noticed)" in lines
    assert "the file speaks of 2 tiers, and has 1 (noticed)" in lines


def test_tiers_of_ours_are_known_again_and_wishes_win() -> None:
    text = whole(
        '"IntervalTier"\n"mood @Ann >client"\n0\n2\n2\n0\n1\n"mood"\n1\n2\n"sad"\n'
        '"IntervalTier"\n"Therapist (transcript)"\n0\n2\n1\n0\n2\n"Yes"\n',
        2,
    )
    session = only(text)
    (one,) = session.passes
    assert one.coder == "Ann"
    assert found(session) == [("mood", 0, 1_000_000, ""), ("mood", 1_000_000, 2_000_000, "sad")]
    assert {each.participant for each in one.tags} == {"client"}
    (cue,) = session.transcripts[0].cues
    assert (cue.text, cue.speaker) == ("Yes", "Therapist")
    other = only(text, tiers=TierUse.VALUES)
    assert [each.coder for each in other.passes] == ["mood @Ann >client", "Therapist (transcript)"]


def test_a_session_loses_what_is_told_and_nothing_else() -> None:
    session = rich_session()
    written = write(session, "talk.TextGrid")
    assert lost(written.report) == LOST - LOST_AT_TIMES
    again = only(written.data)
    for one, other in zip(session.passes, again.passes, strict=True):
        assert [(t.code, t.start, t.end, t.participant, t.note) for t in one.tags] == [
            (t.code, t.start, t.end, t.participant, t.note) for t in other.tags
        ]
    cues = [(c.start, c.end, c.text, c.speaker) for c in session.transcripts[0].cues]
    assert [(c.start, c.end, c.text, c.speaker) for c in again.transcripts[0].cues] == cues
    assert again.region == session.region


@settings(max_examples=60, deadline=None)
@given(session=coded_sessions())
def test_all_tags_come_back(session: Session) -> None:
    count = told_apart(session)
    written = write(session, "talk.TextGrid")
    assert lost(written.report) <= LOST
    assert written.report.counted_out == count
    again = only(written.data)
    keys = {
        (one.coder, t.code, t.start, t.end, t.participant, t.note)
        for one in session.passes
        for t in one.tags
    }
    assert keys == {
        (one.coder, t.code, t.start, t.end, t.participant, t.note)
        for one in again.passes
        for t in one.tags
    }


def test_times_below_a_millisecond_that_overlap_are_cut_and_told() -> None:
    tags = (
        replace(tag(1, "silence", 0, 1), start=Micros(0), end=Micros(1_000_400)),
        replace(tag(2, "silence", 0, 1), start=Micros(999_700), end=Micros(2_000_000)),
    )
    session = session_of(CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags))
    written = write(session, "talk.TextGrid")
    assert [(one[1], one[2]) for one in found(only(written.data))] == [
        (0, 999_700),
        (999_700, 2_000_000),
    ]
    assert "the part of a time below a millisecond" in lost(written.report)


def test_marks_that_wait_for_a_code_and_odd_notes_come_back() -> None:
    tags = (
        tag(1, UNNAMED, 0, 500),
        tag(2, UNNAMED, 600, 600, note="look"),
        tag(3, "silence", 1000, 2000, note="  "),
    )
    session = session_of(CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, tags))
    written = write(session, "talk.TextGrid")
    assert found(only(written.data)) == [
        (UNNAMED, 0, 500_000, ""),
        (UNNAMED, 600_000, 600_000, "look"),
        ("silence", 1_000_000, 2_000_000, ""),
    ]
    assert "a note" in lost(written.report)


def test_what_was_said_at_once_goes_to_further_tiers() -> None:
    cues = (
        Cue("c1", Micros(0), Micros(2_000_000), "One two", "Client"),
        Cue("c2", Micros(1_000_000), Micros(3_000_000), "three", "Client"),
        Cue("c3", Micros(1_000_000), Micros(1_500_000), "four"),
    )
    session = session_of(transcripts=(Transcript("t", cues),))
    written = write(session, "talk.TextGrid")
    assert b'name = "Client (transcript) #2"' in written.data
    again = only(written.data).transcripts[0].cues
    assert [(c.start, c.end, c.text, c.speaker) for c in again] == [
        (0, 2_000_000, "One two", "Client"),
        (1_000_000, 1_500_000, "four", ""),
        (1_000_000, 3_000_000, "three", "Client"),
    ]


def test_a_file_of_others_is_written_as_it_stood() -> None:
    rows = "".join(f'{n / 10}\n{(n + 1) / 10}\n"{"ab"[n % 2]}"\n' for n in range(20))
    speech = "".join(f'{n}\n{n + 1}\n"what was said in {n}"\n' for n in range(2))
    text = whole(
        f'"IntervalTier"\n"mood"\n0\n2\n20\n{rows}"IntervalTier"\n"Client"\n0\n2\n2\n{speech}'
        '"TextTier"\n"bell"\n0\n2\n1\n1\n"x"\n"IntervalTier"\n"none"\n0\n2\n0\n',
        4,
    )
    first = read(text, "talk.TextGrid")
    assert [one.use for one in first.tiers] == [
        TierUse.VALUES,
        TierUse.TRANSCRIPT,
        TierUse.CODE,
        TierUse.CODE,
    ]
    form = form_of(Source("talk.TextGrid", text.encode()))
    written = render(first.sessions, form, "talk.TextGrid", Wishes(now=NOW))
    assert lost(written.report) == set()
    again = read(written.data, "talk.TextGrid")
    assert again.tiers == first.tiers
    assert again.sessions == first.sessions


def test_a_changed_tier_of_others_is_written_under_a_name_of_ours() -> None:
    first = only(whole('"IntervalTier"\n"mood"\n0\n2\n1\n0\n2\n"x"\n'))
    (one,) = first.passes
    bare = replace(one, tags=tuple(replace(each, note="") for each in one.tags))
    written = write(replace(first, passes=(bare,)), "talk.TextGrid")
    assert b'"mood @unknown"' in written.data
    assert written.report.counted_out == 1


def test_other_hands_read_what_we_write(tmp_path: Path) -> None:
    path = tmp_path / "talk.TextGrid"
    path.write_bytes(write(rich_session(), "talk.TextGrid").data)
    grid = textgrid.openTextgrid(str(path), includeEmptyIntervals=False)
    silence = grid.getTier("silence @A").entries
    assert [(one.start, one.end, one.label) for one in silence] == [(5.0, 11.0, "silence")]
    moments = grid.getTier("reflection @A >therapist *").entries
    assert [(one.time, one.label) for one in moments] == [(1.0, "Grüße, 沉默")]
    labels = grid.getTier("reflection @A >client").entries
    assert [one.label for one in labels] == ['she says "no"\nand goes']
    assert grid.maxTimestamp == END / 1_000_000
    other = PympiGrid(str(path), codec="utf-8")
    intervals = list(other.get_tier("silence @B").get_all_intervals())
    assert [one[2] for one in intervals] == ["", "silence", ""]
    assert intervals[1][:2] == (5.000123, 10.9)


def test_what_another_hand_writes_is_read(tmp_path: Path) -> None:
    grid = textgrid.Textgrid()
    entries = [(0.1, 0.25, 'a "b"'), (0.25, 1.0, "c\nd")]
    grid.addTier(textgrid.IntervalTier("words", entries, 0, 2))
    grid.addTier(textgrid.PointTier("bells", [(0.5, "x"), (1.75, "y")], 0, 2))
    for form in ("short_textgrid", "long_textgrid"):
        path = tmp_path / "talk.TextGrid"
        grid.save(str(path), form, includeBlankSpaces=True)
        assert found(only(path.read_bytes(), tiers=TierUse.CODE)) == [
            ("words", 100_000, 250_000, 'a "b"'),
            ("words", 250_000, 1_000_000, "c\nd"),
            ("bells", 500_000, 500_000, "x"),
            ("bells", 1_750_000, 1_750_000, "y"),
        ]
