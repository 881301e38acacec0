"""Summaries: what counts, what it is divided by, and what is not defined."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.analysis.summary import By, Parting, score_table, summary_of
from annotator.model import Micros, Rating
from annotator.model.coding import UNNAMED
from annotator.model.table import Cell, Table, stacked
from annotator.storage.recovery import found_on_disk
from tests.support.numbers import coding, meeting, named, span, tag

SAMPLE = Path("samples/first-session/first-session.session.json")


def row_of(table: Table, **wanted: Cell) -> dict[str, Cell]:
    (only,) = [
        row for row in table.records() if all(row[key] == value for key, value in wanted.items())
    ]
    return only


def test_counts_rates_durations_and_latency() -> None:
    tags = (
        tag("a", "reflection", 60),
        tag("b", "reflection", 90),
        tag("c", "silence", 100, 110),
        tag("d", "silence", 105, 125),
        tag("e", "silence", 300, 304),
    )
    session = meeting(coding(*tags))
    table = summary_of(named(session), session.passes[0])
    reflection = row_of(table, code="reflection")
    assert (reflection["count"], reflection["rate"], reflection["latency"]) == (2, 2.0, 60.0)
    assert (reflection["duration"], reflection["mean"], reflection["longest"]) == (0.0, None, None)
    silence = row_of(table, code="silence")
    assert silence["count"] == 3
    assert silence["duration"] == 29.0  # 100 to 125 once, and 4
    assert silence["share"] == pytest.approx(29 / 600)
    assert (silence["median"], silence["longest"]) == (10.0, 20.0)
    assert silence["mean"] == pytest.approx(34 / 3)
    unused = row_of(table, code="question")
    assert (unused["count"], unused["rate"], unused["latency"]) == (0, 0.0, None)


def test_excluded_spans_and_the_region_are_not_counted() -> None:
    tags = (
        tag("before", "reflection", 5),
        tag("in", "reflection", 150),
        tag("hidden", "reflection", 210),
        tag("through", "silence", 190, 310),
        tag("beyond", "silence", 590, 640),
    )
    session = meeting(coding(*tags), region=span(100, 600), excluded=(span(200, 300),))
    table = summary_of(named(session), session.passes[0])
    reflection = row_of(table, code="reflection")
    assert reflection["counted"] == 400.0
    assert reflection["count"] == 1
    assert reflection["rate"] == pytest.approx(1.5)
    assert reflection["latency"] == 50.0
    silence = row_of(table, code="silence")
    assert silence["duration"] == 10.0 + 10.0 + 10.0
    assert silence["longest"] == 20.0
    assert "2 tags begin outside the counted time" in table.notes[-1]


def test_latency_leaves_out_excluded_time() -> None:
    session = meeting(coding(tag("a", "reflection", 400)), excluded=(span(100, 300),))
    table = summary_of(named(session), session.passes[0])
    assert row_of(table, code="reflection")["latency"] == 200.0


def test_thirds_and_bins_add_up_to_the_whole() -> None:
    tags = [tag(f"t{at}", "reflection", at * 7.3) for at in range(80)]
    tags += [tag("s", "silence", 150, 450)]
    session = meeting(coding(*sorted(tags, key=lambda one: one.start)))
    for parting in (Parting(thirds=True), Parting(length=Micros(70_000_000))):
        table = summary_of(named(session), session.passes[0], parting=parting)
        rows = [row for row in table.records() if row["code"] == "reflection"]
        assert sum(int(str(row["count"])) for row in rows) == 80
        lengths = [row for row in table.records() if row["code"] == "silence"]
        assert sum(float(str(row["duration"])) for row in lengths) == pytest.approx(300)
        assert sum(float(str(row["counted"])) for row in lengths) == pytest.approx(600)
    assert len(rows) == 9
    assert rows[-1]["counted"] == 40.0


def test_by_group_participant_and_both() -> None:
    tags = (
        tag("a", "reflection", 10, who="p1"),
        tag("b", "question", 20, who="p1"),
        tag("c", "reflection", 30, who="p2"),
        tag("d", "silence", 40, 50, who=""),
    )
    session = meeting(coding(*tags))
    one = session.passes[0]
    groups = summary_of(named(session), one, By.GROUP)
    assert row_of(groups, group="talk")["count"] == 3
    assert row_of(groups, group="quiet")["duration"] == 10.0
    people = summary_of(named(session), one, By.PARTICIPANT)
    assert row_of(people, participant="p1")["count"] == 2
    assert row_of(people, participant="")["name"] == "nobody named"
    both = summary_of(named(session), one, By.CODE_AND_PARTICIPANT)
    assert row_of(both, code="reflection", participant="p2")["count"] == 1
    assert len(both.rows) == 4


def test_tags_without_a_code_are_told_and_left_out() -> None:
    session = meeting(coding(tag("a", UNNAMED, 10), tag("b", "reflection", 20)))
    table = summary_of(named(session), session.passes[0])
    assert sum(int(str(count)) for count in table.values("count")) == 1
    assert any("1 tag waits for a code" in note for note in table.notes)


def test_a_region_without_time_has_no_rate() -> None:
    session = meeting(coding(), excluded=(span(0, 600),))
    table = summary_of(named(session), session.passes[0])
    assert {row["rate"] for row in table.records()} == {None}
    assert {row["share"] for row in table.records()} == {None}


def test_a_score_without_a_denominator_is_not_defined() -> None:
    with_ratings = coding(tag("a", "reflection", 10))
    session = meeting(with_ratings)
    row = row_of(score_table(named(session), session.passes[0]), id="r_q")
    assert row["value"] is None
    assert "0" in str(row["because"])


def test_ratings_are_listed_with_the_scores() -> None:
    one = replace(coding(), ratings=(Rating("empathy", 4.0),))
    session = meeting(one)
    row = row_of(score_table(named(session), one), id="empathy")
    assert (row["kind"], row["value"]) == ("rating", 4.0)


def test_places_are_those_of_the_row() -> None:
    session = meeting(coding(tag("a", "reflection", 10), tag("b", "reflection", 400)))
    table = summary_of(
        named(session), session.passes[0], parting=Parting(thirds=True), with_places=True
    )
    for number, row in enumerate(table.records()):
        places = table.places(number, 3)
        assert len(places) == row["count"]
    assert stacked([table, table]).places(len(table.rows), 0) == table.places(0, 0)


def test_the_sample_session_as_its_script_means_it() -> None:
    """By hand: 3 open and 3 closed questions, 2 + 4 reflections, silences of 3.48 and 5.96 s."""
    session = found_on_disk(SAMPLE, may_write=False).session
    one = session.passes[0]
    table = summary_of(named(session), one)
    counts = {row["code"]: row["count"] for row in table.records() if row["count"]}
    assert counts["open_question"] == counts["closed_question"] == 3
    assert (counts["reflection_simple"], counts["reflection_complex"]) == (2, 4)
    silence = row_of(table, code="silence")
    assert (silence["count"], silence["duration"], silence["longest"]) == (2, 9.44, 5.96)
    scores = {row["id"]: row["value"] for row in score_table(named(session), one).records()}
    assert scores == {"r_q": 1.0, "pct_open": 50.0}


@given(st.lists(st.tuples(st.integers(0, 599), st.integers(0, 60)), max_size=30))
def test_no_part_has_more_than_its_time(drawn: list[tuple[int, int]]) -> None:
    tags = sorted(
        (
            tag(f"t{at}", "silence", start, min(600, start + length))
            for at, (start, length) in enumerate(drawn)
        ),
        key=lambda one: (one.start, one.end),
    )
    session = meeting(coding(*tags), excluded=(span(50, 80), span(300, 350)))
    for row in summary_of(
        named(session), session.passes[0], parting=Parting(thirds=True)
    ).records():
        duration, counted = float(str(row["duration"])), float(str(row["counted"]))
        assert 0 <= duration <= counted
