"""What is played again, and what is played next."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.editing.replaying import Around, Cycle, replay_interval
from annotator.model import ExcludedSpan, Interval, Micros, Recording, RecordingRole, Session
from tests.support.tapping import END, a_session, a_tag

S = 1_000_000
FILM = Recording("r", "film.mp4", RecordingRole.ROOM, Micros(0), Micros(END), "x")


def seconds(start: float, end: float) -> Interval:
    return Interval(Micros(round(start * S)), Micros(round(end * S)))


def a_film(start: int = 0, end: int = 100, *excluded: tuple[int, int]) -> Session:
    spans = tuple(ExcludedSpan(Micros(a * S), Micros(b * S)) for a, b in excluded)
    session = replace(a_session(), recordings=(FILM,), excluded=spans)
    return replace(session, region=seconds(start, end))


def test_a_stretch_is_played_with_a_little_around_it() -> None:
    tag = a_tag("t", "noise", 10 * S, 12 * S)
    assert replay_interval(a_film(), (tag,), tag) == seconds(9, 13)
    wide = Around(Micros(20 * S), Micros(200 * S))
    assert replay_interval(a_film(), (tag,), tag, wide) == seconds(0, 100)


def test_a_moment_is_played_from_the_mark_before_it() -> None:
    one, last = a_tag("1", "reflection", 18 * S), a_tag("2", "reflection", 20 * S)
    assert replay_interval(a_film(), (one, last), last) == seconds(18, 21)
    assert replay_interval(a_film(), (last,), last) == seconds(15, 21)
    first = a_tag("0", "reflection", S)
    assert replay_interval(a_film(), (first,), first) == seconds(0, 2)


def test_stretch_follows_stretch_to_the_end_of_the_region() -> None:
    session, cycle = a_film(10, 31), Cycle(Micros(10 * S), Micros(S))
    played = cycle.first(session, Micros(0))
    found = []
    while played is not None:
        found.append(played)
        played = cycle.following(session, played)
    assert found == [seconds(10, 20), seconds(19, 29), seconds(28, 31)]
    assert cycle.first(session, Micros(31 * S)) is None


def test_excluded_spans_are_not_played() -> None:
    session, cycle = a_film(0, 40, (8, 12), (30, 40)), Cycle(Micros(10 * S), Micros(2 * S))
    first = cycle.first(session, Micros(0))
    assert first == seconds(0, 8)
    second = cycle.following(session, first)
    assert second == seconds(12, 22)
    third = cycle.following(session, second)
    assert third == seconds(20, 30)
    assert cycle.following(session, third) is None


@pytest.mark.parametrize(("length", "overlap"), [(0, 0), (5, 5), (5, -1)])
def test_a_cycle_must_lead_on(length: int, overlap: int) -> None:
    with pytest.raises(ValueError, match="no cycle"):
        Cycle(Micros(length), Micros(overlap))


@given(
    st.integers(1, 30),
    st.integers(0, 29),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=3),
)
def test_all_that_counts_is_played_and_nothing_that_is_excluded(
    length: int, overlap: int, excluded: list[tuple[int, int]]
) -> None:
    spans = [(a, a + b) for a, b in excluded]
    session = a_film(5, 60, *spans)
    cycle = Cycle(Micros(length * S), Micros(min(overlap, length - 1) * S))
    seen: set[int] = set()
    played = cycle.first(session, Micros(0))
    reached = Micros(0)
    while played is not None:
        assert played.end > reached
        reached = played.end
        seen |= set(range(played.start // S, played.end // S))
        played = cycle.following(session, played)
    gone = {second for a, b in spans for second in range(a, b)}
    assert seen == set(range(5, 60)) - gone
