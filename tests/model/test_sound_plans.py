"""Whose voice is disguised where, by who is told to speak, and where names are covered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.errors import AnnotatorError
from annotator.model import Cue, Interval, Micros, Session, Tag, Transcript, Word
from annotator.model.participant import Participant, ParticipantRole
from annotator.model.sound_masks import voice_spans
from annotator.model.sound_plans import (
    SoundWish,
    VoicePlan,
    chosen_voices,
    names_plan,
    voice_plan,
)
from annotator.model.spans import merged, without
from tests.support.sessions import plain_session

S = 1_000_000
CLIP = Interval(Micros(0), Micros(20 * S))
PEOPLE = (
    Participant("c", ParticipantRole.CLIENT, "C07"),
    Participant("t", ParticipantRole.THERAPIST, "T1"),
)


def span(start: float, end: float) -> Interval:
    return Interval(Micros(round(start * S)), Micros(round(end * S)))


def cue(start: float, end: float, who: str, text: str = "hm") -> Cue:
    where = span(start, end)
    return Cue(f"q{start}", where.start, where.end, text, participant=who)


def talk(*cues: Cue, tags: Sequence[Tag] = ()) -> Session:
    session = plain_session(0)
    first = replace(session.passes[0], tags=tuple(tags))
    told = (Transcript("a", cues),) if cues else ()
    return replace(session, participants=PEOPLE, passes=(first,), transcripts=told)


def test_a_chosen_voice_is_disguised_where_its_tags_and_cues_are() -> None:
    tag = Tag("n1", "cries", Micros(12 * S), Micros(14 * S), "c")
    session = talk(cue(2, 4, "c"), cue(5, 9, "t"), tags=[tag])
    plan = voice_plan(session, CLIP, {"c"}, ())
    assert plan.spans == (span(1.92, 4.08), span(11.92, 14.08))
    assert plan.covers("c")
    assert not plan.covers("t")
    assert plan.told == "voice of C07 in 2 stretches"


def test_a_demanded_voice_is_bare_only_where_somebody_else_is_told_to_speak() -> None:
    session = talk(cue(0, 6, "t"), cue(6, 9, "c"), cue(9, 12, ""), cue(12, 20, "t"))
    plan = voice_plan(session, CLIP, (), {"c"})
    assert plan.spans == (span(0, 0.08), span(5.92, 12.08), span(19.92, 20))
    assert plan.told == "voice of C07 in 3 stretches"


@pytest.mark.parametrize(
    "session",
    [
        talk(),
        talk(cue(2, 4, "c")),
        talk(cue(0, 20, "")),
        talk(tags=[Tag("n1", "listens", Micros(0), Micros(20 * S), "t")]),
    ],
)
def test_where_nothing_tells_who_speaks_all_voices_are_disguised(session: Session) -> None:
    plan = voice_plan(session, CLIP, (), {"c"})
    assert plan.spans is None
    assert plan.covers("t")
    assert plan.told == "all voices, as nothing tells when C07 speaks"


def test_a_chosen_voice_that_nothing_tells_of_is_treated_as_a_demanded_one() -> None:
    session = talk(cue(0, 8, "t"), cue(8, 20, ""))
    assert voice_plan(session, CLIP, {"c"}, ()) == voice_plan(session, CLIP, (), {"c"})


def test_everybody_is_all_of_the_sound() -> None:
    session = talk(cue(2, 4, "c"), cue(5, 9, "t"))
    assert voice_plan(session, CLIP, (), ()) == VoicePlan()
    assert voice_plan(session, CLIP, {"c"}, {"t"}) == VoicePlan()
    assert VoicePlan().told == "voice"


def test_two_at_once_are_both_disguised() -> None:
    session = talk(cue(0, 20, "t"), cue(6, 9, "c"))
    found = voice_plan(session, CLIP, (), {"c"}).spans
    assert found is not None
    assert span(5.92, 9.08) in found


CUES = st.lists(
    st.builds(
        lambda at, length, who: cue(at / 10, (at + length) / 10, who),
        st.integers(-50, 250),
        st.integers(0, 60),
        st.sampled_from(["c", "t", "", "x"]),
    ),
    max_size=8,
)


@given(CUES)
def test_no_moment_of_a_demanded_voice_is_bare(cues: list[Cue]) -> None:
    """Whatever lies outside the disguise is inside a cue of somebody else, and in none of hers."""
    session = talk(*cues)
    spans = voice_plan(session, CLIP, (), {"c"}).spans
    if spans is None:
        return
    bare = without([CLIP], spans)
    others = merged((one.interval for one in cues if one.participant in ("t", "x")), CLIP)
    own = voice_spans(session, CLIP, "c")
    for one in bare:
        assert any(two.start <= one.start and one.end <= two.end for two in others)
        assert not any(two.overlaps(one) for two in own)


def test_people_are_chosen_by_id_or_label() -> None:
    session = talk()
    assert chosen_voices(session, SoundWish(("C07", "t"))) == {"c", "t"}
    with pytest.raises(AnnotatorError, match=r"“Anna” is none.*C07, T1"):
        chosen_voices(session, SoundWish(("Anna",)))


def test_names_are_whole_words_in_any_case_and_told_how_sure() -> None:
    timed = Cue(
        "k1",
        Micros(0),
        Micros(3 * S),
        "Then Anna's mother Annabel",
        words=tuple(
            Word(text, Micros(at * S // 2), Micros((at + 1) * S // 2))
            for at, text in enumerate(["Then", "Anna's", "mother", "Annabel"])
        ),
    )
    guessed = cue(10, 14, "t", "and ANNA, you said")
    session = talk(timed, guessed)
    plan = names_plan(session, CLIP, SoundWish(names=("anna",)).names_wish)
    assert plan.spans[0] == span(0.38, 1.12)
    assert len(plan.spans) == 2
    assert plan.spans[1].start < 11 * S < 12 * S < plan.spans[1].end
    assert plan.guessed == 1
    assert plan.told == "names in 2 places, 1 of them at a guess"
    assert names_plan(session, CLIP, SoundWish().names_wish).told == "names in 0 places"


def test_every_transcript_and_tag_counts_for_names() -> None:
    tag = Tag("n1", "name", Micros(18 * S), Micros(19 * S), "")
    session = talk(cue(0, 2, "t", "hello Anna"), tags=[tag])
    other = Transcript("b", (cue(5, 6, "c", "Anna"),))
    session = replace(session, transcripts=(*session.transcripts, other))
    assert len(names_plan(session, CLIP, SoundWish(names=("Anna",)).names_wish).spans) == 3
