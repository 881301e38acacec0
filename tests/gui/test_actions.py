"""The one table of actions: no id and no key twice, and every action is made from it."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.actions import ACTIONS, Actions, Need
from annotator.gui.dialogs.keys_page import keys_page
from annotator.model import Code, Codebook
from annotator.storage.codec import decode_codebook
from annotator.storage.paths import builtin_codebooks

PACKAGE = Path(__file__).parents[2] / "annotator"


def keys_of(*, going_first: bool) -> list[str]:
    specs = [spec for spec in ACTIONS if spec.goes_first is going_first]
    return [QKeySequence(key).toString() for spec in specs for key in spec.keys]


def test_ids_and_keys_are_unique() -> None:
    ids = Counter(spec.id for spec in ACTIONS)
    usual, first = (Counter(keys_of(going_first=one)) for one in (False, True))
    for counted in (ids, usual, first):
        assert [one for one, times in counted.items() if times > 1] == []


def test_every_key_is_one_that_qt_knows() -> None:
    for spec in ACTIONS:
        assert all(QKeySequence(key).toString() for key in spec.keys), spec.id


def test_no_action_takes_a_key_that_a_shipped_codebook_uses() -> None:
    taken = set(keys_of(going_first=False))
    for path in builtin_codebooks():
        book = decode_codebook(path.read_bytes())
        clashes = {code.key for code in book.codes if QKeySequence(code.key).toString() in taken}
        assert clashes <= {""}, path.name


def test_no_action_is_made_elsewhere() -> None:
    makers = [
        path.name
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"QAction", "QShortcut"}
    ]
    assert set(makers) == {"made.py"}


def test_actions_are_possible_when_what_they_need_is_there(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.add_widget(window)
    actions = Actions(window)
    actions.allow(Need.NOTHING)
    assert actions.by_id["open"].isEnabled()
    assert not actions.by_id["play"].isEnabled()
    actions.allow(Need.FILM)
    assert actions.by_id["play"].isEnabled()
    assert not actions.by_id["undo"].isEnabled()


def test_the_help_page_of_keys_is_the_table() -> None:
    written = (PACKAGE / "help" / "keys.md").read_text(encoding="utf-8")
    assert written == keys_page(ACTIONS, None)


def test_undo_says_what_it_would_undo(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.add_widget(window)
    actions = Actions(window)
    undo = actions.by_id["undo"]
    actions.say_what("undo", "add Praise & thanks")
    assert undo.text() == "Undo add Praise && thanks"
    assert undo.toolTip() == "Undo add Praise & thanks (Ctrl+Z)"
    actions.say_what("undo")
    assert undo.text() == "Undo"


def test_a_code_takes_a_plain_key_from_an_action_while_its_book_is_open(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.add_widget(window)
    actions = Actions(window)
    forward, mute = actions.by_id["shuttle_forward"], actions.by_id["mute"]
    assert forward.shortcut().toString() == "L"
    book = Codebook(
        "b", "1", "Own", codes=(Code("laugh", "Laughter", key="l"), Code("x", "X", key="x"))
    )
    actions.set_codebook(book)
    assert [key.toString() for key in forward.shortcuts()] == ["Ctrl+Shift+L"]
    assert forward.toolTip() == "Run forward, faster each time (Ctrl+Shift+L)"
    assert actions.by_code["laugh"].shortcut().toString() == "L"
    assert mute.shortcut().toString() == "Ctrl+M"
    actions.set_codebook(None)
    assert [key.toString() for key in forward.shortcuts()] == ["L", "Ctrl+Shift+L"]
    assert forward.toolTip() == "Run forward, faster each time (L)"


def test_an_action_whose_only_key_is_taken_is_left_in_the_menu(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.add_widget(window)
    actions = Actions(window)
    actions.set_codebook(Codebook("b", "1", "Own", codes=(Code("slow", "Slowness", key="["),)))
    assert actions.by_id["slower"].shortcuts() == []
    assert actions.by_id["slower"].toolTip() == "Slower"


def test_what_goes_first_has_its_keys_while_it_is_possible(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.add_widget(window)
    actions = Actions(window)
    book = Codebook("b", "1", "Own", codes=(Code("ache", "Ache", key="a"), Code("x", "X", key="x")))
    actions.set_codebook(book)
    by_id, ache, other = actions.by_id, actions.by_code["ache"], actions.by_code["x"]
    actions.allow(Need.SESSION | Need.FILM | Need.RUNNING)
    assert not by_id["accept_proposal"].isEnabled()
    assert (ache.shortcut().toString(), other.shortcut().toString()) == ("A", "X")
    assert by_id["next_tag"].shortcut().toString() == "PgDown"
    actions.allow(Need.SESSION | Need.FILM | Need.RUNNING | Need.PROPOSING)
    assert by_id["accept_proposal"].isEnabled()
    assert by_id["accept_proposal"].shortcut().toString() == "A"
    assert (ache.shortcut().toString(), other.shortcut().toString()) == ("", "X")
    assert by_id["next_tag"].shortcuts() == by_id["give_up"].shortcuts() == []
    actions.set_codebook(book)
    assert actions.by_code["ache"].shortcut().toString() == ""
    actions.allow(Need.SESSION | Need.RUNNING)
    assert actions.by_code["ache"].shortcut().toString() == "A"
    assert by_id["give_up"].shortcut().toString() == "Esc"


def test_the_page_of_keys_leaves_out_what_a_code_took() -> None:
    book = Codebook("b", "1", "Own", codes=(Code("laugh", "Laughter", key="L"),))
    page = keys_page(ACTIONS, book)
    assert "| Run forward, faster each time | **Ctrl\\+Shift\\+L** |" in page
    assert "| Laughter | **L** |" in page
