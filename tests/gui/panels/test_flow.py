"""Parts that flow to the next line, and buttons that end in dots where there is no room."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QSize
from PyQt6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.panels.flow import ElidedButton, FlowLayout

GAP = 10


class Box(QWidget):
    """A part of one size."""

    def __init__(self, width: int, height: int = 20) -> None:
        super().__init__()
        self._size = QSize(width, height)

    def sizeHint(self) -> QSize:
        return self._size

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._size.height())


def laid(
    qtbot: QtBot, width: int, *parts: QWidget, ends_right: bool = False
) -> list[tuple[int, int, int]]:
    """Give left, top and width of each part in a place so wide."""
    place = QWidget()
    qtbot.addWidget(place)
    layout = FlowLayout(GAP, *parts, ends_right=ends_right)
    place.setLayout(layout)
    place.resize(width, layout.heightForWidth(width))
    place.show()
    return [(one.x(), one.y(), one.width()) for one in parts]


@pytest.mark.parametrize(
    ("width", "found"),
    [
        (320, [(0, 0, 100), (110, 0, 100), (220, 0, 100)]),
        (319, [(0, 0, 100), (110, 0, 100), (0, 30, 100)]),
        (100, [(0, 0, 100), (0, 30, 100), (0, 60, 100)]),
        (70, [(0, 0, 70), (0, 30, 70), (0, 60, 70)]),
    ],
)
def test_parts_flow_to_the_next_line(
    qtbot: QtBot, width: int, found: list[tuple[int, int, int]]
) -> None:
    assert laid(qtbot, width, Box(100), Box(100), Box(100)) == found


def test_the_last_part_can_stand_at_the_right_of_a_line_that_it_shares(qtbot: QtBot) -> None:
    assert laid(qtbot, 300, Box(100), Box(80), ends_right=True) == [(0, 0, 100), (220, 0, 80)]
    assert laid(qtbot, 150, Box(100), Box(80), ends_right=True) == [(0, 0, 100), (0, 30, 80)]


def test_lower_parts_stand_in_the_middle_of_their_line(qtbot: QtBot) -> None:
    assert laid(qtbot, 300, Box(100, 40), Box(100, 20)) == [(0, 0, 100), (110, 10, 100)]


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    hidden = Box(100)
    hidden.hide()
    first, last = Box(100), Box(100)
    assert [one[0] for one in laid(qtbot, 300, first, hidden, last)][::2] == [0, 110]


def test_margins_count(qtbot: QtBot) -> None:
    place, one = QWidget(), Box(100)
    qtbot.addWidget(place)
    layout = FlowLayout(GAP, one)
    layout.setContentsMargins(5, 6, 7, 8)
    place.setLayout(layout)
    assert layout.sizeHint() == QSize(112, 34)
    assert layout.minimumSize() == QSize(52, 34)
    assert layout.heightForWidth(200) == 34
    place.resize(200, 34)
    place.show()
    assert (one.x(), one.y()) == (5, 6)


def test_a_layout_gives_back_what_it_holds(qtbot: QtBot) -> None:
    place, one, other = QWidget(), QLabel("one"), QLabel("other")
    qtbot.addWidget(place)
    layout = FlowLayout(GAP, one, other)
    place.setLayout(layout)
    assert layout.count() == 2
    assert layout.itemAt(2) is None
    assert layout.takeAt(5) is None
    layout.removeWidget(one)
    assert layout.count() == 1
    taken = layout.takeAt(0)
    assert taken is not None
    assert taken.widget() is other
    assert layout.heightForWidth(100) == 0


def test_a_button_ends_in_dots_rather_than_in_half_a_letter(qtbot: QtBot) -> None:
    text = "nobody  Alt+0 and more"
    button, plain = ElidedButton(text), QPushButton()
    for one in (button, plain):
        qtbot.addWidget(one)
    assert button.minimumSizeHint().width() < button.sizeHint().width()
    whole, narrow = button.sizeHint(), QSize(100, button.sizeHint().height())
    for size, drawn in (
        (whole, [text]),
        (narrow, [f"{text[:end]}…" for end in range(3, len(text))]),
    ):
        button.resize(size)
        plain.resize(size)
        found = button.grab().toImage()
        alike = []
        for words in drawn:
            plain.setText(words)
            alike.append(plain.grab().toImage() == found)
        assert any(alike)
    assert button.text() == text, "it is still called so"
