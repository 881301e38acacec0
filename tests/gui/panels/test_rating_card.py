"""The card of one rating by itself: its scale, its anchors, and its evidence in little room."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.gui.panels.rating_card import RatingCard, values_of
from annotator.gui.theme import dark, light
from annotator.model.codebook import Anchor, RatingItem
from annotator.model.coding import Rating

ITEM = RatingItem(
    "warmth", "Warm & <b>kind</b>", minimum=1, maximum=5, anchors=(Anchor(1, "not"),), step=1
)


@pytest.fixture
def card(qtbot: QtBot) -> RatingCard:
    card = RatingCard(ITEM, light())
    qtbot.addWidget(card)
    card.show()
    return card


@pytest.mark.parametrize(
    ("item", "values"),
    [
        (RatingItem("a", "A", minimum=1, maximum=5, step=1), (1, 2, 3, 4, 5)),
        (RatingItem("a", "A", minimum=0, maximum=1, step=0.5), (0, 0.5, 1)),
        (RatingItem("a", "A", minimum=0, maximum=100, step=1), ()),
        (RatingItem("a", "A", minimum=0, maximum=1), ()),
    ],
)
def test_a_scale_of_few_steps_has_a_button_for_each(
    item: RatingItem, values: tuple[float, ...]
) -> None:
    assert values_of(item) == values


def test_what_a_codebook_says_is_shown_as_it_stands(card: RatingCard) -> None:
    assert card.name.textFormat() is Qt.TextFormat.PlainText
    assert card.accessibleName() == "Rating: Warm & <b>kind</b>"
    assert card.buttons[1].accessibleName().endswith("1 not")
    assert card.anchor.text() == "1: not"
    card.show_rating(Rating("warmth", 1), (), why_not="")
    assert card.anchor.text() == "not"


def test_keys_of_the_card_tell_what_was_asked(qtbot: QtBot, card: RatingCard) -> None:
    with qtbot.waitSignal(card.rated) as rated:
        QTest.keyClick(card, Qt.Key.Key_3)
    assert rated.args == ["warmth", 3.0]
    with qtbot.waitSignal(card.cleared):
        QTest.keyClick(card, Qt.Key.Key_Delete)
    with qtbot.assertNotEmitted(card.rated):
        QTest.keyClick(card, Qt.Key.Key_9)
        QTest.keyClick(card, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)


def test_a_note_needs_a_number_first(qtbot: QtBot, card: RatingCard) -> None:
    assert not card.note.isEnabled()
    card.show_rating(Rating("warmth", 2, "calm"), (), why_not="")
    assert card.note.text() == "calm"
    card.note.setFocus()
    with qtbot.waitSignal(card.noted) as noted:
        QTest.keyClicks(card.note, " voice")
        QTest.keyClick(card.note, Qt.Key.Key_Return)
    assert noted.args == ["warmth", "calm voice"]
    card.show_rating(Rating("warmth", 2, "calm"), (), why_not="It is finished.")
    assert not card.note.isEnabled()
    assert card.toolTip() == "It is finished."


def test_evidence_is_named_in_the_room_there_is(qtbot: QtBot) -> None:
    card = RatingCard(ITEM, dark(2.0))
    qtbot.addWidget(card)
    words = "0:00:10.360 A very long name of a code & more"
    card.show_rating(Rating("warmth", 2), (("t1", words),), why_not="")
    card.show()
    card.resize(400, 400)
    go = next(one for one in card.findChildren(QPushButton) if one.accessibleName() == words)
    qtbot.wait_until(lambda: "…" in go.text())
    assert card.minimumSizeHint().width() <= 400
    with qtbot.waitSignal(card.tag_asked) as asked:
        QTest.keyClick(go, Qt.Key.Key_Return)
    assert asked.args == ["t1"]
    card.resize(1400, 400)
    qtbot.wait_until(lambda: go.text() == words.replace("&", "&&"))
