"""Two passes set against each other: what is paired, and what each difference is called."""

from __future__ import annotations

import random
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.comparing import compare
from annotator.analysis.pairing import is_near
from annotator.model import CodingPass, ExcludedSpan, Interval, Matching, Micros, Purpose, Session
from annotator.model.coding import Tag, tag_order
from annotator.model.comparison import CodeCounts, Comparison, DifferenceKind
from tests.support.tapping import a_session, a_tag

S = 1_000_000
HALF = Matching()
CLOSE = Matching(Micros(200_000), 80)


def passes(first: list[Tag], second: list[Tag]) -> Session:
    made = (
        CodingPass(name, name.upper(), Purpose.PRIMARY, "", tuple(sorted(tags, key=tag_order)))
        for name, tags in (("a", first), ("b", second))
    )
    return replace(a_session(), passes=tuple(made))


def compared(first: list[Tag], second: list[Tag], matching: Matching = HALF) -> Comparison:
    session = passes(first, second)
    return compare(session, *session.passes, matching)


def told(found: Comparison) -> list[tuple[DifferenceKind, tuple[str, ...]]]:
    return [(one.kind, one.sources) for one in found.differences]


def test_each_kind_of_difference_in_order_of_time() -> None:
    first = [
        a_tag("a1", "reflection", 10 * S),
        a_tag("a2", "silence", 20 * S, 30 * S),
        a_tag("a3", "question", 40 * S),
        a_tag("a4", "reflection", 50 * S),
        a_tag("a5", "calm", 60 * S, 70 * S, "t"),
    ]
    second = [
        a_tag("b1", "reflection", 10 * S + 400_000),
        a_tag("b2", "silence", 20 * S, 28 * S),
        a_tag("b3", "reflection", 40 * S),
        a_tag("b4", "reflection", 55 * S),
        a_tag("b5", "calm", 60 * S, 70 * S, "c"),
    ]
    found = compared(first, second)
    assert [(one.id, other.id) for one, other in found.agreed] == [("a1", "b1")]
    assert told(found) == [
        (DifferenceKind.BOUNDARY, ("a2", "b2")),
        (DifferenceKind.OTHER_CODE, ("a3", "b3")),
        (DifferenceKind.ONLY_FIRST, ("a4",)),
        (DifferenceKind.ONLY_SECOND, ("b4",)),
        (DifferenceKind.DETAIL, ("a5", "b5")),
    ]
    assert found.differences[0].interval == Interval(Micros(20 * S), Micros(30 * S))
    assert found.by_code() == (
        CodeCounts("calm", detail=1),
        CodeCounts("question", other_code=1),
        CodeCounts("reflection", agreed=1, other_code=1, only_first=1, only_second=1),
        CodeCounts("silence", boundary=1),
    )


def test_details_count_only_if_asked() -> None:
    one = replace(a_tag("a", "reflection", S), attributes={"depth": "low"})
    other = a_tag("b", "reflection", S)
    assert told(compared([one], [other])) == [(DifferenceKind.DETAIL, ("a", "b"))]
    assert told(compared([one], [other], Matching(details=False))) == []


def test_the_nearest_are_paired() -> None:
    first = [a_tag("a", "reflection", 1_000_000)]
    second = [a_tag("b1", "reflection", 700_000), a_tag("b2", "reflection", 1_000_000)]
    found = compared(first, second)
    assert [other.id for _, other in found.agreed] == ["b2"]


def test_as_many_as_can_be_are_paired() -> None:
    first = [a_tag("a1", "reflection", 600_000), a_tag("a2", "reflection", 1_000_000)]
    second = [a_tag("b1", "reflection", 1_000_000), a_tag("b2", "reflection", 1_500_000)]
    found = compared(first, second)
    assert [(one.id, other.id) for one, other in found.agreed] == [("a1", "b1"), ("a2", "b2")]


def test_the_threshold_of_overlap_is_met_exactly() -> None:
    first, second = [a_tag("a", "silence", 0, 10 * S)], [a_tag("b", "silence", 0, 8 * S)]
    assert told(compared(first, second, CLOSE)) == [(DifferenceKind.BOUNDARY, ("a", "b"))]
    second = [a_tag("b", "silence", 0, 8 * S - 1)]
    assert len(told(compared(first, second, CLOSE))) == 2


def test_short_stretches_within_the_tolerance_agree_whatever_they_share() -> None:
    first = [a_tag("a", "noise", S, S + 200_000)]
    second = [a_tag("b", "noise", S + 250_000, S + 450_000)]
    assert told(compared(first, second)) == []


def test_a_moment_meets_a_stretch_of_its_code_anywhere_and_of_another_where_it_begins() -> None:
    first = [a_tag("a", "reflection", 5 * S)]
    same, other = a_tag("b", "reflection", 0, 9 * S), a_tag("b", "calm", 0, 9 * S)
    assert told(compared(first, [same])) == [(DifferenceKind.BOUNDARY, ("a", "b"))]
    assert len(told(compared(first, [other]))) == 2
    begins = a_tag("b", "calm", 5 * S, 9 * S)
    assert told(compared(first, [begins])) == [(DifferenceKind.OTHER_CODE, ("a", "b"))]


def test_what_two_people_do_at_once_is_no_other_code() -> None:
    first = [a_tag("a", "reflection", S, None, "t")]
    second = [a_tag("b", "question", S, None, "c")]
    assert len(told(compared(first, second))) == 2


def test_only_what_counts_is_compared() -> None:
    session = passes([a_tag("a", "noise", S, 2 * S), a_tag("b", "noise", 50 * S, 51 * S)], [])
    excluded = (ExcludedSpan(Micros(50 * S), Micros(60 * S)),)
    session = replace(session, region=Interval(Micros(2 * S), Micros(90 * S)), excluded=excluded)
    assert compare(session, *session.passes).differences == ()


def test_a_pass_agrees_with_itself() -> None:
    tags = [a_tag(f"t{n}", "reflection", n * 100_000) for n in range(50)]
    found = compared(tags, tags)
    assert found.differences == ()
    assert all(one is other for one, other in found.agreed)


def test_two_empty_passes_do_not_differ() -> None:
    found = compared([], [])
    assert (found.agreed, found.differences, found.by_code()) == ((), (), ())


SOME = st.lists(
    st.tuples(
        st.sampled_from(["reflection", "question", "silence"]),
        st.integers(0, 30),
        st.integers(0, 6),
        st.sampled_from(["", "t", "c"]),
    ),
    max_size=6,
)
MATCHINGS = st.builds(
    Matching,
    st.sampled_from([0, 200_000, 500_000]).map(Micros),
    st.sampled_from([1, 30, 50, 80, 100]),
    st.booleans(),
)


def drawn(name: str, some: list[tuple[str, int, int, str]]) -> list[Tag]:
    return [
        a_tag(f"{name}{n}", code, at * 100_000, (at + length) * 100_000, who)
        for n, (code, at, length, who) in enumerate(some)
    ]


def most(first: list[Tag], second: list[Tag], matching: Matching) -> int:
    """Count the pairs of one code in the best of all ways to pair, by trying each."""
    if not first:
        return 0
    one, *rest = first
    best = most(rest, second, matching)
    for tag in second:
        if tag.code == one.code and is_near(one, tag, matching, same_code=True):
            left = [other for other in second if other is not tag]
            best = max(best, 1 + most(rest, left, matching))
    return best


@given(SOME, SOME, MATCHINGS)
def test_no_other_pairing_has_more_pairs_of_one_code(
    some: list[tuple[str, int, int, str]],
    others: list[tuple[str, int, int, str]],
    matching: Matching,
) -> None:
    first, second = drawn("a", some), drawn("b", others)
    found = compared(first, second, matching)
    same = len(found.agreed) + found.count(DifferenceKind.BOUNDARY)
    same += found.count(DifferenceKind.DETAIL)
    assert same == most(first, second, matching)


@given(SOME, SOME, MATCHINGS)
def test_each_tag_is_told_once_and_the_order_of_passes_does_not_matter(
    some: list[tuple[str, int, int, str]],
    others: list[tuple[str, int, int, str]],
    matching: Matching,
) -> None:
    session = passes(drawn("a", some), drawn("b", others))
    a, b = session.passes
    found, turned = compare(session, a, b, matching), compare(session, b, a, matching)
    seen = [tag.id for pair in found.agreed for tag in pair]
    seen += [tag.id for one in found.differences for tag in one.tags]
    assert sorted(seen) == sorted(tag.id for one in (a, b) for tag in one.tags)
    assert {one.sources for one in found.differences} == {one.sources for one in turned.differences}
    assert {(one.id, other.id) for one, other in found.agreed} == {
        (one.id, other.id) for other, one in turned.agreed
    }


@pytest.mark.parametrize("apart", [300_000, 40_000_000])
def test_ten_thousand_tags_are_compared_without_looking_at_every_pair(apart: int) -> None:
    some = random.Random(4)
    codes = ["reflection", "question", "silence", "noise", "talk"]

    def coded(name: str) -> list[Tag]:
        tags = []
        for n in range(10_000):
            start = n * 400_000 + some.randrange(300_000)
            code = codes[n % 5 if some.random() < 0.8 else some.randrange(5)]
            tags.append(a_tag(f"{name}{n}", code, start, start + some.randrange(1, apart)))
        return tags

    session = passes(coded("a"), coded("b"))
    session = replace(session, region=Interval(Micros(0), Micros(5_000_000_000)))
    begun = process_time()
    found = compare(session, *session.passes)
    took = process_time() - begun
    assert len(found.agreed) + len(found.differences) >= 10_000
    assert took < (5 if apart < S else 10)  # of the processor; all pairs would take minutes


def test_a_crowd_at_one_place_does_not_take_for_ever() -> None:
    first = [a_tag(f"a{n:05}", "noise", S, 2 * S) for n in range(3_000)]
    second = [a_tag(f"b{n:05}", "noise", S, 2 * S) for n in range(3_000)]
    found = compared(first, second)
    assert len(found.agreed) == 3_000
