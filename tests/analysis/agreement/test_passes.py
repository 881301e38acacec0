"""Agreement of two passes: pairing, matrices, words where there is no number, symmetry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.agreement.aligning import aligned
from annotator.analysis.agreement.measures import Measure
from annotator.analysis.agreement.passes import Settings, agreement_of_passes
from annotator.analysis.agreement.result import NO_TAG, Agreement
from annotator.model import (
    Codebook,
    CodingPass,
    ExcludedSpan,
    Interval,
    Micros,
    Purpose,
    Session,
    Tag,
    tag_order,
)

MS = 1000
Line = tuple[int, int, str]

ONE = [(0, 1000, "A"), (1500, 2500, "B"), (3000, 4000, "A"), (5000, 6000, "B")]
ONE += [(7000, 7500, "A"), (9000, 10000, "B")]
TWO = [(100, 1000, "A"), (1500, 2500, "A"), (3500, 4500, "A"), (5000, 5900, "B")]
TWO += [(9000, 10000, "B"), (11000, 11500, "B")]
THREE = [(0, 1000, "A"), (2000, 3000, "B"), (4000, 5000, "C"), (6000, 7000, "A")]
THREE += [(8000, 9000, "B"), (10000, 11000, "C"), (12000, 13000, "A")]
FOUR = [(0, 900, "A"), (2000, 3100, "B"), (4100, 5000, "B"), (6000, 7000, "A")]
FOUR += [(8400, 9400, "B"), (10000, 11000, "C"), (13500, 14000, "C")]


def coded(first: list[Line], second: list[Line], until: int = 20_000) -> Session:
    passes = []
    for name, lines in (("x", first), ("y", second)):
        tags = [
            Tag(f"{name}{at}", code, Micros(start * MS), Micros(end * MS))
            for at, (start, end, code) in enumerate(lines)
        ]
        ordered = tuple(sorted(tags, key=tag_order))
        passes.append(CodingPass(name, name.upper(), Purpose.PRIMARY, "", ordered))
    region = Interval(Micros(0), Micros(until * MS))
    return Session("s", "S", Codebook("b", "1", "B"), region, passes=tuple(passes))


def measured(session: Session, settings: Settings | None = None) -> dict[Measure, Agreement]:
    found = agreement_of_passes(session, *session.passes, settings or Settings())
    return {one.measure: one for one in found}


@pytest.mark.parametrize(
    ("percent", "rows", "kappa"),
    [
        (60, ((2, 0, 2), (2, 4, 0), (1, 1, 0)), 0.25),
        (90, ((2, 0, 2), (2, 4, 0), (1, 1, 0)), 0.25),
        (91, ((0, 0, 3), (2, 2, 1), (2, 2, 0)), 0),
    ],
)
def test_easydiag_by_threshold(
    percent: int, rows: tuple[tuple[int, ...], ...], kappa: float
) -> None:
    found = measured(coded(ONE, TWO), Settings(overlap_percent=percent))[Measure.EASYDIAG]
    assert found.matrix is not None
    assert found.matrix.labels == ("A", "B", NO_TAG)
    assert found.matrix.counts == rows
    assert found.value == pytest.approx(kappa, abs=1e-4)


def test_easydiag_where_the_overlap_is_just_enough() -> None:
    found = measured(coded(THREE, FOUR))[Measure.EASYDIAG]
    assert found.value == pytest.approx(0.600945, abs=1e-4)
    assert found.matrix is not None
    behind = found.matrix.moments("C", "B")
    assert [[tag.id for tag in one.tags] for one in behind] == [["x2", "y2"]]
    values = {one.code: one.value for one in found.by_code}
    assert values == {
        "A": pytest.approx(0.8372, abs=1e-4),
        "B": pytest.approx(0.6957, abs=1e-4),
        "C": pytest.approx(0.4324, abs=1e-4),
    }


def test_unmatched_tags_are_behind_their_cell() -> None:
    matrix = measured(coded(ONE, TWO))[Measure.EASYDIAG].matrix
    assert matrix is not None
    alone = [tag.id for one in matrix.moments(NO_TAG, "B") for tag in one.tags]
    assert alone == ["y5"]


def test_oneself_agrees_fully() -> None:
    found = measured(coded(ONE, ONE))
    assert {one.value for one in found.values()} == {1.0}


def test_tolerance_is_a_tolerance() -> None:
    first, second = (
        [(3000, 8000, "A"), (13_000, 18_000, "B")],
        [(5000, 10_000, "A"), (15_000, 20_000, "B")],
    )
    session = coded(first, second, 24_000)
    found = measured(session)
    plain, within = found[Measure.TIME_UNIT], found[Measure.TIME_UNIT_TOLERANT]
    assert plain.value is not None
    assert plain.value < 0.6
    assert within.value == 1.0
    less = measured(session, Settings(tolerance=Micros(1_000_000)))
    assert less[Measure.TIME_UNIT_TOLERANT].value not in {plain.value, 1.0}


def test_time_units_leave_excluded_spans_out() -> None:
    session = coded([(0, 5000, "A")], [(0, 5000, "A"), (10_000, 12_000, "A")])
    hole = ExcludedSpan(Micros(9_000_000), Micros(13_000_000))
    assert measured(session)[Measure.TIME_UNIT].value != 1.0
    found = measured(replace(session, excluded=(hole,)))[Measure.TIME_UNIT]
    assert (found.value, found.units) == (1.0, 16)


def test_bootstrap_holds_the_value() -> None:
    for one in measured(coded(THREE * 1, FOUR), Settings(draws=200)).values():
        if one.bounds is not None and one.value is not None:
            assert one.bounds.low <= one.value <= one.bounds.high
            assert "200 draws" in one.sentence


@pytest.mark.parametrize(
    ("first", "second", "until", "word"),
    [
        ([], [], 20_000, "neither coder has a tag"),
        ([(0, 1000, "A")], [(0, 1000, "A")], 20_000, "only one code"),
        ([(0, 0, "A")], [(0, 0, "B")], 0, "neither coder has a tag"),
    ],
)
def test_words_instead_of_numbers(
    first: list[Line], second: list[Line], until: int, word: str
) -> None:
    found = measured(coded(first, second, until))[Measure.EASYDIAG]
    assert found.value is None
    assert word in found.told
    assert found.sentence == ""


def test_instants_have_no_length() -> None:
    found = measured(coded([(5, 5, "A"), (9, 9, "B")], [(5, 5, "A"), (9, 9, "B")]))
    assert "instants" in found[Measure.UNITIZING].told
    assert found[Measure.EASYDIAG].value == 1.0


LINES = st.lists(
    st.tuples(
        st.integers(0, 19_000), st.sampled_from([0, 500, 1000, 3000]), st.sampled_from("ABC")
    ).map(lambda one: (one[0], one[0] + one[1], one[2])),
    max_size=12,
)


@given(LINES, LINES)
def test_either_order_gives_the_same(first: list[Line], second: list[Line]) -> None:
    there, back = measured(coded(first, second)), measured(coded(second, first))
    for measure, one in there.items():
        other = back[measure]
        assert (one.value is None) == (other.value is None)
        if one.value is not None and other.value is not None and measure is not Measure.EASYDIAG:
            assert one.value == pytest.approx(other.value, abs=1e-9)


@given(LINES, LINES)
def test_other_names_change_nothing(first: list[Line], second: list[Line]) -> None:
    names = {"A": "C", "B": "A", "C": "B"}
    renamed = [[(a, b, names[code]) for a, b, code in each] for each in (first, second)]
    there, back = measured(coded(first, second)), measured(coded(*renamed))
    for measure in (Measure.TIME_UNIT, Measure.UNITIZING):
        one, other = there[measure].value, back[measure].value
        assert one == other or one == pytest.approx(other, abs=1e-9)


@given(st.text("abcd", max_size=14), st.text("abcd", max_size=14))
def test_alignments_cost_the_least(first: str, second: str) -> None:
    pairs = aligned(first, second)
    assert [a for a, _ in pairs if a is not None] == list(range(len(first)))
    assert [b for _, b in pairs if b is not None] == list(range(len(second)))
    cost = sum(a is None or b is None or first[a] != second[b] for a, b in pairs)
    assert cost == _distance(first, second)


def _distance(first: str, second: str) -> int:
    row = list(range(len(second) + 1))
    for at, one in enumerate(first, 1):
        before, row[0] = row[0], at
        for to, other in enumerate(second, 1):
            best = min(row[to] + 1, row[to - 1] + 1, before + (one != other))
            before, row[to] = row[to], best
    return row[-1]
