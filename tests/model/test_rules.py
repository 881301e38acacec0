from __future__ import annotations

from dataclasses import replace

import pytest

from annotator.model import (
    Choice,
    CodingPass,
    Group,
    Interval,
    Listening,
    Look,
    Micros,
    Purpose,
    Rating,
    RatingItem,
    Score,
    Session,
    Tag,
)
from annotator.model.codebook import Attribute, Codebook
from annotator.model.rules import Problem, codebook_problems, session_problems
from tests.support.sessions import plain_session

SESSION = plain_session(2)
BOOK = SESSION.codebook
REFLECTION, SILENCE = BOOK.codes


def test_a_session_in_order_has_no_problems() -> None:
    assert session_problems(SESSION) == []
    assert codebook_problems(BOOK) == []


@pytest.mark.parametrize(
    ("book", "path", "told"),
    [
        (replace(BOOK, groups=(Group("a", "A"), Group("a", "B"))), "groups[1].id", '"a"'),
        (replace(BOOK, codes=(REFLECTION, REFLECTION)), "codes[1].id", "twice"),
        (
            replace(BOOK, codes=(REFLECTION, replace(SILENCE, key="R"))),
            "codes[1].key",
            "twice",
        ),
        (replace(BOOK, codes=(REFLECTION, replace(SILENCE, colour="red"))), "colour", '"red"'),
        (replace(BOOK, codes=(REFLECTION, replace(SILENCE, group="x"))), "codes[1].group", '"x"'),
        (replace(BOOK, codes=(REFLECTION, replace(SILENCE, parent="x"))), "parent", '"x"'),
        (
            replace(BOOK, codes=(REFLECTION, replace(SILENCE, parent="silence"))),
            "codes[1].parent",
            "other code",
        ),
        (
            replace(BOOK, codes=(REFLECTION, replace(SILENCE, exclusive_with=("x",)))),
            "codes[1].exclusive_with[0]",
            '"x"',
        ),
        (
            replace(BOOK, ratings=(RatingItem("e", "E", "", 5, 5),)),
            "ratings[0].max",
            "5 is not above min 5",
        ),
        (
            replace(BOOK, ratings=(RatingItem("e", "E", "", 1.0, 5.0, 9.0),)),
            "ratings[0].default",
            "9 is not from 1 to 5",
        ),
        (replace(BOOK, ratings=(RatingItem("e", "E"),) * 2), "ratings[1].id", '"e"'),
        (
            replace(BOOK, ratings=(RatingItem("silence", "S"),)),
            "ratings[0].id",
            '"silence"',
        ),
        (replace(BOOK, scores=(Score("s", "S", "silence/x"),)), "scores[0].formula", '"x"'),
        (replace(BOOK, scores=(Score("s", "S", "silence/"),)), "scores[0].formula", "read"),
        (replace(BOOK, scores=(Score("s", "S", "1"),) * 2), "scores[1].id", '"s"'),
        (
            replace(
                BOOK,
                codes=(replace(REFLECTION, attributes=(Attribute("d", "D"),) * 2), SILENCE),
            ),
            "codes[0].attributes[1].id",
            '"d"',
        ),
        (
            replace(
                BOOK,
                codes=(
                    replace(
                        REFLECTION,
                        attributes=(Attribute("d", "D", (Choice("a", "A"), Choice("a", "B"))),),
                    ),
                    SILENCE,
                ),
            ),
            "codes[0].attributes[0].choices[1].id",
            '"a"',
        ),
    ],
)
def test_a_problem_of_a_codebook_is_told_once(book: Codebook, path: str, told: str) -> None:
    problems = [one for one in codebook_problems(book) if path in one.path]
    assert len(problems) == 1
    assert told in problems[0].message


def test_codes_that_are_their_own_ancestors_are_told() -> None:
    codes = (replace(REFLECTION, parent="silence"), replace(SILENCE, parent="reflection"))
    problems = codebook_problems(replace(BOOK, codes=codes))
    assert [problem.path for problem in problems] == [
        "codebook.codes[0].parent",
        "codebook.codes[1].parent",
    ]


def shown_as(look: Look) -> Session:
    return replace(SESSION, recordings=(replace(SESSION.recordings[0], look=look),))


def with_tag(tag: Tag) -> Session:
    return replace(SESSION, passes=(replace(SESSION.passes[0], tags=(tag,)),))


TAG = SESSION.passes[0].tags[0]


@pytest.mark.parametrize(
    ("session", "path", "told"),
    [
        (replace(SESSION, recordings=SESSION.recordings * 2), "recordings[1].id", '"r1"'),
        (replace(SESSION, participants=SESSION.participants * 2), "participants[1].id", '"p1"'),
        (
            replace(SESSION, region=Interval(Micros(0), Micros(10**12))),
            "region.end",
            "100000.0 s",
        ),
        (
            replace(
                SESSION,
                passes=(*SESSION.passes, CodingPass("pass1", "B", Purpose.DOUBLE, "")),
            ),
            "passes[1].id",
            '"pass1"',
        ),
        (
            replace(SESSION, passes=(*SESSION.passes, replace(SESSION.passes[0], id="pass2"))),
            "passes[1].tags[0].id",
            '"t0"',
        ),
        (shown_as(Look(turn=45)), "recordings[0].look.turn", "45 is none of"),
        (shown_as(Look(zoom=17)), "recordings[0].look.zoom", "17 is not from 1 to 16"),
        (shown_as(Look(contrast=0.2)), "recordings[0].look.contrast", "0.2 is not from 0.25 to 4"),
        (shown_as(Look(shape="wide")), "recordings[0].look.shape", '"wide"'),
        (
            replace(
                SESSION,
                recordings=(replace(SESSION.recordings[0], listening=Listening(volume=1.5)),),
            ),
            "recordings[0].listening.volume",
            "1.5 is not from 0 to 1",
        ),
        (with_tag(replace(TAG, code="x")), "passes[0].tags[0].code", '"x"'),
        (with_tag(replace(TAG, participant="x")), "passes[0].tags[0].participant", '"x"'),
        (
            with_tag(replace(TAG, code="silence", end=TAG.start)),
            "passes[0].tags[0].end",
            "end equals start",
        ),
        (
            replace(SESSION, passes=(replace(SESSION.passes[0], ratings=(Rating("x", 1),)),)),
            "passes[0].ratings[0].item",
            '"x"',
        ),
        (
            replace(SESSION, passes=(replace(SESSION.passes[0], ratings=(Rating("empathy", 6),)),)),
            "passes[0].ratings[0].value",
            "6 is not from 1 to 5",
        ),
        (
            replace(
                SESSION,
                passes=(replace(SESSION.passes[0], ratings=(Rating("empathy", 2),) * 2),),
            ),
            "passes[0].ratings[1].item",
            "twice",
        ),
    ],
)
def test_a_problem_of_a_session_is_told_with_its_path(
    session: Session, path: str, told: str
) -> None:
    problem = session_problems(session)[0]
    assert problem.path == path
    assert told in problem.message


def test_a_session_without_recordings_has_no_end_to_hold_the_region_against() -> None:
    assert session_problems(replace(SESSION, recordings=())) == []


def test_a_problem_reads_as_path_and_message() -> None:
    assert str(Problem("a.b", "is wrong")) == "a.b: is wrong"
    assert str(Problem("", "is wrong")) == "is wrong"


@pytest.mark.parametrize("key", ["date", "expires", "withdrawn"])
def test_a_day_of_a_consent_that_cannot_be_read_is_told(key: str) -> None:
    (one,) = SESSION.participants
    for day, is_told in (("", False), ("2026-03-01", False), ("March 2026", True)):
        consent = replace(one.consent, **{key: day})
        session = replace(SESSION, participants=(replace(one, consent=consent),))
        problems = session_problems(session)
        assert [problem.path for problem in problems] == [
            f"participants[0].consent.{key}"
        ] * is_told
        assert all(problem.is_warning and day in problem.message for problem in problems)


def test_the_second_of_two_tags_with_one_id_is_told_among_very_many() -> None:
    tags = tuple(
        Tag(f"t{number}", "reflection", Micros(number), Micros(number)) for number in range(50_000)
    )
    twice = (*tags, replace(tags[7], start=Micros(60_000), end=Micros(60_000)))
    for held, wanted in ((tags, []), (twice, ['"t7" is used twice'])):
        one = CodingPass("p", "A", Purpose.PRIMARY, "", held)
        problems = session_problems(replace(SESSION, passes=(one,)))
        assert [one.message for one in problems if one.path.endswith(".id")] == wanted
