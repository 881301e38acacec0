"""Coding sheets of Solomon Coder become tags: runs of equal cells, column by column."""

from __future__ import annotations

from annotator.model.codebook import CodeKind
from annotator.model.session import Session
from tests.support.foreign import places
from tests.support.spoilt import read_as

SHEET = """Time,Light,Behaviour,Comments
0,,,
0.2,Off,walk,
0.4,Off,walk,he stops
0.6,Off,sniff,
0.8,On,walk,
1,On,,
1.2,On,sniff,
"""


def times(session: Session) -> list[tuple[int, int, str, str]]:
    tags = [one for each in session.passes for one in each.tags]
    return [(one.start, one.end, one.code, one.note) for one in tags]


def test_runs_of_equal_cells_are_stretches() -> None:
    found = read_as(SHEET, "talk.csv", "solomon", coder="Ann")
    (session,) = found.sessions
    assert times(session) == [
        (200_000, 600_000, "walk", ""),
        (200_000, 800_000, "Off", ""),
        (400_000, 400_000, "Comments", "he stops"),
        (600_000, 600_000, "sniff", ""),
        (800_000, 1_000_000, "walk", ""),
        (800_000, 1_400_000, "On", ""),
        (1_200_000, 1_200_000, "sniff", ""),
    ]
    assert session.passes[0].coder == "Ann"
    groups = {one.id: one.name for one in session.codebook.groups}
    assert {one.name: groups.get(one.group, "") for one in session.codebook.codes} == {
        "Off": "Light",
        "On": "Light",
        "walk": "Behaviour",
        "sniff": "Behaviour",
        "Comments": "",
    }
    assert (found.report.counted_in, found.report.counted_out) == (7, 7)
    assert found.unit == "runs of equal cells"


def test_codes_that_stand_in_single_rows_alone_are_moments_and_that_is_told() -> None:
    found = read_as(SHEET, "talk.csv", "solomon")
    kinds = {one.name: one.kind for one in found.sessions[0].codebook.codes}
    assert (kinds["sniff"], kinds["walk"]) == (CodeKind.POINT, CodeKind.SPAN)
    assert places(found.report, "“sniff” stands in single rows alone") == ("line 5", "line 8")


def test_the_columns_are_told_with_their_values() -> None:
    found = read_as(SHEET, "talk.csv", "solomon")
    assert [(one.name, one.count, one.values) for one in found.tiers] == [
        ("Light", 2, ("Off", "On")),
        ("Behaviour", 4, ("walk", "sniff")),
        ("Comments", 1, ("he stops",)),
    ]


def test_the_same_word_in_two_categories_is_two_codes() -> None:
    text = "Time;Left;Right\n" + "".join(f"{n},0;up;{'up' if n > 2 else ''}\n" for n in range(6))
    found = read_as(text, "talk.csv", "solomon")
    assert sorted(one.name for one in found.sessions[0].codebook.codes) == ["Right: up", "up"]
    assert times(found.sessions[0])[0][:2] == (0, 6_000_000)


def test_missing_rows_end_what_lasted_before_them() -> None:
    text = "Time,A\n" + "".join(f"{n},x\n" for n in [*range(12), *range(20, 24)])
    found = read_as(text, "talk.csv", "solomon")
    assert [one[:2] for one in times(found.sessions[0])] == [
        (0, 12_000_000),
        (20_000_000, 24_000_000),
    ]
    assert places(found.report, "rows are missing") == ("line 14",)
