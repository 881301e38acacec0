"""What a second key can say stands where all words can be read, or ends in dots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.gui.app import make_application
from annotator.gui.panels.second_bar import SecondBar, share_lines
from annotator.gui.second_keys import SecondKey
from annotator.gui.theme import Theme, apply_theme, light

KEYS = (
    SecondKey("Alt+1", "T01", participant="t", is_chosen=True),
    SecondKey("Alt+2", "C01", participant="c"),
    SecondKey("Alt+0", "nobody"),
)


@pytest.fixture(params=[1.0, 2.0])
def theme(request: pytest.FixtureRequest) -> Iterator[Theme]:
    chosen = light(request.param)
    apply_theme(make_application(), chosen)
    yield chosen
    apply_theme(make_application(), light())


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme) -> SecondBar:
    made = SecondBar(theme)
    qtbot.addWidget(made)
    made.show_keys("Reflection (complex), which has a long name", KEYS)
    return made


def buttons(bar: SecondBar) -> list[QPushButton]:
    return [one for one in bar.findChildren(QPushButton) if not one.isHidden()]


def columns(bar: SecondBar) -> int:
    return len({one.x() for one in buttons(bar)})


@pytest.mark.parametrize("wide", [236, 180, 132])
def test_no_words_are_cut_off_in_a_narrow_panel(
    qtbot: QtBot, bar: SecondBar, theme: Theme, wide: int
) -> None:
    bar.resize(theme.px(wide), bar.heightForWidth(theme.px(wide)))
    bar.show()
    qtbot.wait_until(lambda: buttons(bar)[0].width() > 0)
    assert all(one.width() >= one.sizeHint().width() for one in buttons(bar))
    assert columns(bar) in {1, 2}
    assert bar.minimumSizeHint().width() <= theme.px(132)


def test_they_stand_side_by_side_again_where_there_is_room(
    qtbot: QtBot, bar: SecondBar, theme: Theme
) -> None:
    bar.show()
    for wide, found in ((300, 2), (132, 1), (300, 2), (500, 3)):
        bar.resize(theme.px(wide), theme.px(120))
        qtbot.wait_until(lambda found=found: columns(bar) == found)
    assert len({one.y() for one in buttons(bar)}) == 1


def test_what_is_long_has_a_line_and_the_others_still_stand_side_by_side(
    qtbot: QtBot, bar: SecondBar, theme: Theme
) -> None:
    bar.resize(theme.px(300), theme.px(120))
    bar.show()
    long = SecondKey("Shift+5", "Valence: rather very negative", ("v", "n"))
    bar.show_keys("x", (long, *KEYS))
    qtbot.wait_until(lambda: len({one.y() for one in buttons(bar)}) == 3)
    first, *others = buttons(bar)
    assert first.width() > max(one.width() for one in others)
    assert others[0].y() == others[1].y() > first.y()
    assert [one.text() for one in buttons(bar)] == bar.texts


@pytest.mark.parametrize("wide", [520, 300, 262, 236, 180])
def test_a_tick_moves_no_button(qtbot: QtBot, bar: SecondBar, theme: Theme, wide: int) -> None:
    bar.resize(theme.px(wide), theme.px(120))
    bar.show()
    found = []
    for chosen in range(len(KEYS)):
        keys = [replace(one, is_chosen=place == chosen) for place, one in enumerate(KEYS)]
        bar.show_keys("x", keys)
        qtbot.wait_until(lambda: all(one.width() >= one.sizeHint().width() for one in buttons(bar)))
        found.append([one.geometry() for one in buttons(bar)])
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(
    ("needed", "width", "cells"),
    [
        ([90, 90, 90], 290, [(0, 0, 2), (0, 2, 2), (0, 4, 2)]),
        ([90, 90, 95], 290, [(0, 0, 3), (0, 3, 3), (1, 0, 3)]),
        ([90, 90, 150], 290, [(0, 0, 2), (0, 2, 2), (1, 0, 6)]),
        ([150, 90, 95, 90], 290, [(0, 0, 6), (1, 0, 3), (1, 3, 3), (2, 0, 3)]),
        ([90, 400], 100, [(0, 0, 6), (1, 0, 6)]),
        ([], 100, []),
    ],
)
def test_lines_are_shared_by_what_fits(
    needed: list[int], width: int, cells: list[tuple[int, int, int]]
) -> None:
    assert share_lines(needed, width, 10) == cells


def test_what_is_wider_than_the_panel_keeps_its_tip(bar: SecondBar, theme: Theme) -> None:
    bar.show_keys("x", [SecondKey("Shift+5", "Valence: " + "very " * 12 + "negative", ("v", "n"))])
    bar.resize(theme.px(180), theme.px(80))
    bar.show()
    (button,) = buttons(bar)
    assert button.width() < button.sizeHint().width()
    assert button.toolTip().endswith("negative (Shift+5)")
