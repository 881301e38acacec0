"""Ratings in the whole program: given by keys, noted, backed by tags, and what follows of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.panels.rating_card import RatingCard
from annotator.gui.rating import RATE_FIRST, SELECT_FIRST, SOON_MS
from annotator.model.coding import Rating
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, notices, open_and_wait, running_program

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENDS = [{"value": 1, "text": "cold"}, {"value": 5, "text": "warm"}]
RATINGS = [
    {"id": "empathy", "name": "Empathy", "min": 1, "max": 5, "step": 1, "anchors": ENDS},
    {"id": "flow", "name": "Flow", "min": 0, "max": 10, "step": 0.5},
]
SCORES = [
    {"id": "mean", "name": "Mean", "formula": "(empathy + flow) / 2"},
    {
        "id": "ratio",
        "name": "Given <b>advice</b>",
        "formula": "advice / (open_question - open_question)",
    },
]


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running_program(qtbot, Answers(), coder="A") as program:
        yield program


@pytest.fixture
def desk(qtbot: QtBot, program: Program, tmp_path: Path) -> Desk:
    return open_and_wait(qtbot, program, rated_sample(tmp_path))


def rated_sample(
    folder: Path, change: Callable[[dict[str, Any]], object] = lambda _all: None
) -> Path:
    """Copy the sample, with two ratings and two scores in its codebook."""
    path = copy_sample(folder / "s")
    written = json.loads(path.read_text("utf-8"))
    written["codebook"].update(ratings=RATINGS, scores=SCORES)
    change(written)
    path.write_text(json.dumps(written), "utf-8")
    return path


def press(
    program: Program, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(program.window.parts.picture, key, held)


def card_of(program: Program, item: str) -> RatingCard:
    return program.rating.page.cards[item]


def given(desk: Desk) -> list[Rating]:
    coding = desk.document.coding_pass
    return list(coding.ratings) if coding is not None else []


def test_the_page_comes_by_key_at_what_is_not_rated_and_digits_rate(
    program: Program, desk: Desk
) -> None:
    page = program.rating.page
    press(program, Qt.Key.Key_F11)
    assert program.window.parts.side.page is page
    assert QApplication.focusWidget() is card_of(program, "empathy")
    assert page.progress.text() == "0 of 2 rated"
    assert card_of(program, "empathy").anchor.text() == "1: cold · 5: warm"
    QTest.keyClick(card_of(program, "empathy"), Qt.Key.Key_4)
    assert given(desk) == [Rating("empathy", 4)]
    assert card_of(program, "empathy").buttons[4].isChecked()
    assert card_of(program, "empathy").anchor.text() == "4 of 5"
    QTest.keyClick(card_of(program, "empathy"), Qt.Key.Key_5)
    assert card_of(program, "empathy").anchor.text() == "warm"
    QTest.keyClick(card_of(program, "empathy"), Qt.Key.Key_7)  # not on the scale
    assert given(desk) == [Rating("empathy", 5)]
    assert page.progress.text() == "1 of 2 rated"
    press(program, Qt.Key.Key_F11)
    assert card_of(program, "flow").isAncestorOf(QApplication.focusWidget() or page) or (
        QApplication.focusWidget() is card_of(program, "flow")
    )


def test_each_step_is_undone_and_redone(qtbot: QtBot, program: Program, desk: Desk) -> None:
    document, card = desk.document, card_of(program, "empathy")
    before = document.session
    press(program, Qt.Key.Key_F11)
    QTest.keyClick(card, Qt.Key.Key_2)
    QTest.keyClicks(card.note, "a note")
    QTest.keyClick(card.note, Qt.Key.Key_Return)
    QTest.keyClick(card, Qt.Key.Key_3)
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Delete)
    assert given(desk) == []
    states = [document.session]
    while document.undo_stack.canUndo():
        press(program, Qt.Key.Key_Z, CTRL)
        states.append(document.session)
    assert [len(states), document.session == before] == [5, True]
    qtbot.wait_until(lambda: not any(one.isChecked() for one in card.buttons.values()))
    for state in reversed(states[:-1]):
        press(program, Qt.Key.Key_Y, CTRL)
        assert document.session == state
    press(program, Qt.Key.Key_Z, CTRL)
    assert given(desk) == [Rating("empathy", 3, "a note")]
    qtbot.wait_until(card.buttons[3].isChecked, timeout=10 * SOON_MS)
    assert card.note.text() == "a note"


def test_selected_tags_are_the_evidence(qtbot: QtBot, program: Program, desk: Desk) -> None:
    card, tags = card_of(program, "empathy"), desk.document.tags[:2]
    desk.select(frozenset({tags[0].id}))
    card.setFocus()
    press(program, Qt.Key.Key_F11, SHIFT)
    assert RATE_FIRST in notices(program)
    QTest.keyClick(card, Qt.Key.Key_3)
    press(program, Qt.Key.Key_F11, SHIFT)
    assert given(desk)[0].evidence == (tags[0].id,)
    QTest.keyClick(card.link, Qt.Key.Key_Return)  # the same again
    assert SELECT_FIRST in notices(program)
    desk.select(frozenset(one.id for one in tags))
    QTest.keyClick(card.link, Qt.Key.Key_Return)
    assert given(desk)[0].evidence == tuple(one.id for one in tags)
    shown = [one for one in card.findChildren(QPushButton) if one.isVisibleTo(card)]
    rows = [one for one in shown if one.text() == "Remove"]
    assert len(rows) == 2
    go = next(one for one in shown if one.toolTip() == "Go to this tag")
    desk.select(frozenset())
    QTest.keyClick(go, Qt.Key.Key_Return)
    assert [one.id for one in desk.selected] == [tags[0].id]
    qtbot.wait_until(lambda: program.player.position == tags[0].start)
    QTest.keyClick(rows[0], Qt.Key.Key_Return)
    assert given(desk)[0].evidence == (tags[1].id,)


def test_a_tag_that_is_deleted_speaks_no_more(qtbot: QtBot, program: Program, desk: Desk) -> None:
    card, tag = card_of(program, "empathy"), desk.document.tags[0]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_3)
    desk.select(frozenset({tag.id}))
    press(program, Qt.Key.Key_F11, SHIFT)
    press(program, Qt.Key.Key_Delete)
    assert desk.document.tag(tag.id) is None
    assert given(desk) == [Rating("empathy", 3)]
    press(program, Qt.Key.Key_Z, CTRL)
    assert given(desk)[0].evidence == (tag.id,)
    qtbot.wait_until(lambda: "Go to this tag" in _tips(card))


def test_delete_on_a_card_takes_the_answer_and_leaves_selected_tags(
    program: Program, desk: Desk
) -> None:
    card, tag = card_of(program, "empathy"), desk.document.tags[0]
    desk.select(frozenset({tag.id}))
    press(program, Qt.Key.Key_F11)
    QTest.keyClick(card, Qt.Key.Key_3)
    QTest.keyClick(card.buttons[3], Qt.Key.Key_4)  # a button hands digits on
    assert given(desk) == [Rating("empathy", 4)]
    QTest.keyClick(card, Qt.Key.Key_Delete)
    assert given(desk) == []
    assert desk.document.tag(tag.id) == tag
    QTest.keyClick(card.buttons[2], Qt.Key.Key_Return)
    assert given(desk) == [Rating("empathy", 2)]
    assert not program.player.is_playing


def test_scores_follow_and_say_why_one_is_not_defined(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    page = program.rating.page
    assert "Mean: not defined: " in page.scores.text()
    card_of(program, "empathy").setFocus()
    QTest.keyClick(card_of(program, "empathy"), Qt.Key.Key_3)
    number = card_of(program, "flow").number
    number.setFocus()
    number.selectAll()
    QTest.keyClicks(number, number.locale().toString(4.5, "f", 1))
    QTest.keyClick(number, Qt.Key.Key_Return)
    assert given(desk)[1] == Rating("flow", 4.5)
    qtbot.wait_until(lambda: "Mean: <b>3.75</b>" in page.scores.text())
    ratio = page.scores.text().partition("&lt;b&gt;advice")[2]
    assert "not defined: " in ratio
    assert "nan" not in page.scores.text()


def test_a_coder_without_a_pass_begins_hers_by_rating(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    program.choosing.choose("coder", "Z")
    desk = open_and_wait(qtbot, program, rated_sample(tmp_path))
    before = desk.document.session
    card_of(program, "empathy").setFocus()
    QTest.keyClick(card_of(program, "empathy"), Qt.Key.Key_1)
    own = desk.document.session.pass_of("Z")
    assert own is not None
    assert own.ratings == (Rating("empathy", 1),)
    desk.document.undo_stack.undo()
    assert desk.document.session == before


def test_a_finished_pass_is_looked_at_and_not_rated(program: Program, desk: Desk) -> None:
    document = desk.document
    document.push(editing.finish_pass(document.session, document.pass_id, "2026-01-01T00:00:00Z"))
    before = document.session
    card = card_of(program, "empathy")
    program.rating.show()
    QTest.keyClick(card, Qt.Key.Key_3)
    assert document.session == before
    assert "finished" in notices(program)
    press(program, Qt.Key.Key_F11, SHIFT)
    assert document.session == before


def test_a_session_that_may_not_be_changed_says_so_on_the_page(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    path = rated_sample(tmp_path, lambda written: written.update(version=99))
    kept = path.read_bytes()
    desk = open_and_wait(qtbot, program, path)
    page, card = program.rating.page, card_of(program, "empathy")
    program.rating.show()
    assert page.why_not.isVisible()
    assert page.why_not.text() == desk.document.read_only_reason
    assert not any(button.isEnabled() for button in card.buttons.values())
    assert not card.note.isEnabled()
    assert card.toolTip() == page.why_not.text()
    QTest.keyClick(card, Qt.Key.Key_3)
    assert given(desk) == []
    assert path.read_bytes() == kept


def test_without_ratings_and_without_a_session_the_page_says_so(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    page = program.rating.page
    assert page.empty.text() == "Open a session to rate it."
    open_and_wait(qtbot, program, copy_sample(tmp_path / "plain"))
    assert "no ratings" in page.empty.text()
    assert not page.cards
    assert page.progress.isHidden()


def _tips(card: RatingCard) -> list[str]:
    return [one.toolTip() for one in card.findChildren(QPushButton) if one.isVisibleTo(card)]
