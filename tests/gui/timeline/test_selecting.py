"""Rectangles, ranges and arrows choose tags; read off lanes that are easy to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PyQt6.QtCore import QRect

from annotator.gui.timeline.lane_plan import NOBODY, LaneBy
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.selecting import (
    Selection,
    Way,
    between,
    hull,
    in_band,
    in_view,
    neighbour,
)
from annotator.model import CodingPass, Interval, Micros, Purpose, Session, Tag

CODING = "pass1"
MakeTag = Callable[..., Tag]


@pytest.fixture
def scene(make_tag: MakeTag, make_session: Callable[..., Session]) -> Scene:
    tags = [
        make_tag(1, "reflection", 10),
        make_tag(2, "reflection", 20),
        make_tag(3, "silence", 12, 18),
        make_tag(4, "silence", 15, 30),
        make_tag(5, "silence", 40, 45),
        make_tag(6, "loose", 5, 50),
    ]
    made = Scene()
    made.resize(100, 800, 300)
    made.show(make_session(tags), CODING)
    made.resize(100, 800, 300)
    return made


def numbers(found: frozenset[str]) -> list[int]:
    return sorted(int(one[1:]) for one in found)


def band_over(scene: Scene, lanes: range, start: float, end: float) -> QRect:
    tops = [scene.top + scene.bands[lane].top for lane in lanes]
    bottoms = [scene.top + scene.bands[lane].bottom - 1 for lane in lanes]
    left, right = (scene.scale.pixel_of(round(one * 1_000_000)) for one in (start, end))
    return QRect(left, min(tops), right - left, max(bottoms) - min(tops))


@pytest.mark.parametrize(
    ("lanes", "start", "end", "wanted"),
    [
        (range(2), 9, 21, [1, 2, 3, 4]),
        (range(1, 2), 19, 41, [4, 5]),
        (range(1), 11, 19, []),
        (range(3), 46, 49, [6]),
    ],
)
def test_a_rectangle_selects_what_it_touches(
    scene: Scene, lanes: range, start: float, end: float, wanted: list[int]
) -> None:
    assert numbers(in_band(scene, band_over(scene, lanes, start, end))) == wanted


def test_a_rectangle_over_one_sub_row_leaves_the_others(scene: Scene) -> None:
    place = scene.lanes.place("t4")
    assert place is not None
    assert place.row == 1
    top = scene.top + scene.bands[1].row_top(1)
    left, right = scene.scale.pixel_of(13_000_000), scene.scale.pixel_of(29_000_000)
    assert numbers(in_band(scene, QRect(left, top + 2, right - left, 5))) == [4]


def test_all_in_view(scene: Scene) -> None:
    assert numbers(in_view(scene)) == [1, 2, 3, 4, 5, 6]


def test_from_one_tag_to_another(scene: Scene) -> None:
    one, other = scene.lanes.place("t1"), scene.lanes.place("t4")
    assert one is not None
    assert other is not None
    assert numbers(between(scene, one, other)) == [1, 3, 4]
    assert between(scene, other, one) == between(scene, one, other)


@pytest.mark.parametrize(
    ("start", "way", "wanted"),
    [
        ("t1", Way.FORWARD, "t2"),
        ("t2", Way.FORWARD, None),
        ("t2", Way.BACK, "t1"),
        ("t3", Way.FORWARD, "t4"),
        ("t4", Way.FORWARD, "t5"),
        ("t5", Way.BACK, "t4"),
        ("t2", Way.DOWN, "t4"),
        ("t5", Way.UP, "t2"),
        ("t5", Way.DOWN, "t6"),
        ("t1", Way.UP, None),
    ],
)
def test_arrows(scene: Scene, start: str, way: Way, wanted: str | None) -> None:
    found = neighbour(scene, scene.lanes.place(start), way, Micros(0))
    assert (found.id if found else None) == wanted


def test_the_first_arrow_goes_to_what_is_near_the_playhead(scene: Scene) -> None:
    found = neighbour(scene, None, Way.FORWARD, Micros(39_000_000))
    assert found is not None
    assert found.id == "t5"


def test_tags_or_time_but_not_both(make_tag: MakeTag) -> None:
    with pytest.raises(ValueError, match="not both"):
        Selection(frozenset({"t1"}), Interval(Micros(0), Micros(1)))
    tags = [make_tag(1, "silence", 3, 4), make_tag(2, "reflection", 1)]
    assert hull(tags) == Interval(Micros(1_000_000), Micros(4_000_000))
    assert hull([]) is None


def test_lanes_by_participant(scene: Scene) -> None:
    scene.lay_by(LaneBy.PARTICIPANT)
    assert [lane.name for lane in scene.lanes.lanes] == ["C07", NOBODY]
    assert [len(lane) for lane in scene.lanes.lanes] == [0, 6]


def test_lanes_by_pass_show_others_to_be_looked_at(scene: Scene, make_tag: MakeTag) -> None:
    session = scene.session
    assert session is not None
    theirs = make_tag(9, "silence", 11, 17)
    other = CodingPass("pass2", "B", Purpose.DOUBLE, "", (theirs,))
    both = Session(
        session.id,
        session.title,
        session.codebook,
        session.region,
        session.recordings,
        passes=(*session.passes, other),
    )
    scene.show(both, CODING)
    scene.lay_by(LaneBy.PASS)
    assert [lane.name for lane in scene.lanes.lanes] == ["A"]
    assert scene.lanes.place("t9") is None
    scene.lay_by(LaneBy.PASS, frozenset({"pass2"}))
    assert [lane.name for lane in scene.lanes.lanes] == ["A", "B (double)"]
    assert scene.lanes.is_own("t1")
    assert not scene.lanes.is_own("t9")
    assert "t9" not in in_view(scene)
    scene.resize(100, 800, 300)
    assert "t9" not in in_band(scene, band_over(scene, range(2), 0, 60))
