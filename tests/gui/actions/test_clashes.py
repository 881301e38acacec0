"""What else a key does is told in plain words before it is given away."""

from __future__ import annotations

import pytest
from PyQt6.QtCore import QEvent, Qt
from PyQt6.QtGui import QKeyEvent

from annotator.gui.actions import ACTIONS, resolved
from annotator.gui.actions.clashes import Target, Weight, clashes, target_of
from annotator.gui.actions.keys import is_typed, key_of, menu_of
from annotator.model import Code, Codebook
from annotator.storage.settings import KeyChoices

BOOK = Codebook("b", "1", "Own", codes=(Code("x", "Laughter", key="x"), Code("y", "Sigh")))
MAP = resolved(KeyChoices(), BOOK)
SPECS = {spec.id: spec for spec in ACTIONS}
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier


def told(key: str, target: Target) -> list[tuple[Weight, str]]:
    return [(one.weight, one.text) for one in clashes(key, target, MAP, BOOK, ACTIONS)]


def test_a_free_key_has_none() -> None:
    assert told("F13", target_of(SPECS["mute"])) == []
    assert told("Media Play", target_of(SPECS["mute"])) == []


def test_another_action_loses_it() -> None:
    (first, *_others) = told("Left", target_of(SPECS["mute"]))
    assert first == (Weight.ASK, "Left is taken from “One frame back”, which keeps “,”.")
    target = target_of(SPECS["mute"])
    (first, *_others) = told("F3", target)
    assert first[1].endswith("which then has no key.")


def test_a_code_keeps_it_before_an_action() -> None:
    (first, *_others) = told("X", target_of(SPECS["mute"]))
    assert first == (Weight.ASK, "X tags “Laughter”, which keeps it while this codebook is open.")


def test_a_code_takes_it_from_an_action_and_from_another_code() -> None:
    sigh = Target("y", "Sigh", is_code=True)
    (first, *_others) = told("L", sigh)
    assert first[0] is Weight.ASK
    assert "does not do “Run forward, faster each time” any more" in first[1]
    (first, *_others) = told("X", sigh)
    assert first == (Weight.ASK, "X is taken from the code “Laughter”, which then has no key.")


def test_what_goes_first_shares_its_keys() -> None:
    (only,) = told("Alt+Q", target_of(SPECS["accept_proposal"])) or [(Weight.NOTE, "")]
    assert only[0] is Weight.NOTE
    notes = told("Esc", target_of(SPECS["mute"]))
    assert any("While proposals are laid before you" in text for _weight, text in notes)


@pytest.mark.parametrize("key", ["Tab", "Backtab", "Alt+F", "Alt+F4", "Print"])
def test_what_the_window_or_the_system_needs_is_refused(key: str) -> None:
    assert told(key, target_of(SPECS["mute"]))[0][0] is Weight.REFUSE


@pytest.mark.parametrize("key", ["Return", "Up", "Num+Enter"])
def test_what_lists_and_buttons_need_is_asked_about(key: str) -> None:
    assert told(key, target_of(SPECS["mute"]))[0][0] is Weight.ASK


def test_text_fields_are_named() -> None:
    assert told("Q", target_of(SPECS["mute"])) == [
        (Weight.NOTE, "In a text field Q is typed, as ever.")
    ]
    assert "edits the text" in told("Ctrl+A", target_of(SPECS["mute"]))[0][1]
    assert [is_typed(key) for key in ("A", "Num+1", "+", "Space", "Shift+A", "Ctrl+A", "F1")] == [
        *[True] * 5,
        False,
        False,
    ]


def test_the_menus_keys_are_known() -> None:
    assert (menu_of("Alt+F"), menu_of("Alt+Q")) == ("File", "")


@pytest.mark.parametrize(
    ("key", "held", "text", "written"),
    [
        (Qt.Key.Key_A, NONE, "a", "A"),
        (Qt.Key.Key_A, SHIFT, "A", "Shift+A"),
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_1, NONE, "1", "1"),
        (Qt.Key.Key_1, KEYPAD, "1", "Num+1"),
        (Qt.Key.Key_Enter, KEYPAD, "\r", "Num+Enter"),
        (Qt.Key.Key_Plus, KEYPAD, "+", "Num++"),
        (Qt.Key.Key_F24, NONE, "", "F24"),
        (Qt.Key.Key_MediaTogglePlayPause, NONE, "", "Toggle Media Play/Pause"),
        (Qt.Key.Key_K, CONTROL | SHIFT, "", "Ctrl+Shift+K"),
        (Qt.Key.Key_Left, KEYPAD, "", "Left"),
        (Qt.Key.Key_Shift, SHIFT, "", ""),
        (Qt.Key.Key_unknown, NONE, "", ""),
    ],
)
def test_a_press_is_told_as_a_key(
    key: Qt.Key, held: Qt.KeyboardModifier, text: str, written: str
) -> None:
    assert key_of(QKeyEvent(QEvent.Type.KeyPress, key, held, text)) == written
