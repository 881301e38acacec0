"""Each icon paints something of its own, in the right colours and on every screen."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtGui import QColor, QIcon, QImage, QPixmap
from pytestqt.qtbot import QtBot

from annotator.gui.icon_shapes import BOX, SHAPES, STROKE
from annotator.gui.icons import icon, icon_names, to_path
from annotator.gui.panels.notices import NoticeKind
from annotator.gui.theme import Theme, dark, light

SIZE = QSize(24, 24)
ASKED_FOR = [
    "play",
    "pause",
    "step_back",
    "step_forward",
    "back_1s",
    "forward_1s",
    "back_5s",
    "forward_5s",
    "previous_tag",
    "next_tag",
    "sound_on",
    "sound_off",
    "slower",
    "faster",
    "go_to",
    "open",
    "save",
    "undo",
    "redo",
    "delete",
    "add",
    "search",
    "settings",
    "help",
    "film",
    "tag",
    "lock",
    "warning",
    "info",
    "check",
    "close",
    "note",
    "person",
    "disk",
    "pencil",
    "list",
]
BOTH = pytest.mark.parametrize("theme", [light(), dark()], ids=["light", "dark"])

pytestmark = pytest.mark.usefixtures("qapp")


def drawn(one: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> QImage:
    return one.pixmap(SIZE, mode).toImage().convertToFormat(QImage.Format.Format_ARGB32)


def is_like(one: QColor, other: QColor) -> bool:
    parts = zip(one.getRgb(), other.getRgb(), strict=True)
    return all(abs((a or 0) - (b or 0)) <= 1 for a, b in parts)  # edges are mixed, then rounded


def inked(image: QImage) -> list[QColor]:
    pixels = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return [pixel for pixel in pixels if pixel.alpha() == 255]


def test_every_icon_that_is_asked_for_is_there() -> None:
    assert set(ASKED_FOR) | {kind.value for kind in NoticeKind} <= set(icon_names())


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(KeyError):
        icon("no such icon", light())


@BOTH
@pytest.mark.parametrize("name", icon_names())
def test_it_paints_in_the_colour_of_the_theme(name: str, theme: Theme) -> None:
    pixels = inked(drawn(icon(name, theme)))
    assert len(pixels) >= 12
    assert all(is_like(pixel, theme.text) for pixel in pixels)


@BOTH
def test_disabled_it_is_paler(theme: Theme) -> None:
    pixels = inked(drawn(icon("play", theme), QIcon.Mode.Disabled))
    assert pixels
    assert all(is_like(pixel, theme.line_strong) for pixel in pixels)


def test_it_paints_in_one_colour_and_fades_where_disabled() -> None:
    red = QColor("#c00000")
    assert inked(drawn(icon("lock", red)))[0].rgb() == red.rgb()
    assert inked(drawn(icon("lock", red), QIcon.Mode.Disabled)) == []
    assert drawn(icon("lock", red), QIcon.Mode.Disabled) != drawn(QIcon(QPixmap(SIZE)))


def test_no_two_look_the_same() -> None:
    pictures = [drawn(icon(name, light())) for name in icon_names()]
    for at, one in enumerate(pictures):
        assert all(one != other for other in pictures[at + 1 :]), icon_names()[at]


@pytest.mark.parametrize("name", icon_names())
def test_no_line_is_cut_off_at_the_edge(name: str) -> None:
    shape = SHAPES[name]
    edge = STROKE / 2
    lines, areas = to_path(shape.stroke), to_path(shape.fill)
    box = areas.boundingRect()
    if not lines.isEmpty():
        box = box.united(lines.boundingRect().adjusted(-edge, -edge, edge, edge))
    assert min(box.left(), box.top()) >= 0
    assert max(box.right(), box.bottom()) <= BOX


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_it_has_a_pixel_for_each_of_the_screen(ratio: float) -> None:
    picture = icon("tag", light()).pixmap(SIZE, ratio)
    assert picture.size() == SIZE * ratio
    assert picture.devicePixelRatio() == ratio


def test_on_a_fine_screen_it_is_drawn_finely_and_not_blown_up() -> None:
    fine = icon("search", light()).pixmap(SIZE, 2.0).toImage()
    coarse = icon("search", light()).pixmap(SIZE, 1.0).toImage().scaled(fine.size())
    coarse.setDevicePixelRatio(2.0)
    assert fine != coarse


def test_a_copy_that_is_changed_leaves_the_first_alone(qtbot: QtBot) -> None:
    first = icon("save", light())
    before = drawn(first)
    copy = QIcon(first)
    copy.addPixmap(QPixmap(SIZE))
    qtbot.wait_until(lambda: drawn(first) == before)
    assert drawn(copy) == before
