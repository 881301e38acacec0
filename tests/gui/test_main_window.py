"""The layout: who gets the width, and that it is found again."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.main_window import FIRST_SIZE, MainWindow
from annotator.gui.theme import light


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    return made_window(qtbot)


def made_window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(light())
    qtbot.addWidget(window)
    window.let_close()
    window.show_work()
    window.show()
    return window


def widths(window: MainWindow) -> list[int]:
    across = Qt.Orientation.Horizontal
    (columns,) = [one for one in window.findChildren(QSplitter) if one.orientation() == across]
    return columns.sizes()


def test_at_first_the_film_has_half_of_the_window(window: MainWindow) -> None:
    assert widths(window)[1] * 2 >= FIRST_SIZE[0]


def test_in_a_wide_window_the_tags_get_room_for_their_notes(window: MainWindow) -> None:
    codes, film, tags = widths(window)
    window.resize(FIRST_SIZE[0] + 480, FIRST_SIZE[1])
    wide = widths(window)
    assert wide[0] == codes
    assert wide[1] > film
    assert wide[2] >= tags + 120
    assert wide[1] * 2 >= window.width()
    window.resize(*FIRST_SIZE)
    assert abs(widths(window)[1] - film) <= 2


def test_in_a_small_window_film_and_tags_give_way_together(window: MainWindow) -> None:
    codes, film, tags = widths(window)
    window.resize(FIRST_SIZE[0] - 160, FIRST_SIZE[1])
    small = widths(window)
    assert small[0] == codes
    assert film - 110 < small[1] < film - 80
    assert tags - 80 < small[2] < tags - 50


def test_the_window_fits_a_small_screen(window: MainWindow) -> None:
    window.resize(1, 1)
    assert window.width() <= 1000
    assert window.height() <= 600


def test_pages_that_ask_for_much_room_are_scrolled(window: MainWindow) -> None:
    page = QWidget()
    page.setMinimumSize(900, 1200)
    window.parts.side.add_page(page, "Large")
    window.parts.side.show_page(page)
    window.resize(1, 1)
    assert window.width() <= 1000
    assert window.height() <= 600
    assert window.parts.side.page is page


def test_the_layout_is_found_again(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1380, 840)
    for splitter in window.findChildren(QSplitter):
        first, second, *others = splitter.sizes()
        splitter.setSizes([first + 30, second - 30, *others])
    again = MainWindow(light())
    qtbot.addWidget(again)
    again.let_close()
    again.restore_layout(window.layout_state())
    again.resize(window.size())  # on a screen too small for it Qt shrinks what it restores
    again.show_work()
    again.show()
    for one, other in zip(
        again.findChildren(QSplitter), window.findChildren(QSplitter), strict=True
    ):
        assert max(abs(a - b) for a, b in zip(one.sizes(), other.sizes(), strict=True)) <= 2


@pytest.mark.parametrize("state", ["", "nonsense", "a:b:c:d", ":::"])
def test_a_layout_that_is_none_is_left_alone(qtbot: QtBot, window: MainWindow, state: str) -> None:
    before = made_window(qtbot).layout_state()
    window.restore_layout(state)
    assert window.layout_state() == before
