"""Proposals in order, what became of each, and which one is looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.gui.proposal_list import Decision, ProposalList
from annotator.media.silences import SilenceProposal
from annotator.model import Micros, Tag


def span(start: float, end: float) -> SilenceProposal:
    return SilenceProposal(Micros(round(start * 1_000_000)), Micros(round(end * 1_000_000)))


def names() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"p{next(numbers)}"


def tag_of(listed: ProposalList, proposal_id: str, code: str = "silence") -> Tag:
    one = next(one for one in listed.items if one.id == proposal_id)
    return Tag(one.id, code, one.start, one.end)


@pytest.fixture
def three() -> ProposalList:
    found = [span(10, 14), span(20, 24), span(30, 35)]
    return ProposalList().refound(found, names()).advanced()


def test_it_begins_at_the_first(three: ProposalList) -> None:
    assert [one.id for one in three.shown] == ["p1", "p2", "p3"]
    assert (three.current_id, three.number) == ("p1", 1)
    assert ProposalList().advanced().current is None


def test_stepping_stops_at_the_ends(three: ProposalList) -> None:
    assert three.stepped(-1).current_id == "p1"
    assert three.stepped(1).current_id == "p2"
    assert three.stepped(9).current_id == "p3"
    assert ProposalList().stepped(1).current is None


def test_going_on_skips_what_is_decided_and_begins_again(three: ProposalList) -> None:
    made = three.gone_to("p2").with_rejected("p2").advanced()
    assert made.current_id == "p3"
    assert made.with_rejected("p3").advanced().current_id == "p1"
    over = made.with_rejected("p3").with_rejected("p1")
    assert over.open == ()
    assert over.advanced().current is None
    assert over.advanced().stepped(-1).current_id == "p3"
    assert over.advanced().stepped(1).current_id == "p1"


def test_a_tag_with_its_id_accepts_it_and_undo_opens_it_again(three: ProposalList) -> None:
    tag = tag_of(three, "p2")
    accepted = three.following([tag], "silence")
    assert [one.id for one in accepted.with_decision(Decision.ACCEPTED)] == ["p2"]
    moved = replace(tag, end=Micros(40_000_000))
    assert accepted.following([moved], "silence").with_decision(Decision.ACCEPTED)
    assert accepted.following([], "silence").open == three.open


def test_what_is_tagged_already_is_left_out(three: ProposalList) -> None:
    other = Tag("old", "silence", Micros(13_900_000), Micros(15_000_000))
    made = three.following([other], "silence")
    assert [one.id for one in made.shown] == ["p2", "p3"]
    assert made.current is None
    assert three.following([other], "pause").shown == three.shown
    touching = replace(other, start=Micros(14_000_000))
    assert three.following([touching], "silence").shown == three.shown


def test_a_rejected_one_can_be_opened_again(three: ProposalList) -> None:
    made = three.with_rejected("p1").following([], "silence")
    assert made.items[0].decision is Decision.REJECTED
    again = made.reopened("p1")
    assert again.items[0].decision is Decision.OPEN
    assert again.rejected == ()
    assert three.with_rejected("nobody") == three.reopened("nobody") == three


def test_other_limits_keep_fates_places_and_hand_made_ends(three: ProposalList) -> None:
    made = three.with_rejected("p1").moved("p2", Micros(20_500_000), Micros(24_000_000))
    found = [span(3, 4), span(10.1, 13.9), span(20, 24.2), span(50, 55)]
    again = made.gone_to("p2").refound(found, iter(["n1", "n2", "n3"]).__next__)
    assert [one.id for one in again.items] == ["n1", "p1", "p2", "n3"]
    assert again.items[1].decision is Decision.REJECTED
    assert again.items[1].start == 10_100_000
    assert again.items[2].start == 20_500_000
    assert again.current_id == "p2"
    assert again.refound([], names()).current is None


def test_what_was_rejected_stays_so_when_it_comes_back(three: ProposalList) -> None:
    away = three.with_rejected("p3").refound([span(10, 14)], names())
    back = away.refound([span(10, 14), span(30, 35)], names())
    assert [one.decision for one in back.items] == [Decision.OPEN, Decision.REJECTED]


def test_one_that_falls_apart_gives_its_id_once() -> None:
    whole = ProposalList().refound([span(10, 20)], names())
    parts = whole.refound([span(10, 14), span(15, 20)], iter(["n1", "n2"]).__next__)
    assert len({one.id for one in parts.items}) == 2


def test_the_nearest_one_is_the_next_that_is_not_over(three: ProposalList) -> None:
    assert three.nearest(Micros(13_000_000)).current_id == "p1"
    assert three.nearest(Micros(14_000_000)).current_id == "p2"
    assert three.nearest(Micros(90_000_000)).current_id == "p1"
    assert ProposalList(current_id="gone").nearest(Micros(0)).current_id == ""


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=12),
    st.lists(st.integers(0, 9), unique=True, max_size=8),
)
def test_what_is_left_out_is_what_shares_a_moment_with_a_tag(
    tagged: list[tuple[int, int]], places: list[int]
) -> None:
    found = [span(place * 7, place * 7 + 5) for place in sorted(places)]
    tags = [
        Tag(f"t{n}", "silence", span(start, start + length).start, span(start, start + length).end)
        for n, (start, length) in enumerate(tagged)
    ]
    made = ProposalList().refound(found, names()).following(tags, "silence")
    for one in made.items:
        touched = any(tag.interval.overlaps(one.interval) for tag in tags)
        assert (one.decision is Decision.KNOWN) == touched
