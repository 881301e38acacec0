"""Which words come with a clip: who says what, which tags last, and what is refused beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from annotator.errors import AnnotatorError
from annotator.jobs.clip_words import (
    NO_WORDS,
    WordsWish,
    overlay_of,
    require_words,
    said,
    subtitles_of,
    texts_of,
)
from annotator.media.clips.wishes import Form
from annotator.media.lettering.letters import UndrawableError
from annotator.media.lettering.words import Look
from annotator.model import Interval, Micros, Session
from annotator.model.captions import Caption
from annotator.model.clipping import Stretch
from annotator.model.coding import CodingPass, Purpose
from annotator.model.transcript import Cue, Transcript
from tests.support.foreign import BOOK, NOW, PEOPLE, tag

SPAN = Interval(Micros(10_000_000), Micros(20_000_000))
BADGES = WordsWish(badges=True)


def session(*tags: object, cues: Sequence[Cue] = ()) -> Session:
    return Session(
        "s",
        "Talk",
        BOOK,
        Interval(Micros(0), Micros(60_000_000)),
        participants=PEOPLE,
        passes=(CodingPass("p", "A", Purpose.PRIMARY, NOW, tuple(tags)),),
        transcripts=(Transcript("t", tuple(cues)),),
    )


def badges(*tags: object) -> list[tuple[str, int, int]]:
    made = session(*tags)
    ids = tuple(one.id for one in made.passes[0].tags)
    found = overlay_of(made, Stretch(SPAN, ids), BADGES).words
    assert all(one.look is Look.BADGE for one in found)
    return [(one.text, one.start // 1000, one.end // 1000) for one in found]


def test_a_tag_is_named_while_it_lasts() -> None:
    assert badges(tag(1, "silence", 12_000, 14_500)) == [("Silence", 2000, 4500)]


def test_a_moment_is_named_for_two_seconds() -> None:
    assert badges(tag(1, "reflection", 12_000, 12_000)) == [("Reflection", 2000, 4000)]


def test_tags_that_last_at_once_are_named_beside_each_other() -> None:
    assert badges(tag(1, "silence", 12_000, 15_000), tag(2, "reflection", 14_000, 16_000)) == [
        ("Silence", 2000, 4000),
        ("Silence · Reflection", 4000, 5000),
        ("Reflection", 5000, 6000),
    ]


def test_a_tag_is_named_within_the_clip_alone() -> None:
    assert badges(tag(1, "silence", 8_000, 12_000)) == [("Silence", 0, 2000)]
    assert badges(tag(1, "silence", 19_000, 31_000)) == [("Silence", 9000, 10_000)]
    assert badges(tag(1, "silence", 2_000, 3_000)) == []


def test_two_coders_of_one_thing_make_one_name() -> None:
    pair = (tag(1, "silence", 12_000, 14_000), tag(2, "silence", 12_000, 14_000))
    assert badges(*pair) == [("Silence", 2000, 4000)]


def test_tags_that_the_clip_is_not_cut_for_are_not_named() -> None:
    made = session(tag(1, "silence", 12_000, 14_000))
    assert overlay_of(made, Stretch(SPAN), BADGES).words == ()


def test_captions_are_burned_and_go_along_alike() -> None:
    cue = Cue("u", Micros(11_000_000), Micros(13_000_000), "Well, yes", "X", "client")
    made = session(cues=[cue])
    (burned,) = overlay_of(made, Stretch(SPAN), WordsWish(burned=True)).words
    (beside,) = subtitles_of(made, SPAN, WordsWish(subtitles=True), Form.MP4)
    assert (burned.text, burned.look) == ("Client: Well, yes", Look.CAPTION)
    assert (beside.start, beside.end, beside.text) == (burned.start, burned.end, burned.text)
    assert subtitles_of(made, SPAN, WordsWish(subtitles=True), Form.WEBM) == ()
    assert subtitles_of(made, SPAN, NO_WORDS, Form.MP4) == ()


@pytest.mark.parametrize(
    ("text", "speaker", "written"),
    [
        ("Well, yes", "Client", "Client: Well, yes"),
        ("[silence 6 s]", "", "[silence 6 s]"),
        ("\u05e9\u05dc\u05d5\u05dd!", "Client", "Client:\n\u05e9\u05dc\u05d5\u05dd!"),
        ("a\0\u202eb", "Therapist", "Therapist: ab"),
    ],
)
def test_who_speaks_stands_before_it(text: str, speaker: str, written: str) -> None:
    assert said(Caption(Micros(0), Micros(1), text, speaker)) == written


def test_what_could_tell_a_name_is_told() -> None:
    made = session(tag(1, "silence", 12_000, 14_000))
    stretch = Stretch(SPAN, (made.passes[0].tags[0].id,))
    words = WordsWish(badges=True, watermark="Course A")
    assert list(texts_of(made, [stretch], words)) == ["Course A", "Silence"]
    assert list(texts_of(made, [stretch], NO_WORDS)) == []


@pytest.mark.parametrize("form", list(Form))
def test_words_go_with_forms_that_can_show_them(form: Form) -> None:
    made, stretches = session(), [Stretch(SPAN)]
    require_words(made, stretches, NO_WORDS, form)
    if form.has_picture:
        require_words(made, stretches, WordsWish(watermark="Course A"), form)
    else:
        with pytest.raises(AnnotatorError, match="which has none"):
            require_words(made, stretches, WordsWish(watermark="Course A"), form)
    if not form.has_subtitles:
        with pytest.raises(AnnotatorError, match="cannot hold subtitles"):
            require_words(made, stretches, WordsWish(subtitles=True), form)


def test_letters_without_a_font_are_told_before_anything_is_cut() -> None:
    cue = Cue("u", Micros(11_000_000), Micros(13_000_000), "rare \U000e0ffe", "X", "client")
    made = session(cues=[cue])
    require_words(made, [Stretch(SPAN)], WordsWish(subtitles=True), Form.MP4)
    with pytest.raises(UndrawableError, match=r"U\+E0FFE"):
        require_words(made, [Stretch(SPAN)], WordsWish(burned=True), Form.MP4)
    named = replace(BOOK.codes[1], name="\U000e0ffd")
    odd = replace(made, codebook=replace(BOOK, codes=(named,)))
    odd = replace(odd, passes=(replace(odd.passes[0], tags=(tag(1, "silence", 12_000, 14_000),)),))
    with pytest.raises(UndrawableError, match=r"U\+E0FFD"):
        require_words(odd, [Stretch(SPAN, (odd.passes[0].tags[0].id,))], BADGES, Form.MP4)
