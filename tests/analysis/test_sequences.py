"""Transitions: counts by hand, expected counts, and a permutation test that can be trusted."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats.contingency import expected_freq

from annotator.analysis.sequences import (
    Follow,
    Transition,
    Transitions,
    stream_of,
    transition_table,
    transitions_of,
)
from annotator.model import Micros, Session
from tests.support.numbers import coding, meeting, span, tag


def coded(codes: str, every: float = 1.0) -> Session:
    """Code a session with r, q and s in this order."""
    names = {"r": "reflection", "q": "question", "s": "silence"}
    tags = (tag(f"t{at}", names[one], at * every) for at, one in enumerate(codes))
    return meeting(coding(*tags))


def found(session: Session, **options: object) -> Transitions:
    follow = Follow(**{"draws": 0, **options})
    return transitions_of([stream_of("one", session, session.passes[0])], follow)


def cell(transitions: Transitions, given_code: str, target: str) -> Transition:
    return next(one for one in transitions.cells if (one.given, one.target) == (given_code, target))


def test_counts_and_shares_by_lag() -> None:
    session = coded("rqrqrsq")
    by_one = found(session)
    assert by_one.total == 6
    assert cell(by_one, "reflection", "question").count == 2
    assert cell(by_one, "reflection", "question").probability == pytest.approx(2 / 3)
    assert cell(by_one, "question", "reflection").count == 2
    assert cell(by_one, "silence", "question").count == 1
    by_two = found(session, lag=2)
    assert by_two.total == 5
    assert cell(by_two, "reflection", "reflection").count == 2


def test_a_window_takes_all_that_begins_within() -> None:
    within = found(coded("rqs", every=2.0), window=Micros(4_000_000))
    assert within.total == 3
    assert cell(within, "reflection", "silence").count == 1
    assert found(coded("rqs", every=2.0), window=Micros(3_999_999)).total == 2


def test_residuals_are_those_of_the_table() -> None:
    """Against the textbook's formulas, worked with another hand's expected counts."""
    transitions = found(coded("rqrqrqssrrqsrqqrsq"))
    codes = transitions.codes
    table = np.array(
        [[cell(transitions, one, other).count for other in codes] for one in codes], dtype=float
    )
    expected = expected_freq(table)
    total = table.sum()
    for row, one in enumerate(codes):
        for column, other in enumerate(codes):
            made = cell(transitions, one, other)
            rows, columns = table[row].sum() / total, table[:, column].sum() / total
            spread = sqrt(expected[row, column] * (1 - rows) * (1 - columns))
            assert made.expected == pytest.approx(expected[row, column])
            assert made.residual == pytest.approx(
                (table[row, column] - expected[row, column]) / spread
            )
            a = table[row, column]
            b, c = table[row].sum() - a, table[:, column].sum() - a
            d = total - a - b - c
            if a * d + b * c:
                assert made.q == pytest.approx((a * d - b * c) / (a * d + b * c))


def test_allison_and_liker_use_the_base_rates_of_all_tags() -> None:
    transitions = found(coded("rqrqrsqr"))
    made = cell(transitions, "reflection", "question")
    given_rate, target_rate, rows = 4 / 8, 3 / 8, 3
    spread = sqrt(rows * target_rate * (1 - target_rate) * (1 - given_rate))
    assert made.z == pytest.approx((2 - rows * target_rate) / spread)


def test_only_pairs_of_those_asked_for() -> None:
    session = meeting(
        coding(
            tag("a", "reflection", 1, who="p1"),
            tag("b", "question", 2, who="p2"),
            tag("c", "reflection", 3, who="p2"),
        )
    )
    asked = found(session, given="therapist", target="client")
    assert asked.total == 1
    assert cell(asked, "reflection", "question").count == 1
    assert found(session, given="p2").total == 1
    assert found(session, given="nobody").total == 0


def test_nothing_follows_across_an_excluded_span() -> None:
    session = meeting(
        coding(tag("a", "reflection", 1), tag("b", "question", 30)), excluded=(span(10, 20),)
    )
    assert found(session).total == 0
    assert "No tag follows another" in found(session).notes[-1]


def test_nothing_at_all() -> None:
    transitions = found(meeting(coding()), draws=50)
    assert (transitions.codes, transitions.cells, transitions.total) == ((), (), 0)
    assert transition_table(transitions).rows == ()


def test_sessions_are_not_joined_at_their_ends() -> None:
    session = coded("rq")
    streams = [stream_of(name, session, session.passes[0]) for name in ("one", "two")]
    both = transitions_of(streams, Follow(draws=0))
    assert both.total == 2
    assert cell(both, "question", "reflection").count == 0
    assert [pair[0] for pair in cell(both, "reflection", "question").pairs] == ["one", "two"]


def test_shuffles_find_what_is_there_and_nothing_else() -> None:
    """In a strict alternation p is as small as it can be; in noise it is small as often as due."""
    strict = transitions_of(
        [stream_of("one", coded("rq" * 30), coded("rq" * 30).passes[0])], Follow(draws=200)
    )
    assert cell(strict, "reflection", "question").p == pytest.approx(1 / 201)
    rng = np.random.default_rng(7)
    small = 0
    for _ in range(60):
        session = coded("".join(rng.choice(list("rqs"), 60)))
        noise = found(session, draws=99)
        small += (cell(noise, "reflection", "question").p or 1) <= 0.05
    assert small <= 9  # of 60, 3 are expected; 10 or more would come once in a thousand


def test_the_same_seed_gives_the_same_p() -> None:
    one, other = found(coded("rqsrqqsr"), draws=100), found(coded("rqsrqqsr"), draws=100)
    assert one == other


@given(st.text("rqs", min_size=2, max_size=40), st.integers(1, 4))
def test_every_pair_is_counted_once(codes: str, lag: int) -> None:
    transitions = found(coded(codes), lag=lag)
    assert transitions.total == max(0, len(codes) - lag)
    assert sum(one.count for one in transitions.cells) == transitions.total
    assert all(len(one.pairs) == one.count for one in transitions.cells)
    for one in transitions.codes:
        shares = [cell(transitions, one, other).probability for other in transitions.codes]
        known = [share for share in shares if share is not None]
        assert not known or sum(known) == pytest.approx(1)
