"""What a second key can say stands where all words can be read, or ends in dots."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.gui.app import make_application
from annotator.gui.panels.second_bar import SecondBar
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
    for wide, found in ((300, 2), (132, 1), (300, 2)):
        bar.resize(theme.px(wide), theme.px(120))
        qtbot.wait_until(lambda found=found: columns(bar) == found)
    bar.show_keys("x", (*KEYS, SecondKey("Shift+5", "Valence: rather negative", ("v", "n"))))
    qtbot.wait_until(lambda: columns(bar) == 1)
    assert [one.text() for one in buttons(bar)] == bar.texts
    bar.show_keys("x", KEYS)
    qtbot.wait_until(lambda: columns(bar) == 2)


def test_what_is_wider_than_the_panel_keeps_its_tip(bar: SecondBar, theme: Theme) -> None:
    bar.show_keys("x", [SecondKey("Shift+5", "Valence: " + "very " * 12 + "negative", ("v", "n"))])
    bar.resize(theme.px(180), theme.px(80))
    bar.show()
    (button,) = buttons(bar)
    assert button.width() < button.sizeHint().width()
    assert button.toolTip().endswith("negative (Shift+5)")
