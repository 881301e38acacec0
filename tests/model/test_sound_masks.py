"""Which stretches are masked: names tagged or chosen, and where one person speaks."""

from __future__ import annotations

from dataclasses import replace

from annotator.model import Cue, Interval, Micros, Session, Tag, Transcript, Word
from annotator.model.sound_masks import (
    Margins,
    NamesWish,
    bare,
    masked_words,
    name_spans,
    voice_spans,
)
from annotator.model.words import WordPlace
from tests.support.sessions import plain_session

S = 1_000_000
CLIP = Interval(Micros(10 * S), Micros(60 * S))
NO_MARGIN = Margins(Micros(0), Micros(0), Micros(0), Micros(0))


def span(start: float, end: float) -> Interval:
    return Interval(Micros(round(start * S)), Micros(round(end * S)))


def tag(number: int, code: str, start: float, end: float, participant: str = "") -> Tag:
    return Tag(f"n{number}", code, Micros(round(start * S)), Micros(round(end * S)), participant)


def with_tags(*tags: Tag) -> Session:
    session = plain_session(0)
    first = replace(session.passes[0], tags=tags[::2])
    other = replace(session.passes[0], id="other", coder="b", tags=tags[1::2])
    return replace(session, passes=(first, other))


def spoken(text: str, start: float, step: float = 1, cue_id: str = "c1", **more: str) -> Cue:
    said = tuple(
        Word(
            one, Micros(round((start + n * step) * S)), Micros(round((start + (n + 1) * step) * S))
        )
        for n, one in enumerate(text.split())
    )
    return Cue(cue_id, said[0].start, said[-1].end, text, words=said, **more)


def test_tags_of_all_coders_are_names_and_merge_inside_the_clip() -> None:
    session = with_tags(
        tag(1, "name", 8, 11),
        tag(2, "name", 20, 21),
        tag(3, "name", 20.5, 22),
        tag(4, "sigh", 30, 31),
    )
    wish = NamesWish(margins=NO_MARGIN)
    assert name_spans(session, CLIP, wish) == (span(10, 11), span(20, 22))


def test_tags_reach_further_by_their_margins() -> None:
    session = with_tags(tag(1, "name", 20, 21), tag(2, "who", 40, 40))
    wish = NamesWish(codes={"name", "who"}, margins=Margins())
    assert name_spans(session, CLIP, wish) == (span(19.92, 21.08), span(39.32, 40.68))


def test_chosen_words_count_wherever_they_are_said() -> None:
    transcript = Transcript("t", (spoken("So Anna's gone, anna!", 20),))
    wish = NamesWish(chosen=[WordPlace("c1", 1)], margins=NO_MARGIN)
    assert name_spans(with_tags(), CLIP, wish, transcript) == (span(21, 22), span(23, 24))
    once = replace(wish, everywhere=False)
    assert name_spans(with_tags(), CLIP, once, transcript) == (span(21, 22),)


def test_a_guessed_time_takes_a_wider_margin() -> None:
    told = Transcript("t", (spoken("so Anna left", 20),))
    guessed = Transcript("t", (Cue("c1", Micros(20 * S), Micros(32 * S), "so Anna left"),))
    wish = NamesWish(chosen=[WordPlace("c1", 1)])
    assert name_spans(with_tags(), CLIP, wish, told) == (span(20.88, 22.12),)
    (found,) = name_spans(with_tags(), CLIP, wish, guessed)
    assert abs(found.start - (20 + 12 * 3 / 13 - 0.5) * S) <= 1
    assert abs(found.end - (20 + 12 * 8 / 13 + 0.5) * S) <= 1


def test_words_that_are_gone_are_passed_over() -> None:
    wish = NamesWish(chosen=[WordPlace("c9", 0), WordPlace("c1", 40)])
    transcript = Transcript("t", (spoken("so Anna left", 20),))
    assert name_spans(with_tags(), CLIP, wish, transcript) == ()
    assert masked_words(with_tags(), transcript, wish) == frozenset()


def test_words_under_a_tag_may_not_be_written() -> None:
    transcript = Transcript("t", (spoken("so Anna left us", 20),))
    session = with_tags(tag(1, "name", 21.2, 21.8))
    assert masked_words(session, transcript, NamesWish()) == {WordPlace("c1", 1)}
    guessed = Transcript("t", (Cue("c1", Micros(20 * S), Micros(24 * S), "so Anna left us"),))
    found = masked_words(session, guessed, NamesWish())
    assert WordPlace("c1", 1) in found


def test_a_voice_is_where_its_tags_and_cues_are() -> None:
    session = replace(
        with_tags(
            tag(1, "x", 12, 13, "client"),
            tag(2, "x", 20, 21, "therapist"),
            tag(3, "x", 50, 50, "client"),
        ),
        transcripts=(Transcript("t", (spoken("yes I do", 12.9, participant="client"),)),),
    )
    assert voice_spans(session, CLIP, "client", Micros(0)) == (span(12, 15.9),)
    assert voice_spans(session, CLIP, "nobody") == ()


def test_words_are_compared_without_marks() -> None:
    assert bare("“Anna\u2019s,”") == bare("anna") == "anna"
    assert bare("O'Neill's") == "o'neill"
    assert bare("…") == "…"
