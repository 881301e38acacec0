"""Captions of a clip: in its time, by role, readable, and without a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.model import (
    Cue,
    ExcludedSpan,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Session,
    Tag,
    Transcript,
)
from annotator.model.caption_lines import WIDEST_LINE, width
from annotator.model.captions import Caption, CaptionWish, captions_of
from annotator.model.sound_masks import NamesWish, bare
from annotator.model.words import WordPlace, words
from tests.support.sessions import plain_session

S = 1_000_000
CLIP = Interval(Micros(100 * S), Micros(160 * S))
PEOPLE = (
    Participant("p1", ParticipantRole.THERAPIST, "T1"),
    Participant("p2", ParticipantRole.CLIENT, "C1"),
)


def a_session(*tags: Tag) -> Session:
    session = plain_session(0)
    return replace(
        session,
        participants=PEOPLE,
        passes=(replace(session.passes[0], tags=tags),),
        transcripts=(),
    )


def cue(number: int, start: float, end: float, text: str, **more: str) -> Cue:
    return Cue(f"c{number}", Micros(round(start * S)), Micros(round(end * S)), text, **more)


def made(*cues: Cue, tags: tuple[Tag, ...] = (), **wish: object) -> tuple[Caption, ...]:
    return captions_of(a_session(*tags), CLIP, Transcript("t", cues), CaptionWish(**wish))


def test_times_count_from_the_clip_and_speakers_are_roles() -> None:
    found = made(
        cue(1, 101, 103, "How was it?", speaker="Dr. Smith", participant="p1"),
        cue(2, 103, 105, "Fine.", speaker="patient"),
        cue(3, 105, 107, "Good.", speaker="Bob"),
        silence_minimum=None,
    )
    assert found == (
        Caption(Micros(1 * S), Micros(3 * S), "How was it?", "Therapist"),
        Caption(Micros(3 * S), Micros(5 * S), "Fine.", "Patient"),
        Caption(Micros(5 * S), Micros(7 * S), "Good.", ""),
    )


def test_no_word_is_written_that_may_have_been_said_in_what_is_excluded_beside_the_clip() -> None:
    said = cue(1, 96, 104, "aaa bbb ccc ddd")
    told = tuple(replace(word, estimated=False) for word in words(said))
    across = (*told[:2], replace(told[2], start=Micros(99_900_000)), told[3])
    excluded = (ExcludedSpan(Micros(90 * S), Micros(100 * S), "a name is said"),)
    for known, texts in (
        ((), ["ddd"]),  # nobody knows when just they were said
        (told, ["ccc ddd"]),
        (across, ["ddd"]),
    ):
        transcript = Transcript("t", (replace(said, words=known),))
        found = captions_of(replace(a_session(), excluded=excluded), CLIP, transcript)
        assert [one.text for one in found] == texts


def test_words_of_what_is_excluded_stand_where_it_is_shown_all_the_same() -> None:
    excluded = (ExcludedSpan(Micros(150 * S), Micros(170 * S)),)
    transcript = Transcript("t", (cue(1, 152, 154, "aaa bbb"),))
    found = captions_of(replace(a_session(), excluded=excluded), CLIP, transcript)
    assert [one.text for one in found] == ["aaa bbb"]


def test_people_of_one_role_are_numbered() -> None:
    session = replace(
        a_session(), participants=(*PEOPLE, Participant("p3", ParticipantRole.CLIENT, "C2"))
    )
    cues = (cue(1, 101, 103, "Yes.", participant="p3"), cue(2, 104, 105, "No.", participant="p2"))
    found = captions_of(session, CLIP, Transcript("t", cues))
    assert [one.speaker for one in found] == ["Client 2", "Client 1"]


def test_a_label_assigned_elsewhere_tells_the_role_here() -> None:
    found = made(
        cue(1, 101, 103, "Yes.", speaker="Ann"),
        cue(2, 20, 30, "No.", speaker="Ann", participant="p2"),
    )
    assert [one.speaker for one in found] == ["Client"]


def test_people_called_by_the_name_of_their_label_are_not_named() -> None:
    found = made(
        cue(1, 101, 103, "Well, Will, will you?", speaker="Dr Joy"),
        cue(2, 104, 106, "No, Dr Joy's joy.", speaker="Will"),
    )
    assert [one.text for one in found] == ["Well, [name], will you?", "No, [name] joy."]


def test_names_are_written_as_such_with_their_marks() -> None:
    found = made(
        cue(1, 101, 107, "I told Anna Miller, my boss."),
        cue(2, 110, 112, "And miller\u2019s wife?"),
        names=NamesWish(chosen=[WordPlace("c1", 2), WordPlace("c1", 3)]),
        silence_minimum=None,
    )
    assert [one.text for one in found] == ["I told [name], my boss.", "And [name] wife?"]


def test_only_words_whose_middle_is_in_the_clip_are_written() -> None:
    found = made(cue(1, 96, 104, "aaa bbb ccc ddd"), cue(2, 156, 164, "eee fff ggg hhh"))
    assert [one.text for one in found if not one.text.startswith("[")] == ["ccc ddd", "eee fff"]
    assert found[0].start == 0
    assert found[-1].end == CLIP.length


def test_silence_is_written_where_nobody_speaks() -> None:
    tags = (Tag("s", "silence", Micros(119 * S), Micros(126_400_000)),)
    found = made(
        cue(1, 101, 120, "One."),
        cue(2, 130, 131, "Two."),
        cue(3, 131, 133, "Three."),
        cue(4, 138, 139, "Four."),
        tags=tags,
    )
    silences = [one for one in found if one.text.startswith("[")]
    assert silences == [
        Caption(Micros(20 * S), Micros(26_400_000), "[silence 6 s]"),
        Caption(Micros(33 * S), Micros(38 * S), "[silence 5 s]"),
    ]


def test_a_silence_without_a_transcript_comes_from_its_tag() -> None:
    tags = (Tag("s", "silence", Micros(95 * S), Micros(106 * S)),)
    found = captions_of(a_session(*tags), CLIP)
    assert found == (Caption(Micros(0), Micros(6 * S), "[silence 6 s]"),)


def test_where_two_speak_at_once_each_waits() -> None:
    found = made(
        cue(1, 101, 109, "I went there and I saw him and I left", participant="p2"),
        cue(2, 103, 103.5, "Mhm.", participant="p1"),
    )
    assert [(one.text, one.start, one.end) for one in found] == [
        ("I went there and I saw him and I left", 1 * S, 3 * S),
        ("Mhm.", 3 * S, 4 * S),
    ]


def test_a_long_cue_is_cut_at_sentences_into_even_lines() -> None:
    text = (
        "I went to see her on Sunday, as I always do. Then she told me that she would rather "
        "not be seen any more, not by me and not by anyone."
    )
    found = made(cue(1, 110, 120, text), silence_minimum=None)
    assert [one.text.split("\n") for one in found] == [
        ["I went to see her on Sunday,", "as I always do."],
        ["Then she told me that she would", "rather not be seen any more,"],
        ["not by me and not by anyone."],
    ]


def test_short_words_stay_until_they_can_be_read() -> None:
    found = made(cue(1, 110, 110.2, "Yes, I think that this is what he wanted."))
    assert found[0].end - found[0].start >= 41 * S / 17 - 1


def test_scripts_without_blanks_and_wide_letters_are_broken_too() -> None:
    text = (
        "我昨天晚上睡不着因为我一直在想她星期一对我说的话还有他从来不问我今天过得怎么样我们总是迟到"
    )
    found = made(cue(1, 110, 120, text), silence_minimum=None)
    assert "".join(one.text for one in found).replace("\n", "") == text
    assert all(width(line) <= WIDEST_LINE for one in found for line in one.text.split("\n"))


def test_marks_over_letters_take_no_room() -> None:
    assert width("é") == 1
    assert width("हिंदी") < 5
    assert width("漢字") == 4


def test_an_empty_clip_has_no_captions() -> None:
    assert (
        captions_of(
            a_session(), Interval(Micros(5), Micros(5)), Transcript("t", (cue(1, 0, 1, "Yes."),))
        )
        == ()
    )


TEXTS = st.lists(
    st.sampled_from(["so", "Anna", "anna\u2019s,", "yes.", "well", "überaus", "x" * 50]),
    min_size=1,
    max_size=30,
)
CUES = st.lists(
    st.tuples(st.integers(80, 170), st.integers(0, 30), TEXTS, st.sampled_from(["", "p1", "p2"])),
    max_size=8,
)


@settings(deadline=None)
@given(
    CUES,
    st.lists(
        st.tuples(st.integers(90, 160), st.integers(0, 12), st.sampled_from(["name", "silence"])),
        max_size=3,
    ),
)
def test_captions_lie_in_the_clip_in_order_with_each_word_once(
    drawn: list[tuple[int, int, list[str], str]], tagged: list[tuple[int, int, str]]
) -> None:
    cues = tuple(
        cue(number, start, start + length, " ".join(texts), participant=who)
        for number, (start, length, texts, who) in enumerate(drawn)
    )
    transcript = Transcript("t", tuple(sorted(cues, key=lambda one: (one.start, one.end, one.id))))
    tags = tuple(
        Tag(f"g{n}", code, Micros(at * S), Micros((at + long) * S))
        for n, (at, long, code) in enumerate(tagged)
    )
    chosen = [
        WordPlace(one.id, n)
        for one in cues
        for n, word in enumerate(words(one))
        if word.text == "Anna"
    ][:1]
    session = a_session(*tags)
    wish = CaptionWish(NamesWish(chosen=chosen))
    found = captions_of(session, CLIP, transcript, wish)
    for one in found:
        assert 0 <= one.start < one.end <= CLIP.length
        assert len(one.text.split("\n")) <= 2
        assert all(width(line) <= WIDEST_LINE for line in one.text.split("\n"))
    assert all(one.end <= later.start for one, later in pairwise(found))
    written = "".join("".join(one.text.split()) for one in found)
    if chosen:
        assert "anna" not in written.casefold()
    names = {(t.start, t.end) for t in tags if t.code == "name"}
    if not names:
        inside = Counter(
            word.text
            for one in cues
            for word in words(one)
            if CLIP.contains(Micros((word.start + word.end) // 2))
            and not (chosen and bare(word.text) == "anna")
        )
        heard = "".join(
            "".join(one.text.split()) for one in found if not one.text.startswith("[silence")
        ).replace("[name]", "")
        left = Counter("".join(word * count for word, count in inside.items()))
        marks = Counter(heard) - left
        assert set(marks) <= {","}
        assert not left - Counter(heard)


@pytest.mark.parametrize("code", ["name", "who"])
def test_no_word_under_a_tag_is_written(code: str) -> None:
    tags = (Tag("g", code, Micros(112 * S), Micros(113 * S)),)
    found = made(
        cue(1, 110, 120, "a b c d e f g h i j"),
        tags=tags,
        names=NamesWish(codes={code}),
        silence_minimum=None,
    )
    assert found[0].text.startswith("a [name]")
    assert " c " not in found[0].text
