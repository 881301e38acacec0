"""What the timeline looks like: kept pictures, and colours at places that are worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt6.QtCore import QRect, QSize
from PyQt6.QtGui import QColor, QFont, QImage, QPainter

from annotator.editing.marking import RunningSpan
from annotator.gui.theme import Theme, dark, light
from annotator.gui.timeline.look import Look
from annotator.gui.timeline.moving import Moving
from annotator.gui.timeline.painting import Painting
from annotator.gui.timeline.scene import Scene
from annotator.model import UNNAMED, Interval, Micros, Session, Tag
from tests.support.snapshots import (
    MOST_OF_A_BLOCK,
    MOST_ON_THE_WHOLE,
    assert_looks_like,
    difference,
)

KEPT = Path(__file__).parent / "snapshots"
SIZE = QSize(720, 208)
THEMES = {"light": light, "dark": dark}
MakeTag = Callable[..., Tag]
MakeSession = Callable[..., Session]


@pytest.fixture
def tags(make_tag: MakeTag) -> list[Tag]:
    crowd = [make_tag(100 + one, "reflection", 44 + one / 20) for one in range(60)]
    return [
        make_tag(1, "reflection", 10),
        make_tag(2, "silence", 6, 18),
        make_tag(3, "silence", 22, 31),
        make_tag(4, "silence", 26, 40),
        make_tag(5, "loose", 8, 9),
        make_tag(6, "loose", 12, 12.3),
        make_tag(7, "loose", 20, 48),
        make_tag(8, UNNAMED, 3, 7.5),
        make_tag(9, UNNAMED, 10),
        make_tag(10, UNNAMED, 13, 17),
        make_tag(11, UNNAMED, 50, 51),
        *crowd,
    ]


@pytest.fixture
def scene(qapp: object, tags: list[Tag], make_session: MakeSession) -> Scene:
    assert qapp is not None
    return scene_of(make_session(tags))


def scene_of(session: Session) -> Scene:
    made = Scene()
    made.resize(96, SIZE.width() - 96, SIZE.height())
    made.show(session, "pass1")
    made.set_frame_times(tuple(Micros(index * 40_000) for index in range(1500)))
    made.set_running((RunningSpan("silence", Micros(33_000_000)),))
    return made


MOVING = Moving(
    position=Micros(36_000_000),
    selected=frozenset({"t3", "t1"}),
    stretch=Interval(Micros(20_000_000), Micros(24_000_000)),
)


def painted(scene: Scene, theme: Theme, ratio: int, family: str = "") -> QImage:
    image = QImage(SIZE * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painting = Painting(theme, QFont(family) if family else QFont(), ratio)
    painting.paint(painter, QRect(0, 0, SIZE.width(), SIZE.height()), SIZE, scene, MOVING)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("theme", THEMES)
def test_it_looks_as_it_did(scene: Scene, theme: str, ratio: int) -> None:
    path = KEPT / f"{theme}-{ratio}00.png"
    assert_looks_like(painted(scene, THEMES[theme](), ratio), path)


def test_twice_the_pixels_show_the_same(scene: Scene) -> None:
    one, two = (painted(scene, light(), ratio) for ratio in (1, 2))
    worst, mean = difference(one, two)
    assert worst <= MOST_OF_A_BLOCK
    assert mean <= MOST_ON_THE_WHOLE


def test_the_comparison_sees_a_tag_that_is_missing(
    scene: Scene, tags: list[Tag], make_session: MakeSession
) -> None:
    whole = painted(scene, light(), 1)
    for gone in ("t3", "t7"):
        left = scene_of(make_session([tag for tag in tags if tag.id != gone]))
        worst, mean = difference(painted(left, light(), 1), whole)
        assert worst > MOST_OF_A_BLOCK or mean > MOST_ON_THE_WHOLE


def colour_at(image: QImage, x: float, y: float) -> QColor:
    ratio = image.devicePixelRatio()
    return image.pixelColor(int(x * ratio), int(y * ratio))


def near(one: QColor, other: QColor, by: int = 12) -> bool:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return all(abs((a or 0) - (b or 0)) <= by for a, b in pairs)


@pytest.mark.parametrize("ratio", [1, 2])
@pytest.mark.parametrize("theme", THEMES)
def test_colours_stand_where_they_belong(scene: Scene, theme: str, ratio: int) -> None:
    worn = THEMES[theme]()
    image, look = painted(scene, worn, ratio), Look(worn, QFont(), ratio)
    look.set_codebook(scene.session.codebook if scene.session else None)
    silence = look.code("silence")
    plain, outlined = scene.lanes.place("t4"), scene.lanes.place("t3")
    assert plain is not None
    assert outlined is not None
    band = scene.bands[plain.lane]
    x, y = scene.scale.x_of(plain.tag.start), scene.top + band.row_top(plain.row)
    middle = y + band.row_height / 2
    assert near(colour_at(image, x + 3, middle), silence.colour)
    assert near(colour_at(image, scene.scale.x_of(plain.tag.end) - 6, middle), silence.fill)
    x, y = scene.scale.x_of(outlined.tag.end), scene.top + band.row_top(outlined.row)
    assert near(colour_at(image, x - 24, y), worn.text, 60)  # the thick outline of a selected one
    x = round(scene.scale.x_of(MOVING.position)) + 0.5
    assert near(colour_at(image, x, scene.foot - 6), worn.playhead, 60)


def test_what_is_not_named_is_told_apart_without_colours(
    make_session: MakeSession, make_tag: MakeTag
) -> None:
    tags = [make_tag(1, "strange", 10, 30), make_tag(2, UNNAMED, 35, 55), make_tag(3, UNNAMED, 58)]
    scene = scene_of(make_session(tags))
    look = Look(light(), QFont(), 1)
    look.set_codebook(scene.session.codebook if scene.session else None)
    image = painted(scene, light(), 1)
    place = scene.lanes.place("t2")
    assert place is not None
    y = scene.top + scene.bands[place.lane].row_top(place.row)
    left, right = (round(scene.scale.x_of(one)) for one in (place.tag.start, place.tag.end))
    upper = {image.pixelColor(x, y).name() for x in range(left + 10, right - 10)}
    assert len(upper) > 2  # dashes: the outline is there and is not there
    assert look.code(UNNAMED).short == "?"
    pins = [look.pin(UNNAMED, 20, lettered=lettered).toImage() for lettered in (True, False)]
    assert pins[0] == pins[1] != look.pin("strange", 20).toImage()


def test_codes_of_a_group_are_told_apart_without_colours(
    make_session: MakeSession, make_tag: MakeTag
) -> None:
    session = make_session([])
    codes = tuple(
        replace(session.codebook.codes[0], id=f"c{number}", abbreviation=f"{number}")
        for number in range(3)
    )
    book = replace(session.codebook, codes=codes)
    look = Look(light(), QFont(), 1)
    look.set_codebook(book)
    stripes = [look.code(code.id).stripes for code in codes]
    pictures = [brush.textureImage() for brush in stripes]
    assert [picture.isNull() for picture in pictures] == [True, False, False]
    assert pictures[1] != pictures[2]
    pins = [look.pin(code.id, 20, lettered=True).toImage() for code in codes]
    assert pins[0] != pins[1] != pins[2] != pins[0]
    assert pins[0] != look.pin("c0", 20).toImage()
    assert make_tag(1, "c0", 1).is_named
