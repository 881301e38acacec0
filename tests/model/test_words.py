"""Words of cues: their times from the source or estimated, selected, corrected, cut and joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import EditError
from annotator.model import Cue, Interval, Micros, Transcript, Word
from annotator.model.words import (
    WordPlace,
    cut,
    interval_of,
    joined,
    retimed,
    reworded,
    selected,
    spread,
    word_at,
    words,
)

S = 1_000_000


def a_cue(text: str, start: float = 0, end: float = 10, **more: str) -> Cue:
    return Cue(more.pop("id", "c1"), Micros(int(start * S)), Micros(int(end * S)), text, **more)


def timed(text: str, *times: int) -> Cue:
    """Make a cue whose words begin at these seconds and take half a second each."""
    said = tuple(
        Word(word, Micros(at * S), Micros(at * S + S // 2))
        for word, at in zip(text.split(), times, strict=True)
    )
    return Cue("c1", Micros(0), Micros(10 * S), text, words=said)


def test_without_times_words_share_the_cue_by_their_letters() -> None:
    found = words(a_cue("abc a abc a", 0, 12))
    assert [word.start for word in found] == [0, 4 * S, 6 * S, 10 * S]
    assert [word.end for word in found] == [4 * S, 6 * S, 10 * S, 12 * S]
    assert all(word.estimated for word in found)


def test_times_of_the_source_are_taken_as_they_are() -> None:
    cue = timed("well I know", 1, 3, 7)
    assert words(cue) is cue.words
    assert not any(word.estimated for word in words(cue))


def test_times_of_other_words_are_not_taken() -> None:
    cue = Cue("c1", Micros(0), Micros(S), "one two", words=(Word("three", Micros(0), Micros(1)),))
    assert [word.text for word in words(cue)] == ["one", "two"]
    assert all(word.estimated for word in words(cue))


@given(st.lists(st.text("abc", min_size=1), max_size=8), st.integers(0, 50), st.integers(0, 50))
def test_estimated_words_tile_their_stretch(texts: list[str], start: int, length: int) -> None:
    stretch = Interval(Micros(start), Micros(start + length))
    found = spread(texts, stretch)
    assert [word.text for word in found] == texts
    ends = [start, *(word.end for word in found)]
    assert [word.start for word in found] == ends[:-1]
    assert ends == sorted(ends)
    assert not texts or ends[-1] == stretch.end


def test_a_selection_has_the_time_of_its_words_and_who_said_them() -> None:
    one = a_cue("aa bb", 0, 6, id="c1", participant="p1")
    other = a_cue("cc dd", 6, 12, id="c2", participant="p1")
    transcript = Transcript("t", (one, other))
    found = selected(transcript, WordPlace("c2", 0), WordPlace("c1", 1))
    assert found.text == "bb cc"
    assert found.interval == Interval(Micros(3 * S), Micros(9 * S))
    assert (found.participant, found.is_estimated) == ("p1", True)
    alone = selected(Transcript("t", (timed("so what", 1, 2),)), *[WordPlace("c1", 1)] * 2)
    assert alone.interval == Interval(Micros(2 * S), Micros(2 * S + S // 2))
    assert not alone.is_estimated


def test_a_selection_of_two_people_is_nobodys() -> None:
    cues = (a_cue("aa", id="c1", participant="p1"), a_cue("bb", id="c2", participant="p2"))
    found = selected(Transcript("t", cues), WordPlace("c1", 0), WordPlace("c2", 0))
    assert found.participant == ""


def test_nothing_is_no_selection() -> None:
    transcript = Transcript("t", (a_cue("aa"),))
    with pytest.raises(EditError, match="No words are selected"):
        interval_of([])
    with pytest.raises(EditError, match="No words are selected"):
        selected(transcript, WordPlace("c1", 4), WordPlace("c1", 5))
    with pytest.raises(EditError, match="no longer in the transcript"):
        selected(transcript, WordPlace("c1", 0), WordPlace("gone", 0))


@pytest.mark.parametrize(
    ("text", "letter", "wanted"),
    [("so what", 0, 0), ("so what", 2, 1), ("so what", 5, 1), ("so what", 99, 1), (" ", 0, None)],
)
def test_the_word_at_a_letter(text: str, letter: int, wanted: int | None) -> None:
    assert word_at(text, letter) == wanted


def test_a_corrected_cue_keeps_the_times_of_words_that_stay() -> None:
    cue = timed("well I no that", 1, 3, 5, 7)
    new = reworded(cue, "well  I know\n\nthat now ")
    assert new.text == "well  I know\nthat now"
    assert [word.text for word in new.words] == ["well", "I", "know", "that", "now"]
    assert [word.estimated for word in new.words] == [False, False, True, False, True]
    know, now = new.words[2], new.words[4]
    assert (know.start, know.end) == (3 * S + S // 2, 7 * S)
    assert (now.start, now.end) == (7 * S + S // 2, 10 * S)


def test_a_moved_cue_takes_its_words_along_and_a_shorter_one_holds_them() -> None:
    cue = timed("so what", 1, 9)
    moved = retimed(cue, Micros(5 * S), Micros(15 * S))
    assert [word.start for word in moved.words] == [6 * S, 14 * S]
    shorter = retimed(cue, Micros(2 * S), Micros(5 * S))
    assert [(word.start, word.end) for word in shorter.words] == [(2 * S, 2 * S), (5 * S, 5 * S)]
    with pytest.raises(EditError, match="cannot end before"):
        retimed(cue, Micros(2), Micros(1))


def test_a_cue_is_cut_where_its_word_begins() -> None:
    first, second = cut(timed("well I\nknow", 1, 3, 7), 2, "c2")
    assert (first.id, first.text, first.start, first.end) == ("c1", "well I", 0, 7 * S)
    assert (second.id, second.text, second.start, second.end) == ("c2", "know", 7 * S, 10 * S)
    assert [word.text for word in first.words + second.words] == ["well", "I", "know"]
    for place in (0, 3, -1):
        with pytest.raises(EditError, match="nothing to cut off"):
            cut(a_cue("well I know"), place, "c2")


def test_cues_that_were_cut_are_one_again_when_joined() -> None:
    for cue in (timed("well I know", 1, 3, 7), a_cue("well I know", speaker="T")):
        again = joined(cut(cue, 1, "c2"))
        assert again == cue


def test_cues_of_two_speakers_are_not_joined() -> None:
    one, other = a_cue("aa", speaker="T"), a_cue("bb", speaker="C", id="c2")
    with pytest.raises(EditError, match="different speakers"):
        joined([one, other])
    with pytest.raises(EditError, match="Only several"):
        joined([one])
    nameless = a_cue("bb", id="c2", start=20, end=21)
    assert joined([one, nameless]).speaker == "T"
    assert joined([one, nameless]).end == 21 * S
