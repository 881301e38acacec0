"""The bar of proposals: its words, its fields, and what its buttons press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.actions import Actions, Need
from annotator.gui.panels.bar_fields import ElidedLabel
from annotator.gui.panels.proposals_bar import LISTENING, ProposalsBar, Wishes
from annotator.gui.panels.proposals_words import (
    brief_clock,
    count_words,
    keys_words,
    limit_words,
    nothing_words,
    place_words,
    proposal_words,
    usual_code,
)
from annotator.gui.proposal_list import ProposalList
from annotator.gui.theme import dark, light
from annotator.media.loudness import Loudness
from annotator.media.silences import SilenceProposal
from annotator.model import Code, Codebook, CodeKind, Micros, Tag

SPAN = CodeKind.SPAN
SILENCE = Code("silence", "Silence", key="q", kind=SPAN)
CODES = (Code("a", "Affirmation", key="A"), SILENCE, Code("pause", "Pause", key="d", kind=SPAN))
BOOK = Codebook("b", "1", "Own", codes=CODES)
WISHES = Wishes(Micros(3_000_000), None, "silence")


@dataclass(frozen=True)
class Track:
    name: str
    loudness: Loudness | None


def listed(*spans: tuple[int, int], who: tuple[str, str] = ("", "")) -> ProposalList:
    numbers = count(1)
    found = [SilenceProposal(Micros(start), Micros(end), *who) for start, end in spans]
    return ProposalList().refound(found, lambda: f"p{next(numbers)}").advanced()


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1300, 120)
    return made


@pytest.fixture
def actions(window: QWidget) -> Actions:
    made = Actions(window)
    made.allow(Need.PROPOSING)
    return made


@pytest.fixture
def bar(qtbot: QtBot, window: QWidget, actions: Actions) -> Iterator[ProposalsBar]:
    made = ProposalsBar(actions.by_id, light())
    QVBoxLayout(window).addWidget(made)
    made.offer(CODES[1:], WISHES)
    with qtbot.waitExposed(window):
        window.show()
    made.show()
    yield made
    made.hide()


def test_a_short_clock() -> None:
    times = (34_150_000, 34_149_999, 59_950_000, 3_723_400_000, -500_000)
    written = [brief_clock(Micros(time)) for time in times]
    assert written == ["0:34.2", "0:34.1", "1:00.0", "1:02:03.4", "-0:00.5"]


def test_a_proposal_in_words() -> None:
    one = listed((34_200_000, 38_100_000), who=("therapist", "client"))
    assert place_words(one) == "1 of 1"
    first = one.shown[0]
    assert proposal_words(first) == "0:34.2–0:38.1 (3.9 s) · after therapist, before client"
    side = listed((0, 4_000_000), who=("left", "")).shown[0]
    assert proposal_words(side) == "0:00.0–0:04.0 (4.0 s) · after the left channel"
    moved = replace(first, end=Micros(37_100_000))
    assert proposal_words(moved).endswith("before client · moved by you")
    rejected = one.with_rejected("p1").shown[0]
    assert proposal_words(rejected).endswith(" · rejected")


def test_how_many_there_are() -> None:
    three = listed((0, 4), (10, 14), (20, 24))
    assert count_words(three) == "3 silences found"
    tags = [Tag("p1", "silence", Micros(0), Micros(4)), Tag("x", "silence", Micros(9), Micros(12))]
    made = three.with_rejected("p3").following(tags, "silence")
    assert count_words(made) == "2 silences found · 1 accepted · 1 rejected · 1 tagged already"
    assert count_words(listed((0, 4))) == "1 silence found"
    assert count_words(listed()) == "No silence found"


def test_why_there_is_nothing_to_decide() -> None:
    assert nothing_words(listed()).startswith("Nobody is silent for so long")
    there = Tag("x", "silence", Micros(0), Micros(4))
    known = listed((0, 4)).following([there], "silence")
    assert count_words(known) == "1 silence found, tagged already"
    assert nothing_words(known).startswith("Nothing is left to decide.")
    assert nothing_words(listed((0, 4)).with_rejected("p1")).startswith("All are decided.")


def test_codes_that_lend_their_keys() -> None:
    both = "A (Affirmation) and D (Pause) tag again once this bar is closed"
    assert keys_words(BOOK, ["A", "D"]) == both
    assert keys_words(BOOK, ["A"]) == "A (Affirmation) tags again once this bar is closed"
    assert keys_words(BOOK, ["X"]) == keys_words(None, ["A"]) == ""


def test_the_usual_code() -> None:
    assert usual_code(BOOK) == "silence"
    assert usual_code(replace(BOOK, codes=(CODES[0], CODES[2]))) == "pause"
    assert usual_code(replace(BOOK, codes=(CODES[0],))) == ""
    two = (replace(SILENCE, id="quiet"), CODES[2])
    assert usual_code(replace(BOOK, codes=two)) == ""
    point = (replace(SILENCE, kind=CodeKind.POINT), *two)
    assert usual_code(replace(BOOK, codes=point)) == ""


def test_the_limits_of_each_track() -> None:
    heard = Loudness(-60.2, -22.4, -12.0, -45.0)
    told = limit_words([Track("client", heard), Track("", None)])
    assert told == "client: automatic is up to -45 dBFS (noise -60, voices -22)"


def test_while_listening_only_cancel_is_possible(bar: ProposalsBar) -> None:
    bar.show_listening(0.25)
    assert bar.count.text() == LISTENING
    assert bar.progress.isVisible()
    assert bar.progress.value() == 250
    enabled = [name for name, button in bar.buttons.items() if button.isEnabled()]
    assert enabled == ["end_proposals"]
    assert bar.buttons["end_proposals"].text() == "Cancel"


def test_what_can_be_decided(bar: ProposalsBar) -> None:
    two = listed((0, 4_000_000), (10_000_000, 14_000_000))

    def enabled(one: ProposalList) -> set[str]:
        bar.show_proposals(one, "", "")
        return {name.split("_")[0] for name, button in bar.buttons.items() if button.isEnabled()}

    assert enabled(two) == {"accept", "reject", "next", "play", "end"}
    assert bar.buttons["end_proposals"].text() == "Done"
    assert (bar.place.text(), bar.what.text()) == ("1 of 2", "0:00.0–0:04.0 (4.0 s)")
    assert not bar.progress.isVisible()
    assert bar.buttons["accept_all"].isEnabled()
    rejected = two.with_rejected("p1").with_rejected("p2").gone_to("p2")
    assert enabled(rejected) == {"accept", "previous", "play", "end"}
    assert not bar.buttons["accept_all"].isEnabled()
    assert bar.what.text().endswith("· rejected")
    assert enabled(rejected.advanced()) == {"previous", "end"}
    assert bar.what.text() == nothing_words(rejected)
    assert enabled(listed()) == {"end"}
    assert not bar.place.isVisible()


def test_buttons_press_the_actions(bar: ProposalsBar, actions: Actions) -> None:
    pressed: list[str] = []
    for name in bar.buttons:
        actions.by_id[name].triggered.connect(lambda _on, name=name: pressed.append(name))
    bar.show_proposals(listed((0, 4), (5, 9), (10, 14)).stepped(1), "", "")
    for button in bar.buttons.values():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not button.hasFocus()
    assert pressed == list(bar.buttons)
    assert bar.buttons["accept_proposal"].text() == "Accept (A)"
    assert bar.buttons["reject_proposal"].text() == "Reject (D)"
    assert bar.buttons["play_proposal"].toolTip() == "Play around the proposal (F4)"


def test_fields_tell_what_is_wished(bar: ProposalsBar) -> None:
    told: list[Wishes] = []
    bar.wishes_changed.connect(told.append)
    bar.minimum.setValue(1.5)
    bar.suggest_level(-46.6)
    bar.level_kind.setCurrentIndex(1)
    bar.suggest_level(-20.0)
    bar.level.setValue(-40)
    bar.code.setCurrentIndex(1)
    short = Micros(1_500_000)
    assert told == [
        Wishes(short, None, "silence"),
        Wishes(short, -47.0, "silence"),
        Wishes(short, -40.0, "silence"),
        Wishes(short, -40.0, "pause"),
    ]
    assert bar.level.isVisible()
    bar.set_theme(dark())
    assert bar.wishes == told[-1]


def test_without_a_usual_code_one_must_be_chosen(bar: ProposalsBar) -> None:
    bar.offer(CODES[1:], replace(WISHES, code="", level=-33.0))
    assert bar.wishes == Wishes(Micros(3_000_000), -33.0, "")
    assert bar.code.placeholderText() == "Choose a code"


def test_letters_in_a_field_are_left_to_the_window(
    bar: ProposalsBar, window: QWidget, actions: Actions
) -> None:
    pressed: list[str] = []
    actions.by_id["accept_proposal"].triggered.connect(lambda _on: pressed.append("A"))
    left: list[bool] = []
    bar.field_left.connect(lambda: left.append(True))
    window.activateWindow()
    bar.minimum.setFocus()
    bar.minimum.selectAll()
    QTest.keyClicks(bar.minimum, "2A")
    assert pressed == ["A"]
    assert bar.minimum.value() == 2.0
    QTest.keyClick(bar.minimum, Qt.Key.Key_Return)
    assert left == [True]


def test_a_long_line_ends_in_dots(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("word " * 60)
    label.resize(200, 30)
    wide = label.grab().toImage()
    label.setText("word " * 4)
    assert label.grab().toImage() != wide
    assert label.minimumSizeHint().width() >= 0
