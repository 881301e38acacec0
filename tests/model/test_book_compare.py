"""The table of what maps to what between two codebooks."""

from __future__ import annotations

from dataclasses import replace

from annotator.model import Attribute, Code, Codebook, CodeKind, Group, RatingItem, Score
from annotator.model.book_compare import Match, Part, compare_books, is_same_instrument

REFLECTION = Code("R", "Reflection", attributes=(Attribute("depth", "Depth"),))
QUESTION = Code("Q", "Question")
SILENCE = Code("silence", "Silence", kind=CodeKind.SPAN)
OLD = Codebook(
    "book",
    "1",
    "Book",
    groups=(Group("talk", "Talk"),),
    codes=(REFLECTION, QUESTION, SILENCE, Code("gone", "Gone")),
    ratings=(RatingItem("empathy", "Empathy"),),
    scores=(Score("r_q", "R per Q", "R/Q"),),
)


def test_a_book_is_the_same_as_itself() -> None:
    comparison = compare_books(OLD, OLD)
    assert {row.match for row in comparison.rows} == {Match.SAME}
    assert comparison.differences == ()
    assert len(comparison.of(Part.CODE)) == 4


def test_each_kind_of_difference_has_its_row() -> None:
    codes = (
        replace(REFLECTION, name="Mirroring"),
        Code("question", "QUESTION"),
        replace(SILENCE, kind=CodeKind.POINT),
        Code("new", "New"),
    )
    comparison = compare_books(OLD, replace(OLD, version="2", codes=codes))
    rows = [(row.match, row.old_id, row.new_id) for row in comparison.of(Part.CODE)]
    assert rows == [
        (Match.RENAMED, "R", "R"),
        (Match.OTHER_ID, "Q", "question"),
        (Match.CHANGED, "silence", "silence"),
        (Match.REMOVED, "gone", ""),
        (Match.ADDED, "", "new"),
    ]
    assert comparison.suggested() == {"Q": "question"}


def test_what_matters_for_tags_is_said() -> None:
    codes = (
        replace(REFLECTION, attributes=(), definition="Other."),
        replace(SILENCE, kind=CodeKind.POINT),
    )
    ratings = (replace(OLD.ratings[0], maximum=7, step=1),)
    comparison = compare_books(OLD, replace(OLD, codes=codes, ratings=ratings))
    notes = {row.old_id: row.notes for row in comparison.rows}
    assert notes["silence"] == ("marked a stretch, now a moment",)
    assert any("definition" in note for note in notes["R"])
    assert 'has no attribute "Depth" any more' in notes["R"]
    assert notes["empathy"] == ("was answered from 1 to 5, now from 1 to 7 in steps of 1",)


def test_one_new_code_is_suggested_for_one_old_one_only() -> None:
    old = replace(OLD, codes=(Code("a", "Same"), Code("b", "Same")))
    comparison = compare_books(old, replace(OLD, codes=(Code("c", "Same"),)))
    assert comparison.suggested() == {"a": "c"}
    assert [row.match for row in comparison.of(Part.CODE)] == [Match.OTHER_ID, Match.REMOVED]


def test_groups_ratings_and_scores_are_compared_too() -> None:
    new = replace(
        OLD,
        groups=(),
        ratings=(RatingItem("em", "Empathy"),),
        scores=(replace(OLD.scores[0], formula="R"),),
    )
    rows = {row.part: row for row in compare_books(OLD, new).differences}
    assert rows[Part.GROUP].match is Match.REMOVED
    assert rows[Part.RATING].match is Match.OTHER_ID
    assert rows[Part.SCORE].fields == ("formula",)


def test_what_is_retired_makes_no_other_instrument() -> None:
    more = (*OLD.codes, Code("old", "Old", retired=True))
    assert is_same_instrument(OLD, replace(OLD, codes=more))
    assert not is_same_instrument(OLD, replace(OLD, version="2"))
