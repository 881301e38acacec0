"""What names a key names the one that was chosen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.storage.settings import KeyChoices
from tests.support.programs import Answers, running_program

CHOSEN = {
    "open": ("F13",),
    "go_to": ("F14",),
    "slower": ("F15",),
    "faster": ("F16",),
    "softer": ("F17",),
    "louder": (),
    "accept_proposal": ("Y",),
    "undo": ("F18",),
}


@pytest.fixture
def program(qtbot: QtBot) -> Iterator[Program]:
    with running_program(qtbot, Answers(), coder="A") as program:
        yield program


def tips(program: Program) -> dict[str, str]:
    parts = program.window.parts
    return {
        "open": parts.welcome.open_button.toolTip(),
        "go to": parts.transport.readout.toolTip(),
        "speed": parts.transport.sound.speed.toolTip(),
        "volume": parts.transport.sound.volume.toolTip(),
        "accept": parts.proposals.buttons["accept_proposal"].toolTip(),
        "undo": program.window.actions_table.by_id["undo"].toolTip(),
    }


def test_tips_follow_the_keys_that_are_chosen(program: Program) -> None:
    before = tips(program)
    assert "Ctrl+O" in before["open"]
    assert "Ctrl+G" in before["go to"]
    program.choosing.choose("keys", KeyChoices(actions=CHOSEN))
    after = tips(program)
    wanted = {"open": "(F13)", "go to": "press F14", "undo": "(F18)", "accept": "(Y)"}
    for name, key in wanted.items():
        assert key in after[name], name
    assert "F15" in after["speed"]
    assert "F16" in after["speed"]
    assert "F17" in after["volume"]
    assert "Ctrl" not in "".join(after.values())
    assert program.window.parts.proposals.buttons["accept_proposal"].text() == "Accept (Y)"
    program.choosing.choose("keys", KeyChoices())
    assert tips(program) == before
