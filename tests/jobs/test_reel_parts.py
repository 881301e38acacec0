"""A reel is laid out as its clips say: cards around them, and stops where a question is asked."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.jobs.reel_parts import (
    Cards,
    CardTimes,
    ClipLayout,
    captions_in_reel,
    chapters_of,
    lay_out,
    words_in,
)
from annotator.jobs.reels import ALL_CARDS
from annotator.media.lettering.cards import CardKind
from annotator.media.lettering.letters import UndrawableError
from annotator.media.lettering.words import Look, Words
from annotator.model import Interval, Micros, Session
from annotator.model.captions import Caption
from annotator.model.clip import Clip, Pause
from annotator.model.clipping import Stretch
from tests.support.sessions import plain_session

TIMES = CardTimes(Micros(4_000_000), Micros(10_000_000))
START, END = Micros(5_000_000), Micros(9_000_000)
FULL = Clip(
    "c",
    START,
    END,
    title="A title",
    aim="An aim",
    question_before="Before?",
    question_after="After?",
    pauses=(Pause(Micros(6_000_000), "Now?"), Pause(Micros(99_000_000), "Never")),
    warning="A warning",
)


@pytest.fixture
def session() -> Session:
    return plain_session()


def stretch(clip: Clip | None = None) -> Stretch:
    return Stretch(Interval(START, END), (), clip)


def laid(session: Session, clip: Clip, cards: frozenset[Cards] = ALL_CARDS) -> ClipLayout:
    (layout,) = lay_out(session, [stretch(clip)], cards, TIMES)
    return layout


def kinds(layout: ClipLayout) -> list[CardKind]:
    return [one.card.kind for one in (*layout.before, *layout.after)]


def test_all_that_a_clip_says_has_its_card(session: Session) -> None:
    layout = laid(session, FULL)
    assert kinds(layout) == [CardKind.TITLE, CardKind.WARNING, CardKind.BEFORE, CardKind.AFTER]
    assert (layout.before[0].card.text, layout.before[0].card.below) == ("A title", "An aim")
    assert [one.length for one in layout.before] == [4_000_000] * 3
    first, second = layout.legs
    assert (first.span, first.stands) == (Interval(START, Micros(6_000_000)), 0)
    assert second.span == Interval(Micros(6_000_000), END)
    assert (second.stands, second.asked) == (10_000_000, "Now?")
    assert layout.length == 4 * 4_000_000 + 4_000_000 + 10_000_000


@pytest.mark.parametrize("left_out", list(Cards))
def test_each_card_can_be_left_out(session: Session, left_out: Cards) -> None:
    layout = laid(session, FULL, ALL_CARDS - {left_out})
    whole = {
        Cards.TITLES: [CardKind.TITLE],
        Cards.WARNINGS: [CardKind.WARNING],
        Cards.QUESTIONS: [CardKind.BEFORE, CardKind.AFTER],
        Cards.PAUSES: [],
        Cards.CHAPTERS: [],
    }
    gone = whole[left_out]
    assert kinds(layout) == [one for one in kinds(laid(session, FULL)) if one not in gone]
    assert len(layout.legs) == (1 if left_out is Cards.PAUSES else 2)


def test_clips_are_numbered_and_follow_each_other(session: Session) -> None:
    layouts = lay_out(session, [stretch(FULL), stretch(), stretch()], ALL_CARDS, TIMES)
    assert [one.before[0].card.number for one in layouts] == ["1 of 3", "2 of 3", "3 of 3"]
    assert [one.before[0].card.text for one in layouts] == ["A title", "Clip 2", "Clip 3"]
    assert layouts[1].starts == layouts[0].length
    assert layouts[2].starts == layouts[0].length + layouts[1].length


def test_each_clip_of_several_begins_a_chapter_called_as_on_its_card(session: Session) -> None:
    clips = [stretch(replace(FULL, title="A title\nof two lines")), stretch(), stretch()]
    layouts = lay_out(session, clips, ALL_CARDS, TIMES)
    chapters = chapters_of(layouts, ALL_CARDS)
    assert [one.title for one in chapters] == ["A title of two lines", "Clip 2", "Clip 3"]
    assert [one.start for one in chapters] == [one.starts for one in layouts]
    assert chapters_of(layouts, ALL_CARDS - {Cards.CHAPTERS}) == ()
    assert chapters_of(layouts[:1], ALL_CARDS) == (), "one clip alone needs none"


def test_a_title_that_stands_on_no_card_is_not_told_by_a_chapter(session: Session) -> None:
    cards = ALL_CARDS - {Cards.TITLES}
    layouts = lay_out(session, [stretch(FULL), stretch(FULL)], cards, TIMES)
    assert [one.title for one in chapters_of(layouts, cards)] == ["Clip 1", "Clip 2"]


def test_without_a_title_the_name_of_the_code_stands(session: Session) -> None:
    tags = tuple(tag.id for one in session.passes for tag in one.tags)[:1]
    (layout,) = lay_out(session, [replace(stretch(), tags=tags)], ALL_CARDS, TIMES)
    names = {code.id: code.name for code in session.codebook.codes}
    found = {tag.id: tag.code for one in session.passes for tag in one.tags}
    assert layout.before[0].card.text == names[found[tags[0]]]


def test_a_long_text_stays_until_it_is_read(session: Session) -> None:
    layout = laid(session, replace(FULL, question_before="word " * 60))
    assert layout.before[2].length > 20_000_000
    assert layout.before[2].length % 1_000_000 == 0


def test_an_empty_question_stops_all_the_same(session: Session) -> None:
    layout = laid(session, replace(FULL, pauses=(Pause(Micros(6_000_000)),)))
    assert (layout.legs[1].stands, layout.legs[1].asked) == (10_000_000, "Pause")


def test_questions_of_one_moment_are_asked_together(session: Session) -> None:
    pauses = (Pause(START, "One?"), Pause(Micros(START + 50_000), "Two?"))
    (leg,) = laid(session, replace(FULL, pauses=pauses)).legs
    assert (leg.span, leg.asked) == (Interval(START, END), "One?\nTwo?")


@given(st.lists(st.integers(0, 5_000_000), max_size=6))
@example([4_350_000, 4_460_000])
def test_legs_part_a_clip_without_gap_and_each_can_be_seen(times: list[int]) -> None:
    pauses = tuple(Pause(Micros(START - 500_000 + at), f"q{at}") for at in times)
    layout = laid(plain_session(), replace(FULL, pauses=pauses))
    assert layout.legs[0].span.start == START
    assert layout.legs[-1].span.end == END
    for before, after in pairwise(layout.legs):
        assert before.span.end == after.span.start
    assert all(leg.span.length >= 100_000 for leg in layout.legs)
    asked = [line for leg in layout.legs for line in leg.asked.split("\n") if line]
    inside = [one for one in pauses if START <= one.time < END]
    assert sorted(asked) == sorted(one.question for one in inside)


def test_captions_wait_while_the_picture_stands(session: Session) -> None:
    layout = laid(session, FULL)
    captions = [
        Caption(Micros(200_000), Micros(800_000), "first"),
        Caption(Micros(900_000), Micros(1_500_000), "across", "Client"),
    ]
    found = list(captions_in_reel(layout, captions))
    first, second = (at for at, _ in layout.moves)
    assert first == 3 * 4_000_000
    assert second == first + 1_000_000 + 10_000_000
    assert [(one.start, one.end, one.text) for one in found] == [
        (first + 200_000, first + 800_000, "first"),
        (first + 900_000, first + 1_000_000, "across"),
        (second, second + 500_000, "across"),
    ]


def test_words_go_on_after_a_stop(session: Session) -> None:
    layout = laid(session, FULL)
    words = [Words("Silence", Look.BADGE, Micros(500_000), Micros(2_500_000))]
    first, second = (words_in(words, layout.stretch.interval, leg) for leg in layout.legs)
    assert [(one.start, one.end) for one in first] == [(500_000, 1_000_000)]
    assert [(one.start, one.end) for one in second] == [(0, 1_500_000)]


def test_hostile_texts_lose_what_steers_them(session: Session, tmp_path: Path) -> None:
    assert not list(tmp_path.iterdir())
    layout = laid(session, replace(FULL, title="\0a\u202eb\x1b[2Jc", question_before="\n\n \0"))
    assert layout.before[0].card.text == "ab[2Jc"
    assert CardKind.BEFORE not in kinds(layout)
    with pytest.raises(UndrawableError, match="5001 letters"):
        laid(session, replace(FULL, warning="x" * 5001))
