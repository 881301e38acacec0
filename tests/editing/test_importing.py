"""What a foreign file held comes into a session as one step, and nothing there changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given

from annotator.editing.importing import ImportChoices, ImportPlan, plan_import
from annotator.errors import EditError
from annotator.model.codebook import Attribute, Choice, Code, Codebook, CodeKind, RatingItem
from annotator.model.coding import CodingPass, Purpose, Rating
from annotator.model.participant import Participant, ParticipantRole
from annotator.model.recording import Recording
from annotator.model.rules import session_problems
from annotator.model.session import Session
from annotator.model.time import Micros
from tests.support.foreign import BOOK, FILM, NOW, coded_sessions, rich_session, session_of, tag


def ids() -> Iterator[str]:
    return (f"new{number}" for number in count(1))


def planned(session: Session, found: Session, **choices: object) -> ImportPlan:
    fresh = ids()
    asked = ImportChoices(**choices)
    return plan_import(session, found, asked, lambda: next(fresh))


def empty() -> Session:
    return session_of(recordings=(FILM,))


def foreign(*codes: Code, coder: str = "X", **more: object) -> Session:
    book = Codebook("imported", "1", "theirs", codes=codes)
    tags = tuple(
        tag(n, code.id, n * 1000, n * 1000 + (0 if code.kind is CodeKind.POINT else 500))
        for n, code in enumerate(codes, 1)
    )
    one = CodingPass(f"pass-{coder}", coder, Purpose.PRIMARY, NOW, tags)
    return replace(session_of(one), codebook=book, **more)


def test_an_import_is_one_step_and_is_taken_back_to_equality() -> None:
    before = rich_session()
    plan = planned(before, foreign(Code("reflection", "Reflection"), Code("laugh", "Laugh")))
    after = plan.edit.apply(before)
    assert plan.edit.revert(after) == before
    assert after.passes[:2] == before.passes
    assert [one.coder for one in after.passes] == ["A", "B", "X"]
    assert (plan.tags, plan.cues) == (2, 0)


@given(found=coded_sessions())
def test_whatever_comes_leaves_a_session_in_order(found: Session) -> None:
    before = rich_session()
    if not any(one.tags for one in found.passes):
        with pytest.raises(EditError):
            planned(before, found)
        return
    plan = planned(before, found)
    after = plan.edit.apply(before)
    assert session_problems(after) == []
    assert plan.edit.revert(after) == before
    came = [one for new in after.passes[2:] for one in new.tags]
    assert len(came) == plan.tags == sum(len(one.tags) for one in found.passes)
    assert len({one.id for each in after.passes for one in each.tags}) == len(came) + 7


@pytest.mark.parametrize(
    ("word", "own"),
    [
        ("reflection", "reflection"),
        ("REFLECTION", "reflection"),
        ("Open Question", "open_question"),
        ("OQ", "open_question"),
        ("laugh", "laugh"),
    ],
)
def test_codes_of_the_same_id_name_or_abbreviation_are_one(word: str, own: str) -> None:
    plan = planned(empty(), foreign(Code(word, word)))
    (line,) = plan.lines
    assert (line.id, line.is_new, line.count) == (own, own == "laugh", 1)


def test_a_person_can_say_which_code_is_meant() -> None:
    plan = planned(empty(), foreign(Code("refl", "Refl.")), codes={"refl": "reflection"})
    after = plan.edit.apply(empty())
    assert [one.code for one in after.passes[0].tags] == ["reflection"]
    assert after.codebook == BOOK


def test_a_new_code_takes_no_key_that_is_taken() -> None:
    new = Code("laugh", "Laugh", key="R", exclusive_with=("gone",), parent="gone")
    after = planned(empty(), foreign(new)).edit.apply(empty())
    added = after.codebook.code("laugh")
    assert added is not None
    assert (added.key, added.exclusive_with, added.parent) == ("", (), "")


def test_moments_of_a_code_of_stretches_get_a_code_of_their_own() -> None:
    plan = planned(empty(), foreign(Code("silence", "Silence")))
    after = plan.edit.apply(empty())
    assert session_problems(after) == []
    assert after.passes[0].tags[0].code == "silence_moment"
    assert plan.told == ("“Silence” marks stretches; its moments are kept as “Silence (moment)”",)


def test_attributes_are_matched_by_name_and_new_choices_are_added() -> None:
    depth = Attribute("d", "depth", (Choice("1", "Deep"), Choice("2", "Abyss")))
    code = Code("reflection", "Reflection", attributes=(depth, Attribute("v", "Valence")))
    found = foreign(code)
    one = found.passes[0]
    tags = (replace(one.tags[0], attributes={"d": "1"}), tag(9, "reflection", 1, 1))
    tags = (tags[0], replace(tags[1], attributes={"d": "2", "v": "plus"}))
    found = replace(found, passes=(replace(one, tags=tags),))
    after = planned(empty(), found).edit.apply(empty())
    assert sorted(str(sorted(t.attributes.items())) for t in after.passes[0].tags) == [
        "[('d', '2'), ('v', 'plus')]".replace("'d'", "'depth'"),
        "[('depth', 'deep')]",
    ]
    own = after.codebook.code("reflection")
    assert own is not None
    assert [one.id for one in own.attributes] == ["depth", "v"]
    assert [one.id for one in own.attributes[0].choices] == ["simple", "deep", "2"]


def test_a_coder_who_is_here_already_gets_a_second_pass_by_another_name() -> None:
    before = rich_session()
    plan = planned(before, foreign(Code("reflection", "Reflection"), coder="a"))
    new = plan.edit.apply(before).passes[-1]
    assert (new.coder, new.purpose) == ("a 2", Purpose.DOUBLE)
    assert "a has a pass here already, so the new one is a 2's" in plan.told


def test_ids_that_are_taken_are_replaced_and_evidence_follows() -> None:
    before = rich_session()
    found = replace(rich_session(), transcripts=())
    after = planned(before, found).edit.apply(before)
    new = after.passes[2]
    assert new.ratings[0].evidence == (new.tags[0].id,)
    assert new.tags[0].id != "t1"
    assert session_problems(after) == []


def test_a_rating_off_our_scale_is_left_out_and_told() -> None:
    item = RatingItem("empathy", "Empathy", maximum=9)
    found = foreign(Code("reflection", "Reflection"))
    found = replace(
        found,
        codebook=replace(found.codebook, ratings=(item,)),
        passes=(replace(found.passes[0], ratings=(Rating("empathy", 8),)),),
    )
    plan = planned(empty(), found)
    assert plan.edit.apply(empty()).passes[0].ratings == ()
    assert any("not on the scale" in line for line in plan.told)


def test_times_move_with_a_film_that_both_know() -> None:
    before = session_of(recordings=(replace(FILM, offset=Micros(2_000_000)),))
    film = Recording("x", "C:\\films\\TALK.mp4", FILM.role, Micros(500_000), FILM.duration, "")
    found = foreign(Code("reflection", "Reflection"), recordings=(film,))
    plan = planned(before, found)
    assert plan.shift == 1_500_000
    assert plan.edit.apply(before).passes[0].tags[0].start == 2_500_000


def test_another_film_and_tags_beyond_the_end_are_told() -> None:
    film = replace(FILM, path="other.mp4")
    found = foreign(Code("reflection", "Reflection"), recordings=(film,))
    plan = planned(empty(), found, shift=Micros(FILM.duration))
    assert any("other.mp4" in line for line in plan.told)
    assert "1 tag lies beyond the film's end (kept)" in plan.told


def test_participants_are_found_by_label_and_role_and_else_added() -> None:
    people = (
        Participant("T", ParticipantRole.THERAPIST, "therapist"),
        Participant("m", ParticipantRole.OTHER, "Mother"),
    )
    found = foreign(Code("reflection", "Reflection"), participants=people)
    one = found.passes[0]
    tags = (replace(one.tags[0], participant="T"), tag(8, "reflection", 1, 1, participant="m"))
    found = replace(found, passes=(replace(one, tags=tags),))
    after = planned(empty(), found).edit.apply(empty())
    assert {one.participant for one in after.passes[0].tags} == {"therapist", "m"}
    assert [one.id for one in after.participants] == ["therapist", "client", "m"]


def test_only_the_passes_that_are_wanted_come() -> None:
    found = rich_session()
    plan = planned(empty(), found, passes=frozenset({"pass-B"}), transcripts=False)
    after = plan.edit.apply(empty())
    assert [one.coder for one in after.passes] == ["B"]
    assert after.transcripts == ()


def test_nothing_to_take_over_is_said() -> None:
    with pytest.raises(EditError, match="nothing in it"):
        planned(empty(), rich_session(), passes=frozenset(), transcripts=False)
