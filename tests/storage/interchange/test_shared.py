"""What the formats share: exact times, lanes without overlap, tiers, sessions in the making."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.codebook import Code, CodeKind
from annotator.model.coding import UNNAMED, CodingPass, Purpose
from annotator.model.participant import ParticipantRole
from annotator.model.rules import session_problems
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.drafting import (
    FoundTag,
    SessionDraft,
    id_of_word,
    role_of,
    word_of,
)
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.lanes import lanes_of, read_name
from annotator.storage.interchange.losses import tell_losses
from annotator.storage.interchange.micros import micros_of, micros_of_millis
from annotator.storage.interchange.report import Notes, Outcome
from annotator.storage.interchange.spending import spent
from annotator.storage.interchange.tiers import Annotation, Tier, take_tiers
from tests.support.foreign import NOW, coded_sessions, lost, repaired, rich_session, session_of, tag


@pytest.mark.parametrize(
    ("seconds", "micros"),
    [
        ("12.48", 12_480_000),
        (0.1, 100_000),
        (Decimal("0.0000005"), 0),
        (Decimal("0.0000015"), 2),
        (-3, -3_000_000),
        ("1e3", 1_000_000_000),
        ("nan", None),
        ("inf", None),
        (float("nan"), None),
        ("1e99999999", None),
        (Decimal("1e-99999"), 0),
        ("", None),
        (True, None),
        (None, None),
        ("9" * 100, None),
        (10**9, None),
    ],
)
def test_seconds_become_exact_microseconds(seconds: object, micros: int | None) -> None:
    assert micros_of(seconds) == micros


@given(st.integers(-(10**14), 10**14))
def test_whole_milliseconds_are_kept(millis: int) -> None:
    assert micros_of_millis(millis) == (millis * 1000 if abs(millis) < 10**12 else None)


@given(coded_sessions())
def test_lanes_hold_every_tag_once_and_never_overlap(session: Session) -> None:
    lanes = lanes_of(session)
    held = [one.id for lane in lanes for one in lane.tags]
    assert sorted(held) == sorted(one.id for each in session.passes for one in each.tags)
    assert len({lane.name for lane in lanes}) == len(lanes)
    for lane in lanes:
        ends = [max(to_millis(one.end), to_millis(one.start) + 1) for one in lane.tags]
        starts = [to_millis(one.start) for one in lane.tags]
        assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
        assert {one.is_instant for one in lane.tags} == {lane.are_moments}
        name = read_name(lane.name)
        assert name is not None
        assert (name.word, name.coder) == (lane.word, lane.coding_pass.coder)
        assert (name.participant, name.are_moments) == (lane.participant, lane.are_moments)


@pytest.mark.parametrize("name", ["words", "gloss@SP1", "Person1 (ChunkLanguage)", "", "@"])
def test_other_peoples_names_of_tiers_are_not_ours(name: str) -> None:
    assert read_name(name) is None


@pytest.mark.parametrize("word", ["reflection", "Open question", "R", "沉默", "1st", "a(b)", "in"])
def test_a_word_leads_back_to_its_code(word: str) -> None:
    code = Code(id_of_word(word), word)
    assert id_of_word(word_of(code)) == code.id
    assert id_of_word(word_of(Code("open_question", "Other words"))) == "open_question"


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Therapist 2", ParticipantRole.THERAPIST),
        ("PATIENT", ParticipantRole.CLIENT),
        ("Mother", ParticipantRole.OTHER),
    ],
)
def test_roles_are_guessed_from_labels(label: str, role: ParticipantRole) -> None:
    assert role_of(label) is role


def draft() -> SessionDraft:
    return SessionDraft("s", "talk", Notes(), NOW)


def test_a_draft_mends_what_no_session_can_hold_and_says_so() -> None:
    one = draft()
    coding_pass = one.coding_pass("A")
    code = one.code("laugh")
    one.tag(coding_pass, FoundTag(code, 2_000_000, 1_000_000, place=3, id="x"))
    one.tag(coding_pass, FoundTag(code, -5, 10**30, place=4, id="x"))
    session = one.session()
    report = one.notes.report(2, 2)
    assert session_problems(session) == []
    assert set(repaired(report)) == {
        "the end lay before the start; the two were exchanged",
        "a time of more than 31 years was cut",
        "an id stood twice; the later one was given another",
    }
    assert any(one.outcome is Outcome.NOTICED for one in report.remarks)
    assert [one.start for one in session.passes[0].tags] == [-5, 1_000_000]


def test_a_code_marks_stretches_where_all_its_tags_last() -> None:
    one = draft()
    coding_pass = one.coding_pass("A")
    for word, end in (("long", 5), ("both", 5), ("both", 0), ("short", 0)):
        one.tag(coding_pass, FoundTag(one.code(word), 0, end))
    one.code("told", kind=CodeKind.SPAN)
    kinds = {code.id: code.kind for code in one.session().codebook.codes}
    assert kinds == {
        "long": CodeKind.SPAN,
        "both": CodeKind.POINT,
        "short": CodeKind.POINT,
        "told": CodeKind.SPAN,
    }


def test_words_that_differ_in_case_or_signs_are_codes_of_their_own() -> None:
    one = draft()
    ids = [one.code(word) for word in ("r", "R", "a b", "a-b", "", "?", "a b")]
    assert len(set(ids)) == 6
    assert ids[2] == ids[6]
    assert session_problems(one.session()) == []


def test_keys_that_are_taken_are_left_out_and_told() -> None:
    one = draft()
    one.code("a", Code("", "A", key="x"))
    one.code("b", Code("", "B", key="X"))
    assert [code.key for code in one.session().codebook.codes] == ["x", ""]
    assert any("the key “X”" in message for message in repaired(one.notes.report(0, 0)))


def tier(*values: str, name: str = "tier", **more: object) -> Tier:
    found = [Annotation(n * 1000, n * 1000 + 500, value, n + 1) for n, value in enumerate(values)]
    return Tier(name, found, **more)


@pytest.mark.parametrize(
    ("values", "use"),
    [
        (("R", "Q", "R", "R"), TierUse.VALUES),
        (("", "", ""), TierUse.CODE),
        (("yes I think so", "and then she left me"), TierUse.TRANSCRIPT),
        (("unclear",), TierUse.CODE),
    ],
)
def test_what_a_tier_is_is_guessed(values: tuple[str, ...], use: TierUse) -> None:
    (facts,) = take_tiers(draft(), [tier(*values)], Wishes()).facts
    assert facts.use is use


def test_a_wish_for_one_tier_comes_before_that_for_all() -> None:
    one = draft()
    wishes = Wishes(tiers=TierUse.CODE, tier_uses={"b": TierUse.LEAVE})
    taken = take_tiers(one, [tier("R", name="a"), tier("x", "y", name="b")], wishes)
    assert [facts.use for facts in taken.facts] == [TierUse.CODE, TierUse.LEAVE]
    assert taken.carried == 1
    report = one.notes.report(3, 1)
    assert lost(report) == {"the tier “b” was left out"}
    assert report.left_behind == 2


def test_a_mark_without_a_value_waits_for_its_code() -> None:
    one = draft()
    take_tiers(one, [tier("R", "", "R", "R")], Wishes(coder="A"))
    tags = one.session().passes[0].tags
    assert [each.code for each in tags] == ["R", UNNAMED, "R", "R"]


def test_speech_without_text_is_not_carried() -> None:
    one = draft()
    wishes = Wishes(tiers=TierUse.TRANSCRIPT)
    taken = take_tiers(one, [tier("hello", "  ", participant="Client")], wishes)
    assert taken.carried == 1
    cue = one.session().transcripts[0].cues[0]
    assert (cue.text, cue.speaker, cue.participant) == ("hello", "Client", "Client")


def test_a_session_that_comes_back_whole_lost_nothing() -> None:
    notes = Notes()
    session = rich_session()
    assert tell_losses([session], [session], notes) == 10
    assert notes.report(10, 10).is_lossless


def test_each_thing_that_is_not_the_same_is_told_with_its_place() -> None:
    session = rich_session()
    first = session.passes[0]
    tags = (
        replace(first.tags[0], note="", participant="client", start=Micros(1_000_400)),
        *first.tags[2:],
    )
    tags = (replace(tags[0], end=Micros(1_000_400)), *tags[1:])
    changed = replace(
        session,
        title="other",
        passes=(replace(first, tags=tags, ratings=()), session.passes[1]),
        transcripts=(),
        participants=session.participants[:1],
    )
    notes = Notes()
    assert tell_losses([session], [changed], notes) == 6
    report = notes.report(10, 6)
    assert lost(report) == {
        "the session's title",
        "a participant",
        "the part of a time below a millisecond",
        "whom a tag is about",
        "a note",
        "a tag",
        "a rating",
        "what was said",
    }
    places = {one.message: one.places for one in report.remarks}
    assert places["a tag"] == ("tag at 0:00:01.500",)


def test_a_session_that_is_missing_is_told() -> None:
    notes = Notes()
    other = session_of(CodingPass("p", "A", Purpose.PRIMARY, NOW, (tag(1, "silence", 0, 9),)))
    assert tell_losses([other, other], [other], notes) == 1
    assert lost(notes.report(2, 1)) == {"a session is not in the file"}


@pytest.mark.parametrize(
    ("told", "given_to"),
    [
        (["", "", ""], ["t1", "t2", "t3"]),
        (["a", "", "b"], ["a", "t2", "b"]),
        (["", "", "t1", "t2", ""], ["t1", "t2", "t3", "t4", "t5"]),
        (["t2", "", ""], ["t2", "t3", "t4"]),
        (["a", "a", "a"], ["a", "t2", "t3"]),
        (["t3", "t3", ""], ["t3", "t2", "t4"]),
    ],
)
def test_no_two_tags_have_the_same_id(told: list[str], given_to: list[str]) -> None:
    notes = Notes()
    draft = SessionDraft("s", "s", notes, NOW)
    for number, wanted in enumerate(told):
        draft.tag(draft.coding_pass("A"), FoundTag("nod", number, number, id=wanted))
    assert [one.id for one in draft.session().passes[0].tags] == given_to


def test_spent_lists_give_all_in_order_and_are_empty_then() -> None:
    things = [1, 2, 3]
    assert list(spent(things)) == [1, 2, 3]
    assert things == []
