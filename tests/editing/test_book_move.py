"""A session moves to another codebook: what becomes of each tag and answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotator import editing
from annotator.editing.move_words import becomes, remarks, summary
from annotator.errors import EditError
from annotator.model import (
    Attribute,
    Choice,
    Code,
    Codebook,
    CodeKind,
    Micros,
    Rating,
    RatingItem,
    Session,
    Tag,
)
from annotator.model.book_compare import Part
from annotator.model.rules import session_problems
from tests.support.edits import BOOK, a_pass, a_session

LOW, HIGH = Choice("low", "Low"), Choice("high", "High")
OLD = replace(
    BOOK,
    codes=(
        replace(BOOK.codes[0], attributes=(Attribute("depth", "Depth", (LOW, HIGH)),)),
        *BOOK.codes[1:],
    ),
)
TAGS = (
    Tag("t1", "reflection", Micros(10), Micros(10), attributes={"depth": "low", "odd": "x"}),
    Tag("t2", "question", Micros(20), Micros(20)),
    Tag("t3", "question", Micros(30), Micros(60)),
    Tag("t4", "silence", Micros(100), Micros(200)),
    Tag("t5", "?", Micros(300), Micros(300)),
)
RATED = replace(a_pass("p1", *TAGS), ratings=(Rating("empathy", 4, evidence=("t2",)),))
SESSION = replace(a_session(RATED), codebook=OLD)


def book(*codes: Code, ratings: tuple[RatingItem, ...] = ()) -> Codebook:
    return Codebook("book", "2", "A book", groups=OLD.groups, codes=codes, ratings=ratings)


def done(move: editing.Move, session: Session = SESSION) -> Session:
    after = move.edit.apply(session)
    assert move.edit.revert(after) == session
    assert after.codebook == move.book
    assert session_problems(after) == []
    return after


def codes_of(session: Session) -> list[str]:
    return [tag.code for tag in session.passes[0].tags]


def line(move: editing.Move, old_id: str) -> editing.MoveLine:
    return next(one for one in move.lines if one.old_id == old_id)


def test_to_the_same_book_nothing_happens() -> None:
    move = editing.plan_move(SESSION, OLD)
    assert move.edit.changes == ()
    assert done(move) == SESSION
    assert [one.count for one in move.lines] == [1, 2, 1, 1]
    assert move.count(None) == 5


def test_what_the_new_book_lacks_is_retired() -> None:
    move = editing.plan_move(SESSION, book(Code("new", "New")))
    after = done(move)
    assert codes_of(after) == codes_of(SESSION)
    assert [(code.id, code.retired) for code in after.codebook.codes] == [
        ("new", False),
        ("reflection", True),
        ("question", True),
        ("silence", True),
    ]
    assert [item.retired for item in after.codebook.ratings] == [True]
    assert all(code.key == code.parent == "" for code in after.codebook.codes)
    assert [code.group for code in after.codebook.codes] == ["", "talk", "talk", "quiet"]
    bare = editing.plan_move(SESSION, replace(book(Code("new", "New")), groups=()))
    assert {code.group for code in done(bare).codebook.codes} == {""}
    assert (move.count(editing.Fate.RETIRE), move.deleted) == (5, 0)
    assert becomes(line(move, "silence"), move) == "kept, retired"


def test_what_has_no_tags_is_not_kept() -> None:
    move = editing.plan_move(replace(SESSION, passes=()), book(Code("new", "New")))
    assert move.book == book(Code("new", "New"))
    assert move.lines == ()
    assert summary(move) == "There are no tags or answers."


def test_the_same_name_under_another_id_is_followed() -> None:
    item = RatingItem("em", "EMPATHY")
    move = editing.plan_move(SESSION, book(Code("refl", "reflection"), ratings=(item,)))
    after = done(move)
    assert after.passes[0].tags[0].code == "refl"
    assert after.passes[0].ratings[0].item == "em"
    assert becomes(line(move, "reflection"), move) == "reflection (refl)"


def test_a_person_decides_otherwise() -> None:
    choices = editing.MoveChoices(
        {
            "reflection": editing.recoded("talk"),
            "question": editing.DELETED,
            "silence": editing.RETIRED,
        },
        {"empathy": editing.DELETED},
    )
    move = editing.plan_move(SESSION, book(Code("talk", "Talk"), OLD.codes[2]), choices)
    after = done(move)
    assert codes_of(after) == ["talk", "silence_old", "?"]
    assert after.passes[0].ratings == ()
    assert move.deleted == 3
    assert becomes(line(move, "question"), move) == "deleted"
    assert line(move, "silence").new_id == "silence_old"
    assert summary(move) == (
        "Of tags and answers 1 get another code or rating, "
        "1 are kept under what is retired, 3 are deleted."
    )


def test_tags_that_go_are_no_evidence_any_more() -> None:
    choices = editing.MoveChoices({"question": editing.DELETED})
    after = done(editing.plan_move(SESSION, replace(OLD, version="2"), choices))
    assert after.passes[0].ratings[0].evidence == ()


def test_moments_are_left_behind_where_stretches_are_wanted() -> None:
    question = replace(OLD.codes[1], kind=CodeKind.SPAN, parent="")
    move = editing.plan_move(SESSION, book(question))
    after = done(move)
    assert codes_of(after)[1:3] == ["question_old", "question"]
    left = after.codebook.code("question_old")
    assert left is not None
    assert (left.retired, left.kind) == (True, CodeKind.POINT)
    told = line(move, "question")
    assert (told.count, told.left_behind, told.left_id) == (2, 1, "question_old")
    assert move.count(None) == 1  # the other question
    assert move.count(editing.Fate.RETIRE) == 4
    assert remarks(told) == ('1 tag of a moment kept under "question_old", retired',)


def test_moments_get_a_length_where_one_is_given() -> None:
    question = replace(OLD.codes[1], kind=CodeKind.SPAN, parent="")
    choices = editing.MoveChoices(lengths=editing.Lengths(Micros(5)))
    move = editing.plan_move(SESSION, book(question), choices)
    after = done(move)
    assert [(tag.code, tag.start, tag.end) for tag in after.passes[0].tags][1:3] == [
        ("question", 20, 25),
        ("question", 30, 60),
    ]
    assert line(move, "question").lengthened == 1
    assert remarks(line(move, "question")) == ("1 tag of a moment get a length",)


def test_stretches_stay_stretches_unless_they_are_cut() -> None:
    silence = replace(OLD.codes[2], kind=CodeKind.POINT, group="")
    plain = editing.plan_move(SESSION, book(silence))
    assert done(plain).passes[0].tags[3].end == 200
    assert line(plain, "silence").shortened == 0
    choices = editing.MoveChoices(lengths=editing.Lengths(cut_to_start=True))
    move = editing.plan_move(SESSION, book(silence), choices)
    assert done(move).passes[0].tags[3].is_instant
    assert line(move, "silence").shortened == 1


def test_a_moment_cannot_go_to_a_code_for_stretches_without_a_length() -> None:
    choices = editing.MoveChoices({"question": editing.recoded("silence")})
    move = editing.plan_move(SESSION, replace(OLD, version="2", scores=()), choices)
    assert codes_of(done(move))[1:3] == ["question_old", "silence"]


def test_attributes_are_carried_by_id_or_name_and_never_lost() -> None:
    deep = Attribute("deep", "depth", (Choice("1", "LOW"),))
    move = editing.plan_move(SESSION, book(Code("reflection", "R", attributes=(deep,))))
    assert done(move).passes[0].tags[0].attributes == {"deep": "1", "odd": "x"}
    assert line(move, "reflection").unknown == 1
    bare = editing.plan_move(SESSION, book(Code("reflection", "R")))
    assert done(bare).passes[0].tags[0].attributes == TAGS[0].attributes
    assert remarks(line(bare, "reflection")) == (
        "2 attributes kept that the new code does not know",
    )


def test_answers_on_another_scale_are_left_behind() -> None:
    wider = RatingItem("empathy", "Empathy", maximum=7)
    move = editing.plan_move(SESSION, replace(OLD, version="2", ratings=(wider,)))
    after = done(move)
    assert after.passes[0].ratings[0].item == "empathy_old"
    left = after.codebook.rating("empathy_old")
    assert left is not None
    assert (left.maximum, left.retired) == (5, True)
    assert line(move, "empathy").part is Part.RATING
    assert remarks(line(move, "empathy")) == (
        '1 answer on another scale kept under "empathy_old", retired',
    )


def test_answers_between_the_steps_are_left_behind() -> None:
    stepped = RatingItem("empathy", "Empathy", step=2)
    move = editing.plan_move(SESSION, replace(OLD, version="2", ratings=(stepped,)))
    assert done(move).passes[0].ratings[0].item == "empathy_old"


def test_there_and_back_again_all_is_in_use_once_more() -> None:
    there = done(editing.plan_move(SESSION, book(Code("new", "New"))))
    back = editing.plan_move(there, OLD)
    assert done(back, there) == SESSION


def test_a_finished_pass_is_moved_but_loses_nothing() -> None:
    named = replace(RATED, tags=TAGS[:-1])
    session = replace(SESSION, passes=(named,))
    session = editing.finish_pass(session, "p1", "2026-03-01T10:00:00Z").apply(session)
    done(editing.plan_move(session, book(Code("new", "New"))), session)
    choices = editing.MoveChoices({"question": editing.DELETED})
    with pytest.raises(EditError, match="is finished"):
        editing.plan_move(session, book(Code("new", "New")), choices)


@pytest.mark.parametrize(
    ("choices", "told"),
    [
        (editing.MoveChoices({"x": editing.DELETED}), 'no code "x"'),
        (editing.MoveChoices({"question": editing.recoded("x")}), 'no code "x" to give'),
        (editing.MoveChoices({}, {"x": editing.DELETED}), 'no rating "x"'),
        (editing.MoveChoices({}, {"empathy": editing.recoded("x")}), 'no rating "x" to give'),
    ],
)
def test_choices_that_make_no_sense(choices: editing.MoveChoices, told: str) -> None:
    with pytest.raises(EditError, match=told):
        editing.plan_move(SESSION, OLD, choices)


def test_two_answers_cannot_become_one() -> None:
    both = replace(RATED, ratings=(Rating("empathy", 4), Rating("warmth", 4)))
    items = (RatingItem("empathy", "Empathy"), RatingItem("warmth", "Warmth"))
    session = replace(SESSION, codebook=replace(OLD, ratings=items), passes=(both,))
    choices = editing.MoveChoices({}, {"warmth": editing.recoded("empathy")})
    with pytest.raises(EditError, match="two answers"):
        editing.plan_move(session, book(ratings=items[:1]), choices)


def test_a_faulty_book_is_not_moved_to() -> None:
    with pytest.raises(EditError, match="not a colour"):
        editing.plan_move(SESSION, book(Code("x", "X", colour="red")))
