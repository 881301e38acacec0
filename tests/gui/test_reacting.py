"""The reaction time in the whole program: measured from the menu, and kept as a setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.theme import Theme
from tests.support.programs import Answers, running_program


@dataclass
class Measured(Answers):
    """Has done the exercise already."""

    found: float | None = 0.31

    def measure_reaction(
        self, theme: Theme, old: float, device: str, volume: float
    ) -> float | None:
        assert theme.scale > 0
        self.asked.append(f"{old} {device} {volume}")
        return self.found


@pytest.fixture
def answers() -> Measured:
    return Measured()


@pytest.fixture
def program(qtbot: QtBot, answers: Measured) -> Iterator[Program]:
    with running_program(qtbot, answers, coder="A") as program:
        yield program


def test_what_was_measured_is_kept_as_the_setting(program: Program, answers: Measured) -> None:
    program.choosing.choose("volume", 0.5)
    program.window.actions_table.by_id["measure_reaction"].trigger()
    assert program.settings.reaction_delay == 0.31
    program.choosing.choose("muted", True)
    program.window.actions_table.by_id["measure_reaction"].trigger()
    assert [asked.split() for asked in answers.asked] == [["0.0", "0.5"], ["0.31", "0.0"]]


def test_the_old_one_stays_where_that_is_wanted(program: Program, answers: Measured) -> None:
    program.choosing.choose("reaction_delay", 0.2)
    answers.found = None
    program.window.actions_table.by_id["measure_reaction"].trigger()
    assert program.settings.reaction_delay == 0.2
    assert len(answers.asked) == 1
